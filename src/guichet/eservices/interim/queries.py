"""The relations of a temporary worker as he is shown them; plain values out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from guichet.kernel.enterprise import EnterpriseNumber
from guichet.platform import clock
from guichet.registers.employments import details as declared
from guichet.registers.employments import queries as employments
from guichet.registers.employments.details import PeriodChange, PeriodDetails, Waiting
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.persons import queries as persons
from guichet.registers.sorting import sort_key
from guichet.rules import interim as rules
from guichet.rules.dimona import day_contracts
from guichet.rules.interim import Contract, Kind, Span, State


@dataclass(frozen=True, slots=True)
class Party:
    """An agency or a user company; without a number it is known by name and address only.

    ``employer_number``: its number as an employer, where one relation is shown whole.
    """

    number: str
    name: str
    address: str = ""
    committee: str = ""
    employer_number: str = ""

    @property
    def key(self) -> str:
        """What a filter sends."""
        return self.number or self.name

    @property
    def shown_number(self) -> str:
        """With its dots, or nothing."""
        return EnterpriseNumber.parse(self.number).formatted() if self.number else ""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation; ``reference``: p and the number of the period, or w and that of a declaration
    that waits. ``declared_at`` None: the register does not say. ``in_a_row``: day contracts with
    this user that follow each other up to this one, where one relation is shown whole."""

    reference: str
    agency: Party
    user: Party | None
    worker_type: str
    kind: Kind
    contract: Contract
    span: Span
    start_hour: str
    end_hour: str
    planned_hours: int | None
    state: State
    moment: State
    declared_at: datetime | None
    is_late: bool
    changes: tuple[PeriodChange, ...] = field(default=())
    in_a_row: int = 0

    @property
    def first_day(self) -> date:
        """The day on which it begins."""
        return self.span.first_day

    @property
    def last_day(self) -> date | None:
        """The last day, None without an end."""
        return self.span.last_day

    @property
    def is_cancelled(self) -> bool:
        """Shown struck through."""
        return self.state is State.CANCELLED

    @property
    def hours(self) -> str:
        """``18:00`` to ``02:00`` where hours were declared, or the first alone; else empty."""
        told = [f"{one[:2]}:{one[2:]}" for one in (self.start_hour, self.end_hour) if one]
        return " \N{EN DASH} ".join(told)

    @property
    def cancelled_at(self) -> datetime | None:
        """When it was cancelled, as far as that is known."""
        return next((one.at for one in reversed(self.changes) if one.kind == "cancel"), None)

    @property
    def changed_at(self) -> datetime | None:
        """When it was declared last, None where that was the first time."""
        return self.changes[-1].at if len(self.changes) > 1 else None

    @property
    def anomalies(self) -> tuple[str, ...]:
        """The codes of all remarks on its declarations, each once."""
        return tuple(dict.fromkeys(code for one in self.changes for code in one.anomalies))

    @property
    def former_last_day(self) -> date | None:
        """The last day before the latest change of it, None when it never changed."""
        days = [one.last_day for one in self.changes if one.kind in ("in", "update", "out")]
        former = [day for day in days if day != self.span.last_day]
        return former[-1] if former else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty or None: everything. ``words``: part of a name."""

    first: date | None = None
    last: date | None = None
    kind: str = ""
    agency: str = ""
    user: str = ""
    state: str = ""
    words: str = ""
    is_oldest_first: bool = False


def relations(*, niss: str, now: datetime, language: str) -> list[Relation]:
    """Every relation of the window, under each number of the person, the newest first."""
    on = clock.today(now)
    first, last = rules.window(on)
    numbers = persons.numbers_of(niss=niss)
    rows = employments.of_committee(
        numbers=numbers, joint_committee=rules.COMMITTEE, first=first, last=last
    )
    known = declared.details(dimona_ids=[row.dimona_id for row in rows if row.dimona_id])
    waiting = [one for one in declared.waiting(numbers=numbers) if _is_temporary(one)]
    names = _names(rows, waiting, language)
    found = [_relation(row, known.get(row.dimona_id or 0), names, on) for row in rows]
    found += [_waiting(one, names, on) for one in waiting]
    shown = [one for one in found if rules.is_shown(one.span, on=on)]
    return sorted(shown, key=lambda one: (one.first_day, one.reference), reverse=True)


def relation(*, niss: str, reference: str, now: datetime, language: str) -> Relation | None:
    """One relation of the person, or None; somebody else's is none."""
    found = relations(niss=niss, now=now, language=language)
    one = next((one for one in found if one.reference == reference), None)
    if one is None:
        return None
    agency = enterprises.enterprise(number=one.agency.number)
    named = replace(one.agency, employer_number=agency.onss_number if agency else "")
    return replace(one, agency=named, in_a_row=_in_a_row(one, found))


def chosen(found: Iterable[Relation], wanted: Wanted) -> list[Relation]:
    """Those that are looked for, in the same order unless the oldest is wanted first."""
    matching = [one for one in found if _matches(one, wanted)]
    return matching[::-1] if wanted.is_oldest_first else matching


