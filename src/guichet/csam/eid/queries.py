"""Reading: the test cards that were made last."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from guichet.csam.eid.models import TestCard

_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class MadeCard:
    """A test card, without the number of its holder; ``state``: valid, expired or revoked."""

    serial: str
    name: str
    kind: str
    made_at: datetime
    state: str


def made_cards(*, now: datetime) -> list[MadeCard]:
    """The last twenty, the newest first."""
    return [
        MadeCard(card.serial, card.name, card.kind, card.made_at, _state(card, now))
        for card in TestCard.objects.order_by("-made_at", "serial")[:_SHOWN]
    ]


def _state(card: TestCard, now: datetime) -> str:
    if card.revoked_at is not None:
        return "revoked"
    return "expired" if card.valid_until < now else "valid"
