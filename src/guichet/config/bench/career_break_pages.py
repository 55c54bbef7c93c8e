"""The pages of an employer with ten thousand requests for career breaks, the load of a large one.

A part of ``guichet bench career-break`` that needs Django; how the clock runs: see ``pages``.
"""

import json
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from guichet.config.bench import pages


def _child(count: int, rounds: int) -> dict[str, Any]:
    """Fill the tables, sign the clerk in, and ask for the overview in its ways."""
    import django  # noqa: PLC0415  # the environment is that of the child

    django.setup()
    from guichet.demo import fixtures  # noqa: PLC0415  # after django.setup()

    ticket = _filled(count)
    places = {
        "overview": "/career-break/?size=50",
        "overviewByName": "/career-break/?size=50&order=worker",
        "overviewByNumber": "/career-break/?size=50&order=-niss",
        "overviewLastPage": f"/career-break/?size=50&page={max(1, count // 50)}",
        "overviewOfOneLeave": "/career-break/?size=50&leave=palliative",
        "overviewByTicket": f"/career-break/?ticket={ticket}",
        "overviewOnPaper": "/career-break/list/",
    }
    client = pages.signed_in(niss=fixtures.W1, enterprise=fixtures.E1)
    return {"requests": count} | pages.timed(client, places, rounds=rounds)


def _filled(count: int) -> str:
    """So many requests of as many workers of one employer in two years; the ticket of one."""
    from guichet.audit.actors import system  # noqa: PLC0415  # after django.setup()
    from guichet.demo import fixtures  # noqa: PLC0415
    from guichet.eservices.career_break import operations  # noqa: PLC0415
    from guichet.eservices.career_break.models import STATES  # noqa: PLC0415
    from guichet.platform import clock  # noqa: PLC0415

    actor, now = system("bench"), clock.now()
    today = clock.today(now)
    fixtures.load_fixtures(today=today, now=now)
    pages.entitle(niss=fixtures.W1, enterprise=fixtures.E1, service="career_break")
    operations.keep_parameters(
        contact=operations.Contact(name="HR", email="hr@example.org", sector="private"),
        sender=operations.Sender(actor, fixtures.E1), now=now,
    )  # fmt: skip
    return requests_of(count, state=lambda at: STATES[at % len(STATES)])


def requests_of(
    count: int,
    *,
    state: Callable[[int], str],
    office: str = "NIVELLES",
    completed_at: Callable[[int], datetime | None] = lambda at: None,
) -> str:
    """So many requests of as many workers in two years; the ticket of one.

    After ``django.setup()``, with the fixtures loaded.
    """
    from django.db import connection  # noqa: PLC0415  # after django.setup()

    from guichet.audit.actors import system  # noqa: PLC0415
    from guichet.demo import fixtures  # noqa: PLC0415
    from guichet.eservices.career_break.content import Asked, plain  # noqa: PLC0415
    from guichet.eservices.career_break.models import LEAVES, Request  # noqa: PLC0415
    from guichet.kernel.ticket import TicketNumber  # noqa: PLC0415
    from guichet.platform import clock  # noqa: PLC0415
    from guichet.platform.db import transaction  # noqa: PLC0415
    from guichet.registers.enterprises.models import Enterprise  # noqa: PLC0415
    from guichet.registers.persons.models import Person  # noqa: PLC0415

    actor, now = system("bench"), clock.now()
    today = clock.today(now)
    with transaction(actor=actor):
        people = Person.objects.bulk_create(_people(count), batch_size=1_000)
    firm = Enterprise.objects.get(number=fixtures.E1)
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


def _people(count: int) -> list[Any]:
    """So many people who are in no register yet."""
    from guichet.demo import numbers  # noqa: PLC0415  # after django.setup()
    from guichet.registers.persons.models import Person  # noqa: PLC0415

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


if __name__ == "__main__":
    print(json.dumps(_child(int(sys.argv[1]), int(sys.argv[2]))))
