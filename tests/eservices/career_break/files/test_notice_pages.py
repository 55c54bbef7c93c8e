"""The files of a notice: the worker sends them with it, the employer adds what came on paper."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guichet.eservices.career_break.files.models import File
from guichet.eservices.career_break.models import Notice, Part
from tests.documents.attachments import samples
from tests.eservices.career_break import world
from tests.eservices.career_break.files import bringing
from tests.eservices.career_break.walk import said
from tests.eservices.career_break.world import CLERK, FIRM, LUC, NADIA, OTHER, STRANGER, clerk
from tests.portal.browsing import signed_in

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]


def firm_s(row: Notice) -> str:
    return f"/career-break/notices/{row.ticket}/attachments/"


def own(row: Notice) -> str:
    return f"/career-break/files/{row.ticket}/"


def sent(client: Client, place: str, document: str, data: bytes | None = None) -> Any:
    file = SimpleUploadedFile("attest.pdf", data or samples.pdf())
    typed = {"files": "1", "do": "apply", "document": document, "description": "", "file": file}
    return client.post(place, typed, follow=True)


def test_the_worker_sends_an_attestation_with_his_notice_and_the_employer_reads_it() -> None:
    row = bringing.notice()
    worker = signed_in(LUC)
    detail = f"/career-break/notices/mine/{row.ticket}/"
    assert own(row) in worker.get(detail).content.decode()

    page = said(sent(worker, own(row), "medical_attestation"))

    assert "Changes made." in page
    [file] = File.objects.all()
    assert (file.party, file.notice_id) == ("worker", row.pk)
    assert "attest.pdf" in said(worker.get(detail))
    answer = clerk().get(f"/career-break/notices/{row.ticket}/")
    assert "Your attachments" in said(answer)
    assert "attest.pdf" in said(answer)
    there = f"/career-break/requests/{row.ticket}/attachments/{file.attachment}/"
    assert there in answer.content.decode()
    assert clerk().get(there).content == samples.pdf()
    assert worker.get(f"{own(row)}{file.attachment}/").content == samples.pdf()
    # The worker's file is his to delete.
    assert 'name="remove"' not in clerk().get(firm_s(row)).content.decode()
    gone = clerk().post(firm_s(row), {"files": "1", "delete": str(file.attachment)})
    assert gone.status_code == 404


def test_the_employer_adds_the_certificate_that_he_got_on_paper() -> None:
    row = bringing.notice()
    assert "No record." in said(clerk().get(f"/career-break/notices/{row.ticket}/"))

    page = said(sent(clerk(), firm_s(row), "notice_certificate"))

    assert "Changes made." in page
    assert Part.objects.count() == 0
    assert "attest.pdf" in said(signed_in(LUC).get(own(row)))


def test_a_notice_that_was_answered_takes_no_file_and_shows_those_it_has() -> None:
    row = bringing.notice()
    bringing.applied(row, bringing.clerk(), "notice_certificate")
    row.state = "refused"
    row.save(update_fields=["state"])

    assert "attest.pdf" in said(clerk().get(f"/career-break/notices/{row.ticket}/"))
    for client, place in ((clerk(), firm_s(row)), (signed_in(LUC), own(row))):
        assert "takes no more attachments" in said(client.get(place))
        answer = sent(client, place, "other", samples.pdf(b"% 2"))
        assert answer.status_code in (409, 422)
    assert File.objects.count() == 1


def test_the_menu_of_a_notice_leads_to_no_request() -> None:
    row = bringing.notice()

    for place in (f"/career-break/notices/{row.ticket}/", firm_s(row)):
        html = clerk().get(place).content.decode()
        assert f'/career-break/requests/{row.ticket}/"' not in html
        assert '"/career-break/attachments/"' in html


def test_the_files_of_a_notice_are_nobody_else_s() -> None:
    row = bringing.notice()
    [file] = bringing.applied(row, bringing.worker()).files

    for place in (
        firm_s(row),
        f"/career-break/requests/{row.ticket}/attachments/{file.attachment}/",
    ):
        assert clerk().get(place).status_code == 200
        assert clerk(OTHER).get(place).status_code == 404
        assert Client().get(place).status_code == 302
        assert signed_in(CLERK).get(place).status_code == 403
        assert signed_in(STRANGER, FIRM).get(place).status_code == 403
    for place in (own(row), f"{own(row)}{file.attachment}/"):
        assert signed_in(LUC).get(place).status_code == 200
        assert signed_in(NADIA).get(place).status_code == 404
        assert clerk().get(place).status_code == 404
        assert Client().get(place).status_code == 302
    assert signed_in(LUC).get(f"{own(row)}{uuid4()}/").status_code == 404
    request = world.filed()
    assert signed_in(LUC).get(f"/career-break/files/{request.ticket}/").status_code == 404
    assert clerk().get(f"/career-break/notices/{request.ticket}/attachments/").status_code == 404
    assert clerk().get(f"/career-break/requests/{row.ticket}/attachments/").status_code == 404
