"""The part of the rush that needs Django: registers, rights, files, and what came of them.

A process of its own for each part, with JSON at the end.
"""

import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import django

from guichet.config.bench import april_plan, message_files
from guichet.config.bench.april_plan import Firm
from guichet.platform import clock

_BORN: Final = date(1985, 5, 1)
_CHUNK: Final = 5_000


def build(scale: int) -> dict[str, Any]:
    """Firms with their workers in the registers, and a session of the clerk for each web firm."""
    from guichet.audit.actors import system  # noqa: PLC0415  # after django.setup()
    from guichet.config.bench import pages  # noqa: PLC0415  # after django.setup()
    from guichet.demo import numbers  # noqa: PLC0415  # after django.setup()
    from guichet.platform.db import transaction  # noqa: PLC0415  # after django.setup()
    from guichet.registers.enterprises import operations as enterprises  # noqa: PLC0415  # after django.setup()
    from guichet.registers.enterprises.queries import EnterpriseRecord  # noqa: PLC0415  # after django.setup()
    from guichet.registers.persons import operations as persons  # noqa: PLC0415  # after django.setup()
    from guichet.registers.persons.queries import PersonRecord  # noqa: PLC0415  # after django.setup()

    now, maker = clock.now(), system("bench")
    clerk_niss = numbers.niss(born_on=_BORN, is_female=True)
    with transaction(actor=maker):
        clerk = PersonRecord(clerk_niss, "Inès", "Bench", _BORN)
        persons.register(person=clerk, actor=maker, now=now)
    for firm in april_plan.firms(scale):
        number, place = numbers_of(firm)
        with transaction(actor=maker):
            record = EnterpriseRecord(
                number, name_nl=f"Firm {number}", onss_first_day=date(2010, 1, 1)
            )
            enterprises.register(enterprise=record, actor=maker, now=now)
            _settle(number, place)
            persons.register_many(
                people=[PersonRecord(each, "Given", f"Family {each[:3]}") for each in firm.workers],
                actor=maker, now=now,
            )  # fmt: skip
            _employ(firm, number, maker, now)
    sessions = {}
    for firm in april_plan.firms(scale):
        if firm.by_file:
            continue
        number, _place = numbers_of(firm)
        pages.entitle(niss=clerk_niss, enterprise=number, service="temporary_unemployment")
        browser = pages.signed_in(niss=clerk_niss, enterprise=number)
        [cookie] = [one for one in browser.cookies.values() if one.key == "guichet_portal"]
        sessions[str(firm.at)] = cookie.value
    return {"sessions": sessions, "items": april_plan.items(scale)}


def send(scale: int) -> dict[str, Any]:
    """Every file sent, looked at and handled, one after the other; seconds in all."""
    from guichet.audit.actors import Actor  # noqa: PLC0415  # after django.setup()
    from guichet.documents.seal_key import FileSealKey  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.temporary_unemployment.messages import (  # noqa: PLC0415  # after django.setup()
        checking,
        operations,
        processing,
        signature,
    )
    from guichet.eservices.temporary_unemployment.messages.models import Delivery  # noqa: PLC0415  # after django.setup()

    began = time.perf_counter()
    for firm in april_plan.firms(scale):
        if not firm.by_file:
            continue
        now = clock.now()
        today = clock.today(now)
        number, _place = numbers_of(firm)
        party, key, certificate = message_files.sender_of(number, now, name=f"april{firm.at:05d}")
        digest = hashlib.sha256(b"".join(_pieces(firm, today)))
        beside = signature.made(digest=digest.digest(), seal=FileSealKey(key, certificate), at=now)
        sent = operations.send(
            name=f"FI.TWCT.{party.number}.{today:%Y%m%d}.00001.R.1.1",
            declaration=_pieces(firm, today), signature=[beside], limit=2**40,
            by=operations.By(party, "rest", Actor("system", "bench", number)), now=now,
        )  # fmt: skip
        row = Delivery.objects.get(ticket=sent.ticket)
        checking.check(delivery=row.pk, now=now)
        processing.process(delivery=row.pk, clock=clock.now)
    return {"fileSeconds": time.perf_counter() - began}


def count(scale: int) -> dict[str, Any]:
    """What is stored: first days, different workers, and each warning, by code."""
    from guichet.eservices.temporary_unemployment.models import (  # noqa: PLC0415  # after django.setup()
        Communication,
        Line,
    )

    found: Counter[str] = Counter()
    for warned in Communication.objects.values_list("warnings", flat=True).iterator():
        found.update(one["code"] for one in warned)
    stored = Line.objects.count()
    return {
        "stored": stored,
        "workers": Line.objects.values("niss").distinct().count(),
        "communications": Communication.objects.count(),
        "warnings": found,
    }


def numbers_of(firm: Firm) -> tuple[str, str]:
    """Enterprise and establishment of a firm."""
    from guichet.demo import numbers  # noqa: PLC0415  # after django.setup()

    at = firm.at if firm.by_file else april_plan.FILE_FIRMS + firm.at
    return numbers.enterprise(1_000 + at), numbers.establishment(1_000 + at)


def _settle(number: str, place: str) -> None:
    from guichet.registers.enterprises.models import Enterprise, Establishment  # noqa: PLC0415  # after django.setup()

    Establishment(
        number=place, enterprise=Enterprise.objects.get(number=number), name="Works",
        street="Quai", house_number="1", postcode="4000", municipality="Liège",
    ).save()  # fmt: skip


def _employ(firm: Firm, number: str, maker: Any, now: Any) -> None:
    from guichet.registers.employments import batches  # noqa: PLC0415  # after django.setup()
    from guichet.registers.enterprises.models import Enterprise  # noqa: PLC0415  # after django.setup()
    from guichet.registers.persons.models import Person  # noqa: PLC0415  # after django.setup()

    employer = Enterprise.objects.get(number=number).pk
    people = Person.objects.filter(niss__in=firm.workers).values_list("niss", "pk")
    since = batches.Span(date(2015, 1, 5), None)
    first = 1_000_000 + (0 if firm.by_file else 500_000) + firm.at * april_plan.OF_FILE
    batches.write(
        periods=[
            batches.PeriodWrite(
                dimona_id=first + at, person_id=pk, niss=niss, employer_id=employer,
                employer=number, joint_committee="124", worker_type="BCW", user_id=None,
                user=None, span=since,
            )
            for at, (niss, pk) in enumerate(people)
        ],
        actor=maker, now=now,
    )  # fmt: skip


def _pieces(firm: Firm, today: date) -> Iterator[bytes]:
    number, place = numbers_of(firm)
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<TWCT>'
    for at, group in enumerate(firm.groups):
        yield message_files.form(
            number=at + 1, people=group, firm=number, place=place, today=today,
            day=firm.day(at, today),
        ).encode()  # fmt: skip
    yield b"</TWCT>"


if __name__ == "__main__":
    django.setup()
    print(json.dumps({"build": build, "send": send, "count": count}[sys.argv[1]](int(sys.argv[2]))))
