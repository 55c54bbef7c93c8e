from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.moments import BRUSSELS, brussels_day, elapsed
from guichet.rules.presence_day import Day, DayAct, Unfit, day, days

S1, S2 = "1Y103CF8203SZ", "1Y103CF8204TZ"
MONDAY = date(2026, 3, 2)
NEXT_WEEK = datetime(2026, 3, 9, tzinfo=BRUSSELS)


def acts(*lines: str, on: date = MONDAY) -> list[DayAct]:
    """``in 06:00``, ``out 09:00 S2``, ``in 00:30+1``: type, Belgian time, day after, site."""
    found = []
    for receipt, line in enumerate(lines, start=1):
        type_, time, *site = line.split()
        clock, _, later = time.partition("+")
        hour, minute = map(int, clock.split(":"))
        moment = datetime(on.year, on.month, on.day, hour, minute, tzinfo=BRUSSELS)
        moment += timedelta(days=int(later or 0))
        found.append(DayAct(type_, moment, S2 if site else S1, receipt))
    return found


def only(*lines: str, now: datetime = NEXT_WEEK) -> Day:
    [seen] = days(acts(*lines), now=now)
    return seen


def kinds(seen: Day) -> list[Unfit]:
    return [anomaly.kind for anomaly in seen.anomalies]


def minutes(duration: timedelta) -> float:
    return duration / timedelta(minutes=1)


def test_p16_rule_two_stretches_and_a_break_of_a_quarter_of_an_hour() -> None:
    seen = only("in 06:00", "out 09:00", "in 09:15", "out 14:00")

    assert seen.day == MONDAY
    assert seen.presence == timedelta(hours=7, minutes=45)
    assert seen.rest == timedelta(minutes=15)
    assert [minutes(each.duration) for each in seen.stretches] == [180, 285]
    assert [minutes(each.duration) for each in seen.breaks] == [15]
    assert seen.anomalies == ()
    assert seen.open_since is None


def test_p17_rule_moving_to_another_site_is_no_break() -> None:
    seen = only("in 06:00", "out 09:00", "in 09:20 S2", "out 12:00 S2")

    assert [each.site for each in seen.stretches] == [S1, S2]
    assert seen.breaks == ()
    assert seen.presence == timedelta(hours=5, minutes=40)


def test_moving_site_in_one_instant_is_out_then_in() -> None:
    seen = only("in 06:00", "in 09:00 S2", "out 09:00", "out 12:00 S2")

    assert [minutes(each.duration) for each in seen.stretches] == [180, 180]
    assert seen.anomalies == ()


def test_coming_back_to_a_site_after_another_is_no_break_there() -> None:
    seen = only("in 06:00", "out 07:00", "in 07:10 S2", "out 08:00 S2", "in 08:10", "out 09:00")

    assert seen.breaks == ()
    assert len(seen.stretches) == 3


@pytest.mark.parametrize(("back", "breaks"), [("13:00", 1), ("13:01", 0), ("09:00", 0)])
def test_a_break_lasts_at_most_four_hours(back: str, breaks: int) -> None:
    seen = only("in 06:00", "out 09:00", f"in {back}", "out 18:00")

    assert len(seen.breaks) == breaks
    assert len(seen.stretches) == 2


def test_p22_rule_a_shift_over_midnight_belongs_to_the_day_of_its_in() -> None:
    seen = only("in 22:00", "out 06:00+1")

    assert seen.day == MONDAY
    assert seen.presence == timedelta(hours=8)


def test_p22_rule_an_act_before_midnight_stands_under_the_earlier_day() -> None:
    found = days(acts("in 22:00", "out 23:58", "in 00:05+1", "out 01:00+1"), now=NEXT_WEEK)

    assert [each.day for each in found] == [MONDAY, date(2026, 3, 3)]
    assert [minutes(each.presence) for each in found] == [118, 55]
    assert all(each.breaks == () for each in found)


def test_a_break_over_the_belgian_midnight_is_none() -> None:
    found = days(acts("in 20:00", "out 23:50", "in 00:10+1", "out 02:00+1"), now=NEXT_WEEK)

    assert [len(each.breaks) for each in found] == [0, 0]


def test_p23_rule_the_october_hour_counts_as_an_hour() -> None:
    first = datetime(2026, 10, 25, 2, 30, fold=0, tzinfo=BRUSSELS)
    second = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=BRUSSELS)

    [seen] = days([DayAct("out", second, S1, 2), DayAct("in", first, S1, 1)], now=second)

    assert seen.presence == timedelta(hours=1)


def test_the_march_night_is_an_hour_shorter() -> None:
    found = acts("in 22:00", "out 06:00+1", on=date(2026, 3, 28))

    [seen] = days(found, now=datetime(2026, 4, 2, tzinfo=UTC))

    assert seen.presence == timedelta(hours=7)


def test_p30_rule_an_act_that_stands_twice_counts_once() -> None:
    once = acts("in 06:00", "out 09:00")
    twice = [*once, *(DayAct(a.type, a.occurred_at.astimezone(UTC), a.site, 9) for a in once)]

    assert days(twice, now=NEXT_WEEK) == days(once, now=NEXT_WEEK)


