"""Reading mandates: plain values out, a fixed number of questions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import get_language

from guichet.access.mandates import changing
from guichet.access.mandates.models import Lent, Mandate, Signature
from guichet.access.models import Right
from guichet.access.rights import in_force
from guichet.audit.models import Entry
from guichet.kernel.verdict import Verdict
from guichet.platform import clock
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.enterprises.models import Enterprise, Quality
from guichet.registers.persons.models import Person
from guichet.registers.sorting import sort_key
from guichet.rules import mandates as rules
from guichet.rules.access_management import REPRESENTATIVES
from guichet.rules.mandates import Domain, Held, Quarter, Side, Status, Step

# Beside the current quarter, the picture shows these many before and after it.
BEFORE: Final = 3
AFTER: Final = 4
_MOST: Final = 500


@dataclass(frozen=True, slots=True)
class SignedBy:
    """One signature as it is shown."""

    side: str
    way: str
    means: str
    at: datetime
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MandateRow:
    """A mandate as one of its parties sees it; ``steps``: what its life lets that party do."""

    id: int
    side: Side
    other_number: str
    other_name: str
    own_name: str
    domains: tuple[str, ...]
    first: Quarter
    last: Quarter | None
    status: str
    closing: str
    is_maker: bool
    starts_later: bool
    steps: frozenset[Step]
    signatures: tuple[SignedBy, ...]
    made_at: datetime

    @property
    def waits_here(self) -> bool:
        """Whether the signature of the party that looks is what is missing."""
        return Step.SIGN in self.steps

    def signature(self, side: str) -> SignedBy | None:
        """The signature of a party."""
        return next((one for one in self.signatures if one.side == side), None)


def mandates(*, number: str, side: Side, words: str = "", now: datetime) -> QuerySet[Mandate]:
    """What an enterprise gave (or received) and may see, what waits first; `shown` reads a page.

    ``words``: the beginning of a word of the other party's name, or its number.
    """
    signed = Exists(Signature.objects.filter(mandate=OuterRef("pk")))
    known = [Status.PENDING.value, Status.ACTIVE.value, Status.CLOSED.value]
    rows = _with_parties(Mandate.objects.all()).filter(
        Q(made_by=side.value) | Q(status__in=known) | signed, **{f"{side.value}__number": number}
    )
    if words:
        rows = rows.filter(named(f"{side.other.value}__", words))
    is_over = When(status=Status.ACTIVE.value, last_day__lt=clock.today(now), then=Value(2))
    places = {Status.TO_FINALISE: 0, Status.PENDING: 0, Status.ACTIVE: 1, Status.CLOSED: 2}
    order = [When(status=one.value, then=Value(place)) for one, place in places.items()]
    return rows.order_by(Case(is_over, *order, default=Value(3)), "-pk")


def count_in_force(*, number: str, side: Side, on: date) -> int:
    """How many mandates of an enterprise are active on a day."""
    rows = Mandate.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=on), status=Status.ACTIVE.value
    )
    return rows.filter(**{f"{side.value}__number": number}).count()


def changing_soon(*, number: str, side: Side, first: date, now: datetime) -> list[MandateRow]:
    """The active mandates of an enterprise that begin or end on or after a day, the next ones."""
    rows = Mandate.objects.filter(
        Q(first_day__gt=first) | Q(last_day__gte=first),
        status=Status.ACTIVE.value,
        **{f"{side.value}__number": number},
    )
    return _rows(rows.order_by("last_day", "pk")[:_MOST], side, clock.today(now))


def named(prefix: str, words: str) -> Q:
    """Enterprises of this number, or with a word of the name that begins so."""
    key, digits = sort_key(words), re.sub(r"[ .-]", "", words)
    by_name = Q(**{f"{prefix}sort_key__startswith": key})
    by_name |= Q(**{f"{prefix}sort_key__contains": f" {key}"})
    return by_name | Q(**{f"{prefix}number": digits})


def shown(rows: Iterable[Mandate], *, side: Side, now: datetime) -> list[MandateRow]:
    """A page of `mandates` as that party sees it, what waits for its signature first."""
    today = clock.today(now)
    found = [row for one in rows if (row := _row(one, side, today))]
    return sorted(found, key=lambda row: not row.waits_here)


def clients(*, niss: str, words: str = "", now: datetime) -> QuerySet[Enterprise]:
    """The employers for which somebody can act by mandate today, by name."""
    today = clock.today(now)
    offices = Right.objects.filter(in_force(now), person__niss=niss, quality="service_provider")
    lent = Lent.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=today),
        mandatary__in=offices.values("enterprise"),
        mandator=OuterRef("pk"),
        revoked_at=None,
        first_day__lte=today,
    )
    rows = Enterprise.objects.filter(Exists(lent)).order_by("sort_key", "pk")
    return rows.filter(named("", words)) if words else rows


def mandate(*, number: str, side: Side, mandate: int, now: datetime) -> MandateRow | None:
    """One mandate of an enterprise, or None; another one's is none."""
    own = {f"{side.value}__number": number}
    found = _rows(Mandate.objects.filter(pk=mandate, **own), side, clock.today(now))
    return found[0] if found else None


