"""What software is told of requests: that something happened to a ticket, nothing of a person.

Told are the employer, and the enterprise that filed the request for him as long as its mandate
lasts; each once.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from guichet.access.webhooks import operations
from guichet.access.webhooks.operations import Event
from guichet.eservices.career_break import addresses, rights
from guichet.eservices.career_break import webhook_kinds as kinds
from guichet.eservices.career_break.models import Request
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock

# What the office asks the worker stays between them: no message says so.
_KINDS: Final[Mapping[str, str]] = {
    "confirmed": kinds.FILED,
    "modified": kinds.MODIFIED,
    "cancelled": kinds.CANCELLED,
    "withdrawn": kinds.WITHDRAWN,
    "expired": kinds.EXPIRED,
    "completed": kinds.COMPLETED,
    "taken": kinds.TAKEN,
    "decided": kinds.CLOSED,
    "reopened": kinds.REOPENED,
}


def tell(row: Request, event: str, *, now: datetime) -> int:
    """Prepare the messages in the transaction of what happened; how many."""
    kind = _KINDS.get(event)
    if kind is None or not row.ticket or not operations.is_listened_to(kind=kind):
        return 0
    item = {
        "ticket": TicketNumber(row.ticket).formatted(),
        "href": addresses.href(f"/requests/{row.ticket}"),
    }
    listening = operations.listeners(kind=kind, enterprises=_concerned(row, now))
    events = [Event(number, kind, item) for number in sorted(listening)]
    return operations.tell(events=events, now=now)


def _concerned(row: Request, now: datetime) -> frozenset[str]:
    employer, on = row.employer.number, clock.today(now)
    filed = row.versions.filter(event="confirmed").values_list("enterprise", flat=True).first()
    if not filed or not rights.may_act_for(employer=employer, enterprise=filed, on=on):
        return frozenset({employer})
    return frozenset({employer, filed})
