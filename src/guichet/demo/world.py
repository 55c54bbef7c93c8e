"""Everybody of the demonstration: fifteen hundred workers with their employer, site and hours.

Pure and seeded: the same day gives the same world, and nobody's life depends on another's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import Final

from guichet.demo import fixtures, numbers, people
from guichet.demo.firms import DELVAUX, FIRMS, QUATRE_NUAGES
from guichet.demo.names import Name, name
from guichet.demo.people import Known
from guichet.demo.sites import (
    EWA_EMPLOYER,
    FOREIGN,
    GRAND_HIBOU,
    SEPT_LANTERNES,
    SOLE_TRADERS,
    Site,
    language_of,
    sites,
)
from guichet.registers.works.municipalities import by_postcode

WORKERS: Final = 1_500
_TEAM: Final = 17
_PATTERNS: Final = ("early", "day", "evening", "dawn", "split", "night")
_WEIGHTS: Final = (30, 26, 16, 14, 9, 5)


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who registers presences.

    ``employer``: the enterprise number or foreign VAT number he registers for; ``agency``: who
    employs him if that is a temp agency. ``sites``: indexes, the first being his own. ``days``:
    weekdays, Monday 0. ``employed``: first day and last day of his Dimona or posting; a last day
    in the past means that he goes on without.
    """

    index: int
    niss: str
    given_name: str
    family_name: str
    language: str
    born_on: date
    postcode: str
    employer: str
    sites: tuple[int, ...]
    pattern: str
    days: frozenset[int]
    employed: tuple[date, date | None]
    channel: str = "mobile_manual"
    joint_committee: str = "121"
    agency: str | None = None
    status: str = "employee"  # or posted, self_employed, fixture
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class World:
    """Sites and workers around a day."""

    today: date
    sites: tuple[Site, ...]
    workers: tuple[Worker, ...]


@lru_cache(maxsize=2)
def world(today: date) -> World:
    """The world as it stands on ``today``, with what led to it."""
    own = sites(today)
    workers = _workers(today, own)
    return World(
        today=today,
        sites=(*own, *(_fixture_site(reference, today) for reference in _FIXTURE_SITES)),
        workers=(*workers, *_fixture_workers(len(workers), len(own), today)),
    )


_FIXTURE_SITES: Final = (fixtures.S1, fixtures.S4)


def _fixture_site(reference: str, today: date) -> Site:
    """A site that the fixtures declare, where some of their workers come to work."""
    [place, *_] = by_postcode(postcode="5000" if reference == fixtures.S1 else "6000")
    longitude, latitude = fixtures.S1_POINT if reference == fixtures.S1 else fixtures.S4_POINT
    return Site(
        reference=reference,
        name="",
        activity="cleaning",
        declarant=-1,
        chain=(),
        place=place,
        postcode=place.postcodes[0],
        street="Rue du Vieux-Saule",
        house_number="4",
        longitude=longitude,
        latitude=latitude,
        language="fr",
        first_day=today - timedelta(days=60),
        last_day=today + timedelta(days=300),
        cents=0,
    )


def _fixture_workers(first: int, site: int, today: date) -> Iterator[Worker]:
    posts = (
        (fixtures.W1, fixtures.E1, "day"),
        (fixtures.W2, fixtures.E2, "early"),
        (fixtures.WB, fixtures.FOREIGN_VAT, "day"),
        (fixtures.WS, fixtures.E4, "split"),
    )
    for at, (niss, employer, pattern) in enumerate(posts):
        yield Worker(
            index=first + at,
            niss=niss,
            given_name="",
            family_name="",
            language="fr",
            born_on=today,
            postcode="5000",
            employer=employer,
            sites=(site, site + 1) if employer == fixtures.E1 else (site,),
            pattern=pattern,
            days=frozenset(range(5)),
            employed=(today - timedelta(days=60), None),
            status="fixture",
        )


@dataclass(frozen=True, slots=True)
class _Draw:
    """What all draws share: the day, who works where, and the birth dates that are gone."""

    today: date
    sites: tuple[Site, ...]
    places: dict[str, list[int]]
    taken: set[tuple[date, bool]]


