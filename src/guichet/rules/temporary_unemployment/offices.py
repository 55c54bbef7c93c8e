"""The office that is competent, by the place of the establishment, and the language it writes in.

The table of postcodes is that of ``rules.career_break.offices`` and not official; the regions of
language follow the blocks in which postcodes were given out.

Source: Royal Decree of 25 November 1991, art. 142; Acts on the use of languages in administrative
matters of 18 July 1966. Municipalities with facilities get the language of their region.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from guichet.rules.career_break.offices import OFFICES, Office, office_of

__all__ = [
    "OFFICES",
    "Language",
    "Office",
    "Region",
    "language",
    "office_of_establishment",
    "region",
]

_GERMAN: Final = range(4700, 4800)
_BRUSSELS: Final = range(1000, 1300)
_DUTCH: Final = (range(1500, 2000), range(2000, 4000), range(8000, 10000))
_FRENCH: Final = (range(1300, 1500), range(4000, 8000))


class Language(StrEnum):
    """A language in which the office decides."""

    NL = "nl"
    FR = "fr"
    DE = "de"


class Region(StrEnum):
    """A region of language."""

    DUTCH = "dutch"
    FRENCH = "french"
    GERMAN = "german"
    BRUSSELS = "brussels"


def office_of_establishment(postcode: str, *, on: date) -> Office | None:
    """The competent office; None for a postcode without one (CTW-009)."""
    return office_of(postcode, on=on)


def region(postcode: str) -> Region | None:
    """The region of language of a Belgian postcode of four digits; None for no such postcode."""
    if len(postcode) != 4 or not (postcode.isascii() and postcode.isdigit()):
        return None
    number = int(postcode)
    if number in _GERMAN:
        return Region.GERMAN
    if number in _BRUSSELS:
        return Region.BRUSSELS
    if any(number in block for block in _DUTCH):
        return Region.DUTCH
    return Region.FRENCH if any(number in block for block in _FRENCH) else None


def language(postcode: str, *, wanted: Language) -> Language:
    """In which language a decision is written: that of the region, in Brussels as is wanted.

    German in Brussels, and an unknown place, give French and the wanted language.
    """
    match region(postcode):
        case Region.DUTCH:
            return Language.NL
        case Region.FRENCH:
            return Language.FR
        case Region.GERMAN:
            return Language.DE
        case Region.BRUSSELS:
            return Language.FR if wanted is Language.DE else wanted
        case None:
            return wanted
