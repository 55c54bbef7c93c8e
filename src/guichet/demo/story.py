"""The day of the named people: what a visitor finds on the site of Grand-Hibou."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from guichet.demo import people
from guichet.demo.people import Known
from guichet.demo.world import Worker

Steps = tuple[tuple[float, str], ...]


def _at(hours: int, minutes: int) -> float:
    """Minutes after midnight, a few seconds past: nobody presses on the stroke."""
    return hours * 60 + minutes + 0.2


_TODAY: Final[Mapping[Known, Steps]] = {
    people.EWA: (
        (_at(6, 55), "in"),
        (_at(12, 0), "out"),
        (_at(12, 28), "in"),
        (_at(12, 29), "in"),  # two INs in a row
        (_at(16, 1), "out"),
    ),
    people.JONAS: (),  # his OUT of yesterday is missing, and today he has not come
    people.RUI: (
        (_at(7, 1), "in"),
        (_at(11, 58), "out"),
        (_at(12, 30), "in"),
        (_at(15, 31), "out"),
    ),
    people.AMINA: (
        (_at(6, 58), "in"),
        (_at(12, 2), "out"),
        (_at(12, 31), "in"),
        (_at(16, 4), "out"),
    ),
    people.LUC: (
        (_at(6, 50), "in"),
        (_at(10, 30), "out"),
        (_at(10, 45), "in"),
        (_at(12, 30), "out"),
        (_at(13, 0), "in"),
        (_at(15, 30), "out"),
    ),
    people.NADEGE: (
        (_at(7, 0), "in"),
        (_at(12, 5), "out"),
        (_at(12, 35), "in"),
        (_at(15, 22), "out"),
    ),
    people.SAMI: (),  # expected since seven
}

_YESTERDAY: Final[Mapping[Known, Steps]] = {
    people.JONAS: ((_at(7, 2), "in"),),
    people.AMINA: (
        (_at(6, 57), "in"),
        (_at(12, 1), "out"),
        (_at(12, 30), "in"),
        (_at(15, 41), "out"),
    ),
    people.SAMI: (
        (_at(7, 3), "in"),
        (_at(12, 0), "out"),
        (_at(12, 31), "in"),
        (_at(15, 30), "out"),
    ),
}


def steps(worker: Worker, day: date, *, played: frozenset[date], began: date) -> Steps | None:
    """What a named person does on a day; None leaves it to chance.

    ``played``: the days on which the story is played, whatever weekday they are; ``began``: the
    day of the first load, which has a yesterday.
    """
    if worker.known is None:
        return None
    if day in played:
        return _TODAY.get(worker.known)
    if day == began - timedelta(days=1):
        return _YESTERDAY.get(worker.known)
    return None
