"""One site for an inspector: days, contractors with their counts, who is there now, remarks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from guichet.backoffice.inspection import log_queries
from guichet.backoffice.inspection.log_queries import Found, Wanted, statement
from guichet.eservices.presence.day_queries import window
from guichet.platform import clock
from guichet.platform.db import many_rows
from guichet.registers.enterprises.queries import names
from guichet.registers.works.queries import ContractRecord, InterventionRecord
from guichet.rules import dated

# As many as a big site has; the count says how many there are.
MOST_PRESENT: Final = 300


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a site: persons, and those of them with a remark."""

    day: date
    persons: int
    remarked: int


@dataclass(frozen=True, slots=True)
class Count:
    """One employer on a site: persons today, persons and days of work in the period."""

    today: int
    persons: int
    days: int


@dataclass(frozen=True, slots=True)
class Member:
    """A contractor in the chain; ``depth`` 0 is the declarant, ``number`` may be a foreign VAT."""

    number: str
    name: str
    depth: int
    first_day: date
    last_day: date | None
    runs: bool
    count: Count


@dataclass(frozen=True, slots=True)
class Chain:
    """A contract of the site with its members, from the top down."""

    contract: ContractRecord
    members: Sequence[Member]


def days(*, reference: str, first: date, last: date) -> list[Day]:
    """Every day of the period, those without anybody too."""
    rows = many_rows(f"{_SEEN}{_DAYS}", _period(reference, first, last))
    known = {row[0]: Day(*row) for row in rows}
    every = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    return [known.get(day, Day(day, 0, 0)) for day in every]


def counts(*, reference: str, first: date, last: date, today: date) -> dict[str, Count]:
    """The employers who registered somebody in the period, by number."""
    values = _period(reference, first, last) | {"today": today}
    return {row[0]: Count(*row[1:]) for row in many_rows(f"{_SEEN}{_COUNTS}", values)}


def remarks(*, reference: str, first: date, last: date) -> list[tuple[str, int]]:
    """Each remark of the period with how many persons have it, the most frequent first."""
    rows = many_rows(f"{_SEEN}{_REMARKS}", _period(reference, first, last))
    return [(code, persons) for code, persons in rows]


def present(*, reference: str, now: datetime, language: str) -> list[Found]:
    """Who came in and has not gone out, not longer ago than an IN counts as open."""
    today = clock.today(now)
    since, _until = window(today - timedelta(days=1), today)
    open_for = timedelta(minutes=dated.whole("presence.stretch.open_max", on=today))
    values = {
        "site": reference, "since": since, "now": now, "open": now - open_for,
        "limit": MOST_PRESENT,
    }  # fmt: skip
    receipts = [receipt for (receipt,) in many_rows(_PRESENT, values)]
    if not receipts:
        return []
    wanted = Wanted(
        today - timedelta(days=1), today, log=log_queries.ACTS, site=reference, receipts=receipts
    )
    return log_queries.found(wanted=wanted, language=language, limit=MOST_PRESENT)


def announced(*, reference: str, today: date, language: str) -> list[Found]:
    """Whose presence of today is registered and not cancelled."""
    wanted = Wanted(today, today, log=log_queries.DAYS, site=reference)
    found = log_queries.found(wanted=wanted, language=language, limit=MOST_PRESENT)
    return [row for row in found if row.cancelled_at is None]


def chains(
    *,
    contracts: Sequence[ContractRecord],
    counts: Mapping[str, Count],
    on: date,
    language: str,
) -> list[Chain]:
    """The contracts with their contractors in the order of the tree, each with its counts."""
    numbers = {contract.declarant for contract in contracts}
    numbers |= {each.enterprise for one in contracts for each in one.interventions
                if each.enterprise}  # fmt: skip
    known = names(numbers=numbers | set(counts), language=language)
    return [Chain(one, _members(one, counts, known, on)) for one in contracts]


def strangers(chains: Sequence[Chain], counts: Mapping[str, Count]) -> list[str]:
    """Employers who registered somebody here and stand in no chain of the site."""
    members = {member.number for chain in chains for member in chain.members}
    return sorted(set(counts) - members - {""})


def _members(
    contract: ContractRecord, counts: Mapping[str, Count], known: Mapping[str, str], on: date
) -> list[Member]:
    """The declarant and, below him, each contractor under the one who employs him."""
    below: dict[int | None, list[InterventionRecord]] = {}
    for each in contract.interventions:
        below.setdefault(each.employed_by, []).append(each)

    def member(number: str, depth: int, first: date, last: date | None) -> Member:
        runs = first <= on and (last is None or on <= last)
        count = counts.get(number, Count(0, 0, 0))
        return Member(number, known.get(number, ""), depth, first, last, runs, count)

    found = [member(contract.declarant, 0, contract.first_day, contract.last_day)]

    def walk(above: int | None, depth: int) -> None:
        for each in below.get(above, ()):
            number = each.enterprise or each.foreign_vat_number or ""
            found.append(member(number, depth, each.first_day, each.last_day))
            walk(each.id, depth + 1)

    walk(None, 1)
    return found


def _period(reference: str, first: date, last: date) -> dict[str, Any]:
    since, until = window(first, last)
    return {"site": reference, "first": first, "last": last, "since": since, "until": until}


_SEEN: Final = statement("site_seen")
_PRESENT: Final = statement("site_present")
_DAYS: Final = """
SELECT day, count(DISTINCT person),
       count(DISTINCT person) FILTER (WHERE cardinality(remarks) > 0)
FROM seen GROUP BY day
"""
_COUNTS: Final = """
SELECT employer, count(DISTINCT person) FILTER (WHERE day = %(today)s),
       count(DISTINCT person), count(DISTINCT day)
FROM seen GROUP BY employer
"""
_REMARKS: Final = """
SELECT code, count(DISTINCT person) FROM seen, unnest(remarks) AS code
GROUP BY code ORDER BY count(DISTINCT person) DESC, code
"""
