"""Deciding an IN: its form, then what the registers, the limits and the quotas say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from guichet.kernel.moments import brussels_day
from guichet.kernel.verdict import Verdict
from guichet.rules import dated
from guichet.rules.dimona import form, identity, kinds, limits, quotas
from guichet.rules.dimona.answer import Answer, Excess, Opened, blocks, verdict
from guichet.rules.dimona.kinds import WorkerType
from guichet.rules.dimona.known import EmployerKnown, FeatureKey, Known, PeriodKnown
from guichet.rules.dimona.message import Message, Times, whole_number
from guichet.rules.dimona.spells import overlap, with_end


def decide_in(message: Message, known: Known) -> Verdict[Answer]:
    """Accept an IN or not."""
    today = brussels_day(known.received_at)
    is_public = known.employer is not None and known.employer.is_public
    faults = form.in_faults(message, is_public=is_public, today=today)
    faults += identity.worker_faults(message.worker, today=today)
    faults += [f"{zone}-003" for zone in known.misplaced]
    faults += identity.reference_faults(message)
    if any(blocks(code) for code in faults) or known.employer is None:
        return verdict(faults, effect=None)
    times = with_end(message.times)
    assert times.start_date is not None
    faults += _employer(message, known.employer, times.start_date)
    if not known.is_user_known:
        faults.append("00131-235")
    faults += _earliest(message, times.start_date, today)
    if any(blocks(code) for code in faults):
        return verdict(faults, effect=None)
    if not message.worker.ssin:
        return verdict(faults, effect=None, is_waiting=True)
    return _known_worker(message, known, times, faults)


def _known_worker(
    message: Message, known: Known, times: Times, faults: list[str]
) -> Verdict[Answer]:
    kind = WorkerType(message.features.worker_type)
    person, employer = known.person, known.employer
    if person is None or employer is None:
        return verdict([*faults, "90017-151"], effect=None)
    faults += [f"{zone}-348" for zone in person.differs]
    periods = [each for each in known.periods if not each.is_cancelled]
    key = FeatureKey.of(message.features)
    faults += overlap_faults(times, _same(periods, employer.number, key), block="90373")
    is_late = limits.is_late_in(times, received_at=known.received_at)
    faults += ["90373-460"] if is_late else []
    hours = whole_number(message.planned_hours)
    found, excess = quota_faults(
        kind=kind, key=key, times=times, hours=hours, periods=periods, known=known
    )
    if is_late and kind is WorkerType.STUDENT:
        found, excess = [], ()  # a late one reserves nothing
    faults += found
    faults += _conditions(
        kind=kind,
        key=key,
        employer=employer.number,
        times=times,
        periods=periods,
        birth_date=person.birth_date,
    )
    return verdict(
        faults,
        effect=Opened(times, hours, is_late),
        worker_type=kind.value,
        excess=excess,
    )


def overlap_faults(times: Times, others: Sequence[PeriodKnown], *, block: str) -> list[str]:
    """The same period again, or one that shares time; ``others`` have the same features."""
    if any(each.times == times for each in others):
        return [f"{block}-333"]
    if any(overlap(each.times, times) for each in others):
        return [f"{block}-334"]
    return []


def quota_faults(
    *,
    kind: WorkerType,
    key: FeatureKey,
    times: Times,
    hours: int | None,
    periods: Sequence[PeriodKnown],
    known: Known,
) -> tuple[list[str], tuple[Excess, ...]]:
    """Quotas that are exceeded, and by how much; ``periods``: those of the worker that stand."""
    assert times.start_date is not None
    year = times.start_date.year
    if kind is WorkerType.STUDENT and hours is not None:
        used = quotas.student_hours(periods, year=year)
        beyond = quotas.excess(quota=quotas.student_quota(year), used=used, wanted=hours)
        return _worker_quota("STUDENT", beyond)
    if kind is WorkerType.OCCASIONAL and key.works_in == kinds.HORECA:
        return _horeca(times, periods, known.horeca_days)
    if kind.value in ("O17", "S17", "T17"):
        beyond = quotas.article_17_excess(
            kind=kind, start=times.start_date, hours=hours or 0, periods=periods
        )
        return _worker_quota("ARTICLE17", beyond)
    return [], ()


def quota_code(quota: str) -> str:
    """The anomaly of a quota: of the worker, or of the firm."""
    return "90256-369" if quota == "HORECA_EMPLOYER" else "90017-369"


def _worker_quota(quota: str, beyond: int) -> tuple[list[str], tuple[Excess, ...]]:
    return ([quota_code(quota)], (Excess(quota, beyond),)) if beyond else ([], ())


def _horeca(
    times: Times, periods: Sequence[PeriodKnown], employer_days: int
) -> tuple[list[str], tuple[Excess, ...]]:
    assert times.start_date is not None
    start, wanted = times.start_date, quotas.occasional_days(times)
    worker_days = quotas.horeca_worker_days(periods, year=start.year)
    codes: list[str] = []
    excess: list[Excess] = []
    for quota, figure, used in (
        ("HORECA_WORKER", "dimona.horeca.worker_days", worker_days),
        ("HORECA_EMPLOYER", "dimona.horeca.employer_days", employer_days),
    ):
        limit = dated.whole(figure, on=start)
        beyond = quotas.excess(quota=limit, used=used, wanted=wanted)
        if beyond:
            codes.append(quota_code(quota))
            excess.append(Excess(quota, beyond))
    return codes, tuple(excess)


def _conditions(
    *,
    kind: WorkerType,
    key: FeatureKey,
    employer: str,
    times: Times,
    periods: Sequence[PeriodKnown],
    birth_date: date | None,
) -> list[str]:
    assert times.start_date is not None
    start = times.start_date
    if kind is WorkerType.FLEXI:
        return quotas.flexi_faults(
            employer=employer, start=start, periods=periods, birth_date=birth_date
        )
    if kind is WorkerType.OCCASIONAL and key.works_in == kinds.HORECA:
        too_long = quotas.runs_too_long(times, periods, employer=employer)
        return ["00910-459"] if too_long else []
    if kind is WorkerType.OTHER:
        return quotas.young_faults(start=start, birth_date=birth_date, periods=periods)
    return []


def _employer(message: Message, employer: EmployerKnown, start: date) -> list[str]:
    kind = WorkerType(message.features.worker_type)
    if not employer.is_active(start):
        return ["90373-343"]
    found = []
    if not kinds.is_for_employer(kind, is_public=employer.is_public, start=start):
        found.append("00655-350")
    if employer.stopped_on is not None and employer.stopped_on <= start:
        found.append("00014-022")
    return found


def _earliest(message: Message, start: date, today: date) -> list[str]:
    group = kinds.group_of(kinds.worker_type(message.features.worker_type), message.times)
    earliest = limits.earliest_in(group, start)
    return ["00910-008"] if earliest is not None and today < earliest else []


def _same(periods: Sequence[PeriodKnown], employer: str, key: FeatureKey) -> list[PeriodKnown]:
    return [each for each in periods if each.employer == employer and each.features == key]
