"""The port by which a card reaches the payment body that the worker chose, and its simulation.

In reality each payment body receives cards over its own link with ONEM. An institution plugs that
link in here; the simulation answers with a number that says what it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Protocol

from guichet.eservices.temporary_unemployment.cards.bodies import Body


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A card as a payment body gets it; ``days``: each day with its state, in order.

    ``corrects``: the ticket of the version that it replaces, or empty.
    """

    body: Body
    ticket: str
    corrects: str
    niss: str = field(repr=False)
    employer: str
    month: date
    days: Sequence[tuple[date, str]] = field(repr=False)
    sent_at: datetime


class PaymentBody(Protocol):
    """Who pays; asked again with the same ticket when an answer got lost."""

    def receive(self, card: Handed) -> str:
        """Take a card in and give it a number; the same card twice has one number.

        Raises NotTaken when it cannot be handed over now.
        """


class NotTaken(Exception):
    """The payment body does not answer; the card is handed over again later."""


class SimulatedBody:
    """SIMULATION: takes every card; its number is marked as a specimen."""

    def receive(self, card: Handed) -> str:
        """``SPECIMEN-CAPAC-`` and the ticket."""
        return f"SPECIMEN-{card.body.name}-{card.ticket}"


PAYMENT_BODY: Final[PaymentBody] = SimulatedBody()
