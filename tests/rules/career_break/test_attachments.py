"""Which documents a break asks for, and what is wrong with a file."""

from datetime import date
from typing import Any

import pytest

from guichet.platform.files import FileRefused, Kind, read
from guichet.rules.career_break import attachments as rules
from guichet.rules.career_break.attachments import Bringer, Document, Facts, Moment
from guichet.rules.career_break.kinds import Leave, Motive

ON = date(2026, 3, 2)


def mandatory(leave: Leave, **facts: Any) -> set[str]:
    return {each.document for each in rules.missing(Facts(leave=leave, **facts), received=NONE)}


NONE: frozenset[Document] = frozenset()


@pytest.mark.parametrize(
    ("leave", "facts", "expected"),
    [
        (Leave.MEDICAL_ASSISTANCE, {}, {"medical_attestation"}),
        (Leave.MEDICAL_ASSISTANCE, {"for_hospitalised_minor": True}, {"hospital_certificate"}),
        (Leave.PALLIATIVE, {}, {"palliative_attestation"}),
        (Leave.INFORMAL_CARER, {}, {"carer_recognition"}),
        (Leave.PARENTAL, {}, set()),
        (Leave.PARENTAL, {"is_disabled_child": True}, {"disability_attestation"}),
        (Leave.PARENTAL, {"is_foster_parent": True}, {"placement"}),
        (Leave.ORDINARY, {}, set()),
        (Leave.END_OF_CAREER, {}, set()),
        (
            Leave.END_OF_CAREER,
            {"is_exception": True},
            {"career_declaration", "exception_declaration"},
        ),
        (Leave.TIME_CREDIT, {"motive": Motive.CHILD}, {"birth_or_adoption"}),
        (Leave.TIME_CREDIT, {"motive": Motive.CHILD, "register_knows_child": True}, set()),
        (
            Leave.TIME_CREDIT,
            {"motive": Motive.DISABLED_CHILD, "register_knows_child": True},
            {"disability_attestation"},
        ),
        (Leave.TIME_CREDIT, {"motive": Motive.ILL_RELATIVE}, {"medical_attestation"}),
        (Leave.TIME_CREDIT, {"motive": Motive.ILL_CHILD}, {"medical_attestation"}),
        (Leave.TIME_CREDIT, {"motive": Motive.PALLIATIVE}, {"medical_attestation"}),
        (Leave.TIME_CREDIT, {"motive": Motive.TRAINING}, {"enrolment"}),
    ],
)
def test_the_mandatory_documents_of_each_leave(
    leave: Leave, facts: dict[str, Any], expected: set[str]
) -> None:
    assert mandatory(leave, **facts) == expected
    several = mandatory(leave, several_employers=True, **facts)
    assert several == expected | {"occupation_elsewhere"}


def test_c45_rule_several_employers_ask_for_the_declaration_of_the_other_ones() -> None:
    [found] = rules.missing(Facts(leave=Leave.PARENTAL, several_employers=True), received=NONE)

    assert (found.document, found.by) == (Document.OCCUPATION_ELSEWHERE, Bringer.WORKER)


def test_c53_rule_the_medical_attestation_is_mandatory_and_either_may_bring_it() -> None:
    facts = Facts(leave=Leave.MEDICAL_ASSISTANCE)

    [found] = rules.missing(facts, received=NONE)

    assert (found.document, found.by) == (Document.MEDICAL_ATTESTATION, Bringer.EITHER)
    assert found.moment is Moment.WITH_WORKERS_PART


def test_c68_rule_nothing_is_missing_once_it_is_received() -> None:
    facts = Facts(leave=Leave.MEDICAL_ASSISTANCE)

    assert rules.missing(facts, received=frozenset({Document.MEDICAL_ATTESTATION})) == ()
    assert rules.missing(facts, received=frozenset({Document.OTHER})) != ()


