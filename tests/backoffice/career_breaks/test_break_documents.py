"""Documents of a file at the desk: opened, accepted, rejected; a file is complete or it is not."""

from datetime import date
from uuid import uuid4

import pytest

from guichet.audit.models import Entry
from guichet.eservices.career_break.files.models import File
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.office import judging, operations, queries
from guichet.rules.career_break.decisions import Result
from tests.documents.attachments import samples
from tests.eservices.career_break import world
from tests.eservices.career_break.files import bringing
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.office.desk import FAR, READER, at_desk, officer
from tests.eservices.career_break.world import NADIA, NOW
from tests.portal.browsing import text, words

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("office"),
]
DESK = "/desk/career-breaks/"


def file_with_attestation() -> Request:
    """Medical assistance with its attestation, which the officer holds."""
    row = bringing.assistance()
    bringing.applied(row, bringing.worker())
    desk.sent(row)
    operations.take(tickets=[row.ticket], officer=officer(), now=NOW)
    row.refresh_from_db()
    return row


def place(row: Request, more: str = "") -> str:
    """The page of its document."""
    return f"{DESK}{row.ticket}/documents/{File.objects.get(request=row).attachment}/{more}"


def test_a_document_is_opened_on_record_and_accepted() -> None:
    row = file_with_attestation()
    client = at_desk()

    assert "attest.pdf" in text(client, f"{DESK}{row.ticket}/")
    opened = client.get(place(row, "file/"))
    assert opened.content == samples.pdf()
    assert "sandbox" in opened["Content-Security-Policy"]
    assert Entry.objects.filter(action="careerBreak.file.opened").count() == 1
    assert client.post(place(row), {"do": "accept"}).status_code == 302
    assert "Accepted by ONEM" in text(client, place(row))
    assert client.post(place(row), {"do": "accept"}).status_code == 409


def test_a_rejected_document_leaves_the_file_incomplete_until_it_comes_again() -> None:
    row = file_with_attestation()
    client = at_desk()
    assert judging.case(row).complete_on == world.TODAY

    for wrong in ("", " ", "x" * 201):
        assert client.post(place(row), {"do": "reject", "reason": wrong}).status_code == 422
    assert client.post(place(row), {"do": "reject", "reason": "Illisible."}).status_code == 302

    case = judging.case(row)
    assert case.complete_on is None
    assert [one.document for one in case.missing] == ["medical_attestation"]
    assert case.proposal is not None
    assert case.proposal.result is Result.GRANTED_NO_ALLOWANCE
    assert "A mandatory document is missing" in text(client, f"{DESK}{row.ticket}/")
    ready = queries.Wanted(today=world.TODAY, is_ready=True)
    assert queries.count(ready) == 0

    operations.ask(
        ticket=row.ticket, officer=officer(), now=NOW,
        asking=operations.Asking("worker", "attestation", "", date(2025, 2, 28)),
    )  # fmt: skip
    later = desk.moment(date(2025, 2, 10))
    wanted = bringing.Wanted("medical_attestation", "b.pdf", samples.pdf(b"% again"))
    bringing.operations.choose(subject=row, wanted=wanted, by=bringing.worker(), now=later)
    row.refresh_from_db()
    bringing.operations.apply(subject=row, by=bringing.worker(), now=later)

    assert judging.case(row).complete_on == date(2025, 2, 10)


@pytest.mark.parametrize("niss", [FAR, READER])
def test_whoever_may_not_handle_a_file_judges_none_of_its_documents(niss: str) -> None:
    row = file_with_attestation()
    client = at_desk(niss)

    assert client.get(place(row, "file/")).status_code == 200
    assert client.post(place(row), {"do": "accept"}).status_code == 409
    assert client.post(place(row), {"do": "reject", "reason": "Non."}).status_code == 409
    assert File.objects.get(request=row).state == "received"


def test_a_document_of_another_file_and_none_are_unknown() -> None:
    row, other = file_with_attestation(), desk.waiting(NADIA)
    key = File.objects.get(request=row).attachment
    client = at_desk()

    for ticket, attachment in ((other.ticket, key), (row.ticket, uuid4())):
        where = f"{DESK}{ticket}/documents/{attachment}/"
        for address in (where, f"{where}file/"):
            assert client.get(address).status_code == 404
        assert client.post(where, {"do": "accept"}).status_code == 404


def test_the_worker_sends_a_document_with_his_answer() -> None:
    from tests.portal.browsing import signed_in

    row = file_with_attestation()
    question = operations.ask(
        ticket=row.ticket, officer=officer(), now=NOW,
        asking=operations.Asking("worker", "attestation", "", date(2025, 2, 28)),
    )  # fmt: skip
    himself = signed_in(world.LUC)
    where = f"/career-break/questions/{question.pk}/"

    assert "Attach a file" in text(himself, where)
    assert "ONEM asks something" in text(himself, "/")
    sent = himself.post(where, {"files": "1", "do": "apply"})
    assert sent.status_code == 302
    wrong = himself.post(where, {"files": "1", "do": "add", "document": "medical_attestation"})
    assert wrong.status_code == 422
    assert "Choose the file" in words(wrong.content.decode())
