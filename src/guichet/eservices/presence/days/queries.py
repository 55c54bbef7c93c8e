"""Reading presences of days: for withdrawing, for the lists of people, for the next crew."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from importlib.resources import files
from typing import Any, Final, Protocol

import msgspec
from django.db import connection

from guichet.eservices.presence.visibility import FOREVER, View

Key = tuple[date, str, str | None, str | None, str | None, str | None]


def statement(name: str) -> str:
    """The SQL file ``name`` beside this module."""
    return files(__package__).joinpath(f"{name}.sql").read_text("utf-8")


class _Named(Protocol):
    """What says which presence is meant."""

    @property
    def day(self) -> date: ...
    @property
    def works_reference(self) -> str: ...
    @property
    def ssin(self) -> str | None: ...
    @property
    def limosa_number(self) -> str | None: ...
    @property
    def enterprise_number(self) -> str | None: ...
    @property
    def foreign_vat_number(self) -> str | None: ...


@dataclass(frozen=True, slots=True, repr=False)
class ForCancelling:
    """What decides whether somebody may withdraw a presence."""

    receipt: int
    day: date
    works_reference: str
    ssin: str | None
    limosa_number: str | None
    enterprise_number: str | None
    foreign_vat_number: str | None
    sender_enterprise: str | None
    is_cancelled: bool

    def withdrawn(self) -> "ForCancelling":
        """The same after its withdrawal."""
        return replace(self, is_cancelled=True)


@dataclass(frozen=True, slots=True, repr=False)
class DayShown:
    """One presence as a page shows it; ``validity`` is ``pending`` until it is checked."""

    receipt: int
    day: date
    created_at: datetime
    ssin: str | None
    limosa_number: str | None
    given_name: str
    family_name: str
    sort_key: str
    enterprise_number: str | None
    foreign_vat_number: str | None
    employer_name: str
    works_reference: str
    site_name: str
    activity: str
    channel: str
    sender_enterprise: str | None
    sender_name: str
    capacity: str | None
    cancelled_at: datetime | None
    cancel_reason: str | None
    validity: str
    remarks: tuple[str, ...]

    @property
    def worker_name(self) -> str:
        """Family name first; empty for somebody whom no register knows."""
        return f"{self.family_name} {self.given_name}".strip()


@dataclass(frozen=True, slots=True)
class Filters:
    """Which presences a list shows; days included, None does not filter.

    ``state``: ``pending``, ``validated``, ``failed`` or ``cancelled``.
    """

    first: date
    last: date
    view: View | None = field(default=None, repr=False)
    own: str | None = None
    ssin: str | None = field(default=None, repr=False)
    works_reference: str | None = None
    state: str | None = None
    receipts: Collection[int] | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One round of checks."""

    round: int
    decided_at: datetime
    validity: str
    remarks: tuple[str, ...]


def key_of(one: _Named) -> Key:
    """What makes two presences the same."""
    return (
        one.day, one.works_reference, one.ssin, one.limosa_number, one.enterprise_number,
        one.foreign_vat_number,
    )  # fmt: skip


def announced(*, wanted: Sequence[_Named]) -> set[Key]:
    """Which of these are registered already and not withdrawn."""
    if not wanted:
        return set()
    asked: dict[str, Any] = {
        "first": min(one.day for one in wanted),
        "last": max(one.day for one in wanted),
        "references": sorted({one.works_reference for one in wanted}),
        "ssins": sorted({one.ssin for one in wanted if one.ssin}),
        "limosas": sorted({one.limosa_number for one in wanted if one.limosa_number}),
    }
    with connection.cursor() as cursor:
        cursor.execute(_ANNOUNCED, asked)
        return {tuple(row) for row in cursor.fetchall()}


def registered(
    *, day: date, sites: Collection[str], ssins: Collection[str]
) -> set[tuple[str, str, str | None]]:
    """Who of these people (numbers) has a presence of this day on these sites, not withdrawn.

    With the site and the employer (None for one without a Belgian number). A posted worker is
    found by his own number too, when a register knows his Limosa number.
    """
    if not ssins:
        return set()
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"day": day, "sites": sorted(sites), "ssins": sorted(ssins)}
        cursor.execute(_REGISTERED, asked)
        return {(ssin, site, employer) for ssin, site, employer in cursor.fetchall()}


