"""The first effective day of a month: when it is sent, what it rests on (CTW-040 to 049).

Source: Royal Decrees of 20 September 2012 and 3 February 2014; ONEM leaflet E57; for the details of
bad weather the Act of 3 July 1978, art. 50.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment import identifiers
from guichet.rules.temporary_unemployment.accident import accident_days, last_day_unwarned
from guichet.rules.temporary_unemployment.calendar_days import is_usual
from guichet.rules.temporary_unemployment.communication import (
    Communication,
    Known,
    Line,
    section_key,
)
from guichet.rules.temporary_unemployment.faults import Fault, Repair, Way
from guichet.rules.temporary_unemployment.findings import found
from guichet.rules.temporary_unemployment.first_day import (
    Outcome,
    Sent,
    charge,
    is_needed,
    judged,
)
from guichet.rules.temporary_unemployment.kinds import Reason
from guichet.rules.temporary_unemployment.reasons import FIRST_DAY_REASONS

_ONE_DAY: Final = timedelta(days=1)
_ANNOUNCED: Final = (Reason.ECONOMIC, Reason.WHITE_COLLAR)


def first_day_faults(said: Communication, known: Known) -> Iterator[Fault]:
    """Everything about first days; nothing for a reason that has none (CTW-032 tells that)."""
    if said.reason not in FIRST_DAY_REASONS:
        return
    days = {line.first_day for line in said.lines if line.first_day is not None}
    if len({(day.year, day.month) for day in days}) > 1:
        yield found("CTW-046", "lines")
    if said.reason is Reason.WEATHER:
        yield from _weather(said)
    for number, line in enumerate(said.lines, start=1):
        field = f"lines.{number}.first_day"
        if line.first_day is None:
            yield found("CTW-012", field, "line", line=number)
            continue
        yield from _sending(said, known, field, line, line.first_day)
        yield from _line(said, known, number, line, line.first_day)


def is_unannounced(said: Communication, known: Known, line: Line, day: date) -> bool:
    """Whether a reason that is announced beforehand was not, for this worker and day."""
    return said.reason in _ANNOUNCED and not _is_announced(said, known, line, day)


def _sending(
    said: Communication, known: Known, field: str, line: Line, day: date
) -> Iterator[Fault]:
    sent = judged(reason=said.reason, day=day, sent_at=said.received_at, calendar=known.calendar)
    if sent.outcome is Outcome.TOO_EARLY:
        code = "CTW-040" if sent.far_ahead else "CTW-041"
        repair = Repair(Way.SEND_FROM, sent.window.first_day)
        yield found(code, field, repair=repair, day=day, first=sent.window.first_day)
    elif sent.outcome is Outcome.LATE:
        yield _late(said, field, day, sent, is_unannounced(said, known, line, day))


def _late(said: Communication, field: str, day: date, sent: Sent, prior_missing: bool) -> Fault:
    cost = charge(
        reason=said.reason,
        day=day,
        accepted_from=sent.accepted_from,
        prior_missing=prior_missing,
    )
    wage = Period(day, day) if cost is None else cost.normal
    if sent.accepted_from is None:
        return found(
            "CTW-042",
            field,
            "month" if cost is not None and cost.capped is not None else "month_short",
            last=sent.window.last_day,
            wage_from=wage.first_day,
            wage_until=wage.last_day,
        )
    return found(
        "CTW-042",
        field,
        last=sent.window.last_day,
        accepted=sent.accepted_from,
        wage_from=wage.first_day,
        wage_until=sent.accepted_from - _ONE_DAY,
    )


def _line(said: Communication, known: Known, number: int, line: Line, day: date) -> Iterator[Fault]:
    field = f"lines.{number}.first_day"
    if is_unannounced(said, known, line, day):
        yield found("CTW-043", field, repair=Repair(Way.ANNOUNCE), line=number, day=day)
    told = [
        each.day
        for each in known.first_days
        if each.niss == identifiers.niss(line.niss, channel=said.channel)
        # What is changed is no second communication.
        and not (said.changes and each.ticket == said.changes)
    ]
    if not is_needed(day, communicated=told):
        yield found("CTW-044", field, line=number)
    if not is_usual(day, usual_days=line.usual_days, calendar=known.calendar):
        yield found("CTW-045", field, line=number, day=day)
    yield from _paid_days(said, known, field, day)
    started = known.accident_suspended_from
    if said.reason is Reason.ACCIDENT and started is not None:
        last = last_day_unwarned(started)
        if day > last:
            yield found("CTW-055", field, last=last)


def _paid_days(said: Communication, known: Known, field: str, day: date) -> Iterator[Fault]:
    """CTW-052 for a first day within the guaranteed wage of the accident that was told of."""
    happened = known.accident_on
    if said.reason is not Reason.ACCIDENT or happened is None or day < happened:
        return
    days = accident_days(happened, calendar=known.calendar)
    if day < days.suspension_from:
        yield found("CTW-052", field, wage_until=days.wage.last_day)


def _is_announced(said: Communication, known: Known, line: Line, day: date) -> bool:
    niss = identifiers.niss(line.niss, channel=said.channel)
    for each in known.standing:
        cut = any(out.contains(day) for out in each.suspension.excluded)
        if each.reason is not said.reason or cut or not each.suspension.period.contains(day):
            continue
        if each.names(niss, section=line.section):
            return True
    return False


def _weather(said: Communication) -> Iterator[Fault]:
    places = {line.workplace.strip() for line in said.lines if line.workplace.strip()}
    if said.workplace.strip():
        places.add(said.workplace.strip())
    if len(places) > 1 and len({section_key(place) for place in places}) > 1:
        yield found("CTW-048", "workplace")
    if not places:
        yield found("CTW-047", "workplace")
    for field in ("nature_of_work", "weather", "why_impossible"):
        if not str(getattr(said, field)).strip():
            yield found("CTW-047", field)
