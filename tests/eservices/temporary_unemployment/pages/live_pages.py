"""Give a live portal a firm in the midst of communicating; print its sessions and its addresses.

Run as a program, with the environment of the live server.
"""

import json
from datetime import date, datetime, timedelta
from typing import Any, Final

EXTRA: Final = 56
# One that cannot be right, for the lines of a file that wait for their repair.
WRONG: Final = "85073003329"


def main() -> None:
    """Drafts on every step, communications of every kind, a decision, somebody to sign in as."""
    import django

    django.setup()
    from guichet.platform import clock
    from tests.eservices.temporary_unemployment import world
    from tests.eservices.temporary_unemployment.office import desk
    from tests.eservices.temporary_unemployment.pages.conftest import LONG_AGO
    from tests.portal.browsing import signed_in

    now = clock.now()
    today = clock.today(now)
    world.build(LONG_AGO)
    desk.furnish(LONG_AGO)
    _many(now)
    told: dict[str, Any] = {
        "clerk": world.clerk().cookies["guichet_portal"].value,
        "worker": signed_in(world.ANNE).cookies["guichet_portal"].value,
        "anne": world.ANNE,
        "luc": world.LUC,
        "year": today.year,
        "month": today.month,
        **_communications(now, today),
        **_drafts(now, today),
    }
    print(json.dumps(told))  # read by the tests


def _many(now: datetime) -> None:
    """More workers than one page of the list shows."""
    from guichet.demo import numbers
    from guichet.platform.db import transaction
    from guichet.registers.persons import operations as persons
    from guichet.registers.persons.queries import PersonRecord
    from tests.eservices.temporary_unemployment import world

    with transaction(actor=world.ACTOR):
        for at in range(EXTRA):
            niss = numbers.niss(born_on=date(1990, 1 + at % 12, 1 + at % 28), is_female=False)
            person = PersonRecord(niss, "Jan-Baptist", f"Zeegers-Vandenbroucke {at:02d}")
            persons.register(person=person, actor=world.ACTOR, now=now)
            world.works_for(world.FIRM, niss, now=now)


def _communications(now: datetime, today: date) -> dict[str, str]:
    """One of each kind; one that was cancelled, one with a decision that is seen."""
    from guichet.documents import operations as documents
    from guichet.eservices.temporary_unemployment import operations
    from guichet.eservices.temporary_unemployment.office import deciding
    from guichet.platform import clock
    from guichet.rules.temporary_unemployment.communication import Line
    from guichet.rules.temporary_unemployment.kinds import Kind, Reason
    from tests.eservices.temporary_unemployment import world
    from tests.eservices.temporary_unemployment.office import desk

    yesterday = now - timedelta(days=1)
    days = {"first_day": today, "last_day": today + timedelta(days=25)}
    lines = tuple(Line(niss=one) for one in (world.ANNE, world.LUC, world.BIS))
    late = world.sent(
        world.expected(now, posted_on=today, lines=lines, remarks="The board decided late.", **days)
    )
    first = world.sent(world.first_day(today, now))
    gone = world.sent(world.expected(now, posted_on=today, section="Polissage", lines=(), **days))
    operations.cancel(ticket=gone.ticket, sender=world.sender(), now=now)
    nature = world.sent(
        world.changed(
            world.expected(now, **days), kind=Kind.ACCIDENT_NATURE, reason=Reason.ACCIDENT,
            accident_on=today - timedelta(days=1), first_day=today + timedelta(days=6), lines=(),
            last_day=None, regime=None, posted_on=None, notice_kind=None,
            causes="The furnace broke without any sign of it.",
        )
    )  # fmt: skip
    decided = world.sent(
        world.expected(
            yesterday, posted_on=clock.today(yesterday), first_day=today + timedelta(days=7),
            last_day=today + timedelta(days=27), lines=(Line(niss=world.LUC),),
        )
    )  # fmt: skip
    deciding.take(tickets=[decided.ticket], officer=desk.officer(), now=yesterday)
    done = deciding.decide(
        ticket=decided.ticket, decided=desk.proposed(decided, yesterday), officer=desk.officer(),
        now=yesterday,
    )  # fmt: skip
    documents.make(reference=done.document, now=now)
    return {
        "late": late.ticket, "first": first.ticket, "gone": gone.ticket, "nature": nature.ticket,
        "decided": decided.ticket, "number": done.number,
    }  # fmt: skip


