"""Reading both logs for the inspection: everybody's rows within a window, page after page.

A page is found by its place (moment and receipt of the last row before it), never by counting what
is skipped. The SQL stands in files beside this one.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib.resources import files
from typing import Any, Final

from guichet.eservices.presence.day_queries import ANY_REMARK, window
from guichet.platform.db import many_rows
from guichet.presence_log.receipts import NotAReceipt, day_of

COUNTED_TO: Final = 1_000
ACTS: Final = "acts"
DAYS: Final = "days"


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """One row of either log.

    ``at``: the moment of the act, or the midnight at which the day begins; ``kind``: ``in``,
    ``out``, ``day``; ``ssin``: also of a posted person known by a Limosa number; ``employer``: an
    enterprise number or a foreign VAT number; ``sender``: the enterprise whose software, or who in
    a page, sent it, empty for the person's own phone.
    """

    log: str
    receipt: int
    at: datetime
    received_at: datetime
    kind: str
    day: date
    ssin: str
    limosa_number: str
    given_name: str
    family_name: str
    employer: str
    employer_name: str
    works_reference: str
    site_name: str
    activity: str
    channel: str
    sender: str
    sender_name: str
    cancelled_at: datetime | None
    validity: str
    remarks: tuple[str, ...]

    @property
    def person_name(self) -> str:
        """Family name first; empty for a person whom no register knows."""
        return f"{self.family_name} {self.given_name}".strip()

    @property
    def place(self) -> str:
        """Where the next page begins: after this row."""
        return f"{int(self.at.timestamp() * 1_000_000)}-{self.receipt}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched; None asks nothing, days included.

    ``ssins`` and ``limosas``: the numbers of the persons meant; ``validity``: also ``cancelled``;
    ``log``: one of the two, or both.
    """

    first: date
    last: date
    log: str | None = None
    site: str | None = None
    ssins: Collection[str] | None = field(default=None, repr=False)
    limosas: Collection[str] = field(default=(), repr=False)
    enterprise: str | None = None
    activity: str | None = None
    validity: str | None = None
    remark: str | None = None
    receipts: Collection[int] | None = None


Place = tuple[datetime, int]


def found(*, wanted: Wanted, language: str, limit: int, after: Place | None = None) -> list[Found]:
    """The rows, the latest first; ``after``: the place of the last row of the page before."""
    values = _values(wanted) | {"language": language, "limit": limit}
    if after is not None:
        values |= {"after": after[0], "after_receipt": after[1]}
    sql = _FOUND.format(
        picked=f"{_picked(wanted, is_placed=after is not None)}"
        " ORDER BY at DESC, receipt DESC LIMIT %(limit)s",
        employer=name_of("employer"),
        sender=name_of("sent_by"),
    )
    rows = [(*row[:-1], tuple(row[-1])) for row in many_rows(sql, values)]
    return [Found(*row) for row in rows]


def rest(*, wanted: Wanted, after: Place | None = None) -> int:
    """How many rows there are after a place, all of them without one; counted to the end."""
    values = _values(wanted) | {"limit": None}
    if after is not None:
        values |= {"after": after[0], "after_receipt": after[1]}
    picked = _picked(wanted, is_placed=after is not None)
    [[total]] = many_rows(f"SELECT count(*) FROM ({picked}) AS counted", values)  # noqa: S608  # fixed fragments
    return int(total)


def count(*, wanted: Wanted, most: int = COUNTED_TO) -> int:
    """How many rows there are, counted to one more than ``most``."""
    values = _values(wanted) | {"limit": most + 1}
    sql = f"SELECT count(*) FROM ({_picked(wanted, is_placed=False)} LIMIT %(limit)s) AS capped"  # noqa: S608  # fixed fragments
    [[total]] = many_rows(sql, values)
    return int(total)


def of_receipt(*, receipt: int, language: str) -> Found | None:
    """The row of one receipt, from whichever log holds it."""
    try:
        day = day_of(receipt)
    except NotAReceipt:
        return None
    rows = found(wanted=Wanted(day, day, receipts=[receipt]), language=language, limit=1)
    return rows[0] if rows else None


