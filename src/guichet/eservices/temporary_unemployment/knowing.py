"""What the registers and earlier communications know beside a batch of communications.

Each question is asked of the database once for the whole batch; what is stored of the batch itself
is remembered, so that a later form knows an earlier one of the same file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import Final

from guichet.eservices.temporary_unemployment import earlier, rights, tickets
from guichet.eservices.temporary_unemployment.content import Told
from guichet.eservices.temporary_unemployment.crisis import measures
from guichet.eservices.temporary_unemployment.earlier import Changed, Closed, Nature, Service
from guichet.kernel.moments import brussels_day
from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment import accountability, identifiers
from guichet.rules.temporary_unemployment.communication import (
    Announced,
    Communication,
    FirstDay,
    Known,
)
from guichet.rules.temporary_unemployment.first_day import Outcome, judged
from guichet.rules.temporary_unemployment.kinds import Channel, Kind, Reason
from guichet.rules.temporary_unemployment.reasons import FIRST_DAY_REASONS
from guichet.rules.temporary_unemployment.states import State
from guichet.rules.temporary_unemployment.waivers import waives
from guichet.rules.temporary_unemployment.workdays import OnemCalendar

SAME_WITHIN: Final = timedelta(hours=24)
_REACH: Final = timedelta(days=3_650)
_UNKNOWN: Final = Nature(key=0, accident_on=None, suspended_from=None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a batch asks about: numbers and the span of days."""

    employers: frozenset[str]
    workers: frozenset[str]
    first_day: date
    last_day: date


