"""Give a live portal the office with files; print the sessions of an officer, a leader, a worker.

Run as a program, with the environment of the live server.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guichet.eservices.career_break.recovery.models import Preparation


def main() -> None:
    """Files to take, one that is held, one that waits for an answer, for a signature, a closed one,
    one of which something is asked back; three months of payments: handed on, to be signed, begun.

    The session of each person comes with the tickets.
    """
    import django

    django.setup()
    from django.test import Client

    from guichet.demo import numbers
    from guichet.documents import operations as documents
    from guichet.eservices.career_break.models import Request
    from guichet.eservices.career_break.office import deciding, operations
    from guichet.kernel.period import months_after
    from guichet.platform import clock
    from guichet.platform.db import transaction
    from guichet.registers.addresses import Address
    from guichet.registers.persons import operations as persons
    from guichet.registers.persons.queries import PersonRecord
    from guichet.rules.career_break.decisions import Result
    from guichet.rules.career_break.periods import end_for
    from tests.eservices.career_break import world
    from tests.eservices.career_break.office import desk
    from tests.portal.browsing import signed_in

    now = clock.now()
    today = clock.today(now)
    world.build(now)
    desk.furnish(now)
    first = months_after(today.replace(day=1), months=3)
    days = {"first_day": first, "last_day": end_for(first, months=2), "notified_on": today}
    names = ("Wannes", "Bram", "Elif", "Jorn", "Chloé", "Tuur", "Anaïs", "Pieter", "Noor")
    born = [today.replace(year=1991, month=5, day=day + 1) for day in range(len(names))]
    people = [numbers.niss(born_on=one, is_female=True) for one in born]
    address = Address("Rue Haute", "1", "", "7000", "Mons", "BE")
    with transaction(actor=world.ACTOR):
        for niss, name, birth in zip(people, names, born, strict=True):
            record = PersonRecord(niss, name, "Verstappen-Lambrechts", birth, "fr", address=address)
            persons.register(person=record, actor=world.ACTOR, now=now)
            world.works_for(world.FIRM, niss, now=now)

    def taken(niss: str) -> Request:
        return desk.taken(niss, now, **days)

    to_take = [desk.waiting(niss, now, **days).ticket for niss in people[:3]]
    held, closed = taken(people[3]), taken(people[4])
    asked, signed = taken(people[5]), taken(people[6])
    done = deciding.decide(
        ticket=closed.ticket, decided=desk.proposed(closed), officer=desk.officer(), now=now
    )
    documents.make(reference=done.document, now=now)  # type: ignore[union-attr]  # decided alone
    asking = operations.Asking("worker", "household", "Avec qui ?", today + timedelta(days=30))
    question = operations.ask(ticket=asked.ticket, asking=asking, officer=desk.officer(), now=now)
    motivation = "Le lien avec l\u2019enfant n\u2019est pas prouvé."
    refusal = desk.proposed(
        signed, result=Result.REFUSED, paid=(), why="Le lien manque.", motivation=motivation
    )
    proposal = deciding.decide(
        ticket=signed.ticket, decided=refusal, officer=desk.officer(), now=now
    )

    def session(client: Client) -> str:
        return client.cookies["guichet_portal"].value

    # Asked back is what went before the office hands months on.
    paid = _asked_back(people[7], now) | _handed_on(people[8], now)

    told = {
        "officer": session(desk.at_desk()),
        "leader": session(desk.at_desk(desk.LEADER)),
        "colleague": session(desk.at_desk(desk.COLLEAGUE)),
        "payer": session(signed_in(people[7])),
        "worker": session(signed_in(people[5])),
        "to_take": to_take,
        "held": held.ticket,
        "closed": closed.ticket,
        "asked": asked.ticket,
        "signed": signed.ticket,
        "proposal": proposal.pk,
        "question": question.pk,
        **paid,
    }
    print(json.dumps(told))  # read by the tests


def _asked_back(niss: str, now: datetime) -> dict[str, str]:
    """A break of the months that are over, which is paid, and what is asked back of it."""
    from guichet.eservices.career_break.office import deciding
    from guichet.eservices.career_break.recovery import operations as recoveries
    from guichet.kernel.period import months_after
    from guichet.rules.career_break.periods import end_for
    from tests.eservices.career_break.office import desk

    then = now - timedelta(days=150)
    first = months_after(then.date().replace(day=1), months=1)
    days = {"first_day": first, "last_day": end_for(first, months=2), "notified_on": then.date()}
    row = desk.taken(niss, then, **days)
    deciding.decide(ticket=row.ticket, decided=desk.proposed(row), officer=desk.officer(), now=then)
    opening = recoveries.Opening(reason="early_end", grounds="Fin plus tôt.", first_day=first)
    done = recoveries.invite(ticket=row.ticket, opening=opening, officer=desk.officer(), now=now)
    return {"paid": row.ticket, "month": f"{first:%Y-%m}", "recovery": str(done.key)}


def _handed_on(niss: str, now: datetime) -> dict[str, str]:
    """A break whose first month went, and whose amount was raised afterwards."""
    from guichet.eservices.career_break.office import deciding, operations
    from guichet.eservices.career_break.recovery import preparing, runs
    from guichet.kernel.money import Money
    from guichet.kernel.period import months_after
    from guichet.rules.career_break.decisions import Paid
    from guichet.rules.career_break.payment_runs import whole_month
    from guichet.rules.career_break.periods import end_for
    from tests.eservices.career_break.office import desk

    then, later = now - timedelta(days=150), now - timedelta(days=20)
    first = months_after(then.date().replace(day=1), months=1)
    days = {"first_day": first, "last_day": end_for(first, months=3), "notified_on": then.date()}
    row = desk.taken(niss, then, **days)
    deciding.decide(ticket=row.ticket, decided=desk.proposed(row), officer=desk.officer(), now=then)

    def prepared(at: int, moment: datetime, *, is_made: bool = True) -> Preparation:
        month = whole_month(months_after(first, months=at))
        one = preparing.begin(office="MON", month=month, officer=desk.officer(), now=moment)
        while is_made and preparing.make_part(preparation=one.pk, now=moment):
            pass
        one.refresh_from_db()
        return one

    gone = prepared(0, later)
    run = runs.send(
        key=gone.key, expected=(gone.count, gone.net), officer=desk.officer(desk.LEADER), now=later
    )
    operations.reopen(ticket=row.ticket, reason="x", officer=desk.officer(), now=later)
    row.refresh_from_db()
    paid = (Paid(row.first_day, row.last_day, Money(113_812), 1013),)
    proposal = deciding.decide(
        ticket=row.ticket, decided=desk.proposed(row, paid=paid, why="Autre montant."),
        officer=desk.officer(), now=later,
    )  # fmt: skip
    deciding.sign(proposal=proposal.pk, officer=desk.officer(desk.LEADER), now=later)
    told = {"run": str(run.key), "ready": str(prepared(1, now).key), "handed": row.ticket}
    return told | {"begun": str(prepared(2, now, is_made=False).key)}


if __name__ == "__main__":
    main()
