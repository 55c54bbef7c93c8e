"""Reading the log for people: acts with names, sites and the current verdict, by period.

Set-based SQL of its own, because a page of a day needs every act of it, in few columns, at once;
the search for machines (``queries``) answers another question, page by page.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _

from guichet.eservices.presence import queries
from guichet.eservices.presence.visibility import View
from guichet.platform.clock import BRUSSELS
from guichet.platform.db import many_rows

# One page reads this many acts at most: the days of twelve thousand workers.
MOST_ACTS: Final = 150_000
COUNTED_TO: Final = 1_000


class TooManyActs(BadRequest):
    """More acts than one page reads: nothing is left out in silence."""


@dataclass(frozen=True, slots=True, repr=False)
class ActRow:
    """One act as it holds now; ``validity`` is ``pending`` while nobody has checked it.

    ``status``, ``status_at``, ``version``: what a decision of the NSSO last made of it, 0 being
    the record of the log, of which ``logged_at`` was the moment.
    """

    receipt: int
    occurred_at: datetime
    received_at: datetime
    offset_minutes: int
    type: str
    ssin: str
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
    sender: int | None
    custom_reference: str | None
    longitude: float | None
    latitude: float | None
    address: Mapping[str, str | None] | None
    status: str
    status_at: datetime
    logged_at: datetime
    version: int
    validity: str
    remarks: tuple[str, ...]

    @property
    def worker_name(self) -> str:
        """Family name first, as lists are ordered; empty for a person the register lacks."""
        return f"{self.family_name} {self.given_name}".strip()

    @property
    def counts(self) -> bool:
        """What was cancelled is shown and counts in nothing."""
        return self.status != "cancelled"


@dataclass(frozen=True, slots=True, repr=False)
class BareAct:
    """As much of an act as hours are counted from; none that was cancelled."""

    receipt: int
    occurred_at: datetime
    type: str
    ssin: str
    sort_key: str
    works_reference: str

    @property
    def counts(self) -> bool:
        """Always: what was cancelled is not asked for."""
        return True


@dataclass(frozen=True, slots=True)
class Round:
    """One round of validation."""

    round: int
    decided_at: datetime
    validity: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """A site in a list of choices, with its first address in words."""

    reference: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list asks for; None asks nothing. ``since`` and ``until`` as in `window`.

    ``view``: everything that an enterprise may see, instead of its own staff only; ``counted``:
    without what was cancelled.
    """

    since: datetime
    until: datetime
    view: View | None = None
    enterprise_number: str | None = None
    ssin: str | None = None
    ssins: Sequence[str] | None = None
    site: str | None = None
    worker: str | None = None
    type: str | None = None
    validity: str | None = None
    channel: str | None = None
    remark: str | None = None
    counted: bool | None = None


_COLUMNS: Final = """
SELECT act.receipt, act.occurred_at, act.received_at, act.offset_minutes, act.type, act.ssin,
       coalesce(person.given_name, ''), coalesce(person.family_name, ''),
       coalesce(person.sort_key, ''), act.enterprise_number, act.foreign_vat_number,
       coalesce(nullif(CASE %(language)s WHEN 'nl' THEN employer.name_nl
                                         WHEN 'fr' THEN employer.name_fr
                                         WHEN 'de' THEN employer.name_de
                                         WHEN 'en' THEN employer.name_en END, ''),
                nullif(CASE employer.language WHEN 'nl' THEN employer.name_nl
                                              WHEN 'fr' THEN employer.name_fr
                                              WHEN 'de' THEN employer.name_de END, ''),
                nullif(employer.name_nl, ''), nullif(employer.name_fr, ''),
                nullif(employer.name_de, ''), nullif(employer.name_en, ''), ''),
       act.works_reference, coalesce(site.name, ''), act.activity, act.channel, act.sender,
       act.custom_reference, act.longitude, act.latitude, act.address,
       act.status, act.status_at, act.logged_at, act.version,
       coalesce(verdict.validity, 'pending'), coalesce(verdict.remarks, '{}')
"""
_IN_WINDOW: Final = "{0}.occurred_at >= %(since)s AND {0}.occurred_at < %(until)s"
# The window stands in every join, or the years kept would be looked through.
_VERDICT: Final = f"""
LEFT JOIN presence_verdict AS verdict ON verdict.receipt = act.receipt
     AND verdict.occurred_at = act.occurred_at AND verdict.is_current
     AND {_IN_WINDOW.format("verdict")}"""
