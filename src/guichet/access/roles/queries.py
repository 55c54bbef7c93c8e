"""Reading who may do what in an enterprise: plain values out, a fixed number of questions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q

from guichet.access.models import Manager, Member, Right
from guichet.audit.models import Entry
from guichet.platform import clock
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.enterprises.models import Quality
from guichet.registers.persons.models import Person
from guichet.rules.access_management import MANAGEMENT, Kind, Post

SOON: Final = timedelta(days=30)
_MOST_CHANGES: Final = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """One right: from when, until when, whether it opens something today."""

    right: int
    service: str
    quality: str
    first_day: date
    last_day: date | None
    is_accepted: bool
    ends_soon: bool


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A user of the enterprise with his rights; `repr` shows nobody."""

    member: int
    person: int
    name: str = field(repr=False)
    niss: str = field(repr=False)
    state: str
    kinds: tuple[str, ...]
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    cells: tuple[Cell, ...] = ()

    def cell(self, service: str, quality: str) -> Cell | None:
        """The right of a service in a quality, or None."""
        found = (c for c in self.cells if (c.service, c.quality) == (service, quality))
        return next(found, None)


@dataclass(frozen=True, slots=True)
class ManagerRow:
    """A manager in force."""

    id: int
    person: int
    name: str = field(repr=False)
    kind: str
    quality: str | None
    services: tuple[str, ...]
    named_at: datetime
    is_activated: bool


def posts_of(*, person_id: int, enterprise_number: str) -> tuple[Post, ...]:
    """The appointments in force of a person in an enterprise."""
    rows = Manager.objects.filter(
        person=person_id, enterprise__number=enterprise_number, withdrawn_at=None
    )
    return tuple(Post(Kind(r.kind), r.quality, frozenset(r.services)) for r in rows)


def qualities_of(*, enterprise_number: str, on: date) -> tuple[str, ...]:
    """The qualities in which an enterprise appears; employer always, first."""
    rows = Quality.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=on),
        enterprise__number=enterprise_number,
        first_day__lte=on,
    )
    found = rows.order_by("id").values_list("quality", flat=True)
    return tuple(dict.fromkeys(["employer", *found]))


def people(*, enterprise_number: str, now: datetime, member: int | None = None) -> list[PersonRow]:
    """The users of an enterprise by name, with every right that is not withdrawn or over."""
    members = Member.objects.select_related("person").filter(enterprise__number=enterprise_number)
    members = members.exclude(state=Member.State.DELETED)
    if member is not None:
        members = members.filter(pk=member)
    rows = list(members.order_by("person__sort_key", "pk"))
    ids = [row.person_id for row in rows]
    cells, kinds = _cells(enterprise_number, ids, now), _kinds(enterprise_number, ids)
    return [
        PersonRow(
            member=row.pk,
            person=row.person_id,
            name=f"{row.person.family_name} {row.person.given_name}".strip(),
            niss=row.person.niss,
            state=row.state,
            kinds=tuple(kinds[row.person_id]),
            email=row.email,
            phone=row.phone,
            cells=tuple(cells[row.person_id]),
        )
        for row in rows
    ]


def person(*, enterprise_number: str, member: int, now: datetime) -> PersonRow | None:
    """One user of an enterprise, or None; another enterprise's user is none."""
    found = people(enterprise_number=enterprise_number, now=now, member=member)
    return found[0] if found else None