def for_cancelling(*, receipts: Sequence[int]) -> dict[int, ForCancelling]:
    """The presences of these receipts, locked against a withdrawal beside this one."""
    with connection.cursor() as cursor:
        cursor.execute(_FOR_CANCELLING, {"receipts": sorted(set(receipts))})
        return {row[0]: ForCancelling(*row) for row in cursor.fetchall()}


def store_cancellation(
    *,
    receipt: int,
    day: date,
    reason: str,
    now: datetime,
    person_id: int | None,
    channel: int | None,
) -> None:
    """Put the withdrawal beside the presence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO presence_day_cancellation"
            " (receipt, day, cancelled_at, cancelled_by, sender, reason)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [receipt, day, now, person_id, channel, reason],
        )


def beside(*, row: ForCancelling) -> list[int]:
    """The receipts of the same person on the same site and day: one of them may be a repeat."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT receipt FROM presence_day WHERE day = %s AND works_reference = %s"
            " AND (ssin = %s OR limosa_number = %s) AND receipt <> %s",
            [row.day, row.works_reference, row.ssin, row.limosa_number, row.receipt],
        )
        return [receipt for (receipt,) in cursor.fetchall()]


def listed(*, wanted: Filters, limit: int, offset: int = 0) -> list[DayShown]:
    """Presences by day, site, employer and name."""
    asked = asked_of(wanted) | {"limit": limit, "offset": offset}
    with connection.cursor() as cursor:
        cursor.execute(_LISTED.replace("{conditions}", conditions_of(wanted)), asked)
        return [_shown(row) for row in cursor.fetchall()]


def counted(
    *, wanted: Filters, most: int, further: str = "", values: Mapping[str, Any] | None = None
) -> int:
    """How many there are, counted to ``most``.

    ``further``: conditions of a neighbour's own beside these, with the ``values`` they take.
    """
    sql = _COUNTED.replace("{conditions}", conditions_of(wanted) + further)
    with connection.cursor() as cursor:
        cursor.execute(sql, asked_of(wanted) | dict(values or {}) | {"most": most})
        [count] = cursor.fetchone() or (0,)
    return int(count)


def rounds(*, receipt: int, day: date) -> list[Round]:
    """Every round of checks of one presence, the first one first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT round, decided_at, validity, remarks FROM presence_day_verdict"
            " WHERE receipt = %s AND day = %s ORDER BY round",
            [receipt, day],
        )
        return [
            Round(number, at, validity, tuple(remarks))
            for number, at, validity, remarks in cursor.fetchall()
        ]


def last_crew(
    *, works_reference: str, before: date, senders: str, employers: Collection[str] | None
) -> list[DayShown]:
    """The presences of the last day before ``before`` with any on this site.

    ``employers``: only of these (numbers of enterprises or foreign VAT numbers); None is all that
    ``senders`` announced.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _LAST_DAY,
            {"reference": works_reference, "before": before, "sender": senders,
             "employers": None if employers is None else sorted(employers)},
        )  # fmt: skip
        [day] = cursor.fetchone() or (None,)
    if day is None:
        return []
    wanted = Filters(day, day, works_reference=works_reference)
    rows = listed(wanted=wanted, limit=5_000)
    return [
        row
        for row in rows
        if row.cancelled_at is None
        and (
            row.sender_enterprise == senders
            if employers is None
            else {row.enterprise_number, row.foreign_vat_number} & set(employers)
        )
    ]


def _shown(row: Sequence[Any]) -> DayShown:
    *columns, remarks = row
    names = [one.name for one in fields(DayShown)]
    return DayShown(**dict(zip(names, [*columns, tuple(remarks)], strict=True)))


def asked_of(wanted: Filters) -> dict[str, Any]:
    """The values that the conditions of these filters take."""
    view = wanted.view
    chain = [] if view is None else [
        [one.works_reference, one.enterprise_number or one.foreign_vat_number,
         one.first_day.isoformat(), one.last_day.isoformat()] for one in view.chain
    ]  # fmt: skip
    return {
        "first": wanted.first,
        "last": wanted.last,
        "own": wanted.own,
        "ssin": wanted.ssin,
        "reference": wanted.works_reference,
        "state": wanted.state,
        "receipts": None if wanted.receipts is None else sorted(wanted.receipts),
        "enterprise": None if view is None else view.enterprise_number,
        "sites": [] if view is None else list(view.sites),
        "chain": msgspec.json.encode(chain).decode(),
        "forever": FOREVER,
    }


