"""Which notice and which longest durations hold: those of the law, or of a joint committee.

Always looked up at the first day of the suspension. A measure for all committees lengthens what is
shorter and leaves what is longer; a committee's own notice stays.

Source: Act of 3 July 1978, art. 51; royal decrees of joint committees; parameters
``temporary_unemployment.committee.*``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from guichet.rules.dated import MalformedParameter, UnknownParameter, parameter, parameters
from guichet.rules.temporary_unemployment.figures import figure
from guichet.rules.temporary_unemployment.kinds import Regime
from guichet.rules.temporary_unemployment.spans import Span, Unit, longer

_PREFIX: Final = "temporary_unemployment.committee"
_ALL: Final = "all"
_SPAN: Final = re.compile(r"([1-9][0-9]?) (week|month)s?")
_DAYS: Final = re.compile(r"([1-9][0-9]?) days?")


class NoticeRule(StrEnum):
    """How the last day of a notice is found."""

    DAYS = "days"
    WEDNESDAY = "wednesday"
    LAST_WORKING_DAY = "last_working_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for a suspension for economic causes.

    ``notice_days``: only for ``NoticeRule.DAYS``. ``full`` and ``large``: at most; ``small``:
    warned about beyond it. ``between``: weeks of work before the next one. ``most_days``: working
    days a week at most in a reduced scheme, None without limit. ``own_decree``: the committee has
    a decree that is not known here. ``committee``: whose derogation it is, empty for the law.
    """

    notice: NoticeRule
    notice_days: int
    full: Span
    large: Span
    small: Span
    between: int
    starts_first_working_day: bool = False
    most_days: int | None = None
    own_decree: bool = False
    committee: str = ""
    source: str = ""

    def limit(self, regime: Regime) -> Span | None:
        """The longest duration of a régime; None for white collars, who have credits."""
        return {
            Regime.FULL: self.full,
            Regime.ONE_DAY_PER_FORTNIGHT: self.full,
            Regime.LARGE: self.large,
            Regime.SMALL: self.small,
        }.get(regime)


@dataclass(slots=True)
class _Derogation:
    """What one list of texts says; ``spans`` by the name before the colon."""

    notice: NoticeRule | None = None
    notice_days: int = 0
    spans: dict[str, Span] = field(default_factory=dict)
    between: int | None = None
    starts_first_working_day: bool = False
    most_days: int | None = None
    own_decree: bool = False


def terms(*, on: date, committee: str = "", in_difficulty: bool = False) -> Terms:
    """The terms of a suspension that starts on a day.

    ``committee``: ``126`` or ``120.01``, empty for the law alone; a sub-committee without a
    derogation has that of its committee. ``in_difficulty``: recognised as such, for blue collars.
    """
    own, whose = _of_committee(committee, on)
    general = _parsed(f"{_PREFIX}.{_ALL}", on) or _Derogation()
    mine = own or _Derogation()
    notice = mine.notice or general.notice or NoticeRule.DAYS
    days = mine.notice_days or (0 if mine.notice else general.notice_days)
    if in_difficulty and "full in difficulty" in mine.spans:
        mine.spans["full"] = mine.spans["full in difficulty"]
    return Terms(
        notice=notice,
        notice_days=days or figure("notice.days", on=on),
        full=_span("full", Span(figure("full.weeks", on=on), Unit.WEEK), mine, general, on),
        large=_span("large", Span(figure("large.months", on=on), Unit.MONTH), mine, general, on),
        small=_span("small", Span(figure("small.months", on=on), Unit.MONTH), mine, general, on),
        between=mine.between or general.between or figure("work_week.weeks", on=on),
        starts_first_working_day=mine.starts_first_working_day,
        most_days=mine.most_days,
        own_decree=mine.own_decree,
        committee=whose,
        source=parameter(f"{_PREFIX}.{whose}").source if whose else "",
    )


def derogations(*, on: date, drafts: bool = False) -> Mapping[str, tuple[str, ...]]:
    """Every derogation in force on a day, by committee, as it stands in the file."""
    found: dict[str, tuple[str, ...]] = {}
    for name in _names():
        rows = _rows(name, on, drafts=drafts)
        if rows:
            found[name.removeprefix(f"{_PREFIX}.")] = rows
    return found


def _names() -> Iterator[str]:
    return (name for name in parameters() if name.startswith(f"{_PREFIX}."))


def _of_committee(committee: str, on: date) -> tuple[_Derogation | None, str]:
    for code in dict.fromkeys((committee, committee.partition(".")[0])):
        found = _parsed(f"{_PREFIX}.{code}", on) if code else None
        if found is not None:
            return found, code
    return None, ""


def _span(name: str, law: Span, own: _Derogation, general: _Derogation, on: date) -> Span:
    sector = own.spans.get(name, law)
    wide = general.spans.get(name)
    return sector if wide is None else longer(sector, wide, first_day=on)


def _rows(name: str, on: date, *, drafts: bool = False) -> tuple[str, ...]:
    try:
        found = parameter(name).on(on, drafts=drafts)
    except UnknownParameter:
        return ()
    return found if isinstance(found, tuple) else ()


def _parsed(name: str, on: date) -> _Derogation | None:
    rows = _rows(name, on)
    if not rows:
        return None
    found = _Derogation()
    for row in rows:
        what, _, how = row.partition(": ")
        _read(found, what, how, f"{name}: {row}")
    return found


def _read(found: _Derogation, what: str, how: str, where: str) -> None:
    match what:
        case "own decree":
            found.own_decree = True
        case "notice":
            found.notice, found.notice_days = _notice(how, where)
        case "reduced":
            found.spans |= dict.fromkeys(("large", "small"), _read_span(how, where))
        case "full" | "large" | "full in difficulty":
            found.spans[what] = _read_span(how, where)
        case "between":
            found.between = _read_span(how, where).number
        case "start":
            found.starts_first_working_day = True
        case "days":
            found.most_days = int(how)
        case _:
            raise MalformedParameter(where)


def _notice(how: str, where: str) -> tuple[NoticeRule, int]:
    match how:
        case "wednesday":
            return NoticeRule.WEDNESDAY, 0
        case "last working day":
            return NoticeRule.LAST_WORKING_DAY, 0
    days = _DAYS.fullmatch(how)
    if days is None:
        raise MalformedParameter(where)
    return NoticeRule.DAYS, int(days[1])


def _read_span(how: str, where: str) -> Span:
    found = _SPAN.fullmatch(how)
    if found is None:
        raise MalformedParameter(where)
    return Span(int(found[1]), Unit(found[2]))