def managers(*, enterprise_number: str) -> list[ManagerRow]:
    """The managers in force: the main one first."""
    rows = Manager.objects.select_related("person").filter(
        enterprise__number=enterprise_number, withdrawn_at=None
    )
    order = {"main": 0, "co": 1, "domain": 2}
    found = [
        ManagerRow(
            id=row.pk,
            person=row.person_id,
            name=f"{row.person.family_name} {row.person.given_name}".strip(),
            kind=row.kind,
            quality=row.quality,
            services=tuple(row.services),
            named_at=row.named_at,
            is_activated=row.activated_at is not None,
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: (order[row.kind], row.name))


@dataclass(frozen=True, slots=True)
class Represented:
    """An enterprise that a person represents by the register, and its main manager."""

    number: str
    name: str
    functions: tuple[str, ...]
    main_name: str = field(repr=False)


def represented(*, niss: str, language: str, on: date) -> list[Represented]:
    """The enterprises of which somebody is founder, manager, director or the person itself."""
    functions: dict[str, list[str]] = defaultdict(list)
    for one in enterprises.functions_of(niss=niss, on=on):
        functions[one.enterprise_number].append(one.function)
    names = enterprises.names(numbers=functions, language=language)
    mains = Manager.objects.select_related("person", "enterprise").filter(
        enterprise__number__in=functions, kind=Manager.Kind.MAIN, withdrawn_at=None
    )
    by_number = {
        row.enterprise.number: f"{row.person.given_name} {row.person.family_name}" for row in mains
    }
    return [
        Represented(number, names.get(number, number), tuple(held), by_number.get(number, ""))
        for number, held in sorted(functions.items())
    ]


@dataclass(frozen=True, slots=True)
class OwnAccess:
    """What an enterprise gave, or offers, to the person who looks."""

    number: str
    name: str
    state: str
    kinds: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def is_waiting(self) -> bool:
        """Whether something waits for his answer."""
        return self.state == "invited" or any(not cell.is_accepted for cell in self.cells)


def own_access(*, person_id: int, language: str, now: datetime) -> list[OwnAccess]:
    """Everything that enterprises gave to a person, by enterprise."""
    rows = list(
        Right.objects.select_related("enterprise").filter(
            Q(last_day__isnull=True) | Q(last_day__gte=clock.today(now)),
            person=person_id,
            withdrawn_at=None,
        )
    )
    members = {
        row.enterprise.number: row.state
        for row in Member.objects.select_related("enterprise").filter(person=person_id)
        if row.state != Member.State.DELETED
    }
    posts = Manager.objects.select_related("enterprise").filter(person=person_id, withdrawn_at=None)
    kinds: dict[str, list[str]] = defaultdict(list)
    for post in posts:
        kinds[post.enterprise.number].append(post.kind)
    cells: dict[str, list[Cell]] = defaultdict(list)
    for row in rows:
        if row.service != MANAGEMENT:
            cells[row.enterprise.number].append(_cell(row, clock.today(now)))
    numbers = sorted({*cells, *members, *kinds})
    names = enterprises.names(numbers=numbers, language=language)
    return [
        OwnAccess(
            number,
            names.get(number, number),
            members.get(number, "active"),
            tuple(kinds[number]),
            tuple(cells[number]),
        )
        for number in numbers
    ]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened to the access of an enterprise."""

    at: datetime
    action: str
    by: str = field(repr=False)
    whom: str = field(repr=False)
    what: str = ""


def changes(*, enterprise_number: str, person_id: int | None = None) -> list[Change]:
    """The latest changes of an enterprise's access, those of one person when given."""
    entries = Entry.objects.filter(target=enterprise_number, action__startswith="access.role.")
    if person_id is not None:
        entries = entries.filter(detail__person=person_id)
    rows = list(entries.order_by("-id")[:_MOST_CHANGES])
    people_ids = {row.detail.get("person") for row in rows if row.detail}
    names = _names(people_ids)
    by_niss = _names_by_niss({row.actor_id for row in rows if row.actor_kind == "person"})
    return [
        Change(
            at=row.at,
            action=row.action.rpartition(".")[2],
            by=by_niss.get(row.actor_id, ""),
            whom=names.get((row.detail or {}).get("person"), ""),
            what=(row.detail or {}).get("service", ""),
        )
        for row in rows
    ]


def _cells(number: str, people_ids: list[int], now: datetime) -> dict[int, list[Cell]]:
    today = clock.today(now)
    rows = Right.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=today),
        enterprise__number=number,
        person__in=people_ids,
        withdrawn_at=None,
    ).exclude(service=MANAGEMENT)
    found: dict[int, list[Cell]] = defaultdict(list)
    for row in rows.order_by("quality", "service", "first_day"):
        found[row.person_id].append(_cell(row, today))
    return found


def _cell(row: Right, today: date) -> Cell:
    return Cell(
        right=row.pk,
        service=row.service,
        quality=row.quality,
        first_day=row.first_day,
        last_day=row.last_day,
        is_accepted=row.accepted_at is not None,
        ends_soon=row.last_day is not None and row.last_day <= today + SOON,
    )


def _kinds(number: str, people_ids: list[int]) -> dict[int, list[str]]:
    rows = Manager.objects.filter(
        enterprise__number=number, person__in=people_ids, withdrawn_at=None
    )
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row.kind)
    return found


def _names(ids: Iterable[object]) -> dict[object, str]:
    rows = Person.objects.filter(pk__in=[one for one in ids if isinstance(one, int)])
    return {row.pk: f"{row.given_name} {row.family_name}".strip() for row in rows}


def _names_by_niss(numbers: Iterable[str]) -> dict[str, str]:
    rows = Person.objects.filter(niss__in=list(numbers))
    return {row.niss: f"{row.given_name} {row.family_name}".strip() for row in rows}
