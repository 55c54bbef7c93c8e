from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.moments import BRUSSELS, NaiveMoment, brussels_day, elapsed

ZONES = st.sampled_from([UTC, BRUSSELS, timezone(timedelta(hours=5, minutes=30))])
MOMENTS = st.datetimes(
    datetime.fromisoformat("2000-01-01"),
    datetime.fromisoformat("2060-01-01"),
    timezones=ZONES,
    allow_imaginary=False,
)
NAIVE = datetime.fromisoformat("2026-03-02T06:00:00")


def test_p23_rule_the_hour_that_comes_twice_in_october_counts_once_as_an_hour() -> None:
    first = datetime(2026, 10, 25, 2, 30, fold=0, tzinfo=BRUSSELS)
    second = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=BRUSSELS)

    assert elapsed(first, second) == timedelta(hours=1)


def test_the_hour_that_is_missing_in_march_is_not_counted() -> None:
    before = datetime(2026, 3, 29, 1, 0, tzinfo=BRUSSELS)
    after = datetime(2026, 3, 29, 4, 0, tzinfo=BRUSSELS)

    assert elapsed(before, after) == timedelta(hours=2)


@given(since=MOMENTS, until=MOMENTS)
def test_elapsed_time_is_that_of_universal_time(since: datetime, until: datetime) -> None:
    assert elapsed(since, until) == until.astimezone(UTC) - since.astimezone(UTC)


def test_absurd_moments_do_not_overflow() -> None:
    early = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))
    late = datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-14)))

    assert elapsed(early, late) > timedelta(days=3_000_000)


@pytest.mark.parametrize("other", [NAIVE, datetime(2026, 3, 2, tzinfo=UTC)])
def test_a_moment_without_offset_is_refused(other: datetime) -> None:
    with pytest.raises(NaiveMoment):
        elapsed(NAIVE, other)
    with pytest.raises(NaiveMoment):
        brussels_day(NAIVE)


def test_the_belgian_day_turns_at_belgian_midnight() -> None:
    assert brussels_day(datetime(2026, 3, 1, 22, 59, tzinfo=UTC)) == date(2026, 3, 1)
    assert brussels_day(datetime(2026, 3, 1, 23, 0, tzinfo=UTC)) == date(2026, 3, 2)
    assert brussels_day(datetime(2026, 7, 1, 22, 0, tzinfo=UTC)) == date(2026, 7, 2)
