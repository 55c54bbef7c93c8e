"""The copy of one's own data, section by section.

A service adds what it holds about a person in a module ``own_data.py`` of its own. Each section
gives plain values: the same ones stand in the JSON and in the PDF.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from guichet.access.sessions import Acting
from guichet.platform import wording
from guichet.platform.discovery import discover

Row = dict[str, str | int | date | datetime | None]
Reader = Callable[[Acting, datetime], list[Row]]


@dataclass(frozen=True, slots=True)
class Section:
    """``labels``: the members of a row in their order, each with its name in words."""

    key: str
    title: Any
    labels: Mapping[str, Any]
    read: Reader


_SECTIONS: Final[list[Section]] = []


def register(section: Section) -> None:
    """One more section of the copy."""
    _SECTIONS.append(section)


def sections() -> list[Section]:
    """Every section that some part registered."""
    discover("own_data")
    return list(_SECTIONS)


def as_json(*, acting: Acting, now: datetime) -> dict[str, Any]:
    """The copy for a machine: moments and days as ISO 8601 writes them."""
    copied: dict[str, Any] = {"madeAt": now.isoformat(timespec="seconds")}
    for section in sections():
        rows = section.read(acting, now)
        copied[section.key] = [
            {name: _plain(row.get(name)) for name in section.labels} for row in rows
        ]
    return copied


def as_document(*, acting: Acting, now: datetime) -> list[dict[str, Any]]:
    """The copy for a reader: titles and labels in words; what is empty is left out."""
    return [
        {
            "title": str(section.title),
            "rows": [
                [[str(label), _shown(row.get(name))] for name, label in section.labels.items()
                 if row.get(name) not in (None, "")]
                for row in section.read(acting, now)
            ],
        }
        for section in sections()
    ]  # fmt: skip


def _plain(value: str | int | date | datetime | None) -> str | int | None:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _shown(value: str | int | date | datetime | None) -> str:
    if isinstance(value, datetime):
        return wording.second(value)
    return wording.day(value) if isinstance(value, date) else str(value)
