"""What goes back: receipt, notification and decision, held to the published schema."""

import base64
from datetime import UTC, date, datetime
from typing import Any

from lxml import etree

from guichet.eservices.temporary_unemployment.messages import writing
from guichet.eservices.temporary_unemployment.messages.reading import Placed
from guichet.eservices.temporary_unemployment.messages.writing import (
    Answered,
    Decided,
    Refusal,
    Result,
)
from guichet.rules.temporary_unemployment.check import faults
from guichet.rules.temporary_unemployment.findings import found
from tests.eservices.temporary_unemployment.messages.files import (
    SCHEMA,
    expected,
    only,
    person,
)

AT = datetime(2025, 3, 19, 23, 30, 5, 120_999, tzinfo=UTC)
NAME = "FI.TWCT.123456.20250317.00001.R.1.1"
FILE, TICKET = "05F000000001Z", "05B000000001Z"


def parsed(content: bytes) -> Any:
    root = etree.fromstring(content)
    assert SCHEMA.validate(root), SCHEMA.error_log
    return root


def notified(*answers: Answered, language: str = "nl") -> Any:
    pieces = writing.notification(answers, ticket=FILE, made_at=AT, language=language)
    return parsed(b"".join(pieces))


def test_a_receipt_says_which_file_and_under_which_ticket() -> None:
    root = parsed(writing.receipt(name=NAME, ticket=FILE, made_at=AT))

    assert root.findtext("Form/Identification") == "ACRF001"
    assert root.findtext("Form/FormCreationDate") == "2025-03-20"
    assert root.findtext("Form/FormCreationHour") == "00:30:05.120"
    assert root.findtext("Form/TypeForm") == "FA"
    assert root.findtext("Form/FileReference/FileName") == NAME
    assert root.findtext("Form/FileReference/ReferenceNbr") == FILE
    assert root.findtext("Form/ReceptionResult/ResultCode") == "1"
    assert root.find("Form/ReceptionResult/ErrorID") is None


def test_a_receipt_says_why_a_file_is_refused_and_where() -> None:
    refusal = Refusal("CTW-094", "Not < well & formed.", 17, "/TWCT/Form[3]")

    root = parsed(writing.receipt(name=NAME, ticket=FILE, made_at=AT, refusal=refusal))

    assert root.findtext("Form/TypeForm") == "PA"
    result = {child.tag: child.text for child in root.find("Form/ReceptionResult")}
    assert result == {
        "ResultCode": "0",
        "ErrorID": "CTW-094",
        "ErrorLine": "17",
        "ErrorPath": "/TWCT/Form[3]",
        "ErrorText": "Not < well & formed.",
    }


def test_a_form_that_was_received_is_told_with_its_ticket_and_its_warnings() -> None:
    one = only(expected())
    warned = one.placed([found("CTW-018", "first_day")])

    root = notified(Answered(1, one.head, TICKET, warned))

    form = root.find("Form")
    assert form.findtext("Identification") == "NOTI001"
    original = {child.tag: child.text for child in form.find("HandledOriginalForm")}
    assert original == {
        "FormSequenceNbr": "1",
        "Identification": "TWCT001",
        "FormCreationDate": "2025-03-07",
        "FormCreationHour": "09:12:44.120",
        "AttestationStatus": "0",
        "TypeForm": "SU",
    }
    numbers = [each.findtext("ReferenceNbr") for each in form.findall("Reference")]
    assert numbers == [FILE, "2025-CT-0017"]
    assert form.findtext("EmployerId/CompanyID") == "0123456749"
    assert form.findtext("HandledReference/ReferenceNbr") == TICKET
    assert form.findtext("HandlingResult/ResultCode") == "1"
    report = form.find("HandlingResult/AnomalyReport")
    assert (report.findtext("ErrorID"), report.findtext("AnomalyClass")) == ("CTW-018", "NB")
    assert report.findtext("Path") == "/TWCT/Form[1]/SuspensionStartingDate"


