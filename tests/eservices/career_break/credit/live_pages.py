"""Give a live portal a worker with breaks and codes; print his session and that of his firm.

Run as a program, with the environment of the live server.
"""

import json


def main() -> None:
    """One break for nobody known, one code that waits and one that the firm opened."""
    import django

    django.setup()
    from guichet.audit.actors import Actor
    from guichet.eservices.career_break.credit import attesting, knowing, proving
    from guichet.eservices.career_break.credit.attesting import Opener
    from guichet.eservices.career_break.credit.remaining import pots
    from guichet.kernel.credit_code import CreditCode
    from guichet.kernel.period import end_for, months_after
    from guichet.platform import clock
    from guichet.registers.persons.models import Person
    from tests.eservices.career_break import world
    from tests.portal.browsing import signed_in

    now = clock.now()
    today = clock.today(now)
    world.build(now)
    first = months_after(today.replace(day=1), months=3)
    world.filed(now=now, first_day=first, last_day=end_for(first, months=1), notified_on=today)
    person = Person.objects.get(niss=world.LUC)
    actor = Actor("person", world.LUC)
    lines = proving.lines(pots(knowing.of_person(person, today=today), on=today)[:4])
    waiting, used = (
        attesting.make(person=person, lines=lines, actor=actor, now=now) for _one in range(2)
    )
    opener = Opener(world.sender().actor, world.FIRM)
    attesting.open_code(code=CreditCode(used.code), opener=opener, now=now)
    told = {
        "worker": signed_in(world.LUC).cookies["guichet_portal"].value,
        "clerk": world.clerk().cookies["guichet_portal"].value,
        "code": str(waiting.key),
        "used": str(used.key),
        "first": first.isoformat(),
    }
    print(json.dumps(told))  # read by the tests


if __name__ == "__main__":
    main()
