"""The history of a period: each declaration, with what it changed from old to new."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

from guichet.eservices.dimona.pages import words
from guichet.eservices.dimona.queries import DeclarationRecord
from guichet.platform import wording


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after; empty is none."""

    label: Promise
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Step:
    """One declaration about a period that was accepted."""

    id: int
    kind: str
    at: datetime
    channel: str
    sender: str
    anomalies: tuple[str, ...]
    changes: tuple[Change, ...]
    warned: Mapping[str, Any] | None = None


def steps(records: Sequence[DeclarationRecord]) -> list[Step]:
    """The steps, the newest first; daily registrations are told apart."""
    told = [record for record in records if record.kind in words.ACTS]
    return [
        Step(
            record.id,
            record.kind,
            record.received_at,
            record.channel,
            record.sender,
            record.anomalies,
            tuple(_changes(record.before or {}, record.after or {})),
            record.warned,
        )
        for record in reversed(told)
    ]


def _changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    pairs = [
        (label, _shown(name, before.get(name)), _shown(name, after.get(name)))
        for name, label in words.MEMBERS.items()
    ]
    return [Change(label, old, new) for label, old, new in pairs if old != new]


def _shown(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name.endswith("Date"):
        return wording.day(date.fromisoformat(value))
    return words.hour(value) if name.endswith("Hour") else str(value)
