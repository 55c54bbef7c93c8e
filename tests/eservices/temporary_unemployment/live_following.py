"""Give a live portal a firm that communicated; print the session of its clerk.

Run as a program, with the environment of the live server.
"""

import json


def main() -> None:
    """A running suspension, a first day, a late one, one that was cancelled, and days off."""
    import django

    django.setup()
    from datetime import date, timedelta

    from guichet.access.rights import give_right
    from guichet.access.services import Permission
    from guichet.eservices.temporary_unemployment import closing, operations
    from guichet.platform import clock
    from guichet.platform.db import transaction
    from guichet.rules.temporary_unemployment.communication import Line
    from tests.eservices.temporary_unemployment import world

    now = clock.now()
    today = clock.today(now)
    world.build(now)
    monday = today - timedelta(days=today.weekday())
    days = {"first_day": monday, "last_day": monday + timedelta(days=41)}
    both = (Line(niss=world.ANNE), Line(niss=world.LUC), Line(niss=world.BIS))
    row = world.sent(
        world.expected(now, posted_on=today, lines=both, remarks="The board decided late.", **days)
    )
    world.sent(world.first_day(today, now))
    # A month that is over, so that the counters of four quarters have something to count.
    ended = today.replace(day=1) - timedelta(days=32)
    past = {"first_day": ended.replace(day=1), "last_day": ended}
    world.sent(world.expected(now, posted_on=today, lines=both, **past))
    luc = (Line(niss=world.LUC, first_day=past["first_day"]),)
    world.sent(world.first_day(past["first_day"], now, lines=luc))
    gone = world.sent(world.expected(now, posted_on=today, section="Finishing", lines=(), **days))
    operations.cancel(ticket=gone.ticket, sender=world.sender(), now=now)
    closing.keep(
        year=today.year, establishment="", sender=world.sender(), now=now,
        days={date(today.year, 12, 24): "bridge"},
    )  # fmt: skip
    with transaction(actor=world.ACTOR):
        give_right(
            niss=world.STRANGER, enterprise_number=world.OTHER, service=Permission.CRISIS_DESK,
            quality="public_body", first_day=date(2020, 1, 1), actor=world.ACTOR, now=now,
        )  # fmt: skip
    agent = world.signed_in(
        world.STRANGER, world.OTHER, quality="public_body", means="eid", level=500
    )
    told = {
        "clerk": world.clerk().cookies["guichet_portal"].value,
        "agent": agent.cookies["guichet_portal"].value,
        "ticket": row.ticket,
        "gone": gone.ticket,
        "year": today.year,
        "month": today.month,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
