"""Pressing the button: one transaction, the acts that the step means, one line in the trail."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.presence import day_queries, recording
from guichet.eservices.presence.clocking import queries
from guichet.eservices.presence.clocking.queries import OwnEmployer, Situation
from guichet.eservices.presence.models import Press
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.presence_log.acts import NewAct
from guichet.presence_log.wire import Address
from guichet.registers.persons.models import Person
from guichet.registers.works import queries as works
from guichet.registers.works.queries import SiteRecord
from guichet.rules import presence
from guichet.rules.dated import UnknownParameter
from guichet.rules.presence import Profile, Refusal
from guichet.rules.presence_activities import Events, activity_rules
from guichet.rules.presence_next import Step, is_same_press

CHANNEL: Final = "mobile_manual"
# What nobody declared is cleaning, as at the door for machines.
UNDECLARED: Final = "cleaning"
# Of a move the IN comes after the OUT, by the smallest step that the log keeps in words.
_AFTER: Final = timedelta(milliseconds=1)


class StepRefused(Exception):
    """The situation is another one than the page showed: ``situation`` is that of now."""

    def __init__(self, situation: Situation) -> None:
        super().__init__("the situation has changed")
        self.situation = situation


class OtherRegistration(Exception):
    """At this site a presence is registered in another way than by IN and OUT."""


class PlaceMissing(Exception):
    """Neither a position nor an address of the site is known."""


class ActRefused(Exception):
    """``reasons``: why the log does not take the act."""

    def __init__(self, reasons: tuple[Refusal, ...]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Place:
    """Where the phone says it is: degrees and metres, or why it does not say it."""

    position: str = "not_asked"
    longitude: float | None = None
    latitude: float | None = None
    accuracy_metres: int | None = None
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody pressed; ``employer`` is needed for an IN only.

    ``occurred_at``: when, by the corrected clock of a device that may send it later; None is now.
    ``is_kept``: nobody could see the situation when it was pressed, so it is not asked for.
    """

    step: Step
    site: str
    key: UUID
    employer: OwnEmployer | None = None
    place: Place = field(default=Place())
    channel: str = CHANNEL
    occurred_at: datetime | None = None
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class Pressed:
    """The receipts of what the step stored, in order; ``is_repeat``: it stood there already.

    ``cancelled``: of a repeat, the receipts that a correction took away since.
    """

    step: Step
    receipts: tuple[int, ...]
    is_repeat: bool = False
    cancelled: tuple[int, ...] = ()


def press(*, ssin: str, wish: Wish, actor: Actor, now: datetime) -> Pressed:
    """Register what a person pressed for himself.

    The same key gives the same answer, also when its act was cancelled by a correction meanwhile;
    so does the same act a moment later, from a second phone, as long as that act stands.
    Raises StepRefused, OtherRegistration, PlaceMissing, ActRefused; nothing is stored then.
    """
    with transaction(actor=actor):
        return pressed(ssin=ssin, wish=wish, actor=actor, now=now)


def pressed(*, ssin: str, wish: Wish, actor: Actor, now: datetime) -> Pressed:
    """The same inside the caller's transaction."""
    one_at_a_time(ssin)
    person = Person.objects.get(niss=ssin)
    if known := _pressed_before(person, wish):
        return known
    at = wish.occurred_at or now
    found = queries.situation(ssin=ssin, site=wish.site, now=at, language="en")
    if repeated := _the_same(found, wish, at):
        _kept(person, wish, repeated.receipts, now)
        return repeated
    if wish.step not in found.steps and not wish.is_kept:
        raise StepRefused(found)
    acts = _acts(ssin, wish, found, now)
    if acts:
        recording.stored(acts)
    receipts = tuple(act.receipt for act in acts)
    _kept(person, wish, receipts or _last_receipt(found), now)
    trail.record(
        action="presence.step.pressed",
        actor=actor,
        target=" ".join(map(str, receipts)) or str(wish.step),
        now=now,
        detail={"step": str(wish.step), "position": wish.place.position},
    )
    return Pressed(wish.step, receipts)


