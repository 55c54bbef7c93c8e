"""Reading single acts of the log by their receipt."""

from datetime import datetime, timedelta
from typing import Any, Final, LiteralString

import msgspec
import psycopg
from psycopg.rows import class_row

from guichet.kernel.moments import BRUSSELS
from guichet.presence_log.receipts import day_of

_BY_RECEIPT: Final[LiteralString] = """
SELECT act.receipt, act.occurred_at, act.received_at, act.sender, act.offset_minutes, act.type,
       act.ssin, act.enterprise_number, act.foreign_vat_number, act.works_reference, act.activity,
       act.channel, act.custom_reference, act.longitude, act.latitude, act.address,
       act.status, act.status_at, verdict.validity, verdict.remarks
FROM presence_current AS act
LEFT JOIN presence_verdict AS verdict
    ON verdict.receipt = act.receipt AND verdict.occurred_at = act.occurred_at
    AND verdict.is_current
WHERE act.receipt = %(receipt)s
    AND act.occurred_at >= %(start)s AND act.occurred_at < %(end)s
"""


class StoredAct(msgspec.Struct, frozen=True, kw_only=True):
    """One act as it holds now, with its current verdict; ``validity`` None means pending.

    ``status``: registered, edited or cancelled, the last two by a decision of ``status_at``.
    """

    receipt: int
    occurred_at: datetime
    received_at: datetime
    sender: int | None
    offset_minutes: int
    type: str
    ssin: str
    enterprise_number: str | None
    foreign_vat_number: str | None
    works_reference: str
    activity: str
    channel: str
    custom_reference: str | None
    longitude: float | None
    latitude: float | None
    address: dict[str, str | None] | None
    status: str
    status_at: datetime
    validity: str | None
    remarks: list[str] | None


def day_bounds(receipt: int) -> tuple[datetime, datetime]:
    """The Brussels day of a receipt, from its start (included) to its end (not included).

    A condition on occurred_at with these bounds reads one partition. Raises NotAReceipt.
    """
    day = day_of(receipt)
    start = datetime(day.year, day.month, day.day, tzinfo=BRUSSELS)
    # Wall-clock arithmetic: the next local midnight, also on the nights of change.
    return start, start + timedelta(days=1)


def act(*, connection: psycopg.Connection[Any], receipt: int) -> StoredAct | None:
    """The act with this receipt, or None. Raises NotAReceipt for a number never given.

    Whether the caller may see it is the caller's concern.
    """
    start, end = day_bounds(receipt)
    with connection.cursor(row_factory=class_row(StoredAct)) as cursor:
        cursor.execute(_BY_RECEIPT, {"receipt": receipt, "start": start, "end": end})
        return cursor.fetchone()
