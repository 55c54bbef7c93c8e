"""A notice as it stands on a day, and as the rules know it: head count, terms, threshold."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Q

from guichet.eservices.career_break import queries
from guichet.eservices.career_break.models import Notice, Request
from guichet.eservices.career_break.notices.content import wish_of
from guichet.kernel.period import Period
from guichet.platform import clock
from guichet.rules.career_break import notice as rules
from guichet.rules.career_break import silence, threshold
from guichet.rules.career_break.kinds import Leave, Regime
from guichet.rules.career_break.periods import age_on
from guichet.rules.career_break.states import NoticeState, State
from guichet.rules.dated import whole

_OVER: Final = (State.CANCELLED, State.EXPIRED)
# An open end; the day after it must still be a day.
_NEVER: Final = date.max - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Declared:
    """What only the employer can say when he answers; see ``rules.Notice``."""

    is_excluded: bool = False
    has_had_half: bool = False
    has_key_function: bool = False


@dataclass(frozen=True, slots=True)
class Meter:
    """How many may be in time credit at once on the requested start.

    ``workers``: head count of ``counted_on``; ``taken``: how many are away on ``day``;
    ``free_on``: the first day with a free place, None when none comes in time.
    """

    workers: int
    counted_on: date
    older: int
    places: int
    taken: int
    free: int
    day: date
    free_on: date | None


def state_of(row: Notice, *, today: date) -> NoticeState:
    """What the notice stands as today, what time did to it included."""
    return silence.stands_as(
        state=NoticeState(row.state), first_day=row.first_day, answer_by=row.answer_by,
        today=today,
    )  # fmt: skip


def notified_on(row: Notice) -> date:
    """The day of the written notice, in Brussels."""
    return clock.today(row.sent_at)


def known_to_rules(row: Notice, declared: Declared | None = None) -> rules.Notice:
    """The notice for the rules; ``declared``: what the employer says with his answer."""
    said, wish = declared or Declared(), wish_of(row)
    on = notified_on(row)
    half = whole("career_break.refuse.medical_assistance.used_half_months", on=on)
    start = wish.first_day or row.first_day
    return rules.Notice(
        leave=Leave(row.leave),
        regime=Regime(row.regime),
        start=start,
        notified_on=on,
        workers=queries.head_count(employer=row.employer.number, notified_on=on),
        follows_palliative=wish.follows_palliative,
        is_extension=wish.details.get("is_extension") == "yes",
        is_balance=wish.is_balance,
        for_hospitalised_minor=wish.details.get("relation") == "hospital",
        used_half_months=half if said.has_had_half else 0,
        is_excluded=said.is_excluded,
        several_employers=wish.has_other_employers,
        key_function=said.has_key_function and is_older_in_fifth(row, start),
    )


def meter(row: Notice) -> Meter | None:
    """The threshold on the requested start; None for who never counts, or without Dimona."""
    on = notified_on(row)
    workers = queries.head_count(employer=row.employer.number, notified_on=on)
    if Leave(row.leave) not in rules.TIME_CREDITS or workers is None:
        return None
    start = wish_of(row).first_day or row.first_day
    if is_older_in_fifth(row, start):  # he is counted on neither side
        return None
    older, away = _absences(row.employer_id, start)
    places = threshold.places(workers=workers, older_in_fifth=older, on=on)
    taken = sum(each.contains(start) for each in away)
    return Meter(
        workers=workers,
        counted_on=threshold.head_count_day(on),
        older=older,
        places=places,
        taken=taken,
        free=threshold.free_places(places=places, taken=taken),
        day=start,
        free_on=threshold.first_free_start(
            requested=start, absences=away, places=places, on=on
        ),
    )  # fmt: skip


def _absences(employer_id: int, start: date) -> tuple[int, list[Period]]:
    """How many of 55 and older are in a fifth, and the time credits of the others."""
    rows = Request.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=start),
        employer_id=employer_id,
        leave__in=[one.value for one in rules.TIME_CREDITS],
    )
    older, away = 0, []
    for one in rows.exclude(state__in=_OVER).select_related("person").defer("content"):
        period = Period(one.first_day, one.last_day or _NEVER)
        if not is_older_in_fifth(one, start):
            away.append(period)
        elif period.contains(start):
            older += 1
    return older, away


def is_older_in_fifth(row: Request | Notice, on: date) -> bool:
    """Whether somebody is in a fifth and of the age from which the threshold leaves him out."""
    born_on, age = row.person.birth_date, whole("career_break.threshold.older_from", on=on)
    return row.regime == Regime.FIFTH and born_on is not None and age_on(born_on, on=on) >= age
