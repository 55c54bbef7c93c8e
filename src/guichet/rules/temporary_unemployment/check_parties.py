"""Who is concerned: employer, establishment, joint committee, workers (CTW-001 to 009, 027 to 036).

Source: codes are ours; categories by the Act of 3 July 1978, art. 26 to 28, 49 to 51 and 77/1.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from guichet.rules.career_break.committees import NONE, Committee, UnknownCommittee
from guichet.rules.dated import UnknownParameter
from guichet.rules.temporary_unemployment import accountability, identifiers
from guichet.rules.temporary_unemployment.communication import Communication, Known, Line
from guichet.rules.temporary_unemployment.faults import Fault, Repair, Way
from guichet.rules.temporary_unemployment.findings import Count, found
from guichet.rules.temporary_unemployment.kinds import Category, Kind, Reason
from guichet.rules.temporary_unemployment.offices import office_of_establishment
from guichet.rules.temporary_unemployment.reasons import STUDENT_MONTHS, may_be_used

_MIXED_FROM: Final = "3"
_BY_WORKER: Final = (Kind.FIRST_DAY, Kind.ACCIDENT_LIST, Kind.FORCE_MAJEURE, Kind.STRIKE)


def employer_faults(said: Communication, known: Known) -> Iterator[Fault]:
    """CTW-001 and CTW-002: the only answer to somebody who may not act."""
    if identifiers.enterprise(said.enterprise, channel=said.channel) is None:
        yield found("CTW-001", "enterprise")
    elif not known.may_act:
        yield found("CTW-002", "enterprise")


def place_faults(said: Communication, known: Known) -> Iterator[Fault]:
    """CTW-006 to CTW-009: joint committee, level, establishment, office."""
    yield from _committee(said)
    yield from _establishment(said, known)
    if office_of_establishment(said.postcode, on=said.start) is None:
        yield found("CTW-009", "postcode")


def worker_faults(said: Communication, known: Known) -> Iterator[Fault]:
    """CTW-003 to CTW-005, CTW-027, CTW-030, CTW-036 and CTW-080."""
    if not said.lines and _needs_lines(said):
        yield found("CTW-080", "lines", "" if said.reason is Reason.ECONOMIC else "workers")
    seen: dict[str, int] = {}
    for number, line in enumerate(said.lines, start=1):
        digits = identifiers.niss(line.niss, channel=said.channel)
        if digits is None:
            yield found("CTW-003", f"lines.{number}.niss", line=number)
        elif digits in seen:
            yield found("CTW-005", f"lines.{number}.niss", line=number, first=seen[digits])
        else:
            seen[digits] = number
        yield from _worker(said, known, number, line)


def _establishment(said: Communication, known: Known) -> Iterator[Fault]:
    unit = identifiers.establishment(said.establishment, channel=said.channel)
    if unit is None or not known.has_establishment:
        yield found("CTW-008", "establishment", day=said.start)
        return
    # The list of an accident has no day of its own; where no day is told, that is what is wrong.
    day = said.told_start or known.accident_on
    if day is None:
        return
    instead = Repair(Way.CHOOSE_ESTABLISHMENT)
    if known.closed_after is not None and known.closed_after < day:
        yield found(
            "CTW-008", "establishment", "closed", repair=instead, day=day, last=known.closed_after
        )
    elif known.opened_on is not None and day < known.opened_on:
        yield found(
            "CTW-008", "establishment", "not_open", repair=instead, day=day, first=known.opened_on
        )


def _committee(said: Communication) -> Iterator[Fault]:
    try:
        committee = Committee.parse(said.committee, on=said.start)
    except UnknownCommittee:
        yield found("CTW-006", "committee", day=said.start)
        return
    except UnknownParameter:  # no list of that time
        return
    if committee.code == NONE:
        yield found("CTW-006", "committee", day=said.start)
    elif committee.code[0] >= _MIXED_FROM and said.level is None:
        yield found("CTW-007", "level")


def _needs_lines(said: Communication) -> bool:
    if said.kind is Kind.EXPECTED:
        return said.reason is not Reason.ECONOMIC or not said.section.strip()
    return said.kind in _BY_WORKER


def _worker(said: Communication, known: Known, number: int, line: Line) -> Iterator[Fault]:
    day = line.first_day or said.start
    if number in known.not_in_service:
        yield found("CTW-004", f"lines.{number}.niss", line=number, day=day)
    if not may_be_used(reason=said.reason, category=line.category):
        yield found("CTW-030", f"lines.{number}.category", line=number, reason=said.reason)
    elif line.category is Category.STUDENT and day.month not in STUDENT_MONTHS:
        yield found("CTW-030", f"lines.{number}.category", "student", line=number)
    if said.reason is not Reason.ECONOMIC:
        return
    if number in known.without_scheme:
        yield found("CTW-036", f"lines.{number}.is_agency", line=number)
    days = known.economic_days.get(number)
    if days is None:
        return
    most = accountability.limit(committee=said.committee, on=said.start)
    if days >= most:
        yield found(
            "CTW-027",
            f"lines.{number}.niss",
            line=number,
            days=Count(days, "day"),
            limit=Count(most, "day"),
        )
