"""What the registers know of a batch of declarations: a fixed number of questions.

The workers of a batch (and the firms whose occasional work counts) are locked before their periods
are read: two batches never decide about one person's quota at once (ADR 0030).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final

import msgspec
from django.db import connection

from guichet.access.mandates import queries as mandates
from guichet.eservices.dimona.models import EmployerChoice, Registration
from guichet.platform import clock
from guichet.registers.enterprises.models import Enterprise, Quality
from guichet.registers.persons import queries as persons
from guichet.registers.persons.models import Person
from guichet.rules.dimona import identity, kinds
from guichet.rules.dimona.known import EmployerKnown, FeatureKey, PeriodKnown, RegistrationKnown
from guichet.rules.dimona.message import Kind, Message, Times
from guichet.rules.dimona.quotas import is_horeca_day, occasional_days
from guichet.rules.mandates import Domain

# Quarter T-3 lies in the year before; experience of the young goes a little further back.
_YEARS_BACK: Final = 3
_LOCKS: Final = 20_031


@dataclass(slots=True)
class Said:
    """A declaration of the batch: the row, and what it says."""

    id: int
    received_at: datetime
    is_secured: bool
    sender: str
    message: Message
    body: Mapping[str, Any]
    employer: str = ""
    niss: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Firm:
    """An enterprise of the register, with what Dimona asks of an employer."""

    id: int
    known: EmployerKnown


@dataclass(frozen=True, slots=True)
class Human:
    """A person under the number that is valid now."""

    id: int
    niss: str = field(repr=False)
    birth_date: date | None = field(default=None, repr=False)
    sort_key: str = field(default="", repr=False)


@dataclass(slots=True)
class Facts:
    """Everything read for one batch.

    ``humans``: by the number given, old or new. ``owners``: the valid number behind the key of a
    person. ``periods``: by number. ``lent``: (employer, sender) with a mandate in force.
    """

    firms: dict[str, Firm] = field(default_factory=dict)
    by_onss: dict[int, str] = field(default_factory=dict)
    lent: frozenset[tuple[str, str]] = frozenset()
    humans: dict[str, Human] = field(default_factory=dict)
    keys: dict[int, int] = field(default_factory=dict)
    periods: dict[int, PeriodKnown] = field(default_factory=dict)
    of_worker: dict[str, dict[int, PeriodKnown]] = field(default_factory=dict)
    registrations: dict[int, RegistrationKnown] = field(default_factory=dict)
    horeca: dict[tuple[str, int], int] = field(default_factory=dict)

    def employer_number(self, message: Message) -> str:
        """The enterprise number of the employer that a message names, or nothing."""
        given = message.employer
        if given.onss_number is not None:
            return self.by_onss.get(given.onss_number, "")
        number = digits(given.enterprise_number)
        return number if number in self.firms else ""

    def put(self, period: PeriodKnown) -> None:
        """A period as it stands from now on, for the rest of the batch."""
        self.periods[period.id] = period
        self.of_worker.setdefault(period.niss, {})[period.id] = period


def facts(batch: Sequence[Said], *, now: datetime, is_deciding: bool = True) -> Facts:
    """Lock the workers of a batch and read everything that decides about it.

    ``is_deciding``: False for an answer that is only foreseen; nobody is locked then.
    """
    found = Facts()
    _read_firms(found, batch)
    for said in batch:
        said.employer = found.employer_number(said.message)
    _read_mandates(found, batch, now)
    registrations = _read_registrations(batch)
    named = {said.message.period_id for said in batch if said.message.period_id}
    named |= {each.period_id for each in registrations}
    wanted = [number for number in named if 0 < number < 10**12]
    _read_humans(found, batch, wanted)
    horeca = _horeca_firms(batch)
    if is_deciding:
        firms = {firm for firm, _year in horeca} | _horeca_firms_of(wanted)
        _lock({human.id for human in found.humans.values()}, firms)
    _read_periods(found, batch, wanted)
    _read_all_registrations(found, wanted)
    _read_horeca(found, horeca | _changed_horeca(found, batch))
    return found


def digits(text: str) -> str:
    """An enterprise number as it is stored; nine digits are the old form."""
    found = "".join(sign for sign in text if sign.isdecimal())
    return f"0{found}" if len(found) == 9 else found


def _read_firms(found: Facts, batch: Sequence[Said]) -> None:
    numbers, onss = set(), set()
    for said in batch:
        numbers.add(digits(said.message.employer.enterprise_number))
        if said.message.employer.onss_number is not None:
            onss.add(str(said.message.employer.onss_number))
        if said.message.features.user is not None:
            numbers.add(digits(said.message.features.user.enterprise_number))
    rows = [
        *Enterprise.objects.filter(number__in=numbers - {""}),
        *(Enterprise.objects.filter(onss_number__in=onss) if onss else ()),
    ]
    public = set(
        Quality.objects.filter(
            enterprise__in=[row.id for row in rows], quality="public_body"
        ).values_list("enterprise__number", flat=True)
    )
    choices = {
        row.enterprise_number: row
        for row in EmployerChoice.objects.filter(enterprise_number__in=[row.number for row in rows])
    }
    for row in rows:
        choice = choices.get(row.number)
        known = EmployerKnown(
            number=row.number,
            onss_number=row.onss_number,
            first_day=row.onss_first_day,
            last_day=row.onss_last_day,
            stopped_on=row.stopped_on,
            is_public=row.number in public,
            secured_only=choice is not None and choice.secured_only,
            daily_registration=choice is None or choice.daily_registration,
        )
        found.firms[row.number] = Firm(row.id, known)
        if row.onss_number:
            found.by_onss[int(row.onss_number)] = row.number


def _read_mandates(found: Facts, batch: Sequence[Said], now: datetime) -> None:
    asked: dict[str, set[str]] = {}
    for said in batch:
        if said.sender and said.employer and said.sender != said.employer:
            asked.setdefault(said.sender, set()).add(said.employer)
    today = clock.today(now)
    found.lent = frozenset(
        (employer, sender)
        for sender, employers in asked.items()
        for employer in mandates.lenders(
            mandators=employers, mandatary=sender, domain=Domain.DIMONA, on=today
        )
    )


def _read_registrations(batch: Sequence[Said]) -> list[Registration]:
    ids = {said.message.registration_id for said in batch if said.message.registration_id}
    ids = {number for number in ids if 0 < number < 10**12}
    return list(Registration.objects.filter(id__in=ids)) if ids else []


def _read_humans(found: Facts, batch: Sequence[Said], wanted: Sequence[int]) -> None:
    given = {number for said in batch if (number := identity.number_of(said.message.worker))}
    owners = _owners(wanted)
    current = persons.current_numbers(numbers=given | set(owners))
    rows = {row.niss: row for row in Person.objects.filter(niss__in=set(current.values()))}
    for number, valid in current.items():
        row = rows.get(valid)
        if row is not None:
            human = Human(row.id, valid, row.birth_date, row.sort_key)
            found.humans[number] = found.humans[valid] = human
    found.keys = _every_key({human.id for human in found.humans.values()})


def _owners(wanted: Sequence[int]) -> list[str]:
    if not wanted:
        return []
    return [row[0] for row in _rows(_OWNERS, [list(wanted)])]


def _every_key(ids: Collection[int]) -> dict[int, int]:
    """The key under the valid number, for each key under which these people stand or stood."""
    return {former: root for root, former in _rows(_FORMER, [list(ids)])}


def _horeca_firms(batch: Sequence[Said]) -> set[tuple[str, int]]:
    found = set()
    for said in batch:
        features, start = said.message.features, said.message.times.start_date
        if features.worker_type == kinds.WorkerType.OCCASIONAL and start is not None:
            key = FeatureKey.of(features)
            if key.works_in == kinds.HORECA:
                found.add((horeca_firm(said.employer, key), start.year))
    return found


def _horeca_firms_of(wanted: Sequence[int]) -> set[str]:
    """The firms whose days the named periods use; features never change, so no lock is needed."""
    if not wanted:
        return set()
    return {row[0] for row in _rows(_HORECA_FIRMS, [list(wanted)]) if row[0]}


def _changed_horeca(found: Facts, batch: Sequence[Said]) -> set[tuple[str, int]]:
    """Firms and years whose days an update in the batch may move."""
    years = set()
    for said in batch:
        period = found.periods.get(said.message.period_id or 0)
        if said.message.kind is not Kind.UPDATE or period is None or not is_horeca_day(period):
            continue
        firm = horeca_firm(period.employer, period.features)
        for start in (period.times.start_date, said.message.times.start_date):
            if start is not None:
                years.add((firm, start.year))
    return years


def horeca_firm(employer: str, key: FeatureKey) -> str:
    """Whose days are counted: the user's, for a temp worker."""
    return key.user if key.joint_committee == kinds.TEMP else employer


