"""Sets of files: complete with their trigger, each name once, refused as a whole or handled."""

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from guichet.access.webhooks import operations as webhooks
from guichet.access.webhooks.models import Delivery as Told
from guichet.audit.models import Entry
from guichet.documents.seal_key import seal_key
from guichet.eservices.temporary_unemployment.messages import (
    contents,
    operations,
    processing,
    reading,
    signature,
    telling,
    webhook_kinds,
)
from guichet.eservices.temporary_unemployment.messages.models import (
    Answer,
    Chunk,
    Content,
    Delivery,
    Form,
    Piece,
)
from guichet.eservices.temporary_unemployment.models import Communication
from guichet.kernel.ticket import TicketNumber
from guichet.rules.temporary_unemployment.communication import Line as Said
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.messages import files, house
from tests.eservices.temporary_unemployment.messages.house import (
    NOW,
    answer,
    beside,
    drop,
    form,
    name,
    own,
    put,
    result,
    work,
)

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("sending"),
]
HALF_HOUR = timedelta(minutes=30)


def test_a_set_is_received_form_by_form_and_answered_with_signatures() -> None:
    delivery = drop([form(), form(Reference=own("B-2"), NaturalPerson=files.person(world.LUC))])
    work()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.forms, delivery.refused_forms) == ("done", 2, 0)
    receipt, notified = answer("ACRF"), answer("NOTI")
    assert result(receipt) == ("1", None)
    assert receipt.findtext(".//ReferenceNbr") == delivery.ticket
    assert receipt.findtext(".//FileName") == house.name("FI")
    tickets = [each.text for each in notified.findall("Form/HandledReference/ReferenceNbr")]
    rows = Communication.objects.order_by("pk")
    assert tickets == [row.ticket for row in rows]
    assert {row.file for row in rows} == {delivery.ticket}
    assert [row.own_reference for row in rows] == ["2025-CT-0017", "B-2"]
    assert {row.channel for row in rows} == {"batch"}
    assert delivery.ticket.startswith("05F")


def test_what_goes_back_is_signed_with_our_seal(seal_folder: Path) -> None:
    drop([form()])
    work()

    for row in Answer.objects.all():
        data = b"".join(contents.pieces(row.content_id))
        read = signature.read(bytes(row.signature))
        [known] = [seal_key(folder=seal_folder, provider=None).certificate]
        assert read.verify(digest=hashlib.sha256(data).digest(), certificates=[known], at=NOW)


def test_sc56_without_its_trigger_nothing_is_processed_and_with_it_it_is() -> None:
    content = files.written([form()])
    put(name("FI"), content)
    put(name("FS"), beside(content))
    work(NOW + HALF_HOUR)
    operations.refuse_incomplete(now=NOW + HALF_HOUR)
    assert (house.last().state, Answer.objects.count()) == ("open", 0)

    put(name("GO"), now=NOW + HALF_HOUR)
    work(NOW + HALF_HOUR)

    assert house.last().state == "done"
    assert Communication.objects.count() == 1


@pytest.mark.parametrize("missing", ["FI", "FS"])
def test_a_trigger_waits_half_an_hour_for_the_other_files(missing: str) -> None:
    content = files.written([form()])
    there = {"FI": content, "FS": beside(content)}
    put(name("GO"))
    for prefix in set(there) - {missing}:
        put(name(prefix), there[prefix])
    operations.refuse_incomplete(now=NOW + HALF_HOUR - timedelta(seconds=1))
    assert house.last().state == "waiting"

    operations.refuse_incomplete(now=NOW + HALF_HOUR)

    assert house.last().state == "refused"
    assert result(answer("ACRF")) == ("0", "CTW-092")
    assert Communication.objects.count() == 0


def test_a_file_that_comes_after_the_trigger_completes_the_set() -> None:
    content = files.written([form()])
    put(name("GO"))
    put(name("FS"), beside(content))
    put(name("FI"), content)
    work()

    assert house.last().state == "done"
    assert result(answer("ACRF")) == ("1", None)
    assert answer("ACRF").findtext(".//FileName") == name("FI")


