"""Give a live portal a firm with managers and users, and print sessions and what there is.

Run as a program, with the environment of the live server, after its world is filled.
"""

import json
from datetime import date, timedelta

from guichet.kernel.enterprise import EnterpriseNumber

# An enterprise of its own: others of the live portal are managed by other tests.
FIRM = EnterpriseNumber.of_sequence(7_300_001).digits


def main() -> None:
    """A director who manages, a user whose right ends soon, one invited, one blocked."""
    import django

    django.setup()
    from django.conf import settings
    from django.db.transaction import atomic

    from guichet.access.models import Member
    from guichet.access.roles import operations
    from guichet.access.roles.changing import Contact, Wanted
    from guichet.audit.actors import Actor
    from guichet.demo import numbers
    from guichet.platform import clock
    from guichet.registers.enterprises import operations as enterprises
    from guichet.registers.enterprises.queries import EnterpriseRecord
    from guichet.registers.persons import operations as persons
    from guichet.registers.persons.queries import PersonRecord
    from guichet.rules.access_management import Kind, Step
    from tests.portal.browsing import signed_in
    from tests.portal.world import ACTOR, STAFF

    now = clock.now()
    today = clock.today(now)
    inge = numbers.niss(born_on=date(1975, 2, 3), is_female=True)
    with atomic():
        record = PersonRecord(inge, "Inge", "Peeters", date(1975, 2, 3), "nl")
        persons.register(person=record, actor=ACTOR, now=now)
        enterprises.register(
            enterprise=EnterpriseRecord(FIRM, name_nl="Vier Wolken", language="nl"),
            actor=ACTOR,
            now=now,
        )
        enterprises.add_function(
            number=FIRM, niss=inge, function="director",
            first_day=today - timedelta(days=900), actor=ACTOR, now=now,
        )  # fmt: skip
        enterprises.add_quality(
            number=FIRM, quality="temp_agency", first_day=today, actor=ACTOR, now=now
        )
    by = Actor("person", inge, FIRM)
    given = {"enterprise_number": FIRM, "by": by, "now": now}
    contact = Contact("somebody@example.org", "+32 2 000 00 00", "nl")
    operations.name_main(niss=inge, contact=contact, is_sure_enough=True, **given)  # type: ignore[arg-type]
    members = []
    for person, days in zip(STAFF[1:5], (12, 300, 20, None), strict=True):
        last = today + timedelta(days=days) if days else None
        wanted = Wanted("employer", ("presence", "dimona_consult"), today, last)
        row = operations.invite(niss=person.niss, contact=contact, wanted=wanted, **given)  # type: ignore[arg-type]
        members.append(row)
        if days != 300:
            operations.answer(
                enterprise_number=FIRM, accepts=True, by=Actor("person", person.niss),
                now=now,
            )  # fmt: skip
    operations.appoint(
        member=members[0].pk, kind=Kind.DOMAIN, quality="employer",
        services=("temporary_unemployment",), **given,
    )  # type: ignore[arg-type]  # fmt: skip
    operations.change_user(member=members[2].pk, step=Step.BLOCK, **given)  # type: ignore[arg-type]
    invited = signed_in(STAFF[2].niss)
    manager = signed_in(inge, FIRM)
    cookie = settings.SESSION_COOKIE_NAME
    print(
        json.dumps(
            {
                "manager": manager.cookies[cookie].value,
                "invited": invited.cookies[cookie].value,
                "member": Member.objects.get(pk=members[0].pk).pk,
                "number": FIRM,
            }
        )
    )


if __name__ == "__main__":
    main()
