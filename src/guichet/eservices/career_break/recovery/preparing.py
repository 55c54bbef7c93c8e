"""A run of payments is prepared: a job looks at each file of the office, some hundreds at a time.

How far it is stands in the row, and moves in the transaction that stores what was found: after a
crash the next try goes on there. One preparation of a month is open at a time; whoever asks for it
again is shown that one.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from django.db import IntegrityError
from django.db.models import Count, Q, Sum
from procrastinate.contrib.django import app

from guichet.audit import trail
from guichet.audit.actors import Actor, system
from guichet.eservices.career_break import granted
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.office.officers import NotYours, Officer
from guichet.eservices.career_break.recovery import ledger, monthly
from guichet.eservices.career_break.recovery.models import Preparation, Prepared
from guichet.kernel.period import Period
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.rules.career_break.amounts import Line
from guichet.rules.career_break.payment_runs import (
    OPEN,
    Owed,
    Pair,
    State,
    Step,
    after,
    may_be_sent,
    whole_month,
)
from guichet.rules.career_break.states import State as FileState

JOB: Final = "career_break_recovery.prepare"
PIECE: Final = 500
# A preparation that did not move for so long lost its worker: the next one goes on with it.
STILL: Final = timedelta(minutes=2)
_BESIDE: Final = ("decisions__letters", "payments__run", "recoveries")
_ONE_OPEN: Final = "career_break_payment_preparation_one_open"
_MAKER: Final = system(JOB)
_log = logging.getLogger(__name__)


class MonthNotOver(Exception):
    """A month is handed on once it is over, while it is kept what went for it."""


class _Taken(Exception):
    """A colleague, or the same click, was quicker."""


@dataclass(slots=True)
class _Found:
    """What some files would add to a run; ``held``, ``unknown``: how many are left out."""

    lines: list[Prepared] = field(default_factory=list)
    held: int = 0
    unknown: int = 0


def begin(*, office: str, month: Period, officer: Officer, now: datetime) -> Preparation:
    """Have a month of an office prepared; the preparation that is open, where there is one.

    Raises NotYours, MonthNotOver.
    """
    if not (officer.may_decide and office in officer.offices):
        raise NotYours
    if not may_be_sent(month, today=clock.today(now)):
        raise MonthNotOver
    while True:
        # Who comes second waits for the row of the first one, and finds it.
        found = open_one(office, month=month)
        if found is not None:
            return found
        try:
            return _begun(office, month, officer, now)
        except _Taken:
            continue


def open_one(office: str, *, month: Period) -> Preparation | None:
    """The preparation of a month of an office that is under way or waits for its signature."""
    rows = Preparation.objects.filter(office=office, month=month.first_day, state__in=OPEN)
    return rows.select_related("prepared_by").first()


def make_part(*, preparation: int, now: datetime) -> bool:
    """Look at the next files; whether there are more."""
    with transaction(actor=_MAKER):
        rows = Preparation.objects.select_for_update(of=("self",))
        row = rows.filter(pk=preparation, state=State.PREPARING).first()
        if row is None:
            return False
        month = whole_month(row.month)
        ran = [one for one in ledger.months_run(row.office) if one < ledger.month_of(month)]
        first = date(*min(ran), 1) if ran else row.month
        files = monthly.files(row.office, days=Period(first, month.last_day))
        if not row.after:
            row.total = files.count()
        some = files.filter(pk__gt=row.after).order_by("pk")
        looked_at = list(some.prefetch_related(*_BESIDE)[:PIECE])
        found = _Found()
        for one in looked_at:
            _look(one, row, found, ran=ran, today=clock.today(now))
        _keep(row, found, looked_at, now)
        if len(looked_at) < PIECE:
            _finish(row, now)
        row.save()
        return row.state == State.PREPARING


def fail(*, preparation: int, now: datetime) -> None:
    """No try made it: say so, and let the month be prepared anew."""
    _log.error("the run %s could not be prepared", preparation)
    with transaction(actor=_MAKER):
        rows = Preparation.objects.select_for_update()
        row = rows.filter(pk=preparation, state=State.PREPARING).first()
        if row is not None:
            ended(row, Step.FAIL, now=now)
            _trace("failed", row, _MAKER, now)


def left_behind(*, now: datetime) -> list[int]:
    """The preparations of which the worker is gone."""
    rows = Preparation.objects.filter(state=State.PREPARING, moved_at__lt=now - STILL)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def ended(row: Preparation, step: Step, *, now: datetime) -> None:
    """The last step of a preparation; its lines have done their work. Raises NotOpen."""
    row.state, row.moved_at = after(State(row.state), step).value, now
    row.save()
    row.lines.all().delete()


def payments(row: Preparation) -> Q:
    """Which lines of a preparation would go: those of its own month that give something."""
    return Q(preparation=row, month=row.month, net__gt=0)


def _begun(office: str, month: Period, officer: Officer, now: datetime) -> Preparation:
    with _one_open(), transaction(actor=officer.actor):
        row = Preparation.objects.create(
            office=office, month=month.first_day, prepared_by_id=officer.person_id,
            asked_at=now, moved_at=now,
        )  # fmt: skip
        _trace("asked", row, officer.actor, now)
        app.configure_task(name=JOB).defer(preparation=row.pk)
    return row


def _look(
    file: Request, row: Preparation, found: _Found, *, ran: Sequence[ledger.MonthKey], today: date
) -> None:
    """What is left of a file: of the month of the run, and of those before that were handed on."""
    month = whole_month(row.month)
    known = ledger.decisions(file)
    sums, settled = _went(file), ledger.settled(file, states=("decided", "dropped"))
    lines = _lines(file, known, Period(min(file.first_day, month.last_day), month.last_day))
    waits = file.state != FileState.CLOSED or any(one.since > today for one in known)
    this = ledger.month_of(month)
    for key in sorted({this, *ran, *(one for one in sums if one < this)}):
        line = lines.get(key)
        if line is not None and (line.gross is None or line.net is None):
            found.unknown += key == this
            continue
        owed = Owed(pair_of(line), sums.get(key, Pair()), settled.get(key, 0))
        if not owed.difference:
            continue
        if waits:
            found.held += key == this
            continue
        days = line.period if line is not None else whole_month(date(*key, 1))
        found.lines.append(
            Prepared(
                preparation=row, request=file, month=date(*key, 1), version=file.version,
                decision=known[-1].decision.number if known else 0,
                first_day=days.first_day, last_day=days.last_day, before=owed.sent.net,
                gross=owed.due.gross - owed.sent.gross, net=owed.difference,
            )
        )  # fmt: skip


def pair_of(line: Line | None) -> Pair:
    """Gross and net of a month in cents; nothing where there is no amount."""
    if line is None or line.gross is None or line.net is None:
        return Pair()
    return Pair(line.gross.cents, line.net.cents)


def _went(file: Request) -> Mapping[ledger.MonthKey, Pair]:
    sums: dict[ledger.MonthKey, Pair] = defaultdict(Pair)
    for one in file.payments.all():
        key = (one.run.month.year, one.run.month.month)
        sums[key] = sums[key].plus(Pair(one.gross, one.net))
    return sums


def _lines(
    file: Request, known: Sequence[ledger.Known], days: Period
) -> Mapping[ledger.MonthKey, Line]:
    if not known:
        return {}
    found = granted.lines_of(known[-1].decision, row=file, days=days)
    return {ledger.month_of(one.period): one for one in found}


def _keep(row: Preparation, found: _Found, looked_at: Sequence[Request], now: datetime) -> None:
    Prepared.objects.bulk_create(found.lines, batch_size=PIECE)
    going = [one for one in found.lines if one.month == row.month and one.net > 0]
    row.done += len(looked_at)
    row.after = looked_at[-1].pk if looked_at else row.after
    row.count += len(going)
    row.gross += sum(one.gross for one in going)
    row.net += sum(one.net for one in going)
    row.held += found.held
    row.unknown += found.unknown
    row.moved_at = now


def _finish(row: Preparation, now: datetime) -> None:
    step = Step.FINISH if row.count else Step.FIND_NOTHING
    row.state = after(State(row.state), step).value
    row.left = [list(one) for one in _left(row)]
    _trace("prepared", row, _MAKER, now, payments=row.count, gross=row.gross, net=row.net)
    if not row.count:
        row.lines.all().delete()


def _left(row: Preparation) -> Iterable[tuple[str, int, int, int, int]]:
    """What is left of each month beside what would go, the first month on top."""
    more, less = Q(net__gt=0), Q(net__lt=0)
    rows = Prepared.objects.filter(preparation=row).exclude(payments(row)).order_by("month")
    sums = rows.values("month").annotate(
        files=Count("pk", filter=more), rest=Sum("net", filter=more, default=0),
        others=Count("pk", filter=less), excess=Sum("net", filter=less, default=0),
    )  # fmt: skip
    return [
        (f"{month:%Y-%m}", files, int(rest), others, int(excess))
        for month, files, rest, others, excess in sums.values_list(
            "month", "files", "rest", "others", "excess"
        )
    ]


def _trace(what: str, row: Preparation, actor: Actor, now: datetime, **detail: int) -> None:
    trail.record(
        action=f"careerBreak.payments.{what}", actor=actor,
        target=f"{row.office}/{row.month:%Y-%m}", now=now, detail=detail or None,
    )  # fmt: skip


@contextmanager
def _one_open() -> Iterator[None]:
    try:
        yield
    except IntegrityError as fault:
        diagnosis = getattr(fault.__cause__, "diag", None)
        if getattr(diagnosis, "constraint_name", "") != _ONE_OPEN:
            raise
        raise _Taken from None