def test_p28_rule_a_double_press_changes_nothing() -> None:
    seen = only("in 06:00", "in 06:05", "out 09:00")

    assert seen.presence == timedelta(hours=3)
    assert kinds(seen) == [Unfit.SECOND_IN]
    assert seen.anomalies[0].act.receipt == 2


@pytest.mark.parametrize("second", ["in 10:01", "in 08:00 S2"])
def test_an_in_long_after_or_elsewhere_leaves_the_first_without_out(second: str) -> None:
    site = " S2" if second.endswith("S2") else ""

    seen = only("in 06:00", second, f"out 12:00{site}")

    assert kinds(seen) == [Unfit.MISSING_OUT]
    assert [each.in_receipt for each in seen.stretches] == [2]


def test_p29_rule_a_second_out_adds_nothing() -> None:
    seen = only("in 06:00", "out 09:00", "out 09:10")

    assert seen.presence == timedelta(hours=3)
    assert kinds(seen) == [Unfit.SECOND_OUT]


def test_after_a_second_out_the_gap_is_no_break() -> None:
    assert only("in 06:00", "out 09:00", "out 09:10", "in 09:15", "out 10:00").breaks == ()


def test_an_out_without_in_shows_the_day_with_nothing_on_it() -> None:
    seen = only("out 09:00")

    assert (seen.presence, kinds(seen)) == (timedelta(), [Unfit.OUT_WITHOUT_IN])


def test_an_out_elsewhere_closes_nothing() -> None:
    seen = only("in 06:00", "out 08:00 S2", "out 09:00")

    assert kinds(seen) == [Unfit.OUT_ELSEWHERE]
    assert seen.presence == timedelta(hours=3)


def test_an_out_after_more_than_a_day_closes_nothing() -> None:
    first, second = days(acts("in 06:00", "out 06:01+1"), now=NEXT_WEEK)

    assert kinds(first) == [Unfit.MISSING_OUT]
    assert kinds(second) == [Unfit.OUT_WITHOUT_IN]


def test_an_in_without_out_runs_for_a_day_and_is_then_missed() -> None:
    found = acts("in 06:00")
    start = found[0].occurred_at

    [running] = days(found, now=start + timedelta(hours=24))
    [missed] = days(found, now=start + timedelta(hours=24, seconds=1))

    assert running.open_since == found[0]
    assert running.anomalies == ()
    assert missed.open_since is None
    assert kinds(missed) == [Unfit.MISSING_OUT]


def test_a_stretch_that_runs_is_shown_only_on_its_own_day() -> None:
    found = acts("in 06:00", "out 09:00", "in 06:00+1")

    first, second = days(found, now=found[2].occurred_at)

    assert (first.open_since, second.open_since) == (None, found[2])


def test_one_day_is_picked_or_empty() -> None:
    found = acts("in 06:00", "out 09:00")

    assert day(found, on=MONDAY, now=NEXT_WEEK).presence == timedelta(hours=3)
    assert day(found, on=date(2026, 3, 3), now=NEXT_WEEK) == Day(date(2026, 3, 3))


def test_no_acts_no_days() -> None:
    assert days([], now=NEXT_WEEK) == ()


SOME_ACTS = st.lists(
    st.builds(
        DayAct,
        type=st.sampled_from(["in", "out"]),
        # around the night of the October change, to the minute, so that acts coincide
        occurred_at=st.integers(0, 3 * 24 * 6).map(
            lambda tens: (
                datetime(2026, 10, 24, tzinfo=UTC) + timedelta(minutes=10 * tens)
            ).astimezone(BRUSSELS)
        ),
        site=st.sampled_from([S1, S2]),
        receipt=st.integers(1, 999_999),
    ),
    max_size=14,
)
LATER = datetime(2026, 10, 27, 12, tzinfo=UTC)


@given(found=SOME_ACTS, data=st.data())
def test_the_order_of_the_acts_does_not_matter(found: list[DayAct], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(found))

    assert days(shuffled, now=LATER) == days(found, now=LATER)


@given(found=SOME_ACTS)
def test_stretches_never_overlap_and_totals_are_never_negative(found: list[DayAct]) -> None:
    seen = days(found, now=LATER)
    stretches = [stretch for each in seen for stretch in each.stretches]

    for before, after in pairwise(stretches):
        assert elapsed(before.ended_at, after.started_at) >= timedelta()
    for each in seen:
        assert each.presence >= timedelta()
        assert each.rest >= timedelta()
        assert all(brussels_day(s.started_at) == each.day for s in each.stretches)
    assert sum(each.open_since is not None for each in seen) <= 1


@given(found=SOME_ACTS)
def test_every_different_act_is_told_somewhere(found: list[DayAct]) -> None:
    seen = days(found, now=LATER)
    told = {stretch.in_receipt for each in seen for stretch in each.stretches}
    told |= {stretch.out_receipt for each in seen for stretch in each.stretches}
    told |= {anomaly.act.receipt for each in seen for anomaly in each.anomalies}
    told |= {each.open_since.receipt for each in seen if each.open_since is not None}
    first: dict[tuple[str, datetime, str], int] = {}
    for act in found:
        key = (act.type, act.occurred_at.astimezone(UTC), act.site)
        first[key] = min(first.get(key, act.receipt), act.receipt)

    assert told == set(first.values())
