"""Searching the log: what a view may see, within a window, page by page, with exact totals.

Each reason to see an act is a branch with an index of its own; UNION takes together what several
branches found. The window is in every branch, so that the years kept cost nothing.

Pages have numbers outside and, in the depths, places inside: where a page ended is remembered for
the caller who walks on, because OFFSET reads everything that it skips. Nothing depends on that
memory: without it, a page is found by OFFSET.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final, LiteralString, cast

import psycopg
from django.db import connection
from psycopg import sql
from psycopg.rows import class_row

from guichet.eservices.presence.criteria import Criteria, Sort
from guichet.eservices.presence.visibility import FOREVER, View, may_see
from guichet.presence_log import read
from guichet.presence_log.read import StoredAct
from guichet.presence_log.receipts import NotAReceipt

# What each criterion asks of an act; its value is the parameter of the same name.
CONDITIONS: Final[Mapping[str, LiteralString]] = {
    "id": "act.receipt = %(id)s",
    "ssin": "act.ssin = %(ssin)s",
    "type": "act.type = %(type)s",
    "given_name": (
        "EXISTS (SELECT 1 FROM persons_person AS person WHERE person.niss = act.ssin"
        " AND person.given_name = %(given_name)s)"
    ),
    "family_name": (
        "EXISTS (SELECT 1 FROM persons_person AS person WHERE person.niss = act.ssin"
        " AND person.family_name = %(family_name)s)"
    ),
    "enterprise_number": "act.enterprise_number = %(enterprise_number)s",
    "foreign_vat_number": "act.foreign_vat_number = %(foreign_vat_number)s",
    "post_code": "act.address ->> 'postCode' = %(post_code)s",
    "municipality_name": "act.address ->> 'municipalityName' = %(municipality_name)s",
    "street_name": "act.address ->> 'streetName' = %(street_name)s",
    "house_number": "act.address ->> 'houseNumber' = %(house_number)s",
    "box_number": "act.address ->> 'boxNumber' = %(box_number)s",
    # No act has a description yet.
    "description": "%(description)s::text IS NULL",
    "works_reference": "act.works_reference = %(works_reference)s",
    "activity": "act.activity = %(activity)s",
    "channel": "act.channel = %(channel)s",
    "custom_reference": "act.custom_reference = %(custom_reference)s",
    # `failed` is what older clients call the validity.
    "status": (
        "(%(status)s = act.status OR %(status)s = 'failed' AND verdict.validity = 'failed')"
    ),
    "status_date": (
        "date_trunc('milliseconds', act.status_at)"
        " = date_trunc('milliseconds', %(status_date)s::timestamptz)"
    ),
    "validity": "coalesce(verdict.validity, 'pending') = %(validity)s",
    "remarks": "verdict.remarks && %(remarks)s::text[]",
}
_ON_VERDICT: Final = frozenset({"status", "validity", "remarks"})

# Never null; texts compare as they are stored, unless the caller ignores case.
_ORDERINGS: Final[Mapping[str, LiteralString]] = {
    "id": "act.receipt",
    "registrationDate": "act.occurred_at",
    "ssin": "act.ssin",
    "type": "act.type",
    "contractualRelationshipReference": "act.works_reference",
    "status.date": "act.status_at",
    "channel": "act.channel",
    "validity": "coalesce(verdict.validity, 'pending')",
}
_TEXTS: Final = frozenset({"ssin", "type", "contractualRelationshipReference", "channel"})

# Why an act may be seen; the pages ask with the same reasons.
OWN_STAFF: Final[LiteralString] = "act.enterprise_number = %(own)s"
SENT_BY_CHANNEL: Final[LiteralString] = "act.sender = %(sender)s"
ON_OWN_SITES: Final[LiteralString] = "act.works_reference = ANY(%(sites)s)"
BELOW_IN_CHAIN: Final[LiteralString] = """EXISTS (
    SELECT 1 FROM unnest(%(chain_sites)s::text[], %(chain_numbers)s::text[], %(chain_vats)s::text[],
                         %(chain_first)s::date[], %(chain_last)s::date[])
         AS link (works_reference, enterprise_number, foreign_vat_number, first_day, last_day)
    WHERE link.works_reference = act.works_reference
      AND (link.enterprise_number = act.enterprise_number
           OR link.foreign_vat_number = act.foreign_vat_number)
      AND (act.occurred_at AT TIME ZONE 'Europe/Brussels')::date
          BETWEEN link.first_day AND link.last_day
) AND act.works_reference = ANY(%(chain_sites)s)"""
# EXISTS and not IN: only from PostgreSQL 17 on is an IN that looks at the act planned as a join.
LENT_WORKERS: Final[LiteralString] = """EXISTS (
    SELECT 1
    FROM employments_relation AS relation
    JOIN enterprises_enterprise AS agency ON agency.id = relation.employer_id
    JOIN enterprises_enterprise AS user_firm ON user_firm.id = relation.user_enterprise_id
    JOIN persons_person AS person ON person.id = relation.person_id
    JOIN employments_period AS period ON period.relation_id = relation.id
    WHERE agency.number = %(own)s AND period.state = 'active'
      AND person.niss = act.ssin AND user_firm.number = act.enterprise_number
      AND (act.occurred_at AT TIME ZONE 'Europe/Brussels')::date
          BETWEEN period.first_day AND coalesce(period.last_day, %(forever)s)
)"""

_BRANCH: Final = sql.SQL(
    """
    SELECT act.receipt, act.occurred_at, {ordering} AS ordering
    FROM presence_current AS act {verdict}
    WHERE act.occurred_at BETWEEN %(since)s AND %(until)s AND {conditions}
    """
)
_VERDICT: Final = sql.SQL(
    """LEFT JOIN presence_verdict AS verdict
        ON verdict.receipt = act.receipt AND verdict.occurred_at = act.occurred_at
        AND verdict.is_current AND verdict.occurred_at BETWEEN %(since)s AND %(until)s"""
)
_COUNT: Final = sql.SQL("SELECT count(*) FROM ({found}) AS found")
_PAGE: Final = sql.SQL(
    """
    WITH page AS (
        SELECT found.receipt, found.occurred_at, found.ordering
        FROM ({found}) AS found {after}
        ORDER BY found.ordering {direction}, found.receipt {direction}
        LIMIT %(limit)s OFFSET %(offset)s
    )
    SELECT act.receipt, act.occurred_at, act.received_at, act.sender, act.offset_minutes,
           act.type, act.ssin, act.enterprise_number, act.foreign_vat_number,
           act.works_reference, act.activity, act.channel, act.custom_reference,
           act.longitude, act.latitude, act.address, act.status, act.status_at,
           verdict.validity, verdict.remarks,
           page.ordering
    FROM page
    JOIN presence_current AS act ON act.receipt = page.receipt
         AND act.occurred_at = page.occurred_at
         AND act.occurred_at BETWEEN %(since)s AND %(until)s {verdict}
    ORDER BY page.ordering {direction}, page.receipt {direction}
    """
)
# The first half is what an index understands.
_AFTER_PLACE: Final[LiteralString] = (
    "WHERE found.ordering >= %(after)s"
    " AND (found.ordering, found.receipt) > (%(after)s, %(after_receipt)s)"
)
_BEFORE_PLACE: Final[LiteralString] = (
    "WHERE found.ordering <= %(after)s"
    " AND (found.ordering, found.receipt) < (%(after)s, %(after_receipt)s)"
)
_NAMES: Final = "SELECT given_name, family_name FROM persons_person WHERE niss = %(ssin)s"


class FoundAct(StoredAct, frozen=True, kw_only=True):
    """A stored act, and what the search ordered it by."""

    ordering: Any


@dataclass(frozen=True, slots=True)
class Page:
    """One page of acts; ``total`` counts the acts of every page."""

    acts: Sequence[StoredAct]
    total: int


class Places:
    """Where pages ended, for a few minutes and a few thousand pages, in this process only."""

    def __init__(
        self,
        *,
        seconds: float = 120.0,
        size: int = 4000,
        tick: Callable[[], float] = time.monotonic,
    ) -> None:
        self._seconds = seconds
        self._size = size
        self._tick = tick
        self._ends: OrderedDict[tuple[str, int], tuple[float, Any, int]] = OrderedDict()
        self._lock = Lock()

    def end_of(self, walk: str, page: int) -> tuple[Any, int] | None:
        """The ordering and the receipt of the last act of a page, if still known."""
        with self._lock:
            kept = self._ends.get((walk, page))
        if kept is None or kept[0] < self._tick():
            return None
        return kept[1], kept[2]

    def remember(self, walk: str, page: int, ordering: object, receipt: int) -> None:
        """Keep where a page ended; the oldest places make room."""
        with self._lock:
            self._ends[walk, page] = (self._tick() + self._seconds, ordering, receipt)
            self._ends.move_to_end((walk, page))
            while len(self._ends) > self._size:
                self._ends.popitem(last=False)


PLACES: Final = Places()
# Below this many acts to skip, OFFSET costs nothing worth a memory.
SHALLOW: Final = 1000


def visible_act(*, view: View, receipt: int) -> tuple[StoredAct | None, StoredAct | None]:
    """The act with this receipt if the view holds it, else None; and the act behind a refusal."""
    try:
        act = read.act(connection=_psycopg(), receipt=receipt)
    except NotAReceipt:
        return None, None
    if act is None or may_see(view=view, act=act):
        return act, None
    return None, act


def names(*, ssin: str) -> tuple[str, str] | None:
    """Given name and family name in the register of persons; None for an unknown person."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, {"ssin": ssin})
        found: tuple[str, str] | None = cursor.fetchone()
    return found


