"""Give a live portal a contractor with declarations of works; print his session and a number.

Run as a program, with the environment of the live server.
"""

import json
from datetime import timedelta


def main() -> None:
    """A declaration with a chain, changed once, and one that was cancelled."""
    import django

    django.setup()
    from dataclasses import replace

    from guichet.eservices.works import operations
    from guichet.eservices.works.batch import operations as batch
    from guichet.platform import clock
    from tests.eservices.works import test_files, world
    from tests.eservices.works.world import OTHER, PAINTER, ROOFER, filed, link, sender, works

    now = clock.now()
    world.build(now)
    first = clock.today(now) + timedelta(days=1)
    days = {"first_day": first, "last_day": first + timedelta(days=100)}
    chain = (link(ROOFER, **days), link(PAINTER, 0, **days), link(OTHER, 1, **days))
    given = {"signed_on": None, "chain": chain, **days}
    row = filed(now, site_name="Campus avec un nom plutôt long De Wulp", **given)
    declared = operations.declared_of(row.content)
    operations.change(
        number=row.number, declared=replace(declared, comment="Grue au nord"), version=1,
        sender=sender(), now=now,
    )  # fmt: skip
    gone = filed(now, **given)
    operations.cancel(number=gone.number, reason="x", sender=sender(), now=now)
    clerk = world.clerk()
    content = test_files.whole(test_files.form("one", city="Namur"), test_files.form("two"))
    file = batch.receive(
        content=content, sender=world.BUILDER, channel="portal", actor=sender().actor, now=now
    )
    batch.read(file=file.id, now=now)
    batch.declare_next(file=file.id, now=now)
    told = {
        "clerk": clerk.cookies["guichet_portal"].value,
        "number": row.number,
        "file": file.ticket,
        "first": first.isoformat(),
        "last": works(**days).last_day.isoformat(),  # type: ignore[union-attr]
    }
    print(json.dumps(told))  # read by the tests


if __name__ == "__main__":
    main()
