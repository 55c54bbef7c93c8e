"""A month is handed on for payment: what it would hold, and handing it on.

What was handed on stays as it was. Handing a month on again adds what is new since then, and
nothing that went before: a file in which too little went gets the difference; one in which too
much went is asked back from its own page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError
from django.db.models import Max, QuerySet, Sum

from guichet.audit import trail
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.office.officers import NotYours, Officer
from guichet.eservices.career_break.recovery import ledger, monthly
from guichet.eservices.career_break.recovery.models import Run, Sent
from guichet.kernel.period import Period
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.rules.career_break.amounts import Line
from guichet.rules.career_break.payment_runs import Owed, Pair, may_be_sent
from guichet.rules.career_break.states import State

_ONCE: Final = "career_break_payment_run_once"
_PIECE: Final = 500


class MonthNotOver(Exception):
    """A month is handed on once it is over."""


class NothingToSend(Exception):
    """Everything that is due for the month was handed on."""


class Changed(Exception):
    """What is to be handed on is not what was looked at: somebody decided, or was quicker."""


@dataclass(frozen=True, slots=True)
class Payment:
    """What is still to be handed on for a month of a file, by the decision of a number."""

    row: Request
    decision: int
    period: Period
    rest: Pair


@dataclass(frozen=True, slots=True)
class Prepared:
    """What handing a month on would hold. ``held``: files that the office looks at again, or of
    which the letter is still to go; ``unknown``: those without an amount; ``too_much``: those of
    which more went than is due."""

    payments: tuple[Payment, ...]
    total: Pair
    held: int
    unknown: int
    too_much: tuple[Request, ...]


def prepared(office: str, *, month: Period, today: date) -> Prepared:
    """What is still to be handed on for a month of an office."""
    sent = sent_sums(office, month=month)
    payments: list[Payment] = []
    too_much: list[Request] = []
    total, held, unknown = Pair(), 0, 0
    for row in monthly.files({office}, month=month):
        known = ledger.decisions(row)
        waits = row.state != State.CLOSED or any(one.since > today for one in known)
        line = ledger.due(row, known, month=month)
        if line is not None and (line.gross is None or line.net is None):
            unknown += 1
            continue
        owed = Owed(pair_of(line), sent.get(row.pk, Pair()))
        if owed.difference and waits:
            held += 1
        elif owed.difference < 0:
            too_much.append(row)
        elif owed.rest is not None and line is not None:
            number = known[-1].decision.number
            payments.append(Payment(row, number, line.period, owed.rest))
            total = total.plus(owed.rest)
    return Prepared(tuple(payments), total, held, unknown, tuple(too_much))


def send(
    *, office: str, month: Period, expected: tuple[int, int], officer: Officer, now: datetime
) -> Run:
    """Hand a month of an office on for payment; twice is never.

    ``expected``: how many payments and how much net (cents) the officer looked at. Raises NotYours,
    MonthNotOver, NothingToSend, Changed.
    """
    today = clock.today(now)
    if not (officer.may_decide and office in officer.offices):
        raise NotYours
    if not may_be_sent(month, today=today):
        raise MonthNotOver
    with _once(), transaction(actor=officer.actor):
        # Who hands the same month on at the same time has the same number, and waits for this one.
        run = Run(
            office=office, month=month.first_day, number=_next_number(office, month),
            sent_by_id=officer.person_id, sent_at=now,
        )  # fmt: skip
        found = prepared(office, month=month, today=today)
        if not found.payments:
            raise NothingToSend
        run.count, run.gross, run.net = len(found.payments), found.total.gross, found.total.net
        if (run.count, run.net) != expected:
            raise Changed
        run.save(force_insert=True)
        Sent.objects.bulk_create((_sent(run, one) for one in found.payments), batch_size=_PIECE)
        trail.record(
            action="careerBreak.payments.sent", actor=officer.actor,
            target=f"{office}/{month.first_day:%Y-%m}/{run.number}", now=now,
            detail={"payments": run.count, "gross": run.gross, "net": run.net},
        )  # fmt: skip
    return run


def sent_sums(office: str, *, month: Period) -> dict[int, Pair]:
    """What was handed on for a month, by file; whichever office did."""
    return _sums(Sent.objects.filter(run__month=month.first_day, request__office=office))


def sums_of(requests: Collection[int], *, month: Period) -> dict[int, Pair]:
    """The same for some files."""
    return _sums(Sent.objects.filter(run__month=month.first_day, request__in=requests))


def pair_of(line: Line | None) -> Pair:
    """Gross and net of a month in cents; nothing where there is no amount."""
    if line is None or line.gross is None or line.net is None:
        return Pair()
    return Pair(line.gross.cents, line.net.cents)


def _sums(rows: QuerySet[Sent]) -> dict[int, Pair]:
    sums = rows.values_list("request").annotate(Sum("gross"), Sum("net"))
    return {request: Pair(gross, net) for request, gross, net in sums}


def _next_number(office: str, month: Period) -> int:
    rows = Run.objects.filter(office=office, month=month.first_day)
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1


def _sent(run: Run, one: Payment) -> Sent:
    return Sent(
        run=run, request=one.row, decision=one.decision, first_day=one.period.first_day,
        last_day=one.period.last_day, gross=one.rest.gross, net=one.rest.net,
    )  # fmt: skip


@contextmanager
def _once() -> Iterator[None]:
    try:
        yield
    except IntegrityError as fault:
        diagnosis = getattr(fault.__cause__, "diag", None)
        if getattr(diagnosis, "constraint_name", "") != _ONCE:
            raise
        raise Changed from None