def test_sc57_a_sequence_is_used_once_in_each_environment() -> None:
    first = drop([form()])
    work()

    second = drop([form(Reference=own("other"))])
    work()

    first.refresh_from_db()
    assert (first.state, second.state) == ("done", "refused")
    assert result(answer("ACRF", second)) == ("0", "CTW-091")
    assert Communication.objects.count() == 1
    assert drop([form()], surrounding="S", signed=False).state == "received"
    assert drop([form()], sequence="00002").state == "received"


def test_a_set_sent_again_byte_by_byte_is_received_once() -> None:
    for _ in range(3):
        drop([form()])
        work()

    assert Communication.objects.count() == 1
    assert [row.state for row in Delivery.objects.order_by("pk")] == ["done", "refused", "refused"]


def test_sc58_an_expired_certificate_refuses_the_file_and_nothing_is_notified() -> None:
    content = files.written([form()])
    put(name("FI"), content)
    put(name("FS"), beside(content, days=0))
    put(name("GO"))
    work()

    receipt = answer("ACRF")
    assert result(receipt) == ("0", "CTW-093")
    assert not Answer.objects.filter(kind="NOTI").exists()
    assert Communication.objects.count() == 0


def test_sc58_without_a_signature_a_simulation_is_processed() -> None:
    delivery = drop([form()], surrounding="S", signed=False)
    work()

    delivery.refresh_from_db()
    assert delivery.state == "done"
    assert answer("NOTI").findtext(".//HandlingResult/ResultCode") == "1"


@pytest.mark.parametrize(
    ("signed", "why"),
    [
        (lambda content: beside(content + b" "), "mismatch"),
        (lambda content: beside(content, number=5), "unknown_certificate"),
        (lambda content: b"nothing", "unreadable"),
    ],
    ids=["other content", "other key", "noise"],
)
def test_a_signature_that_does_not_hold_refuses_the_file(signed: Any, why: str) -> None:
    content = files.written([form()])
    put(name("FI"), content)
    put(name("FS"), signed(content))
    put(name("GO"))
    work()

    delivery = house.last()
    assert (delivery.state, delivery.code, delivery.reason) == ("refused", "CTW-093", why)
    assert Communication.objects.count() == 0


def test_sc59_a_content_of_another_type_is_refused_in_the_receipt() -> None:
    drop(files.written([form()], root="WECH"))
    work()

    assert result(answer("ACRF")) == ("0", "CTW-095")


def test_sc62_an_empty_block_refuses_the_file_at_its_place() -> None:
    text = files.text(form()) + "<CommentDeclaration/>"
    drop(files.written([form(), text]))
    work()

    receipt = answer("ACRF")
    assert result(receipt) == ("0", "CTW-094")
    assert receipt.findtext(".//ErrorPath") == "/TWCT/Form[2]/CommentDeclaration"
    assert Communication.objects.count() == 0


def test_sc63_entities_are_refused_and_logged_without_the_content(
    caplog: pytest.LogCaptureFixture,
) -> None:
    content = (
        b'<?xml version="1.0"?><!DOCTYPE TWCT [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
        b"<TWCT>&secret;</TWCT>"
    )

    delivery = drop(content)
    work()

    assert result(answer("ACRF")) == ("0", "CTW-094")
    assert "doctype" in caplog.text
    assert delivery.ticket in caplog.text
    assert "passwd" not in caplog.text
    assert Entry.objects.filter(
        action="temporaryUnemployment.file.refused", target=delivery.ticket
    ).exists()


def test_sc60_ninety_nine_of_a_hundred_are_received() -> None:
    forms = [form(Reference=own(f"N{n}"), SectionName=f"Hall {n}") for n in range(100)]
    forms = [files.without(one, "NaturalPerson") for one in forms]
    forms[16] = form(
        Reference=own("N16"),
        NaturalPerson=[files.person(world.LUC), files.person("85073003329", 2)],
    )

    delivery = drop(forms)
    work()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.forms, delivery.refused_forms) == ("done", 100, 1)
    assert Communication.objects.count() == 99
    notified = answer("NOTI")
    refused = [each for each in notified if each.findtext("HandlingResult/ResultCode") == "0"]
    assert [each.findtext("HandledOriginalForm/FormSequenceNbr") for each in refused] == ["17"]
    paths = [
        each.findtext("Path")
        for each in refused[0].iter("AnomalyReport")
        if each.findtext("AnomalyClass") == "B"
    ]
    assert paths == ["/TWCT/Form[17]/NaturalPerson[2]/INSS"]


