"""Numbers of Dimona and their check digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.dimona import check_holds, numbered

PUBLISHED = (656309296521, 600027876089, 600008446383, 600018399694, 501986975557)


@pytest.mark.parametrize("number", PUBLISHED)
def test_published_numbers_hold(number: int) -> None:
    assert check_holds(number)
    assert numbered(number // 100) == number


def test_a_rest_of_zero_is_written_as_97() -> None:
    assert numbered(97) == 9797


@given(st.integers(1, 9_999_999_999), st.integers(1, 96))
def test_any_other_check_is_wrong(sequence: int, shift: int) -> None:
    good = numbered(sequence)
    other = sequence * 100 + (good % 100 + shift - 1) % 97 + 1

    assert check_holds(good)
    assert not check_holds(other)


@pytest.mark.parametrize("number", [-1, 0, 97, 10**12, 10**20])
def test_what_is_too_small_or_too_large_holds_nothing(number: int) -> None:
    assert not check_holds(number)
