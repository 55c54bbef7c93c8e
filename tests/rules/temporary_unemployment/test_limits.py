"""How long a suspension may last, the week of work, and what joint committees change."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.period import Period
from guichet.rules.dated import MalformedParameter
from guichet.rules.temporary_unemployment import terms as terms_room
from guichet.rules.temporary_unemployment.kinds import Regime
from guichet.rules.temporary_unemployment.limits import (
    Spent,
    Suspension,
    excess,
    is_work_week,
    last_allowed_day,
    next_allowed_start,
    next_start,
    work_week,
)
from guichet.rules.temporary_unemployment.notice import earliest_start, lateness, latest_notice
from guichet.rules.temporary_unemployment.spans import Span, Unit, counted_days, last_counted_day
from guichet.rules.temporary_unemployment.terms import NoticeRule, derogations, terms
from tests.rules.temporary_unemployment.days import PLAIN, day

LAW = terms(on=day("2025-03-17"))
STARTS = st.dates(date(2003, 1, 1), date(2035, 12, 31))


def full(first: str, last: str, *cut: tuple[str, str]) -> Suspension:
    """A full suspension with the closures that were cut out."""
    return of(Regime.FULL, first, last, *cut)


def of(regime: Regime, first: str, last: str, *cut: tuple[str, str]) -> Suspension:
    """A suspension with the closures that were cut out."""
    out = tuple(Period(day(one), day(other)) for one, other in cut)
    return Suspension(Period(day(first), day(last)), regime, out)


def test_wx84_a_holiday_does_not_stop_calendar_days() -> None:
    three = replace(LAW, notice_days=3)

    assert latest_notice(day("2026-01-05"), terms=three).day == day("2026-01-01")


@pytest.mark.parametrize(
    ("start", "latest"),
    [
        pytest.param("2025-09-08", "2025-09-03", id="WX-85"),
        pytest.param("2025-06-10", "2025-06-04", id="WX-87"),
    ],
)
def test_wx85_wx87_paper_processing_tells_by_the_wednesday_before(start: str, latest: str) -> None:
    paper = terms(on=day(start), committee="136")

    assert latest_notice(day(start), terms=paper).day == day(latest)
    assert PLAIN.first_of_week(day(start)) == day(start)
    assert paper.starts_first_working_day
    assert earliest_start(day(latest), terms=paper) == day(start)


@pytest.mark.parametrize(
    ("start", "latest"),
    [
        pytest.param("2025-06-10", "2025-06-06", id="WX-88"),
        pytest.param("2025-11-12", "2025-11-10", id="WX-90"),
    ],
)
def test_wx88_wx90_fuel_trade_tells_at_the_start_of_the_last_working_day(
    start: str, latest: str
) -> None:
    found = latest_notice(day(start), terms=terms(on=day(start), committee="127"))

    assert (found.day, found.at_start_of_day) == (day(latest), True)
    # A sub-committee without a derogation of its own has that of its committee.
    below = terms(on=day(start), committee="127.02")
    assert (below.notice, below.committee) == (NoticeRule.LAST_WORKING_DAY, "127")


def test_wx91_eight_weeks_for_electricians() -> None:
    start = day("2026-01-05")
    electricians = terms(on=start, committee="149.01")
    last = last_allowed_day(start, regime=Regime.FULL, terms=electricians)

    assert last == day("2026-03-01")
    assert work_week(last, terms=electricians).last_day == day("2026-03-08")
    assert next_start(last, terms=electricians) == day("2026-03-09")
    assert latest_notice(start, terms=electricians).day == start - timedelta(days=8)


def test_wx93_two_weeks_then_one_of_work_in_paper_processing() -> None:
    start = day("2026-03-02")
    paper = terms(on=start, committee="136")
    last = last_allowed_day(start, regime=Regime.FULL, terms=paper)

    assert last == day("2026-03-15")
    assert next_start(last, terms=paper) == day("2026-03-23")


def test_wx94_three_months_that_end_in_february() -> None:
    assert last_allowed_day(day("2025-11-30"), regime=Regime.LARGE, terms=LAW) == day("2026-02-28")


def test_wx97_sc12_rule_a_maximum_that_is_not_used_up_leaves_the_rest() -> None:
    earlier, wanted = full("2025-03-17", "2025-04-06"), full("2025-04-07", "2025-04-13")

    assert next_allowed_start(wanted, before=[earlier], terms=LAW) is None
    longer = full("2025-04-07", "2025-04-14")
    assert next_allowed_start(longer, before=[earlier], terms=LAW) == day("2025-04-14")


def test_wx99_sc13_rule_a_closure_that_is_cut_out_does_not_count() -> None:
    wanted = full("2025-03-17", "2025-04-27", ("2025-04-07", "2025-04-20"))

    assert wanted.days == 28
    assert excess(wanted, terms=LAW) is None


def test_wx100_five_weeks_around_a_closure_are_too_many() -> None:
    wanted = full("2025-03-17", "2025-05-04", ("2025-04-07", "2025-04-20"))

    found = excess(wanted, terms=LAW)

    assert found is not None
    assert (found.last_allowed, found.days_over) == (day("2025-04-27"), 7)
    assert found.wage_from == day("2025-04-28")


def test_wx102_two_months_of_reduced_work_in_paper_processing() -> None:
    start = day("2025-09-08")
    paper = terms(on=start, committee="136")

    for regime in (Regime.LARGE, Regime.SMALL):
        assert last_allowed_day(start, regime=regime, terms=paper) == day("2025-11-07")
    assert paper.most_days == 3


@pytest.mark.parametrize("spent", Spent)
def test_wx103_which_days_make_a_week_of_work(spent: Spent) -> None:
    week = work_week(day("2025-04-13"), terms=LAW)
    days = {week.first_day + timedelta(days=n): Spent.WORKED for n in range(7)}
    days[week.first_day] = days[week.last_day] = spent

    counted = spent not in {
        Spent.WEATHER, Spent.CLOSURE, Spent.CLOSURE_REST, Spent.OWN_STRIKE, Spent.ECONOMIC,
        Spent.UNKNOWN,
    }  # fmt: skip
    assert is_work_week(week, spent=days) is counted
    del days[week.first_day]
    assert not is_work_week(week, spent=days)


def test_sc5_rule_twenty_nine_days_are_one_too_many() -> None:
    found = excess(full("2025-03-17", "2025-04-14"), terms=LAW)

    assert found is not None
    assert (found.last_allowed, found.days_over) == (day("2025-04-13"), 1)
    assert excess(full("2025-03-17", "2025-04-13"), terms=LAW) is None


def test_sc6_rule_three_months_and_a_day_are_too_many() -> None:
    found = excess(of(Regime.LARGE, "2025-05-05", "2025-08-05"), terms=LAW)

    assert found is not None
    assert found.last_allowed == day("2025-08-04")


def test_one_day_a_fortnight_is_a_full_suspension() -> None:
    found = excess(of(Regime.ONE_DAY_PER_FORTNIGHT, "2025-03-17", "2025-04-14"), terms=LAW)

    assert found is not None
    assert excess(of(Regime.WHITE_FULL, "2025-03-17", "2026-04-14"), terms=LAW) is None


def test_sc11_rule_after_four_weeks_there_is_a_week_of_work() -> None:
    earlier, wanted = full("2025-03-17", "2025-04-13"), full("2025-04-14", "2025-04-20")

    assert next_allowed_start(wanted, before=[earlier], terms=LAW) == day("2025-04-21")
    after = full("2025-04-21", "2025-04-27")
    assert next_allowed_start(after, before=[earlier], terms=LAW) is None


@pytest.mark.parametrize(
    ("wanted", "needed"),
    [
        (of(Regime.SMALL, "2025-04-14", "2025-05-11"), False),
        (of(Regime.LARGE, "2025-04-14", "2025-05-11"), True),
        (full("2025-04-19", "2025-04-20"), True),
        (full("2025-04-20", "2025-04-21"), True),
        (full("2025-04-21", "2025-04-22"), False),
    ],
)
def test_what_needs_a_week_of_work_after_four_weeks(wanted: Suspension, needed: bool) -> None:
    earlier = full("2025-03-17", "2025-04-13")

    found = next_allowed_start(wanted, before=[earlier], terms=LAW)

    assert (found is not None) is needed


def test_what_lies_before_a_week_of_work_or_was_small_does_not_count() -> None:
    before = [
        full("2025-02-03", "2025-03-02"),
        of(Regime.SMALL, "2025-03-03", "2025-03-09"),
        full("2025-03-10", "2025-03-16"),
        full("2025-03-20", "2025-03-25"),
    ]

    wanted = full("2025-03-17", "2025-04-06")

    assert next_allowed_start(wanted, before=before, terms=LAW) is None
    longer = full("2025-03-17", "2025-04-07")
    assert next_allowed_start(longer, before=before, terms=LAW) == day("2025-03-24")


@pytest.mark.parametrize(
    ("start", "days"), [("2021-12-31", 3), ("2022-01-01", 7), ("2025-03-17", 7)]
)
def test_sc14_sc15_rule_a_derogation_holds_at_the_start_of_the_suspension(
    start: str, days: int
) -> None:
    wood = terms(on=day(start), committee="126")

    assert wood.notice_days == days
    assert bool(wood.committee) is (days == 3)
    assert bool(wood.source) is (days == 3)


def test_sc14_rule_three_days_are_on_time_in_2021_and_late_in_2025() -> None:
    then, now = day("2021-03-15"), day("2025-03-17")

    def late(start: date) -> bool:
        told = start - timedelta(days=4)
        rules = terms(on=start, committee="126")
        return lateness(posted_on=told, start=start, terms=rules) is not None

    assert not late(then)
    assert late(now)


def test_wood_in_difficulty_has_half_a_year() -> None:
    start = day("2021-03-15")

    usual = terms(on=start, committee="126")
    hard = terms(on=start, committee="126", in_difficulty=True)

    assert (usual.full, hard.full) == (Span(8, Unit.WEEK), Span(26, Unit.WEEK))
    assert terms(on=start, committee="127", in_difficulty=True).full == Span(4, Unit.WEEK)


def test_a_measure_for_all_lengthens_what_is_shorter_and_leaves_what_is_longer() -> None:
    autumn = day("2020-10-05")

    assert terms(on=autumn).full == Span(8, Unit.WEEK)
    assert terms(on=autumn).large == Span(18, Unit.WEEK)
    assert terms(on=autumn, committee="136").full == Span(8, Unit.WEEK)
    assert terms(on=autumn, committee="324").large == Span(24, Unit.WEEK)
    assert terms(on=day("2021-01-01")).full == Span(4, Unit.WEEK)


def test_a_committee_with_a_decree_that_is_not_loaded_says_so() -> None:
    for committee in ("124", "114.01", "113.04"):
        found = terms(on=day("2025-03-17"), committee=committee)
        assert found.own_decree
        assert found.full == LAW.full
    assert not LAW.own_decree


def test_the_table_of_derogations_is_public() -> None:
    now = derogations(on=day("2025-03-17"))

    assert "136" in now
    assert "126" not in now
    assert "all" not in derogations(on=day("2022-10-01"))
    assert "all" in derogations(on=day("2022-10-01"), drafts=True)


@pytest.mark.parametrize("row", ["notice: soon", "full: 8 years", "pause: 3 days", "full: 0 weeks"])
def test_a_derogation_that_cannot_be_read_is_told(
    row: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terms_room, "_rows", lambda *_args, **_named: (row,))

    with pytest.raises(MalformedParameter, match=row):
        terms(on=day("2025-03-17"), committee="136")


@given(start=STARTS, committee=st.sampled_from(["", "126", "127", "136", "149.01", "324"]))
def test_limits_never_end_before_they_begin_and_full_is_never_longer_than_small(
    start: date, committee: str
) -> None:
    rules = terms(on=start, committee=committee)
    ends = [last_allowed_day(start, regime=regime, terms=rules) for regime in Regime]

    assert all(end is None or end >= start for end in ends)
    end_of_full, end_of_small = ends[0], ends[2]
    assert end_of_full is not None
    assert end_of_small is not None
    assert end_of_full <= end_of_small


@given(
    start=STARTS,
    days=st.integers(1, 120),
    cuts=st.lists(st.tuples(st.integers(0, 100), st.integers(0, 30)), max_size=3),
)
def test_counted_days_and_their_last_day_are_each_others_inverse(
    start: date, days: int, cuts: list[tuple[int, int]]
) -> None:
    out = [
        Period(start + timedelta(days=at), start + timedelta(days=at + length))
        for at, length in cuts
    ]

    last = last_counted_day(start, days=days, excluded=out)

    assert counted_days(Period(start, last), excluded=out) == days
    assert not any(cut.contains(last) for cut in out)


@given(start=STARTS, length=st.integers(1, 200))
def test_an_excess_begins_right_after_the_last_allowed_day(start: date, length: int) -> None:
    wanted = Suspension(Period(start, start + timedelta(days=length - 1)), Regime.FULL)

    found = excess(wanted, terms=LAW)

    assert (found is None) is (length <= 28)
    if found is not None:
        assert found.days_over == length - 28
        assert found.wage_from == start + timedelta(days=28)
