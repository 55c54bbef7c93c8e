"""Decisions for many communications at once: chosen by a filter, shown first, then taken.

Only what the rules accept without an officer is decided so; everything else is an exception that
the preview counts by its reason and leaves in the queue. Work for many is a job with its progress;
it can be broken off and begun again, because what is decided is no longer chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db.models import F
from procrastinate.contrib.django import app

from guichet.audit import trail
from guichet.eservices.temporary_unemployment import steps
from guichet.eservices.temporary_unemployment.models import Communication
from guichet.eservices.temporary_unemployment.office import counters, deciding, judging, queries
from guichet.eservices.temporary_unemployment.office.judging import Case
from guichet.eservices.temporary_unemployment.office.models import Run
from guichet.eservices.temporary_unemployment.office.officers import (
    NotYours,
    Officer,
    OwnFile,
    require_handles,
)
from guichet.eservices.temporary_unemployment.office.queries import Wanted
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.rules.temporary_unemployment.decisions import Result
from guichet.rules.temporary_unemployment.kinds import Channel
from guichet.rules.temporary_unemployment.states import Party, State, Step

# So many are decided while the page waits; more are a job.
AT_ONCE: Final = 50
MOST: Final = 20_000
_CHUNK: Final = 100
JOB: Final = "temporary_unemployment_office.decide_many"


@dataclass(frozen=True, slots=True)
class Preview:
    """What a filter would decide: ``keys`` of what is accepted, and why the others are not.

    ``exceptions``: how many for each key of a fault, or ``officer`` where an officer always looks;
    ``others``: the first of them.
    """

    keys: tuple[int, ...] = ()
    exceptions: Mapping[str, int] = field(default_factory=dict)
    others: tuple[Communication, ...] = ()
    is_cut: bool = False

    @property
    def total(self) -> int:
        """How many the filter found."""
        return len(self.keys) + sum(self.exceptions.values())


def preview(wanted: Wanted, *, officer: Officer, now: datetime) -> Preview:
    """What a mass decision would do now; nothing is stored."""
    rows = list(_rows(wanted, officer)[: MOST + 1])
    keys: list[int] = []
    exceptions: Counter[str] = Counter()
    others: list[Communication] = []
    for case in _cases(rows[:MOST], now):
        why = exception(case, officer)
        if why is None:
            keys.append(case.row.pk)
            continue
        exceptions[why] += 1
        if len(others) < 20:
            others.append(case.row)
    return Preview(tuple(keys), dict(exceptions), tuple(others), is_cut=len(rows) > MOST)


def exception(case: Case, officer: Officer) -> str | None:
    """Why a communication is not decided so; None when it is."""
    if not officer.handles(case.row):
        return "office"
    if case.proposal.result is not Result.ACCEPTED:
        return "result"
    if not case.is_plain:
        return case.proposal.to_check[0].key if case.proposal.to_check else "officer"
    return None


def start(*, keys: Sequence[int], wanted: Wanted, officer: Officer, now: datetime) -> Run:
    """Decide on what the preview showed: at once when it is little, else in a job."""
    if not officer.may_decide:
        raise NotYours
    with transaction(actor=officer.actor):
        run = Run.objects.create(
            kind="decisions", started_by_id=officer.person_id, started_at=now, total=len(keys),
            wanted={"keys": list(keys), "filter": _plain(wanted),
                    "enterprise": officer.actor.enterprise or ""},
        )  # fmt: skip
        trail.record(
            action="temporaryUnemployment.decisions.started", actor=officer.actor,
            target=f"run/{run.pk}", now=now, detail={"total": len(keys)},
        )  # fmt: skip
        if len(keys) > AT_ONCE:
            app.configure_task(name=JOB).defer(run=run.pk)
    if len(keys) <= AT_ONCE:
        work(run=run.pk, officer=officer, now=now)
        run.refresh_from_db()
    return run


def work(*, run: int, officer: Officer, now: datetime) -> None:
    """Decide on everything of a run that is still open; nothing twice, whoever broke it off."""
    row = Run.objects.get(pk=run)
    keys = list(row.wanted["keys"])
    Run.objects.filter(pk=run).update(state="running", done=0, left=0)
    for at in range(0, len(keys), _CHUNK):
        chunk = keys[at : at + _CHUNK]
        done = _decided(chunk, run, officer, now)
        Run.objects.filter(pk=run).update(done=F("done") + done, left=F("left") + len(chunk) - done)
        if Run.objects.filter(pk=run, state="stopped").exists():
            return
    Run.objects.filter(pk=run).update(state="done", ended_at=clock.now())


def stop(*, run: int, officer: Officer, now: datetime) -> bool:
    """End a run after the hundred that it is at; whether it was running."""
    if not officer.may_decide:
        raise NotYours
    with transaction(actor=officer.actor):
        rows = Run.objects.filter(pk=run, kind="decisions", state__in=["waiting", "running"])
        moved = rows.update(state="stopped", ended_at=now)
        if moved:
            trail.record(
                action="temporaryUnemployment.decisions.stopped", actor=officer.actor,
                target=f"run/{run}", now=now,
            )  # fmt: skip
    return bool(moved)


def _decided(keys: Sequence[int], run: int, officer: Officer, now: datetime) -> int:
    """One chunk in one transaction; what somebody else decided or withdrew is left alone."""
    with transaction(actor=officer.actor):
        rows = Communication.objects.select_for_update(of=("self",), skip_locked=True)
        rows = rows.filter(pk__in=keys, state__in=queries.WAITING)
        rows = rows.select_related("employer", "changes", "nature").order_by("pk")
        cases = [one for one in judging.cases(list(rows), now=now) if _may(one, officer)]
        fresh = [one.row.pk for one in cases if one.row.state == State.RECEIVED.value]
        steps.took_many(
            keys=fresh, step=Step.TAKE, party=Party.OFFICER, channel=Channel.WEB,
            by=officer.actor, now=now, detail={"run": run},
        )  # fmt: skip
        numbers = _numbers(cases, clock.today(now))
        for case in cases:
            deciding.take_decision(
                case, deciding.as_proposed(case), number=numbers[case.row.office].pop(0),
                officer=officer, now=now,
            )  # fmt: skip
    return len(cases)


def _may(case: Case, officer: Officer) -> bool:
    try:
        require_handles(officer, case.row)
    except (NotYours, OwnFile):
        return False
    return exception(case, officer) is None


def _numbers(cases: Sequence[Case], today: date) -> dict[str, list[str]]:
    wanted = Counter(one.row.office for one in cases)
    return {
        office: counters.take(office=office, year=today.year, count=count)
        for office, count in sorted(wanted.items())
    }


def _rows(wanted: Wanted, officer: Officer) -> Any:
    rows = queries.chosen(wanted).select_related("employer", "changes", "nature")
    return rows.order_by("received_at", "pk")


def _cases(rows: Sequence[Communication], now: datetime) -> list[Case]:
    found: list[Case] = []
    for at in range(0, len(rows), 500):
        found += judging.cases(rows[at : at + 500], now=now)
    return found


def _plain(wanted: Wanted) -> dict[str, Any]:
    return {
        "offices": list(wanted.offices), "kinds": list(wanted.kinds),
        "reasons": list(wanted.reasons),
        "from": wanted.received_from.isoformat() if wanted.received_from else "",
        "until": wanted.received_until.isoformat() if wanted.received_until else "",
    }  # fmt: skip