def _drafts(now: datetime, today: date) -> dict[str, str]:
    """One draft of each kind, filled in as far as its check."""
    from guichet.eservices.temporary_unemployment import drafting
    from guichet.rules.temporary_unemployment.kinds import Kind, Reason
    from tests.eservices.temporary_unemployment import world
    from tests.eservices.temporary_unemployment.pages import walk

    made: list[Reason] = []

    def begun(kind: Kind, reason: Reason, **steps: Any) -> str:
        typed = {"place": walk.PLACE_BOXES | {"language": "fr"}, **steps}
        return bare(kind, reason, **typed)

    def bare(kind: Kind, reason: Reason, **typed: Any) -> str:
        made.append(reason)
        draft = drafting.begin(
            kind=kind, reason=reason, sender=world.sender(), typed=typed,
            now=now - timedelta(minutes=len(made)),
        )  # fmt: skip
        return str(draft.pk)

    people = [
        {"niss": world.ANNE, "family": "Dubois", "given": "Anne", "day": walk.box(today)},
        {"niss": world.LUC, "family": "Vandermeulen", "given": "Luc"},
    ]
    faulty = [
        {"number": 4, "niss": WRONG, "family": "Vanderstichelen", "given": "Noé", "day": "1/1/26"},
        {"number": 7, "niss": world.BIS, "family": "Nowicka", "given": "Ewa", "day": "30/02/2026"},
    ]
    workers = {"scope": "workers", "lines": people}
    soon, far = today + timedelta(days=3), today + timedelta(days=60)
    period = walk.period(soon, far, today) | {
        "closures": "1", "closure-0-first": walk.box(soon + timedelta(days=14)),
        "closure-0-last": walk.box(soon + timedelta(days=20)),
    }  # fmt: skip
    force = {
        "first_day": walk.box(today), "last_day": walk.box(today + timedelta(days=30)),
        "causes": "The hall is under water.",
    }  # fmt: skip
    accident = {
        "accident_on": walk.box(today), "first_day": walk.box(today + timedelta(days=2)),
        "causes": "The furnace broke without any sign of it.",
    }  # fmt: skip
    strike = {
        "day": walk.box(today), "causes": "The suppliers stop the railway.",
        "workplace": "Quai 1, 4000 Liège",
    }  # fmt: skip
    month = {"day": walk.box(today)}
    white = walk.period(soon, far, today) | {"regime": "white_full"}
    return {
        "expected": begun(Kind.EXPECTED, Reason.ECONOMIC, period=period, causes=walk.CAUSES,
                          workers=workers),
        "empty": begun(Kind.EXPECTED, Reason.ECONOMIC),
        "typing": begun(Kind.EXPECTED, Reason.ECONOMIC),
        "counting": begun(Kind.EXPECTED, Reason.ECONOMIC),
        "bare": bare(Kind.EXPECTED, Reason.ECONOMIC),
        "bare_expected": begun(Kind.EXPECTED, Reason.ECONOMIC),
        "bare_weather": begun(Kind.FIRST_DAY, Reason.WEATHER),
        "read_weather": begun(Kind.FIRST_DAY, Reason.WEATHER),
        "bare_accident": begun(Kind.ACCIDENT_NATURE, Reason.ACCIDENT),
        "bare_list": begun(Kind.ACCIDENT_LIST, Reason.ACCIDENT),
        "bare_force": begun(Kind.FORCE_MAJEURE, Reason.FORCE_MAJEURE),
        "bare_strike": begun(Kind.STRIKE, Reason.STRIKE),
        "alone_strike": begun(Kind.STRIKE, Reason.STRIKE),
        "white": begun(Kind.EXPECTED, Reason.WHITE_COLLAR, period=white, causes=walk.CAUSES,
                       workers=workers),
        "weather": begun(Kind.FIRST_DAY, Reason.WEATHER, month=month, weather=walk.WEATHER,
                         workers=workers | {"faulty": faulty}),
        "accident": begun(Kind.ACCIDENT_NATURE, Reason.ACCIDENT, accident=accident),
        "list": begun(Kind.ACCIDENT_LIST, Reason.ACCIDENT, workers=workers),
        "force": begun(Kind.FORCE_MAJEURE, Reason.FORCE_MAJEURE, force=force, workers=workers),
        "strike": begun(Kind.STRIKE, Reason.STRIKE, strike=strike, workers=workers),
    }  # fmt: skip


if __name__ == "__main__":
    main()
