"""What is told in a communication beside what the rules judge, and its faults as JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import msgspec

from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment import kinds, states
from guichet.rules.temporary_unemployment.communication import Communication, section_key
from guichet.rules.temporary_unemployment.faults import Fault, Repair, Way
from guichet.rules.temporary_unemployment.findings import Count, found
from guichet.rules.temporary_unemployment.kinds import PaperGround, Regime
from guichet.rules.temporary_unemployment.regimes import Cycle, pattern_of


@dataclass(frozen=True, slots=True, repr=False)
class Name:
    """How a worker is called in a communication."""

    family: str = ""
    given: str = ""


@dataclass(frozen=True, kw_only=True)
class Told:
    """A communication with what no rule judges.

    ``names``: one for each line, or none. ``language``: nl, fr or de, wanted for the decision in
    Brussels. ``own_reference``: of who sends, at most 20 signs. ``cancels``: the ticket that is
    withdrawn; ``said`` holds the employer and the moment then, and the remark. ``ground``: why a
    registered letter stands for an electronic communication.
    """

    said: Communication
    names: tuple[Name, ...] = ()
    language: str = "fr"
    own_reference: str = ""
    cancels: str = ""
    ground: PaperGround | None = None

    def name(self, index: int) -> Name:
        """Of the line at ``index`` (from 0)."""
        return self.names[index] if index < len(self.names) else Name()

    @cached_property
    def digest(self) -> str:
        """By what the same content is recognised, whenever and under which reference it comes."""
        return hashlib.sha256(msgspec.json.encode(_content(self.said))).hexdigest()


def plain_cycle(cycle: Cycle | None) -> list[list[int]] | None:
    """Weeks of weekdays, Monday being 0."""
    return None if cycle is None else [sorted(week) for week in cycle]


def cycle_of(plain: list[list[int]] | None) -> Cycle | None:
    """What `plain_cycle` made plain."""
    return None if plain is None else tuple(frozenset(week) for week in plain)


def plain_periods(periods: Iterable[Period]) -> list[list[str]]:
    """Pairs of days."""
    return [[one.first_day.isoformat(), one.last_day.isoformat()] for one in periods]


def periods_of(plain: Iterable[list[str]]) -> tuple[Period, ...]:
    """What `plain_periods` made plain."""
    return tuple(
        Period(date.fromisoformat(first), date.fromisoformat(last)) for first, last in plain
    )


def plain_fault(fault: Fault) -> dict[str, Any]:
    """A fault with the values that its sentence shows, each with its kind."""
    plain: dict[str, Any] = {"code": fault.code, "field": fault.field}
    if fault.variant:
        plain["variant"] = fault.variant
    if fault.inputs:
        plain["inputs"] = {name: _plain(value) for name, value in fault.inputs.items()}
    if fault.repair is not None:
        plain["repair"] = [fault.repair.way.value, _plain(fault.repair.day),
                           _plain(fault.repair.regime)]  # fmt: skip
    return plain


def fault_of(plain: Mapping[str, Any]) -> Fault:
    """What `plain_fault` made plain, with the weight and the law that its code has now."""
    inputs = {name: _value(one) for name, one in plain.get("inputs", {}).items()}
    way, day, regime = plain.get("repair", (None, None, None))
    repair = None if way is None else Repair(Way(way), _value(day), _regime(regime))
    return found(plain["code"], plain["field"], plain.get("variant", ""), repair=repair, **inputs)


_WORDS: Final = {
    name: getattr(room, name)
    for room, names in (
        (kinds, ("Reason", "Kind", "Category", "Regime", "NoticeKind", "Channel", "PaperGround")),
        (states, ("State", "Step", "Refusal")),
    )
    for name in names
}


def _plain(value: object) -> Any:
    match value:
        case None | bool() | int():
            return value
        case Count(number, unit):
            return {"number": number, "unit": unit}
        case date():
            return {"day": value.isoformat()}
        case _ if type(value).__name__ in _WORDS:
            return {"word": f"{type(value).__name__}.{value}"}
        case _:
            return str(value)


def _value(plain: Any) -> Any:
    if not isinstance(plain, dict):
        return plain
    if "day" in plain:
        return date.fromisoformat(plain["day"])
    if "number" in plain:
        return Count(plain["number"], plain["unit"])
    name, _dot, word = plain["word"].partition(".")
    return _WORDS[name](word)


def _regime(plain: Any) -> Regime | None:
    found = _value(plain)
    return found if isinstance(found, Regime) else None


def _content(said: Communication) -> list[Any]:
    lines = [
        [line.niss, _iso(line.first_day), section_key(line.section), line.workplace,
         line.in_striking_unit, line.circumstances,
         # Left out when not told, so that what was received before keeps its digest.
         *([] if line.usual_days is None else [pattern_of(line.usual_days)])]
        for line in said.lines
    ]  # fmt: skip
    return [
        said.kind, said.reason, said.establishment, said.committee, said.level,
        _iso(said.posted_on), said.notice_kind, _iso(said.first_day), _iso(said.last_day),
        said.regime, plain_cycle(said.cycle), plain_periods(said.excluded), said.causes,
        said.workplace, said.nature_of_work, said.weather, said.why_impossible,
        _iso(said.accident_on), said.nature_ticket, section_key(said.section), said.changes, lines,
    ]  # fmt: skip


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
