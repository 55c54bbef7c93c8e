"""Reading what was sent and what was reported; a person's own rows only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from guichet.eservices.temporary_unemployment.cards.bodies import Body
from guichet.eservices.temporary_unemployment.cards.models import Sending
from guichet.eservices.temporary_unemployment.cards.sheets import Sheet
from guichet.registers.persons import queries as persons
from guichet.rules.temporary_unemployment.card_sending import Early


@dataclass(frozen=True, slots=True)
class Sent:
    """A version of a card as it was sent; ``received_at``: when the payment body took it."""

    version: int
    ticket: str
    sent_at: datetime
    body: Body
    early: Early
    permission: str = field(repr=False)
    reason: str = field(repr=False)
    document: str
    days: tuple[dict[str, Any], ...] = field(repr=False)
    received_as: str
    received_at: datetime | None


def sendings(*, niss: str, found: Sheet) -> list[Sent]:
    """The versions of a card, the newest first."""
    rows = Sending.objects.filter(
        card__person__niss__in=persons.numbers_of(niss=niss),
        card__employer__number=found.employer, card__month=found.month,
    )  # fmt: skip
    return [_sent(row) for row in rows.select_related("delivery").order_by("-version")]


def sent_version(*, niss: str, found: Sheet, version: int) -> Sent | None:
    """One of them, or None."""
    every = sendings(niss=niss, found=found)
    return next((one for one in every if one.version == version), None)


def _sent(row: Sending) -> Sent:
    delivery = getattr(row, "delivery", None)
    return Sent(
        row.version, row.ticket, row.sent_at, Body(row.body), Early(row.early), row.permission,
        row.reason, row.document, tuple(row.content["days"]),
        delivery.number if delivery else "", delivery.at if delivery else None,
    )  # fmt: skip
