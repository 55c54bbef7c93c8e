"""Searches that a reader keeps under a name, so that tomorrow they are one click."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from guichet.ebox.models import SavedSearch
from guichet.platform.db import transaction
from guichet.registers.sorting import sort_key

MOST: Final = 20
LONGEST_NAME: Final = 60


class TooMany(Exception):
    """A reader keeps at most twenty searches for a box."""


def kept(*, box_id: int, person_id: int) -> list[SavedSearch]:
    """His searches for this box, by name."""
    return list(SavedSearch.objects.filter(box=box_id, person=person_id).order_by("sort_key"))


def one(*, box_id: int, person_id: int, number: int) -> SavedSearch | None:
    """One of them; another's and none are the same None."""
    return SavedSearch.objects.filter(box=box_id, person=person_id, pk=number).first()


def keep(
    *, box_id: int, person_id: int, name: str, filters: Mapping[str, str], now: datetime
) -> SavedSearch:
    """Keep filters under a name; the same name again takes the new ones. Raises TooMany."""
    with transaction():
        row = SavedSearch.objects.filter(box=box_id, person=person_id, sort_key=sort_key(name))
        if not row.exists() and len(kept(box_id=box_id, person_id=person_id)) >= MOST:
            raise TooMany
        saved, _new = SavedSearch.objects.update_or_create(
            box_id=box_id,
            person_id=person_id,
            sort_key=sort_key(name),
            defaults={"name": name, "filters": dict(filters), "kept_at": now},
        )
    return saved


def forget(*, box_id: int, person_id: int, number: int) -> bool:
    """Remove one; whether it was there."""
    with transaction():
        rows = SavedSearch.objects.filter(box=box_id, person=person_id, pk=number)
        return rows.delete()[0] > 0
