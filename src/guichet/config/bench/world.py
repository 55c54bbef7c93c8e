"""The world of the benchmark: registers of a realistic size, and acts as they come in.

Forty employers with fifteen hundred workers on a hundred and twenty sites, written by bulk
because loading is not what is measured. Most acts are right; a few in a hundred are not, so that
every branch of the validation is taken. Everything is drawn from a seed.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from guichet.demo import numbers
from guichet.presence_log.acts import NewAct

EMPLOYERS: Final = 40
WORKERS: Final = 1_500
SITES: Final = 120
SEED: Final = 20_260_302
_CHANNEL: Final = "ws"
_UNKNOWN_SITE: Final = "1Y103CFZGY9WZ"
_PATTERN: Final = (("in", 0), ("out", 180), ("in", 195), ("out", 480))
"""A working day: minutes after its beginning."""


@dataclass(frozen=True, slots=True)
class Site:
    """A site and who may work on it; longitude and latitude in degrees."""

    reference: str
    longitude: float
    latitude: float
    declarant: int
    subcontractor: int


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker, his employer (by index) and the sites where he works."""

    ssin: str
    employer: int
    sites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class World:
    """Everybody and everything; the same for the same seed."""

    employers: tuple[str, ...]
    sites: tuple[Site, ...]
    workers: tuple[Worker, ...]


def world(*, workers: int = WORKERS) -> World:
    """The seeded world; with more ``workers`` it is for counting bytes only."""
    chance = random.Random(SEED)  # noqa: S311  # not a secret
    sites = tuple(_site(at, chance) for at in range(SITES))
    by_employer: dict[int, list[int]] = {employer: [] for employer in range(EMPLOYERS)}
    for at, site in enumerate(sites):
        by_employer[site.declarant].append(at)
        by_employer[site.subcontractor].append(at)
    people = tuple(_worker(at, by_employer[at % EMPLOYERS], chance) for at in range(workers))
    return World(tuple(numbers.enterprise(at) for at in range(EMPLOYERS)), sites, people)


def _site(at: int, chance: random.Random) -> Site:
    return Site(
        reference=numbers.works_reference(at),
        longitude=round(chance.uniform(2.9, 5.9), 5),
        latitude=round(chance.uniform(50.2, 51.2), 5),
        declarant=at % EMPLOYERS,
        subcontractor=(at * 7 + 3) % EMPLOYERS,
    )


