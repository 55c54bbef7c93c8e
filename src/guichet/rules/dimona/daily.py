"""Deciding a daily registration: the hours of one day within a flexi-job period."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from guichet.kernel.dimona import LARGEST
from guichet.kernel.moments import brussels_day
from guichet.kernel.verdict import Verdict
from guichet.rules.dimona import form, identity, limits
from guichet.rules.dimona.answer import Answer, Registered, RegistrationCancelled, verdict
from guichet.rules.dimona.changing import target_faults
from guichet.rules.dimona.kinds import Group
from guichet.rules.dimona.known import Known, PeriodKnown, RegistrationKnown
from guichet.rules.dimona.message import Message, Status, Times
from guichet.rules.dimona.spells import begins, ends, length, overlap, with_end

_MOST = timedelta(hours=24)
_NIGHT = timedelta(days=1)


def decide_daily(message: Message, known: Known) -> Verdict[Answer]:
    """Register the hours of a day, change them or withdraw them."""
    faults = identity.reference_faults(message)
    if message.status not in Status._value2member_map_:
        faults.append("00110-003" if message.status else "00110-001")
        return verdict(faults, effect=None)
    if message.status == Status.CREATE:
        return _create(message, known, faults)
    faults += _registration_faults(message, known)
    registration = known.registration
    if faults or registration is None:
        return verdict(faults, effect=None)
    if message.status == Status.CANCEL:
        return verdict([], effect=RegistrationCancelled())
    return _modify(message, known, registration)


def _create(message: Message, known: Known, faults: list[str]) -> Verdict[Answer]:
    faults += target_faults(message, known)
    period, times = known.period, message.times
    given = {"00910-001": times.start_date, "00777-001": times.start_hour}
    faults += [code for code, value in given.items() if not value]
    faults += form.hour_faults(times)
    faults += form.range_faults(times, today=brussels_day(known.received_at))
    if faults or period is None or known.employer is None:
        return verdict(faults, effect=None)
    if period.group is not Group.FLEXI_PERIOD:
        return verdict(["00913-462"], effect=None)
    if not known.employer.daily_registration:
        return verdict(["00913-461"], effect=None)
    times = _of_one_day(times)
    return verdict(_hours(times, period, known, but=None), effect=Registered(times))


def _modify(message: Message, known: Known, registration: RegistrationKnown) -> Verdict[Answer]:
    wanted, stored = message.times, registration.times
    given = {"00910-005": wanted.start_date, "00911-005": wanted.end_date}
    faults = [code for code, value in given.items() if value] + form.hour_faults(wanted)
    start_hour = wanted.start_hour or stored.start_hour
    end_hour = wanted.end_hour or stored.end_hour
    times = _of_one_day(Times(stored.start_date, None, start_hour, end_hour))
    if not faults and (start_hour, end_hour) == (stored.start_hour, stored.end_hour):
        faults.append("90480-444")
    if faults or known.period is None:
        return verdict(faults, effect=None)
    found = _hours(times, known.period, known, but=registration.id)
    return verdict(found, effect=Registered(times))


def _registration_faults(message: Message, known: Known) -> list[str]:
    if message.registration_id is None:
        return ["01085-001"]
    if not 0 < message.registration_id <= LARGEST:
        return ["01085-003"]
    if known.registration is None or known.period is None:
        return ["01085-354"]
    return _standing_faults(message, known, known.period, known.registration)


def _standing_faults(
    message: Message, known: Known, period: PeriodKnown, registration: RegistrationKnown
) -> list[str]:
    if known.employer is None or known.employer.number != period.employer:
        return [f"{identity.employer_zone(message.employer)}-347"]
    if period.is_locked:
        return ["00913-362"]
    if registration.is_cancelled:
        return ["01085-355"]
    day = registration.times.start_date
    if day is None or limits.may_change_registration(day, received_at=known.received_at):
        return []
    return ["01085-181"]


def _hours(times: Times, period: PeriodKnown, known: Known, *, but: int | None) -> list[str]:
    """Order, length, the days of the period, and the other registrations."""
    first, last, whole = times.start_date, times.end_date, period.times
    assert first is not None
    assert whole.start_date is not None
    if last is not None and last < first:
        return ["00911-014"]
    found = []
    if first < whole.start_date or (whole.end_date is not None and first > whole.end_date):
        found.append("00910-462")
    if last is not None and whole.end_date is not None and (last - whole.end_date).days > 1:
        found.append("00911-462")
    found += _length_faults(times)
    others = [
        each.times for each in known.registrations if each.id != but and not each.is_cancelled
    ]
    if not found and any(overlap(each, times) for each in others):
        found.append("90480-334")
    return found


def _of_one_day(times: Times) -> Times:
    """Without any end it stands for its day: its end hour may still follow."""
    times = with_end(times)
    return times if times.end_date is not None else replace(times, end_date=times.start_date)


def _length_faults(times: Times) -> list[str]:
    """A day has an end after its start and at most 24 hours; without an hour, at most a night."""
    end, lasts = ends(times), length(times)
    if not times.end_hour:
        is_long = times.end_date is not None and times.end_date - begins(times).date() > _NIGHT
        return ["90480-260"] if is_long else []
    if end is not None and end <= begins(times):
        return ["90480-003"]
    return ["90480-260"] if lasts is not None and lasts > _MOST else []
