"""Pages of a list for people: numbers, sizes, and a total that is not counted to the end."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from guichet.eservices.presence.day_queries import COUNTED_TO
from guichet.platform.wording import number

SIZES: Final = (25, 50, 100)
_DEEPEST: Final = 2_000


@dataclass(frozen=True, slots=True)
class Paging:
    """Page ``page`` of a list with ``total`` rows, counted up to one more than the cap."""

    page: int
    size: int
    total: int
    more: bool = False
    is_exact: bool = False
    sizes: tuple[int, ...] = SIZES

    @property
    def is_capped(self) -> bool:
        """There are more rows than were counted."""
        return not self.is_exact and self.total > COUNTED_TO

    @property
    def pages(self) -> int:
        """How many pages the counted rows fill, at least one."""
        return max(1, self.page, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.page - 1) * self.size

    @property
    def has_next(self) -> bool:
        """Another page follows: by the count, or beyond it by what was read."""
        return self.page < self.pages or self.more

    @property
    def total_in_words(self) -> str:
        """``214``, or ``more than 1 000``."""
        if self.is_capped:
            return _("more than %(number)s") % {"number": number(COUNTED_TO)}
        return number(self.total)

    @property
    def pages_in_words(self) -> str:
        """The number of the last page, with a plus when there may be more."""
        return f"{number(self.pages)}{'+' if self.is_capped else ''}"


def size_of(query: Mapping[str, str]) -> int:
    """The asked number of rows, one of `SIZES`; anything else is the smallest."""
    text = query.get("size", "")
    return int(text) if text in {str(size) for size in SIZES} else SIZES[0]


def paging(query: Mapping[str, str], *, total: int, is_exact: bool = False) -> Paging:
    """The page that the address asks for, within the list.

    ``is_exact``: the total was counted to the end.
    """
    size = size_of(query)
    text = query.get("page", "1")
    page = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    is_known = is_exact or total <= COUNTED_TO
    last = max(1, -(-total // size)) if is_known else _DEEPEST
    return Paging(min(max(page, 1), last), size, total, is_exact=is_exact)