def _worker(at: int, sites: list[int], chance: random.Random) -> Worker:
    born_on = date(1962, 1, 1) + timedelta(days=at // 2)
    return Worker(
        ssin=numbers.niss(born_on=born_on, is_female=bool(at % 2)),
        employer=at % EMPLOYERS,
        sites=tuple(chance.sample(sites, min(2, len(sites)))),
    )


def load(*, known: World, today: date) -> None:
    """Write the registers by bulk; Django must be set up."""
    from guichet.audit.actors import system  # noqa: PLC0415  # the generators need no Django
    from guichet.platform.db import transaction  # noqa: PLC0415  # after django.setup()

    with transaction(actor=system("benchmark")):
        _load_people(known, today)
        _load_works(known, today)


def _load_people(known: World, today: date) -> None:
    from guichet.registers.employments.models import Period, Relation  # noqa: PLC0415  # after django.setup()
    from guichet.registers.enterprises.models import Enterprise  # noqa: PLC0415  # after django.setup()
    from guichet.registers.persons.models import Person  # noqa: PLC0415  # after django.setup()

    employers = Enterprise.objects.bulk_create(
        Enterprise(
            number=number,
            name_nl=f"Werkgever {at}",
            sort_key=f"werkgever {at}",
            onss_number=numbers.onss(at),
            onss_first_day=today - timedelta(days=3_000),
        )
        for at, number in enumerate(known.employers)
    )
    persons = Person.objects.bulk_create(
        Person(niss=each.ssin, given_name="An", family_name=f"W{at}", sort_key=f"w{at} an")
        for at, each in enumerate(known.workers)
    )
    relations = Relation.objects.bulk_create(
        Relation(
            person=person,
            employer=employers[each.employer],
            joint_committee="121",
            worker_type="OTH",
        )
        for person, each in zip(persons, known.workers, strict=True)
    )
    Period.objects.bulk_create(
        Period(
            relation=relation, dimona_id=800_000_000_000 + at, first_day=today - timedelta(days=800)
        )
        for at, relation in enumerate(relations)
    )


def _load_works(known: World, today: date) -> None:
    from guichet.registers.enterprises.models import Enterprise  # noqa: PLC0415  # after django.setup()
    from guichet.registers.works.models import (  # noqa: PLC0415  # after django.setup()
        Address,
        Contract,
        Intervention,
    )
    from guichet.registers.works.models import Site as SiteRow  # noqa: PLC0415  # after django.setup()

    by_number = {row.number: row for row in Enterprise.objects.all()}
    employers = [by_number[number] for number in known.employers]
    sites = SiteRow.objects.bulk_create(
        SiteRow(
            reference=each.reference,
            name=f"Werf {at}",
            activity="cleaning",
            sector=1,
            is_obliged=True,
        )
        for at, each in enumerate(known.sites)
    )
    pairs = list(zip(sites, known.sites, strict=True))
    Address.objects.bulk_create(
        Address(site=row, position=1, longitude=each.longitude, latitude=each.latitude)
        for row, each in pairs
    )
    contracts = Contract.objects.bulk_create(
        Contract(
            site=row,
            declaration_number=numbers.declaration(at),
            declarant=employers[each.declarant],
            total_cost_cents=5_000_000,
            first_day=today - timedelta(days=400),
            last_day=today + timedelta(days=400),
            work_type=8,
        )
        for at, (row, each) in enumerate(pairs)
    )
    Intervention.objects.bulk_create(
        Intervention(
            contract=contract,
            enterprise=employers[each.subcontractor],
            first_day=contract.first_day,
            last_day=contract.last_day,
        )
        for contract, each in zip(contracts, known.sites, strict=True)
    )


def days(*, known: World, first: datetime, count: int) -> Iterator[list[NewAct]]:
    """``count`` working days from ``first`` (the moment the first worker starts): the acts of each
    day in the order in which they come in, without receipts."""
    chance = random.Random(SEED + 1)  # noqa: S311
    for day in range(count):
        acts: list[NewAct] = []
        for worker in known.workers:
            begins = first + timedelta(days=day, seconds=chance.randrange(7_200))
            acts += _day(known, worker, begins, chance)
        acts.sort(key=lambda act: act.received_at)
        yield acts


def _day(known: World, worker: Worker, begins: datetime, chance: random.Random) -> Iterator[NewAct]:
    site = known.sites[chance.choice(worker.sites)]
    for kind, minutes in _PATTERN:
        what = chance.random()
        if what < 0.005:  # forgotten
            continue
        at = begins + timedelta(minutes=minutes)
        act = one_act(known=known, worker=worker, site=site, kind=kind, at=at, chance=chance)
        if what > 0.995:
            act.works_reference = _UNKNOWN_SITE
        elif what > 0.99 and act.latitude is not None:
            act.latitude = round(act.latitude + 0.1, 6)
        yield act
        if 0.98 < what < 0.985:  # sent twice
            yield one_act(known=known, worker=worker, site=site, kind=kind, at=at, chance=chance)


def just_now(*, known: World, now: datetime, count: int, seed: int) -> Iterator[NewAct]:
    """``count`` acts of the last half minute, of workers in no order."""
    chance = random.Random(seed)  # noqa: S311
    for _ in range(count):
        worker = chance.choice(known.workers)
        yield one_act(
            known=known,
            worker=worker,
            site=known.sites[chance.choice(worker.sites)],
            kind=chance.choice(("in", "out")),
            at=now - timedelta(microseconds=chance.randrange(30_000_000)),
            chance=chance,
        )


def one_act(
    *, known: World, worker: Worker, site: Site, kind: str, at: datetime, chance: random.Random
) -> NewAct:
    """One act as a device sends it, a few seconds before it is received."""
    return NewAct(
        occurred_at=at,
        received_at=at + timedelta(milliseconds=chance.randrange(200, 9_000)),
        offset_minutes=60,
        type=kind,
        ssin=worker.ssin,
        works_reference=site.reference,
        activity="cleaning",
        channel=_CHANNEL,
        sender=1,
        enterprise_number=known.employers[worker.employer],
        longitude=round(site.longitude + chance.uniform(-0.002, 0.002), 6),
        latitude=round(site.latitude + chance.uniform(-0.001, 0.001), 6),
        custom_reference=f"shift-{chance.randrange(100_000)}",
    )
