"""What a batch decided, kept in order until it is written.

The effects of one declaration are facts for the next one of the same batch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from guichet.eservices.dimona.facts import Facts, Said, horeca_firm
from guichet.rules.dimona import identity
from guichet.rules.dimona.answer import (
    Answer,
    Cancelled,
    Changed,
    Opened,
    Registered,
    RegistrationCancelled,
    Result,
)
from guichet.rules.dimona.kinds import WorkerType
from guichet.rules.dimona.known import FeatureKey, PeriodKnown, RegistrationKnown
from guichet.rules.dimona.message import Kind
from guichet.rules.dimona.quotas import is_horeca_day, occasional_days

_DETAILS: Final = (
    "constructionControlCards",
    "smallStatutesInformation",
    "studentPlaceOfWork",
    "plannedDaysNumber",
)


@dataclass(slots=True)
class Done:
    """The answer to one declaration, as it is stored."""

    id: int
    state: str
    result: str | None = None
    anomalies: tuple[str, ...] = ()
    excess: list[dict[str, Any]] = field(default_factory=list)
    employer: str = ""
    niss: str = field(default="", repr=False)
    period_id: int | None = None
    registration_id: int | None = None
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


@dataclass(slots=True)
class Touch:
    """A period that the batch opened or changed; ``former``: as it stood before the batch."""

    current: PeriodKnown
    former: PeriodKnown | None
    declaration: int | None = None
    user_name: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    anomalies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Replaced:
    """A worker was declared under a number that another one has replaced."""

    declaration: int
    employer: str
    former: str = field(repr=False)
    valid: str = field(repr=False)
    period_id: int | None = None


class Ledger:
    """The answers of a batch and everything that they change."""

    def __init__(self, facts: Facts, numbers: Sequence[int], *, now: datetime) -> None:
        self.facts = facts
        self.now = now
        self.done: list[Done] = []
        self.touched: dict[int, Touch] = {}
        self.registrations: dict[int, RegistrationKnown] = {}
        self.replaced: list[Replaced] = []
        self._numbers = iter(numbers)

    @classmethod
    def of_refusal(cls, declaration: int, code: str, *, now: datetime) -> Ledger:
        """The ledger of one declaration that the register refused."""
        ledger = cls(Facts(), (), now=now)
        ledger.done.append(Done(declaration, "done", Result.REFUSED.value, (code,)))
        return ledger

    def stick(self, said: Said) -> None:
        """A declaration that nobody could decide."""
        self.done.append(Done(said.id, "stuck", employer=said.employer, niss=said.niss))

    def settle(self, said: Said, answer: Answer) -> None:
        """Note an answer, and let it be a fact for those that follow."""
        waits = answer.result is Result.WAITING
        done = Done(
            said.id,
            "waiting" if waits else "done",
            answer.result.value,
            answer.anomalies,
            [{"quota": each.quota, "amount": each.amount} for each in answer.excess],
            said.employer,
            said.niss,
        )
        self.done.append(done)
        match answer.effect:
            case Opened() as opened:
                self._open(said, opened, answer, done)
            case Changed() as changed:
                self._change(said, changed, done)
            case Cancelled():
                self._cancel(said, done)
            case Registered() as registered:
                self._register(said, registered, done)
            case RegistrationCancelled():
                self._withdraw(said, done)
        self._note_replacement(said, done)

    def _open(self, said: Said, opened: Opened, answer: Answer, done: Done) -> None:
        key = FeatureKey.of(said.message.features)
        period = PeriodKnown(
            id=next(self._numbers),
            employer=said.employer,
            niss=said.niss,
            features=key,
            times=opened.times,
            planned_hours=opened.planned_hours,
            is_late=opened.is_late,
            is_late_in=opened.is_late,
            excess=told(done),
        )
        user = said.message.features.user
        self.facts.put(period)
        self.touched[period.id] = Touch(
            period,
            None,
            said.id,
            "" if user is None else user.name,
            _details(said.body.get("dimonaIn") or {}),
            answer.anomalies,
        )
        self._count_horeca(period, by=1)
        done.period_id, done.after = period.id, snapshot(period)

    def _change(self, said: Said, changed: Changed, done: Done) -> None:
        former = self.facts.periods[said.message.period_id or 0]
        current = former.with_times(changed.times, changed.planned_hours, is_late=changed.is_late)
        is_student = former.features.worker_type == WorkerType.STUDENT
        if done.excess or is_student or is_horeca_day(former):
            current = replace(current, excess=told(done))
        self._count_horeca(former, by=-1)
        self._count_horeca(current, by=1)
        self._replace(former, current, done)
        touch = self.touched[current.id]
        touch.anomalies = tuple(dict.fromkeys((*touch.anomalies, *done.anomalies)))

    def _cancel(self, said: Said, done: Done) -> None:
        former = self.facts.periods[said.message.period_id or 0]
        self._count_horeca(former, by=-1)
        self._replace(former, replace(former, is_cancelled=True), done)

    def _count_horeca(self, period: PeriodKnown, *, by: int) -> None:
        """Days of a firm that the rest of the batch is judged by, where it asks for them."""
        start = period.times.start_date
        if start is not None and is_horeca_day(period):
            counted = horeca_firm(period.employer, period.features), start.year
            if counted in self.facts.horeca:
                self.facts.horeca[counted] += by * occasional_days(period.times)

    def _replace(self, former: PeriodKnown, current: PeriodKnown, done: Done) -> None:
        self.facts.put(current)
        touch = self.touched.get(current.id)
        if touch is None:
            self.touched[current.id] = Touch(current, former)
        else:
            touch.current = current
        done.niss = former.niss
        done.period_id = current.id
        done.before, done.after = snapshot(former), snapshot(current)

    def _register(self, said: Said, registered: Registered, done: Done) -> None:
        known = self.facts.registrations.get(said.message.registration_id or 0)
        if known is None:
            # The number of the declaration is free as the number of what it makes.
            known = RegistrationKnown(said.id, said.message.period_id or 0, registered.times)
        self._keep(replace(known, times=registered.times), done)

    def _withdraw(self, said: Said, done: Done) -> None:
        known = self.facts.registrations[said.message.registration_id or 0]
        self._keep(replace(known, is_cancelled=True), done)

    def _keep(self, registration: RegistrationKnown, done: Done) -> None:
        self.facts.registrations[registration.id] = registration
        self.registrations[registration.id] = registration
        period = self.facts.periods[registration.period_id]
        done.registration_id = registration.id
        done.period_id, done.niss = registration.period_id, period.niss

    def _note_replacement(self, said: Said, done: Done) -> None:
        given = identity.number_of(said.message.worker)
        is_old = given and said.niss and given != said.niss
        if said.message.kind is Kind.IN and is_old and done.period_id is not None:
            self.replaced.append(Replaced(said.id, said.employer, given, said.niss, done.period_id))


def told(done: Done) -> tuple[tuple[str, int], ...]:
    """The excess of an answer as a period keeps it."""
    return tuple((each["quota"], each["amount"]) for each in done.excess)


def snapshot(period: PeriodKnown) -> dict[str, Any]:
    """A period's days, hours and planned hours, with the names of the messages."""
    times = period.times
    return {
        "startDate": times.start_date and times.start_date.isoformat(),
        "endDate": times.end_date and times.end_date.isoformat(),
        "startHour": times.start_hour or None,
        "endHour": times.end_hour or None,
        "plannedHoursNumber": period.planned_hours,
        "isCancelled": period.is_cancelled,
    }


def _details(act: Mapping[str, Any]) -> dict[str, Any]:
    """What an IN says that nothing is decided on later."""
    found = {name: act[name] for name in _DETAILS if act.get(name) is not None}
    user = (act.get("features") or {}).get("usingEmployer") or {}
    return found | ({"usingEmployer": user} if user else {})
