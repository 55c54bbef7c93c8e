"""Give a live portal the office with its files; print the sessions of its people and the places.

Run as a program, with the environment of the live server.
"""

import json
from datetime import date, datetime, timedelta
from typing import Any


def main() -> None:
    """What waits, what is held, decided, on paper, in difficulty; and measures of a rush."""
    import django

    django.setup()
    from guichet.access.rights import give_right
    from guichet.access.services import Permission
    from guichet.platform import clock
    from guichet.platform.db import transaction
    from tests.eservices.temporary_unemployment import world
    from tests.eservices.temporary_unemployment.office import desk
    from tests.eservices.temporary_unemployment.pages.conftest import LONG_AGO

    now = clock.now()
    today = clock.today(now)
    world.build(LONG_AGO)
    desk.furnish(LONG_AGO)
    with transaction(actor=world.ACTOR):
        give_right(
            niss=desk.LEADER, enterprise_number=desk.ONEM, service=Permission.CRISIS_DESK,
            quality="public_body", first_day=date(2020, 1, 1), actor=world.ACTOR, now=now,
        )  # fmt: skip
    told: dict[str, Any] = {
        "officer": desk.at_desk().cookies["guichet_portal"].value,
        "leader": desk.at_desk(desk.LEADER).cookies["guichet_portal"].value,
        "agent": _strong(desk.LEADER, desk.ONEM),
        "today": f"{today:%d/%m/%Y}",
        "yesterday": f"{today - timedelta(days=1):%d/%m/%Y}",
        "tomorrow": f"{today + timedelta(days=1):%d/%m/%Y}",
        "employer": world.FIRM,
        "place": world.PLACE,
        "anne": world.ANNE,
        "reader": desk.READER,
        **_files(now, today),
        **_beside(now, today),
    }
    print(json.dumps(told))  # read by the tests


def _strong(niss: str, enterprise: str) -> str:
    from tests.eservices.temporary_unemployment import world

    client = world.signed_in(niss, enterprise, quality="public_body", means="eid", level=500)
    return client.cookies["guichet_portal"].value


def _files(now: datetime, today: date) -> dict[str, Any]:
    """Communications in every state of the office."""
    from guichet.documents import operations as documents
    from guichet.eservices.temporary_unemployment.office import deciding
    from guichet.eservices.temporary_unemployment.office.models import Delivery
    from guichet.platform import clock
    from guichet.rules.temporary_unemployment.communication import Line
    from tests.eservices.temporary_unemployment import world
    from tests.eservices.temporary_unemployment.office import desk

    yesterday = now - timedelta(days=1)

    def told(moment: datetime, start: int, *people: str) -> Any:
        first = today + timedelta(days=start)
        return world.expected(
            moment, posted_on=clock.today(moment), first_day=first,
            last_day=first + timedelta(days=20),
            lines=tuple(Line(niss=one) for one in people or (world.ANNE,)),
        )  # fmt: skip

    # Apart from each other, so that the rules accept them whole.
    apart = ((9, world.ANNE), (200, world.BIS), (240, world.BIS))
    waiting = [world.sent(told(yesterday, start, niss)).ticket for start, niss in apart]
    late = world.sent(told(now, 2, world.LUC, world.BIS)).ticket
    held = desk.taken(told(yesterday, 30, world.ANNE, world.LUC), now).ticket
    first = world.sent(world.first_day(today, now))
    row = desk.taken(told(yesterday, 60), now)
    done = deciding.decide(
        ticket=row.ticket, decided=desk.proposed(row, now), officer=desk.officer(), now=now
    )
    documents.make(reference=done.document, now=now)
    paper = desk.decided(told(yesterday, 90), yesterday)
    documents.make(reference=paper.document, now=now)
    Delivery.objects.filter(decision=paper).update(state="paper")
    return {
        "waiting": waiting, "late": late, "held": held, "first": first.ticket,
        "decided": row.ticket, "number": done.number,
    }  # fmt: skip


def _beside(now: datetime, today: date) -> dict[str, Any]:
    """Forms C106A, a run for many, a night."""
    from guichet.eservices.temporary_unemployment.models import Difficulty
    from guichet.eservices.temporary_unemployment.office.models import Run
    from guichet.platform.db import transaction
    from guichet.registers.enterprises.models import Enterprise
    from guichet.registers.persons.models import Person
    from tests.eservices.temporary_unemployment import world
    from tests.eservices.temporary_unemployment.office import desk

    firm = Enterprise.objects.get(number=world.FIRM)
    with transaction(actor=world.ACTOR):
        form = Difficulty(
            employer=firm, form="C106A", ground="turnover", sent_on=today - timedelta(days=20),
            recorded_at=now,
        )  # fmt: skip
        form.save()
        Difficulty(
            employer=firm, form="C106A", ground="minister", sent_on=today - timedelta(days=200),
            first_day=today - timedelta(days=180), last_day=today + timedelta(days=180),
            recorded_at=now,
        ).save()  # fmt: skip
        leader = Person.objects.get(niss=desk.LEADER)
        run = Run(kind="decisions", state="running", total=40, done=12, left=1, started_by=leader,
                  started_at=now)  # fmt: skip
        run.save()
        Run(kind="night", state="done", total=3, done=3, started_at=now - timedelta(hours=20),
            ended_at=now - timedelta(hours=19)).save()  # fmt: skip
    return {"form": form.pk, "run": run.pk}


if __name__ == "__main__":
    main()
