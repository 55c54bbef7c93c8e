"""The port behind which people without a number are identified, and its simulation.

In reality Sigedis compares an identity with the national registers and makes a BIS number when
nobody is found. The simulation asks our own register and does the same (ADR 0024).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final, Protocol

from guichet.audit.actors import Actor, system
from guichet.kernel.niss import Sex
from guichet.registers.persons import operations, queries
from guichet.registers.persons.models import Person
from guichet.registers.persons.queries import PersonRecord
from guichet.rules.bis_numbers import CountersExhausted, NoSuchBirthDate, next_bis_number
from guichet.rules.dimona.message import Identity

ACTOR: Final[Actor] = system("sigedis-simulation")


class Identifier(Protocol):
    """Who identifies people; asked inside the caller's transaction."""

    takes: timedelta
    """How long after the declaration an answer may be expected."""

    def number_of(self, identity: Identity, *, now: datetime) -> str | None:
        """The number of the person described, or None when nobody can be meant for sure."""


class SimulatedSigedis:
    """SIMULATION: our register of persons stands for the national ones."""

    takes = timedelta(seconds=2)

    def number_of(self, identity: Identity, *, now: datetime) -> str | None:
        """Somebody of that name born that day; nobody: a new BIS number; several: None."""
        try:
            born_on = date.fromisoformat(identity.birth_date)
        except ValueError:  # zeros: several people may be meant
            return None
        found = queries.of_name_and_birth(
            family_name=identity.family_name, given_name=identity.given_name, birth_date=born_on
        )
        if found:
            return found[0].niss if len(found) == 1 else None
        return self._new(identity, born_on, now)

    def _new(self, identity: Identity, born_on: date, now: datetime) -> str | None:
        sex = Sex.MALE if identity.sex == "1" else Sex.FEMALE
        taken = set(Person.objects.filter(birth_date=born_on).values_list("niss", flat=True))
        try:
            niss = next_bis_number(born_on=born_on, sex=sex, taken=taken).digits
        except (CountersExhausted, NoSuchBirthDate):
            return None
        operations.register(
            person=PersonRecord(
                niss=niss,
                given_name=identity.given_name,
                family_name=identity.family_name,
                birth_date=born_on,
            ),
            actor=ACTOR,
            now=now,
        )
        return niss


IDENTIFIER: Final[Identifier] = SimulatedSigedis()
