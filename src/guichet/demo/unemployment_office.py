"""Who decides on temporary unemployment in the demonstration: the officers of career breaks too.

Officer and team leader work for every office; what stands already is left as it is.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from guichet.audit.actors import Actor, system
from guichet.demo import people
from guichet.eservices.temporary_unemployment.office import officers
from guichet.eservices.temporary_unemployment.office.models import Post
from guichet.registers.persons.models import Person
from guichet.rules.temporary_unemployment.offices import OFFICES

ACTOR: Final[Actor] = system("demo")


def furnish(*, now: datetime) -> None:
    """The offices of the officer and of the team leader, unless they have them."""
    for known in (people.ODILE, people.KAREL):
        if not Person.objects.filter(niss=known.niss).exists():
            continue
        if Post.objects.filter(person__niss=known.niss).count() == len(OFFICES):
            continue
        for office in OFFICES:
            officers.give_post(niss=known.niss, office=office, by=ACTOR, may_give=True, now=now)
