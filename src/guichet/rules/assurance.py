"""Means of identification, how sure each makes us of a person, and what a service asks for.

Levels are those of the federal authentication service: 100, 200, 300, 400, 450, 500.
Source: the public table of means of the federal and Flemish authentication services; where it is
silent the choice is ours and says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LEVELS: Final = (100, 200, 300, 400, 450, 500)


class Means(StrEnum):
    """How somebody shows who he is; the same word on the wire, in the database and in logs."""

    EID = "eid"
    ITSME = "itsme"
    EIDAS = "eidas"
    APP = "app"
    MAIL = "mail"
    CARD = "card"
    PASSKEY = "passkey"
    PASSWORD = "password"  # noqa: S105  # a word, no secret


# What each means gives at most. Mail is "between 200 and 400" in the sources: 300 is our choice.
# A passkey is no Belgian means: 400, as an app, is our choice.
NOMINAL: Final = {
    Means.EID: 500,
    Means.ITSME: 450,
    Means.EIDAS: 500,
    Means.APP: 400,
    Means.MAIL: 300,
    Means.CARD: 300,
    Means.PASSKEY: 400,
    Means.PASSWORD: 200,
}

# Keys that a person activates and keeps himself, on the page of his digital keys.
KEPT: Final = (Means.APP, Means.MAIL, Means.CARD, Means.PASSKEY, Means.PASSWORD)


class UnknownLevel(ValueError):
    """Not one of the six levels."""


def level_reached(*, means: Means, enrolled_at: Iterable[int] = ()) -> int:
    """The level of a sign-in: that of the means, lowered to the weakest enrolment step.

    ``enrolled_at``: the level of the session (or of the desk, or of the letter) by which each
    part was enrolled: the account with its password, the second factor. eIDAS: what the home
    country says (400 or 500). Empty for what nobody enrols here, as an identity card.
    Raises: UnknownLevel.
    """
    levels = tuple(enrolled_at)
    for level in levels:
        if level not in LEVELS:
            raise UnknownLevel(f"{level} is no level")
    return min((NOMINAL[means], *levels))


def may_activate(*, session_level: int, means: Means) -> bool:
    """Whether a session of this level may activate, or reset, a key of this means.

    At least the level of the key itself; so an
    identity card (500) opens all of them.
    """
    return session_level >= NOMINAL[means]


@dataclass(frozen=True, slots=True)
class Policy:
    """What a service, or a single act, asks of a sign-in."""

    min_level: int
    means: frozenset[Means] = frozenset(Means)

    def accepts(self, *, means: str, level: int) -> bool:
        """Whether a session opened by ``means`` at ``level`` is enough."""
        return level >= self.min_level and means in self.means

    def offered(self) -> tuple[Means, ...]:
        """The means that can be enough, in the order of the tile page."""
        return tuple(one for one in Means if one in self.means and NOMINAL[one] >= self.min_level)


ANYBODY: Final = Policy(100)
