from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.rules.distance import Point, metres_between

POINTS = st.builds(Point, st.floats(-180, 180), st.floats(-90, 90))
BRUSSELS = Point(4.3571, 50.8466)
GHENT = Point(3.7174, 51.0543)


def test_brussels_lies_about_fifty_kilometres_from_ghent() -> None:
    assert metres_between(BRUSSELS, GHENT) == pytest.approx(50_500, rel=0.01)


def test_a_thousandth_of_a_degree_north_is_111_metres() -> None:
    north = Point(BRUSSELS.longitude, BRUSSELS.latitude + 0.001)

    assert metres_between(BRUSSELS, north) == pytest.approx(111.2, abs=0.1)


@given(one=POINTS, other=POINTS)
def test_a_distance_is_the_same_both_ways_and_at_most_half_the_earth(
    one: Point, other: Point
) -> None:
    distance = metres_between(one, other)

    assert 0 <= distance <= 20_015_200
    assert distance == pytest.approx(metres_between(other, one), abs=1e-3)


def test_a_point_is_where_it_is() -> None:
    assert metres_between(GHENT, GHENT) == 0
