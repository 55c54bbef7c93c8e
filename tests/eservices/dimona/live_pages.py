"""Fill the database of a live portal with the firms of the demonstration; print sessions.

Run as a program, with the environment of the live server.
"""

import json
from datetime import datetime, timedelta
from typing import Any


def official() -> str:
    """Denis at the desk of the periods; the number of his institution."""
    from guichet.access.rights import give_right
    from guichet.access.services import Permission
    from guichet.demo import numbers, people
    from guichet.demo.declarations import ACTOR
    from guichet.demo.firms import INSTITUTION
    from guichet.platform import clock
    from guichet.platform.db import transaction
    from guichet.registers.enterprises import operations as enterprises
    from guichet.registers.enterprises import queries as registered
    from guichet.registers.enterprises.queries import EnterpriseRecord
    from guichet.registers.persons import operations as persons
    from guichet.registers.persons.queries import PersonRecord

    now, denis, body = clock.now(), people.DENIS, numbers.enterprise(INSTITUTION)
    today = clock.today(now)
    with transaction(actor=ACTOR):
        if registered.enterprise(number=body) is None:
            record = EnterpriseRecord(number=body, name_fr="Maison", language="fr")
            enterprises.register(enterprise=record, actor=ACTOR, now=now)
            enterprises.add_quality(
                number=body, quality="public_body", first_day=today, actor=ACTOR, now=now
            )
        person = PersonRecord(denis.niss, denis.given_name, denis.family_name)
        persons.register(person=person, actor=ACTOR, now=now)
        give_right(
            niss=denis.niss, enterprise_number=body, service=Permission.DIMONA_DESK,
            quality="public_body", first_day=today, actor=ACTOR, now=now,
        )  # fmt: skip
    return body


def lock(period: int, body: str) -> int:
    """Denis takes this period over."""
    from guichet.audit.actors import Actor
    from guichet.demo import people
    from guichet.eservices.dimona import operations
    from guichet.platform import clock

    operations.lock_period(
        period=period, is_locked=True, reason="Enquête 2026/114 : heures contestées",
        actor=Actor("person", people.DENIS.niss, body), now=clock.now(),
    )  # fmt: skip
    return period


def main() -> None:
    """An employer and an agency in the middle of their work, and a long file of each state."""
    import django

    django.setup()
    from guichet.demo import declarations, numbers, people
    from guichet.demo.firms import FIRMS, QUATRE_NUAGES, TREMPLIN
    from guichet.eservices.dimona.models import Declaration, IdentityChange, Registration
    from guichet.platform import clock
    from guichet.platform.db import transaction
    from guichet.registers.enterprises import operations as enterprises
    from guichet.registers.enterprises import queries as registered
    from guichet.registers.enterprises.queries import EnterpriseRecord
    from guichet.registers.persons import operations as persons
    from guichet.registers.persons.models import Person
    from guichet.registers.persons.queries import PersonRecord
    from tests.portal import browsing

    now = clock.now()
    today = clock.today(now)
    with transaction(actor=declarations.ACTOR):
        for index in (QUATRE_NUAGES, TREMPLIN, 3, 6):
            number = numbers.enterprise(index)
            if registered.enterprise(number=number) is None:
                record = EnterpriseRecord(
                    number=number, name_fr=FIRMS[index].name, language="fr",
                    onss_number=numbers.onss(index), onss_first_day=today - timedelta(days=4_000),
                )  # fmt: skip
                enterprises.register(enterprise=record, actor=declarations.ACTOR, now=now)
        enterprises.add_quality(
            number=declarations.AGENCY, quality="temp_agency", first_day=today,
            actor=declarations.ACTOR, now=now,
        )  # fmt: skip
        for known in (people.SOFIE, people.LEA):
            if not Person.objects.filter(niss=known.niss).exists():
                person = PersonRecord(known.niss, known.given_name, known.family_name)
                persons.register(person=person, actor=declarations.ACTOR, now=now)
    body = official()
    declarations.furnish(today=today, now=now)

    mine = Declaration.objects.filter(sender=declarations.FIRM)
    flexi = Registration.objects.filter(is_cancelled=False).latest("id")
    staff = declarations.staff(today)
    students = mine.filter(result="A", body__dimonaIn__features__workerType="STU")
    locked = lock(students.exclude(period_id=None).earliest("id").period_id or 0, body)
    told: dict[str, Any] = {
        "denis": browsing.signed_in(people.DENIS.niss, body, quality="public_body"),
        "sofie": browsing.signed_in(people.SOFIE.niss, declarations.FIRM),
        "lea": browsing.signed_in(people.LEA.niss, declarations.AGENCY, quality="temp_agency"),
    }
    told = {name: client.cookies["guichet_portal"].value for name, client in told.items()}
    told |= {
        "student": students.exclude(period_id=None).latest("id").period_id,
        "locked": locked,
        "changed": IdentityChange.objects.latest("id").period_id,
        "open": mine.filter(body__dimonaIn__features__workerType="OTH", result="A")
        .latest("id").period_id,
        "flexi": flexi.period_id,
        "day": flexi.id,
        "refused": mine.filter(result="B").latest("id").id,
        "remarked": mine.filter(result="W").latest("id").id,
        "pending": mine.filter(state="pending").latest("id").id,
        "warned": Declaration.objects.filter(warned__isnull=False).latest("id").id,
        "preparing": _export("asked", now),
        "ready": _export("ready", now),
        "failed": _export("failed", now),
        "wout": staff["wout"].niss,
        "ruben": staff["ruben"].niss,
        "user": declarations.USER,
        "firm": declarations.FIRM,
    }  # fmt: skip
    print(json.dumps(told))  # read by the tests


def _export(state: str, now: datetime) -> str:
    """A long file of the firm; a worker that a test starts leaves it as it is."""
    from django.db import connection

    from guichet.audit.actors import Actor
    from guichet.demo import declarations, people
    from guichet.eservices.dimona import exports
    from guichet.eservices.dimona.models import Export
    from guichet.eservices.dimona.pages import files
    from guichet.eservices.dimona.queries import Wanted

    actor = Actor("person", people.SOFIE.niss, declarations.FIRM)
    reference = exports.ask(
        wanted=Wanted(declarations.FIRM), file_type="csv", total=9, language="en",
        actor=actor, now=now,
    )  # fmt: skip
    row = Export.objects.get(reference=reference)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs"
            " WHERE task_name = 'dimona.export' AND (args ->> 'export')::bigint = %s",
            [row.id],
        )
    if state == "ready":
        exports.make_part(export=row.id, writer=files.write, now=now)
    if state == "failed":
        exports.fail(export=row.id, now=now)
    return reference


if __name__ == "__main__":
    main()
