"""Distances over ground between points given by longitude and latitude."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Final, NamedTuple

_EARTH_RADIUS_METRES: Final = 6_371_008.8


class Point(NamedTuple):
    """WGS84 degrees, longitude first as in the messages."""

    longitude: float
    latitude: float


def metres_between(one: Point, other: Point) -> float:
    """The great-circle distance (haversine on the mean radius), right within 0.5 %."""
    phi, psi = radians(one.latitude), radians(other.latitude)
    half_height = sin((psi - phi) / 2)
    half_width = sin(radians(other.longitude - one.longitude) / 2)
    chord = half_height * half_height + cos(phi) * cos(psi) * half_width * half_width
    return 2 * _EARTH_RADIUS_METRES * asin(min(1.0, sqrt(chord)))
