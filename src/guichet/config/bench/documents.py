"""`guichet bench documents`: how many one-page documents a second are rendered, sealed and stored.

One process on one core, on an embedded database of its own with fsync on. What counts is processor
time: on a machine that does other things too, the clock on the wall tells more about those.
"""

import argparse
import json
import resource
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from guichet.config.bench.ground import HouseFailed, ground
from guichet.config.family import Stopped, listen
from guichet.platform.embedded import NotStarted

_ROUNDS: Final = 3
_WHOLE: Final = 60
_QUICK: Final = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 measured, 1 not measured, 2 not understood."""
    chosen = _parser().parse_args(arguments)
    listen()
    count, rounds = (_QUICK, 1) if chosen.quick else (_WHOLE, _ROUNDS)
    try:
        with ground(parent=chosen.folder) as place:
            figures = place.child(__name__, str(count), str(rounds))
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
    parser.add_argument("what", choices=["documents"])
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--quick", action="store_true", help="a few documents, for a test")
    parser.add_argument("--folder", type=Path, help="where the passing database lives")
    return parser


def _child(count: int, rounds: int) -> dict[str, Any]:
    """Ask for so many documents, then make them; each round on documents of its own."""
    import django  # noqa: PLC0415  # the environment is that of the child

    django.setup()
    from guichet.demo.fixtures import load_fixtures  # noqa: PLC0415  # after django.setup()
    from guichet.documents import operations, queries  # noqa: PLC0415  # after django.setup()
    from guichet.platform import clock  # noqa: PLC0415  # after django.setup()

    now = clock.now()
    load_fixtures(today=clock.today(now), now=now)
    [first] = _asked(1, now)
    operations.make(reference=first, now=now)  # fonts and key are loaded once
    cpu, wall = [], []
    for _ in range(rounds):
        references = _asked(count, now)
        started, used = time.perf_counter(), time.process_time()
        for reference in references:
            operations.make(reference=reference, now=now)
        cpu.append(count / (time.process_time() - used))
        wall.append(count / (time.perf_counter() - started))
        if any(queries.sealed_pdf(reference=one) is None for one in references):
            raise SystemExit("a document was not sealed")
    return {
        "documentsPerCoreSecond": round(statistics.median(cpu), 1),
        "documentsPerSecond": round(statistics.median(wall), 1),
        "bytesPerDocument": len(queries.sealed_pdf(reference=first) or b""),
        "peakMiB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "rounds": [round(one, 1) for one in cpu],
    }


def _asked(count: int, now: Any) -> list[str]:
    from guichet.audit.actors import system  # noqa: PLC0415  # after django.setup()
    from guichet.demo import fixtures  # noqa: PLC0415  # after django.setup()
    from guichet.documents import attestation, operations  # noqa: PLC0415  # after django.setup()
    from guichet.platform.db import transaction  # noqa: PLC0415  # after django.setup()

    table = attestation.Table(
        caption="Périodes",
        head=("Du", "Au", "Employeur"),
        rows=[(f"{day:02d}/11/2026", f"{day:02d}/11/2026", "Nettoyage SA") for day in range(1, 11)],
    )
    data = attestation.content(
        lead=["Cette attestation reprend les périodes connues."],
        person_title="Travailleur",
        person=[("Nom", "Karim Bensaïd")],
        sections=[attestation.Section("Périodes", table=table)],
        legal_title="Notes",
        legal=["Une relation de travail ne vaut pas contrat."],
    )
    with transaction():
        return [
            operations.issue(
                template=attestation.TEMPLATE,
                data=data,
                language="fr",
                title="Attestation",
                recipient=operations.Recipient(niss=fixtures.W1),
                kind="documents.attestation",
                actor=system("bench"),
                now=now,
            )
            for _ in range(count)
        ]


if __name__ == "__main__":
    print(json.dumps(_child(int(sys.argv[1]), int(sys.argv[2]))))
