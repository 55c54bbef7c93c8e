"""The QR code of an L1: an address with the number, percent-encoded, and a key that nobody guesses.

Whoever holds the code was shown the L1. It opens no more than one posting, whatever is known of
the number: a number alone is printed, told and written down, a key is only read from the code.
"""

from typing import Final
from urllib.parse import parse_qs, quote, urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from guichet.kernel.limosa import LONGEST_CODE

_SIGNER: Final = "guichet.postings.code"
_NAME: Final = "L1="
_ASKED: Final = 2


def address_of(number: str) -> str:
    """What the QR code holds: our address, the number percent-encoded, the key."""
    place = f"{settings.ENVIRONMENT.url.rstrip('/')}{reverse('l1:open')}"
    return f"{place}?d={quote(_NAME + number, safe='')}&k={_signer().signature(number)}"


def genuine_number(*, content: str, key: str) -> str:
    """The number in ``d`` when ``k`` is its key, else nothing: nobody learns what was wrong."""
    number = content.removeprefix(_NAME)
    if number == content or not (number.isascii() and number.isalnum()):
        return ""
    try:
        return _signer().unsign(f"{number}:{key}")
    except BadSignature:
        return ""


def number_shown(text: str) -> str:
    """The number of a code of ours in what was scanned or pasted; nothing for any other text."""
    if len(text) > LONGEST_CODE:
        return ""
    try:
        asked = parse_qs(urlsplit(text.strip()).query, max_num_fields=_ASKED, strict_parsing=True)
    except ValueError:
        return ""
    [content, *more] = asked.get("d", [""])
    [key, *others] = asked.get("k", [""])
    return "" if more or others else genuine_number(content=content, key=key)


def _signer() -> Signer:
    return Signer(salt=_SIGNER)