def _lock(people: Iterable[int], horeca: Iterable[str]) -> None:
    """Always in the same order, so that two batches wait and never block each other."""
    places = {key % 2**30 for key in people}
    places |= {2**30 + int(firm) % 2**30 for firm in horeca if firm.isdecimal()}
    _rows(_LOCK, [_LOCKS, sorted(places)])


def _read_periods(found: Facts, batch: Sequence[Said], wanted: Sequence[int]) -> None:
    starts = [
        said.message.times.start_date
        for said in batch
        if said.message.kind is Kind.IN and said.message.times.start_date is not None
    ]
    first = min((*starts, *(said.received_at.date() for said in batch)))
    since = date(max(first.year - _YEARS_BACK, 1), 1, 1)
    roots = {human.id: human.niss for human in found.humans.values()}
    for row in _rows(_PERIODS, [list(found.keys), since, list(wanted)]):
        person, period = row[0], row[1:]
        niss = roots.get(found.keys.get(person, person))
        if niss is not None:
            found.put(_period(period, niss))


def _period(row: tuple[Any, ...], niss: str) -> PeriodKnown:
    (number, first, last, start, end, state, employer, committee, worker_type, user) = row[:10]
    planned, is_late, is_locked, sub_entity, user_name, user_committee = row[10:16]
    is_late_in, excess = row[16:]
    return PeriodKnown(
        id=number,
        employer=employer,
        niss=niss,
        features=FeatureKey(
            committee, worker_type, sub_entity or "", user or user_name or "", user_committee or ""
        ),
        times=Times(first, last, _hour(start), _hour(end)),
        planned_hours=planned,
        is_late=bool(is_late),
        is_locked=bool(is_locked),
        is_cancelled=state == "cancelled",
        is_late_in=bool(is_late_in),
        excess=_excess(excess),
    )


