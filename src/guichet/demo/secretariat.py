"""A social secretariat and its mandates of one firm: in force, waiting, ended.

Everything goes through the operations of mandates, each at the moment at which it would have
happened, and is there once: what a visitor changed afterwards is left as it is.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from guichet.access.mandates import operations
from guichet.access.mandates.models import Mandate
from guichet.access.mandates.operations import Seat, Wanted
from guichet.access.models import Manager
from guichet.access.roles import operations as roles
from guichet.access.roles.operations import Contact
from guichet.audit.actors import Actor, system
from guichet.demo import numbers, people
from guichet.demo.firms import QUATRE_NUAGES, SECRETARIAT
from guichet.demo.people import Known
from guichet.platform.db import transaction
from guichet.registers.addresses import Address
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises import queries as registered
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.rules.mandates import Domain, Quarter, Side

ACTOR: Final = system("demo")
OFFICE: Final = numbers.enterprise(SECRETARIAT)
FIRM: Final = numbers.enterprise(QUATRE_NUAGES)
_SINCE: Final = timedelta(days=900)
# A mandate is signed some days after its quarter began.
_LATER: Final = timedelta(days=9)


def furnish(*, today: date, now: datetime) -> None:
    """The secretariat, its manager, and three mandates, unless they are there."""
    with transaction(actor=ACTOR):
        _register(today, now)
    if not Manager.objects.filter(enterprise__number=OFFICE).exists():
        roles.name_main(
            enterprise_number=OFFICE,
            niss=people.YVES.niss,
            contact=Contact("yves.lambrecht@example.org", "", people.YVES.language),
            by=_by(people.YVES, OFFICE),
            is_sure_enough=True,
            now=now,
        )
    if not Mandate.objects.filter(mandatary__number=OFFICE).exists():
        _mandates(Quarter.of(today), now)


def _register(today: date, now: datetime) -> None:
    if registered.enterprise(number=OFFICE) is not None:
        return
    record = EnterpriseRecord(
        number=OFFICE,
        name_fr="Trois-Sceaux Secr\u00e9tariat social",
        name_nl="Drie-Zegels Sociaal Secretariaat",
        language="fr",
        address=Address("Quai aux Pierres", "12", "", "5000", "Namur"),
    )
    enterprises.register(enterprise=record, actor=ACTOR, now=now)
    enterprises.add_quality(
        number=OFFICE, quality="service_provider", first_day=today - _SINCE, actor=ACTOR, now=now
    )
    enterprises.add_function(
        number=OFFICE,
        niss=people.YVES.niss,
        function="director",
        first_day=today - _SINCE,
        actor=ACTOR,
        now=now,
    )


def _mandates(current: Quarter, now: datetime) -> None:
    """One that ended with the last quarter, one in force, one that waits for the employer."""
    ended = _signed(Domain.WORKS, current.later(-3), now)
    operations.end(
        seat=Seat(FIRM, Side.MANDATOR),
        mandate=ended.pk,
        last=current.later(-1),
        by=_by(people.INGE, FIRM),
        now=_in(current.later(-1), now),
    )
    _signed(Domain.PRESENCE, current.later(-1), now)
    waiting = _proposed(Domain.TEMPORARY_UNEMPLOYMENT, current.later(1), people.YVES, OFFICE, now)
    _sign(waiting, people.YVES, OFFICE, now)


def _signed(domain: Domain, first: Quarter, now: datetime) -> Mandate:
    """A mandate that the firm gave and both signed when its first quarter had begun."""
    moment = _in(first, now)
    mandate = _proposed(domain, first, people.INGE, FIRM, moment)
    _sign(mandate, people.INGE, FIRM, moment)
    _sign(mandate, people.YVES, OFFICE, moment)
    return mandate


def _proposed(
    domain: Domain, first: Quarter, known: Known, number: str, moment: datetime
) -> Mandate:
    other = OFFICE if number == FIRM else FIRM
    return operations.propose(
        seat=_seat(number),
        wanted=Wanted(other, (domain,), first, "fr"),
        by=_by(known, number),
        now=moment,
    )


def _sign(mandate: Mandate, known: Known, number: str, moment: datetime) -> None:
    operations.sign_on_page(
        seat=_seat(number),
        mandate=mandate.pk,
        means="eid",
        level=500,
        is_sure_enough=True,
        by=_by(known, number),
        now=moment,
    )


def _in(quarter: Quarter, now: datetime) -> datetime:
    """A moment in a quarter that began, at the time of the day of ``now``."""
    day = quarter.first_day + _LATER
    return now.replace(year=day.year, month=day.month, day=day.day)


def _seat(number: str) -> Seat:
    return Seat(number, Side.MANDATOR if number == FIRM else Side.MANDATARY)


def _by(known: Known, number: str) -> Actor:
    return Actor(kind="person", id=known.niss, enterprise=number)
