"""Where somebody must live to be paid."""

from datetime import date

import pytest

from guichet.rules.career_break.residence import lives_in_area


@pytest.mark.parametrize(
    ("country", "lives"),
    [("BE", True), ("CH", True), ("NO", True), ("GB", False), ("MA", False), ("", None)],
)
def test_only_the_area_is_paid_and_nothing_said_is_not_known(
    country: str, lives: bool | None
) -> None:
    assert lives_in_area(country, on=date(2026, 3, 1)) is lives
