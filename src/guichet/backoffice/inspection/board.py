"""The sites whose works run today, with what is seen at each: what the map and its table show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from guichet.backoffice.inspection.log_queries import name_of, statement
from guichet.backoffice.inspection.signal_queries import signals
from guichet.eservices.presence.day_queries import window
from guichet.platform import clock
from guichet.platform.db import many_rows
from guichet.registers.sorting import sort_key
from guichet.rules.presence_signals import Kind, Signal, Weight

SORTS: Final = ("signals", "name", "place", "activity", "persons", "remarks")


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site with running works; ``persons``: registered today, ``remarked``: with a remark."""

    reference: str
    name: str
    activity: str
    is_obliged: bool
    street: str
    house_number: str
    postcode: str
    municipality: str
    longitude: float | None
    latitude: float | None
    declarant: str
    declarant_name: str
    persons: int
    remarked: int

    @property
    def place(self) -> str:
        """``1000 Bruxelles``."""
        return f"{self.postcode} {self.municipality}".strip()


@dataclass(frozen=True, slots=True)
class Numbered:
    """A signal with its number on the map, in the list and in the table, and its site if known."""

    number: int
    signal: Signal
    site: SiteRow | None


@dataclass(frozen=True, slots=True)
class Board:
    """``rows``: the sites that the filters leave; ``signals``: theirs; ``others``: signals at sites
    without running works, which no map shows."""

    rows: Sequence[SiteRow]
    signals: Sequence[Numbered]
    by_site: Mapping[str, Sequence[Numbered]]
    names: Mapping[str, str]

    def weight(self, reference: str) -> Weight | None:
        """The heaviest signal of a site, or None."""
        weights = {one.signal.weight for one in self.by_site.get(reference, ())}
        return next((weight for weight in Weight if weight in weights), None)


def board(
    *,
    now: datetime,
    language: str,
    activity: str | None = None,
    kind: Kind | None = None,
    sort: str = "signals",
    descending: bool = False,
) -> Board:
    """The board of this moment; ``kind``: only sites with such a signal."""
    today = clock.today(now)
    since, until = window(today, today)
    values = {
        "since": since, "until": until, "day": today, "activity": activity, "language": language,
    }  # fmt: skip
    rows = [
        SiteRow(*row) for row in many_rows(_SITES.format(declarant=name_of("declarant")), values)
    ]
    known = {row.reference: row for row in rows}
    wanted = [
        one
        for one in signals(now=now)
        if (kind is None or one.kind is kind) and (activity is None or one.works_reference in known)
    ]
    numbered = [
        Numbered(at, one, known.get(one.works_reference)) for at, one in enumerate(wanted, 1)
    ]
    by_site: dict[str, list[Numbered]] = {}
    for each in numbered:
        by_site.setdefault(each.signal.works_reference, []).append(each)
    shown = [row for row in rows if kind is None or row.reference in by_site]
    names = {row.reference: row.name for row in rows}
    return Board(_sorted(shown, by_site, sort, descending), numbered, by_site, names)


def _sorted(
    rows: list[SiteRow], by_site: Mapping[str, Sequence[Numbered]], sort: str, descending: bool
) -> list[SiteRow]:
    """By one of `SORTS`; rows that are equal in it stay in the order of their names."""
    rows = sorted(rows, key=lambda row: (sort_key(row.name), row.reference))
    keys = {
        "signals": lambda row: by_site[row.reference][0].number if row.reference in by_site
        else len(rows) + 100_000,
        "place": lambda row: (row.postcode, sort_key(row.municipality)),
        "activity": lambda row: row.activity,
        "persons": lambda row: row.persons,
        "remarks": lambda row: row.remarked,
    }  # fmt: skip
    if sort in keys:
        return sorted(rows, key=keys[sort], reverse=descending)
    return rows[::-1] if descending else rows


_SITES: Final = statement("sites")