def test_sc61_a_late_form_is_received_with_an_anomaly_that_does_not_block() -> None:
    drop([form(SuspensionStartingDate="2025-03-10", SuspensionEndingDate="2025-03-30")])
    work()

    handled = answer("NOTI").find("Form/HandlingResult")
    assert handled.findtext("ResultCode") == "1"
    found = {
        each.findtext("ErrorID"): each.findtext("AnomalyClass")
        for each in handled.findall("AnomalyReport")
    }
    assert found["CTW-014"] == "NB"


def test_a_trial_is_judged_and_a_test_goes_round_and_neither_is_stored() -> None:
    wrong = form(NaturalPerson=files.person("85073003329"))
    judged = drop([form(), wrong], surrounding="S", signed=False)
    round_ = drop([form(), wrong], surrounding="T")
    work()

    results = {
        delivery.surrounding: [each.text for each in answer("NOTI", delivery).iter("ResultCode")]
        for delivery in (judged, round_)
    }
    assert results == {"S": ["1", "0"], "T": ["1", "1"]}
    assert Communication.objects.count() == 0
    assert Piece.objects.count() == 0
    tickets = Form.objects.exclude(ticket="").values_list("ticket", flat=True)
    assert all(ticket.startswith("05T") for ticket in tickets)


def test_a_withdrawn_set_is_forgotten_and_its_name_is_free() -> None:
    content = files.written([form()])
    put(name("FI"), content)
    put(name("TD"))

    assert house.last().state == "withdrawn"
    assert (Piece.objects.count(), Content.objects.count(), Chunk.objects.count()) == (0, 0, 0)
    drop(content)
    work()
    assert house.last().state == "done"


def test_what_was_triggered_is_not_withdrawn() -> None:
    drop([form()])
    put(name("TD"))
    work()

    assert house.last().state == "done"


@pytest.mark.parametrize(
    ("given", "to", "code"),
    [
        ("FI.TWCT.12345.20250309.00001.R.1.1", "R", "CTW-090"),
        ("fi.twct.123456.20250309.00001.r.1.1", "R", "CTW-090"),
        ("letter.pdf", "R", "CTW-090"),
        ("a\x00b\x1b<c>&", "R", "CTW-090"),
        ("long" * 200, "R", "CTW-090"),
        ("FI.TWCT.999999.20250309.00001.R.1.1", "R", "CTW-090"),
        ("FI.TWCT.{sender}.20250310.00001.R.1.1", "R", "CTW-090"),
        ("FI.TWCT.{sender}.20250309.00001.R.1.1", "S", "CTW-090"),
        ("FO.TWCT.{sender}.20250309.00001.R.1.1", "R", "CTW-090"),
        ("FI.WECH.{sender}.20250309.00001.R.1.1", "R", "CTW-095"),
    ],
)
def test_a_name_that_is_none_is_answered_and_nothing_is_kept(
    given: str, to: str, code: str
) -> None:
    put(given.format(sender=house.by().party.number), b"<secret/>", to=to)

    assert result(answer("ACRF")) == ("0", code)
    assert Piece.objects.count() == 0


def test_a_file_put_down_again_before_the_trigger_takes_the_place_of_the_first() -> None:
    put(name("FI"), files.written([form()] * 3))
    content = files.written([form()])
    put(name("FI"), content)
    put(name("FS"), beside(content))
    put(name("GO"))
    work()

    assert house.last().forms == 1
    assert Content.objects.count() == 2 + Answer.objects.count()


def test_a_set_of_two_parts_is_one() -> None:
    parts = [
        files.written([form(), form(NaturalPerson=files.person("85073003329"))]),
        files.written([form(Reference=own("B"), NaturalPerson=files.person(world.LUC))]),
    ]
    for number, content in enumerate(parts, start=1):
        put(name("FI", end=f".2.{number}"), content)
    put(name("FS", end=".2.1"), beside(parts[0]))
    put(name("GO"))
    assert house.last().state == "waiting"
    put(name("FS", end=".2.2"), beside(parts[1]))
    work()

    delivery = house.last()
    assert (delivery.state, delivery.forms, delivery.refused_forms) == ("done", 3, 1)
    assert [row.number for row in Form.objects.order_by("number")] == [1, 2, 3]
    assert [row.position for row in Form.objects.order_by("number")] == [1, 2, 1]


