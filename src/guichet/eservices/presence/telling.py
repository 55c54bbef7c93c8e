"""Telling software which remarks came or went: receipts and codes, no names.

Told are the employer of whom a registration is, and whoever sent it, each once.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import connection

from guichet.access.webhooks import operations
from guichet.access.webhooks.operations import Event
from guichet.eservices.presence.day_queries import window
from guichet.eservices.presence.facts import statement
from guichet.eservices.presence.webhook_kinds import ACTS, DAYS
from guichet.presence_log.receipts import day_of


class Checked(NamedTuple):
    """A new round of a registration of an employer; ``before``: the remarks of the round before."""

    receipt: int
    enterprise_number: str | None
    validity: str
    remarks: Sequence[str]
    before: Sequence[str] | None


def tell(*, kind: str, checked: Iterable[Checked], now: datetime) -> int:
    """In the transaction of the round; how many messages were prepared.

    A first round without remarks says nothing new and is not told.
    """
    told = [one for one in checked if one.remarks or one.before]
    if not told or not operations.is_listened_to(kind=kind):
        return 0
    senders = _senders(kind, [one.receipt for one in told])
    meant = [(one, {one.enterprise_number, senders.get(one.receipt)}) for one in told]
    numbers = {number for _one, both in meant for number in both if number}
    listening = operations.listeners(kind=kind, enterprises=numbers)
    events = [
        Event(
            number,
            kind,
            {"id": one.receipt, "validity": one.validity, "remarks": list(one.remarks)},
        )
        for one, both in meant
        for number in sorted(listening.intersection(number for number in both if number))
    ]
    return operations.tell(events=events, now=now)


def _senders(kind: str, receipts: Sequence[int]) -> Mapping[int, str]:
    """The enterprise that sent each of these, where one did."""
    days = [day_of(receipt) for receipt in receipts]
    since, until = window(min(days), max(days))
    asked: dict[str, Any] = {
        "receipts": list(receipts), "since": since, "until": until, "first": min(days),
        "last": max(days),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_SENT[kind], asked)
        return dict(cursor.fetchall())


_SENT: Final = {ACTS: statement("senders_acts"), DAYS: statement("senders_days")}
