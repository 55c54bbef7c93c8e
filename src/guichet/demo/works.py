"""Declarations of works of the demonstration: two contractors keep their sites up to date.

The sites stand in the register already; here their declarants get the right to declare, and each
contract its declaration. What stands already is left as it is.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from guichet.access.models import Right
from guichet.access.rights import give_right
from guichet.access.services import Permission
from guichet.audit.actors import Actor, system
from guichet.demo import numbers, people
from guichet.demo.firms import DELVAUX, QUATRE_NUAGES
from guichet.eservices.works import operations
from guichet.platform.db import transaction
from guichet.registers.enterprises import queries as registered
from guichet.registers.persons.models import Person

ACTOR: Final[Actor] = system("demo")
_DECLARANTS: Final = ((people.MARC, DELVAUX), (people.SOFIE, QUATRE_NUAGES))


def furnish(*, today: date, now: datetime) -> None:
    """Rights and declarations that are not there yet."""
    for known, firm in _DECLARANTS:
        if not Person.objects.filter(niss=known.niss).exists():
            continue
        if Right.objects.filter(person__niss=known.niss, service=Permission.WORKS).exists():
            continue
        if registered.enterprise(number=numbers.enterprise(firm)) is None:
            continue
        with transaction():
            give_right(
                niss=known.niss,
                enterprise_number=numbers.enterprise(firm),
                service=Permission.WORKS.value,
                first_day=today,
                actor=ACTOR,
                now=now,
            )
    operations.take_over(actor=ACTOR, now=now)
