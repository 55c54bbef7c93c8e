"""The port behind which BIS numbers are given: the Crossroads Bank of Social Security.

Only the State gives them. An installation of an institution plugs its client in with `plug_in`;
without one nobody gets a number in production. The simulation gives numbers of its own that the
register never gives (`rules.bis_numbers`).
"""

from datetime import date, datetime
from typing import Final, Protocol

from django.conf import settings
from django.db import connection

from guichet.audit.actors import Actor
from guichet.kernel.niss import Niss, Sex
from guichet.platform.db import NoTransaction
from guichet.registers.changing import Outcome
from guichet.registers.persons import operations as persons
from guichet.registers.persons.models import Person
from guichet.registers.persons.queries import PersonRecord
from guichet.rules.bis_numbers import bis_number, counters, next_bis_number

_LOCK: Final = "guichet.csam.bis_numbers"


class NoIssuer(Exception):
    """Nobody gives BIS numbers in this installation."""


class Issuer(Protocol):
    """Who gives a BIS number to somebody whom no register knows."""

    def issue(self, *, person: PersonRecord, born_on: date, sex: Sex | None) -> Niss:
        """A number that nobody has; ``person``: names, address, contact, without a number.

        Inside the transaction that stores the person under it.
        """
        ...


class SimulatedIssuer:
    """Numbers of the simulation, the next free one in a fixed order."""

    def issue(self, *, person: PersonRecord, born_on: date, sex: Sex | None) -> Niss:
        """Raises NoSuchBirthDate, CountersExhausted."""
        one_at_a_time()
        possible = [
            bis_number(born_on=born_on, sex=sex, counter=counter).digits
            for counter in counters(sex)
        ]
        taken = frozenset(Person.objects.filter(niss__in=possible).values_list("niss", flat=True))
        return next_bis_number(born_on=born_on, sex=sex, taken=taken)


_PLUGGED: Final[list[Issuer]] = []


def plug_in(issuer: Issuer) -> None:
    """Let this one give the numbers."""
    _PLUGGED[:] = [issuer]


def issuer() -> Issuer:
    """Who gives the numbers; raises NoIssuer."""
    if _PLUGGED:
        return _PLUGGED[0]
    if settings.ENVIRONMENT.simulation:
        return SimulatedIssuer()
    raise NoIssuer


def give_number(
    *, person: PersonRecord, born_on: date, sex: Sex | None, actor: Actor, now: datetime
) -> str:
    """Give a BIS number to a new person and register him under it; the number.

    ``person``: his names, address and contact; its number is not looked at. In the caller's
    transaction. Raises NoIssuer, NoSuchBirthDate, CountersExhausted, RegisterRefused.
    """
    number = issuer().issue(person=person, born_on=born_on, sex=sex).digits
    record = PersonRecord(
        niss=number,
        given_name=person.given_name,
        family_name=person.family_name,
        birth_date=born_on,
        language=person.language,
        email=person.email,
        address=person.address,
    )
    outcome = persons.register(person=record, actor=actor, now=now)
    if outcome is not Outcome.ADDED:  # somebody has it: his row must not become another person
        raise NumberTaken
    return number


class NumberTaken(Exception):
    """The number that was given is somebody else's; nothing may be kept of this transaction."""


def one_at_a_time() -> None:
    """From here to the end of the transaction nobody else gives a number."""
    if not connection.in_atomic_block:
        raise NoTransaction("a number is given inside the transaction that stores it")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_LOCK])