_PERSON: Final = "\nLEFT JOIN persons_person AS person ON person.niss = act.ssin"
_SITE: Final = "\nLEFT JOIN works_site AS site ON site.reference = act.works_reference"
_EMPLOYER: Final = (
    "\nLEFT JOIN enterprises_enterprise AS employer ON employer.number = act.enterprise_number"
)
_EVERYTHING: Final = _VERDICT + _PERSON + _EMPLOYER + _SITE
_ACT: Final = "act.receipt, act.occurred_at, act.ssin, act.works_reference"
_CANCELLED: Final = (
    "SELECT DISTINCT receipt FROM presence_version"
    " WHERE receipt = ANY(%(receipts)s) AND status = 'cancelled'"
)
_CONDITIONS: Final[Mapping[str, str]] = {
    "enterprise_number": "act.enterprise_number = %(enterprise_number)s",
    "ssin": "act.ssin = %(ssin)s",
    "ssins": "act.ssin = ANY(%(ssins)s)",
    "site": "act.works_reference = %(site)s",
    "type": "act.type = %(type)s",
    "channel": "act.channel = %(channel)s",
    "counted": "act.status <> 'cancelled'",
}
# These look beside the log, at what was found in it.
_AFTERWARDS: Final[Mapping[str, tuple[str, str]]] = {
    "worker": (_PERSON, "(act.ssin = %(worker)s OR strpos(person.sort_key, %(worker)s) > 0)"),
    "validity": (_VERDICT, "coalesce(verdict.validity, 'pending') = %(validity)s"),
    "remark": (_VERDICT, "verdict.remarks @> ARRAY[%(remark)s]::text[]"),
}
ANY_REMARK: Final = "any"
_ORDERS: Final[Mapping[str, str]] = {
    "-time": "act.occurred_at DESC, act.receipt DESC",
    "time": "act.occurred_at, act.receipt",
    "worker": "person.sort_key NULLS LAST, act.ssin, act.occurred_at, act.receipt",
    "-worker": "person.sort_key DESC NULLS LAST, act.ssin DESC, act.occurred_at DESC, act.receipt",
    "site": "site.name NULLS LAST, act.works_reference, act.occurred_at, act.receipt",
    "-site": "site.name DESC NULLS LAST, act.works_reference DESC, act.occurred_at DESC, "
    "act.receipt",
}
SORTS: Final = tuple(_ORDERS)
_SORTED_BESIDE: Final[Mapping[str, str]] = {"worker": _PERSON, "site": _SITE}


def window(first_day: date, last_day: date) -> tuple[datetime, datetime]:
    """From the first midnight in Brussels to the one after ``last_day``, that one excluded."""
    start = datetime.combine(first_day, time(), BRUSSELS)
    return start, datetime.combine(last_day + timedelta(days=1), time(), BRUSSELS)


def acts(
    *, wanted: Wanted, language: str, sort: str = "time", limit: int | None = None, offset: int = 0
) -> list[ActRow]:
    """The acts that meet every wish, in one of `SORTS`.

    Without ``limit`` all of them; raises TooManyActs when they are more than `MOST_ACTS`.
    """
    order, also = _ORDERS[sort], _SORTED_BESIDE.get(sort.removeprefix("-"), "")
    found = _found(wanted, also=also)
    if limit is None and found.is_whole:
        sql = f"{_COLUMNS} FROM ({found.branches}) AS act {_EVERYTHING} WHERE {found.where}"
    else:
        # The page first: names and verdicts are looked up for what is shown, not for a year.
        last = "" if limit is None else f"ORDER BY {order} LIMIT %(limit)s OFFSET %(offset)s"
        sql = f"""{_COLUMNS}
            FROM (SELECT act.receipt, act.occurred_at {found} {last}) AS page
            JOIN presence_current AS act ON act.receipt = page.receipt
                 AND act.occurred_at = page.occurred_at AND {_IN_WINDOW.format("act")}
            {_EVERYTHING}"""
    sql += f" ORDER BY {order} LIMIT %(limit)s"
    asked = MOST_ACTS + 1 if limit is None else limit
    rows = many_rows(sql, {**found.values, "language": language, "limit": asked, "offset": offset})
    if limit is None:
        _bounded(rows)
    return [_act(row) for row in rows]


