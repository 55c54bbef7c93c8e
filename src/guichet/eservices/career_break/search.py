"""The overview's search: requests of one employer, filed since a day, page by page."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import F, Q, QuerySet, Subquery

from guichet.eservices.career_break import decided
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.queries import signs_of
from guichet.platform import clock
from guichet.registers.enterprises.models import Enterprise
from guichet.rules.career_break.kinds import Leave, Regime
from guichet.rules.career_break.states import State

ORDERS: Final = {
    "worker": "search_key",
    "niss": "person__niss",
    "ticket": "ticket",
    "office": "office",
    "leave": "leave",
    "regime": "regime",
    "first": "first_day",
    "last": "last_day",
    "filed": "filed_at",
    "state": "state",
}
NEWEST: Final = "-filed"
_DAY: Final = timedelta(days=1)
_FAR: Final = date(9998, 12, 31)
_ALL: Final = {"leave": len(Leave), "regime": len(Regime), "state": len(State) - 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for; ``since`` … ``until``: days on which requests were filed.

    ``today``: decisions that are not sent by then are not seen.
    """

    employer: str
    since: date
    until: date | None = None
    leaves: tuple[str, ...] = ()
    regimes: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    ticket: str = ""
    niss: str = field(default="", repr=False)
    today: date = date.max


def count(wanted: Wanted) -> int:
    """How many requests meet it."""
    return _rows(wanted).count()


def page(wanted: Wanted, *, order: str, limit: int, offset: int) -> list[Request]:
    """One page in an order of ``ORDERS``, with a hyphen from the end; ties by the newest."""
    name = ORDERS.get(order.removeprefix("-"), "filed_at")
    column: Any = f"-{name}" if order.startswith("-") else name
    if name == "last_day":  # an open end is no date: it stands below; the index has no such order
        column = F(name).desc(nulls_last=True) if order.startswith("-") else F(name).asc()
    found = _rows(wanted)
    if name == "state":
        known = decided.by_state(found, today=wanted.today)
        column = known.desc() if order.startswith("-") else known.asc()
    rows = found.select_related("person").defer("content")
    return list(rows.order_by(column, "-id")[offset : offset + limit])


def _rows(wanted: Wanted) -> QuerySet[Request]:
    # The firm's own key first: with a join the order of its index would be lost.
    firm = Enterprise.objects.filter(number=wanted.employer).values("pk")[:1]
    rows = Request.objects.filter(employer_id=Subquery(firm), filed_at__gte=_begin(wanted.since))
    if wanted.until is not None:
        # Whatever day was typed: the one after it is a day of the calendar and of the database.
        last = min(max(wanted.until, wanted.since - _DAY), _FAR)
        rows = rows.filter(filed_at__lt=_begin(last + _DAY))
    if wanted.ticket:
        signs = signs_of(wanted.ticket)
        rows = rows.filter(Q(ticket=signs) | Q(parts__ticket=signs)).distinct()
    if wanted.niss:
        rows = rows.filter(person__niss=wanted.niss)
    return _narrowed(rows, wanted)


def _narrowed(rows: QuerySet[Request], wanted: Wanted) -> QuerySet[Request]:
    """Lists that are ticked whole narrow nothing."""
    if 0 < len(wanted.leaves) < _ALL["leave"]:
        rows = rows.filter(leave__in=wanted.leaves)
    if 0 < len(wanted.regimes) < _ALL["regime"]:
        rows = rows.filter(regime__in=wanted.regimes)
    if 0 < len(wanted.states) < _ALL["state"]:
        hidden = (State.WAIT_DOCUMENTS,) if State.IN_PROGRESS in wanted.states else ()
        rows = rows.filter(decided.in_states([*wanted.states, *hidden], today=wanted.today))
    return rows


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.BRUSSELS)
