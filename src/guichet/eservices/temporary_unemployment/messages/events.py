"""What software is told: that something happened to a ticket, and where it is read; no more."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from guichet.access.webhooks import operations
from guichet.access.webhooks.operations import Event
from guichet.kernel.ticket import TicketNumber

BASE = "/ctw/v1"


def tell(kind: str, *, enterprise: str, ticket: str, path: str, now: datetime) -> int:
    """Prepare a message in the transaction of what happened; how many."""
    if not operations.is_listened_to(kind=kind):
        return 0
    item = {
        "ticket": TicketNumber(ticket).formatted(),
        "href": f"{settings.ENVIRONMENT.services_url}{BASE}{path}",
    }
    listening = operations.listeners(kind=kind, enterprises=[enterprise])
    events = [Event(number, kind, item) for number in sorted(listening)]
    return operations.tell(events=events, now=now)
