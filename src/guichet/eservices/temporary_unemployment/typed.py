"""What was typed in the steps of a communication, read as a whole; and the other way round.

Days are read forgivingly (``1/3/2025``, ``01.03.2025``, ``01032025``); one that is no day of the
calendar is told and left out of what the rules judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, TypeVar

from guichet.eservices.temporary_unemployment.content import Name, Told
from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment import identifiers
from guichet.rules.temporary_unemployment.communication import Communication, Line
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.findings import found
from guichet.rules.temporary_unemployment.kinds import (
    Category,
    Channel,
    Kind,
    NoticeKind,
    Reason,
    Regime,
)
from guichet.rules.temporary_unemployment.reasons import usual_category
from guichet.rules.temporary_unemployment.regimes import NO_WORK, Cycle, days_of, pattern_of

PLACE, PERIOD, CAUSES, WORKERS, CHECK = "place", "period", "causes", "workers", "check"
MONTH, WEATHER, ACCIDENT, NATURE = "month", "weather", "accident", "nature"
FORCE, STRIKE = "force", "strike"
MOST_WEEKS: Final = 4
MOST_CLOSURES: Final = 5
_PARTS: Final = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", re.ASCII)
_TOGETHER: Final = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_WEEK: Final = re.compile(r"[01]{7}", re.ASCII)
_BY_DAY: Final = (Kind.FIRST_DAY, Kind.STRIKE)

E = TypeVar("E", Category, NoticeKind, Regime)


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A draft as plain values. ``postcodes``: of the employer's establishments; ``language``: of
    who types it."""

    kind: Kind
    reason: Reason
    employer: str
    typed: Mapping[str, Any]
    postcodes: Mapping[str, str]
    language: str = "fr"
    changes: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """``unreadable``: days that are none of the calendar, closures that cannot be."""

    told: Told
    unreadable: tuple[Fault, ...]


def steps_of(kind: Kind, reason: Reason) -> tuple[str, ...]:
    """The steps of a communication, in order."""
    middle: Mapping[Kind, tuple[str, ...]] = {
        Kind.EXPECTED: (PERIOD, CAUSES, WORKERS),
        Kind.FIRST_DAY: (
            (MONTH, WEATHER, WORKERS) if reason is Reason.WEATHER else (MONTH, WORKERS)
        ),
        Kind.ACCIDENT_NATURE: (ACCIDENT,),
        Kind.ACCIDENT_LIST: (NATURE, WORKERS),
        Kind.FORCE_MAJEURE: (FORCE, WORKERS),
        Kind.STRIKE: (STRIKE, WORKERS),
    }
    return (PLACE, *middle[kind], CHECK)


def as_day(text: str) -> str:
    """A day as the screen writes it, where the text is one in another way; else the text."""
    text = text.strip()
    parts = _PARTS.fullmatch(text) or _TOGETHER.fullmatch(text)
    if parts is not None:
        return f"{int(parts[1]):02d}/{int(parts[2]):02d}/{parts[3]}"
    iso = _ISO.fullmatch(text)
    return f"{iso[3]}/{iso[2]}/{iso[1]}" if iso else text


def day_of(text: str) -> date | None:
    """The day that was typed; None for none."""
    return identifiers.day(as_day(text), channel=Channel.WEB)


def written(day: date | None) -> str:
    """A day as it stands in a box."""
    return "" if day is None else f"{day.day:02d}/{day.month:02d}/{day.year}"