def search(
    *,
    view: View,
    criteria: Criteria,
    page: int,
    page_size: int,
    places: Places = PLACES,
    shallow: int = SHALLOW,
) -> Page:
    """Page number ``page`` (from 1) of the acts that the view holds and the criteria want.

    ``shallow``: how many acts are skipped by counting before a remembered place is used.
    """
    given = _parameters(view, criteria)
    found = _found(view, criteria)
    [(total,)] = _psycopg().execute(_COUNT.format(found=found), given).fetchall()
    offset = (page - 1) * page_size
    if offset >= total:
        return Page((), total)
    walk = _walk(view, criteria, page_size)
    place = places.end_of(walk, page - 1) if offset >= shallow else None
    given |= {"limit": page_size, "offset": 0 if place else offset}
    if place:
        given |= {"after": place[0], "after_receipt": place[1]}
    acts = _page(found, criteria.sort, given, is_placed=place is not None)
    if acts and offset + page_size >= shallow:
        places.remember(walk, page, acts[-1].ordering, acts[-1].receipt)
    return Page(acts, total)


def _page(
    found: sql.Composable, sort: Sort, given: Mapping[str, Any], *, is_placed: bool
) -> list[FoundAct]:
    after: LiteralString = ""
    if is_placed:
        after = _BEFORE_PLACE if sort.is_descending else _AFTER_PLACE
    query = _PAGE.format(
        found=found,
        after=sql.SQL(after),
        direction=sql.SQL("DESC" if sort.is_descending else "ASC"),
        verdict=_VERDICT,
    )
    with _psycopg().cursor(row_factory=class_row(FoundAct)) as cursor:
        return cursor.execute(query, given).fetchall()