def bare_acts(*, wanted: Wanted) -> list[BareAct]:
    """Every act that meets the wishes but ``view`` and counts; raises TooManyActs like `acts`."""
    found = _found(replace(wanted, view=None, counted=True), also=_PERSON)
    rows = many_rows(
        f"""SELECT act.receipt, act.occurred_at, act.type, act.ssin,
                   coalesce(person.sort_key, ''), act.works_reference
            {found} LIMIT %(limit)s""",  # fixed fragments
        {**found.values, "limit": MOST_ACTS + 1},
    )
    _bounded(rows)
    return [BareAct(*row) for row in rows]


def firsts(*, wanted: Wanted, days: Collection[date], language: str) -> list[ActRow]:
    """The first act that meets every wish, of each person at each site on each of these days."""
    found, day = _found(wanted), "(act.occurred_at AT TIME ZONE 'Europe/Brussels')::date"
    sql = f"""{_COLUMNS}
        FROM (SELECT DISTINCT ON (act.ssin, act.works_reference, {day})
                     act.receipt, act.occurred_at
              {found} AND {day} = ANY(%(days)s)
              ORDER BY act.ssin, act.works_reference, {day}, act.occurred_at, act.receipt) AS early
        JOIN presence_current AS act ON act.receipt = early.receipt
             AND act.occurred_at = early.occurred_at AND {_IN_WINDOW.format("act")}
        {_EVERYTHING} ORDER BY act.ssin, act.works_reference, act.occurred_at"""
    return [
        _act(row)
        for row in many_rows(sql, {**found.values, "language": language, "days": list(days)})
    ]


def count(*, wanted: Wanted, most: int | None = None) -> int:
    """How many acts meet every wish, counted up to ``most``, else one more than `COUNTED_TO`."""
    found = _found(wanted)
    sql = f"SELECT count(*) FROM (SELECT 1 {found} LIMIT %(limit)s) AS capped"  # noqa: S608  # fixed fragments
    [[counted]] = many_rows(sql, {**found.values, "limit": most or COUNTED_TO + 1})
    return int(counted)


def act(*, receipt: int, language: str) -> ActRow | None:
    """The act of a receipt number, whoever asks: the caller decides whether he may see it."""
    day = _day_of(receipt)
    if day is None:
        return None
    since, until = window(day, day)
    where = f" WHERE act.receipt = %(receipt)s AND {_IN_WINDOW.format('act')}"
    values = {"receipt": receipt, "since": since, "until": until, "language": language}
    rows = many_rows(f"{_COLUMNS}FROM presence_current AS act{_EVERYTHING}{where}", values)
    return _act(rows[0]) if rows else None


def cancelled(*, receipts: Collection[int]) -> frozenset[int]:
    """Of these acts, those that a correction cancelled; nothing brings one back."""
    found = many_rows(_CANCELLED, {"receipts": list(receipts)}) if receipts else ()
    return frozenset(receipt for (receipt,) in found)


def rounds(*, act: ActRow) -> list[Round]:
    """Every round of validation of an act, the first one first."""
    rows = many_rows(
        "SELECT round, decided_at, validity, remarks FROM presence_verdict "
        "WHERE receipt = %(receipt)s AND occurred_at IN (%(at)s, %(logged_at)s) "
        "ORDER BY decided_at, round",
        {"receipt": act.receipt, "at": act.occurred_at, "logged_at": act.logged_at},
    )
    return [Round(number, at, validity, tuple(remarks)) for number, at, validity, remarks in rows]


