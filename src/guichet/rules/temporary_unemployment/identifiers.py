"""Numbers as they are typed on a screen or sent by a machine, and dates.

On a screen dots, blanks and hyphens are left out first; a message must carry the plain digits.

Source: Crossroads Bank for Enterprises (check 97 minus the first eight modulo 97); national
register (97 minus the first nine, with a 2 before them for births from 2000).
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

from guichet.kernel.enterprise import (
    EnterpriseNumber,
    EstablishmentNumber,
    InvalidEnterpriseNumber,
    InvalidEstablishmentNumber,
    enterprise_check_holds,
)
from guichet.kernel.niss import InvalidNiss, Niss, niss_check_holds
from guichet.rules.temporary_unemployment.kinds import Channel

MACHINES: Final = (Channel.BATCH, Channel.REST)
_ON_SCREEN: Final = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})", re.ASCII)
_COMMITTEE: Final = re.compile(r"([0-9]{3})(?:\.?([0-9]{2}))?", re.ASCII)
_IN_MESSAGE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)


@lru_cache(maxsize=4_096)
def enterprise(text: str, *, channel: Channel) -> str | None:
    """The ten digits of an enterprise number; None for what is none."""
    if channel in MACHINES:
        return text if enterprise_check_holds(text) else None
    try:
        return EnterpriseNumber.parse(text).digits
    except InvalidEnterpriseNumber:
        return None


@lru_cache(maxsize=4_096)
def establishment(text: str, *, channel: Channel) -> str | None:
    """The ten digits of the number of an establishment unit; None for what is none."""
    try:
        digits = EstablishmentNumber.parse(text).digits
    except InvalidEstablishmentNumber:
        return None
    return digits if channel not in MACHINES or digits == text else None


def niss(text: str, *, channel: Channel) -> str | None:
    """The eleven digits of a social security number, BIS numbers too; None for what is none."""
    if channel in MACHINES:
        return text if niss_check_holds(text) else None
    try:
        return Niss.parse(text).digits
    except InvalidNiss:
        return None


def committee(text: str) -> str:
    """``149.01`` for ``14901``, ``126`` for ``126.00``; other texts without blanks around them."""
    found = _COMMITTEE.fullmatch(text.strip())
    if found is None:
        return text.strip()
    number, sub = found.groups()
    return number if sub in (None, "00") else f"{number}.{sub}"


def day(text: str, *, channel: Channel) -> date | None:
    """``29/02/2024`` on a screen, ``2024-02-29`` in a message; None for no day of the calendar."""
    is_message = channel in MACHINES
    found = (_IN_MESSAGE if is_message else _ON_SCREEN).fullmatch(text)
    if found is None:
        return None
    parts = [int(part) for part in found.groups()]
    year, month, number = parts if is_message else reversed(parts)
    try:
        return date(year, month, number)
    except ValueError:
        return None
