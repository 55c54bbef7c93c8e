"""Reading devices and means: those of one enterprise, and what a site lacks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Count

from guichet.eservices.presence.days.operations import Wanted
from guichet.eservices.presence.kiosk.models import Device, Means, Message, Method
from guichet.platform import clock
from guichet.registers.works import queries as works
from guichet.registers.works.queries import SiteRecord
from guichet.rules.presence_means import By, accepted, unread

_LAST: Final = 20


@dataclass(frozen=True, slots=True)
class DeviceShown:
    """A device with the name of its site and what it did."""

    row: Device
    site_name: str
    seen_at: datetime | None
    messages: int


@dataclass(frozen=True, slots=True)
class Unread:
    """People whose means no device of a site reads, by name; a person without means is no such."""

    reference: str
    site_name: str
    reads: tuple[By, ...]
    people: tuple[str, ...] = field(repr=False)
    numbers: tuple[str, ...] = field(repr=False)


def sites(*, enterprise: str, now: datetime) -> list[SiteRecord]:
    """The sites of an enterprise today where devices register something, by name."""
    today = clock.today(now)
    references = works.references_of(enterprise=enterprise, on=today)
    found = works.sites(references=references).values()
    fit = [one for one in found if accepted(one.activity, on=today)]
    return sorted(fit, key=lambda one: (one.name.casefold(), one.reference))


def devices(*, enterprise: str) -> list[DeviceShown]:
    """Every device of an enterprise: those at work first, then by site and name."""
    rows = list(
        Device.objects.filter(enterprise_number=enterprise)
        .select_related("heard")
        .annotate(count=Count("messages"))
    )
    names = works.sites(references={row.works_reference for row in rows})
    order = {"active": 0, "waiting": 1, "ended": 2}
    rows.sort(key=lambda row: (order[row.state], row.works_reference, row.name.casefold(), row.pk))
    return [_shown(row, names.get(row.works_reference), row.count) for row in rows]


def device(*, number: UUID, enterprise: str) -> DeviceShown | None:
    """One device of an enterprise; another's and none are the same None."""
    rows = Device.objects.filter(number=number, enterprise_number=enterprise)
    row = rows.select_related("heard").first()
    if row is None:
        return None
    count = Message.objects.filter(device=row).count()
    return _shown(row, works.site(reference=row.works_reference), count)


def means(*, enterprise: str) -> list[Means]:
    """Every means of an enterprise, usable ones first, by the name of the person."""
    rows = Means.objects.filter(enterprise_number=enterprise).select_related("person")
    return sorted(rows, key=lambda row: (row.blocked_at is not None, row.person.sort_key, row.pk))


def one_means(*, number: UUID, enterprise: str) -> Means | None:
    """One means of an enterprise; another's and none are the same None."""
    rows = Means.objects.filter(number=number, enterprise_number=enterprise)
    return rows.select_related("person").first()


def last_messages(*, device: Device) -> list[Message]:
    """The last messages of a device, the newest first; nobody is named in them."""
    return list(Message.objects.filter(device=device).order_by("-received_at", "-pk")[:_LAST])


@dataclass(frozen=True, slots=True)
class MethodShown:
    """A method with the name of its site; empty for every site of the firm."""

    row: Method
    site_name: str


def methods(*, enterprise: str) -> list[MethodShown]:
    """The alternative methods of an enterprise, the newest first."""
    rows = list(Method.objects.filter(enterprise_number=enterprise).order_by("-declared_at", "-pk"))
    known = works.sites(references={row.works_reference for row in rows if row.works_reference})
    return [
        MethodShown(row, known[row.works_reference].name if row.works_reference in known else "")
        for row in rows
    ]


def one_method(*, number: UUID, enterprise: str) -> Method | None:
    """One method of an enterprise; another's and none are the same None."""
    rows = Method.objects.filter(number=number, enterprise_number=enterprise)
    return rows.select_related("declared_by").first()


def site_name(reference: str) -> str:
    """The name of a site, empty when nobody declared it."""
    site = works.site(reference=reference) if reference else None
    return site.name if site else ""


def unread_means(*, enterprise: str) -> list[Unread]:
    """For each site where an enterprise has devices: who carries means that none there reads.

    The devices of the other enterprises of the site count: whoever hung them up.
    """
    own = Device.objects.filter(enterprise_number=enterprise, state="active")
    references = set(own.values_list("works_reference", flat=True))
    if not references:
        return []
    readable: dict[str, set[By]] = {}
    there = Device.objects.filter(works_reference__in=references, state="active")
    for reference, reads in there.values_list("works_reference", "reads"):
        readable.setdefault(reference, set()).update(By(code) for code in reads)
    carried: dict[int, set[By]] = {}
    names: dict[int, tuple[str, str]] = {}
    usable = Means.objects.filter(enterprise_number=enterprise, blocked_at=None)
    for row in usable.select_related("person").order_by("person__sort_key"):
        carried.setdefault(row.person_id, set()).add(By(row.kind))
        name = f"{row.person.family_name} {row.person.given_name}"
        names[row.person_id] = (name, row.person.niss)
    named = works.sites(references=references)
    found = []
    for reference in sorted(references):
        there_read = readable[reference]
        people = [
            names[one]
            for one, kinds in carried.items()
            if unread(carried=kinds, readable=there_read)
        ]
        if people:
            site = named.get(reference)
            found.append(
                Unread(
                    reference,
                    site.name if site else "",
                    tuple(sorted(there_read)),
                    tuple(name for name, _number in people),
                    tuple(number for _name, number in people),
                )
            )
    return found


def standing_day(*, wanted: Wanted) -> int | None:
    """The receipt of a presence that says the same and was not withdrawn; None without one."""
    values: dict[str, Any] = {
        "day": wanted.day,
        "site": wanted.works_reference,
        "ssin": wanted.ssin,
        "limosa": wanted.limosa_number,
        "number": wanted.enterprise_number,
        "vat": wanted.foreign_vat_number,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, values)
        row = cursor.fetchone()
    return None if row is None else int(row[0])


def _shown(row: Device, site: SiteRecord | None, count: int) -> DeviceShown:
    return DeviceShown(row, site.name if site else "", row.heard.at, count)


_STANDING = """
SELECT presence.receipt FROM presence_day AS presence
 WHERE presence.day = %(day)s AND presence.works_reference = %(site)s
   AND (presence.ssin = %(ssin)s OR presence.limosa_number = %(limosa)s)
   AND presence.enterprise_number IS NOT DISTINCT FROM %(number)s
   AND presence.foreign_vat_number IS NOT DISTINCT FROM %(vat)s
   AND NOT EXISTS (SELECT 1 FROM presence_day_cancellation AS gone
                   WHERE gone.receipt = presence.receipt AND gone.day = presence.day)
 ORDER BY presence.receipt LIMIT 1
"""
