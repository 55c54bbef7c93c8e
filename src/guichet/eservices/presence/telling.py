"""Telling the software of employers which remarks came or went: receipts and codes, no names."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from guichet.access.webhooks import operations
from guichet.access.webhooks.operations import Event


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
    numbers = {one.enterprise_number for one in told if one.enterprise_number}
    if not numbers:
        return 0
    listening = operations.listeners(kind=kind, enterprises=numbers)
    events = [
        Event(
            one.enterprise_number,
            kind,
            {"id": one.receipt, "validity": one.validity, "remarks": list(one.remarks)},
        )
        for one in told
        if one.enterprise_number in listening
    ]
    return operations.tell(events=events, now=now)
