"""Give a live portal a firm with requests for career breaks; print the session of its clerk.

Run as a program, with the environment of the live server.
"""

import json
from datetime import date, datetime, timedelta
from typing import Any


def main() -> None:
    """A request that waits for the worker, one that he completed, one that was cancelled."""
    import django

    django.setup()
    from guichet.demo import numbers
    from guichet.eservices.career_break import drafting, operations
    from guichet.kernel.period import months_after
    from guichet.platform import clock
    from guichet.platform.db import transaction
    from guichet.registers.persons import operations as persons
    from guichet.registers.persons.queries import PersonRecord
    from guichet.rules.career_break.periods import end_for
    from tests.eservices.career_break import walk, world
    from tests.eservices.career_break.notices import notice_world as here

    now = clock.now()
    today = clock.today(now)
    world.build(now)
    first = months_after(today.replace(day=1), months=3)
    ends = end_for(first, months=1)
    days = {"first_day": first, "last_day": ends, "notified_on": today}
    waiting = world.filed(now=now, **days)
    part = operations.modify_end(
        ticket=waiting.ticket, last_day=end_for(first, months=2), comment="", now=now,
        sender=world.sender(),
    )  # fmt: skip
    world.completed(world.filed(world.NADIA, now=now, **days), now)
    gone = world.filed(world.BIS, now=now, **days)
    cancellation = operations.cancel(ticket=gone.ticket, sender=world.sender(), now=now)
    assistance = world.filed(
        world.BIS, now=now, leave="medical_assistance", details={"relation": "family"},
        **days,
    )  # fmt: skip
    notice = world.notice(
        world.NADIA, first_day=ends + timedelta(days=1), last_day=end_for(ends, months=4),
        answer_by=today + timedelta(days=9),
    )  # fmt: skip
    tenth = world.notice(
        world.LUC, regime="tenth", first_day=ends + timedelta(days=200),
        last_day=end_for(ends + timedelta(days=200), months=10), sent_at=now,
        answer_by=today + timedelta(days=20),
    )  # fmt: skip
    # Each is asked for by one test only: a second request of the same months would overlap.
    *free, undecided = (
        numbers.niss(born_on=date(1991, 5, day), is_female=True) for day in (4, 5, 6)
    )
    with transaction(actor=world.ACTOR):
        for niss in (*free, undecided):
            persons.register(
                person=PersonRecord(niss, "Wannes", "Verstappen"), actor=world.ACTOR, now=now
            )
            world.works_for(world.FIRM, niss, now=now)
    start = months_after(today.replace(day=1), months=5)
    sent = here.sent(world.BIS, now=now, first_day=start, last_day=end_for(start, months=4))
    himself = here.himself(world.BIS)
    clerk = world.clerk()
    by = world.sender()
    worker = {"worker_code": "blue", "committee": "121"}
    draft = drafting.begin(niss=world.LUC, worker=worker, sender=by, now=now)
    for step, typed in (("type", {"leave": "parental"}), ("details", dict[str, str]())):
        drafting.keep(key=draft.pk, step=step, typed=typed, sender=by, now=now)
    ready = drafting.begin(niss=undecided, worker=worker, sender=by, now=now)
    typed = walk.characteristics(
        first=f"{first:%d/%m/%Y}", last=f"{ends:%d/%m/%Y}", notified=f"{today:%d/%m/%Y}", seen="1"
    )
    for step, boxes in (("type", {"leave": "parental"}), ("characteristics", typed)):
        drafting.keep(key=ready.pk, step=step, typed=boxes, sender=by, now=now)
    both = _with_two_employers(world, now, first, today)
    told = {
        "both": both.ticket,
        "ilse": here.himself(world.ELSEWHERE).cookies["guichet_portal"].value,
        "clerk": clerk.cookies["guichet_portal"].value,
        "draft": f"/career-break/new/{draft.pk}/",
        "ready": f"/career-break/new/{ready.pk}/",
        "free": free,
        "ticket": waiting.ticket,
        "part": part.ticket,
        "cancelled": gone.ticket,
        "cancellation": cancellation.ticket,
        "assistance": assistance.ticket,
        "notice": notice.ticket,
        "tenth": tenth.ticket,
        "worker": himself.cookies["guichet_portal"].value,
        "luc": here.himself(world.LUC).cookies["guichet_portal"].value,
        "sent": sent.ticket,
        "first": first.isoformat(),
        "last": ends.isoformat(),
        "today": today.isoformat(),
    }
    print(json.dumps(told))  # read by the tests


def _with_two_employers(world: Any, now: datetime, first: date, today: date) -> Any:
    """A fifth spread over three employers; two of them filed it, the third one did not yet."""
    from guichet.eservices.career_break.content import OtherEmployer
    from guichet.kernel.period import end_for
    from guichet.platform.db import transaction
    from tests.eservices.career_break.worker import mine

    with transaction(actor=world.ACTOR):
        world.works_for(world.FIRM, world.ELSEWHERE, now=now)

    def filed(firm: str, contract: int, during: int, others: dict[str, int]) -> Any:
        return world.filed(
            world.ELSEWHERE, enterprise=firm, now=now, regime="fifth", first_day=first,
            last_day=end_for(first, months=5), notified_on=today, contract_minutes=contract,
            full_time_minutes=2280, break_minutes=during, has_other_employers=True,
            has_consent=True,
            others=tuple(
                OtherEmployer(
                    number=one, contract_minutes=minutes, full_time_minutes=2280, reduces=True
                )
                for one, minutes in others.items()
            ),
        )  # fmt: skip

    here = filed(world.FIRM, 1200, 960, {world.OTHER: 540, world.BARE: 540})
    filed(world.OTHER, 540, 432, {world.FIRM: 1200, world.BARE: 540})
    activities = mine.TYPED["activities"] | {"others_reduce": "yes"}
    mine.typed(here, world.ELSEWHERE, now, activities=activities)
    return here


if __name__ == "__main__":
    main()
