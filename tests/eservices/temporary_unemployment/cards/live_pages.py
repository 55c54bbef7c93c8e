"""Give a live portal two workers with control cards; print their sessions and the addresses.

Run as a program, with the environment of the live server.
"""

import json
from datetime import date, timedelta


def main() -> None:
    """A building worker with marks and a card that was sent; another one who was told of."""
    import django

    django.setup()
    from guichet.audit.actors import Actor
    from guichet.eservices.temporary_unemployment.cards import marking
    from guichet.eservices.temporary_unemployment.cards.marking import Wanted
    from guichet.platform import clock
    from guichet.rules.temporary_unemployment.card_days import DayState
    from guichet.rules.temporary_unemployment.communication import Line
    from tests.eservices.temporary_unemployment import world as core
    from tests.eservices.temporary_unemployment.cards import world
    from tests.portal.browsing import signed_in

    now = clock.now()
    today = clock.today(now)
    world.build(now)
    core.build(now)
    this = today.replace(day=1)
    last = (this - timedelta(days=1)).replace(day=1)
    older = (last - timedelta(days=1)).replace(day=1)
    who = Actor("person", world.PIOTR)
    marks = (
        (last, 3, DayState.WORK), (last, 4, DayState.HOLIDAY), (last, 6, DayState.INCAPACITY),
        (last, 8, DayState.ELSEWHERE_UNUSUAL), (last, 10, DayState.OTHER),
        (this, 1, DayState.WORK), (this, 2, DayState.HOLIDAY),
    )  # fmt: skip
    for month, day, state in marks:
        wanted = Wanted(
            month.replace(day=day), state, world.at(1, 7).time(), "La batterie était vide"
        )
        marking.mark(key=world.key(month=month), wanted=wanted, actor=who, now=now)
    for month in (older, date(older.year - 1, 12, 1)):
        world.send(of=world.key(month=month), now=now)
    announced = core.expected(
        now, first_day=today + timedelta(days=8), last_day=today + timedelta(days=20)
    )
    row = core.sent(announced)
    core.sent(core.first_day(today, now, lines=(Line(niss=core.ANNE, first_day=today),)))
    piotr, anne = signed_in(world.PIOTR), signed_in(core.ANNE)
    told = {
        "piotr": piotr.cookies["guichet_portal"].value,
        "anne": anne.cookies["guichet_portal"].value,
        "this": f"{world.SITE}/{this.year}/{this.month}",
        "last": f"{world.SITE}/{last.year}/{last.month}",
        "older": f"{world.SITE}/{older.year}/{older.month}",
        "hers": f"{core.FIRM}/{this.year}/{this.month}",
        "day": str(today.day),
        "ticket": row.ticket,
    }
    print(json.dumps(told))  # read by the tests


if __name__ == "__main__":
    main()
