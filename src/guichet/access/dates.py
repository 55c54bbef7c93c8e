"""Dates that matter to whoever acts for an enterprise, wherever they come from.

A part that knows of such dates registers a reader in a module ``dates.py`` of its own.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from guichet.access.sessions import Acting
from guichet.platform import clock
from guichet.platform.discovery import discover

# A year and a little: the same dates of next year are seen coming.
HORIZON: Final = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Dated:
    """One date in words, in the language of the page; ``href``: where something can be done.

    ``tone``: grey is good to know, amber asks for something before that day.
    """

    day: date
    title: str
    text: str = ""
    href: str = ""
    tone: str = "grey"


Reader = Callable[[Acting, date, date, datetime], Iterable[Dated]]
_READERS: Final[list[Reader]] = []


def register(reader: Reader) -> Reader:
    """One more source; it gets who asks, the first and the last day, and the moment."""
    _READERS.append(reader)
    return reader


def upcoming(*, acting: Acting, now: datetime) -> list[Dated]:
    """Every date from today to the horizon, the next one first."""
    discover("dates")
    first = clock.today(now)
    last = first + HORIZON
    found = [one for reader in _READERS for one in reader(acting, first, last, now)]
    kept = [one for one in found if first <= one.day <= last]
    return sorted(kept, key=lambda one: (one.day, one.tone != "amber", one.title))