def test_a_crash_between_two_steps_stores_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processing, "FORMS_AT_ONCE", 2)
    persons = [world.ANNE, world.LUC, world.BIS, world.ANNE, world.LUC]
    forms = [
        files.without(form(Reference=own(f"N{n}"), SectionName=f"Hall {n}"), "NaturalPerson")
        for n, _ in enumerate(persons)
    ]
    delivery = drop(forms)
    real, calls = telling.tell, []

    def failing(*given: Any, **named: Any) -> Any:
        calls.append(1)
        answers = real(*given, **named)
        if len(calls) == 2:
            raise RuntimeError("the power went off")
        return answers

    monkeypatch.setattr(telling, "tell", failing)
    with pytest.raises(RuntimeError):
        work()
    delivery.refresh_from_db()
    assert (delivery.done_forms, Form.objects.count(), Communication.objects.count()) == (2, 2, 2)

    work()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.done_forms) == ("done", 5)
    assert [row.own_reference for row in Communication.objects.order_by("pk")] == [
        f"N{n}" for n in range(5)
    ]
    work()
    assert Answer.objects.count() == 2


def test_a_file_that_cannot_be_read_on_loses_nothing_of_what_was_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(processing, "FORMS_AT_ONCE", 2)
    forms = [
        files.without(form(Reference=own(f"N{n}"), SectionName=f"Hall {n}"), "NaturalPerson")
        for n in range(5)
    ]
    delivery = drop(forms)
    real = reading.FormReader.read

    def failing(reader: Any, element: Any, *, position: int) -> Any:
        if position == 4:
            raise RuntimeError("the disk cannot be read")
        return real(reader, element, position=position)

    with monkeypatch.context() as broken:
        broken.setattr(reading.FormReader, "read", failing)
        with pytest.raises(RuntimeError):
            work()
    delivery.refresh_from_db()
    # The third form was read beforehand and is handled with the fourth.
    assert (delivery.done_forms, Communication.objects.count()) == (2, 2)

    work()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.done_forms, delivery.refused_forms) == ("done", 5, 0)
    rows = Communication.objects.order_by("pk")
    assert [row.own_reference for row in rows] == [f"N{n}" for n in range(5)]


def test_a_form_knows_those_of_the_steps_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processing, "FORMS_AT_ONCE", 1)
    drop([form(), form(Reference=own("B")), form(NaturalPerson=files.person(world.LUC))])
    work()

    handled = [each.findtext("ResultCode") for each in answer("NOTI").iter("HandlingResult")]
    assert handled == ["1", "0", "1"]
    assert "CTW-084" in [each.text for each in answer("NOTI").iter("ErrorID")]


def test_an_own_number_that_was_used_before_is_warned_of() -> None:
    drop([form()])
    drop([form(NaturalPerson=files.person(world.LUC))], sequence="00002")
    work()

    reports = [
        (each.findtext("ErrorID"), each.findtext("AnomalyClass"), each.findtext("Path"))
        for each in answer("NOTI").iter("AnomalyReport")
    ]
    path = "/TWCT/Form[1]/Reference[ReferenceType=1]/ReferenceNbr"
    assert ("CTW-084", "NB", path) in reports


def test_sc70_the_same_content_in_another_file_is_not_received_twice() -> None:
    drop([form()])
    work()
    drop([form(Reference=own("again"))], sequence="00002")
    work()

    handled = answer("NOTI").find("Form/HandlingResult")
    assert handled.findtext("ResultCode") == "0"
    assert "CTW-084" in [each.findtext("ErrorID") for each in handled.iter("AnomalyReport")]
    assert Communication.objects.count() == 1


