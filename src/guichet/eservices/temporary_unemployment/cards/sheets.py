"""The control cards of a worker as he is shown them; plain values out.

A card belongs to one employer: "work for my employer" and "work for another usual employer" mean
something on the card of one employer only. So who has two employers without work has two cards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import F

from guichet.eservices.temporary_unemployment.cards import requests, told
from guichet.eservices.temporary_unemployment.cards.models import Card, Choice, Mark
from guichet.eservices.temporary_unemployment.cards.requests import Requested
from guichet.eservices.temporary_unemployment.cards.told import Told
from guichet.platform import clock
from guichet.registers.employments import queries as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.persons import queries as persons
from guichet.rules.temporary_unemployment.card_days import (
    CODES,
    CardDay,
    DayState,
    Stretch,
    card_days,
    days_of_month,
    first_day_of_card,
    is_from_the_first,
)
from guichet.rules.temporary_unemployment.card_form import CardForm, MonthsCard, card_of
from guichet.rules.temporary_unemployment.card_sending import (
    State,
    Window,
    correctable_until,
    window,
)

USUAL_START: Final = time(7, 30)
"""When work begins as long as the worker says nothing else."""
_SHOWN_MONTHS: Final = 3
_UNKNOWN_COMMITTEE: Final = "XXX"


@dataclass(frozen=True, slots=True)
class Entry:
    """One mark as it was made."""

    number: int
    day: date
    state: DayState
    starts_at: time | None
    is_late: bool
    reason: str = field(repr=False)
    version: int
    marked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The card of a month at an employer, whether a row of it exists yet or not.

    ``entries``: every mark, the oldest first; ``has_row``: somebody opened it. ``is_told``: the
    employer communicated something for this month; ``form``: paper or electronic, and by which
    law; ``request``: the reasoned request for paper that holds for it.
    """

    employer: str
    month: date
    committee: str
    state: State
    version: int
    correction: str = field(repr=False)
    days: tuple[CardDay, ...]
    entries: tuple[Entry, ...] = field(repr=False)
    has_row: bool
    is_told: bool
    form: MonthsCard
    request: Requested | None = None

    @property
    def on_paper(self) -> bool:
        """Whether this committee keeps paper cards: nothing is marked here."""
        return self.form.form is CardForm.PAPER

    @property
    def may_be_paper(self) -> bool:
        """Whether the worker may hold it on paper instead."""
        return self.form.form is CardForm.EITHER

    @property
    def is_the_first(self) -> bool:
        """Whether the cards of the months before were on paper."""
        before = (self.month - timedelta(days=1)).replace(day=1)
        return card_of(month=before, committee=self.committee).form is CardForm.BEFORE

    @property
    def window(self) -> Window:
        """When it may be sent."""
        return window(self.month)

    @property
    def correctable_until(self) -> date:
        """Until when it may be opened again once it is sent."""
        return correctable_until(self.month)

    @property
    def is_open(self) -> bool:
        """Whether anything can be marked."""
        return self.state is not State.SENT and not self.on_paper

    @property
    def seen(self) -> str:
        """What the worker has before him: how often it was sent, and the last mark."""
        last = self.entries[-1].number if self.entries else 0
        return f"{self.version}.{last}"

    @property
    def is_wanted(self) -> bool:
        """Whether the worker needs it: he began it, or his employer or his sector asks for it."""
        whole = is_from_the_first(committee=self.committee, on=self.month)
        return self.has_row or self.is_told or (whole and not self.on_paper)

    def day(self, number: int) -> CardDay | None:
        """The day of this number in the month, or None."""
        return next((one for one in self.days if one.day.day == number), None)

    def standing(self, day: date) -> Entry | None:
        """The mark that stands on a day."""
        return next((one for one in reversed(self.entries) if one.day == day), None)


@dataclass(frozen=True, slots=True)
class Preferred:
    """What a worker chose, or what holds as long as he chose nothing."""

    body: str = ""
    usual_start: time = USUAL_START
    weekly_minutes: int | None = None
    daily_minutes: int | None = None


def sheet(*, niss: str, employer: str, month: date, now: datetime) -> Sheet | None:
    """The card of a person at an employer for a month, or None.

    There is one from January 2025 to the present month, where a contract touches the month or a
    card was begun.
    """
    numbers = persons.numbers_of(niss=niss)
    found = _sheets(numbers, [month], now, employer=employer)
    return found[0] if found else None


def sheets(*, niss: str, now: datetime) -> list[Sheet]:
    """The cards of the latest months at every employer, the newest month first."""
    month = clock.today(now).replace(day=1)
    months = [month]
    for _step in range(_SHOWN_MONTHS - 1):
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return _sheets(persons.numbers_of(niss=niss), months, now)


def preferred(*, person_id: int) -> Preferred:
    """What a person chose."""
    row = Choice.objects.filter(person_id=person_id).first()
    if row is None:
        return Preferred()
    return Preferred(row.body, row.usual_start, row.weekly_minutes, row.daily_minutes)


