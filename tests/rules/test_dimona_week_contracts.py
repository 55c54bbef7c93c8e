"""Days without work in a week contract of a temp worker."""

from collections.abc import Collection
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.rules.dimona.week_contracts import empty_days, is_week_contract

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("last", "is_one"), [(0, False), (1, True), (4, True), (6, True), (7, False)]
)
def test_a_week_contract_has_two_to_seven_days(last: int, is_one: bool) -> None:
    assert is_week_contract(MONDAY, MONDAY + timedelta(days=last)) is is_one
    assert not is_week_contract(MONDAY, None)


@pytest.mark.parametrize(
    ("last", "worked", "empty"),
    [
        (4, {0, 1, 2, 3, 4}, []),
        (4, {0, 1, 3, 4}, [2]),
        (5, {0, 1, 2, 3, 4}, [5]),  # a declared Saturday costs a benefit too
        (6, {0, 1, 2, 3, 4, 5}, []),  # a Sunday costs none
        (4, set(), [0, 1, 2, 3, 4]),
        (7, {0}, []),  # no week contract
    ],
)
def test_i21_rule_the_days_on_which_nobody_works(
    last: int, worked: Collection[int], empty: list[int]
) -> None:
    found = empty_days(first=MONDAY, last=MONDAY + timedelta(days=last), worked=worked)

    assert found == tuple(MONDAY + timedelta(days=at) for at in empty)


@given(
    first=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    length=st.integers(0, 9),
    worked=st.sets(st.integers(0, 6)),
)
def test_more_days_of_work_never_make_more_empty_days(
    first: date, length: int, worked: set[int]
) -> None:
    last = first + timedelta(days=length)
    empty = empty_days(first=first, last=last, worked=worked)

    assert all(first <= day <= last and day.weekday() not in worked for day in empty)
    assert set(empty_days(first=first, last=last, worked=worked | {2})) <= set(empty)