def _workers(today: date, all_sites: tuple[Site, ...]) -> tuple[Worker, ...]:
    taken = {(each.born_on, each.is_female) for each in people.EVERYBODY}
    draw = _Draw(today, all_sites, _places(all_sites), taken)
    found: list[Worker] = []
    for firm in range(len(FIRMS)):
        for at in range(FIRMS[firm].staff):
            found.append(_worker(len(found), firm, at, draw))
    found += _posted(len(found), draw)
    found += _self_employed(len(found), draw)
    return tuple(found)


def _places(all_sites: tuple[Site, ...]) -> dict[str, list[int]]:
    places = defaultdict(list)
    for index, site in enumerate(all_sites):
        places[numbers.enterprise(site.declarant)].append(index)
        for link in site.chain:
            places[link.number or link.foreign_vat_number or ""].append(index)
    return places


def _worker(index: int, firm: int, at: int, draw: _Draw) -> Worker:
    """The worker ``at`` of a firm; the first ones of Quatre-Nuages have a name and a part."""
    chance = Random(f"worker/{index}")  # noqa: S311
    home = FIRMS[firm]
    is_temp = home.kind == "temp_agency"
    user = _user(chance, firm, at) if is_temp else firm
    employer = numbers.enterprise(user)
    known = _known(firm, at)
    is_female = known.is_female if known else chance.random() < 0.62
    born_on = known.born_on if known else _birth_date(chance, draw, is_female=is_female)
    [seat, *_] = by_postcode(postcode=home.seat)
    named = _name(chance, known, is_female=is_female, region=language_of(seat))
    return Worker(
        index=index,
        niss=numbers.niss(born_on=born_on, is_female=is_female),
        given_name=named.given,
        family_name=named.family,
        language=named.language,
        born_on=born_on,
        postcode=chance.choice(seat.postcodes[:5]),
        employer=employer,
        sites=_sites_of(chance, firm, at, draw.places[employer]),
        pattern=_pattern(chance, firm, at),
        days=_weekdays(chance),
        employed=(_lent if is_temp else _employed)(chance, known, draw.today),
        channel="ws" if chance.random() < 0.35 else "mobile_manual",
        joint_committee=home.joint_committee,
        agency=numbers.enterprise(firm) if is_temp else None,
        known=known,
    )


_PARTS: Final = (people.AMINA, people.JONAS, people.RUI, people.NADEGE, people.SAMI)


def _known(firm: int, at: int) -> Known | None:
    if firm == QUATRE_NUAGES and at < len(_PARTS):
        return _PARTS[at]
    return people.LUC if firm == 2 and at == 0 else None


def _is_team(firm: int, at: int) -> bool:
    """The crew of Grand-Hibou: seventeen with Luc and Ewa."""
    return (firm == QUATRE_NUAGES and at < _TEAM - 2) or (firm == 2 and at == 0)


def _pattern(chance: Random, firm: int, at: int) -> str:
    drawn = chance.choices(_PATTERNS, _WEIGHTS)[0]
    return "team" if _is_team(firm, at) or firm == DELVAUX else drawn


def _user(chance: Random, agency: int, at: int) -> int:
    if agency == 2 and at == 0:
        return QUATRE_NUAGES
    return chance.choice([each for each, firm in enumerate(FIRMS) if firm.kind == "cleaning"])


def _sites_of(chance: Random, firm: int, at: int, places: list[int]) -> tuple[int, ...]:
    if _is_team(firm, at):
        return (GRAND_HIBOU,)
    own = [each for each in places if each != GRAND_HIBOU]
    if firm == QUATRE_NUAGES and at < _TEAM + 16:
        return (SEPT_LANTERNES,)
    first = chance.choice(own)
    others = [each for each in own if each != first]
    return (first, chance.choice(others)) if others and chance.random() < 0.2 else (first,)


def _weekdays(chance: Random) -> frozenset[int]:
    if chance.random() < 0.12:
        return frozenset((2, 3, 4, 5, 6))
    if chance.random() < 0.35:
        return frozenset(chance.sample(range(5), 3))
    return frozenset(range(5))