def conditions_of(wanted: Filters) -> str:
    """What these filters ask, in SQL; it names ``presence``, ``gone`` and ``verdict``."""
    given: Mapping[str, object] = {
        "own": wanted.own,
        "ssin": wanted.ssin,
        "reference": wanted.works_reference,
        "state": wanted.state,
        "receipts": wanted.receipts,
        "view": wanted.view,
    }
    return " ".join(f"AND {text}" for name, text in _CONDITIONS.items() if given[name] is not None)


_CONDITIONS: Final = {
    # Own people, and whatever was announced for this enterprise.
    "own": "(presence.enterprise_number = %(own)s OR presence.sender_enterprise = %(own)s)",
    "ssin": "presence.ssin = %(ssin)s",
    "reference": "presence.works_reference = %(reference)s",
    "receipts": "presence.receipt = ANY(%(receipts)s)",
    "state": (
        "CASE WHEN gone.receipt IS NOT NULL THEN 'cancelled'"
        " ELSE coalesce(verdict.validity, 'pending') END = %(state)s"
    ),
    "view": (
        "(presence.enterprise_number = %(enterprise)s"
        " OR presence.sender_enterprise = %(enterprise)s"
        " OR presence.works_reference = ANY(%(sites)s)"
        " OR EXISTS (SELECT 1 FROM json_array_elements(%(chain)s::json) AS link"
        "   WHERE link ->> 0 = presence.works_reference"
        "     AND link ->> 1 IN (presence.enterprise_number, presence.foreign_vat_number)"
        "     AND presence.day BETWEEN (link ->> 2)::date AND (link ->> 3)::date)"
        " OR EXISTS (SELECT 1 FROM employments_relation AS relation"
        "   JOIN enterprises_enterprise AS agency ON agency.id = relation.employer_id"
        "   JOIN enterprises_enterprise AS firm ON firm.id = relation.user_enterprise_id"
        "   JOIN persons_person AS lent ON lent.id = relation.person_id"
        "   JOIN employments_period AS period ON period.relation_id = relation.id"
        "   WHERE agency.number = %(enterprise)s AND firm.number = presence.enterprise_number"
        "     AND lent.niss = presence.ssin AND period.state = 'active'"
        "     AND presence.day BETWEEN period.first_day"
        "       AND coalesce(period.last_day, %(forever)s)))"
    ),
}
_REGISTERED: Final = statement("registered")
_LISTED: Final = statement("listed")
_COUNTED: Final = statement("counted")
_ANNOUNCED: Final = """
SELECT presence.day, presence.works_reference, presence.ssin, presence.limosa_number,
       presence.enterprise_number, presence.foreign_vat_number
FROM presence_day AS presence
WHERE presence.day BETWEEN %(first)s AND %(last)s
  AND presence.works_reference = ANY(%(references)s)
  AND (presence.ssin = ANY(%(ssins)s) OR presence.limosa_number = ANY(%(limosas)s))
  AND NOT EXISTS (SELECT 1 FROM presence_day_cancellation AS gone
                  WHERE gone.receipt = presence.receipt AND gone.day = presence.day)
"""
_FOR_CANCELLING: Final = """
SELECT presence.receipt, presence.day, presence.works_reference, presence.ssin,
       presence.limosa_number, presence.enterprise_number, presence.foreign_vat_number,
       presence.sender_enterprise,
       EXISTS (SELECT 1 FROM presence_day_cancellation AS gone
               WHERE gone.receipt = presence.receipt AND gone.day = presence.day)
FROM presence_day AS presence
WHERE presence.receipt = ANY(%(receipts)s)
ORDER BY presence.receipt
FOR UPDATE OF presence
"""
_LAST_DAY: Final = """
SELECT max(presence.day)
FROM presence_day AS presence
WHERE presence.works_reference = %(reference)s
  AND presence.day < %(before)s
  AND CASE WHEN %(employers)s::text[] IS NULL THEN presence.sender_enterprise = %(sender)s
           ELSE coalesce(presence.enterprise_number, presence.foreign_vat_number)
                = ANY(%(employers)s) END
  AND NOT EXISTS (SELECT 1 FROM presence_day_cancellation AS gone
                  WHERE gone.receipt = presence.receipt AND gone.day = presence.day)
"""