def test_a_modification_and_a_cancellation_name_their_ticket() -> None:
    drop([form()])
    work()
    ticket = Communication.objects.get().ticket
    changed = form(
        AttestationStatus="1", Reference=files.reference(ticket), SuspensionEndingDate="2025-04-06"
    )
    drop([changed], sequence="00002")
    work()
    [new] = Communication.objects.exclude(ticket=ticket)
    cancelled = form(AttestationStatus="3", Reference=files.reference(new.ticket))
    drop([cancelled], sequence="00003")
    work()

    assert Communication.objects.get(ticket=ticket).state == "modified"
    new.refresh_from_db()
    assert new.state == "cancelled"
    told = answer("NOTI").findtext("Form/HandledReference/ReferenceNbr")
    assert told == new.cancellation_ticket
    unknown = form(AttestationStatus="3", Reference=files.reference(new.ticket))
    drop([unknown], sequence="00004")
    work()
    assert answer("NOTI").findtext(".//ErrorID") == "CTW-082"


@pytest.mark.parametrize("surrounding", ["R", "S"])
def test_sc69_a_file_that_names_anothers_ticket_leaves_one_line_for_each_ticket(
    surrounding: str,
) -> None:
    told = world.expected(
        enterprise=world.OTHER, establishment=world.ELSEWHERE_PLACE, postcode="9000",
        lines=(Said(niss=world.THEIRS),),
    )  # fmt: skip
    theirs = world.sent(told)
    own_one = world.sent(world.expected())
    nobodys = TicketNumber.generate(prefix="05B", sequence=7_000_000).signs
    forms = [
        form(AttestationStatus="3", Reference=files.reference(theirs.ticket)),
        form(AttestationStatus="1", Reference=files.reference(theirs.ticket)),
        form(AttestationStatus="3", Reference=files.reference(nobodys)),
        form(AttestationStatus="3", Reference=files.reference(own_one.ticket)),
    ]

    delivery = drop(forms, surrounding=surrounding)
    work()

    errors = [each.text for each in answer("NOTI").iter("ErrorID")]
    assert errors.count("CTW-082") == 3
    lines = Entry.objects.filter(action="temporaryUnemployment.communication.refused")
    told = {(one.target, one.reason, one.result, one.actor_enterprise) for one in lines}
    assert told == {
        (theirs.ticket, "of_another", "refused", world.FIRM),
        (nobodys, "unknown", "refused", world.FIRM),
    }
    assert [one.detail for one in lines] == [{"channel": "batch", "file": delivery.ticket}] * 2


def test_an_employer_that_the_sender_may_not_act_for_learns_nothing_else() -> None:
    theirs = {"NOSSRegistrationNbr": "012345674", "Trusteeship": "0", "CompanyID": world.OTHER}
    drop([form(EmployerDeclarationLink=theirs, NaturalPerson=files.person(world.THEIRS))])
    work()

    codes = [each.text for each in answer("NOTI").iter("ErrorID")]
    assert codes == ["CTW-002"]
    assert Communication.objects.count() == 0


def test_a_file_above_the_limit_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "LIMIT", 1_000)

    with pytest.raises(contents.TooLarge):
        put(name("FI"), b"x" * 1_001)

    assert (Content.objects.count(), Delivery.objects.count()) == (0, 0)


def test_a_content_in_many_pieces_comes_back_as_it_was() -> None:
    data = bytes(range(256)) * 4_096 * 3

    with transaction.atomic():
        kept = contents.store(
            (data[at : at + 9_999] for at in range(0, len(data), 9_999)), limit=10**8
        )

    assert kept.chunks.count() == 12
    assert b"".join(contents.pieces(kept.pk)) == data
    assert kept.digest == hashlib.sha256(data).hexdigest()


def test_software_is_told_of_a_file_and_shown_where_it_is_read() -> None:
    webhooks.subscribe(
        address="http://127.0.0.1:9/hook", kinds=[webhook_kinds.HANDLED, webhook_kinds.REFUSED],
        enterprise_number=world.FIRM, actor=house.PERSON, now=NOW,
    )  # fmt: skip
    handled = drop([form()])
    refused = drop(files.written([form()], root="WECH"), sequence="00002")
    work()

    told = Told.objects.order_by("pk")
    assert [row.kind for row in told] == [webhook_kinds.REFUSED, webhook_kinds.HANDLED]
    assert refused.ticket in str(told[0].body)
    assert handled.ticket in str(told[1].body)
