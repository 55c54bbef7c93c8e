"""Reading communications: an employer his own, a worker what is told of him, nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from guichet.eservices.temporary_unemployment import tickets
from guichet.eservices.temporary_unemployment.content import (
    Name,
    Told,
    cycle_of,
    fault_of,
    periods_of,
)
from guichet.eservices.temporary_unemployment.models import (
    GONE,
    Communication,
    Draft,
    Happening,
    Line,
)
from guichet.registers.persons import queries as persons
from guichet.rules.temporary_unemployment import communication as told
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.kinds import (
    Category,
    Channel,
    Kind,
    NoticeKind,
    PaperGround,
    Reason,
    Regime,
)
from guichet.rules.temporary_unemployment.regimes import days_of
from guichet.rules.temporary_unemployment.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What a list of communications is narrowed to; empty means all.

    ``niss``: of a worker who is named in it; ``today``: its decisions are not seen yet.
    """

    employer: str
    ticket: str = ""
    kinds: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    niss: str = ""
    since: date | None = None
    until: date | None = None
    today: date = date.max


def communication(*, ticket: str, employer: str) -> Communication | None:
    """A communication of the employer by its ticket or by that of its cancellation.

    Another's, a mistyped number and none at all are the same None.
    """
    signs = tickets.signs_of(ticket)
    if not signs:
        return None
    rows = Communication.objects.filter(employer__number=employer)
    rows = rows.select_related("employer", "changes", "nature")
    return rows.filter(ticket=signs).first() or rows.filter(cancellation_ticket=signs).first()


def whoevers(*, ticket: str) -> Communication | None:
    """A communication of any employer: who asks has to say whose he may see."""
    signs = tickets.signs_of(ticket)
    rows = Communication.objects.select_related("employer", "changes", "nature")
    return rows.filter(ticket=signs).first() if signs else None


def chosen(criteria: Criteria) -> QuerySet[Communication]:
    """The communications that meet the criteria, the newest first."""
    wanted = Q(employer__number=criteria.employer)
    if criteria.kinds:
        wanted &= Q(kind__in=criteria.kinds)
    if criteria.reasons:
        wanted &= Q(reason__in=criteria.reasons)
    if criteria.states:
        wanted &= _seen_in(criteria.states, criteria.today)
    if criteria.ticket:
        wanted &= Q(ticket=criteria.ticket) | Q(cancellation_ticket=criteria.ticket)
    if criteria.niss:
        mine = Line.objects.filter(niss=criteria.niss).values("communication_id")
        wanted &= Q(id__in=mine)
    if criteria.since:
        wanted &= Q(told_on__gte=criteria.since)
    if criteria.until:
        wanted &= Q(told_on__lte=criteria.until)
    return Communication.objects.filter(wanted).order_by("-id")


def shown_state(row: Communication, *, today: date) -> State:
    """Where a communication is for everybody but the office: a decision is seen the day after."""
    if row.decided_on is not None and row.decided_on >= today and row.shown_before:
        return State(row.shown_before)
    return State(row.state)


def lines(row: Communication) -> list[Line]:
    """Its workers, in order."""
    return list(Line.objects.filter(communication=row).order_by("number"))


def named(given: Iterable[Line]) -> list[Line]:
    """Lines with the names of the register where none was told; a stranger is his number."""
    rows = list(given)
    bare = [one.niss for one in rows if not one.family_name]
    known = persons.names(numbers=bare) if bare else {}
    for one in rows:
        if not one.family_name:
            name = known.get(one.niss)
            one.family_name = name.family_name if name else one.niss
            one.given_name = name.given_name if name else ""
    return rows


def happenings(row: Communication) -> list[Happening]:
    """What happened after the receipt, the oldest first."""
    return list(Happening.objects.filter(communication=row).order_by("id"))


def warnings(row: Communication) -> tuple[Fault, ...]:
    """What was found at the receipt."""
    return tuple(fault_of(plain) for plain in row.warnings)


def told_of(row: Communication, given: Iterable[Line] | None = None) -> Told:
    """The communication as it was received, for the rules; ``given``: its lines when read."""
    its = lines(row) if given is None else list(given)
    return Told(
        said=told.Communication(
            kind=Kind(row.kind),
            reason=Reason(row.reason),
            received_at=row.received_at,
            channel=Channel(row.channel),
            enterprise=row.employer.number,
            establishment=row.establishment,
            postcode=row.postcode,
            committee=row.committee,
            level=Category(row.level) if row.level else None,
            posted_on=row.posted_on,
            notice_kind=NoticeKind(row.notice_kind) if row.notice_kind else None,
            first_day=row.first_day,
            last_day=row.last_day,
            regime=Regime(row.regime) if row.regime else None,
            cycle=cycle_of(row.cycle),
            excluded=periods_of(row.excluded),
            causes=row.causes,
            no_subcontracting=True if row.kind == Kind.EXPECTED else None,
            workplace=row.workplace,
            nature_of_work=row.nature_of_work,
            weather=row.weather,
            why_impossible=row.why_impossible,
            accident_on=row.accident_on,
            nature_ticket="" if row.nature is None else row.nature.ticket,
            lines=tuple(_line(one) for one in its),
            section=row.section,
            remarks=row.remarks,
            changes="" if row.changes is None else row.changes.ticket,
        ),
        names=tuple(Name(one.family_name, one.given_name) for one in its),
        language=row.language,
        own_reference=row.own_reference,
        ground=PaperGround(row.ground) if row.ground else None,
    )


def about_worker(*, numbers: Iterable[str], first_day: date, last_day: date) -> list[Line]:
    """What stands about a worker, under any of his numbers, and touches these days.

    Announced periods that overlap them, first days and accidents within them; newest first.
    """
    period = Q(communication__first_day__lte=last_day) & (
        Q(communication__last_day__gte=first_day) | Q(communication__last_day=None)
    )
    rows = Line.objects.filter(
        Q(first_day__range=(first_day, last_day)) | (Q(first_day=None) & period),
        niss__in=list(numbers),
    ).exclude(communication__state__in=GONE)
    rows = rows.select_related("communication__employer")
    return list(rows.order_by("-communication_id", "number"))


def draft(*, key: UUID, employer: str) -> Draft | None:
    """A draft of the employer; another's is none."""
    return Draft.objects.filter(key=key, employer__number=employer).first()


def _seen_in(states: tuple[str, ...], today: date) -> Q:
    """`shown_state` for the database."""
    is_hidden = Q(decided_on__gte=today) & ~Q(shown_before="")
    is_seen = Q(decided_on=None) | Q(decided_on__lt=today) | Q(shown_before="")
    return (is_hidden & Q(shown_before__in=states)) | (is_seen & Q(state__in=states))


def _line(one: Line) -> told.Line:
    return told.Line(
        niss=one.niss,
        category=Category(one.category),
        first_day=one.first_day,
        section=one.section,
        is_agency=one.is_agency,
        workplace=one.workplace,
        in_striking_unit=one.in_striking_unit,
        circumstances=one.circumstances,
        usual_days=days_of(one.usual_days) if one.usual_days else None,
    )
