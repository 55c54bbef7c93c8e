"""Reading communications at the office, and decisions by whomever may see them.

An officer may read every communication; that each reading is noted is the caller's concern. An
employer sees a decision from midnight in Brussels of the day after: the day is compared here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from guichet.eservices.temporary_unemployment.models import GONE, Communication
from guichet.eservices.temporary_unemployment.office.models import Decision, Delivery, Run
from guichet.eservices.temporary_unemployment.queries import whoevers
from guichet.platform import clock
from guichet.registers.sorting import sort_key
from guichet.rules.temporary_unemployment.states import State

WAITING: Final = (State.RECEIVED.value, State.UNDER_REVIEW.value)
MINE: Final = "mine"
NOBODY: Final = "nobody"
# A decision is expected within so many days; near the end its colour changes. [OUR CHOICE]
TARGET_DAYS: Final = 7
_SOON: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an officer looks for; ``offices`` empty: every one.

    ``holder``: `MINE` or `NOBODY`, empty for whomever; ``officer``: who looks; ``warned``: with
    warnings, or without; ``text``: a ticket, an enterprise number, or part of a name.
    """

    offices: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    states: tuple[str, ...] = WAITING
    channel: str = ""
    holder: str = ""
    officer: int = 0
    warned: bool | None = None
    received_from: date | None = None
    received_until: date | None = None
    days: int | None = None
    text: str = ""
    today: date = date.min


@dataclass(frozen=True, slots=True)
class Due:
    """How long a communication is here, and how many days are left: negative when they are over."""

    age: int
    left: int

    @property
    def tone(self) -> str:
        """``green``, ``amber`` or ``red``."""
        if self.left < 0:
            return "red"
        return "amber" if self.left <= _SOON else "green"


def count(wanted: Wanted) -> int:
    """How many communications meet it."""
    return chosen(wanted).count()


def page(wanted: Wanted, *, limit: int, offset: int) -> list[Communication]:
    """One page, the one that waits for longest on top."""
    rows = chosen(wanted).select_related("employer", "handling__officer")
    return list(rows.order_by("received_at", "pk")[offset : offset + limit])


def chosen(wanted: Wanted) -> QuerySet[Communication]:
    """The communications that meet it, in no order."""
    rows = Communication.objects.filter(state__in=wanted.states)
    if wanted.offices:
        rows = rows.filter(Q(office__in=wanted.offices) | Q(office=""))
    for column, values in (("kind", wanted.kinds), ("reason", wanted.reasons)):
        if values:
            rows = rows.filter(**{f"{column}__in": values})
    if wanted.channel:
        rows = rows.filter(channel=wanted.channel)
    if wanted.warned is not None:
        rows = rows.exclude(warnings=[]) if wanted.warned else rows.filter(warnings=[])
    if wanted.text:
        rows = _searched(rows, wanted.text)
    return _dated(_held_by(rows, wanted), wanted)


def due(row: Communication, *, today: date) -> Due | None:
    """The term of a communication that waits; None for any other."""
    if row.state not in WAITING:
        return None
    age = (today - clock.today(row.received_at)).days
    return Due(age, TARGET_DAYS - age)


def one(*, ticket: str) -> Communication | None:
    """The communication of a ticket, whoever's it is."""
    return whoevers(ticket=ticket)


def waiting(offices: Collection[str]) -> tuple[int, datetime | None]:
    """How many communications of some offices wait, and since when the first one does."""
    rows = Communication.objects.filter(state=State.RECEIVED.value, office__in=offices)
    first = rows.order_by("received_at").values_list("received_at", flat=True).first()
    return rows.count(), first


def decisions(row: Communication) -> list[Decision]:
    """What was decided, the last decision first: for the office."""
    rows = Decision.objects.filter(communication=row).select_related("decided_by")
    return list(rows.order_by("-version"))


def decisions_shown(row: Communication, *, today: date) -> list[Decision]:
    """What anybody else may see of it today, the newest first; the first one stands."""
    rows = _shown(today).filter(communication=row)
    return list(rows.order_by("-version"))


def latest_shown(keys: Collection[int], *, today: date) -> dict[int, Decision]:
    """By communication, the decision that anybody else may see of it today and that stands."""
    rows = _shown(today).filter(communication_id__in=list(keys))
    return {row.communication_id: row for row in rows.order_by("version")}


def decision_shown(*, row: Communication, number: str, today: date) -> Decision | None:
    """One decision of a communication that may be seen today."""
    return _shown(today).filter(communication=row, number=number).first()


def held(references: Collection[str], *, today: date) -> set[str]:
    """Of these letters, those that nobody but the office may see yet."""
    rows = Decision.objects.filter(document__in=list(references))
    rows = rows.filter(Q(decided_on__gte=today) | Q(communication__state__in=GONE))
    return set(rows.values_list("document", flat=True))


def deliveries(row: Communication) -> list[Delivery]:
    """How the decisions of a communication go or went back."""
    rows = Delivery.objects.filter(decision__communication=row).select_related("decision")
    return list(rows.order_by("-decision__version", "way"))


def to_post(offices: Collection[str]) -> list[Delivery]:
    """Letters of some offices to employers without an open e-Box, the oldest first."""
    rows = Delivery.objects.filter(state="paper", decision__communication__office__in=offices)
    rows = rows.select_related("decision__communication__employer")
    return list(rows.order_by("due_on", "pk")[:200])


def runs(*, kind: str = "", limit: int = 20) -> list[Run]:
    """The latest work for many, the newest first."""
    rows = Run.objects.filter(kind=kind) if kind else Run.objects.all()
    return list(rows.select_related("started_by").order_by("-started_at")[:limit])


def run(key: int) -> Run | None:
    """One of them."""
    return Run.objects.select_related("started_by").filter(pk=key).first()


def _shown(today: date) -> QuerySet[Decision]:
    """Decisions of earlier days; one that the employer forestalled on its day is void."""
    return Decision.objects.filter(decided_on__lt=today).exclude(communication__state__in=GONE)


def _searched(rows: QuerySet[Communication], text: str) -> QuerySet[Communication]:
    found = whoevers(ticket=text)
    if found is not None:
        return rows.filter(pk=found.pk)
    digits = "".join(sign for sign in text if sign.isdigit())
    if len(digits) in (9, 10) and not any(sign.isalpha() for sign in text.replace("BE", "")):
        return rows.filter(employer__number=digits.zfill(10))
    return rows.filter(employer__sort_key__contains=sort_key(text))


def _held_by(rows: QuerySet[Communication], wanted: Wanted) -> QuerySet[Communication]:
    if wanted.holder == MINE:
        return rows.filter(handling__officer_id=wanted.officer)
    if wanted.holder == NOBODY:
        return rows.filter(handling=None)
    return rows


def _dated(rows: QuerySet[Communication], wanted: Wanted) -> QuerySet[Communication]:
    if wanted.received_from is not None:
        rows = rows.filter(received_at__gte=_begin(wanted.received_from))
    if wanted.received_until is not None:
        rows = rows.filter(received_at__lt=_begin(wanted.received_until + timedelta(days=1)))
    if wanted.days is not None:
        rows = rows.filter(received_at__lt=_begin(wanted.today - timedelta(days=wanted.days - 1)))
    return rows


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.BRUSSELS)