def test_sc60_the_notification_of_a_wrong_number_says_zero_and_the_path_to_it() -> None:
    one = only(expected(NaturalPerson=[person(), person("85073003329", 2)]))
    assert one.meant is not None

    root = notified(Answered(7, one.head, None, one.placed(faults(one.meant.said))))

    result = root.find("Form/HandlingResult")
    assert result.findtext("ResultCode") == "0"
    assert root.find("Form/HandledReference") is None
    blocking = [
        each.findtext("Path")
        for each in result.findall("AnomalyReport")
        if each.findtext("AnomalyClass") == "B"
    ]
    assert blocking == ["/TWCT/Form[1]/NaturalPerson[2]/INSS"]
    assert b"85073003329" not in etree.tostring(root)


def test_a_form_of_which_nothing_could_be_read_is_told_too() -> None:
    one = only("<Rubbish/>")

    root = notified(Answered(1, one.head, None, one.faults))

    assert root.findtext("Form/HandledOriginalForm/FormSequenceNbr") == "1"
    assert root.find("Form/EmployerId") is None


def test_anomalies_speak_the_language_of_the_form_else_of_the_sender() -> None:
    fault = (Placed(found("CTW-001", "enterprise"), "/TWCT/Form[1]"),)
    german = only(expected(DclInformation={"LanguageCodePdf": "3"}))
    silent = only(expected())

    root = notified(
        Answered(1, german.head, None, fault), Answered(2, silent.head, None, fault), language="fr"
    )

    labels = [str(each.text) for each in root.iter("AnomalyLabel")]
    assert labels[0] == "Die Unternehmensnummer ist nicht gültig."
    assert labels[1].startswith("Le numéro d")


def test_a_long_notification_comes_in_pieces() -> None:
    one = only(expected())
    answers = (Answered(n, one.head, TICKET) for n in range(1, 501))

    pieces = list(writing.notification(answers, ticket=FILE, made_at=AT, language="nl"))

    assert len(pieces) > 3
    assert len(parsed(b"".join(pieces)).findall("Form")) == 500


def test_sc65_a_decision_carries_the_letter_byte_for_byte() -> None:
    pdf = b"%PDF-1.7\n" + bytes(range(256)) * 40
    decided = Decided(
        number="LIE-2025-004512",
        decided_on=date(2025, 3, 19),
        result=Result.PARTIALLY_ACCEPTED,
        ticket=TICKET,
        own_reference="2025-CT-0018",
        reasons=("R02", "R05"),
        accepted_from=date(2025, 3, 24),
        accepted_until=date(2025, 4, 13),
        language="fr",
    )

    root = parsed(writing.decision(decided, pdf=pdf, made_at=AT))

    assert base64.b64decode(root.findtext("DATA/Document/Content")) == pdf
    assert root.findtext("DATA/Document/FileName") == f"decision_{TICKET}_FR.pdf"
    assert root.findtext("DATA/Document/LanguageCodePdf") == "2"
    assert root.findtext("DATA/DecisionResult") == "3"
    assert [each.text for each in root.findall("DATA/DecisionReason")] == ["R02", "R05"]
    assert root.findtext("FORM/AttestationStatus") == "0"
    numbers = [each.findtext("ReferenceNbr") for each in root.findall("Reference")]
    assert numbers == ["2025-CT-0018", TICKET]


def test_a_revised_refusal_says_so_and_leaves_out_what_is_not_there() -> None:
    decided = Decided(
        number="LIE-2025-004513",
        decided_on=date(2025, 4, 1),
        result=Result.REFUSED,
        ticket=TICKET,
        is_revised=True,
    )

    root = parsed(writing.decision(decided, pdf=b"%PDF", made_at=AT))

    assert root.findtext("FORM/AttestationStatus") == "1"
    assert root.find("DATA/AcceptedFrom") is None
    assert len(root.findall("Reference")) == 1
