"""What the checks need to know of a batch of acts, fetched in a handful of set-based statements.

The SQL stands in files beside this one. ``told`` reads the acts with what stands beside them;
``Registers`` holds what the registers say of all persons, enterprises and sites of the batch and
turns one act into the plain facts of the rule.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from typing import Any, Final, NamedTuple, cast

from guichet.kernel.moments import brussels_day
from guichet.rules.distance import Point
from guichet.rules.presence_checks import (
    ActFacts,
    Coverage,
    EmployerFacts,
    PreviousAct,
    WorksFacts,
    Zone,
    employer_is_active,
)

Span = tuple[date, date | None]
"""First and last day, both included; None is without end."""


class Cursor:
    """What is used of a database cursor: the one of Django, whose stubs are looser."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def rows(self, statement: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Run a statement and fetch what it answers."""
        self._cursor.execute(statement, parameters)
        return cast("list[tuple[Any, ...]]", self._cursor.fetchall())

    def run(self, statement: str, parameters: Mapping[str, Any]) -> int:
        """Run a statement that answers nothing; how many rows it touched."""
        self._cursor.execute(statement, parameters)
        return int(self._cursor.rowcount)


def statement(name: str) -> str:
    """The SQL file ``name`` beside this module."""
    return files("guichet.eservices.presence").joinpath(f"{name}.sql").read_text("utf-8")


class ActRow(NamedTuple):
    """One row of facts_acts.sql: an act, the act before it, and its verdict so far.

    Moments are microseconds since 1970 (see ``moment``). ``round`` and ``remarks`` are None while
    it is pending. ``is_asked``: it belongs to the batch; otherwise it stands beside an act that
    does. ``closed_us``, the OUT that closes it, is fetched for old INs only.
    """

    receipt: int
    occurred_us: int
    received_us: int
    type: str
    ssin: str
    enterprise_number: str | None
    foreign_vat_number: str | None
    works_reference: str
    activity: str
    longitude: float | None
    latitude: float | None
    postcode: str | None
    before_type: str | None
    before_us: int | None
    before_site: str | None
    is_repeat: bool
    closed_us: int | None
    round: int | None
    remarks: Sequence[str] | None
    is_asked: bool
    recorded_in: int
    is_corrected: bool = False


_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def moment(microseconds: int) -> datetime:
    """The moment, in UTC, so many microseconds after the beginning of 1970."""
    return _EPOCH + timedelta(microseconds=microseconds)


def microseconds(at: datetime) -> int:
    """The microseconds from the beginning of 1970 to an aware moment."""
    return (at - _EPOCH) // _MICROSECOND


_MICROSECOND: Final = timedelta(microseconds=1)
_ACTS: Final = statement("facts_acts")
SELECTIONS: Final = {
    name: _ACTS.replace("{selection}", statement(f"select_{name}"))
    for name in ("pending", "unvalidated", "never_closed", "changed", "corrected")
}


def told(cursor: Cursor, *, selection: str, parameters: Mapping[str, Any]) -> list[ActRow]:
    """The acts that a selection names and those beside them that have a verdict to review."""
    return [ActRow._make(row) for row in cursor.rows(SELECTIONS[selection], parameters)]


@dataclass(frozen=True, slots=True)
class Site:
    """A declared site: the facts that all its acts share, and what differs by employer and day.

    ``members``: by enterprise or foreign VAT number, the days in the chain.
    """

    works: WorksFacts
    postcodes: frozenset[str]
    members: Mapping[str, Sequence[Span]]


@dataclass(frozen=True, slots=True)
class _Enterprise:
    stopped_on: date | None
    onss_first_day: date | None
    onss_last_day: date | None
    is_sole_trader: bool


_NO_MEMBERS: Final[Mapping[str, Sequence[Span]]] = {}
_UNKNOWN_EMPLOYER: Final = EmployerFacts(is_known=False)


