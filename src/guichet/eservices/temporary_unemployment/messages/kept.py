"""What is kept of a form as plain JSON: its head, and its faults with their places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from guichet.eservices.temporary_unemployment.content import fault_of, plain_fault
from guichet.eservices.temporary_unemployment.messages.layout import Status
from guichet.eservices.temporary_unemployment.messages.meaning import Head
from guichet.eservices.temporary_unemployment.messages.reading import Placed
from guichet.kernel.verdict import Severity


def faults(placed: Iterable[Placed]) -> list[dict[str, Any]]:
    """What is kept of faults; the weight too, for a code may warn in a file and stop on a page."""
    return [
        plain_fault(one.fault) | {"path": one.path, "weight": one.fault.severity.value}
        for one in placed
    ]


def placed(rows: Sequence[Mapping[str, Any]]) -> tuple[Placed, ...]:
    """The faults that were kept."""
    return tuple(
        Placed(replace(fault_of(row), severity=Severity(row["weight"])), row["path"])
        for row in rows
    )


def head(told: Head) -> dict[str, str]:
    """What is kept of the head of a form, without what is not there."""
    every = ((name, getattr(told, name)) for name in _MEMBERS)
    return {name: str(value) for name, value in every if value is not None}


def head_of(row: Mapping[str, str]) -> Head:
    """The head that was kept."""
    status = row.get("status")
    return Head(
        identification=row.get("identification"),
        created_on=row.get("created_on"),
        created_at=row.get("created_at"),
        status=None if status is None else Status(status),
        own_reference=row.get("own_reference"),
        ticket=row.get("ticket"),
        noss_number=row.get("noss_number"),
        enterprise=row.get("enterprise"),
        language=row.get("language"),
    )


_MEMBERS = tuple(Head.__dataclass_fields__)
