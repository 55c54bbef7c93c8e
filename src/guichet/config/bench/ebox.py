"""`guichet bench ebox`: the list of a box of ten thousand messages, and publishing into it.

On an embedded database of its own with fsync on. Every message is published by the operation that
the senders' door calls; then the pages are asked for by somebody who is signed in. How the clock
runs: see ``pages``.
"""

import json
import sys
import time
from collections.abc import Sequence
from typing import Any, Final

from guichet.config.bench import pages

# What a reader asks besides a search for a word, the address of which the page gives.
PAGES: Final = {
    "firstPage": "/ebox/",
    "farPage": "/ebox/?page=300&size=25",
    "unread": "/ebox/?read=unread",
}
_BENCHMARK: Final = pages.Benchmark(
    what="ebox",
    module="guichet.config.bench.ebox",
    meaning=__doc__,
    whole=10_000,
    quick=60,
    things="messages",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 measured, 1 not measured, 2 not understood."""
    return pages.run(_BENCHMARK, arguments)


def _child(count: int, rounds: int) -> dict[str, Any]:
    """Fill a box, sign its manager in, and ask for its pages."""
    import django  # noqa: PLC0415  # the environment is that of the child

    django.setup()
    from guichet.demo import fixtures  # noqa: PLC0415  # after django.setup()

    published = _filled(count)
    client = pages.signed_in(niss=fixtures.W1, enterprise=fixtures.E1)
    sought = client.post("/ebox/", {"text": "demande 77"})["Location"]
    figures = pages.timed(client, PAGES | {"search": sought}, rounds=rounds)
    return {"messages": count, "publishedPerSecond": round(published, 1)} | figures


def _filled(count: int) -> float:
    """A sender, a firm whose access is managed, so many letters; letters published a second."""
    from guichet.audit.actors import system  # noqa: PLC0415  # after django.setup()
    from guichet.audit.history import acting  # noqa: PLC0415  # after django.setup()
    from guichet.demo import fixtures  # noqa: PLC0415  # after django.setup()
    from guichet.ebox import publishing, senders  # noqa: PLC0415  # after django.setup()
    from guichet.ebox.drafts import NewMessage  # noqa: PLC0415  # after django.setup()
    from guichet.kernel.label import Label  # noqa: PLC0415  # after django.setup()
    from guichet.platform import clock  # noqa: PLC0415  # after django.setup()
    from guichet.platform.db import transaction  # noqa: PLC0415  # after django.setup()

    actor, now = system("bench"), clock.now()
    fixtures.load_fixtures(today=clock.today(now), now=now)
    name = Label(nl="Rijksdienst", fr="Office", de="Amt", en="Office")
    with transaction(), acting(actor, now=now):
        senders.connect(number=fixtures.E2, name=name, actor=actor, now=now)
    pages.entitle(niss=fixtures.W1, enterprise=fixtures.E1, service="ebox", manages=True)
    started = time.perf_counter()
    for at in range(count):
        letter = NewMessage(
            sender_number=fixtures.E2,
            reference=f"letter-{at}",
            type="letter.official",
            language="fr",
            subject=f"Votre demande {at}",
            body="Nous avons bien reçu votre demande.",
            enterprise_number=fixtures.E1,
        )
        publishing.publish(message=letter, actor=actor, now=now)
    return count / (time.perf_counter() - started)


if __name__ == "__main__":
    print(json.dumps(_child(int(sys.argv[1]), int(sys.argv[2]))))
