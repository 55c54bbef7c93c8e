"""Changing a card while it is open: a mark, a correction begun or given up.

Each is one transaction and one line of the trail, which names the days and not what they say: an
incapacity is nobody else's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.temporary_unemployment.cards import sheets
from guichet.eservices.temporary_unemployment.cards.models import Card, Mark, Sending
from guichet.eservices.temporary_unemployment.cards.sheets import Sheet
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons import queries as persons
from guichet.registers.persons.models import Person
from guichet.rules.temporary_unemployment.card_days import (
    WORKED,
    CardDay,
    DayState,
    is_late,
    needs_reason,
)
from guichet.rules.temporary_unemployment.card_sending import State, Step, after


class UnknownCard(LookupError):
    """No such card of this person."""


class NotApplicable(Exception):
    """Nothing can be marked on this day: no contract, or before the card begins."""


class ReasonNeeded(Exception):
    """This mark is taken with a reason only; ``is_late``: because the work had begun."""

    def __init__(self, *, is_late: bool) -> None:
        super().__init__("late" if is_late else "correction")
        self.is_late = is_late


class HourNeeded(Exception):
    """Work is marked with the hour at which it begins."""


@dataclass(frozen=True, slots=True)
class Key:
    """Whose card, at which employer, of which month (its first day)."""

    niss: str = field(repr=False)
    employer: str
    month: date


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a worker marks, on a day or on the days up to ``last_day``, that day included."""

    day: date
    state: DayState
    starts_at: time | None = None
    reason: str = field(default="", repr=False)
    last_day: date | None = None


def mark(*, key: Key, wanted: Wanted, actor: Actor, now: datetime) -> int:
    """Mark one day, or several; how many days changed.

    The same mark again changes nothing. Of several days those without a contract are left out, and
    for work those that are no working days. Raises UnknownCard, NotApplicable, HourNeeded,
    ReasonNeeded, card_sending.StepRefused once the card was sent.
    """
    with transaction(actor=actor):
        card = locked(key, now)
        found = sheet_of(key, now)
        after(state=found.state, step=Step.MARK, month=key.month, today=clock.today(now))
        days = [one for one in _meant(found, wanted) if _differs(found, one, wanted)]
        for one in days:
            _keep(card, one, wanted, now)
        if days:
            card.changed_at = now
            card.save(update_fields=["changed_at"])
            _trace("marked", key, actor, now, days=[one.day.isoformat() for one in days])
    return len(days)


def reopen(*, key: Key, reason: str, actor: Actor, now: datetime) -> None:
    """Open a card that was sent, to correct it; what was sent stays.

    Raises UnknownCard, card_sending.StepRefused.
    """
    with transaction(actor=actor):
        card = locked(key, now, make=False)
        if card.state == State.CORRECTING.value:
            return
        _move(card, Step.REOPEN, key, now)
        card.correction = reason
        card.save(update_fields=["state", "correction", "changed_at"])
        _trace("reopened", key, actor, now, version=card.version)


def give_up(*, key: Key, actor: Actor, now: datetime) -> None:
    """Give a correction up: every day says again what was sent.

    Raises UnknownCard, card_sending.StepRefused.
    """
    with transaction(actor=actor):
        card = locked(key, now, make=False)
        if card.state == State.SENT.value:
            return
        _move(card, Step.GIVE_UP, key, now)
        sent = Sending.objects.get(card=card, version=card.version)
        marks = {date.fromisoformat(one["day"]): one for one in sent.content["days"]}
        for one in sheet_of(key, now).days:
            was = marks.get(one.day)
            if was is not None and was["state"] != one.state and one.is_applicable:
                state = DayState.UNEMPLOYED if not was["marked"] else DayState(was["state"])
                _restore(card, one.day, state, now)
        card.correction = ""
        card.save(update_fields=["state", "correction", "changed_at"])
        _trace("correction.givenUp", key, actor, now, version=card.version)


def locked(key: Key, now: datetime, *, make: bool = True) -> Card:
    """The row of a card, made when it lacks; raises UnknownCard. In the caller's transaction."""
    rows = Card.objects.select_for_update(of=("self",))
    numbers = persons.numbers_of(niss=key.niss)
    known = rows.filter(
        person__niss__in=numbers, employer__number=key.employer, month=key.month
    ).first()
    if known is not None:
        return known
    if not make or sheet_of(key, now).on_paper:
        raise UnknownCard
    person = Person.objects.get(niss=key.niss)
    employer = Enterprise.objects.get(number=key.employer)
    given = {"opened_at": now, "changed_at": now}
    made, _is_new = Card.objects.get_or_create(
        person=person, employer=employer, month=key.month, defaults=given
    )
    return rows.get(pk=made.pk)


def sheet_of(key: Key, now: datetime) -> Sheet:
    """The card as it stands; raises UnknownCard."""
    found = sheets.sheet(niss=key.niss, employer=key.employer, month=key.month, now=now)
    if found is None:
        raise UnknownCard
    return found


def _meant(found: Sheet, wanted: Wanted) -> Sequence[CardDay]:
    last = wanted.last_day or wanted.day
    is_one = last == wanted.day
    days = [
        one for one in found.days
        if wanted.day <= one.day <= last and one.is_applicable
        and (is_one or one.is_working or wanted.state not in WORKED)
    ]  # fmt: skip
    if not days:
        raise NotApplicable
    return days


def _differs(found: Sheet, one: CardDay, wanted: Wanted) -> bool:
    if one.state is not wanted.state:
        return True
    standing = found.standing(one.day)
    return (
        wanted.state in WORKED and standing is not None and (standing.starts_at != wanted.starts_at)
    )


def _keep(card: Card, one: CardDay, wanted: Wanted, now: datetime) -> None:
    is_work = wanted.state in WORKED
    if is_work and wanted.starts_at is None:
        raise HourNeeded
    starts_at = wanted.starts_at if is_work else None
    hour = starts_at or time.min
    late = is_late(state=wanted.state, day=one.day, starts_at=hour, marked_at=now)
    asked = needs_reason(before=one, after=wanted.state, starts_at=hour, marked_at=now)
    if (asked or late) and not wanted.reason:
        raise ReasonNeeded(is_late=late)
    Mark.objects.create(
        card=card, day=one.day, state=wanted.state.value, starts_at=starts_at, is_late=late,
        reason=wanted.reason if asked or late else "", version=card.version, marked_at=now,
    )  # fmt: skip


def _restore(card: Card, day: date, state: DayState, now: datetime) -> None:
    Mark.objects.create(
        card=card, day=day, state=state.value, reason="", version=card.version, marked_at=now
    )


def _move(card: Card, step: Step, key: Key, now: datetime) -> None:
    today = clock.today(now)
    card.state = after(state=State(card.state), step=step, month=key.month, today=today).value
    card.changed_at = now


def _trace(what: str, key: Key, actor: Actor, now: datetime, **detail: object) -> None:
    trail.record(
        action=f"temporaryUnemployment.card.{what}", actor=actor,
        target=f"{key.employer}/{key.month:%Y-%m}", now=now, detail=detail,
    )  # fmt: skip
