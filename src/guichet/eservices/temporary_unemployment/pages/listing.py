"""Pages of a list whose place is kept in a draft, not in an address."""

from collections.abc import Iterable
from typing import Any

from guichet.platform.paging import Paging
from guichet.rules.temporary_unemployment.faults import Fault


class Boxes(dict[str, Any]):
    """What stands in the boxes of a page; a box that was never filled in is blank."""

    def __missing__(self, name: str) -> str:
        return ""


def whole(text: Any) -> int:
    """A whole number of at most six digits; 0 for what is none."""
    text = str(text or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def paging(page: Any, *, total: int, size: int) -> Paging:
    """The page that was kept, within the list."""
    pages = max(1, -(-total // size))
    return Paging(min(max(whole(page), 1), pages), size, total, (size,))


def line_of(fault: Fault) -> int:
    """The line that a fault is about, from 1; 0 for none."""
    parts = fault.field.split(".")
    return whole(parts[1]) if parts[0] == "lines" and len(parts) > 1 else 0


def first_page(faults: Iterable[Fault], *, size: int) -> int:
    """The page of the first line that is faulty; 0 for none."""
    lines = [line for line in map(line_of, faults) if line]
    return (min(lines) - 1) // size + 1 if lines else 0