def in_year(found: Iterable[Relation], year: int) -> list[Relation]:
    """Those with a day in a year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return [one for one in found if _touches(one, first, last)]


def of_today(found: Iterable[Relation]) -> list[Relation]:
    """Those that stand declared for today, the one that waits for an answer too."""
    return [one for one in found if one.moment is State.RUNNING and not one.is_cancelled]


def agencies(found: Iterable[Relation]) -> list[Party]:
    """The agencies of these relations, each once, by name."""
    return _by_name(one.agency for one in found)


def users(found: Iterable[Relation]) -> list[Party]:
    """The user companies of these relations, each once, by name."""
    return _by_name(one.user for one in found if one.user)


def days_declared(found: Iterable[Relation], *, on: date) -> int:
    """How many days of the window stand declared, each once; cancelled ones do not count."""
    standing = (one.span for one in found if not one.is_cancelled)
    return len({day for span in standing for day in rules.marked_days(span, on=on)})


def _in_a_row(one: Relation, found: Iterable[Relation]) -> int:
    if one.contract is not Contract.DAY or one.user is None or one.is_cancelled:
        return 0
    same = (
        each.first_day
        for each in found
        if each.contract is Contract.DAY
        and not each.is_cancelled
        and each.user is not None
        and (each.agency.number, each.user.key) == (one.agency.number, one.user.key)
    )
    return day_contracts.successive(same, on=one.first_day)


def _by_name(parties: Iterable[Party]) -> list[Party]:
    once = {one.key: one for one in parties}
    return sorted(once.values(), key=lambda one: sort_key(one.name))


def _matches(one: Relation, wanted: Wanted) -> bool:
    if not _touches(one, wanted.first or date.min, wanted.last or date.max):
        return False
    asked = (
        (wanted.kind, one.kind.value),
        (wanted.agency, one.agency.key),
        (wanted.user, one.user.key if one.user else ""),
    )
    if any(word and word != own for word, own in asked):
        return False
    if wanted.state and wanted.state not in (one.state.value, one.moment.value):
        return False
    names = sort_key(one.agency.name, one.user.name if one.user else "")
    return sort_key(wanted.words) in names


def _touches(one: Relation, first: date, last: date) -> bool:
    return one.first_day <= last and one.span.ends_by(last) >= first


def _is_temporary(one: Waiting) -> bool:
    return one.joint_committee == rules.COMMITTEE


def _names(
    rows: Collection[EmploymentRecord], waiting: Collection[Waiting], language: str
) -> Mapping[str, str]:
    numbers = {number for row in rows for number in (row.employer, row.user_enterprise) if number}
    numbers |= {number for one in waiting for number in (one.employer, one.user_enterprise)}
    return enterprises.names(numbers=numbers - {""}, language=language)


def _relation(
    row: EmploymentRecord, known: PeriodDetails | None, names: Mapping[str, str], on: date
) -> Relation:
    more = known or PeriodDetails()
    hours = {"start_hour": more.start_hour, "end_hour": more.end_hour}
    span = Span(row.first_day, row.last_day, day_contracts.is_over_midnight(**hours))
    is_changed = any(one.kind in ("update", "out") for one in more.changes)
    state = rules.state_of(
        span,
        is_cancelled=row.state == "cancelled",
        is_waiting=False,
        is_late=more.is_late,
        is_changed=is_changed,
        on=on,
    )
    return Relation(
        reference=f"p{row.dimona_id}",
        agency=_party(row.employer, names),
        user=_user(row.user_enterprise or "", more, names),
        worker_type=row.worker_type,
        kind=rules.kind_of(row.worker_type),
        contract=rules.contract_of(span),
        span=span,
        start_hour=more.start_hour,
        end_hour=more.end_hour,
        planned_hours=more.planned_hours,
        state=state,
        moment=rules.moment_of(span, on=on),
        declared_at=more.declared_at,
        is_late=more.is_late,
        changes=more.changes,
    )


def _waiting(one: Waiting, names: Mapping[str, str], on: date) -> Relation:
    hours = {"start_hour": one.start_hour, "end_hour": one.end_hour}
    span = Span(one.first_day, one.last_day, day_contracts.is_over_midnight(**hours))
    more = PeriodDetails(user_name=one.user_name)
    return Relation(
        reference=f"w{one.declaration_id}",
        agency=_party(one.employer, names),
        user=_user(one.user_enterprise, more, names),
        worker_type=one.worker_type,
        kind=rules.kind_of(one.worker_type),
        contract=rules.contract_of(span),
        span=span,
        start_hour=one.start_hour,
        end_hour=one.end_hour,
        planned_hours=None,
        state=State.IN_TREATMENT,
        moment=rules.moment_of(span, on=on),
        declared_at=one.declared_at,
        is_late=False,
    )


def _party(number: str, names: Mapping[str, str]) -> Party:
    return Party(number, names.get(number, number))


def _user(number: str, more: PeriodDetails, names: Mapping[str, str]) -> Party | None:
    if not number and not more.user_name:
        return None
    name = names.get(number) or more.user_name or number
    return Party(number, name, more.user_address, more.user_committee)
