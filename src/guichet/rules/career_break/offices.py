"""Which office of the National Employment Office handles a file: by where the worker lives.

The parameter ``career_break.offices.postcodes`` maps parts of the country to the main office of an
entity; it was remembered, the official list of municipalities was not found. Who lives abroad is
with the office of the employer's place of business.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from guichet.kernel.label import Label
from guichet.rules import dated

PARAMETER: Final = "career_break.offices.postcodes"


@dataclass(frozen=True, slots=True)
class Office:
    """A main office; ``code`` is what files, requests and logs carry."""

    code: str
    label: Label


def office_for(*, residence: str | None, employer: str | None, on: date) -> Office | None:
    """The competent office; ``residence`` and ``employer``: Belgian postcodes.

    ``residence`` is None when the worker lives abroad: then the employer's place decides. None
    when neither leads to an office.
    """
    place = employer if residence is None else residence
    return None if place is None else office_of(place, on=on)


def office_of(postcode: str, *, on: date) -> Office | None:
    """The office of a Belgian postcode of four digits; None for one that nobody has."""
    if len(postcode) != 4 or not (postcode.isascii() and postcode.isdigit()):
        return None
    number = int(postcode)
    for first, last, code in _ranges(on):
        if first <= number <= last:
            return OFFICES[code]
    return None


def is_official(*, on: date) -> bool:
    """Whether the table in force was read from an official list."""
    return dated.parameter(PARAMETER).row_on(on).is_verified


@lru_cache(maxsize=8)
def _ranges(on: date) -> tuple[tuple[int, int, str], ...]:
    return tuple(_parsed(dated.value(PARAMETER, on=on)))


def _parsed(rows: dated.Scalar) -> Iterator[tuple[int, int, str]]:
    if not isinstance(rows, tuple):
        raise dated.MalformedParameter(f"{PARAMETER} is not a list")
    for row in rows:
        span, _, code = row.partition(" ")
        first, _, last = span.partition("-")
        if code not in OFFICES:
            raise dated.MalformedParameter(f"{PARAMETER}: {code} is no office")
        yield int(first), int(last), code


OFFICES: Final[Mapping[str, Office]] = MappingProxyType(
    {
        code: Office(code, Label(nl, fr, de, en))
        for code, nl, fr, de, en in (
            ("BRU", "Brussel", "Bruxelles", "Brüssel", "Brussels"),
            ("NIV", "Nijvel", "Nivelles", "Nivelles", "Nivelles"),
            ("LEU", "Leuven", "Louvain", "Löwen", "Leuven"),
            ("ANT", "Antwerpen", "Anvers", "Antwerpen", "Antwerp"),
            ("TUR", "Turnhout", "Turnhout", "Turnhout", "Turnhout"),
            ("HAS", "Hasselt", "Hasselt", "Hasselt", "Hasselt"),
            ("BRG", "Brugge", "Bruges", "Brügge", "Bruges"),
            ("KOR", "Kortrijk", "Courtrai", "Kortrijk", "Kortrijk"),
            ("GEN", "Gent", "Gand", "Gent", "Ghent"),
            ("MON", "Bergen", "Mons", "Mons", "Mons"),
            ("LLV", "La Louvière", "La Louvière", "La Louvière", "La Louvière"),
            ("CHA", "Charleroi", "Charleroi", "Charleroi", "Charleroi"),
            ("NAM", "Namen", "Namur", "Namur", "Namur"),
            ("ARL", "Aarlen", "Arlon", "Arel", "Arlon"),
            ("LIE", "Luik", "Liège", "Lüttich", "Liège"),
            ("VER", "Verviers", "Verviers", "Verviers", "Verviers"),
        )
    }
)