@dataclass(slots=True)
class Registers:
    """What the registers say of everybody in one batch; answers are worked out once a day."""

    persons: frozenset[str] = frozenset()
    enterprises: Mapping[str, _Enterprise] = field(default_factory=dict)
    dimonas: Mapping[tuple[str, str], Sequence[Span]] = field(default_factory=dict)
    functions: Mapping[tuple[str, str], Sequence[Span]] = field(default_factory=dict)
    postings: Mapping[str, Sequence[Span]] = field(default_factory=dict)
    sites: Mapping[str, Site] = field(default_factory=dict)
    _employers: dict[tuple[str, str, date], EmployerFacts] = field(default_factory=dict)
    _members: dict[tuple[str, str, date], Coverage] = field(default_factory=dict)

    def facts(self, act: ActRow, *, now: datetime) -> ActFacts:
        """The facts of one act as the rule takes them."""
        occurred_at = moment(act.occurred_us)
        day = brussels_day(occurred_at)
        number = act.enterprise_number
        site = self.sites.get(act.works_reference)
        return ActFacts(
            type=act.type,
            occurred_at=occurred_at,
            received_at=moment(act.received_us),
            ssin=act.ssin,
            works_reference=act.works_reference,
            activity=act.activity,
            person_is_known=act.ssin in self.persons,
            employer=None if number is None else self._employer(act.ssin, number, day),
            posting=(
                _coverage(self.postings.get(act.ssin, ()), day)
                if number is None
                else Coverage.UNKNOWN
            ),
            works=None if site is None else site.works,
            membership=(
                Coverage.UNKNOWN
                if site is None
                else self.membership(
                    act.works_reference, number or act.foreign_vat_number or "", day
                )
            ),
            coordinates=_point(act),
            address_matches=_address_matches(act, site),
            previous=_previous(act),
            is_repeat=act.is_repeat,
            next_out_at=None if act.closed_us is None else moment(act.closed_us),
            judged_at=now,
            is_corrected=act.is_corrected,
        )

    def _employer(self, ssin: str, number: str, day: date) -> EmployerFacts:
        key = (ssin, number, day)
        known = self._employers.get(key)
        if known is None:
            known = self._employers[key] = self._employer_facts(ssin, number, day)
        return known

    def _employer_facts(self, ssin: str, number: str, day: date) -> EmployerFacts:
        enterprise = self.enterprises.get(number)
        if enterprise is None:
            return _UNKNOWN_EMPLOYER
        pair = (ssin, number)
        return EmployerFacts(
            is_known=True,
            is_active=employer_is_active(
                on=day,
                stopped_on=enterprise.stopped_on,
                onss_first_day=enterprise.onss_first_day,
                onss_last_day=enterprise.onss_last_day,
            ),
            dimona_covers=_covers(self.dimonas.get(pair, ()), day),
            holds_function=_covers(self.functions.get(pair, ()), day),
            is_sole_trader=enterprise.is_sole_trader,
        )

    def membership(self, reference: str, number: str, day: date) -> Coverage:
        """The standing of an employer in the chain of a site on a day."""
        if reference not in self.sites:
            return Coverage.UNKNOWN
        key = (reference, number, day)
        known = self._members.get(key)
        if known is None:
            members = self.sites[reference].members
            known = self._members[key] = _coverage(members.get(number, ()), day)
        return known


def registers(cursor: Cursor, *, acts: Iterable[ActRow]) -> Registers:
    """Ask the registers about every person, enterprise and site in ``acts``, each once."""
    acts = list(acts)
    ssins = sorted({act.ssin for act in acts})
    numbers = sorted({act.enterprise_number for act in acts if act.enterprise_number})
    posted = sorted({act.ssin for act in acts if act.enterprise_number is None})
    references = sorted({act.works_reference for act in acts})
    moments = [act.occurred_us for act in acts]
    persons = {
        "ssins": ssins,
        "numbers": numbers,
        "first_day": brussels_day(moment(min(moments))),
        "last_day": brussels_day(moment(max(moments))),
    }
    dimonas, functions = _relations(cursor.rows(_RELATIONS, persons))
    return Registers(
        persons=frozenset(row[0] for row in cursor.rows(_PERSONS, {"ssins": ssins})),
        enterprises={
            row[0]: _Enterprise(*row[1:]) for row in cursor.rows(_EMPLOYERS, {"numbers": numbers})
        },
        dimonas=dimonas,
        functions=functions,
        postings=_postings(cursor.rows(_POSTINGS, {"ssins": posted}) if posted else []),
        sites=_sites(cursor, {"references": references}),
    )