def _excess(text: str | None) -> tuple[tuple[str, int], ...]:
    """Most periods exceed nothing: they cost no decoding."""
    if text in (None, "[]"):
        return ()
    return tuple((each["quota"], each["amount"]) for each in msgspec.json.decode(text or "[]"))


def _hour(moment: time | None) -> str:
    return "" if moment is None else f"{moment:%H%M}"


def _read_all_registrations(found: Facts, wanted: Sequence[int]) -> None:
    if not wanted:
        return
    for row in Registration.objects.filter(period_id__in=wanted):
        times = Times(row.first_day, row.last_day, row.start_hour, row.end_hour)
        found.registrations[row.id] = RegistrationKnown(
            row.id, row.period_id, times, row.is_cancelled
        )


def _read_horeca(found: Facts, firms: Iterable[tuple[str, int]]) -> None:
    for firm, year in firms:
        rows = _rows(_HORECA, [firm, firm, date(year, 1, 1), date(year, 12, 31)])
        found.horeca[firm, year] = sum(
            occasional_days(Times(first, last, _hour(start), _hour(end)))
            for first, last, start, end in rows
        )


def _rows(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


_LOCK: Final = "SELECT pg_advisory_xact_lock(%s, place) FROM unnest(%s::int[]) AS place"

_OWNERS: Final = """
SELECT DISTINCT person.niss
  FROM employments_period AS period
  JOIN employments_relation AS relation ON relation.id = period.relation_id
  JOIN persons_person AS person ON person.id = relation.person_id
 WHERE period.dimona_id = ANY(%s)
"""

_FORMER: Final = """
WITH RECURSIVE former AS (
    SELECT id AS root, id FROM unnest(%s::bigint[]) AS id
    UNION
    SELECT former.root, earlier.id
      FROM former JOIN persons_person AS earlier ON earlier.replaced_by_id = former.id
)
SELECT root, id FROM former
"""

_COLUMNS: Final = """
SELECT relation.person_id, period.dimona_id, period.first_day, period.last_day,
       period.start_time, period.end_time, period.state, employer.number,
       relation.joint_committee, relation.worker_type, firm.number,
       more.planned_hours, more.is_late, more.is_locked, more.sub_entity, more.user_name,
       more.user_committee, '90373-460' = ANY(more.anomalies), more.excess::text
  FROM employments_relation AS relation
  JOIN employments_period AS period ON period.relation_id = relation.id
  JOIN enterprises_enterprise AS employer ON employer.id = relation.employer_id
  LEFT JOIN enterprises_enterprise AS firm ON firm.id = relation.user_enterprise_id
  LEFT JOIN dimona_period AS more ON more.id = period.dimona_id
"""

_PERIODS: Final = f"""
{_COLUMNS} WHERE relation.person_id = ANY(%s) AND (period.last_day IS NULL OR period.last_day >= %s)
UNION
{_COLUMNS} WHERE period.dimona_id = ANY(%s)
"""

_HORECA_FIRMS: Final = """
SELECT CASE relation.joint_committee WHEN '302' THEN employer.number ELSE firm.number END
  FROM employments_period AS period
  JOIN employments_relation AS relation ON relation.id = period.relation_id
  JOIN enterprises_enterprise AS employer ON employer.id = relation.employer_id
  LEFT JOIN enterprises_enterprise AS firm ON firm.id = relation.user_enterprise_id
 WHERE period.dimona_id = ANY(%s) AND relation.worker_type = 'EXT'
"""

_HORECA: Final = """
SELECT period.first_day, period.last_day, period.start_time, period.end_time
  FROM employments_relation AS relation
  JOIN employments_period AS period ON period.relation_id = relation.id
  JOIN enterprises_enterprise AS employer ON employer.id = relation.employer_id
  LEFT JOIN enterprises_enterprise AS firm ON firm.id = relation.user_enterprise_id
  LEFT JOIN dimona_period AS more ON more.id = period.dimona_id
 WHERE relation.worker_type = 'EXT' AND period.state = 'active'
   AND ((employer.number = %s AND relation.joint_committee = '302')
        OR (firm.number = %s AND more.user_committee = '302'))
   AND period.first_day BETWEEN %s AND %s
"""
