"""Give a live portal a firm and an office; print the sessions of everybody in the story.

Run as a program, with the environment of the live server. With the word ``letters`` it makes the
documents that are asked for and sends the letters of the next working day instead.
"""

import json
import sys


def main() -> None:
    """A worker, two clerks of his firm, a clerk of another firm, an officer."""
    import django

    django.setup()
    if sys.argv[1:] == ["letters"]:
        _send_letters()
        return
    from datetime import timedelta

    from guichet.kernel.period import months_after
    from guichet.platform import clock
    from guichet.rules.career_break.periods import end_for
    from tests.eservices.career_break import world
    from tests.eservices.career_break.office import desk
    from tests.portal.browsing import signed_in

    now = clock.now()
    today = clock.today(now)
    world.build(now)
    desk.furnish(now)
    desk.connect(now)
    first = months_after(today.replace(day=1), months=3)
    people = {
        "worker": signed_in(world.LUC),
        "clerk": world.clerk(),
        "second": world.second_clerk(now=now),
        "other": world.clerk(world.OTHER),
        "officer": desk.at_desk(),
    }
    told = {name: client.cookies["guichet_portal"].value for name, client in people.items()} | {
        "first": first.isoformat(),
        "last": end_for(first, months=1).isoformat(),
        "longer": end_for(first, months=2).isoformat(),
        "born": (today - timedelta(days=1200)).isoformat(),
    }
    print(json.dumps(told))  # read by the test


def _send_letters() -> None:
    from datetime import timedelta

    from guichet.documents import operations as documents
    from guichet.eservices.career_break.models import Decision
    from guichet.eservices.career_break.office import jobs, letters
    from guichet.eservices.career_break.office.models import Letter, Question
    from guichet.platform import clock
    from guichet.platform.db import transaction

    now = clock.now()
    for each in (*Decision.objects.all(), *Question.objects.all()):
        documents.make(reference=each.document, now=now)
    sent = letters.publish_due(actor=jobs.ACTOR, now=now)
    # The next working day comes at once: a clock that runs ahead would sign everybody out.
    today = clock.today(now)
    with transaction(actor=jobs.ACTOR):
        Letter.objects.filter(due_on__gt=today, due_on__lte=today + timedelta(days=7)).update(
            due_on=today
        )
    later = letters.publish_due(actor=jobs.ACTOR, now=now)
    print(json.dumps({"today": sent, "later": later}))  # read by the test


if __name__ == "__main__":
    main()
