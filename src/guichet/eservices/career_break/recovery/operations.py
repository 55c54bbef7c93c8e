"""Asking an allowance back: heard first, decided by somebody else. Each step one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError

from guichet.audit.actors import Actor
from guichet.eservices.career_break import steps
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.office.letters import language_of
from guichet.eservices.career_break.office.officers import Officer, require_handles
from guichet.eservices.career_break.recovery import ledger, letters
from guichet.eservices.career_break.recovery.models import Recovery
from guichet.kernel.money import Money
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.rules.career_break import recovering
from guichet.rules.career_break.recovering import Compared, NotToSplit

_ONE_OPEN: Final = "career_break_recovery_one_open"


class UnknownRecovery(LookupError):
    """No such recovery of this file or worker, or none that is open."""


class NothingPaidTooMuch(Exception):
    """What was paid for these days is not more than what was due."""


class AlreadyOpen(Exception):
    """Of this file a recovery is open: it is decided first."""


class NotYetHeard(Exception):
    """The worker did not answer, and his term is not over."""


class OwnRecovery(Exception):
    """Who opened a recovery does not decide on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Why, and of which days nothing was due; without ``first_day``: what the last decision
    lowered. ``grounds``: the officer's words to the worker."""

    reason: str
    grounds: str
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is asked back, in cents: None for nothing; over how many months, and why."""

    cents: int | None
    count: int = 1
    motivation: str = ""


def found(row: Request, opening: Opening, *, today: date) -> tuple[Compared, ...]:
    """The months in which more was paid than was due."""
    if opening.first_day is None:
        months = ledger.lowered(row, today=today)
    else:
        months = ledger.overpaid(
            row, first_day=opening.first_day, last_day=opening.last_day, today=today
        )
    return tuple(one for one in months if one.too_much.cents)


def invite(*, ticket: str, opening: Opening, officer: Officer, now: datetime) -> Recovery:
    """Open a recovery: the worker is invited to be heard; nothing is asked back yet.

    Raises UnknownRequest, NotYours, OwnFile, NothingPaidTooMuch, AlreadyOpen.
    """
    today = clock.today(now)
    with _one_open(), transaction(actor=officer.actor):
        row = steps.found(ticket)
        require_handles(officer, row)
        months = found(row, opening, today=today)
        if not months:
            raise NothingPaidTooMuch
        recovery = Recovery(
            request=row, reason=opening.reason, first_day=months[0].period.first_day,
            last_day=months[-1].period.last_day, months=[_plain(one) for one in months],
            amount=recovering.total(months).cents, grounds=opening.grounds,
            language=language_of(row), opened_by_id=officer.person_id, opened_at=now,
            answer_by=recovering.hearing_until(today=today),
        )  # fmt: skip
        letter = letters.invite(recovery, actor=officer.actor, now=now)
        recovery.save(force_insert=True)
        letter.save(force_insert=True)
        steps.trace("recovery.opened", row, actor=officer.actor, now=now, reason=opening.reason)
    return recovery


def defend(
    *, key: UUID, defence: str, wants_hearing: bool, months_asked: int | None, actor: Actor,
    now: datetime,
) -> Recovery:  # fmt: skip
    """The worker is heard, in writing; or he asks to be heard at the office.

    A later answer takes the place of an earlier one, as long as nothing is decided. Raises
    UnknownRecovery.
    """
    with transaction(actor=actor):
        rows = Recovery.objects.select_for_update(of=("self",)).select_related("request__person")
        row = rows.filter(key=key, request__person__niss=actor.id, state="invited").first()
        if row is None:
            raise UnknownRecovery
        row.defence, row.wants_hearing, row.months_asked = defence, wants_hearing, months_asked
        row.defended_at = now
        row.save(update_fields=["defence", "wants_hearing", "months_asked", "defended_at"])
        steps.trace("recovery.answered", row.request, actor=actor, now=now)
    return row


def decide(
    *, ticket: str, key: UUID, outcome: Outcome, officer: Officer, now: datetime
) -> Recovery:
    """Decide on a recovery, after the worker was heard or his term is over.

    Raises UnknownRequest, UnknownRecovery, NotYours, OwnFile, OwnRecovery, NotYetHeard,
    NotToSplit for more instalments than there may be, or for more than was paid too much.
    """
    today = clock.today(now)
    with transaction(actor=officer.actor):
        request = steps.found(ticket)
        rows = Recovery.objects.select_for_update(of=("self",))
        rows = rows.select_related("request__person", "request__employer")
        row = rows.filter(key=key, request=request, state="invited").first()
        if row is None:
            raise UnknownRecovery
        require_handles(officer, request)
        if row.opened_by_id == officer.person_id:
            raise OwnRecovery
        if row.defended_at is None and today <= row.answer_by:
            raise NotYetHeard
        _settle(row, outcome, today)
        row.motivation = outcome.motivation
        row.decided_by_id, row.decided_at = officer.person_id, now
        letter = letters.decide(row, actor=officer.actor, now=now)
        row.save()
        letter.save(force_insert=True)
        steps.trace("recovery.decided", request, actor=officer.actor, now=now, state=row.state)
    return row


def _settle(row: Recovery, outcome: Outcome, today: date) -> None:
    if outcome.cents is None:
        row.state = "dropped"
        return
    if not 0 < outcome.cents <= row.amount:
        raise NotToSplit(outcome.cents)
    if outcome.count > recovering.most_instalments(on=today):
        raise NotToSplit(outcome.count)
    parts = recovering.instalments(Money(outcome.cents), count=outcome.count, decided_on=today)
    row.state, row.asked_back = "decided", outcome.cents
    row.instalments = [[one.until.isoformat(), one.amount.cents] for one in parts]


def _plain(one: Compared) -> list[str | int]:
    days = (one.period.first_day.isoformat(), one.period.last_day.isoformat())
    return [*days, one.paid.cents, one.due.cents]


@contextmanager
def _one_open() -> Iterator[None]:
    try:
        yield
    except IntegrityError as fault:
        diagnosis = getattr(fault.__cause__, "diag", None)
        if getattr(diagnosis, "constraint_name", "") != _ONE_OPEN:
            raise
        raise AlreadyOpen from None
