"""By what a person makes himself known at a device on a site, and what he may do with it.

A means of registration proves who stands there; a bare number does not, so it serves only where
somebody else may register the person. Sources: Royal Decrees of 11 February 2014 (device, means,
alternative method); Programme Act of 26 December 2022.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, cast

from guichet.kernel.niss import niss_check_holds
from guichet.rules import dated


class By(StrEnum):
    """By what somebody makes himself known."""

    BADGE = "badge"
    CARD = "card"
    EID = "eid"
    NISS = "niss"
    LIMOSA = "limosa"


PERSONAL: Final = frozenset({By.BADGE, By.CARD, By.EID})
# Letters on the same keys of AZERTY, QWERTY and QWERTZ: a reader that types is read right on all.
CARD_LETTERS: Final = "BCDEFGHIJKLNOPRSTUVX"
CARD_LENGTH: Final = 28
_CARD: Final = re.compile(rf"[{CARD_LETTERS}]{{{CARD_LENGTH}}}", re.ASCII)
_BADGE: Final = re.compile(r"[0-9A-Z]{6,32}", re.ASCII)
_LIMOSA: Final = re.compile(r"[0-9]{17}", re.ASCII)
_PUNCTUATION: Final = str.maketrans("", "", " .-/:")
# How far the clock of a device may be from ours. Ours: what a computer without NTP loses in weeks.
CLOCK_TOLERANCE: Final = timedelta(minutes=5)
# A message may not come from the future; the difference that two good clocks have.
AHEAD: Final = timedelta(seconds=60)


def accepted(activity: str, *, on: date, drafts: bool = False) -> frozenset[By]:
    """By what somebody may make himself known on a site of this activity on a day.

    Empty where nothing is registered at devices (guarding, or before the duty began).
    """
    try:
        found = dated.value(f"presence.means.{activity}", on=on, drafts=drafts)
    except dated.UnknownParameter:
        return frozenset()
    return frozenset(By(code) for code in cast("tuple[str, ...]", found))


def plain(text: str) -> str:
    """What was read or typed, as it is compared: capitals, no punctuation."""
    return text.translate(_PUNCTUATION).upper()


def read_as(text: str) -> By | None:
    """What a text from a keyboard or a reader is; None for nothing that is known.

    28 letters are a card, seventeen digits a Limosa number, eleven digits that check a national
    number; anything else of six to thirty-two letters and digits is a badge.
    """
    bare = plain(text)
    if _CARD.fullmatch(bare):
        return By.CARD
    if _LIMOSA.fullmatch(bare):
        return By.LIMOSA
    if len(bare) == 11 and bare.isascii() and bare.isdigit() and niss_check_holds(bare):
        return By.NISS
    return By.BADGE if _BADGE.fullmatch(bare) else None


def may_be_a_badge(text: str) -> bool:
    """Whether a badge may carry this number: nothing that could be taken for something else."""
    return read_as(text) is By.BADGE


def unread(*, carried: Collection[By], readable: Collection[By]) -> bool:
    """Whether somebody carries means, and none that a device of the site reads."""
    return bool(carried) and not set(carried) & set(readable)


def clock_holds(*, told: datetime, now: datetime) -> bool:
    """Whether what a device says of the time is near enough to ours to believe its messages."""
    return abs(told - now) <= CLOCK_TOLERANCE
