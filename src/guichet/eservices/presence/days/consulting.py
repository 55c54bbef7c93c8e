"""Reading presences of days for machines: by periods, states and remarks, in any order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from django.db import connection

from guichet.eservices.presence.days.queries import (
    Filters,
    asked_of,
    conditions_of,
    counted,
    statement,
)
from guichet.eservices.presence.visibility import View
from guichet.presence_log.receipts import NotAReceipt, day_of


class Order(StrEnum):
    """By what a list is sorted; then by receipt."""

    ID = "ID"
    DAY = "REGISTRATION DATE"
    CREATED = "CREATION DATE"
    STATE = "STATUS"
    SITE = "PLACE OF WORK"
    EMPLOYER = "COMPANY ID"
    CHANNEL = "CHANNEL"
    SENDER = "SENDER ID"


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included; one that ends before it begins holds nothing."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; None does not filter, several values are alternatives.

    ``ssins``: the numbers that one person has had; ``states``: ``pending``, ``validated``,
    ``failed``, ``cancelled``; ``remarks``: their codes; ``created_from`` and ``created_to``
    included.
    """

    view: View = field(repr=False)
    periods: Sequence[Period]
    ssins: Collection[str] | None = field(default=None, repr=False)
    enterprise_number: str | None = None
    works_reference: str | None = None
    states: Collection[str] | None = None
    remarks: Collection[str] | None = None
    created_from: datetime | None = None
    created_to: datetime | None = None
    activities: Collection[str] | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Presence:
    """One presence; ``validity`` is ``pending`` until it is checked."""

    receipt: int
    day: date
    created_at: datetime
    ssin: str | None
    limosa_number: str | None
    enterprise_number: str | None
    foreign_vat_number: str | None
    works_reference: str
    activity: str
    channel: str
    custom_reference: str | None
    sender_enterprise: str | None
    cancelled_at: datetime | None
    validity: str
    decided_at: datetime | None
    remarks: tuple[str, ...]


def search(
    *, wanted: Search, order: Order, is_descending: bool, offset: int, limit: int
) -> list[Presence]:
    """A page of what fits, ``limit`` at most after the first ``offset``."""
    filters = _filters(wanted)
    sql = _LIST.replace("{conditions}", conditions_of(filters) + _further(wanted))
    direction = "DESC" if is_descending else "ASC"
    # Both come from this module: an order is a word of ours, never of the caller.
    sql = sql.replace("{order}", f"{_ORDERS[order]} {direction} NULLS LAST")
    asked = asked_of(filters) | _values(wanted) | {"limit": limit, "offset": offset}
    return _read(sql.replace("{direction}", direction), asked)


def total(*, wanted: Search, most: int) -> int:
    """How many fit, counted to ``most``."""
    filters = _filters(wanted)
    return counted(wanted=filters, most=most, further=_further(wanted), values=_values(wanted))


def of_receipts(*, receipts: Collection[int], view: View | None) -> dict[int, Presence]:
    """Those of these receipts that the view holds; without a view all that there are."""
    days = [day for day in map(_day, receipts) if day is not None]
    if not days:
        return {}
    filters = Filters(min(days), max(days), view=view, receipts=receipts)
    sql = _LIST.replace("{conditions}", conditions_of(filters)).replace("{order}", "presence.day")
    asked = asked_of(filters) | {"limit": len(set(receipts)), "offset": 0}
    return {one.receipt: one for one in _read(sql.replace("{direction}", ""), asked)}


def _day(receipt: int) -> date | None:
    try:
        return day_of(receipt)
    except NotAReceipt:
        return None


def _read(sql: str, asked: dict[str, Any]) -> list[Presence]:
    names = [one.name for one in fields(Presence)]
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return [
            Presence(**dict(zip(names, [*columns, tuple(remarks)], strict=True)))
            for *columns, remarks in cursor.fetchall()
        ]


def _filters(wanted: Search) -> Filters:
    return Filters(
        min(one.first for one in wanted.periods),
        max(one.last for one in wanted.periods),
        view=wanted.view,
        works_reference=wanted.works_reference,
    )


def _values(wanted: Search) -> dict[str, Any]:
    return {
        "starts": [one.first for one in wanted.periods],
        "ends": [one.last for one in wanted.periods],
        "ssins": _sorted(wanted.ssins),
        "employer": wanted.enterprise_number,
        "states": _sorted(wanted.states),
        "wanted_remarks": _sorted(wanted.remarks),
        "created_from": wanted.created_from,
        "created_to": wanted.created_to,
        "activities": _sorted(wanted.activities),
    }


def _sorted(words: Collection[str] | None) -> list[str] | None:
    return None if words is None else sorted(words)


def _further(wanted: Search) -> str:
    values = _values(wanted)
    return "".join(f" AND {text}" for name, text in _CONDITIONS.items() if values[name] is not None)


_STATE: Final = (
    "CASE WHEN gone.receipt IS NOT NULL THEN 'cancelled'"
    " ELSE coalesce(verdict.validity, 'pending') END"
)
_CONDITIONS: Final = {
    "starts": (
        "EXISTS (SELECT 1 FROM unnest(%(starts)s::date[], %(ends)s::date[]) AS period (a, b)"
        " WHERE presence.day BETWEEN period.a AND period.b)"
    ),
    "ssins": "presence.ssin = ANY(%(ssins)s)",
    "employer": "presence.enterprise_number = %(employer)s",
    "states": f"{_STATE} = ANY(%(states)s)",
    "wanted_remarks": "verdict.remarks && %(wanted_remarks)s::text[]",
    "created_from": "presence.created_at >= %(created_from)s",
    "created_to": "presence.created_at <= %(created_to)s",
    "activities": "presence.activity = ANY(%(activities)s)",
}
_ORDERS: Final = {
    Order.ID: "presence.receipt",
    Order.DAY: "presence.day",
    Order.CREATED: "presence.created_at",
    Order.STATE: _STATE,
    Order.SITE: "presence.works_reference",
    Order.EMPLOYER: "presence.enterprise_number",
    Order.CHANNEL: "presence.channel",
    Order.SENDER: "presence.sender_enterprise",
}
_LIST: Final = statement("consulting")
