"""Pages of a list for people whose total is counted to the end: numbers and sizes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from guichet.platform.wording import number

SIZES: Final = (25, 50, 100)


@dataclass(frozen=True, slots=True)
class Paging:
    """Page ``page`` of a list with ``total`` rows, counted to the end."""

    page: int
    size: int
    total: int
    sizes: tuple[int, ...] = SIZES

    @property
    def pages(self) -> int:
        """How many pages the rows fill, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.page - 1) * self.size

    @property
    def has_next(self) -> bool:
        """Another page follows."""
        return self.page < self.pages

    @property
    def pages_in_words(self) -> str:
        """The number of the last page."""
        return number(self.pages)


def paging(query: Mapping[str, str], *, total: int, sizes: tuple[int, ...] = SIZES) -> Paging:
    """The page that the address asks for, within the list; ``sizes``: what one may choose."""
    asked = query.get("size", "")
    size = int(asked) if asked in {str(one) for one in sizes} else sizes[0]
    text = query.get("page", "1")
    page = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    return Paging(min(max(page, 1), max(1, -(-total // size))), size, total, sizes)
