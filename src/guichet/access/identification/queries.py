"""Reading the sessions of a person: plain values out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from guichet.access.identification.models import Session
from guichet.access.sessions import IDLE

# A session is named by the beginning of its row's key: no one enters by it.
NAME_LENGTH: Final = 16


@dataclass(frozen=True, slots=True)
class OwnSession:
    """Where somebody is signed in."""

    name: str
    device: str
    address: str
    means: str
    level: int | None
    opened_at: datetime | None
    last_seen_at: datetime | None
    is_this: bool


def sessions(*, person_id: int, own_key: str, now: datetime) -> list[OwnSession]:
    """The sessions of a person that are still open, the one last used first."""
    rows = Session.objects.filter(
        person_id=person_id, expire_date__gt=now, last_seen_at__gt=now - IDLE
    ).order_by("-last_seen_at")
    return [
        OwnSession(
            name=row.session_key[:NAME_LENGTH],
            device=row.device,
            address=row.address,
            means=row.means,
            level=row.level,
            opened_at=row.opened_at,
            last_seen_at=row.last_seen_at,
            is_this=row.session_key == own_key,
        )
        for row in rows
    ]