def _employed(chance: Random, known: Known | None, today: date) -> tuple[date, date | None]:
    since = today - timedelta(days=chance.randint(60, 2_600))
    if known is people.RUI:
        return since, today - timedelta(days=3)
    if known is None and chance.random() < 0.006:  # his Dimona ran out: caw_1
        return since, today - timedelta(days=chance.randint(1, 12))
    return since, None


def _lent(chance: Random, known: Known | None, today: date) -> tuple[date, date | None]:
    """An agency declares an end, always; the assignment runs since four Mondays."""
    _since, ended = _employed(chance, known, today)
    monday = today - timedelta(days=today.weekday() + 21)
    weeks = 6 if known else chance.randint(12, 26)
    return monday, ended or monday + timedelta(days=7 * (weeks + 3) - 1)


def _posted(first: int, draw: _Draw) -> Iterator[Worker]:
    today = draw.today
    for at in range(14):
        chance = Random(f"posted/{at}")  # noqa: S311
        known = people.EWA if at == 0 else None
        is_female = known.is_female if known else chance.random() < 0.4
        born_on = known.born_on if known else _birth_date(chance, draw, is_female=is_female)
        named = _name(chance, known, is_female=is_female, region="en")
        vat = EWA_EMPLOYER if at == 0 else FOREIGN[1 + at % 3]
        own = [index for index in range(5, 116, 14) if FOREIGN[1 + index // 14 % 3] == vat]
        until = today + timedelta(days=chance.randint(20, 200))
        yield Worker(
            index=first + at,
            niss=numbers.bis(born_on=born_on, is_female=is_female),
            given_name=named.given,
            family_name=named.family,
            language="en",
            born_on=born_on,
            postcode="",
            employer=vat,
            sites=(GRAND_HIBOU,) if at == 0 else (own[at % len(own)],),
            pattern="day",
            days=frozenset(range(5)),
            # one of them stays on after the end of his Limosa: caw_9
            employed=(today - timedelta(days=80), today - timedelta(days=2) if at == 7 else until),
            status="posted",
            known=known,
        )


def _self_employed(first: int, draw: _Draw) -> Iterator[Worker]:
    for at, number in enumerate(SOLE_TRADERS):
        chance = Random(f"self-employed/{at}")  # noqa: S311
        is_female = at % 2 == 0
        own = draw.places[number]
        named = _name(chance, None, is_female=is_female, region="fr" if at % 2 else "nl")
        born_on = _birth_date(chance, draw, is_female=is_female)
        yield Worker(
            index=first + at,
            niss=numbers.niss(born_on=born_on, is_female=is_female),
            given_name=named.given,
            family_name=named.family,
            language=named.language,
            born_on=born_on,
            postcode="1000",
            employer=number,
            sites=tuple(own[:1]) or (GRAND_HIBOU,),
            pattern="early",
            days=frozenset((0, 2, 4)),
            employed=(draw.today - timedelta(days=900), None),
            status="self_employed",
        )


def _name(chance: Random, known: Known | None, *, is_female: bool, region: str) -> Name:
    """A drawn name, never that of somebody with a part to play."""
    if known is not None:
        return Name(known.given_name, known.family_name, known.language)
    while True:
        drawn = name(chance, is_female=is_female, region=region)
        if (drawn.given, drawn.family) not in _KNOWN_NAMES:
            return drawn


_KNOWN_NAMES: Final = frozenset((each.given_name, each.family_name) for each in people.EVERYBODY)


def _birth_date(chance: Random, draw: _Draw, *, is_female: bool) -> date:
    """Between 19 and 64 years ago; one date and sex give one number, so each is drawn once."""
    while True:
        born_on = date(draw.today.year - chance.randint(19, 64), 1, 1)
        born_on += timedelta(days=chance.randrange(365))
        if (born_on, is_female) not in draw.taken and born_on not in _FIXTURE_DATES:
            draw.taken.add((born_on, is_female))
            return born_on


_FIXTURE_DATES: Final = frozenset((date(1988, 2, 19), date(1975, 9, 4)))
