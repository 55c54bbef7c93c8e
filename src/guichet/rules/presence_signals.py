"""Signals in the log of presence: what an inspector may look at first, with its evidence.

A signal is no finding and blocks nothing. It carries what was seen (counts, moments, receipts) and
the figure against which it was seen, so that anybody can follow it from the raw rows. The figures
are the dated parameters ``presence.signal.*``, all of them our choice.

Source: ours, each signal with its reason; no official list is public.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from guichet.kernel.moments import BRUSSELS
from guichet.rules import dated
from guichet.rules.calendar import is_working_day
from guichet.rules.distance import Point, metres_between

# As many receipts as somebody opens; the counts say how many there are.
SHOWN_RECEIPTS: Final = 10
_HOUR: Final = timedelta(hours=1)


class Kind(StrEnum):
    """What was seen; the order is the one in which they are shown."""

    EMPTY = "empty"
    ONE_DEVICE = "oneDevice"
    TWO_PLACES = "twoPlaces"
    NO_DIMONA = "noDimona"
    MISSING_OUT = "missingOut"


class Weight(StrEnum):
    """How much stands behind it."""

    STRONG = "strong"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures in force on a day; units as in the parameters."""

    empty_minute: int
    empty_look_back: int
    empty_usual_days: int
    device_persons: int
    device_kiosk_persons: int
    device_minutes: int
    out_days: int
    out_persons: int
    look_back: int
    dimona_days: int
    far_metres: int
    far_speed: int


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal about one site.

    ``persons``, ``days``, ``metres``: counts that the kind uses, else 0; ``first_at``, ``last_at``:
    between which moments; ``figure`` and ``within``: against what; ``receipts``: at most
    `SHOWN_RECEIPTS`; ``elsewhere``: the other site.
    """

    kind: Kind
    weight: Weight
    works_reference: str
    figure: int
    within: int = 0
    persons: int = 0
    days: int = 0
    metres: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    elsewhere: str = ""
    receipts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """A declared site whose works run: ``today`` persons there by the minute; on how many of the
    days before somebody was (``usual_days``), how many then in all, and whether anybody ever
    registered in that time at another hour."""

    works_reference: str
    today: int
    usual_days: int
    usual_persons: int
    is_used: bool


@dataclass(frozen=True, slots=True)
class Touch:
    """One act as a device made it; ``spot``: what tells two devices apart (sender and place)."""

    receipt: int
    ssin: str = field(repr=False)
    at: datetime
    works_reference: str
    spot: str
    is_kiosk: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing for one person at one site: an OUT, or a Dimona on several days."""

    ssin: str = field(repr=False)
    works_reference: str
    days: int
    first_at: datetime
    last_at: datetime
    receipts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Leap:
    """Two acts of one person that follow each other at two sites."""

    ssin: str = field(repr=False)
    from_reference: str
    from_point: Point
    from_at: datetime
    from_receipt: int
    to_reference: str
    to_point: Point
    to_at: datetime
    to_receipt: int


def figures(*, on: date) -> Figures:
    """The figures in force on a day."""
    names = {
        "empty_minute": "empty.minute",
        "empty_look_back": "empty.look_back",
        "empty_usual_days": "empty.usual_days",
        "device_persons": "device.persons",
        "device_kiosk_persons": "device.kiosk_persons",
        "device_minutes": "device.minutes",
        "out_days": "out.days",
        "out_persons": "out.persons",
        "look_back": "look_back",
        "dimona_days": "dimona.days",
        "far_metres": "far.metres",
        "far_speed": "far.speed",
    }
    return Figures(
        **{name: dated.whole(f"presence.signal.{key}", on=on) for name, key in names.items()}
    )


def nobody_is_expected_yet(*, at: datetime, figures: Figures) -> bool:
    """Whether it is too early, or no working day, to say that a site is empty."""
    local = at.astimezone(BRUSSELS)
    minute = local.hour * 60 + local.minute
    return not is_working_day(local.date()) or minute < figures.empty_minute


def empty_sites(*, usages: Iterable[Usage], figures: Figures) -> list[Signal]:
    """Declared works that run and nobody there: strong where people use to be there by then, weak
    where nobody was ever registered; none where people come at other hours."""
    found = []
    for usage in usages:
        is_usual = usage.usual_days >= figures.empty_usual_days
        if usage.today or (usage.is_used and not is_usual):
            continue
        found.append(
            Signal(
                Kind.EMPTY,
                Weight.STRONG if is_usual else Weight.WEAK,
                usage.works_reference,
                figure=figures.empty_minute,
                within=figures.empty_look_back,
                persons=round(usage.usual_persons / usage.usual_days) if is_usual else 0,
                days=usage.usual_days,
            )
        )
    return found