def _found(view: View, criteria: Criteria) -> sql.Composable:
    """Receipt, moment and ordering of every act that is wanted and visible."""
    wanted: list[LiteralString] = [CONDITIONS[name] for name in criteria.wanted]
    ordering = _ORDERINGS[criteria.sort.property]
    if criteria.sort.ignore_case and criteria.sort.property in _TEXTS:
        ordering = "lower(" + ordering + ")"
    needs_verdict = criteria.sort.property == "validity" or not _ON_VERDICT.isdisjoint(
        criteria.wanted
    )
    branches = [
        _BRANCH.format(
            ordering=sql.SQL(ordering),
            verdict=_VERDICT if needs_verdict else sql.SQL(""),
            conditions=sql.SQL(" AND ").join(sql.SQL(text) for text in (reason, *wanted)),
        )
        for reason in _reasons(view, criteria)
    ]
    return sql.SQL(" UNION ").join(branches)


def _reasons(view: View, criteria: Criteria) -> list[LiteralString]:
    """Why an act may be seen; one reason is enough when the criteria ask for own staff only."""
    if criteria.wanted.get("enterprise_number") == view.enterprise_number:
        return [OWN_STAFF]
    return [SENT_BY_CHANNEL, *reasons(view)]


def reasons(view: View) -> list[LiteralString]:
    """Why an enterprise may see an act; conditions on ``act`` with the values of `of_view`."""
    found = [OWN_STAFF]
    if view.sites:
        found.append(ON_OWN_SITES)
    if view.chain:
        found.append(BELOW_IN_CHAIN)
    if view.lends_workers:
        found.append(LENT_WORKERS)
    return found


def of_view(view: View) -> dict[str, Any]:
    """The values of `reasons`."""
    chain = view.chain
    return {
        "own": view.enterprise_number,
        "sites": list(view.sites),
        "chain_sites": [link.works_reference for link in chain],
        "chain_numbers": [link.enterprise_number for link in chain],
        "chain_vats": [link.foreign_vat_number for link in chain],
        "chain_first": [link.first_day for link in chain],
        "chain_last": [link.last_day for link in chain],
        "forever": FOREVER,
    }


def _parameters(view: View, criteria: Criteria) -> dict[str, Any]:
    own = {"since": criteria.since, "until": criteria.until, "sender": view.channel}
    return {**criteria.wanted, **own, **of_view(view)}


def _walk(view: View, criteria: Criteria, page_size: int) -> str:
    """The caller and the question, as one digest: nobody continues another one's walk."""
    asked = repr((view, criteria, page_size))
    return hashlib.sha256(asked.encode()).hexdigest()


def _psycopg() -> psycopg.Connection[Any]:
    """Django's own connection, without its wrappers: these statements only read."""
    connection.ensure_connection()
    return cast("psycopg.Connection[Any]", connection.connection)
