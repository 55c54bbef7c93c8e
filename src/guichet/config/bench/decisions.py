"""`guichet bench decisions`: a night of the unemployment office, from decisions to e-Boxes.

Letters are rendered, sealed with a P-256 key, stored, and published into the e-Box, by as many
processes as the night uses, on an embedded database of its own with fsync on. What is reported is
what was measured, on so many decisions as were made; nothing is extrapolated.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from guichet.config.bench.ground import HouseFailed, ground
from guichet.config.family import Stopped, listen
from guichet.platform.embedded import NotStarted

_WHOLE: Final = 500
_QUICK: Final = 20
_PROCESSES: Final = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 measured, 1 not measured, 2 not understood."""
    chosen = _parser().parse_args(arguments)
    listen()
    count = _QUICK if chosen.quick else chosen.count
    try:
        with ground(parent=chosen.folder) as place:
            figures = place.child(__name__, str(count), str(chosen.processes))
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
    parser.add_argument("what", choices=["decisions"])
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--quick", action="store_true", help="a few decisions, for a test")
    parser.add_argument("--count", type=int, default=_WHOLE, help="how many decisions")
    parser.add_argument("--processes", type=int, default=_PROCESSES, help="of the night")
    parser.add_argument("--folder", type=Path, help="where the passing database lives")
    return parser


def _child(count: int, processes: int) -> dict[str, Any]:
    """Decide on so many communications, then run the night after."""
    import django  # noqa: PLC0415  # the environment is that of the child

    django.setup()
    from datetime import timedelta  # noqa: PLC0415  # after django.setup()

    from guichet.eservices.temporary_unemployment.office import nights  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.temporary_unemployment.office.models import Delivery  # noqa: PLC0415  # after django.setup()
    from guichet.platform import clock  # noqa: PLC0415  # after django.setup()

    now = clock.now()
    deciding = _decided(count, now)
    later = now + timedelta(days=1)
    started = time.perf_counter()
    run = nights.run(now=later, processes=processes)
    seconds = time.perf_counter() - started
    sent = Delivery.objects.filter(state="sent").count()
    if run is None or run.done != count or sent != count:
        raise SystemExit(f"{sent} of {count} decisions went out")
    return {
        "decisions": count,
        "processes": processes,
        "decidedPerSecond": round(count / deciding, 1),
        "sentPerSecond": round(count / seconds, 1),
        "nightSeconds": round(seconds, 1),
        "bytesPerLetter": _bytes(),
    }


def _bytes() -> int:
    from guichet.documents.models import Sealed  # noqa: PLC0415  # after django.setup()

    row = Sealed.objects.first()
    return 0 if row is None else len(row.pdf)


def _decided(count: int, now: Any) -> float:
    """Communications of bad weather, received in one batch and accepted in one go: its seconds."""
    from guichet.audit.actors import Actor, system  # noqa: PLC0415  # after django.setup()
    from guichet.audit.history import acting  # noqa: PLC0415  # after django.setup()
    from guichet.config.bench import pages  # noqa: PLC0415  # after django.setup()
    from guichet.demo import fixtures  # noqa: PLC0415  # after django.setup()
    from guichet.ebox import senders  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.temporary_unemployment import operations  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.temporary_unemployment.models import Communication  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.temporary_unemployment.office import mass, night  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.temporary_unemployment.office.models import Run  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.temporary_unemployment.office.officers import Officer  # noqa: PLC0415  # after django.setup()
    from guichet.kernel.label import Label  # noqa: PLC0415  # after django.setup()
    from guichet.platform import clock  # noqa: PLC0415  # after django.setup()
    from guichet.platform.db import transaction  # noqa: PLC0415  # after django.setup()
    from guichet.registers.enterprises.models import Enterprise, Establishment  # noqa: PLC0415  # after django.setup()
    from guichet.registers.persons.models import Person  # noqa: PLC0415  # after django.setup()
    from guichet.rules.temporary_unemployment.offices import OFFICES  # noqa: PLC0415  # after django.setup()

    actor = system("bench")
    fixtures.load_fixtures(today=clock.today(now), now=now)
    with transaction(), acting(actor, now=now):
        name = Label(nl="RVA", fr="ONEM", de="LfA", en="ONEM")
        senders.connect(
            number=fixtures.E2, name=name, actor=actor, now=now,
            applications={night.APPLICATION: name},
        )  # fmt: skip
        Establishment(
            number="2123456791", enterprise=Enterprise.objects.get(number=fixtures.E1),
            name="Liège", street="Quai", house_number="1", postcode="4000",
            municipality="Liège",
        ).save()  # fmt: skip
    pages.entitle(niss=fixtures.W1, enterprise=fixtures.E1, service="ebox", manages=True)
    person = Person.objects.get(niss=fixtures.W1)
    sender = operations.Sender(Actor("person", fixtures.W1, fixtures.E1), fixtures.E1)
    batch = [_told(at, now) for at in range(count)]
    operations.communicate_many(batch=batch, sender=sender, now=now)
    keys = list(Communication.objects.order_by("pk").values_list("pk", flat=True))
    officer = Officer(
        Actor("person", fixtures.W2, fixtures.E2), Person.objects.get(niss=fixtures.W2).pk,
        frozenset(OFFICES), may_decide=True,
    )  # fmt: skip
    with transaction():
        run = Run.objects.create(
            kind="decisions", total=len(keys), started_at=now, started_by=person,
            wanted={"keys": keys, "enterprise": fixtures.E2},
        )  # fmt: skip
    started = time.perf_counter()
    mass.work(run=run.pk, officer=officer, now=now)
    return time.perf_counter() - started


def _told(at: int, now: Any) -> Any:
    from guichet.demo import fixtures  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.temporary_unemployment.content import Name, Told  # noqa: PLC0415  # after django.setup()
    from guichet.platform import clock  # noqa: PLC0415  # after django.setup()
    from guichet.rules.calendar import working_day_after  # noqa: PLC0415  # after django.setup()
    from guichet.rules.temporary_unemployment.communication import (  # noqa: PLC0415  # after django.setup()
        Communication,
        Line,
    )
    from guichet.rules.temporary_unemployment.kinds import Channel, Kind, Reason  # noqa: PLC0415  # after django.setup()

    said = Communication(
        kind=Kind.FIRST_DAY, reason=Reason.WEATHER, received_at=now, channel=Channel.WEB,
        enterprise=fixtures.E1, establishment="2123456791", postcode="4000", committee="124",
        workplace="Quai 1, 4000 Liège", nature_of_work="Maçonnerie", weather="Gel",
        why_impossible=f"Le mortier ne prend pas (chantier {at}).",
        lines=(Line(niss=fixtures.W1, first_day=working_day_after(clock.today(now))),),
    )  # fmt: skip
    return Told(said=said, names=(Name("Bensaïd", "Karim"),))


if __name__ == "__main__":
    print(json.dumps(_child(int(sys.argv[1]), int(sys.argv[2]))))