def _picked(wanted: Wanted, *, is_placed: bool) -> str:
    branches = []
    if wanted.log != DAYS:
        branches.append(_ACTS.format(conditions=_conditions(wanted, _OF_ACTS, is_placed)))
    if wanted.log != ACTS:
        branches.append(_DAYS.format(conditions=_conditions(wanted, _OF_DAYS, is_placed)))
    picked = " UNION ALL ".join(f"(SELECT * FROM ({each}) AS branch)" for each in branches)  # noqa: S608  # fixed fragments
    return f"SELECT * FROM ({picked}) AS both_logs"  # noqa: S608  # fixed fragments


def _conditions(wanted: Wanted, texts: Mapping[str, str], is_placed: bool) -> str:
    parts = [text for name, text in texts.items() if name != "after" and _asks(wanted, name)]
    if wanted.remark == ANY_REMARK:
        parts.append("cardinality(verdict.remarks) > 0")
    if is_placed:
        parts.append(texts["after"])
    return "".join(f" AND {part}" for part in parts)


def _asks(wanted: Wanted, name: str) -> bool:
    if name == "remark" and wanted.remark == ANY_REMARK:
        return False
    return getattr(wanted, name) is not None


def _values(wanted: Wanted) -> dict[str, Any]:
    since, until = window(wanted.first, wanted.last)
    return {
        "first": wanted.first,
        "last": wanted.last,
        "since": since,
        "until": until,
        "site": wanted.site,
        "ssins": None if wanted.ssins is None else sorted(wanted.ssins),
        "limosas": sorted(wanted.limosas),
        "enterprise": wanted.enterprise,
        "activity": wanted.activity,
        "validity": wanted.validity,
        "remark": wanted.remark,
        "receipts": None if wanted.receipts is None else sorted(wanted.receipts),
    }


def name_of(table: str) -> str:
    """The name of an enterprise in the reader's language, else its own, else any."""
    own = f"to_jsonb({table}) ->> ('name_' || %(language)s)"
    first = f"to_jsonb({table}) ->> ('name_' || {table}.language)"
    others = ", ".join(f"nullif({table}.name_{code}, '')" for code in ("nl", "fr", "de", "en"))
    return f"coalesce(nullif({own}, ''), nullif({first}, ''), {others}, '')"


def statement(name: str) -> str:
    """The SQL file ``name`` beside this module."""
    return files(__package__).joinpath(f"{name}.sql").read_text("utf-8")


_OF_ACTS: Final[Mapping[str, str]] = {
    "site": "act.works_reference = %(site)s",
    "ssins": "act.ssin = ANY(%(ssins)s)",
    "enterprise": "(act.enterprise_number = %(enterprise)s"
    " OR act.foreign_vat_number = %(enterprise)s)",
    "activity": "act.activity = %(activity)s",
    "validity": "CASE WHEN act.status = 'cancelled' THEN 'cancelled'"
    " ELSE coalesce(verdict.validity, 'pending') END = %(validity)s",
    "remark": "verdict.remarks @> ARRAY[%(remark)s]::text[]",
    "receipts": "act.receipt = ANY(%(receipts)s)",
    "after": "act.occurred_at <= %(after)s"
    " AND (act.occurred_at, act.receipt) < (%(after)s, %(after_receipt)s)",
}
_MIDNIGHT: Final = "(presence.day::timestamp AT TIME ZONE 'Europe/Brussels')"
_OF_DAYS: Final[Mapping[str, str]] = {
    "site": "presence.works_reference = %(site)s",
    "ssins": "(presence.ssin = ANY(%(ssins)s) OR presence.limosa_number = ANY(%(limosas)s))",
    "enterprise": "(presence.enterprise_number = %(enterprise)s"
    " OR presence.foreign_vat_number = %(enterprise)s)",
    "activity": "presence.activity = %(activity)s",
    "validity": "CASE WHEN gone.receipt IS NOT NULL THEN 'cancelled'"
    " ELSE coalesce(verdict.validity, 'pending') END = %(validity)s",
    "remark": "verdict.remarks @> ARRAY[%(remark)s]::text[]",
    "receipts": "presence.receipt = ANY(%(receipts)s)",
    "after": f"({_MIDNIGHT}, presence.receipt) < (%(after)s, %(after_receipt)s)",
}
_FOUND: Final = statement("found")
_ACTS: Final = statement("found_acts")
_DAYS: Final = statement("found_days")
