"""Thousands of requests for career breaks, as the benchmarks of their pages need them.

Imported after ``django.setup()`` only.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from uuid import uuid4

from django.db import connection

from guichet.audit.actors import system
from guichet.config.bench import pages
from guichet.demo import fixtures, numbers
from guichet.eservices.career_break import operations
from guichet.eservices.career_break.content import Asked, plain
from guichet.eservices.career_break.models import LEAVES, STATES, Request
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person

FIRM: Final = fixtures.E1
CLERK: Final = fixtures.W1


def of_an_employer(count: int) -> str:
    """So many requests of as many workers of one employer in two years; the ticket of one."""
    furnished()
    pages.entitle(niss=CLERK, enterprise=FIRM, service="career_break")
    return requests_of(count, state=lambda at: STATES[at % len(STATES)])


def furnished() -> None:
    """The fixtures, and the parameters of their employer."""
    now = clock.now()
    fixtures.load_fixtures(today=clock.today(now), now=now)
    operations.keep_parameters(
        contact=operations.Contact(name="HR", email="hr@example.org", sector="private"),
        sender=operations.Sender(system("bench"), FIRM), now=now,
    )  # fmt: skip


def requests_of(
    count: int,
    *,
    state: Callable[[int], str],
    office: str = "NIVELLES",
    completed_at: Callable[[int], datetime | None] = lambda at: None,
) -> str:
    """So many requests of as many workers in two years; the ticket of one.

    With the fixtures loaded.
    """
    actor, now = system("bench"), clock.now()
    today = clock.today(now)
    with transaction(actor=actor):
        people = Person.objects.bulk_create(_people(count), batch_size=1_000)
    firm = Enterprise.objects.get(number=FIRM)
    content = plain(Asked(worker_code="blue", committee="121", leave="parental", regime="full"))
    step = timedelta(days=700) / count
    tickets = [TicketNumber.generate(prefix="04W", sequence=at).signs for at in range(1, count + 1)]
    with transaction(actor=actor):
        Request.objects.bulk_create(
            (
                Request(
                    ticket=tickets[at], draft=uuid4(), channel="portal", sector="private",
                    state=state(at), employer=firm, person=person,
                    leave=LEAVES[at % len(LEAVES)], regime="full", first_day=today,
                    last_day=today + timedelta(days=30), content=content, office=office,
                    search_key=person.sort_key, filed_at=now - at * step, changed_at=now,
                    completed_at=completed_at(at),
                )
                for at, person in enumerate(people)
            ),
            batch_size=1_000,
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return tickets[count // 2]


def _people(count: int) -> Sequence[Person]:
    """So many people who are in no register yet."""
    known = set(Person.objects.values_list("niss", flat=True))
    born = (date(1960, 1, 1) + timedelta(days=at) for at in range(count + len(known)))
    made = (numbers.niss(born_on=day, is_female=True) for day in born)
    fresh = [niss for niss in made if niss not in known][:count]
    return [
        Person(
            niss=niss, given_name=f"Anne{at}", family_name="Nombreuse",
            sort_key=f"nombreuse {at:05}",
        )
        for at, niss in enumerate(fresh)
    ]  # fmt: skip
