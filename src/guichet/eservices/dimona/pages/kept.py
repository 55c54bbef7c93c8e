"""A name or a number that somebody looks for stays out of addresses.

It is kept in the session of the reader under a random key; the address holds the key. Another
session, or a later one, finds nothing under it.
"""

import secrets
from typing import Final

from django.http import HttpRequest

from guichet.registers.sorting import sort_key

_PLACE: Final = "dimona.workers"
_MOST: Final = 20
_PUNCTUATION: Final = str.maketrans("", "", " .-/")


def keep(request: HttpRequest, text: str) -> str:
    """Keep what was typed; the key for the address."""
    known: dict[str, str] = request.session.get(_PLACE, {})
    for key, typed in known.items():
        if typed == text:
            return key
    key = secrets.token_urlsafe(9)
    request.session[_PLACE] = dict([*known.items(), (key, text)][-_MOST:])
    return key


def kept(request: HttpRequest, key: str) -> str:
    """What was typed; empty when this session does not know the key."""
    text = request.session.get(_PLACE, {}).get(key, "")
    return text if isinstance(text, str) else ""


def number_in(text: str) -> str | None:
    """The eleven digits that were typed, or None for a part of a name."""
    digits = text.translate(_PUNCTUATION)
    return digits if len(digits) == 11 and digits.isascii() and digits.isdigit() else None


def name_in(text: str) -> str:
    """A part of a name as names are sorted; empty for a number."""
    return "" if number_in(text) else sort_key(text)