class Surroundings:
    """Everything that is known beside the communications of a batch.

    ``sender``: ten digits of the enterprise that sends; ``confirmed``: somebody said that the same
    content again is meant.
    """

    def __init__(
        self, batch: Sequence[Told], *, sender: str, now: datetime, confirmed: bool = False
    ) -> None:
        wanted, self._today = _wanted(batch, now), brussels_day(now)
        self._confirmed = confirmed
        self._gone: set[str] = set()
        self.employers = earlier.employers(wanted.employers)
        self._may_act = rights.employers_of(
            mandators=wanted.employers, enterprise=sender, on=brussels_day(now)
        )
        self._places = earlier.establishments(wanted.employers)
        self._closed = earlier.closed_days(wanted.employers)
        self._calendars: dict[tuple[str, str], OnemCalendar] = {}
        self._services = earlier.services(wanted.employers, wanted.workers)
        users = {one.user for rows in self._services.values() for one in rows if one.user}
        span = (wanted.first_day, wanted.last_day)
        self._schemes = earlier.schemes(users, span=span, today=self._today) if users else {}
        self._announced = earlier.announced(
            wanted.employers, wanted.workers, wanted.first_day, self._today
        )
        self._first_days = earlier.first_days(
            wanted.employers, wanted.workers, span, self._today,
            economic_since=accountability.counted_since(span[0]) if _is_economic(batch) else None,
        )  # fmt: skip
        self._month = span[0].replace(day=1)
        self._difficulties = earlier.difficulties(wanted.employers)
        self._natures = earlier.natures(wanted.employers) if _needs_natures(batch) else {}
        self._same = earlier.digests(
            {(_employer(told.said), told.digest) for told in batch if not told.cancels},
            since=_same_since(batch, now),
        )
        self._waivers = measures.between(first_day=wanted.first_day, last_day=wanted.last_day)
        pointed = (signs for told in batch for signs in _pointed(told) if signs)
        self.changed = earlier.changed(pointed, today=self._today)

    def known(self, told: Told) -> Known:
        """What is known beside one of them."""
        said = told.said
        employer = _employer(said)
        recognised, sent_on = self._difficulty(employer, said.start)
        nature = self._nature(employer, said)
        digits = workers_of(said)
        place = self._places.get((employer, said.establishment))
        announced, told_days = self._about(employer, digits), self._told(employer, digits)
        return Known(
            may_act=employer in self.employers and employer in self._may_act,
            has_establishment=place is not None,
            opened_on=None if place is None else place.first_day,
            closed_after=None if place is None else place.last_day,
            calendar=self.calendar(employer, said.establishment),
            not_in_service=self._not_in_service(employer, said),
            announced=announced,
            # The months before are only counted: every line looks through these.
            first_days=tuple(one for one in told_days if one.day >= self._month),
            difficulty_sent_on=sent_on,
            recognised=recognised,
            nature_tickets=frozenset(self._natures.get(employer, {})),
            accident_on=nature.accident_on,
            accident_suspended_from=nature.suspended_from,
            economic_days=self._economic_days(employer, said, told_days, announced),
            without_scheme=self._without_scheme(employer, said),
            changed=self._state(employer, said.changes),
            waived=waives(self._waivers, said),
            waits_confirmation=self.is_repeated(told) and not self._confirmed,
        )

    def calendar(self, employer: str, establishment: str) -> OnemCalendar:
        """The working days of an establishment."""
        key = (employer, establishment)
        if key not in self._calendars:
            self._calendars[key] = _calendar(self._closed.get(employer, ()), establishment)
        return self._calendars[key]

    def of_ticket(self, employer: str, ticket: str) -> Changed | None:
        """What a change or a cancellation points to; another employer's is none."""
        found = self.changed.get(tickets.signs_of(ticket))
        return found if found is not None and found.employer == employer else None

    def not_theirs(self, batch: Iterable[Told]) -> dict[str, bool]:
        """The tickets that forms of the batch point to and their sender may not touch.

        Each with whether somebody has it.
        """
        strange: dict[str, bool] = {}
        for told in batch:
            employer = _employer(told.said)
            may_act = employer in self._may_act
            for signs in filter(None, _pointed(told)):
                if not (may_act and self.of_ticket(employer, signs)):
                    strange[signs] = signs in self.changed
        return strange

    def nature_key(self, employer: str, ticket: str) -> int | None:
        """The row of the accident that a list belongs to."""
        found = self._natures.get(employer, {}).get(tickets.signs_of(ticket))
        return None if found is None else found.key or None

    def is_repeated(self, told: Told) -> bool:
        """Whether the same content came by the same channel within a day."""
        key = (_employer(told.said), told.said.channel.value, told.digest)
        return not told.cancels and not self._gone.issuperset(self._same.get(key, ()))

    def remember(self, told: Told, ticket: str) -> None:
        """What was taken of this batch is known to what comes after it."""
        said, employer = told.said, _employer(told.said)
        self._same[employer, said.channel.value, told.digest].add(ticket)
        if said.kind is Kind.EXPECTED and said.suspension is not None:
            one = Announced(
                ticket=ticket, reason=said.reason, suspension=said.suspension,
                workers=workers_of(said), section=said.section, cycle=said.cycle,
                establishment=said.establishment,
            )  # fmt: skip
            self._announced[employer].append(one)
        for first in self._told_in_time(said, employer, ticket):
            self._first_days[employer, first.niss].append(first)
        if said.kind is Kind.ACCIDENT_NATURE:
            self._natures.setdefault(employer, {})[ticket] = Nature(
                key=0, accident_on=said.accident_on, suspended_from=said.first_day
            )
        if said.changes:
            self.forget(said.changes, State.MODIFIED)

    def _told_in_time(self, said: Communication, employer: str, ticket: str) -> Iterator[FirstDay]:
        """First days that count: too early is as if never told."""
        if said.kind is not Kind.FIRST_DAY or said.reason not in FIRST_DAY_REASONS:
            return
        days = self.calendar(employer, said.establishment)
        for line in said.lines:
            niss = identifiers.niss(line.niss, channel=said.channel)
            if niss is None or line.first_day is None:
                continue
            sent = judged(
                reason=said.reason, day=line.first_day, sent_at=said.received_at, calendar=days
            )
            if sent.outcome is not Outcome.TOO_EARLY:
                yield FirstDay(niss, line.first_day, said.reason, ticket, section=line.section)

    def forget(self, ticket: str, state: State) -> None:
        """A communication that was replaced or withdrawn by this batch stands no more."""
        signs = tickets.signs_of(ticket)
        if signs in self.changed:
            self.changed[signs] = replace(self.changed[signs], state=state)
        self._gone.add(signs)
        for natures in self._natures.values():
            natures.pop(signs, None)

    def _about(self, employer: str, digits: frozenset[str]) -> tuple[Announced, ...]:
        rows = self._announced.get(employer, ())
        return tuple(
            one
            for one in rows
            if (one.section or one.workers & digits) and one.ticket not in self._gone
        )

    def _told(self, employer: str, digits: frozenset[str]) -> list[FirstDay]:
        """The first days of these workers that stand."""
        return [
            one
            for niss in digits
            for one in self._first_days.get((employer, niss), ())
            if one.ticket not in self._gone
        ]

    def _economic_days(
        self,
        employer: str,
        said: Communication,
        first_days: Iterable[FirstDay],
        announced: Iterable[Announced],
    ) -> dict[int, int]:
        """By number of line, for the workers of whom an earlier first day is known."""
        if said.reason is not Reason.ECONOMIC:
            return {}
        of: dict[str, list[FirstDay]] = defaultdict(list)
        for one in first_days:
            if one.reason is Reason.ECONOMIC and one.ticket != said.changes:
                of[one.niss].append(one)
        if not of:
            return {}
        # What is changed stands no more.
        standing = by_worker(announced, of, without=said.changes)
        found = {}
        for number, line in enumerate(said.lines, start=1):
            niss = identifiers.niss(line.niss, channel=said.channel)
            if niss in of:
                found[number] = accountability.days_before(
                    line.first_day or said.start, first_days=of[niss], announced=standing[niss],
                    calendar_of=partial(self.calendar, employer),
                )  # fmt: skip
        return found

    def _not_in_service(self, employer: str, said: Communication) -> frozenset[int]:
        found = set()
        for number, line in enumerate(said.lines, start=1):
            niss = identifiers.niss(line.niss, channel=said.channel)
            day = line.first_day or said.start
            if niss and not any(
                one.covers(day) for one in self._services.get((employer, niss), ())
            ):
                found.add(number)
        return frozenset(found)

    def _difficulty(self, employer: str, on: date) -> tuple[Period | None, date | None]:
        rows = self._difficulties.get(employer, ())
        for one in rows:
            if one.recognised is not None and one.recognised.contains(on):
                # An earlier recognition that still runs is only prolonged.
                return one.recognised, one.sent_on
        waiting = [one.sent_on for one in rows if one.recognised is None and not one.refused]
        return None, max(waiting, default=None)

    def _nature(self, employer: str, said: Communication) -> Nature:
        if not said.nature_ticket and said.reason is not Reason.ACCIDENT:
            return _UNKNOWN
        known = self._natures.get(employer, {})
        if said.nature_ticket:
            return known.get(tickets.signs_of(said.nature_ticket), _UNKNOWN)
        happened = [
            one for one in known.values()
            if one.accident_on is not None and one.accident_on <= said.start
        ]  # fmt: skip
        return max(happened, key=lambda one: one.accident_on or date.min, default=_UNKNOWN)

    def _without_scheme(self, employer: str, said: Communication) -> frozenset[int]:
        """Numbers of the lines of temp workers whose user announced nothing for that day.

        Dimona tells who is one, whatever the channel says; who is in service in another way too
        on that day is not only a temp worker.
        """
        if said.reason is not Reason.ECONOMIC:
            return frozenset()
        found = set()
        for number, line in enumerate(said.lines, start=1):
            niss = identifiers.niss(line.niss, channel=said.channel)
            day = line.first_day or said.start
            services: Collection[Service] = self._services.get((employer, niss or ""), ())
            users = {one.user for one in services if one.covers(day)}
            if not users or "" in users or employer in users:
                continue
            periods = [one for user in users for one in self._schemes.get(user, ())]
            if not any(one.contains(day) for one in periods):
                found.add(number)
        return frozenset(found)

    def _state(self, employer: str, ticket: str) -> State | None:
        found = self.of_ticket(employer, ticket) if ticket else None
        return None if found is None else found.state