def sites_of_staff(*, enterprise_number: str, since: datetime, until: datetime) -> list[Site]:
    """The sites where the staff of an enterprise registered in a period, by name."""
    return _sites("enterprise_number", enterprise_number, since, until)


def sites_of_worker(*, ssin: str, since: datetime, until: datetime) -> list[Site]:
    """The sites where one person registered in a period, by name."""
    return _sites("ssin", ssin, since, until)


def _sites(column: str, value: str, since: datetime, until: datetime) -> list[Site]:
    rows = many_rows(
        f"""
        SELECT seen.works_reference, coalesce(site.name, ''),
               coalesce(concat_ws(', ',
                   nullif(concat_ws(' ', nullif(address.street, ''),
                                    nullif(address.house_number, '')), ''),
                   nullif(concat_ws(' ', nullif(address.postcode, ''),
                                    nullif(address.municipality, '')), '')), '')
        FROM (SELECT DISTINCT works_reference FROM presence_current
              WHERE {column} = %(value)s AND occurred_at >= %(since)s
                AND occurred_at < %(until)s) AS seen
        LEFT JOIN works_site AS site ON site.reference = seen.works_reference
        LEFT JOIN LATERAL (SELECT * FROM works_address WHERE site_id = site.id
                           ORDER BY position LIMIT 1) AS address ON true
        ORDER BY site.name NULLS LAST, seen.works_reference
        """,  # noqa: S608
        {"value": value, "since": since, "until": until},
    )
    return [Site(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class _Found:
    """The acts that meet every wish: ``branches`` of the log joined with what lies beside it.

    ``is_whole``: the branches give whole acts, not only what finds and orders them.
    """

    branches: str
    joins: str
    where: str
    values: dict[str, Any]
    is_whole: bool

    def __str__(self) -> str:
        return f"FROM ({self.branches}) AS act{self.joins} WHERE {self.where}"


def _found(wanted: Wanted, *, also: str = "") -> _Found:
    """``also``: a join that the order needs.

    Each reason to see an act is a branch with an index of its own, as in ``queries``.
    """
    values: dict[str, Any] = {each.name: getattr(wanted, each.name) for each in fields(wanted)}
    inside = [_IN_WINDOW.format("act")]
    inside += [each for name, each in _CONDITIONS.items() if values[name] is not None]
    beside = {name: each for name, each in _AFTERWARDS.items() if values[name] is not None}
    if wanted.remark == ANY_REMARK:
        beside["remark"] = (_VERDICT, "cardinality(verdict.remarks) > 0")
    view = values.pop("view")
    reasons = ["true"] if view is None else queries.reasons(view)
    values |= {} if view is None else queries.of_view(view)
    columns = _ACT if len(reasons) > 1 else "act.*"
    branches = " UNION ".join(
        f"SELECT {columns} FROM presence_current AS act WHERE {' AND '.join([reason, *inside])}"  # noqa: S608  # fixed fragments
        for reason in reasons
    )
    joins = "".join(dict.fromkeys((*(each[0] for each in beside.values()), also)))
    where = " AND ".join(["true", *(each[1] for each in beside.values())])
    return _Found(branches, joins, where, values, is_whole=len(reasons) == 1)


def _bounded(rows: Sequence[Any]) -> None:
    if len(rows) > MOST_ACTS:
        raise TooManyActs(_("There are too many registrations for one page. Choose fewer days."))


def _act(row: Sequence[Any]) -> ActRow:
    # Django's connections hand JSON over as text.
    place = json.loads(row[-7]) if isinstance(row[-7], str) else row[-7]
    values: tuple[Any, ...] = (*row[:-7], place, *row[-6:-1], tuple(row[-1]))
    return ActRow(*values)


def _day_of(receipt: int) -> date | None:
    """The day that the number carries in front; None when it is no number of ours."""
    text = str(receipt)
    if len(text) != 15:
        return None
    try:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:6]))
    except ValueError:
        return None
