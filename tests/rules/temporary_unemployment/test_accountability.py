"""Days of economic unemployment in four quarters, counted from what was communicated."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.period import Period
from guichet.rules import calendar
from guichet.rules.temporary_unemployment.accountability import counted_since, days_before, limit
from guichet.rules.temporary_unemployment.communication import Announced, FirstDay
from guichet.rules.temporary_unemployment.findings import sentence
from guichet.rules.temporary_unemployment.kinds import Reason, Regime
from guichet.rules.temporary_unemployment.limits import Suspension
from guichet.rules.temporary_unemployment.workdays import OnemCalendar
from tests.rules.temporary_unemployment.builder import ANNE, BIS, announced, expected, keys, only
from tests.rules.temporary_unemployment.days import PLAIN, day, off

E = Reason.ECONOMIC
MONDAY_TUESDAY = (frozenset({0, 1}),)
WHOLE = ("2025-03-17", "2025-04-13")


def told(*days: str, **other: Any) -> list[FirstDay]:
    """First days of Anne."""
    reason, section = other.get("reason", E), other.get("section", "")
    return [FirstDay(ANNE, day(text), reason, section=section) for text in days]


def scheme(first: str = WHOLE[0], last: str = WHOLE[1], *cut: str, **other: Any) -> Announced:
    """A suspension of Anne; ``cut``: first and last day of what was cut out."""
    regime = other.pop("regime", Regime.FULL)
    excluded = (Period(day(cut[0]), day(cut[1])),) if cut else ()
    suspension = Suspension(Period(day(first), day(last)), regime, excluded)
    return announced(first, last, suspension=suspension, **other)


def counted(
    asked: str, *schemes: Announced, told: list[FirstDay], off: OnemCalendar = PLAIN
) -> int:
    """What is counted on a day."""
    return days_before(day(asked), first_days=told, announced=schemes, calendar_of=lambda _: off)


@pytest.mark.parametrize(
    ("asked", "schemes", "first", "expected"),
    [
        # From 17 to 31 March eleven working days, from 1 to 11 April nine.
        ("2025-04-14", [scheme()], ["2025-03-17"], 11),
        ("2025-04-14", [scheme()], ["2025-03-17", "2025-04-01"], 20),
        ("2025-04-14", [scheme()], ["2025-03-20"], 8),
        ("2025-03-20", [scheme()], ["2025-03-17"], 3),
        ("2025-03-17", [scheme()], ["2025-03-17"], 0),
        ("2025-03-17", [scheme()], ["2025-03-24"], 0),
        ("2025-04-14", [], ["2025-03-17"], 0),
        ("2025-04-14", [scheme()], [], 0),
        # The closure of the last week of March is cut out.
        ("2025-04-14", [scheme(*WHOLE, "2025-03-24", "2025-03-28")], ["2025-03-17"], 6),
        # Easter Monday, 21 April.
        ("2025-04-28", [scheme("2025-04-14", "2025-04-27")], ["2025-04-14"], 9),
        # Mondays and Tuesdays are worked.
        (
            "2025-04-14",
            [scheme(regime=Regime.LARGE, cycle=MONDAY_TUESDAY)],
            ["2025-03-19"],
            6,
        ),
        # Without its cycle a small suspension is every other week, any other every day.
        ("2025-04-14", [scheme(regime=Regime.SMALL)], ["2025-03-17"], 6),
        ("2025-04-14", [scheme(regime=Regime.LARGE)], ["2025-03-17"], 11),
        ("2025-04-14", [scheme(regime=Regime.ONE_DAY_PER_FORTNIGHT)], ["2025-03-17"], 11),
        # Two that overlap are one.
        (
            "2025-04-14",
            [scheme(last="2025-03-28"), scheme("2025-03-24", "2025-03-31")],
            ["2025-03-17"],
            11,
        ),
        ("2025-04-14", [scheme(is_cancelled=True)], ["2025-03-17"], 0),
        ("2025-04-14", [scheme(reason=Reason.WHITE_COLLAR)], ["2025-03-17"], 0),
        ("2025-04-14", [scheme(workers=frozenset({BIS}))], ["2025-03-17"], 0),
    ],
    ids=range(18),
)
def test_days_are_counted_from_the_first_day_of_each_month(
    asked: str, schemes: list[Announced], first: list[str], expected: int
) -> None:
    assert counted(asked, *schemes, told=told(*first)) == expected


@pytest.mark.parametrize(
    ("asked", "since"),
    [
        ("2025-01-01", "2024-04-01"), ("2025-03-31", "2024-04-01"), ("2025-04-01", "2024-07-01"),
        ("2025-09-30", "2024-10-01"), ("2025-10-01", "2025-01-01"), ("2025-12-31", "2025-01-01"),
    ],
)  # fmt: skip
def test_the_quarter_of_the_day_and_the_three_before_it_count(asked: str, since: str) -> None:
    assert counted_since(day(asked)) == day(since)
    before = day(since) - timedelta(days=1)
    while not calendar.is_working_day(before):
        before -= timedelta(days=1)
    long = scheme("2023-01-02", "2026-12-31")
    assert counted(asked, long, told=told(before.isoformat())) == 0


def test_days_off_of_the_establishment_are_none() -> None:
    may = scheme("2025-04-28", "2025-05-11")
    # Three days of April; 2 May and five days after it, or those five.
    told_days = told("2025-04-28", "2025-05-02")

    assert counted("2025-06-02", may, told=told_days) == 9
    assert counted("2025-06-02", may, told=told_days, off=off("2025-05-02")) == 8


@pytest.mark.parametrize(
    ("of_worker", "expected"), [("", 11), ("Foundry", 11), (" foundry ", 11), ("Paint shop", 0)]
)
def test_a_section_counts_for_who_is_of_it_or_of_none(of_worker: str, expected: int) -> None:
    section = scheme(workers=frozenset(), section="Foundry")

    assert counted("2025-04-14", section, told=told("2025-03-17", section=of_worker)) == expected


def test_a_month_told_for_bad_weather_has_no_economic_days() -> None:
    assert counted("2025-04-14", scheme(), told=told("2025-03-17", reason=Reason.WEATHER)) == 0


@pytest.mark.parametrize(
    ("committee", "most"), [("111", 110), ("124", 75), ("124.00", 75), ("12400", 75), ("140", 110)]
)
def test_construction_has_a_limit_of_its_own(committee: str, most: int) -> None:
    assert limit(committee=committee, on=day("2025-03-17")) == most
    assert "CTW-027" not in keys(expected(committee=committee), economic_days={1: most - 1})
    found = [key for key in keys(expected(committee=committee), economic_days={1: most})
             if key == "CTW-027"]  # fmt: skip
    assert found == ["CTW-027"]


def test_the_finding_says_that_it_was_counted_from_communications() -> None:
    words = sentence(only(expected(), economic_days={1: 131}))

    assert words.en.startswith("Line 1: at most 131 days of economic unemployment")
    assert "counted from what was communicated; from 110 days" in words.en
    assert "au plus 131 jours" in words.fr
    assert "hoogstens 131 dagen" in words.nl
    assert "höchstens 131 Tage" in words.de


_FIRST = date(2024, 1, 1)
_DAYS = st.dates(_FIRST, date(2025, 12, 31))
_CYCLES = st.none() | st.lists(
    st.frozensets(st.integers(0, 6)), min_size=1, max_size=3
).map(tuple)  # fmt: skip
_REGIMES = st.sampled_from([Regime.FULL, Regime.LARGE, Regime.SMALL])


@st.composite
def _schemes(draw: st.DrawFn) -> Announced:
    first = draw(_DAYS)
    period = Period(first, first + timedelta(days=draw(st.integers(0, 200))))
    cut = draw(st.none() | _DAYS)
    excluded = () if cut is None else (Period(cut, cut + timedelta(days=6)),)
    return Announced(
        ticket="05W00000017BZ", reason=E, workers=frozenset({ANNE}), cycle=draw(_CYCLES),
        suspension=Suspension(period, draw(_REGIMES), excluded),
    )  # fmt: skip


@given(
    asked=_DAYS,
    firsts=st.lists(_DAYS, max_size=8),
    schemes=st.lists(_schemes(), max_size=3),
    more=_schemes(),
    bridges=st.frozensets(_DAYS, max_size=5),
)
def test_whatever_was_told_no_day_counts_that_cannot_be_one(
    asked: date,
    firsts: list[date],
    schemes: list[Announced],
    more: Announced,
    bridges: frozenset[date],
) -> None:
    days = OnemCalendar(bridge_days=bridges)
    told_days = [FirstDay(ANNE, one, E) for one in firsts]

    def count(*known: Announced, since: list[FirstDay] = told_days) -> int:
        return days_before(asked, first_days=since, announced=known, calendar_of=lambda _: days)

    found = count(*schemes)
    working = days.between(counted_since(asked), asked - timedelta(days=1))
    assert 0 <= found <= working <= 262
    assert found <= sum(_working(one, days) for one in schemes)
    # More announced, or more told, is never less; the order says nothing.
    assert found <= count(*schemes, more) <= found + count(more)
    assert found == count(*reversed(schemes), since=told_days[::-1])
    assert found >= count(*schemes, since=told_days[1:])


def _working(one: Announced, days: OnemCalendar) -> int:
    return days.between(one.suspension.period.first_day, one.suspension.period.last_day)
