"""Reading the register of arrangements: plain values out, and who registers whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from guichet.registers.arrangements.models import Arrangement
from guichet.registers.works import queries as works
from guichet.rules.presence_arrangements import (
    DECIDING,
    Agreed,
    Answer,
    Kind,
    Method,
    Registrar,
    Side,
    State,
    who_registers,
)


@dataclass(frozen=True, slots=True)
class ArrangementRecord:
    """An agreement with the numbers of its parties; ``answer``: what the other party said."""

    number: UUID
    above: str
    below: str
    kind: Kind
    registrar: Registrar
    supplier: Side
    method: Method
    description: str
    works_reference: str
    first_day: date
    last_day: date | None
    state: State
    recorded_by: Side
    recorded_at: datetime
    answer: str
    answered_at: datetime | None
    ended_by: Side | None
    ended_at: datetime | None

    def side_of(self, enterprise: str) -> Side:
        """Which party an enterprise is."""
        return Side.ABOVE if self.above == enterprise else Side.BELOW

    def party(self, side: Side) -> str:
        """The number of a party."""
        return self.above if side is Side.ABOVE else self.below


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who registers at the sites of an activity, or at one site that has its own agreement."""

    activity: str
    reference: str
    site_name: str
    answer: Answer


def of_enterprise(*, enterprise: str) -> list[ArrangementRecord]:
    """Every agreement to which an enterprise is party, the newest first."""
    rows = _rows().filter(Q(above__number=enterprise) | Q(below__number=enterprise))
    return [record_of(row) for row in rows.order_by("-recorded_at", "-id")]


def arrangement(*, number: UUID, enterprise: str) -> ArrangementRecord | None:
    """One agreement of an enterprise; one between others and none are the same None."""
    mine = Q(above__number=enterprise) | Q(below__number=enterprise)
    row = _rows().filter(mine, number=number).first()
    return None if row is None else record_of(row)


def between(*, above: str, below: str, kind: Kind) -> list[ArrangementRecord]:
    """What two parties agreed of one kind, withdrawn ones left out, the newest first."""
    rows = _rows().filter(above__number=above, below__number=below, kind=kind.value)
    standing = rows.exclude(state=State.WITHDRAWN.value)
    return [record_of(row) for row in standing.order_by("-recorded_at", "-id")]


def arranged(
    *, enterprise: str, side: Side, kind: Kind, on: date, sites: Collection[str]
) -> frozenset[str]:
    """The other parties with whom an enterprise has an agreement that holds on a day.

    ``sites``: an agreement of one site counts for one of these, one of every site always.
    """
    rows = _rows().filter(
        Q(last_day__isnull=True) | Q(last_day__gte=on),
        **{f"{side.value}__number": enterprise},
        kind=kind.value,
        first_day__lte=on,
        state__in=[one.value for one in DECIDING],
        works_reference__in=["", *sites],
    )
    return frozenset(record_of(row).party(side.other) for row in rows)


def responsible(*, agency: str, user: str, on: date) -> tuple[Responsible, ...]:
    """Who registers an interim worker of an agency at a user company on a day.

    One answer for each activity of the user's sites that day, and one for each of its sites that
    has an agreement of its own; empty when no site with registration of presences is known.
    """
    references = works.references_of(enterprise=user, on=on)
    sites = works.sites(references=references)
    agreements = [agreed(one) for one in between(above=user, below=agency, kind=Kind.INTERIM)]
    own = {one.works_reference for one in agreements if one.covers(on)}
    places = [(one.activity, "", "") for one in sites.values() if one.reference not in own]
    places += [
        (one.activity, one.reference, one.name) for one in sites.values() if one.reference in own
    ]
    return tuple(_answered(sorted(set(places)), agreements, on))


def agreed(one: ArrangementRecord) -> Agreed:
    """What an agreement says, for the rule."""
    return Agreed(
        registrar=one.registrar,
        supplier=one.supplier,
        first_day=one.first_day,
        last_day=one.last_day,
        state=one.state,
        recorded_at=one.recorded_at,
        works_reference=one.works_reference,
        number=str(one.number),
    )


def record_of(row: Arrangement) -> ArrangementRecord:
    """The plain value of a row whose parties were read with it."""
    return ArrangementRecord(
        number=row.number,
        above=row.above.number,
        below=row.below.number,
        kind=Kind(row.kind),
        registrar=Registrar(row.registrar),
        supplier=Side(row.supplier),
        method=Method(row.method),
        description=row.description,
        works_reference=row.works_reference,
        first_day=row.first_day,
        last_day=row.last_day,
        state=State(row.state),
        recorded_by=Side(row.recorded_by),
        recorded_at=row.recorded_at,
        answer=row.answer,
        answered_at=row.answered_at,
        ended_by=Side(row.ended_by) if row.ended_by else None,
        ended_at=row.ended_at,
    )


def _answered(
    places: Iterable[tuple[str, str, str]], agreements: list[Agreed], on: date
) -> Iterable[Responsible]:
    for activity, reference, name in places:
        answer = who_registers(
            activity=activity, kind=Kind.INTERIM, agreements=agreements, on=on,
            reference=reference,
        )  # fmt: skip
        if answer is not None:
            yield Responsible(activity, reference, name, answer)


def _rows() -> QuerySet[Arrangement]:
    return Arrangement.objects.select_related("above", "below")
