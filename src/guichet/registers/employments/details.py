"""What Dimona knows of a period beyond the register, for whoever shows periods to people.

The service that processes declarations registers itself as the source; without one a period is
shown with what the register holds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Protocol


@dataclass(frozen=True, slots=True)
class PeriodChange:
    """One accepted declaration: ``kind`` is in, update, out or cancel; days as they were after.

    ``number``: of the declaration, 0 unknown; ``anomalies``: the codes of its remarks.
    """

    at: datetime
    kind: str
    first_day: date | None = None
    last_day: date | None = None
    number: int = 0
    anomalies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodDetails:
    """``start_hour`` and ``end_hour``: ``HHMM`` or empty; ``user_…``: the firm that uses a
    temporary worker, as it was declared; ``changes``: the oldest first."""

    declared_at: datetime | None = None
    is_late: bool = False
    start_hour: str = ""
    end_hour: str = ""
    planned_hours: int | None = None
    user_name: str = ""
    user_address: str = ""
    user_committee: str = ""
    changes: tuple[PeriodChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A declaration of a temporary worker that is accepted or refused later; no period yet."""

    declaration_id: int
    niss: str = field(repr=False)
    employer: str
    joint_committee: str
    worker_type: str
    first_day: date
    last_day: date | None
    user_enterprise: str
    user_name: str
    declared_at: datetime
    start_hour: str = ""
    end_hour: str = ""


class Source(Protocol):
    """Who processes declarations."""

    def details(self, *, dimona_ids: Collection[int]) -> Mapping[int, PeriodDetails]:
        """What is known of these periods; those of which nothing is known are left out."""
        ...

    def waiting(self, *, numbers: Collection[str]) -> Sequence[Waiting]:
        """The declarations of these persons that wait for an answer."""
        ...


_SOURCES: Final[list[Source]] = []


def register(source: Source) -> None:
    """Ask this one."""
    _SOURCES[:] = [source]


def details(*, dimona_ids: Collection[int]) -> Mapping[int, PeriodDetails]:
    """What is known of these periods beyond the register."""
    return _SOURCES[0].details(dimona_ids=dimona_ids) if _SOURCES and dimona_ids else {}


def waiting(*, numbers: Collection[str]) -> Sequence[Waiting]:
    """The declarations of these persons that wait for an answer."""
    return _SOURCES[0].waiting(numbers=numbers) if _SOURCES else ()
