"""The feed of events of a box: numbered in the order of the commits, each told once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection

from guichet.ebox.models import Event, EventKind

# Held until the transaction ends: a reader who saw number 41 has missed none below it.
_LOCK: Final = 0x45B0


def tell(*, told: Sequence[tuple[int, UUID]], kind: EventKind, now: datetime) -> None:
    """Add an event for each (box, message), unless it was told; the last thing in a transaction."""
    if not told:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    rows = [Event(box_id=box, message_uuid=uuid, kind=kind.value, at=now) for box, uuid in told]
    Event.objects.bulk_create(rows, ignore_conflicts=True)


def since(*, box_id: int, number: int, most: int) -> list[Event]:
    """The events of a box after ``number``, in order."""
    return list(Event.objects.filter(box=box_id, number__gt=number).order_by("number")[:most])
