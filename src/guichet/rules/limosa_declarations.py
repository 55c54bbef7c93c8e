"""What a Limosa declaration must say to be accepted, and when it may be cancelled or changed.

Pure. What is missing or contradicts itself blocks; what the law punishes but the office takes all
the same (a declaration that comes late) only warns. Sources: Programme Act (I) of 27 December 2006,
art. 137 to 167; Royal Decree of 20 March 2007; parameters ``limosa.*``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from guichet.kernel.enterprise import enterprise_check_holds
from guichet.kernel.niss import niss_check_holds
from guichet.rules import dated

SECTORS: Final = ("construction", "meat", "cleaning", "other")
KINDS: Final = ("employee", "self_employed")
MOST_HOURS: Final = 80
_DECEMBER: Final = 12


class State(StrEnum):
    """Where a declaration stands; a changed one is accepted with a higher version."""

    ACCEPTED = "accepted"
    CANCELLED = "cancelled"


class Step(StrEnum):
    """What may happen to one."""

    CHANGE = "change"
    CANCEL = "cancel"


class StepRefused(Exception):
    """It is not open from here; ``str()``: the step and the state."""


NEXT: Final[Mapping[tuple[State, Step], State]] = {
    (State.ACCEPTED, Step.CHANGE): State.ACCEPTED,
    (State.ACCEPTED, Step.CANCEL): State.CANCELLED,
}


def after(state: State, step: Step, *, first_day: date, last_day: date, today: date) -> State:
    """The state that ``step`` leads to; raises StepRefused.

    A posting is cancelled before it begins; afterwards its period is changed, until it is over.
    """
    is_late = today >= first_day if step is Step.CANCEL else today > last_day
    if is_late or (state, step) not in NEXT:
        raise StepRefused(f"{step} is not open from {state}")
    return NEXT[state, step]


@dataclass(frozen=True, slots=True)
class Place:
    """A declared site by its number, or an address or a route in words."""

    reference: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """What is declared. ``niss``, or names and birth; hours in minutes a week."""

    kind: str = "employee"
    niss: str = field(default="", repr=False)
    given_name: str = field(default="", repr=False)
    family_name: str = field(default="", repr=False)
    birth_date: date | None = field(default=None, repr=False)
    employer: str = ""
    employer_vat: str = ""
    employer_name: str = ""
    client: str = ""
    client_contact: str = field(default="", repr=False)
    liaison_name: str = field(default="", repr=False)
    liaison_reach: str = field(default="", repr=False)
    sector: str = ""
    service: str = ""
    places: tuple[Place, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    weekly_minutes: int | None = None
    schedule: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """``field``: of `Declared`; ``code``: what is wrong; a warning does not block."""

    field: str
    code: str
    blocks: bool = True


def problems(
    *, declared: Declared, today: date, former: Declared | None = None
) -> tuple[Problem, ...]:
    """Everything that is wrong, in the order of the pages; ``former``: what a change began from.

    Units: days in Brussels, both included.
    """
    found = [*_who(declared, today), *_work(declared, today), *_period(declared, today, former)]
    return tuple(found)


def longest_last_day(first_day: date) -> date:
    """The last day of the longest period that begins on this day."""
    months = _number("limosa.longest_months", first_day)
    year, month = divmod(first_day.year * _DECEMBER + first_day.month - 1 + months, _DECEMBER)
    try:
        after_it = date(year, month + 1, first_day.day)
    except ValueError:  # 29 February
        after_it = date(year, month + 2, 1)
    return date.fromordinal(after_it.toordinal() - 1)


def _who(declared: Declared, today: date) -> Iterator[Problem]:
    if declared.kind not in KINDS:
        yield Problem("kind", "missing")
    yield from _worker(declared, today)
    if declared.kind == "employee" and not (declared.employer or declared.employer_vat):
        yield Problem("employer", "missing")
    if not enterprise_check_holds(declared.client):
        yield Problem("client", "invalid" if declared.client else "missing")
    needs = dated.value("limosa.liaison_required", on=declared.first_day or today)
    if declared.kind == "employee" and needs:
        yield from _missing(declared, "liaison_name", "liaison_reach")


def _worker(declared: Declared, today: date) -> Iterator[Problem]:
    if declared.niss:
        if not niss_check_holds(declared.niss):
            yield Problem("niss", "invalid")
        return
    yield from _missing(declared, "given_name", "family_name", "birth_date")
    if declared.birth_date is not None and declared.birth_date >= today:
        yield Problem("birth_date", "invalid")


def _missing(declared: Declared, *names: str) -> Iterator[Problem]:
    return (Problem(name, "missing") for name in names if not getattr(declared, name))


def _work(declared: Declared, today: date) -> Iterator[Problem]:
    on = declared.first_day or today
    yield from _sector(declared, on)
    yield from _missing(declared, "service", "places")
    if len(declared.places) > _number("limosa.most_places", on):
        yield Problem("places", "too_many")
    if declared.kind == "employee":
        minutes = declared.weekly_minutes
        if minutes is None:
            yield Problem("weekly_minutes", "missing")
        elif not 0 < minutes <= MOST_HOURS * 60:
            yield Problem("weekly_minutes", "invalid")
        yield from _missing(declared, "schedule")


def _sector(declared: Declared, on: date) -> Iterator[Problem]:
    if declared.sector not in SECTORS:
        yield Problem("sector", "missing")
    elif declared.kind == "self_employed":
        sectors = dated.value("limosa.self_employed_sectors", on=on)
        if isinstance(sectors, tuple) and declared.sector not in sectors:
            yield Problem("sector", "not_needed", blocks=False)


def _period(declared: Declared, today: date, former: Declared | None) -> Iterator[Problem]:
    yield from _missing(declared, "first_day", "last_day")
    first, last = declared.first_day, declared.last_day
    if first is not None:
        yield from _first(first, today, former.first_day if former else None)
    if last is None:
        return
    if first is not None and last < first:
        yield Problem("last_day", "before")
    elif first is not None and last > longest_last_day(first):
        yield Problem("last_day", "too_long")
    elif last < today:
        yield Problem("last_day", "past")


def _first(first: date, today: date, former: date | None) -> Iterator[Problem]:
    if former is not None and former <= today:
        if first != former:
            yield Problem("first_day", "begun")
    elif first < today:
        yield Problem("first_day", "late", blocks=former is not None)


def _number(name: str, on: date) -> int:
    found = dated.value(name, on=on)
    if not isinstance(found, int):
        raise dated.MalformedParameter(name)
    return found
