"""People of their own for the walks through the numbered scenarios, in a live world.

Run as a program with the environment of the live server, after it was filled; prints their
sessions and what the walks cannot know.
"""

import json
from datetime import timedelta

MANY = 25_000


def main() -> None:
    """Two more people, their acts, a presence announced by a subcontractor, and a long week."""
    import django

    django.setup()
    from django.conf import settings

    from guichet.demo import fixtures
    from guichet.platform import clock
    from tests.e2e import walks_people
    from tests.portal import browsing, world

    now = clock.now()
    today = clock.today(now)
    acts = world.World(today)
    acts.receipts_from(700_000)
    walks_people.register(today=today, now=now)
    mover = walks_people.MOVER.niss
    long_day = today - timedelta(days=9)
    whole = acts.day(mover, "06:00 09:00 09:15 14:00", day=long_day)
    forgotten = {
        back: acts.day(mover, "07:00", day=today - timedelta(days=back))[0] for back in (29, 31)
    }
    alone = acts.day(
        fixtures.WS, "07:58 16:00", day=today - timedelta(days=1), employer=fixtures.E4
    )
    walks_people.announce_yesterday(now=now)
    week = walks_people.long_week(first=today - timedelta(days=25), count=MANY)
    clients = {
        "mover": browsing.signed_in(mover),
        "alone": browsing.signed_in(fixtures.WS),
        "clerk": browsing.signed_in(world.CLERK, fixtures.E1),
    }
    name = settings.SESSION_COOKIE_NAME
    told = {who: client.cookies[name].value for who, client in clients.items()}
    facts = {
        "day": long_day.isoformat(), "whole": whole, "in_time": forgotten[29],
        "late": forgotten[31], "alone_receipt": alone[0], "week": week,
        "other_receipt": acts.day(fixtures.W2, "07:11", day=long_day, employer=fixtures.E2)[0],
        "last": (today + timedelta(days=35)).isoformat(),
        "beyond": (today + timedelta(days=36)).isoformat(),
    }  # fmt: skip
    print(json.dumps(told | facts))


if __name__ == "__main__":
    main()
