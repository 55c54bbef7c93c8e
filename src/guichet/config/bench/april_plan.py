"""The rush of April 2020 in small: who communicates what, and what it must be warned about.

The counting here is done by hand, with a calendar of its own: it asks none of the rules, so that
the two can be held against each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

FILE_FIRMS: Final = 100
WEB_FIRMS: Final = 100
OF_FILE: Final = 1_000
OF_WEB: Final = 200
A_FORM: Final = 20
A_PAGE: Final = 40
_EASTER: Final = {2026: date(2026, 4, 5), 2027: date(2027, 3, 28), 2028: date(2028, 4, 16)}
_FIXED: Final = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))


@dataclass(frozen=True, slots=True)
class Firm:
    """``at``: which one; ``by_file``: sends a file, or types on the pages."""

    at: int
    by_file: bool
    scale: int

    @property
    def workers(self) -> list[str]:
        """The numbers of its workers; nobody works for two."""
        size = (OF_FILE if self.by_file else OF_WEB) // self.scale
        first = self.at * OF_FILE if self.by_file else 1_000_000 + self.at * OF_WEB
        return [_niss(first + each) for each in range(size)]

    @property
    def groups(self) -> list[list[str]]:
        """The workers of each communication."""
        size = A_FORM if self.by_file else A_PAGE
        return [self.workers[at : at + size] for at in range(0, len(self.workers), size)]

    def day(self, group: int, today: date) -> date:
        """The first effective day of a communication: in time, late, early, on a day off."""
        offsets = (0, 1, -1, -6, 3, 12, -3, 20)
        return today + timedelta(days=offsets[(self.at + group) % len(offsets)])


def firms(scale: int = 1) -> Iterator[Firm]:
    """All of them; ``scale``: a hundredth of the workers of each for 100."""
    for at in range(FILE_FIRMS):
        yield Firm(at, True, scale)
    for at in range(WEB_FIRMS):
        yield Firm(at, False, scale)


def items(scale: int = 1) -> int:
    """How many first days there are."""
    return sum(len(one.workers) for one in firms(scale))


def truth(today: date, scale: int = 1) -> Counter[str]:
    """How often each warning must stand in what was received on a day."""
    found: Counter[str] = Counter()
    for firm in firms(scale):
        # Files tell of bad weather: a day before; pages of economic causes: five, and announced.
        before = 1 if firm.by_file else 5
        for at, group in enumerate(firm.groups):
            day, people = firm.day(at, today), len(group)
            first, last = _walked(day, -before), _walked(day, 1)
            if today < first:
                found["CTW-040" if (day - today).days > 7 else "CTW-041"] += people
            if today > last:
                found["CTW-042"] += people
            if not _counts(day):
                found["CTW-045"] += people
            if not firm.by_file:
                found["CTW-043"] += people
    return found


def _walked(day: date, count: int) -> date:
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= _counts(day)
    return day


def _counts(day: date) -> bool:
    easter = _EASTER[day.year]
    moving = {easter + timedelta(days=each) for each in (1, 39, 50)}
    fixed = {date(day.year, month, number) for month, number in _FIXED}
    return day.weekday() < 5 and day not in moving | fixed


def _niss(number: int) -> str:
    """A number that holds its check: born in 1960 or after, 998 people a day."""
    day, serial = divmod(number, 998)
    born = date(1960, 1, 1) + timedelta(days=day)
    base = f"{born:%y%m%d}{serial + 1:03d}"
    return f"{base}{97 - int(base) % 97:02d}"
