"""What software is told of requests and notices: that something happened to a ticket, no more.

Told are the employer, and as long as its mandate lasts the enterprise that filed the request for
him; of a notice whoever may answer it. Each once.
"""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Final

from procrastinate.contrib.django import app

from guichet.access.webhooks import operations
from guichet.access.webhooks.operations import Event
from guichet.eservices.career_break import addresses, decided, rights
from guichet.eservices.career_break import webhook_kinds as kinds
from guichet.eservices.career_break.models import Notice, Request
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.rules.career_break.states import State

JOB: Final = "career_break.tell_closed"
# What the office asks the worker stays between them: no message says so.
_KINDS: Final[Mapping[str, str]] = {
    "confirmed": kinds.FILED,
    "modified": kinds.MODIFIED,
    "cancelled": kinds.CANCELLED,
    "withdrawn": kinds.WITHDRAWN,
    "expired": kinds.EXPIRED,
    "completed": kinds.COMPLETED,
    "taken": kinds.TAKEN,
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
    """Prepare the messages in the transaction of what happened; how many.

    A decision is told from the day on which it is sent; one that was held back never was, and so
    its file was not opened again either.
    """
    if event == "decided":
        _tell_later(row, now)
        return 0
    if event == "reopened" and decided.was_held_back(row):
        return 0
    return _tell(row, _KINDS.get(event), now)


def tell_closed(*, request: int, version: int, now: datetime) -> int:
    """Tell of a decision that is sent by now and stands; how many messages."""
    with transaction():
        row = Request.objects.select_related("employer").filter(pk=request, version=version).first()
        if row is None or decided.known_state(row, today=clock.today(now)) is not State.CLOSED:
            return 0
        return _tell(row, kinds.CLOSED, now)


def _tell_later(row: Request, now: datetime) -> None:
    on = decided.known_from(row)
    if on is not None and row.ticket and operations.is_listened_to(kind=kinds.CLOSED):
        midnight = datetime.combine(on, time(), clock.BRUSSELS)
        task = app.configure_task(name=JOB, schedule_at=max(midnight, now))
        task.defer(request=row.pk, version=row.version)


def _tell(row: Request, kind: str | None, now: datetime) -> int:
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
