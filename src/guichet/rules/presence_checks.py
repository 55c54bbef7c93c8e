"""Which remarks an act of presence gets from what the registers say.

Pure: the facts come in already fetched, act by act, and the codes of ``remarks.REMARKS`` go out
in the order of that catalogue. An act is validated when it has no remark, failed otherwise; a
remark that only informs (ciao_907) leaves it validated. Failed or not, it stays a registration.

What combines and what does not (ours where the published trigger leaves it open):

- An unknown person (caw_15) has no relation to speak of: caw_1, 2, 3, 5, 8 and 9 stay away.
- An unknown enterprise (caw_4) silences caw_1, 2, 3, 5 and 16; the chain is looked at all the same.
- Of caw_1, 2, 3 and 5 an act gets one: with an announced capacity caw_3 (employer) or caw_5
  (self-employed); without, caw_2 for a sole trader without staff and caw_1 for any other.
- A foreign employer is judged by Limosa (caw_8, caw_9) instead of Dimona.
- An unknown works reference (caw_10) silences caw_11, 12, 13, 17, ciao_26 and ciao_904.
- Works that are over or not begun (caw_11) silence caw_17, which would say it again.
- A repeat (caw_14) gets no remark on sequence (ciao_21, 901, 902, 903, 905): the first did.
- An IN elsewhere while another is open gets ciao_21, which clients know, and ciao_903 with it.
- A presence of a day has no sequence, no place and no clock; a Limosa number names person and
  employer, so that caw_1 to 5, 8, 9, 15 and 16 stay away. On a site where IN and OUT are
  registered, a presence of a day gets caw_13.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from typing import Final

from guichet.kernel.moments import brussels_day, elapsed
from guichet.kernel.niss import niss_check_holds
from guichet.rules import dated
from guichet.rules.distance import Point, metres_between
from guichet.rules.presence_activities import activity_rules
from guichet.rules.presence_days import announces_days
from guichet.rules.remarks import REMARKS


class Validity(StrEnum):
    """The outcome of a round of checks."""

    VALIDATED = "validated"
    FAILED = "failed"


class Coverage(StrEnum):
    """What a register knows of somebody on the day of the act."""

    UNKNOWN = "unknown"
    INACTIVE = "inactive"
    ACTIVE = "active"


class Capacity(StrEnum):
    """As what the person was announced, where the channel asks for it."""

    EMPLOYEE = "employee"
    EMPLOYER = "employer"
    SELF_EMPLOYED = "selfEmployed"


@dataclass(frozen=True, slots=True)
class EmployerFacts:
    """A Belgian employer and the person's relation to it, on the day of the act.

    ``is_active``: see ``employer_is_active``. ``dimona_covers`` includes, for agency workers, a
    Dimona of the agency that names this employer as user. ``holds_function``: founder, manager,
    director, self-employed, assisting. ``is_sole_trader``: a natural person's enterprise that
    never was an employer.
    """

    is_known: bool
    is_active: bool = True
    dimona_covers: bool = False
    holds_function: bool = False
    is_sole_trader: bool = False


@dataclass(frozen=True, slots=True)
class Zone:
    """A declared circle for mobile works: a point of a route, the middle of a quarter."""

    centre: Point
    radius_metres: float


@dataclass(frozen=True, slots=True)
class WorksFacts:
    """A declared site; one object serves all acts of a batch on it.

    ``periods`` are the contracts, first and last day included, None for without end. ``points``
    are the addresses that were geocoded.
    """

    periods: tuple[tuple[date, date | None], ...]
    is_obliged: bool = True
    points: tuple[Point, ...] = ()
    tolerance_metres: float | None = None
    zones: tuple[Zone, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviousAct:
    """The act of the same person just before, at any site, repeats left out."""

    type: str
    occurred_at: datetime
    works_reference: str


@dataclass(frozen=True, slots=True)
class ActFacts:
    """One act (``type`` is ``in``, ``out`` or ``day``) and what the registers say about it.

    ``employer`` is None for a foreign one, for whom ``posting`` tells whether a Limosa
    declaration names the person on that day. ``limosa_number`` is for channels that send the
    number itself, None elsewhere. ``membership``: the employer in the chain of the site, as
    declarant or subcontractor. ``address_matches``: None when no address was given or nothing
    can be said. ``next_out_at``: the person's first OUT after this act, needed only for an IN
    that is judged again later; ``judged_at`` None leaves ciao_902 out.
    """

    type: str
    occurred_at: datetime
    received_at: datetime
    ssin: str
    works_reference: str
    activity: str = "cleaning"
    person_is_known: bool = True
    employer: EmployerFacts | None = None
    posting: Coverage = Coverage.UNKNOWN
    limosa_number: Coverage | None = None
    capacity: Capacity | None = None
    works: WorksFacts | None = None
    membership: Coverage = Coverage.UNKNOWN
    coordinates: Point | None = None
    address_matches: bool | None = None
    previous: PreviousAct | None = None
    is_repeat: bool = False
    next_out_at: datetime | None = None
    judged_at: datetime | None = None
    is_corrected: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """The figures of ``parameters/presence.yaml`` in force on a day."""

    look_back: timedelta
    open_max: timedelta
    max_without_break: timedelta
    clock_tolerance: timedelta
    place_tolerance_metres: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """Remark codes in the order of the catalogue, and what they make of the act."""

    remarks: tuple[str, ...]
    validity: Validity


def outcome(facts: ActFacts) -> Outcome:
    """The remarks and the validity of one act."""
    remarks = verdict(facts)
    return Outcome(remarks, validity(remarks))


def verdict(facts: ActFacts) -> tuple[str, ...]:
    """The remark codes of one act, in the order of the catalogue; empty when all is well."""
    day = brussels_day(facts.occurred_at)
    at = limits(day)
    found = chain(
        _person(facts),
        _employer(facts),
        _posting(facts),
        _works(facts, day, at),
        _sequence(facts, at),
        _act(facts, at),
    )
    return tuple(sorted(found, key=_RANK.__getitem__))


def validity(remarks: Iterable[str]) -> Validity:
    """Failed as soon as one remark does more than inform."""
    if all(REMARKS[code].only_informs for code in remarks):
        return Validity.VALIDATED
    return Validity.FAILED


def employer_is_active(
    *, on: date, stopped_on: date | None, onss_first_day: date | None, onss_last_day: date | None
) -> bool:
    """Whether an enterprise exists on a day and, if it ever was an employer, still is one.

    An enterprise that never was an employer (``onss_first_day`` None) is that of self-employed
    people: it need not be one. The day of stopping is no longer active.
    """
    if stopped_on is not None and stopped_on <= on:
        return False
    if onss_first_day is None:
        return True
    return onss_first_day <= on and (onss_last_day is None or on <= onss_last_day)


@lru_cache(maxsize=64)
def limits(day: date) -> Limits:
    """The figures in force on ``day``; raises UnknownParameter before 2024."""

    def figure(name: str) -> int:
        return dated.whole(f"presence.{name}", on=day)

    return Limits(
        look_back=timedelta(minutes=figure("sequence.look_back")),
        open_max=timedelta(minutes=figure("stretch.open_max")),
        max_without_break=timedelta(minutes=figure("stretch.max_without_break")),
        clock_tolerance=timedelta(seconds=figure("act.clock_tolerance")),
        place_tolerance_metres=figure("place.tolerance"),
    )


def _person_is_known(facts: ActFacts) -> bool:
    return facts.person_is_known and niss_check_holds(facts.ssin)


def _person(facts: ActFacts) -> Iterator[str]:
    if facts.limosa_number is None and not _person_is_known(facts):
        yield "caw_15"


def _employer(facts: ActFacts) -> Iterator[str]:
    employer = facts.employer
    if employer is None:
        return
    if not employer.is_known:
        yield "caw_4"
        return
    if not employer.is_active:
        yield "caw_16"
    if _person_is_known(facts) and not employer.holds_function:
        yield from _relation(employer, facts.capacity)


def _relation(employer: EmployerFacts, capacity: Capacity | None) -> Iterator[str]:
    """For somebody without function in the enterprise."""
    if capacity is Capacity.EMPLOYER:
        yield "caw_3"
    elif capacity is Capacity.SELF_EMPLOYED:
        yield "caw_5"
    elif not employer.dimona_covers:
        yield "caw_2" if employer.is_sole_trader else "caw_1"


def _posting(facts: ActFacts) -> Iterator[str]:
    if facts.limosa_number is Coverage.UNKNOWN:
        yield "caw_6"
    elif facts.limosa_number is Coverage.INACTIVE:
        yield "caw_7"
    elif facts.limosa_number is None and facts.employer is None and _person_is_known(facts):
        if facts.posting is Coverage.UNKNOWN:
            yield "caw_8"
        elif facts.posting is Coverage.INACTIVE:
            yield "caw_9"


def _works(facts: ActFacts, day: date, at: Limits) -> Iterator[str]:
    works = facts.works
    if works is None:
        yield "caw_10"
        return
    is_active = any(first <= day and (last is None or day <= last) for first, last in works.periods)
    if not is_active:
        yield "caw_11"
    if facts.membership is Coverage.UNKNOWN:
        yield "caw_12"
    elif facts.membership is Coverage.INACTIVE and is_active:
        yield "caw_17"
    if not _is_subject(facts, works, day):
        yield "caw_13"
    yield from _place(facts, works, at)


def _is_subject(facts: ActFacts, works: WorksFacts, day: date) -> bool:
    """Whether what was registered is what the site asks for, as far as a remark says so."""
    if facts.type == "day" and not announces_days(facts.activity, on=day):
        return False
    return works.is_obliged or not _remarks_on_no_duty(facts.activity, day)


@lru_cache(maxsize=1024)
def _remarks_on_no_duty(activity: str, day: date) -> bool:
    """Whether caw_13 is raised; also for an activity that has no duty at all on that day."""
    try:
        return activity_rules(activity, on=day).remark_when_not_obliged
    except dated.UnknownParameter:
        return True


def _place(facts: ActFacts, works: WorksFacts, at: Limits) -> Iterator[str]:
    """ciao_26 against addresses, ciao_904 against zones or by the words of an address.

    Without geocoded address and without zone nothing can be said of coordinates, so nothing is.
    """
    if facts.address_matches is False:
        yield "ciao_904"
    point = facts.coordinates
    if point is None or not (works.points or works.zones):
        return
    tolerance = works.tolerance_metres
    if tolerance is None:
        tolerance = at.place_tolerance_metres
    if any(metres_between(point, declared) <= tolerance for declared in works.points):
        return
    if any(metres_between(point, zone.centre) <= zone.radius_metres for zone in works.zones):
        return
    yield "ciao_26" if works.points else "ciao_904"


def _sequence(facts: ActFacts, at: Limits) -> Iterator[str]:
    if facts.is_repeat:
        yield "caw_14"
    elif facts.type == "day":
        return
    elif facts.type == "in":
        yield from _after_in(facts, at)
        if _was_never_closed(facts, at):
            yield "ciao_902"
    elif facts.previous is not None:
        yield from _after_out(facts, facts.previous, at)


def _after_in(facts: ActFacts, at: Limits) -> Iterator[str]:
    """An IN after an IN; one older than the look-back was never closed: its own ciao_902."""
    previous = facts.previous
    if previous is None or previous.type != "in":
        return
    if elapsed(previous.occurred_at, facts.occurred_at) > at.look_back:
        return
    yield "ciao_21"
    if previous.works_reference != facts.works_reference:
        yield "ciao_903"


def _after_out(facts: ActFacts, previous: PreviousAct, at: Limits) -> Iterator[str]:
    """An OUT after an OUT, however long ago: the IN between them is missing."""
    if previous.type == "out":
        yield "ciao_901"
    elif (
        at.max_without_break < elapsed(previous.occurred_at, facts.occurred_at) <= at.open_max
        and previous.works_reference == facts.works_reference
    ):
        yield "ciao_905"


def _was_never_closed(facts: ActFacts, at: Limits) -> bool:
    if facts.judged_at is None or elapsed(facts.occurred_at, facts.judged_at) <= at.open_max:
        return False
    closing = facts.next_out_at
    return closing is None or elapsed(facts.occurred_at, closing) > at.open_max


def _act(facts: ActFacts, at: Limits) -> Iterator[str]:
    if facts.type != "day" and elapsed(facts.received_at, facts.occurred_at) > at.clock_tolerance:
        yield "ciao_906"
    if facts.is_corrected:
        yield "ciao_907"


_RANK: Final = {code: rank for rank, code in enumerate(REMARKS)}
