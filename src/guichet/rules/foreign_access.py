"""Who comes from abroad: which means of identification are open to him.

Source: instructions of the service Check In and Out at Work, "Travailleurs salariés et
indépendants étrangers" and "Entreprises étrangères":

- a worker uses itsme with an electronic identity card of Belgium, Luxembourg or the Netherlands;
  the legal representative of a foreign enterprise with a Belgian card only;
- eIDAS is for who has no Belgian card but a recognised means of his own country;
- codes by e-mail or by app, after a video interview (BelgianID), are for whose country supports
  neither, or who has no Belgian number.

The countries of eIDAS: those whose notified means Belgium recognises.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from guichet.rules.assurance import LEVELS

BELGIUM: Final = "BE"
# ISO 3166.
_IN_THE_ORDER_OF_THE_STUDY: Final = "NL DE ES EE PT DK MT LT LU HR LV IT SE AT SI CZ SK PL LI"
EIDAS_COUNTRIES: Final = tuple(_IN_THE_ORDER_OF_THE_STUDY.split())
# Substantial and high, as the home country says.
EIDAS_LEVELS: Final = (400, 500)
_ITSME_WORKER: Final = frozenset({BELGIUM, "LU", "NL"})
_ITSME_REPRESENTATIVE: Final = frozenset({BELGIUM})


class Role(StrEnum):
    """For what somebody signs in."""

    WORKER = "worker"
    REPRESENTATIVE = "representative"  # of an enterprise established abroad


class Way(StrEnum):
    """A way in, for somebody from abroad."""

    EID = "eid"
    ITSME = "itsme"
    EIDAS = "eidas"
    BELGIANID = "belgianid"


def itsme_countries(role: Role) -> frozenset[str]:
    """The countries with whose identity card itsme is open to this role."""
    return _ITSME_WORKER if role is Role.WORKER else _ITSME_REPRESENTATIVE


def ways(*, role: Role, card_country: str | None, means_country: str | None) -> tuple[Way, ...]:
    """The means open to somebody, the simplest first; never empty.

    ``card_country``: the country of his electronic identity card, None without one;
    ``means_country``: the country whose recognised electronic identification he has, None without.
    """
    if card_country == BELGIUM:
        return (Way.EID, Way.ITSME)
    found = []
    if card_country in itsme_countries(role):
        found.append(Way.ITSME)
    if means_country in EIDAS_COUNTRIES:
        found.append(Way.EIDAS)
    return (*found, Way.BELGIANID) if not found else tuple(found)


def instead_of_itsme(*, role: Role, card_country: str) -> tuple[Way, ...]:
    """What to offer when itsme is refused to a card of this country."""
    return tuple(
        way
        for way in ways(role=role, card_country=card_country, means_country=card_country)
        if way is not Way.ITSME
    )


def is_eidas_level(level: int) -> bool:
    """Whether a home country may say this level: substantial or high."""
    return level in EIDAS_LEVELS and level in LEVELS