def one_at_a_time(ssin: str) -> None:
    """Two phones of one person: the second waits and then sees what the first one did."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [ssin])


def _pressed_before(person: Person, wish: Wish) -> Pressed | None:
    rows = list(Press.objects.filter(person=person, key=wish.key).order_by("part"))
    if not rows:
        return None
    receipts = tuple(row.receipt for row in rows if row.receipt)
    gone = day_queries.cancelled(receipts=receipts)
    cancelled = tuple(each for each in receipts if each in gone)
    return Pressed(Step(rows[0].step), receipts, is_repeat=True, cancelled=cancelled)


def _the_same(found: Situation, wish: Wish, now: datetime) -> Pressed | None:
    last = found.last
    if last is None or not wish.step.acts:
        return None
    if is_same_press(last=queries.day_act(last), kind=wish.step.acts[-1], site=wish.site, now=now):
        return Pressed(wish.step, (last.receipt,), is_repeat=True)
    return None


def _last_receipt(found: Situation) -> tuple[int, ...]:
    return (found.last.receipt,) if found.last else ()


def _acts(ssin: str, wish: Wish, found: Situation, now: datetime) -> list[NewAct]:
    running = found.last
    made = []
    for at, kind in enumerate(wish.step.acts):
        leaves_for_another = wish.step is Step.MOVE and kind == "out"
        site = running.works_reference if leaves_for_another and running else wish.site
        record = works.site(reference=site) if leaves_for_another else found.record
        place = Place() if leaves_for_another and record else wish.place
        where = _Where(site, record, place)
        occurred_at = (wish.occurred_at or now) + at * _AFTER
        act = _act(ssin, kind, where, occurred_at, max(now, occurred_at))
        act.channel = wish.channel
        if kind == "out" and running is not None:
            act.enterprise_number = running.enterprise_number
            act.foreign_vat_number = running.foreign_vat_number
        elif wish.employer is not None:
            act.enterprise_number = wish.employer.enterprise_number or None
            act.foreign_vat_number = wish.employer.foreign_vat_number or None
        _require_acceptable(act)
        made.append(act)
    return made


@dataclass(frozen=True, slots=True)
class _Where:
    site: str
    record: SiteRecord | None
    place: Place


def _act(ssin: str, kind: str, where: _Where, at: datetime, received_at: datetime) -> NewAct:
    offset = clock.brussels(at).utcoffset() or timedelta()
    act = NewAct(
        occurred_at=at,
        received_at=received_at,
        offset_minutes=int(offset.total_seconds()) // 60,
        type=kind,
        ssin=ssin,
        works_reference=where.site,
        activity=_activity(where.record, at),
        channel=CHANNEL,
    )
    place = where.place
    if place.longitude is not None and place.latitude is not None:
        act.longitude, act.latitude = place.longitude, place.latitude
    else:
        act.address = place.address or _declared(where.record)
    return act


def _activity(record: SiteRecord | None, at: datetime) -> str:
    activity = UNDECLARED if record is None else record.activity
    try:
        rules = activity_rules(activity, on=clock.today(at))
    except UnknownParameter:
        raise OtherRegistration from None
    if rules.events is not Events.IN_OUT or "self" not in rules.who_may_submit:
        raise OtherRegistration
    return activity


def _declared(record: SiteRecord | None) -> Address:
    if record is None or not record.addresses:
        raise PlaceMissing
    first = record.addresses[0].address
    return Address(
        post_code=first.postcode or None,
        municipality_name=first.municipality or None,
        street_name=first.street or None,
        house_number=first.house_number or None,
        box_number=first.box_number or None,
    )


def _require_acceptable(act: NewAct) -> None:
    environment = settings.ENVIRONMENT
    reasons = presence.refusals(
        occurred_at=act.occurred_at,
        received_at=act.received_at,
        ssin=act.ssin,
        enterprise_number=act.enterprise_number,
        foreign_vat_number=act.foreign_vat_number,
        has_coordinates=act.longitude is not None,
        has_address=act.address is not None,
        reference=act.works_reference,
        custom_reference=None,
        profile=Profile(
            site_ref_strict=environment.site_ref_strict, ssin_strict=environment.ssin_strict
        ),
    )
    if reasons:
        raise ActRefused(reasons)


def _kept(person: Person, wish: Wish, receipts: tuple[int, ...], now: datetime) -> None:
    Press.objects.bulk_create(
        Press(
            person=person,
            key=wish.key,
            part=part,
            step=str(wish.step),
            receipt=receipt,
            pressed_at=now,
            device_at=wish.occurred_at,
            position=wish.place.position,
            accuracy_metres=wish.place.accuracy_metres,
        )
        for part, receipt in enumerate(receipts or (None,))
    )
