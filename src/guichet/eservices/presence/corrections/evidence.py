"""What speaks for or against a request: each act as it was recorded, by which clock, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from guichet.eservices.presence.corrections import versions
from guichet.eservices.presence.corrections.versions import Version
from guichet.eservices.presence.day_queries import ActRow
from guichet.eservices.presence.models import Case, Press


@dataclass(frozen=True, slots=True)
class Evidence:
    """An act with what a phone said of it (None for an act of no phone), and its versions."""

    act: ActRow
    device_at: datetime | None
    position: str
    accuracy_metres: int | None
    versions: Sequence[Version]


def of(row: Case, *, acts: Sequence[ActRow]) -> list[Evidence]:
    """For each act of the request; a missing act has the report of the worker instead."""
    pressed = {
        one.receipt: one for one in Press.objects.filter(receipt__in=row.receipts).order_by("-pk")
    }
    return [_one(act, pressed.get(act.receipt)) for act in acts]


def _one(act: ActRow, press: Press | None) -> Evidence:
    found = versions.of_act(act)
    if press is None:
        return Evidence(act, None, "", None, found)
    return Evidence(act, press.device_at, press.position, press.accuracy_metres, found)
