"""The devices and the alternative methods of the whole country, page after page.

Nobody is named here. A page is found by its place (the row before it), never by counting what is
skipped.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from guichet.documents.attachments import queries as attached
from guichet.documents.attachments.models import Attachment
from guichet.eservices.presence.kiosk import methods
from guichet.eservices.presence.kiosk.allowances import PROOF
from guichet.eservices.presence.kiosk.models import Device, Method
from guichet.platform.db import many_rows
from guichet.registers.enterprises.queries import names
from guichet.registers.works import queries as works

PAGE: Final = 50
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list shows; empty texts ask nothing.

    ``state``: of a device, or of a method as `methods.state` names it.
    """

    site: str = ""
    enterprise: str = ""
    state: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A device: where it stands, who answers for it, when it was heard, what it registered.

    ``registrations``: how many receipts its messages of the time that is kept have.
    """

    row: Device
    site_name: str
    enterprise_name: str
    heard_at: datetime | None
    registrations: int

    @property
    def place(self) -> str:
        """Where the next page begins: after this row."""
        return f"{self.row.works_reference}-{self.row.pk}"


@dataclass(frozen=True, slots=True)
class MethodLine:
    """A declared method; ``site_name`` empty for every site of the firm, ``documents``: proofs."""

    row: Method
    state: str
    site_name: str
    enterprise_name: str
    documents: int

    @property
    def place(self) -> str:
        """Where the next page begins: after this row."""
        moment = (self.row.declared_at - _EPOCH) // timedelta(microseconds=1)
        return f"{moment}-{self.row.pk}"


def devices(*, asked: Asked, language: str, after: tuple[str, int] | None) -> list[DeviceLine]:
    """One more than a page, by site; ``after``: site and row of the last one before."""
    rows = Device.objects.select_related("heard").order_by("works_reference", "pk")
    wanted = {
        "works_reference": asked.site, "enterprise_number": asked.enterprise,
        "state": asked.state, "kind": asked.kind,
    }  # fmt: skip
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if after is not None:
        site, row = after
        rows = rows.filter(Q(works_reference__gt=site) | Q(works_reference=site, pk__gt=row))
    found = list(rows[: PAGE + 1])
    sites, firms = _named(found, language)
    counted = _registrations([row.pk for row in found])
    return [
        DeviceLine(
            row, sites.get(row.works_reference, ""), firms.get(row.enterprise_number, ""),
            row.heard.at, counted.get(row.pk, 0),
        )
        for row in found
    ]  # fmt: skip


def declared(
    *, asked: Asked, language: str, today: date, after: tuple[int, int] | None
) -> list[MethodLine]:
    """One more than a page, the latest declared first; ``after``: microseconds and row."""
    rows = _in_state(Method.objects.all(), asked.state, today).order_by("-declared_at", "-pk")
    if asked.site:
        rows = rows.filter(works_reference=asked.site)
    if asked.enterprise:
        rows = rows.filter(enterprise_number=asked.enterprise)
    if after is not None:
        moment = _EPOCH + timedelta(microseconds=after[0])
        rows = rows.filter(Q(declared_at__lt=moment) | Q(declared_at=moment, pk__lt=after[1]))
    return _lines(list(rows[: PAGE + 1]), language, today)


def method(*, number: UUID, language: str, today: date) -> MethodLine | None:
    """One declared method, whoever declared it."""
    rows = Method.objects.filter(number=number).select_related("declared_by")
    found = _lines(list(rows), language, today)
    return found[0] if found else None


def documents(*, row: Method) -> list[Attachment]:
    """The proofs of a method."""
    return attached.applied(service=PROOF.service, applied_to=str(row.number))


def document(*, row: Method, attachment: UUID) -> attached.File | None:
    """One proof of a method."""
    return attached.file(
        attachment=attachment, service=PROOF.service, applied_to=str(row.number)
    )  # fmt: skip


def _in_state(rows: QuerySet[Method], state: str, today: date) -> QuerySet[Method]:
    """As `methods.state` decides, in the words of the database."""
    runs = Q(last_day=None) | Q(last_day__gte=today)
    standing = {
        "": Q(),
        "ended": Q(ended_at__isnull=False),
        "coming": Q(ended_at=None, first_day__gt=today),
        "over": Q(ended_at=None, first_day__lte=today, last_day__lt=today),
        "inForce": Q(ended_at=None, first_day__lte=today) & runs,
    }
    return rows.filter(standing[state])


def _lines(rows: list[Method], language: str, today: date) -> list[MethodLine]:
    sites, firms = _named(rows, language)
    counted = attached.counts(
        service=PROOF.service, applied_to=[str(row.number) for row in rows]
    )  # fmt: skip
    return [
        MethodLine(
            row, methods.state(row, today=today), sites.get(row.works_reference, ""),
            firms.get(row.enterprise_number, ""), counted.get(str(row.number), 0),
        )
        for row in rows
    ]  # fmt: skip


def _named(
    rows: Iterable[Device] | Iterable[Method], language: str
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    references = {row.works_reference for row in rows if row.works_reference}
    numbers = {row.enterprise_number for row in rows}
    if not numbers:
        return {}, {}
    sites = works.sites(references=references) if references else {}
    return (
        {reference: site.name for reference, site in sites.items()},
        names(numbers=numbers, language=language),
    )


def _registrations(rows: list[int]) -> Mapping[int, int]:
    """Each receipt once: a message that came again, or said the same, has the same receipt."""
    values: dict[str, Any] = {"rows": rows}
    return dict(many_rows(_COUNTED, values))


_COUNTED: Final = """
SELECT message.device_id, count(DISTINCT receipt)
FROM presence_device_message AS message CROSS JOIN unnest(message.receipts) AS receipt
WHERE message.device_id = ANY(%(rows)s)
GROUP BY message.device_id
"""
