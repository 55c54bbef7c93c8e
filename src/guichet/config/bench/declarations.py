"""The part of `guichet bench dimona` that needs Django: fill the registers, declare, decide."""

import json
import sys
import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

import django

from guichet.platform import clock

_WORKERS: Final = 4_000
_FIRMS: Final = 200
_AT_ONCE: Final = 1_000
_FORMS: Final = 1_000
# Days that no other declaration of the benchmark is about.
_FAR: Final = timedelta(days=300)


def _fill(today: date, now: datetime) -> tuple[list[str], list[str]]:
    from guichet.audit.actors import system  # noqa: PLC0415  # after django.setup()
    from guichet.demo import numbers  # noqa: PLC0415  # after django.setup()
    from guichet.platform.db import transaction  # noqa: PLC0415  # after django.setup()
    from guichet.registers.enterprises import operations as enterprises  # noqa: PLC0415  # after django.setup()
    from guichet.registers.enterprises.queries import EnterpriseRecord  # noqa: PLC0415  # after django.setup()
    from guichet.registers.persons import operations as persons  # noqa: PLC0415  # after django.setup()
    from guichet.registers.persons.queries import PersonRecord  # noqa: PLC0415  # after django.setup()

    maker = system("bench")
    since = today - timedelta(days=3_000)
    born = [date(1960, 1, 1) + timedelta(days=3 * at) for at in range(_WORKERS)]
    people = [numbers.niss(born_on=each, is_female=False) for each in born]
    firms = [numbers.enterprise(index) for index in range(_FIRMS)]
    with transaction(actor=maker):
        persons.register_many(
            people=[
                PersonRecord(niss, f"Given {at}", f"Family {at}", born_on)
                for at, (niss, born_on) in enumerate(zip(people, born, strict=True))
            ],
            actor=maker,
            now=now,
        )
        for at, number in enumerate(firms):
            record = EnterpriseRecord(
                number,
                name_nl=f"Firm {at}",
                onss_number=numbers.onss(at),
                onss_first_day=since,
            )
            enterprises.register(enterprise=record, actor=maker, now=now)
    return people, firms


def _declare(people: list[str], firms: list[str], first: date, count: int, now: datetime) -> float:
    """Store so many declarations, half of them of students; seconds that it took."""
    from guichet.audit.actors import system  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.dimona import operations, wire  # noqa: PLC0415  # after django.setup()

    bodies = []
    for at in range(count):
        day = first + timedelta(days=at // len(people))
        is_student = at % 2 == 0
        act = wire.DimonaIn(
            start_date=day,
            end_date=day,
            planned_hours_number=8 if is_student else None,
            features=wire.Features("XXX", "STU" if is_student else "OTH"),
        )
        bodies.append(
            wire.Body(
                employer=wire.Employer(enterprise_number=firms[at % len(firms)]),
                worker=wire.Worker(ssin=people[at % len(people)]),
                dimona_in=act,
            )
        )
    began = time.perf_counter()
    for at in range(0, count, _AT_ONCE):
        operations.declare_many(
            bodies=bodies[at : at + _AT_ONCE],
            channel="file",
            sender="",
            actor=system("bench"),
            now=now,
        )
    return time.perf_counter() - began


def _decide(now: datetime) -> tuple[int, float, float]:
    """Decide everything; declarations, seconds, and seconds of this process."""
    from guichet.eservices.dimona import processing  # noqa: PLC0415  # after django.setup()

    began, used, decided = time.perf_counter(), time.process_time(), 0
    while True:
        done = processing.process(now=now)
        decided += done.decided
        if not done.more:
            return decided, time.perf_counter() - began, time.process_time() - used


def _file(people: list[str], firm: str, day: date, now: datetime) -> float:
    """A file of a thousand forms from its bytes to its last notification; seconds that it took."""
    from guichet.audit.actors import system  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.dimona import processing  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.dimona.batch import layout, operations, queries  # noqa: PLC0415  # after django.setup()

    form = (
        "<Form reference='f{at}'><Employer><CompanyID>{firm}</CompanyID></Employer>"
        "<Worker><INSS>{niss}</INSS></Worker><DimonaIn><StartingDate>{day}</StartingDate>"
        "<EndingDate>{day}</EndingDate><Features><JointCommissionNbr>XXX</JointCommissionNbr>"
        "<WorkerType>OTH</WorkerType></Features></DimonaIn></Form>"
    )
    forms = "".join(
        form.format(at=at, firm=firm, niss=niss, day=day)
        for at, niss in enumerate(people[:_FORMS], 1)
    )
    content = f"<DimonaFile xmlns='{layout.NAMESPACE}' reference='{day}'>{forms}</DimonaFile>"
    actor = system("bench")
    began = time.perf_counter()
    taken = operations.receive(
        content=content.encode(), sender=firm, channel="rest", actor=actor, now=now
    )
    operations.read(file=taken.id, now=now)
    while processing.process(now=now).more:
        pass
    answered = sum(1 for one in queries.every_form(file=taken.id) if one.result)
    if answered != _FORMS:
        raise SystemExit(f"only {answered} of {_FORMS} forms have an answer")
    return time.perf_counter() - began


def _main(arguments: Sequence[str]) -> int:
    django.setup()
    rounds, count = map(int, arguments)
    now = clock.now()
    today = clock.today(now)
    people, firms = _fill(today, now)
    found: list[dict[str, Any]] = []
    for number in range(rounds):
        stored = _declare(people, firms, today + timedelta(days=1 + 10 * number), count, now)
        decided, seconds, used = _decide(now)
        found.append(
            {
                "decidedPerSecond": decided / seconds,
                "cpuMicrosPerDeclaration": used / decided * 1e6,
                "storedPerSecond": count / stored,
                "fileSeconds": _file(people, firms[number], today + _FAR * (number + 1), now),
            }
        )
    print(json.dumps({"rounds": found, "declarations": count, "accepted": _accepted()}))
    return 0


def _accepted() -> int:
    from guichet.eservices.dimona.models import Declaration  # noqa: PLC0415  # after django.setup()

    return Declaration.objects.filter(result__in=["A", "W"]).count()


if __name__ == "__main__":
    raise SystemExit(_main(sys.argv[1:]))
