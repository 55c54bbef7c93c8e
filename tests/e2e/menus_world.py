"""Somebody with a right in every service, for the test of their menus in a live world.

Run as a program with the environment of the live server, after it was filled; prints the session.
"""

import json
from datetime import date


def main() -> None:
    """A clerk of the small enterprise whom nobody else needs."""
    import django

    django.setup()
    from django.conf import settings

    from guichet.access.rights import give_right
    from guichet.access.services import Permission
    from guichet.audit.actors import system
    from guichet.demo import fixtures, numbers
    from guichet.platform import clock
    from guichet.platform.db import transaction
    from guichet.registers.persons import operations as persons
    from guichet.registers.persons.queries import PersonRecord
    from tests.portal import browsing

    now, actor, born = clock.now(), system("tests"), date(1983, 3, 8)
    niss = numbers.niss(born_on=born, is_female=True)
    with transaction(actor=actor):
        person = PersonRecord(niss, "Mireille", "Partout", born, "fr")
        persons.register(person=person, actor=actor, now=now)
        for right in (
            Permission.PRESENCE, Permission.DIMONA_CONSULT, Permission.DIMONA_DECLARE,
            Permission.CAREER_BREAK, Permission.TEMPORARY_UNEMPLOYMENT, Permission.WORKS,
        ):  # fmt: skip
            give_right(
                niss=niss, enterprise_number=fixtures.E1, service=right,
                first_day=clock.today(now), actor=actor, now=now,
            )  # fmt: skip
    client = browsing.signed_in(niss, fixtures.E1)
    print(json.dumps(client.cookies[settings.SESSION_COOKIE_NAME].value))


if __name__ == "__main__":
    main()