def crowded_devices(*, touches: Iterable[Touch], figures: Figures) -> list[Signal]:
    """One device and many persons: for each site and spot the fullest stretch of minutes."""
    by_spot: dict[tuple[str, str], list[Touch]] = {}
    for touch in touches:
        by_spot.setdefault((touch.works_reference, touch.spot), []).append(touch)
    within = timedelta(minutes=figures.device_minutes)
    found = []
    for (reference, _spot), group in by_spot.items():
        stretch = _fullest(sorted(group, key=lambda each: (each.at, each.receipt)), within)
        persons = len({touch.ssin for touch in stretch})
        is_kiosk = any(touch.is_kiosk for touch in group)
        figure = figures.device_kiosk_persons if is_kiosk else figures.device_persons
        if persons >= figure:
            found.append(
                Signal(
                    Kind.ONE_DEVICE,
                    Weight.STRONG,
                    reference,
                    figure=figure,
                    within=figures.device_minutes,
                    persons=persons,
                    first_at=stretch[0].at,
                    last_at=stretch[-1].at,
                    receipts=_shown(touch.receipt for touch in stretch),
                )
            )
    return found


def missing_outs(*, gaps: Iterable[Gap], figures: Figures) -> list[Signal]:
    """OUTs that have been missing for days, by site, from some persons on: strong for twice."""
    found = _by_site(gaps, Kind.MISSING_OUT, figure=figures.out_days, within=figures.look_back)
    strong = 2 * figures.out_persons
    return [
        replace(one, weight=Weight.STRONG if one.persons >= strong else Weight.WEAK)
        for one in found
        if one.persons >= figures.out_persons
    ]


def without_dimona(*, gaps: Iterable[Gap], figures: Figures) -> list[Signal]:
    """Persons whom no Dimona of their employer covers over days, by site."""
    lasting = [gap for gap in gaps if gap.days >= figures.dimona_days]
    return _by_site(lasting, Kind.NO_DIMONA, figure=figures.dimona_days, within=figures.look_back)


def two_places(*, leaps: Iterable[Leap], figures: Figures) -> list[Signal]:
    """One person at two far sites in less time than the way takes, each at the later site."""
    found = []
    for leap in leaps:
        metres = metres_between(leap.from_point, leap.to_point)
        if metres < figures.far_metres:
            continue
        hours = (leap.to_at - leap.from_at) / _HOUR
        if hours * figures.far_speed * 1000 >= metres:
            continue
        found.append(
            Signal(
                Kind.TWO_PLACES,
                Weight.STRONG,
                leap.to_reference,
                figure=figures.far_speed,
                persons=1,
                metres=round(metres),
                first_at=leap.from_at,
                last_at=leap.to_at,
                elsewhere=leap.from_reference,
                receipts=(leap.from_receipt, leap.to_receipt),
            )
        )
    return found


def in_order(signals: Iterable[Signal]) -> list[Signal]:
    """The strong ones first, then by kind, the fuller before the emptier, then by site."""
    kinds = list(Kind)
    return sorted(
        signals,
        key=lambda one: (
            one.weight is Weight.WEAK,
            kinds.index(one.kind),
            -one.persons,
            one.works_reference,
            one.receipts,
        ),
    )


def _fullest(touches: Sequence[Touch], within: timedelta) -> Sequence[Touch]:
    """The stretch no longer than ``within`` that holds most persons; the earliest of several."""
    best: Sequence[Touch] = touches[:1]
    most, start = 1, 0
    counts: dict[str, int] = {}
    for end, touch in enumerate(touches):
        counts[touch.ssin] = counts.get(touch.ssin, 0) + 1
        while touch.at - touches[start].at > within:
            left = touches[start].ssin
            counts[left] -= 1
            if not counts[left]:
                del counts[left]
            start += 1
        if len(counts) > most:
            most, best = len(counts), touches[start : end + 1]
    return best


def _by_site(gaps: Iterable[Gap], kind: Kind, *, figure: int, within: int) -> list[Signal]:
    by_site: dict[str, list[Gap]] = {}
    for gap in gaps:
        by_site.setdefault(gap.works_reference, []).append(gap)
    found = []
    for reference, group in by_site.items():
        persons = len({gap.ssin for gap in group})
        group.sort(key=lambda gap: (gap.first_at, gap.receipts))
        found.append(
            Signal(
                kind,
                Weight.STRONG if persons > 1 else Weight.WEAK,
                reference,
                figure=figure,
                within=within,
                persons=persons,
                days=max(gap.days for gap in group),
                first_at=group[0].first_at,
                last_at=max(gap.last_at for gap in group),
                receipts=_shown(receipt for gap in group for receipt in gap.receipts),
            )
        )
    return found


def _shown(receipts: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(receipts))[:SHOWN_RECEIPTS]
