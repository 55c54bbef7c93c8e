"""Fill the database of a live portal, and print the sessions of some of its people.

Run as a program, with the environment of the live server: the pages then show yesterday's day,
which is the same at every hour of the clock.
"""

import json
from datetime import timedelta


def main() -> None:
    """Build the world a day back and sign some people in."""
    import django

    django.setup()
    from guichet.access.rights import give_right
    from guichet.demo import fixtures
    from guichet.eservices.dimona import queries
    from guichet.platform import clock
    from guichet.platform.db import transaction
    from guichet.registers.postings.codes import address_of
    from tests.portal import browsing, desks, temporary, world

    now = clock.now()
    yesterday = clock.today(now) - timedelta(days=1)
    built = world.build(today=clock.today(now), now=now)
    built.today = yesterday
    # Somebody without Dimona on several days: a signal that stands at every hour of the clock,
    # where an empty site only is one from nine o'clock on.
    for back in (3, 4, 5, 6):
        day = yesterday - timedelta(days=back)
        built.day(world.STAFF[2].niss, "07:03 15:28", day=day, remarks=["caw_1"])
    world.fill(built, now=now)
    temporary.lend(world.STAFF[0].niss, agency=fixtures.E3, user=fixtures.E1, now=now)
    told = desks.furnish(niss=world.STAFF[3].niss, number=fixtures.E3, now=now)
    with transaction(actor=world.ACTOR):
        for right in ("dimona_consult", "dimona", "limosa"):
            give_right(
                niss=world.CLERK, enterprise_number=fixtures.E1, service=right,
                first_day=yesterday, actor=world.ACTOR, now=now,
            )  # fmt: skip
    [period] = queries.periods_of_employer(wanted=queries.Wanted(fixtures.E1), limit=1)
    clients = {
        "clerk": browsing.signed_in(world.CLERK, fixtures.E1),
        # Going on for another enterprise ends the session that one had: a session of its own.
        "switcher": browsing.signed_in(world.CLERK, fixtures.E1),
        "worker": browsing.signed_in(world.STAFF[0].niss),
        "agent": browsing.signed_in(world.STAFF[3].niss, fixtures.E3, quality="public_body"),
    }
    from django.conf import settings

    sessions = {
        name: client.cookies[settings.SESSION_COOKIE_NAME].value for name, client in clients.items()
    }
    receipt = built.receipts[-1]
    facts = {"day": yesterday.isoformat(), "receipt": receipt, "period": period.id,
             "l1": address_of(fixtures.LIMOSA)}  # fmt: skip
    print(json.dumps(sessions | told | facts))


if __name__ == "__main__":
    main()
