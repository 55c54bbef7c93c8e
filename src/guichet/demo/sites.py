"""The hundred and sixteen sites of the demonstration, beside the four of the fixtures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Final

from guichet.demo import firms, numbers
from guichet.demo.firms import DELVAUX, FIRMS, QUATRE_NUAGES
from guichet.registers.works.municipalities import Municipality, by_postcode, municipalities

COUNT: Final = 116
_GERMAN_PLACES: Final = frozenset(
    ("63001", "63012", "63013", "63023", "63040", "63048", "63061", "63067", "63087")
)
# Longitude and latitude degrees of about a kilometre and a half, at the latitude of Brussels.
_JITTER: Final = (0.021, 0.0135)


@dataclass(frozen=True, slots=True)
class Chain:
    """A subcontractor of a site: a firm of the list, a foreign VAT number, or a sole trader.

    ``above``: its place in the chain of the one it works for, None the declarant; ``last_day``
    None: until the end of the contract.
    """

    number: str | None
    foreign_vat_number: str | None = None
    above: int | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A site, where it is, who declared it and who works below."""

    reference: str
    name: str
    activity: str
    declarant: int
    chain: tuple[Chain, ...]
    place: Municipality
    postcode: str
    street: str
    house_number: str
    longitude: float
    latitude: float
    language: str
    first_day: date
    last_day: date
    cents: int
    is_obliged: bool = True


@dataclass(frozen=True, slots=True)
class _Named:
    name: str
    declarant: int
    postcode: str
    street: str
    house_number: str
    language: str = "fr"


GRAND_HIBOU: Final = 0
SEPT_LANTERNES: Final = 1
_NAMED: Final = (
    _Named("Tour du Grand-Hibou", QUATRE_NUAGES, "1000", "Avenue des Tilleuls", "3"),
    _Named("Résidence des Sept-Lanternes", QUATRE_NUAGES, "5000", "Rue des Lanterniers", "18"),
    _Named("Halle aux Mirabelles", QUATRE_NUAGES, "6000", "Quai aux Mirabelles", "1"),
    _Named("Logements du Pré-aux-Grives", DELVAUX, "6000", "Chemin des Grives", "40"),
    _Named("École des Mésanges, aile neuve", DELVAUX, "7100", "Rue des Mésanges", "7"),
    _Named("Clinique du Val-Tranquille", DELVAUX, "5590", "Allée du Val", "2"),
)

EWA_EMPLOYER: Final = "PL9999999999"
FOREIGN: Final = (EWA_EMPLOYER, "RO99999999", "PT999999999", "LT999999999")
SOLE_TRADERS: Final = tuple(numbers.enterprise(200 + at) for at in range(8))


def sites(today: date) -> tuple[Site, ...]:
    """All of them; contracts run around ``today``, two have just ended."""
    return tuple(_site(index, today) for index in range(COUNT))


def language_of(place: Municipality) -> str:
    """The language of the place: nl, fr or de; French in Brussels."""
    if place.nis_code in _GERMAN_PLACES:
        return "de"
    if place.nis_code.startswith(("21", "25")):
        return "fr"
    return "nl" if place.nis_code[0] in "12347" else "fr"


def declarant_of(index: int) -> int:
    """The index of the firm that declared a site."""
    return _NAMED[index].declarant if index < len(_NAMED) else _declarants()[index - len(_NAMED)]


def _site(index: int, today: date) -> Site:
    chance = Random(f"site/{index}")  # noqa: S311  # a demonstration keeps no secret
    named = _NAMED[index] if index < len(_NAMED) else None
    firm = FIRMS[declarant_of(index)]
    place = by_postcode(postcode=named.postcode)[0] if named else _place(chance, firm.seat)
    language = named.language if named else language_of(place)
    first_day = today - timedelta(days=chance.randint(40, 400))
    last_day = today + timedelta(days=chance.randint(60, 700))
    if index in (21, 64):  # the contract is over and the crew goes on: caw_11
        last_day = today - timedelta(days=4)
    return Site(
        reference=numbers.works_reference(index),
        name=named.name if named else firms.site_name(index, language),
        activity="cleaning",
        declarant=declarant_of(index),
        chain=_chain(index, chance, today),
        place=place,
        postcode=named.postcode if named else chance.choice(place.postcodes[:6]),
        street=named.street if named else firms.street(chance.randrange(100), language),
        house_number=named.house_number if named else str(chance.randint(1, 190)),
        longitude=round(place.longitude + chance.uniform(-1, 1) * _JITTER[0], 6),
        latitude=round(place.latitude + chance.uniform(-1, 1) * _JITTER[1], 6),
        language=language,
        first_day=first_day,
        last_day=last_day,
        cents=chance.randint(6_000, 900_000) * 100,
        is_obliged=index not in (33, 88),
    )


def _place(chance: Random, seat: str) -> Municipality:
    """A town in the province of the firm, or any town of its language."""
    [home, *_] = by_postcode(postcode=seat)
    towns = [each for each in municipalities() if each.precision == "town"]
    near = [each for each in towns if each.province == home.province]
    same = [each for each in towns if language_of(each) == language_of(home)]
    if language_of(home) == "de":
        return chance.choice([*same, home])
    return chance.choice(near if near and chance.random() < 0.7 else same)


def _chain(index: int, chance: Random, today: date) -> tuple[Chain, ...]:
    if index == GRAND_HIBOU:
        return (Chain(numbers.enterprise(33)), Chain(None, EWA_EMPLOYER))
    chain = []
    others = [at for at in range(len(FIRMS)) if FIRMS[at].kind == "cleaning"]
    if chance.random() < 0.45:
        other = chance.choice([at for at in others if at != declarant_of(index)])
        ended = today - timedelta(days=7) if index in (11, 47) else None
        chain.append(Chain(numbers.enterprise(other), last_day=ended))
        if chance.random() < 0.3:
            below = chance.choice([at for at in others if at not in (other, declarant_of(index))])
            chain.append(Chain(numbers.enterprise(below), above=0))
    if index % 14 == 5:
        chain.append(Chain(None, FOREIGN[1 + index // 14 % 3]))
    if index % 14 == 9:
        chain.append(Chain(SOLE_TRADERS[index // 14 % len(SOLE_TRADERS)]))
    return tuple(chain)


@cache
def _declarants() -> tuple[int, ...]:
    """The other sites go to the firms by their size, at least one to each that has sites."""
    able = [at for at, firm in enumerate(FIRMS) if firm.kind != "temp_agency"]
    wanted = COUNT - len(_NAMED)
    shares = dict.fromkeys(able, 1)
    while sum(shares.values()) < wanted:
        at = max(able, key=lambda each: FIRMS[each].staff / (shares[each] + 1))
        shares[at] += 1
    return tuple(at for at in able for _ in range(shares[at]))
