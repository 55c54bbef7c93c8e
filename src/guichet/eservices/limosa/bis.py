"""A number for somebody whom no register knows: given by the State, imitated in simulation.

Who is declared by names and birth gets a number of his own, whether somebody like him is known or
not: a declarant learns nothing about other people.
"""

from datetime import datetime
from typing import Final

from django.conf import settings

from guichet.audit.actors import Actor
from guichet.registers.persons import operations as persons
from guichet.registers.persons import queries
from guichet.registers.persons.queries import PersonRecord
from guichet.rules.limosa_declarations import Declared

# The month of a BIS number whose holder's sex was not known when it was made.
_MONTHS: Final = 20
_SERIALS: Final = range(1, 998)
_CENTURY: Final = 2000


class NoNumber(Exception):
    """This installation cannot have a number made: the declarant gives one."""


def number_for(*, declared: Declared, actor: Actor, now: datetime) -> str:
    """Register the person under a new BIS number; raises NoNumber outside a simulation."""
    born = declared.birth_date
    if born is None or not settings.ENVIRONMENT.simulation:
        raise NoNumber
    head = f"{born:%y}{born.month + _MONTHS:02d}{born:%d}"
    every = [_checked(f"{head}{serial:03d}", born.year) for serial in _SERIALS]
    taken = queries.known_numbers(numbers=every)
    free = next((number for number in every if number not in taken), None)
    if free is None:
        raise NoNumber
    record = PersonRecord(free, declared.given_name, declared.family_name, born, "en")
    persons.register(person=record, actor=actor, now=now)
    return free


def _checked(body: str, year: int) -> str:
    prefix = 2_000_000_000 if year >= _CENTURY else 0
    return f"{body}{97 - (prefix + int(body)) % 97:02d}"
