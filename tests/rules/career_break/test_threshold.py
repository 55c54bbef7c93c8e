"""One worker in twenty may be in time credit at once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.period import Period
from guichet.rules.career_break import threshold as rules

ON = date(2026, 1, 12)


def test_the_head_count_is_of_30_june_of_the_year_before_the_notice() -> None:
    assert rules.head_count_day(date(2026, 1, 1)) == date(2025, 6, 30)
    assert rules.head_count_day(date(2026, 12, 31)) == date(2025, 6, 30)


@pytest.mark.parametrize(
    ("workers", "older", "places"),
    [(75, 1, 3), (40, 0, 2), (39, 0, 1), (20, 0, 1), (19, 0, 1), (11, 0, 1), (10, 0, 0), (0, 0, 0)],
)
def test_r48_one_in_twenty_without_older_workers_in_a_fifth(
    workers: int, older: int, places: int
) -> None:
    assert rules.places(workers=workers, older_in_fifth=older, on=ON) == places


def test_an_agreement_may_set_another_percentage() -> None:
    assert rules.places(workers=100, percent=8, on=ON) == 8


def test_places_that_are_taken_are_not_free() -> None:
    assert rules.free_places(places=3, taken=1) == 2
    assert rules.free_places(places=1, taken=4) == 0


def test_a_place_is_free_on_the_day_after_an_absence_ends() -> None:
    absences = [
        Period(date(2025, 9, 1), date(2026, 5, 31)),
        Period(date(2025, 9, 1), date(2026, 4, 14)),
    ]

    def first(places: int) -> date | None:
        return rules.first_free_start(
            requested=date(2026, 3, 1), absences=absences, places=places, on=ON
        )

    assert first(3) == date(2026, 3, 1)
    assert first(2) == date(2026, 4, 15)
    assert first(1) == date(2026, 6, 1)
    assert first(0) is None


def test_a_place_after_six_months_comes_too_late() -> None:
    absence = Period(date(2025, 9, 1), date(2026, 8, 31))

    in_time = rules.first_free_start(
        requested=date(2026, 3, 1), absences=[absence], places=1, on=ON
    )
    too_late = rules.first_free_start(
        requested=date(2026, 2, 28), absences=[absence], places=1, on=ON
    )

    assert (in_time, too_late) == (date(2026, 9, 1), None)


@given(workers=st.integers(0, 5000), older=st.integers(0, 60), more=st.integers(0, 100))
def test_older_workers_in_a_fifth_never_give_a_place(workers: int, older: int, more: int) -> None:
    few = rules.places(workers=workers, older_in_fifth=older, on=ON)
    many = rules.places(workers=workers, older_in_fifth=older + more, on=ON)

    assert 0 <= many <= few <= max(1, workers)


@given(
    gaps=st.lists(st.tuples(st.integers(-60, 120), st.integers(1, 200)), max_size=6),
    places=st.integers(0, 4),
)
def test_on_a_free_day_fewer_are_away_than_there_are_places(
    gaps: list[tuple[int, int]], places: int
) -> None:
    requested = date(2026, 3, 1)
    absences = [
        Period(requested + timedelta(days=at), requested + timedelta(days=at + length))
        for at, length in gaps
    ]

    found = rules.first_free_start(requested=requested, absences=absences, places=places, on=ON)

    if found is not None:
        assert requested <= found <= date(2026, 9, 1)
        assert sum(each.contains(found) for each in absences) < places