def calendar_of(*, employer: str, establishment: str) -> OnemCalendar:
    """The working days of an establishment of an employer, of whom nothing else is asked."""
    return calendars_of(employer)(establishment)


def calendars_of(employer: str) -> Callable[[str], OnemCalendar]:
    """The same of each of his establishments, by number."""
    closed = earlier.closed_days([employer]).get(employer, [])
    return cache(partial(_calendar, closed))


def by_worker(
    announced: Iterable[Announced], workers: Iterable[str], *, without: str = ""
) -> dict[str, list[Announced]]:
    """The announcements that may name each of these workers; ``without``: what is changed."""
    found: dict[str, list[Announced]] = {niss: [] for niss in workers}
    for one in announced:
        if not without or one.ticket != without:
            for niss in found if one.section else one.workers & found.keys():
                found[niss].append(one)
    return found


def _calendar(days: Iterable[Closed], establishment: str) -> OnemCalendar:
    here = [one for one in days if one.establishment in ("", establishment)]
    return OnemCalendar(
        frozenset(one.day for one in here if one.kind == "replacement"),
        frozenset(one.day for one in here if one.kind == "bridge"),
    )


def workers_of(said: Communication) -> frozenset[str]:
    """The numbers of its workers, eleven digits each; mistyped ones are left out."""
    read = (identifiers.niss(line.niss, channel=said.channel) for line in said.lines)
    return frozenset(digits for digits in read if digits is not None)


def _wanted(batch: Iterable[Told], now: datetime) -> Wanted:
    employers: set[str] = set()
    workers: set[str] = set()
    days = [brussels_day(now)]
    for told in batch:
        employers.add(_employer(told.said))
        workers |= workers_of(told.said)
        days += [told.said.start, *(one.first_day for one in told.said.lines if one.first_day)]
    # Days further away than anybody means are told by the rules; nothing is looked up for them.
    first, last = days[0] - _REACH, days[0] + _REACH
    return Wanted(
        frozenset(employers - {""}), frozenset(workers),
        min(max(min(days), first), last), max(min(max(days), last), first),
    )  # fmt: skip


def _same_since(batch: Iterable[Told], now: datetime) -> datetime:
    """From when the same content is the same again; a letter counts from its own day."""
    letters = (one.said.received_at for one in batch if one.said.channel is Channel.PAPER)
    return min((now, *letters)) - SAME_WITHIN


def _employer(said: Communication) -> str:
    return identifiers.enterprise(said.enterprise, channel=said.channel) or ""


def _pointed(told: Told) -> tuple[str, str]:
    return tickets.signs_of(told.said.changes), tickets.signs_of(told.cancels)


def _is_economic(batch: Iterable[Told]) -> bool:
    return any(one.said.reason is Reason.ECONOMIC for one in batch)


def _needs_natures(batch: Iterable[Told]) -> bool:
    return any(one.said.reason is Reason.ACCIDENT for one in batch)
