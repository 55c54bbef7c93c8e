"""`guichet bench ebox`: the list of a box of ten thousand messages, and publishing into it.

One process in the role of the portal, on an embedded database of its own with fsync on. Every
message is published by the operation that the senders' door calls; then the pages are asked for by
somebody who is signed in, and the clock runs from the request to the last byte of its answer.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from guichet.config.bench.ground import HouseFailed, ground
from guichet.config.family import Stopped, listen
from guichet.platform.embedded import NotStarted

_MESSAGES: Final = 10_000
_QUICK: Final = 60
_ROUNDS: Final = 40
_QUICK_ROUNDS: Final = 2
# What a reader asks besides a search for a word, the address of which the page gives.
PAGES: Final = {
    "firstPage": "/ebox/",
    "farPage": "/ebox/?page=300&size=25",
    "unread": "/ebox/?read=unread",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 measured, 1 not measured, 2 not understood."""
    chosen = _parser().parse_args(arguments)
    listen()
    count, rounds = (_QUICK, _QUICK_ROUNDS) if chosen.quick else (_MESSAGES, _ROUNDS)
    try:
        with ground(parent=chosen.folder) as place:
            figures = place.child(__name__, str(count), str(rounds), role="portal")
    except (HouseFailed, NotStarted, Stopped) as fault:
        print(f"Not measured: {fault}", file=sys.stderr)
        return 1
    if chosen.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name}: {value}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="guichet bench", description=__doc__)
    parser.add_argument("what", choices=["ebox"])
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--quick", action="store_true", help="a few messages, for a test")
    parser.add_argument("--folder", type=Path, help="where the passing database lives")
    return parser


def _child(count: int, rounds: int) -> dict[str, Any]:
    """Fill a box, sign its manager in, and ask for its pages."""
    import django  # noqa: PLC0415  # the environment is that of the child

    django.setup()
    published = _filled(count)
    client = _signed_in()
    figures: dict[str, Any] = {"messages": count, "publishedPerSecond": round(published, 1)}
    sought = client.post("/ebox/", {"text": "demande 77"})["Location"]
    for name, place in {**PAGES, "search": sought}.items():
        took = []
        for _ in range(rounds + 1):
            started = time.perf_counter()
            answer = client.get(place)
            took.append((time.perf_counter() - started) * 1000)
            if answer.status_code != 200:
                raise SystemExit(f"{place} answered {answer.status_code}")
        warm = sorted(took[1:])
        figures[f"{name}Ms"] = round(statistics.median(warm), 1)
        figures[f"{name}WorstMs"] = round(warm[-1], 1)
        figures[f"{name}Bytes"] = len(answer.content)
    return figures


def _filled(count: int) -> float:
    """A sender, a firm whose access is managed, so many letters; letters published a second."""
    from guichet.access.models import Manager, Member  # noqa: PLC0415  # after django.setup()
    from guichet.access.rights import give_right  # noqa: PLC0415
    from guichet.audit.actors import system  # noqa: PLC0415
    from guichet.audit.history import acting  # noqa: PLC0415
    from guichet.demo import fixtures  # noqa: PLC0415
    from guichet.ebox import publishing, senders  # noqa: PLC0415
    from guichet.ebox.drafts import NewMessage  # noqa: PLC0415
    from guichet.kernel.label import Label  # noqa: PLC0415
    from guichet.platform import clock  # noqa: PLC0415
    from guichet.platform.db import transaction  # noqa: PLC0415
    from guichet.registers.enterprises.models import Enterprise  # noqa: PLC0415
    from guichet.registers.persons.models import Person  # noqa: PLC0415

    actor, now = system("bench"), clock.now()
    fixtures.load_fixtures(today=clock.today(now), now=now)
    name = Label(nl="Rijksdienst", fr="Office", de="Amt", en="Office")
    with transaction(), acting(actor, now=now):
        senders.connect(number=fixtures.E2, name=name, actor=actor, now=now)
        given: dict[str, Any] = {
            "person": Person.objects.get(niss=fixtures.W1),
            "enterprise": Enterprise.objects.get(number=fixtures.E1),
        }
        Member.objects.create(**given, state="active", email="manager@example.org", created_at=now)
        Manager.objects.create(**given, kind="main", named_at=now, activated_at=now)
        give_right(
            niss=fixtures.W1,
            enterprise_number=fixtures.E1,
            service="ebox",
            first_day=clock.today(now),
            actor=actor,
            now=now,
        )
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


def _signed_in() -> Any:
    from django.conf import settings  # noqa: PLC0415  # after django.setup()
    from django.http import HttpRequest  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from guichet.access.sessions import sign_in  # noqa: PLC0415
    from guichet.demo import fixtures  # noqa: PLC0415
    from guichet.platform import clock  # noqa: PLC0415

    client, request = Client(headers={"Host": "127.0.0.1"}), HttpRequest()
    request.session = client.session
    sign_in(request, niss=fixtures.W1, enterprise_number=fixtures.E1, now=clock.now())
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key or ""
    return client


if __name__ == "__main__":
    print(json.dumps(_child(int(sys.argv[1]), int(sys.argv[2]))))