def read(begun: Begun, *, now: datetime) -> Read:
    """The communication that a draft makes now."""
    boxes = _boxes(begun.typed)
    unreadable = list(_unreadable(begun, boxes))
    lines = lines_of(begun.typed)
    common = str(boxes.get("day", ""))
    establishment = str(boxes.get("establishment", ""))
    said = Communication(
        kind=begun.kind,
        reason=begun.reason,
        received_at=now,
        enterprise=begun.employer,
        establishment=establishment,
        postcode=begun.postcodes.get(establishment, ""),
        committee=str(boxes.get("committee", "")),
        level=_member(Category, boxes.get("level")),
        posted_on=day_of(str(boxes.get("posted_on", ""))),
        notice_kind=_member(NoticeKind, boxes.get("notice_kind")),
        first_day=day_of(str(boxes.get("first_day", ""))),
        last_day=day_of(str(boxes.get("last_day", ""))),
        regime=_member(Regime, boxes.get("regime")),
        cycle=cycle_of(boxes) if begun.kind is Kind.EXPECTED else None,
        excluded=tuple(_closures(boxes)),
        no_subcontracting=boxes.get("no_subcontracting") == "on" or None,
        accident_on=day_of(str(boxes.get("accident_on", ""))),
        nature_ticket=str(boxes.get("nature_ticket", "")),
        lines=tuple(_line(begun, one, common, boxes) for one in lines),
        section=_section(begun),
        changes=begun.changes,
    )
    said = replace(said, **_texts(boxes))
    names = tuple(Name(str(one.get("family", "")), str(one.get("given", ""))) for one in lines)
    told = Told(
        said=said, names=names, language=str(boxes.get("language") or begun.language),
        own_reference=str(boxes.get("own_reference", ""))[:20],
    )  # fmt: skip
    return Read(told, tuple(unreadable))


