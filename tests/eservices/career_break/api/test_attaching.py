"""Files of payroll software: received at once, and judged as on the page."""

from __future__ import annotations

import base64
from typing import Any, Final, get_args

import pytest

from guichet.documents.attachments import operations as attachments
from guichet.documents.attachments.models import Attachment
from guichet.documents.attachments.operations import AttachmentRefused
from guichet.eservices.career_break.api import wire
from guichet.eservices.career_break.files import operations as files
from guichet.eservices.career_break.files.models import Choice, File
from guichet.eservices.career_break.models import Request
from guichet.rules.career_break.attachments import Document
from tests.documents.attachments import samples
from tests.doors import Rest, rest
from tests.eservices.career_break import world
from tests.eservices.career_break.api.software import Software, codes, software

__all__ = ["rest"]
pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm", "sealed_by_us"),
]
KEY: Final = {"Idempotency-Key": "file-1"}


@pytest.fixture
def payroll(rest: Rest) -> Software:
    return software(rest)


def filed(payroll: Software) -> str:
    found: str = payroll.filed(type="medicalAssistance", details={"relation": "family"})["ticket"]
    return found


def file(data: bytes = b"", **changed: Any) -> dict[str, Any]:
    sound = {
        "document": "medicalAttestation",
        "fileName": "attest.pdf",
        "content": base64.b64encode(data or samples.pdf()).decode(),
    }
    return {name: value for name, value in (sound | changed).items() if value is not None}


def test_c58_a_file_is_received_under_a_ticket_of_its_own_once_for_one_key(
    payroll: Software,
) -> None:
    ticket = filed(payroll)
    place = f"/requests/{ticket}/attachments"

    answer = payroll.post(place, file(), **KEY)

    assert answer.status_code == 201, answer.content
    part = answer.json()
    assert part["ticket"].startswith("04B-")
    row = File.objects.get()
    assert (row.state, row.party, row.enterprise) == ("received", "employer", world.FIRM)
    kept = Attachment.objects.get()
    assert (kept.person_id, kept.enterprise_number, kept.state) == (None, world.FIRM, "applied")
    assert not Choice.objects.exists()
    assert payroll.get(f"/requests/{part['ticket']}").json()["ticket"] == ticket
    again = payroll.post(place, file(), **KEY)
    assert again["Idempotency-Replayed"] == "true"
    assert again.json() == part
    assert codes(payroll.post(place, file())) == ["V-AT-06"]
    assert File.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"data": samples.png(), "fileName": "a.jpg"}, "V-AT-01"),
        ({"data": b"%PDF-1.7" + b"0" * 2_097_145}, "V-AT-02"),
        ({"content": ""}, "V-AT-02"),
        ({"document": "other"}, "V-AT-04"),
        ({"document": "other", "description": "x" * 201}, "V-TX-01"),
    ],
)
def test_what_is_no_file_of_a_break_has_the_code_of_the_page(
    payroll: Software, changed: dict[str, Any], code: str
) -> None:
    answer = payroll.post(f"/requests/{filed(payroll)}/attachments", file(**changed))

    assert answer.status_code == 422, answer.content
    assert code in codes(answer)
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {}, b"{", file(content="%%%"), file(content=7), file(document="passport"),
        file(fileName="\0"), file(colour=1), file(document="careerDeclaration"),
    ],
)  # fmt: skip
def test_a_file_that_breaks_the_contract_is_a_400(payroll: Software, body: Any) -> None:
    assert payroll.post(f"/requests/{filed(payroll)}/attachments", body).status_code == 400


def test_a_file_too_large_for_the_call_is_a_413(payroll: Software) -> None:
    place = f"/requests/{filed(payroll)}/attachments"

    assert payroll.post(place, b" " * (3 * 1024 * 1024 + 1)).status_code == 413


def test_a_scanner_that_is_away_is_a_503_and_a_closed_file_takes_nothing(
    payroll: Software, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = f"/requests/{filed(payroll)}/attachments"

    def away(**_given: object) -> None:
        raise AttachmentRefused("scanner_away")

    with monkeypatch.context() as patched:
        patched.setattr(attachments, "look_at", away)
        assert payroll.post(place, file()).status_code == 503
    Request.objects.update(state="closed")
    answer = payroll.post(place, file())
    assert answer.status_code == 409
    assert answer.json()["reason"] == "closed"


def test_the_codes_of_documents_are_those_of_the_rules() -> None:
    assert set(get_args(wire.DocumentCode)) == {wire.camel(one) for one in Document}
    assert files.bring