def side_of(*, number: str, mandate: int) -> Side | None:
    """On which side of a mandate an enterprise sits, if it does."""
    rows = Mandate.objects.filter(pk=mandate)
    if rows.filter(mandator__number=number).exists():
        return Side.MANDATOR
    return Side.MANDATARY if rows.filter(mandatary__number=number).exists() else None


def lenders(
    *, mandators: Collection[str], mandatary: str, domain: Domain, on: date
) -> frozenset[str]:
    """Those of ``mandators`` who let an enterprise act in a domain on a day."""
    rows = Lent.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=on),
        mandator__number__in=mandators,
        mandatary__number=mandatary,
        domain=domain.value,
        first_day__lte=on,
        revoked_at=None,
    )
    return frozenset(rows.values_list("mandator__number", flat=True))


def mandataries(*, mandator: str, domain: Domain, on: date) -> frozenset[str]:
    """The enterprises that may act for another in a domain on a day."""
    rows = Lent.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=on),
        mandator__number=mandator,
        domain=domain.value,
        first_day__lte=on,
        revoked_at=None,
    )
    return frozenset(rows.values_list("mandatary__number", flat=True))


def represented(*, niss: str, on: date) -> list[str]:
    """The numbers of the enterprises that a person represents by the register."""
    found = enterprises.functions_of(niss=niss, on=on)
    return sorted({one.enterprise_number for one in found if one.function in REPRESENTATIVES})


def waiting(*, numbers: Collection[str], now: datetime) -> list[MandateRow]:
    """The mandates that wait for a signature of one of these enterprises."""
    statuses = [Status.PENDING.value, Status.TO_FINALISE.value]
    rows = Mandate.objects.filter(status__in=statuses).order_by("pk")
    today = clock.today(now)
    given = _rows(rows.filter(mandator__number__in=numbers)[:_MOST], Side.MANDATOR, today)
    received = _rows(rows.filter(mandatary__number__in=numbers)[:_MOST], Side.MANDATARY, today)
    return [row for row in (*given, *received) if row.waits_here]


def proposal(
    *, own: str, side: Side, other: str, wanted: Collection[Domain], first: Quarter, now: datetime
) -> Verdict[tuple[Held, ...]] | None:
    """What the rules say of a mandate that somebody thinks of; None for an unknown enterprise."""
    by_number = {one.number: one for one in Enterprise.objects.filter(number__in=[own, other])}
    if own not in by_number or other not in by_number:
        return None
    giver, receiver = (own, other) if side is Side.MANDATOR else (other, own)
    return changing.proposal(by_number[giver], by_number[receiver], wanted, first, now)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the picture: whose domain, and for each quarter whether it is in force."""

    name: str
    domain: str
    cells: tuple[str, ...]  # "", "past", "now" or "future"
    first: Quarter
    last: Quarter | None


@dataclass(frozen=True, slots=True)
class Picture:
    """What is lent by quarter: the columns, the current one, a line for each domain lent."""

    quarters: tuple[Quarter, ...]
    current: Quarter
    lines: tuple[Line, ...]


def picture(
    *, number: str, side: Side, on: date, mandates: Collection[int] | None = None
) -> Picture:
    """The history and the future by quarter, of what is, was or will be lent.

    ``mandates``: only what these lend; absent, whatever the enterprise gave or received.
    """
    current = Quarter.of(on)
    quarters = tuple(current.later(count) for count in range(-BEFORE, AFTER + 1))
    own = {f"{side.value}__number": number}
    rows = Lent.objects.select_related("mandator", "mandatary").filter(
        Q(last_day__isnull=True) | Q(last_day__gte=quarters[0].first_day),
        revoked_at=None,
        first_day__lte=quarters[-1].last_day,
        **own,
    )
    if mandates is not None:
        rows = rows.filter(mandate__in=mandates)
    lines = []
    for row in rows.order_by("domain", "first_day", "pk")[:_MOST]:
        other = row.mandatary if side is Side.MANDATOR else row.mandator
        cells = tuple(_cell(row, quarter, current) for quarter in quarters)
        last = Quarter.of(row.last_day) if row.last_day else None
        lines.append(Line(_name(other), row.domain, cells, Quarter.of(row.first_day), last))
    return Picture(quarters, current, tuple(lines))


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to a mandate."""

    at: datetime
    what: str
    enterprise: str
    by: str = field(repr=False)


