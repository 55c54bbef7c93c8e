"""Works references: the site number that a declaration of works gives for presences."""

from __future__ import annotations

import re
from typing import Final

from guichet.kernel.base34 import (
    Base34Number,
    InvalidNumber,
    MalformedNumber,
    MistypedNumber,
    check_holds,
    is_well_formed,
)

__all__ = [
    "SITE_PREFIX",
    "InvalidNumber",
    "MalformedNumber",
    "MistypedNumber",
    "WorksReference",
    "check_holds",
    "is_well_formed",
    "reference_in",
]

SITE_PREFIX: Final = "1Y1"


class WorksReference(Base34Number):
    """``1Y103CF8203SZ``: every public sample begins with 1Y1 and ends with Z.

    Not to be confused with the number of the declaration itself (``9B0…``, ``310…``), which is
    also thirteen signs and obeys another rule: such a number is well formed and mistyped here.
    """

    __slots__ = ()

    @property
    def looks_like_declaration_number(self) -> bool:
        """Whether somebody took the number of the declaration for that of the site."""
        return self.signs.startswith(("9B0", "310"))


# Our posters say https://host/s/<number>; what stands behind it (an address, a key) is optional.
_IN_ADDRESS: Final = re.compile(r"/s/([A-Za-z0-9-]{13,20})/?(?:[?#]|$)")
LONGEST_CODE: Final = 2_000


def reference_in(content: str) -> WorksReference:
    """The site number in what somebody typed, or in what the QR code of a poster holds.

    Read leniently: a number whose check sign fails may still stand on a real poster. Raises
    MalformedNumber.
    """
    text = content.strip()[:LONGEST_CODE]
    found = _IN_ADDRESS.search(text)
    return WorksReference.parse(found[1] if found else text, strict=False)
