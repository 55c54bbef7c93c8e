"""What a finding proposes instead is free of that finding, whatever lies around it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment.check import faults
from guichet.rules.temporary_unemployment.communication import Announced, Communication, Known
from guichet.rules.temporary_unemployment.faults import Fault, Way
from guichet.rules.temporary_unemployment.kinds import Category, Reason, Regime
from guichet.rules.temporary_unemployment.limits import Suspension
from guichet.rules.temporary_unemployment.notice import first_start, latest_notice
from guichet.rules.temporary_unemployment.terms import terms
from guichet.rules.temporary_unemployment.workdays import OnemCalendar
from tests.rules.temporary_unemployment.builder import (
    ANNE,
    announced,
    expected,
    first_day,
    keys,
    only,
)
from tests.rules.temporary_unemployment.days import PLAIN, day

COMMITTEES = ("111", "126", "127", "136", "149.01", "324")
BLUE = (Regime.FULL, Regime.LARGE, Regime.SMALL, Regime.ONE_DAY_PER_FORTNIGHT)
# Days at which a derogation begins or ends, around holidays, leap days and new years.
EDGES = tuple(
    day(text)
    for text in (
        "2020-01-01", "2020-09-01", "2020-12-31", "2021-12-31", "2024-02-29", "2024-12-30",
        "2025-04-22", "2025-05-05", "2025-11-30", "2026-01-05", "2026-06-09", "2027-05-03",
    )
)  # fmt: skip
# committee   posted   start   first start that this notice allows
# 126: three days from 1 January 2020 to 31 December 2021; 324: the last working day before it.
ACROSS = """
126  2021-12-27  2021-12-30  2021-12-31
126  2021-12-28  2021-12-30  2022-01-05
126  2022-01-01  2021-12-30  2022-01-09
126  2021-12-25  2022-01-01  2022-01-02
126  2019-12-26  2019-12-30  2020-01-01
126  2019-12-23  2019-12-30  2019-12-31
324  2021-12-30  2021-12-30  2021-12-31
324  2021-12-31  2021-12-31  2022-01-08
324  2019-12-25  2019-12-27  2020-01-01
"""


@pytest.mark.parametrize("line", ACROSS.strip().splitlines())
def test_a_later_start_is_judged_by_the_terms_of_its_own_day(line: str) -> None:
    committee, posted, start, instead = line.split()
    last = (day(instead) + timedelta(days=13)).isoformat()
    blue = {"committee": committee, "level": Category.BLUE}

    found = only(expected(posted, start, last, **blue))

    assert found.key == "CTW-014"
    assert found.repair is not None
    assert found.repair.day == day(instead)
    assert keys(expected(posted, instead, last, **blue)) == []


def test_what_the_office_got_late_starts_later_by_the_terms_of_that_day() -> None:
    told = {"sent": "2021-12-28", "committee": "126"}

    found = only(expected("2021-12-26", "2021-12-30", "2022-01-25", **told))

    assert found.key == "CTW-015.late"
    assert found.repair is not None
    assert found.repair.day == day("2022-01-05")


def test_the_week_of_work_comes_after_what_the_start_lies_in_too() -> None:
    earlier = (
        announced("2025-04-07", "2025-04-20", ticket="05W00000017BZ"),
        announced("2025-04-23", "2025-04-26", ticket="05W000000184Z"),
    )
    said = expected("2025-04-17", "2025-04-25", "2025-05-22")

    by_key = {one.key: one for one in faults(said, known=Known(announced=earlier))}

    assert sorted(by_key) == ["CTW-023", "CTW-024"]
    missing = by_key["CTW-023"]
    assert missing.inputs["week_from"] == day("2025-04-27")
    assert missing.inputs["week_until"] == day("2025-05-03")
    assert missing.repair is not None
    assert missing.repair.day == day("2025-05-04")
    moved = replace(said, first_day=day("2025-05-04"))
    assert faults(moved, known=Known(announced=earlier)) == ()


def _repaired(said: Communication, fault: Fault) -> Communication | None:
    """What was told, set right as the finding says; None where something else is sent."""
    repair = fault.repair
    assert repair is not None
    match repair.way:
        case Way.START_ON:
            return replace(said, first_day=repair.day)
        case Way.END_ON:
            return replace(said, last_day=repair.day)
        case Way.CHOOSE_REGIME:
            return replace(said, regime=repair.regime)
        case Way.ANNOUNCE_FROM:
            assert repair.day is not None
            assert said.first_day is not None
            assert said.last_day is not None
            length = said.last_day - said.first_day
            return replace(said, first_day=repair.day, last_day=repair.day + length)
        case _:
            return None


@st.composite
def earlier_ones(draw: st.DrawFn, start: date) -> tuple[Announced, ...]:
    """Suspensions of the same worker that end close before each other, or into each other."""
    found: list[Announced] = []
    following = start
    for number in range(draw(st.integers(0, 3))):
        last = following - timedelta(days=draw(st.sampled_from((-3, 0, 1, 2, 7, 8, 9))))
        first = last - timedelta(days=draw(st.sampled_from((6, 13, 20, 27, 89))))
        regime = draw(st.sampled_from((Regime.FULL, Regime.LARGE, Regime.SMALL)))
        suspension = Suspension(Period(first, last), regime)
        found.append(
            Announced(
                ticket=f"t{number}", reason=Reason.ECONOMIC, suspension=suspension,
                workers=frozenset({ANNE}),
            )
        )  # fmt: skip
        following = first
    return tuple(found)


@st.composite
def announcements(draw: st.DrawFn) -> tuple[Communication, Known]:
    """An announcement around an edge, late or not, too long or not, with what lies before it."""
    start = draw(st.sampled_from(EDGES)) + timedelta(days=draw(st.integers(-9, 9)))
    posted = start - timedelta(days=draw(st.integers(-3, 14)))
    last = start + timedelta(days=draw(st.integers(0, 130)))
    cut = start + timedelta(days=draw(st.integers(0, 40)))
    said = expected(
        posted.isoformat(), start.isoformat(), last.isoformat(),
        sent=(posted + timedelta(days=draw(st.sampled_from((0, 0, 1, 3))))).isoformat(),
        committee=draw(st.sampled_from(COMMITTEES)), level=Category.BLUE,
        regime=draw(st.sampled_from(BLUE)),
        excluded=draw(st.sampled_from(((), (Period(cut, cut + timedelta(days=6)),)))),
    )  # fmt: skip
    closed = draw(st.frozensets(st.integers(-8, 8), max_size=3))
    calendar = OnemCalendar(bridge_days=frozenset(start + timedelta(days=n) for n in closed))
    return said, Known(announced=draw(earlier_ones(start)), calendar=calendar)


@given(case=announcements())
def test_the_way_out_of_a_finding_is_free_of_it(case: tuple[Communication, Known]) -> None:
    said, known = case

    for fault in faults(said, known=known):
        moved = _repaired(said, fault) if fault.repair else None
        if moved is not None:
            assert fault.key not in [one.key for one in faults(moved, known=known)]


@given(
    reason=st.sampled_from((Reason.ECONOMIC, Reason.WEATHER, Reason.ACCIDENT)),
    edge=st.sampled_from(EDGES),
    apart=st.integers(-9, 9),
    sent=st.integers(-20, 20),
)
def test_a_first_day_sent_when_it_is_said_to_is_not_too_early(
    reason: Reason, edge: date, apart: int, sent: int
) -> None:
    told = edge + timedelta(days=apart)
    said = first_day(reason, told.isoformat(), (told + timedelta(days=sent)).isoformat())

    for fault in faults(said):
        if fault.repair is not None and fault.repair.way is Way.SEND_FROM:
            assert fault.repair.day is not None
            again = first_day(reason, told.isoformat(), fault.repair.day.isoformat())
            assert not {"CTW-040", "CTW-041", "CTW-042"}.intersection(keys(again))


@given(
    committee=st.sampled_from(COMMITTEES), edge=st.sampled_from(EDGES), apart=st.integers(-20, 20)
)
def test_the_first_start_is_allowed_and_no_day_before_it_is(
    committee: str, edge: date, apart: int
) -> None:
    posted = edge + timedelta(days=apart)

    found = first_start(posted, terms_on=lambda on: terms(on=on, committee=committee))

    def is_allowed(start: date) -> bool:
        rules = terms(on=start, committee=committee)
        begins = PLAIN.first_of_week(start) == start or not rules.starts_first_working_day
        return begins and posted <= latest_notice(start, terms=rules).day

    assert is_allowed(found)
    between = (posted + timedelta(days=n) for n in range(1, (found - posted).days))
    assert not any(is_allowed(start) for start in between)