def history(*, mandate: int) -> list[Happened]:
    """What happened to a mandate, the oldest first."""
    rows = list(
        Entry.objects.filter(
            target=f"mandate/{mandate}", action__startswith="access.mandate.", result="ok"
        ).order_by("id")[:_MOST]
    )
    people = Person.objects.filter(niss__in={row.actor_id for row in rows})
    names = {one.niss: f"{one.given_name} {one.family_name}".strip() for one in people}
    numbers = {row.actor_enterprise for row in rows if row.actor_enterprise}
    firms = enterprises.names(numbers=numbers, language=get_language() or "en")
    return [
        Happened(
            row.at,
            row.action.rpartition(".")[2],
            firms.get(row.actor_enterprise or "", ""),
            names.get(row.actor_id, ""),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider of social services in the register."""

    number: str
    name: str


def providers(*, on: date, most: int = 20) -> list[Provider]:
    """The first providers of the register by name."""
    ids = Quality.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=on),
        quality="service_provider",
        first_day__lte=on,
    ).values("enterprise")
    rows = Enterprise.objects.filter(pk__in=ids).order_by("sort_key", "pk")[:most]
    return [Provider(row.number, _name(row)) for row in rows]


def name_of(number: str) -> str:
    """The name of an enterprise in the language of the page, or its number."""
    found = enterprises.names(numbers=[number], language=get_language() or "en")
    return found.get(number, number)


def _with_parties(found: QuerySet[Mandate]) -> QuerySet[Mandate]:
    return found.select_related("mandator", "mandatary").prefetch_related("signatures__person")


def _rows(found: QuerySet[Mandate], side: Side, today: date) -> list[MandateRow]:
    return [one for row in _with_parties(found) if (one := _row(row, side, today))]


def _row(row: Mandate, side: Side, today: date) -> MandateRow | None:
    made_by = Side(row.made_by)
    signatures = tuple(
        SignedBy(
            one.side,
            one.way,
            one.means,
            one.signed_at,
            f"{one.person.given_name} {one.person.family_name}".strip(),
        )
        for one in row.signatures.all()
    )
    status = rules.status_on(Status(row.status), last_day=row.last_day, on=today)
    if not rules.is_visible(status, side=side, made_by=made_by, is_signed=bool(signatures)):
        return None
    own, other = row.mandator, row.mandatary
    if side is Side.MANDATARY:
        own, other = other, own
    return MandateRow(
        id=row.pk,
        side=side,
        other_number=other.number,
        other_name=_name(other),
        own_name=_name(own),
        domains=tuple(row.domains),
        first=Quarter.of(row.first_day),
        last=Quarter.of(row.last_day) if row.last_day else None,
        status=status.value,
        closing=row.closing,
        is_maker=side is made_by,
        starts_later=status is Status.ACTIVE and row.first_day > today,
        steps=rules.open_steps(status, side=side, made_by=made_by),
        signatures=signatures,
        made_at=row.made_at,
    )


def _cell(row: Lent, quarter: Quarter, current: Quarter) -> str:
    begun = row.first_day <= quarter.first_day
    if not begun or (row.last_day is not None and row.last_day < quarter.last_day):
        return ""
    if quarter == current:
        return "now"
    return "past" if quarter < current else "future"


def _name(enterprise: Enterprise) -> str:
    return enterprises.record_of(enterprise).name(get_language() or "en")
