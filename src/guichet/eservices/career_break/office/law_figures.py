"""The figures of the law as the office reads them: in force on a day, what comes, what was.

Nobody changes them here: they stand in files that a jurist edits, and each has its source.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from guichet.rules import dated
from guichet.rules.dated import DatedValue, Parameter, UnknownParameter

_PREFIX: Final = "career_break."
# The topics in the order of the page; a figure is of the first one that its name begins with.
TOPICS: Final = {
    "amounts": ("amount.", "tax.", "supplement."),
    "credit": ("credit.", "duration."),
    "conditions": ("age.", "seniority.", "regime.", "training.", "person.", "residence."),
    "end_of_career": ("end_of_career.", "agreement."),
    "notice": ("notice.", "postpone.", "refuse.", "answer.", "threshold."),
    "office": ("office.", "offices", "filing.", "completing.", "attestation."),
    "entry": ("",),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A parameter on a day; ``now`` None: nothing is in force; ``coming``: the next row."""

    parameter: Parameter
    now: DatedValue | None
    coming: DatedValue | None

    @property
    def name(self) -> str:
        """Its name without what all of them begin with."""
        return self.parameter.name.removeprefix(_PREFIX)


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that becomes another one; ``before`` None: it begins."""

    figure: Figure
    before: DatedValue | None
    row: DatedValue


def by_topic(*, on: date) -> dict[str, list[Figure]]:
    """Every figure of career breaks on a day, by topic."""
    found: dict[str, list[Figure]] = {topic: [] for topic in TOPICS}
    for one in _every(on):
        found[_topic(one.name)].append(one)
    return found


def one(name: str, *, on: date) -> Figure | None:
    """A figure by its short name; None for one that does not exist."""
    try:
        return _figure(dated.parameter(_PREFIX + name), on)
    except UnknownParameter:
        return None


def changes(*, on: date) -> list[Change]:
    """What becomes another figure after a day, or is announced, the soonest first."""
    found = [
        Change(one, one.parameter.rows[at - 1] if at else None, row)
        for one in _every(on)
        for at, row in enumerate(one.parameter.rows)
        if row.first_day > on or row.is_draft
    ]
    return sorted(found, key=lambda one: (one.row.first_day, one.figure.name))


def _every(on: date) -> Iterator[Figure]:
    for name, parameter in dated.parameters().items():
        if name.startswith(_PREFIX):
            yield _figure(parameter, on)


def _figure(parameter: Parameter, on: date) -> Figure:
    try:
        now = parameter.row_on(on)
    except UnknownParameter:
        now = None
    later = (row for row in parameter.rows if row.first_day > on)
    return Figure(parameter, now, next(later, None))


def _topic(name: str) -> str:
    return next(topic for topic, starts in TOPICS.items() if name.startswith(starts))
