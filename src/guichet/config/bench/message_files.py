"""What `guichet bench temporary-unemployment` does with Django: a firm, a file, the jobs."""

import hashlib
import json
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

import django
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from guichet.config.bench import counted, processes
from guichet.platform import clock, memory

_WORKERS: Final = 500
_BIRTHS: Final = 18_000
_AT_ONCE: Final = 5_000
_FORM: Final = """<Form><Identification>TWCT002</Identification>\
<FormCreationDate>{today}</FormCreationDate><FormCreationHour>09:12:44.120</FormCreationHour>\
<AttestationStatus>0</AttestationStatus><TypeForm>SU</TypeForm>\
<Reference><ReferenceType>1</ReferenceType><ReferenceOrigin>1</ReferenceOrigin>\
<ReferenceNbr>B-{number}</ReferenceNbr></Reference>\
<EmployerDeclarationLink><NOSSRegistrationNbr>012345674</NOSSRegistrationNbr>\
<Trusteeship>0</Trusteeship><CompanyID>{firm}</CompanyID></EmployerDeclarationLink>\
<EstablishmentUnit><EstablishmentUnitNbr>{place}</EstablishmentUnitNbr>\
<PostalCode>4000</PostalCode><Municipality>Liège</Municipality></EstablishmentUnit>\
<JointCommissionNbr>124</JointCommissionNbr>\
<TemporaryUnemploymentReason>I</TemporaryUnemploymentReason>\
<Workplace><Street>Quai de Rome</Street><HouseNbr>12</HouseNbr><PostalCode>4000</PostalCode>\
<Municipality>Liège</Municipality><Country>BE</Country></Workplace>\
<WorkNature>Bricklaying on the outside walls</WorkNature>\
<WeatherNature>Frost, -6 °C at 7 h</WeatherNature>\
<ImpossibilityReason>Mortar cannot set{more}</ImpossibilityReason>\
{people}{remark}</Form>
"""
_REMARK: Final = """<CommentDeclaration><CommentOfDeclaration>{text}</CommentOfDeclaration>\
</CommentDeclaration>"""
# Fifty thousand forms with texts of this length are just under two hundred megabytes.
_LONG: Final = (" " + "é" * 460, "é" * 930)
_PERSON: Final = """<NaturalPerson><NaturalPersonSequenceNbr>{at}</NaturalPersonSequenceNbr>\
<INSS>{niss}</INSS><LastName>Family {at}</LastName><FirstName>Given</FirstName>\
<FirstEffectiveDay>{day}</FirstEffectiveDay></NaturalPerson>"""


def form(
    *,
    number: int,
    people: Sequence[str],
    firm: str,
    place: str,
    today: date,
    day: date,
    is_long: bool = False,
) -> str:
    """A form of bad weather: the first effective day of these workers; long in its texts or not."""
    lines = "".join(
        _PERSON.format(at=at, niss=niss, day=day) for at, niss in enumerate(people, start=1)
    )
    more, remark = (_LONG[0], _REMARK.format(text=_LONG[1])) if is_long else ("", "")
    return _FORM.format(
        number=number, people=lines, firm=firm, place=place, today=today, more=more, remark=remark
    )


def _born(at: int) -> date:
    return date(1950, 1, 1) + timedelta(days=at % _BIRTHS)


