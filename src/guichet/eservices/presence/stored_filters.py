"""A name or a number of a person that somebody looks for stays out of addresses.

It is kept in the session of the reader under a random key; the address holds the key. Another
session, or a later one, finds nothing under it.
"""

import secrets
from typing import Final

from django.http import HttpRequest

from guichet.registers.sorting import sort_key

_PLACE: Final = "presence.workers"
_MOST: Final = 20
_PUNCTUATION: Final = str.maketrans("", "", " .-/")


def keep(request: HttpRequest, text: str) -> str:
    """Keep what was typed; the key for the address."""
    kept: dict[str, str] = request.session.get(_PLACE, {})
    for key, known in kept.items():
        if known == text:
            return key
    key = secrets.token_urlsafe(9)
    request.session[_PLACE] = dict([*kept.items(), (key, text)][-_MOST:])
    return key


def kept(request: HttpRequest, key: str) -> str:
    """What was typed; empty when this session does not know the key."""
    text = request.session.get(_PLACE, {}).get(key, "")
    return text if isinstance(text, str) else ""


def wanted(text: str) -> str | None:
    """What the query compares with: eleven digits, or a part of a name as names are sorted."""
    digits = text.translate(_PUNCTUATION)
    if len(digits) == 11 and digits.isascii() and digits.isdigit():
        return digits
    return sort_key(text) or None
