"""Who stands before a device: from what it read or somebody typed to a person and his employers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from django.conf import settings

from guichet.eservices.presence.clocking import queries as clocking
from guichet.eservices.presence.clocking.queries import OwnEmployer
from guichet.eservices.presence.kiosk.means import token_hash
from guichet.eservices.presence.kiosk.models import Device, Means
from guichet.kernel.niss import niss_check_holds
from guichet.platform import clock
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.persons import queries as persons
from guichet.registers.persons.queries import PersonName
from guichet.registers.works import queries as works
from guichet.rules.presence_means import PERSONAL, By, accepted, plain, read_as

# What nobody declared is cleaning, as at every other door.
_UNDECLARED: Final = "cleaning"
_MOST_EMPLOYERS: Final = 9  # one key of the keyboard for each


class Why(StrEnum):
    """Why nobody is recognised."""

    UNREADABLE = "unreadable"
    NOT_HERE = "notHere"
    NOT_READ = "notRead"
    UNKNOWN = "unknown"
    BLOCKED = "blocked"
    AMBIGUOUS = "ambiguous"
    SIMULATED = "simulated"


class NotRecognised(Exception):
    """``why``: a code of the contract."""

    def __init__(self, why: Why) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True, slots=True, repr=False)
class Read:
    """What a device read: a text, and whether it comes from an identity card (simulated or not)."""

    value: str = field(repr=False)
    is_eid: bool = False
    is_simulated: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Somebody:
    """A person at a device; exactly one of ``ssin`` and ``limosa_number``.

    ``name`` None: the register does not know him. ``employers``: for whom he may work here.
    """

    by: By
    ssin: str | None
    limosa_number: str | None
    name: PersonName | None
    employers: tuple[OwnEmployer, ...]

    @property
    def is_proven(self) -> bool:
        """Whether a means shows that it is he, and not only a number."""
        return self.by in PERSONAL


def activity_at(device: Device) -> str:
    """The activity of the device's site."""
    site = works.site(reference=device.works_reference)
    return site.activity if site else _UNDECLARED


def recognised(*, device: Device, read: Read, language: str, now: datetime) -> Somebody:
    """Who is behind what a device of a site read; raises NotRecognised."""
    by = By.EID if read.is_eid else read_as(read.value)
    today = clock.today(now)
    if by is None:
        raise NotRecognised(Why.UNREADABLE)
    if by not in accepted(activity_at(device), on=today):
        raise NotRecognised(Why.NOT_HERE)
    if by in PERSONAL and str(by) not in device.reads:
        raise NotRecognised(Why.NOT_READ)
    value = plain(read.value)
    if by is By.LIMOSA:
        return Somebody(by, None, value, None, ())
    if by in (By.BADGE, By.CARD):
        row = _carried(device, by, value)
        return _somebody(device, by, row.person.niss, today, language, issuer=row.enterprise_number)
    if by is By.EID:
        _require_card(device, read, value)
    return _somebody(device, by, value, today, language)


def _carried(device: Device, by: By, value: str) -> Means:
    rows = Means.objects.select_related("person").filter(kind=str(by))
    wanted = {"identifier": value} if by is By.BADGE else {"token_hash": token_hash(value)}
    here = works.contractors_below(
        reference=device.works_reference, enterprise=device.enterprise_number
    )
    found = [row for row in rows.filter(**wanted) if row.enterprise_number in here]
    usable = [row for row in found if row.blocked_at is None]
    if not found:
        raise NotRecognised(Why.UNKNOWN)
    if not usable:
        raise NotRecognised(Why.BLOCKED)
    if len({row.person_id for row in usable}) > 1:
        raise NotRecognised(Why.AMBIGUOUS)
    return usable[0]


def _require_card(device: Device, read: Read, value: str) -> None:
    """An identity card counts without being given, unless it was given and then blocked."""
    if read.is_simulated and not settings.ENVIRONMENT.simulation:
        raise NotRecognised(Why.SIMULATED)
    if len(value) != 11 or not niss_check_holds(value):
        raise NotRecognised(Why.UNREADABLE)
    here = works.contractors_below(
        reference=device.works_reference, enterprise=device.enterprise_number
    )
    cards = Means.objects.filter(
        kind=Means.Kind.EID, person__niss=value, enterprise_number__in=here
    )
    states = set(cards.values_list("blocked_at", flat=True))
    if states and None not in states:
        raise NotRecognised(Why.BLOCKED)


def _somebody(
    device: Device, by: By, niss: str, today: date, language: str, *, issuer: str = ""
) -> Somebody:
    number = persons.current_number(niss=niss)
    name = persons.names(numbers=[number]).get(number)
    if name is None and by is not By.NISS:
        raise NotRecognised(Why.UNKNOWN)
    found = clocking.choices(
        clocking.employers(ssin=number, site=device.works_reference, on=today, language=language)
    )
    if issuer:
        known = [one for one in found if one.enterprise_number == issuer]
        found = known or [_named(issuer, language)]
    return Somebody(by, number, None, name, tuple(found or firms_there(device, language)))


def firms_there(device: Device, language: str) -> list[OwnEmployer]:
    """The contractors of the site: for whom somebody may work of whom nobody told it yet.

    A Dimona may come later, and without a network nobody can be asked.
    """
    numbers = works.contractors_below(
        reference=device.works_reference, enterprise=device.enterprise_number
    )
    names = enterprises.names(numbers=numbers, language=language)
    ordered = sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0]))
    return [OwnEmployer(number, "", name, True) for number, name in ordered[:_MOST_EMPLOYERS]]


def _named(number: str, language: str) -> OwnEmployer:
    name = enterprises.names(numbers=[number], language=language).get(number, number)
    return OwnEmployer(number, "", name, False)