def lines_of(typed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The workers that were chosen; none where a section is announced."""
    workers = typed.get(WORKERS, {})
    if workers.get("scope") == "section":
        return []
    return [dict(one) for one in workers.get("lines", ())]


def usual_of(begun: Begun) -> Category:
    """The quality of a worker of whom none was chosen, by level, committee and reason."""
    place = begun.typed.get(PLACE, {})
    return usual_category(
        reason=begun.reason, committee=str(place.get("committee", "")),
        level=_member(Category, place.get("level")),
    )  # fmt: skip


def cycle_of(boxes: Mapping[str, Any]) -> Cycle:
    """The days of work that were ticked, week by week."""
    weeks = int(boxes.get("weeks") or 1)
    ticked = tuple(
        frozenset(day for day in range(7) if boxes.get(f"work-{week}-{day}") == "on")
        for week in range(min(max(weeks, 1), MOST_WEEKS))
    )
    return ticked or NO_WORK


def typed_of(told: Told) -> dict[str, Any]:
    """The boxes of a communication that was received, for a change or a copy."""
    said = told.said
    place = {
        "establishment": said.establishment, "committee": said.committee,
        "level": said.level or "", "language": told.language,
        "own_reference": told.own_reference,
    }  # fmt: skip
    days = {
        name: written(getattr(said, name))
        for name in ("posted_on", "first_day", "last_day", "accident_on")
    }
    texts = {name: getattr(said, name) for name in _TEXTS if name != "remarks"}
    period = {
        **days, "notice_kind": said.notice_kind or "", "regime": said.regime or "",
        **_ticks(said.cycle), **_plain_closures(said.excluded),
    }  # fmt: skip
    undertaking = {"no_subcontracting": "on" if said.no_subcontracting else ""}
    lines = [_plain_line(told, index) for index in range(len(said.lines))]
    workers = {
        "scope": "section" if said.section and not lines else "workers",
        "section": said.section, "lines": lines,
    }  # fmt: skip
    whole: dict[str, dict[str, Any]] = {
        PLACE: place, PERIOD: period, CAUSES: texts | undertaking, MONTH: {"day": ""},
        WEATHER: texts, ACCIDENT: days | texts, NATURE: {"nature_ticket": said.nature_ticket},
        FORCE: days | texts, STRIKE: texts, WORKERS: workers, CHECK: {"remarks": ""},
    }  # fmt: skip
    return {step: whole[step] for step in steps_of(said.kind, said.reason)}


_TEXTS: Final = ("causes", "workplace", "nature_of_work", "weather", "why_impossible", "remarks")
_DAYS: Final = ("posted_on", "first_day", "last_day", "accident_on", "day")


def _boxes(typed: Mapping[str, Any]) -> dict[str, Any]:
    """The boxes of all steps beside those of the workers; their names do not meet."""
    boxes: dict[str, Any] = {}
    for step, given in typed.items():
        if step != WORKERS and isinstance(given, Mapping):
            boxes |= given
    return boxes


def _unreadable(begun: Begun, boxes: Mapping[str, Any]) -> Iterator[Fault]:
    named = [(field, str(boxes.get(field, ""))) for field in _DAYS]
    named += [
        ("excluded", str(boxes.get(f"closure-{at}-{end}", "")))
        for at in range(MOST_CLOSURES)
        for end in ("first", "last")
    ]
    if begun.kind in _BY_DAY:
        named += [
            (f"lines.{number}.first_day", str(one.get("day", "")))
            for number, one in enumerate(lines_of(begun.typed), start=1)
        ]
    for field, text in named:
        if text.strip() and day_of(text) is None:
            yield found("CTW-010", field)
    for first, last in _days_of_closures(boxes):
        if first is None:
            yield found("CTW-012", "excluded", "start")
        elif last < first:
            yield found("CTW-011", "excluded")


def _closures(boxes: Mapping[str, Any]) -> Iterator[Period]:
    for first, last in _days_of_closures(boxes):
        if first is not None and last >= first:
            yield Period(first, last)


def _days_of_closures(boxes: Mapping[str, Any]) -> Iterator[tuple[date | None, date]]:
    """First and last day of each closure; one without a last day is of one day."""
    for at in range(MOST_CLOSURES):
        texts = [str(boxes.get(f"closure-{at}-{end}", "")) for end in ("first", "last")]
        first, last = map(day_of, texts)
        if texts[0].strip() and first is None:
            continue  # no day of the calendar: told as such
        if last is not None or first is not None:
            yield first, last or first or date.min


def _texts(boxes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: str(boxes.get(name, "")).replace("\r\n", "\n").strip() for name in _TEXTS}


def _section(begun: Begun) -> str:
    workers = begun.typed.get(WORKERS, {})
    is_of_section = workers.get("scope") == "section"
    return str(workers.get("section", "")).strip() if is_of_section else ""


def _line(begun: Begun, one: Mapping[str, Any], common: str, boxes: Mapping[str, Any]) -> Line:
    unit = str(one.get("unit") or (boxes.get("unit", "") if begun.kind is Kind.STRIKE else ""))
    day = day_of(str(one.get("day") or common)) if begun.kind in _BY_DAY else None
    return Line(
        niss=str(one.get("niss", "")),
        category=_member(Category, one.get("category")) or usual_of(begun),
        first_day=day,
        section=str(one.get("section", "")),
        is_agency=bool(one.get("agency")),
        workplace=str(one.get("place", "")),
        in_striking_unit={"yes": True, "no": False}.get(unit),
        circumstances=str(one.get("what", "")),
        usual_days=_usual_days(begun, one),
    )


def _usual_days(begun: Begun, one: Mapping[str, Any]) -> frozenset[int] | None:
    """Of the worker himself, else those of all; None where nobody told any."""
    if begun.kind is not Kind.FIRST_DAY:
        return None
    week = str(one.get("week") or begun.typed.get(WORKERS, {}).get("week", ""))
    return days_of(week) if is_week(week) else None


def is_week(text: str) -> bool:
    """Whether a text is a pattern of seven days, as it stands in a draft."""
    return _WEEK.fullmatch(text) is not None


def _plain_line(told: Told, index: int) -> dict[str, Any]:
    line, name = told.said.lines[index], told.name(index)
    unit = {True: "yes", False: "no", None: ""}[line.in_striking_unit]
    plain = {
        "niss": line.niss, "family": name.family, "given": name.given,
        "category": line.category.value, "day": written(line.first_day), "section": line.section,
        "agency": line.is_agency, "place": line.workplace, "unit": unit,
        "what": line.circumstances,
        "week": "" if line.usual_days is None else pattern_of(line.usual_days),
    }  # fmt: skip
    return {key: value for key, value in plain.items() if value}


def _ticks(cycle: Cycle | None) -> dict[str, str]:
    weeks = cycle or NO_WORK
    ticks = {f"work-{at}-{day}": "on" for at, week in enumerate(weeks) for day in week}
    return {"weeks": str(min(len(weeks), MOST_WEEKS)), **ticks}


def _plain_closures(excluded: tuple[Period, ...]) -> dict[str, str]:
    plain = {}
    for at, cut in enumerate(excluded[:MOST_CLOSURES]):
        plain[f"closure-{at}-first"] = written(cut.first_day)
        plain[f"closure-{at}-last"] = written(cut.last_day)
    return plain


def _member(kind: type[E], text: object) -> E | None:
    return next((one for one in kind if one == text), None)
