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
    from guichet.demo import fixtures
    from guichet.platform import clock
    from tests.portal import browsing, desks, temporary, world

    now = clock.now()
    yesterday = clock.today(now) - timedelta(days=1)
    built = world.build(today=clock.today(now), now=now)
    built.today = yesterday
    world.fill(built, now=now)
    temporary.lend(world.STAFF[0].niss, agency=fixtures.E3, user=fixtures.E1, now=now)
    told = desks.furnish(niss=world.STAFF[3].niss, number=fixtures.E3, now=now)
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
    print(json.dumps(sessions | told | {"day": yesterday.isoformat(), "receipt": receipt}))


if __name__ == "__main__":
    main()