_PERSONS: Final = statement("facts_persons")
_EMPLOYERS: Final = statement("facts_employers")
_RELATIONS: Final = statement("facts_relations")
_POSTINGS: Final = statement("facts_postings")
_SITES: Final = statement("facts_sites")
_ADDRESSES: Final = statement("facts_addresses")
_CHAINS: Final = statement("facts_chains")

_Pairs = dict[tuple[str, str], list[Span]]


def _relations(rows: Iterable[tuple[Any, ...]]) -> tuple[_Pairs, _Pairs]:
    dimonas: _Pairs = defaultdict(list)
    functions: _Pairs = defaultdict(list)
    for ssin, number, is_dimona, first_day, last_day in rows:
        (dimonas if is_dimona else functions)[ssin, number].append((first_day, last_day))
    return dict(dimonas), dict(functions)


def _postings(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = defaultdict(list)
    for ssin, first_day, last_day in rows:
        found[ssin].append((first_day, last_day))
    return dict(found)


def _sites(cursor: Cursor, parameters: Mapping[str, Any]) -> dict[str, Site]:
    points: dict[str, list[Point]] = defaultdict(list)
    postcodes: dict[str, set[str]] = defaultdict(set)
    for reference, longitude, latitude, postcode in cursor.rows(_ADDRESSES, parameters):
        if longitude is not None:
            points[reference].append(Point(longitude, latitude))
        if postcode:
            postcodes[reference].add(postcode)
    periods: dict[str, list[Span]] = defaultdict(list)
    members: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for reference, is_contract, number, first_day, last_day in cursor.rows(_CHAINS, parameters):
        if is_contract:
            periods[reference].append((first_day, last_day))
        members[reference][number].append((first_day, last_day))
    return {
        reference: Site(
            works=_works(
                tuple(periods[reference]), is_obliged, tuple(points[reference]), metres, is_mobile
            ),
            postcodes=frozenset(postcodes[reference]),
            members=members.get(reference, _NO_MEMBERS),
        )
        for reference, is_obliged, metres, is_mobile in cursor.rows(_SITES, parameters)
    }


def _works(
    periods: tuple[Span, ...],
    is_obliged: bool,
    points: tuple[Point, ...],
    metres: int,
    is_mobile: bool,
) -> WorksFacts:
    """On mobile works the declared points are the middles of zones, not addresses."""
    return WorksFacts(
        periods=periods,
        is_obliged=is_obliged,
        points=() if is_mobile else points,
        tolerance_metres=metres,
        zones=tuple(Zone(point, metres) for point in points) if is_mobile else (),
    )


def _covers(spans: Iterable[Span], day: date) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in spans)


def _coverage(spans: Sequence[Span], day: date) -> Coverage:
    if not spans:
        return Coverage.UNKNOWN
    return Coverage.ACTIVE if _covers(spans, day) else Coverage.INACTIVE


def _point(act: ActRow) -> Point | None:
    if act.longitude is None or act.latitude is None:
        return None
    return Point(act.longitude, act.latitude)


def _address_matches(act: ActRow, site: Site | None) -> bool | None:
    """By postcode alone: the same street is written in too many ways to say no by it."""
    if act.postcode is None or site is None or not site.postcodes:
        return None
    return act.postcode.strip() in site.postcodes


def _previous(act: ActRow) -> PreviousAct | None:
    if act.before_type is None or act.before_us is None or act.before_site is None:
        return None
    return PreviousAct(act.before_type, moment(act.before_us), act.before_site)