def test_what_is_owed_later_does_not_hold_the_request_up() -> None:
    found = rules.needed(Facts(leave=Leave.TIME_CREDIT, motive=Motive.TRAINING))

    owed = {each.document: each.moment for each in found if each.is_owed}
    assert owed == {
        Document.REMAINING_CREDIT: Moment.WITH_NOTICE,
        Document.ATTENDANCE: Moment.EACH_QUARTER,
    }
    assert not any(each.is_owed and each.is_mandatory for each in found)


@pytest.mark.parametrize("leave", Leave)
def test_the_choice_begins_with_what_is_mandatory_and_ends_with_another_document(
    leave: Leave,
) -> None:
    facts = Facts(leave=leave, motive=Motive.TRAINING, several_employers=True)
    offered = rules.offered(facts)

    must = [each.document for each in rules.needed(facts) if each.is_mandatory]
    assert list(offered[: len(must)]) == must
    assert offered[-1] is Document.OTHER
    assert len(set(offered)) == len(offered)


def test_c54_rule_two_megabytes_are_accepted_and_not_a_byte_more() -> None:
    largest = rules.largest_file(on=ON)
    assert largest == 2_097_152

    with pytest.raises(FileRefused) as whole:
        read(b"%PDF-".ljust(largest), largest=largest)
    assert whole.value.code != "too_large"
    with pytest.raises(FileRefused) as refused:
        read(b"%PDF-".ljust(largest + 1), largest=largest)
    fault = rules.file_fault(refused.value.code, on=ON)
    assert (fault.code, fault.values["megabytes"]) == ("V-AT-02", 2)


def test_c55_rule_a_png_with_the_name_of_a_jpg_is_of_the_wrong_type() -> None:
    with pytest.raises(FileRefused) as refused:
        read(
            b"\x89PNG\r\n\x1a\n" + bytes(40),
            largest=1000,
            kinds={Kind.PDF, Kind.JPEG},
            name="scan.jpg",
        )

    assert rules.file_fault(refused.value.code, on=ON).code == "V-AT-01"


@pytest.mark.parametrize(
    ("reason", "key"),
    [
        ("empty", "V-AT-02.empty"),
        ("type", "V-AT-01"),
        ("damaged", "V-AT-01"),
        ("active", "V-AT-03"),
        ("encrypted", "V-AT-03"),
        ("bomb", "V-AT-03"),
        ("infected", "V-AT-05"),
        ("something new", "V-AT-01"),
    ],
)
def test_why_a_file_is_refused(reason: str, key: str) -> None:
    fault = rules.file_fault(reason, on=ON)

    assert (fault.key, fault.blocks) == (key, True)


def test_c56_rule_another_document_has_a_description() -> None:
    def keys(document: Document, description: str, digest: str = "b") -> list[tuple[str, bool]]:
        faults = rules.attachment_faults(
            document=document,
            description=description,
            digest=digest,
            known=frozenset({"a"}),
            on=ON,
        )
        return [(fault.code, fault.blocks) for fault in faults]

    assert keys(Document.OTHER, "  ") == [("V-AT-04", True)]
    assert keys(Document.OTHER, "é" * 200) == []
    assert keys(Document.OTHER, "é" * 201) == [("V-TX-01", True)]
    assert keys(Document.ENROLMENT, "") == []
    assert keys(Document.ENROLMENT, "", "a") == [("V-AT-06", False)]


def test_a_notice_asks_for_what_is_owed_and_takes_what_comes_early() -> None:
    found = rules.of_notice(
        Facts(leave=Leave.TIME_CREDIT, motive=Motive.TRAINING, several_employers=True)
    )

    assert [(one.document, one.is_owed, one.by) for one in found] == [
        (Document.REMAINING_CREDIT, True, Bringer.WORKER),
        (Document.ENROLMENT, False, Bringer.WORKER),
        (Document.NOTICE_CERTIFICATE, False, Bringer.EMPLOYER),
    ]
    assert not any(one.is_mandatory for one in found)
