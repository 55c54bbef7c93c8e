"""Deciding OUT, UPDATE and CANCEL: acts on a period that stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from guichet.kernel.dimona import LARGEST
from guichet.kernel.moments import brussels_day
from guichet.kernel.verdict import Verdict
from guichet.rules import dated
from guichet.rules.dimona import form, identity, kinds, limits
from guichet.rules.dimona.answer import Answer, Cancelled, Changed, Excess, verdict
from guichet.rules.dimona.kinds import Group, WorkerType
from guichet.rules.dimona.known import Known, PeriodKnown
from guichet.rules.dimona.matrix import MATRIX, Need
from guichet.rules.dimona.message import NO_END, Message, Times, whole_number
from guichet.rules.dimona.opening import overlap_faults, quota_code, quota_faults
from guichet.rules.dimona.quotas import (
    is_flat_by_day,
    is_horeca_day,
    occasional_days,
    runs_too_long,
)

_FIXED_START_FROM: Final = date(2016, 12, 31)


def target_faults(message: Message, known: Known) -> list[str]:
    """Whether the period named may be touched at all by this employer."""
    if message.period_id is None:
        return ["00913-001"]
    if not 0 < message.period_id <= LARGEST:
        return ["00913-003"]
    if message.worker.ssin and not identity.number_of(message.worker):
        return ["00024-003"]
    if known.period is None:
        return ["00913-354"]
    return _standing_faults(message, known, known.period)


def _standing_faults(message: Message, known: Known, period: PeriodKnown) -> list[str]:
    if known.employer is None or known.employer.number != period.employer:
        return [f"{identity.employer_zone(message.employer)}-347"]
    if message.worker.ssin and (known.person is None or known.person.niss != period.niss):
        return ["00024-347"]
    if period.is_locked:
        return ["00913-362"]
    return ["00913-355"] if period.is_cancelled else []


def decide_out(message: Message, known: Known) -> Verdict[Answer]:
    """Close a period on its last day."""
    faults = target_faults(message, known) + identity.reference_faults(message)
    end = message.times.end_date
    if end is None:
        faults.append("00911-001")
    elif end == NO_END:
        faults.append("00911-003")
    faults += form.range_faults(message.times, today=brussels_day(known.received_at))
    period = known.period
    if faults or period is None or end is None or end == NO_END:
        return verdict(faults, effect=None)
    if period.times.end_date is not None:
        return verdict(["00913-356"], effect=None)
    start = period.times.start_date
    if start is not None and end < start:
        return verdict(["00911-014"], effect=None)
    is_late = limits.is_late_end(end, received_at=known.received_at)
    times = Times(start, end, period.times.start_hour, period.times.end_hour)
    return verdict(
        ["90378-460"] if is_late else [], effect=Changed(times, period.planned_hours, is_late)
    )


def decide_cancel(message: Message, known: Known) -> Verdict[Answer]:
    """A period never was; after its first day that is refused, or remarked."""
    faults = target_faults(message, known) + identity.reference_faults(message)
    period = known.period
    if faults or period is None:
        return verdict(faults, effect=None)
    if limits.may_cancel(period.times, received_at=known.received_at):
        return verdict([], effect=Cancelled())
    day = brussels_day(known.received_at)
    is_refused = dated.switch("dimona.cancel.late_is_refused", on=day)
    return verdict(["00913-181" if is_refused else "90378-460"], effect=Cancelled())


def decide_update(message: Message, known: Known) -> Verdict[Answer]:
    """Give a period other days, hours or planned hours."""
    faults = target_faults(message, known) + identity.reference_faults(message)
    period = known.period
    if faults or period is None:
        return verdict(faults, effect=None)
    faults = _allowed(message, period, known)
    if faults:
        return verdict(faults, effect=None)
    times = merged(message.times, period.times)
    hours = whole_number(message.planned_hours)
    hours = period.planned_hours if hours is None else hours
    if times == period.times and hours == period.planned_hours:
        return verdict(["90378-444"], effect=None)
    faults = _moved(times, period, known)
    is_late = limits.is_late_update(period.times, times, received_at=known.received_at)
    faults += ["90378-460"] if is_late else []
    others = [each for each in known.periods if each.id != period.id and not each.is_cancelled]
    same = [
        each
        for each in others
        if each.employer == period.employer and each.features == period.features
    ]
    faults += overlap_faults(times, same, block="90378")
    kind = WorkerType(period.features.worker_type)
    found, excess = _quotas(times, hours, period, others, known)
    if is_horeca_day(period) and runs_too_long(times, others, employer=period.employer):
        faults.append("00910-459")
    return verdict(
        faults + found,
        effect=Changed(times, hours, is_late),
        worker_type=kind.value,
        excess=excess,
    )


def _quotas(
    times: Times, hours: int | None, period: PeriodKnown, others: Sequence[PeriodKnown],
    known: Known,
) -> tuple[list[str], tuple[Excess, ...]]:  # fmt: skip
    """Quotas that the change exceeds. Who asks for no more than before loses no place to others."""
    kind = WorkerType(period.features.worker_type)
    if kind is WorkerType.STUDENT and period.is_late_in:
        return [], ()  # a late IN reserved nothing
    is_horeca = is_horeca_day(period)
    is_same_year = _year(times) == _year(period.times)
    if is_horeca and is_same_year:  # its own days are among those of the firm
        own = occasional_days(period.times)
        known = replace(known, horeca_days=max(0, known.horeca_days - own))
    found, excess = quota_faults(
        kind=kind, key=period.features, times=times, hours=hours, periods=others, known=known
    )
    if is_horeca:
        fewer = occasional_days(period.times) - occasional_days(times) if is_same_year else -1
    else:
        fewer = (period.planned_hours or 0) - (hours or 0)
    if fewer < 0 or not (is_horeca or kind is WorkerType.STUDENT):
        return found, excess
    return _left(excess, period, fewer)


def _left(
    excess: Sequence[Excess], period: PeriodKnown, fewer: int
) -> tuple[list[str], tuple[Excess, ...]]:
    """What was told of a quota before, less what is given back."""
    most = {quota: amount - fewer for quota, amount in period.excess}
    left = tuple(
        Excess(each.quota, least)
        for each in excess
        if (least := min(each.amount, most.get(each.quota, 0))) > 0
    )
    return [quota_code(each.quota) for each in left], left


def _year(times: Times) -> int | None:
    return None if times.start_date is None else times.start_date.year


def merged(wanted: Times, stored: Times) -> Times:
    """The stored times with what an update gives; 9999-12-31 takes the end away."""
    end = wanted.end_date or stored.end_date
    return Times(
        wanted.start_date or stored.start_date,
        None if end == NO_END else end,
        wanted.start_hour or stored.start_hour,
        wanted.end_hour or stored.end_hour,
    )


def _allowed(message: Message, period: PeriodKnown, known: Known) -> list[str]:
    """What an update may name at all, for a period of this sort."""
    times, group = message.times, period.group
    given = (times.start_date, times.end_date, times.start_hour, times.end_hour)
    if not any(given) and message.planned_hours is None:
        return ["90378-361" if period.times.start_hour else "90378-360"]
    # The glossary opens no update of a flat rate; by the hour, hours are declared (reading ours).
    is_fixed = period.features.worker_type == WorkerType.OCCASIONAL_STUDENT
    if is_fixed or is_flat_by_day(period.features, end_hour=period.times.end_hour):
        return ["00913-181"]
    found = _fields(message, group)
    found += form.planned_faults(message)
    found += form.range_faults(times, today=brussels_day(known.received_at))
    found += form.hour_faults(times)
    found += _dates(message, period, known)
    return found


def _fields(message: Message, group: Group) -> list[str]:
    given = {
        "00777": bool(message.times.start_hour),
        "00778": bool(message.times.end_hour),
        "01135": message.planned_hours is not None,
        "01017": message.planned_days is not None,
    }
    return [
        f"{zone}-005"
        for zone, is_given in given.items()
        if is_given and MATRIX[zone, group] is Need.NEVER
    ]


def _dates(message: Message, period: PeriodKnown, known: Known) -> list[str]:
    start, end = message.times.start_date, message.times.end_date
    stored = period.times
    found = []
    if period.group is Group.STUDENT:
        # Clients repeat the stored start: that changes nothing.
        is_fixed = stored.start_date is None or stored.start_date > _FIXED_START_FROM
        if start is not None and start != stored.start_date and is_fixed:
            found.append("00910-005")
        if not _hours_may_change(message, period, known):
            found.append("00913-181")
    if end == NO_END:
        found += ["90378-368"] if _end_is_fixed(period) else []
    elif end is not None and stored.end_date is None:
        found.append("00913-359")
    elif end is not None and period.group is Group.FLEXI_PERIOD and end > (stored.end_date or end):
        found.append("00911-344")
    return found


def _hours_may_change(message: Message, period: PeriodKnown, known: Known) -> bool:
    """Until the end of the month after the quarter; never after an IN that came too late."""
    hours, start = whole_number(message.planned_hours), period.times.start_date
    if hours is None or hours == period.planned_hours:
        return True
    if period.is_late_in:
        return False
    return start is None or limits.may_change_student(start, received_at=known.received_at)


def _end_is_fixed(period: PeriodKnown) -> bool:
    """Whether a period must have an end."""
    is_flexi = period.group in (Group.FLEXI_DAY, Group.FLEXI_PERIOD)
    is_temp = period.features.joint_committee == kinds.TEMP
    return is_flexi or is_temp or MATRIX["00911", period.group] is Need.MUST


def _moved(times: Times, period: PeriodKnown, known: Known) -> list[str]:
    """What the new days and hours break."""
    today = brussels_day(known.received_at)
    found = form.time_faults(times, period.group, block="90378", today=today)
    start, stored = times.start_date, period.times.start_date
    if start is None or stored is None:
        return found
    if start > stored and limits.is_late_in(period.times, received_at=known.received_at):
        found.append("00910-344")
    if known.employer is not None and not known.employer.is_active(start):
        found.append("90378-343")
    return found
