"""What software is told of requests and notices: that something happened to a ticket, no more.

Told are the employer, and as long as its mandate lasts the enterprise that filed the request for
him; of a notice whoever may answer it. Each once.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from guichet.access.webhooks import operations
from guichet.access.webhooks.operations import Event
from guichet.eservices.career_break import addresses, rights
from guichet.eservices.career_break import webhook_kinds as kinds
from guichet.eservices.career_break.models import Notice, Request
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
_OF_NOTICES: Final[Mapping[str, str]] = {
    "sent": kinds.NOTICE_SENT,
    "withdrawn": kinds.NOTICE_WITHDRAWN,
    "agreed": kinds.NOTICE_AGREED,
    "new_date_agreed": kinds.NOTICE_AGREED,
    "renounced": kinds.NOTICE_RENOUNCED,
    "deemed_accepted": kinds.NOTICE_DEEMED,
    "lapsed": kinds.NOTICE_LAPSED,
}


def tell(row: Request, event: str, *, now: datetime) -> int:
    """Prepare the messages in the transaction of what happened; how many."""
    kind = _KINDS.get(event)
    if kind is None or not row.ticket or not operations.is_listened_to(kind=kind):
        return 0
    return _told(kind, row.ticket, "requests", _concerned(row, now), now)


def tell_of_notice(row: Notice, what: str, *, now: datetime) -> int:
    """The same for a notice, of what the employer did not do himself."""
    kind = _OF_NOTICES.get(what)
    if kind is None or not operations.is_listened_to(kind=kind):
        return 0
    employer = row.employer.number
    known = rights.mandataries_of(employer=employer, on=clock.today(now)) | {employer}
    return _told(kind, row.ticket, "notices", known, now)


def _told(kind: str, ticket: str, what: str, concerned: frozenset[str], now: datetime) -> int:
    item = {
        "ticket": TicketNumber(ticket).formatted(),
        "href": addresses.href(f"/{what}/{ticket}"),
    }
    listening = operations.listeners(kind=kind, enterprises=concerned)
    events = [Event(number, kind, item) for number in sorted(listening)]
    return operations.tell(events=events, now=now)


def _concerned(row: Request, now: datetime) -> frozenset[str]:
    employer, on = row.employer.number, clock.today(now)
    filed = row.versions.filter(event="confirmed").values_list("enterprise", flat=True).first()
    if not filed or not rights.may_act_for(employer=employer, enterprise=filed, on=on):
        return frozenset({employer})
    return frozenset({employer, filed})
