"""What happens on a day of the demonstration: acts as phones and devices send them.

Pure and seeded by the day and the worker. People forget, press twice, lose the network and go
to the wrong door about as often as one hears.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final

import msgspec

from guichet.demo import signs, story
from guichet.demo.sites import Site
from guichet.demo.world import Worker, World
from guichet.kernel.moments import BRUSSELS
from guichet.presence_log.acts import NewAct
from guichet.presence_log.wire import Address

_UNKNOWN_REFERENCE: Final = "1Y1900ZZZZZ6Z"
_FAR: Final = 0.06  # degrees: some five kilometres
_NEAR: Final = 0.0006
_PATTERNS: Final = {
    # Minutes after midnight, in pairs; a night goes on after 24 h.
    "early": ((360, 600), (620, 840)),
    "day": ((420, 720), (750, 930)),
    "team": ((420, 720), (750, 965)),
    "evening": ((1020, 1230),),
    "dawn": ((300, 510),),
    "split": ((360, 540), (1020, 1200)),
    "night": ((1320, 1530), (1560, 1740)),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One act to be: the minute after midnight of the day, and at which site."""

    minute: float
    type: str
    site: int
    reference: str | None = None
    employer: str | None = None
    is_far: bool = False
    is_repeated: bool = False
    delay: float | None = None


def acts(world: World, day: date, *, played: frozenset[date] | None = None) -> list[NewAct]:
    """The acts of everybody on a day, in the order in which they are received.

    What begins late on the day ends on the next; those acts are among them. No receipts yet.
    ``played``: the days on which the named people play their parts, by default the world's own.
    """
    days = frozenset({world.today}) if played is None else played
    found = [act for worker in world.workers for act in _acts_of(worker, world, day, days)]
    if day in days:
        found = signs.seen_by_an_inspector(found, world)
    return sorted(found, key=lambda act: (act.received_at, act.ssin, act.type))


def _acts_of(worker: Worker, world: World, day: date, played: frozenset[date]) -> Iterator[NewAct]:
    chance = Random(f"acts/{day.isoformat()}/{worker.index}")  # noqa: S311
    steps = story.steps(worker, day, played=played, began=world.today)
    if steps is None:
        comes_anyway = worker.pattern == "team" and day in played
        planned = tuple(_planned(chance, worker, day, comes_anyway=comes_anyway))
        wanted = _gone_wrong(chance, worker, world, planned)
    else:
        wanted = [Step(minute, kind, worker.sites[0]) for minute, kind in steps]
    for step in wanted:
        act = _act(chance, worker, world.sites[step.site], day, step)
        yield act
        if step.is_repeated:  # the answer was lost, and the phone sent it once more
            again = act.received_at + timedelta(seconds=40)
            yield msgspec.structs.replace(act, received_at=again)


def _planned(chance: Random, worker: Worker, day: date, *, comes_anyway: bool) -> Iterator[Step]:
    is_absent = day.weekday() not in worker.days or chance.random() < 0.08
    if (is_absent and not comes_anyway) or day < worker.employed[0]:
        return
    late = chance.gauss(0, 6)
    pairs = _PATTERNS[worker.pattern]
    moves = worker.pattern == "split" and len(worker.sites) > 1
    for at, (begin, end) in enumerate(pairs):
        site = worker.sites[1] if moves and at else worker.sites[0]
        yield Step(begin + late + chance.gauss(-3, 4), "in", site)
        yield Step(end + late + chance.gauss(2, 5), "out", site)


def _gone_wrong(
    chance: Random, worker: Worker, world: World, steps: tuple[Step, ...]
) -> list[Step]:
    """The same steps, and now and then one thing that is not as it should be."""
    wanted = list(steps)
    if not wanted or worker.known is not None or chance.random() > 0.07:
        return wanted
    what = chance.choice(_MISHAPS)
    if what == "no out":  # went home without a word
        return wanted[:-1]
    if what == "in again":
        return [wanted[0], replace(wanted[0], minute=wanted[0].minute + 1.2), *wanted[1:]]
    if what == "moves on" and len(worker.sites) > 1:  # without an OUT at the first
        elsewhere = replace(wanted[0], minute=wanted[0].minute + 150, site=worker.sites[1])
        return [wanted[0], elsewhere, replace(elsewhere, minute=elsewhere.minute + 140, type="out")]
    at = chance.randrange(len(wanted))
    wanted[at] = _altered(chance, worker, world, what, wanted[at])
    return wanted


def _altered(chance: Random, worker: Worker, world: World, what: str, step: Step) -> Step:
    match what:
        case "sent twice":
            return replace(step, is_repeated=True)
        case "far away":
            return replace(step, is_far=True)
        case "wrong firm":
            return replace(step, employer=_neighbour(chance, worker, world))
        case "wrong site":
            return replace(step, reference=_UNKNOWN_REFERENCE)
    return replace(step, delay=chance.uniform(60, 560))


_MISHAPS: Final = (
    *("no out", "no out", "no out", "in again", "in again", "moves on", "moves on"),
    *("sent twice", "far away", "far away", "wrong firm", "wrong site"),
    *("no network", "no network", "no network", "no network"),
)


def _neighbour(chance: Random, worker: Worker, world: World) -> str:
    """Another Belgian firm, taken for the own one: a wrong badge, a wrong contract in the app."""
    others = [
        each.employer
        for each in chance.sample(world.workers[:1_400], 8)
        if each.employer != worker.employer
    ]
    return others[0] if others and worker.status == "employee" else worker.employer


def _act(chance: Random, worker: Worker, site: Site, day: date, step: Step) -> NewAct:
    midnight = datetime.combine(day, time(), BRUSSELS)
    seconds = round(step.minute * 60)
    at = (midnight + timedelta(seconds=seconds)).astimezone(BRUSSELS)
    delay = chance.uniform(0.4, 4) if step.delay is None else step.delay
    longitude, latitude, address = _where(chance, site, is_far=step.is_far)
    offset = at.utcoffset() or timedelta()
    employer = step.employer or worker.employer
    is_foreign = not employer.isdigit()
    return NewAct(
        occurred_at=at,
        received_at=at.astimezone(UTC) + timedelta(seconds=delay),
        offset_minutes=int(offset.total_seconds()) // 60,
        type=step.type,
        ssin=worker.niss,
        works_reference=step.reference or site.reference,
        activity=site.activity,
        channel=worker.channel,
        enterprise_number=None if is_foreign else employer,
        foreign_vat_number=employer if is_foreign else None,
        longitude=longitude,
        latitude=latitude,
        custom_reference=f"crew-{step.site}-{day:%m%d}" if worker.channel == "ws" else None,
        address=address,
    )


def _where(
    chance: Random, site: Site, *, is_far: bool
) -> tuple[float | None, float | None, Address | None]:
    if not is_far and chance.random() < 0.05:
        return (
            None,
            None,
            Address(
                post_code=site.postcode,
                municipality_name=site.place.name(site.language),
                street_name=site.street,
                house_number=site.house_number,
            ),
        )
    spread = _FAR if is_far else 0.0
    longitude = site.longitude + spread + chance.gauss(0, _NEAR)
    latitude = site.latitude + chance.gauss(0, _NEAR)
    return round(longitude, 6), round(latitude, 6), None
