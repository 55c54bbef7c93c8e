"""Works references: the site number that a declaration of works gives for presences."""

from __future__ import annotations

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