def marked_many(
    *, workers: Collection[str], employer: str, first: date, last: date, is_sent: bool = False
) -> dict[str, frozenset[date]]:
    """The days on which workers' cards say incapacity, holiday or another reason (M, V, A).

    A first effective day that was communicated for one of them stays valid (R-FD-6). Of those who
    marked such a day, in one question.
    ``is_sent``: only what was sent; what is marked since is still the worker's own affair.
    """
    current = persons.current_numbers(numbers=workers)
    rows = Mark.objects.filter(
        card__person__niss__in={*workers, *current.values()}, card__employer__number=employer,
        day__gte=first, day__lte=last,
    )  # fmt: skip
    if is_sent:
        rows = rows.filter(version__lt=F("card__version"))
    latest = rows.order_by("card", "day", "-id").distinct("card", "day")
    days: dict[str, set[date]] = {}
    for niss, day, state in latest.values_list("card__person__niss", "day", "state"):
        if DayState(state) in CODES:
            days.setdefault(niss, set()).add(day)
    return {
        niss: frozenset(found)
        for niss in workers
        if (found := days.get(niss) or days.get(current.get(niss, niss)))
    }


def _sheets(
    numbers: Collection[str], months: Collection[date], now: datetime, *, employer: str = ""
) -> list[Sheet]:
    this_month = clock.today(now).replace(day=1)
    rows = Card.objects.filter(person__niss__in=numbers, month__in=months)
    if employer:
        rows = rows.filter(employer__number=employer)
    cards = {(row.employer.number, row.month): row for row in rows.select_related("employer")}
    entries = _entries(cards.values())
    periods = _periods(numbers, employer)
    last = days_of_month(max(months))[-1]
    news = told.of_numbers(numbers, first=min(months), last=last, today=clock.today(now))
    employers = {one.employer for one in periods} | {number for number, _month in cards}
    asked = requests.of_worker(numbers, employers=employers, months=months)
    found = []
    for month in (one for one in months if one <= this_month):
        firms = {one.employer for one in periods if _touches(one, month)}
        firms |= {number for number, of_month in cards if of_month == month}
        for number in sorted(firms):
            own = [one for one in periods if one.employer == number]
            row = cards.get((number, month))
            marks = entries.get(row.pk, ()) if row else ()
            here = [one for one in news if one.employer == number and told.touches(one, month)]
            made = _sheet(number, month, own, row=row, entries=marks, news=here,
                          request=asked.get((number, month)))  # fmt: skip
            if made is not None:
                found.append(made)
    return found


def _sheet(
    employer: str,
    month: date,
    periods: Collection[EmploymentRecord],
    *,
    row: Card | None,
    entries: Iterable[Entry],
    news: Collection[Told],
    request: Requested | None,
) -> Sheet | None:
    committee = _committee(periods, month)
    form = card_of(month=month, committee=committee, is_requested=request is not None)
    if form.form is CardForm.BEFORE:
        return None
    entries = tuple(entries)
    firsts = told.first_days(news, employer=employer, month=month)
    days = card_days(
        month=month,
        contract=[Stretch(first_day=one.first_day, last_day=one.last_day) for one in periods],
        starts_on=first_day_of_card(month=month, committee=committee, communicated=firsts),
        marks={one.day: one.state for one in entries},
        communicated=firsts,
    )
    return Sheet(
        employer=employer,
        month=month,
        committee=committee,
        state=State(row.state) if row else State.OPEN,
        version=row.version if row else 0,
        correction=row.correction if row else "",
        days=days,
        entries=entries,
        has_row=row is not None,
        is_told=bool(news),
        form=form,
        request=request,
    )


def _periods(numbers: Collection[str], employer: str) -> list[EmploymentRecord]:
    return [
        one
        for number in sorted(numbers)
        for one in employments.periods_of(niss=number, employer=employer or None)
    ]


def _touches(one: EmploymentRecord, month: date) -> bool:
    last = days_of_month(month)[-1]
    return one.first_day <= last and (one.last_day is None or one.last_day >= month)


def _committee(periods: Collection[EmploymentRecord], month: date) -> str:
    """Of the latest period of the month that names one; empty where none does."""
    known = [
        one for one in periods
        if one.joint_committee != _UNKNOWN_COMMITTEE and _touches(one, month)
    ]  # fmt: skip
    return max(known, key=lambda one: one.first_day).joint_committee if known else ""


def _entries(cards: Iterable[Card]) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = {}
    for row in Mark.objects.filter(card__in=[card.pk for card in cards]).order_by("id"):
        entry = Entry(
            row.pk, row.day, DayState(row.state), row.starts_at, row.is_late, row.reason,
            row.version, row.marked_at,
        )  # fmt: skip
        found.setdefault(row.card_id, []).append(entry)
    return found