def _people(count: int) -> list[str]:
    """The numbers of so many workers."""
    from guichet.demo import numbers  # noqa: PLC0415  # after django.setup()

    makers = (numbers.niss, numbers.bis)
    return [
        makers[at // _BIRTHS // 2](born_on=_born(at), is_female=at // _BIRTHS % 2 == 1)
        for at in range(count)
    ]


def _fill(count: int, today: date, now: datetime) -> tuple[list[str], str, str]:
    """A firm with so many workers; their numbers, its number, its establishment."""
    from django.db import connection  # noqa: PLC0415  # after django.setup()

    from guichet.audit.actors import system  # noqa: PLC0415  # after django.setup()
    from guichet.demo import numbers  # noqa: PLC0415  # after django.setup()
    from guichet.platform.db import transaction  # noqa: PLC0415  # after django.setup()
    from guichet.registers.employments import operations as employments  # noqa: PLC0415  # after django.setup()
    from guichet.registers.employments.queries import EmploymentRecord  # noqa: PLC0415  # after django.setup()
    from guichet.registers.enterprises import operations as enterprises  # noqa: PLC0415  # after django.setup()
    from guichet.registers.enterprises.models import Enterprise, Establishment  # noqa: PLC0415  # after django.setup()
    from guichet.registers.enterprises.queries import EnterpriseRecord  # noqa: PLC0415  # after django.setup()
    from guichet.registers.persons import operations as persons  # noqa: PLC0415  # after django.setup()
    from guichet.registers.persons.queries import PersonRecord  # noqa: PLC0415  # after django.setup()

    maker, since = system("bench"), today - timedelta(days=3_000)
    people = _people(count)
    firm, place = numbers.enterprise(1), numbers.establishment(1)
    with transaction(actor=maker):
        record = EnterpriseRecord(
            firm, name_nl="Firm", onss_number=numbers.onss(1), onss_first_day=since
        )
        enterprises.register(enterprise=record, actor=maker, now=now)
        Establishment(
            number=place, enterprise=Enterprise.objects.get(number=firm), name="Works",
            street="Quai", house_number="1", postcode="4000", municipality="Liège",
        ).save()  # fmt: skip
        for first in range(0, count, _AT_ONCE):
            some = range(first, min(count, first + _AT_ONCE))
            persons.register_many(
                people=[
                    PersonRecord(people[at], "Given", f"Family {at}", _born(at)) for at in some
                ],
                actor=maker,
                now=now,
            )
            employments.declare_many(
                employments=[
                    EmploymentRecord(
                        niss=people[at], employer=firm, joint_committee="124",
                        worker_type="BCW", first_day=since,
                    )
                    for at in some
                ],
                actor=maker,
                now=now,
            )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself soon after so many rows
    return people, firm, place


def sender_of(
    firm: str, now: datetime, *, name: str = "benchmark1"
) -> tuple[Any, ec.EllipticCurvePrivateKey, x509.Certificate]:
    """A firm that sends files: who it is, its key and its registered certificate."""
    from guichet.access.chaman import senders, signers, users  # noqa: PLC0415  # after django.setup()
    from guichet.access.chaman.senders import Reachable  # noqa: PLC0415  # after django.setup()
    from guichet.audit.actors import Actor  # noqa: PLC0415  # after django.setup()

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    who = Actor("system", "bench", firm)
    contact = Reachable("Bench", "Mark", "bench@example.org", "+32 2 000 00 00", "fr")
    senders.create(contact=contact, actor=who, now=now)
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    users.create_with_certificate(user_name=name, data=pem, is_simulation=True, actor=who, now=now)
    return signers.sending_party(enterprise=firm), key, certificate


def _pieces(
    people: list[str], firm: str, place: str, today: date, *, is_long: bool = False
) -> Iterator[bytes]:
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<TWCT>'
    for number, niss in enumerate(people, start=1):
        text = form(
            number=number, people=[niss], firm=firm, place=place, today=today, day=today,
            is_long=is_long,
        )  # fmt: skip
        yield text.encode()
    yield b"</TWCT>"


def _on_screen(people: list[str], firm: str, place: str, now: datetime) -> dict[str, float]:
    """One communication for many workers: looked at on the last page, then sent."""
    from guichet.audit.actors import Actor  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.temporary_unemployment import judging, operations  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.temporary_unemployment.content import Told  # noqa: PLC0415  # after django.setup()
    from guichet.rules.temporary_unemployment.communication import (  # noqa: PLC0415  # after django.setup()
        Communication,
        Line,
    )
    from guichet.rules.temporary_unemployment.kinds import Kind, Reason  # noqa: PLC0415  # after django.setup()

    told = Told(
        said=Communication(
            kind=Kind.FIRST_DAY, reason=Reason.WEATHER, received_at=now, enterprise=firm,
            establishment=place, postcode="4000", committee="124", workplace="Quai 1, 4000 Liège",
            nature_of_work="Bricklaying", weather="Frost", why_impossible="Mortar cannot set",
            lines=tuple(Line(niss=niss, first_day=clock.today(now)) for niss in people),
        )
    )  # fmt: skip
    began = time.perf_counter()
    faults = judging.judge(told=told, sender=firm, now=now)
    checked = time.perf_counter()
    operations.communicate(
        told=told, sender=operations.Sender(Actor("system", "bench", firm), firm), now=now,
        seen=[operations.mark(one) for one in faults],
    )  # fmt: skip
    return {
        "workersOfOne": len(people),
        "oneCheckedMs": (checked - began) * 1000,
        "oneSentMs": (time.perf_counter() - checked) * 1000,
    }


def _sent(people: list[str], firm: str, place: str, *, is_long: bool, now: datetime) -> str:
    """A signed file with a form for each of these people is sent; its ticket."""
    from guichet.audit.actors import Actor  # noqa: PLC0415  # after django.setup()
    from guichet.documents.seal_key import FileSealKey  # noqa: PLC0415  # after django.setup()
    from guichet.eservices.temporary_unemployment.messages import (  # noqa: PLC0415  # after django.setup()
        operations,
        signature,
    )

    today = clock.today(now)
    party, key, certificate = sender_of(firm, now)
    digest = hashlib.sha256()
    for piece in _pieces(people, firm, place, today, is_long=is_long):
        digest.update(piece)
    beside = signature.made(digest=digest.digest(), seal=FileSealKey(key, certificate), at=now)
    sent = operations.send(
        name=f"FI.TWCT.{party.number}.{today:%Y%m%d}.00001.R.1.1",
        declaration=_pieces(people, firm, place, today, is_long=is_long),
        signature=[beside],
        limit=2**40,
        by=operations.By(party, "rest", Actor("system", "bench", firm)),
        now=now,
    )
    return sent.ticket


def build(count: int, *, is_long: bool) -> dict[str, Any]:
    """A firm with so many workers and its file, which was sent: what `handle` asks for."""
    now = clock.now()
    people, firm, place = _fill(count, clock.today(now), now)
    ticket = _sent(people, firm, place, is_long=is_long, now=now)
    return {"ticket": ticket, "firm": firm, "place": place}


def handle(*, ticket: str, firm: str, place: str) -> dict[str, float]:
    """What the worker does with the file, and one communication on the screen; the figures."""
    from django.db import connection  # noqa: PLC0415  # after django.setup()

    from guichet.eservices.temporary_unemployment.messages import (  # noqa: PLC0415  # after django.setup()
        checking,
        processing,
    )
    from guichet.eservices.temporary_unemployment.messages.models import (  # noqa: PLC0415  # after django.setup()
        Delivery,
        Piece,
    )

    now = clock.now()
    row = Delivery.objects.get(ticket=ticket)
    size = Piece.objects.select_related("content").get(delivery=row, prefix="FI").content.size
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    memory.settle()  # as the worker does

    def mark() -> tuple[float, float, float]:
        return time.perf_counter(), time.process_time(), processes.cpu_seconds(backend)

    began = mark()
    checking.check(delivery=row.pk, now=now)
    known = mark()
    processing.process(delivery=row.pk, clock=clock.now)
    ended = mark()
    checked = [after - before for before, after in zip(began, known, strict=True)]
    handled = [after - before for before, after in zip(known, ended, strict=True)]
    row.refresh_from_db()
    figures = {
        "forms": row.done_forms,
        "refusedForms": row.refused_forms,
        "fileMegabytes": size / 1e6,
        "receiptSeconds": checked[0],
        "receiptCpuSeconds": checked[1],
        "receiptDatabaseCpuSeconds": checked[2],
        "handlingSeconds": handled[0],
        "handlingCpuSeconds": handled[1],
        "handlingDatabaseCpuSeconds": handled[2],
        "formsPerSecond": row.done_forms / (checked[0] + handled[0]),
        "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    people = _people(min(row.forms, _AT_ONCE))
    figures |= _on_screen(people[:_WORKERS], firm, place, now)
    return figures | counted.figures(people=people, firm=firm, now=now)


def main(arguments: Sequence[str]) -> int:
    """Prints what one of the two parts gives as one line of JSON."""
    what, *rest = arguments
    django.setup()
    if what == "build":
        count, *more = rest
        found = build(int(count), is_long="long" in more)
    else:
        ticket, firm, place = rest
        found = handle(ticket=ticket, firm=firm, place=place)
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
