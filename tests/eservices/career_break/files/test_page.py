"""The employer's page of attachments (S15): at the door, and nobody else's."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guichet.audit.models import Entry
from guichet.documents.attachments.models import Attachment
from guichet.eservices.career_break.files.models import Choice, File
from guichet.eservices.career_break.models import Part
from guichet.kernel.ticket import TicketNumber
from tests.documents.attachments import samples
from tests.eservices.career_break import world
from tests.eservices.career_break.files import bringing
from tests.eservices.career_break.files.bringing import apply, assistance, place, sent
from tests.eservices.career_break.walk import said
from tests.eservices.career_break.world import CLERK, FIRM, OTHER, STRANGER, clerk
from tests.portal.browsing import signed_in

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
LARGEST = 2_097_152


def sized(count: int) -> bytes:
    """A PDF of exactly so many bytes."""
    return samples.pdf(b"%" + b"x" * (count - len(samples.pdf()) - 1))


def in_french() -> Client:
    client = clerk()
    client.cookies["guichet_language"] = "fr"
    return client


def test_c53_a_mandatory_document_that_lacks_is_said_to_lack() -> None:
    row = assistance()

    page = said(in_french().get(place(row)))

    assert "Documents obligatoires" in page
    assert "Attestation médicale *" in page
    assert "Pièce jointe non reçue" in page
    assert "un congé pour assistance médicale" in page


@pytest.mark.parametrize(("count", "status"), [(LARGEST, 302), (LARGEST + 1, 422)])
def test_c54_a_file_of_exactly_two_megabytes_is_taken_and_one_byte_more_is_not(
    count: int, status: int
) -> None:
    row = assistance()

    answer = sent(clerk(), row, data=sized(count))

    assert answer.status_code == status
    assert Choice.objects.count() == (status == 302)
    if status == 422:
        assert "The file may have 2 MB at most." in said(answer)
        assert 'id="files-file-error"' in answer.content.decode()


def test_c55_a_png_that_was_renamed_is_refused() -> None:
    row = assistance()

    answer = sent(clerk(), row, data=samples.png(), name="attest.jpg")

    assert answer.status_code == 422
    assert "Only PDF or JPG files are accepted." in said(answer)
    assert Attachment.objects.count() == 0


@pytest.mark.parametrize("description", ["", "   "])
def test_c56_another_document_needs_a_description(description: str) -> None:
    row = assistance()

    answer = sent(clerk(), row, document="other", description=description)

    assert answer.status_code == 422
    assert "Describe the attachment." in said(answer)
    assert Choice.objects.count() == 0


def test_a_description_has_two_hundred_signs_as_people_count_them() -> None:
    row = assistance()
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"

    too_long = sent(clerk(), row, document="other", description="é" * 201)
    just = sent(clerk(), row, document="other", description="é" * 199 + family)

    assert too_long.status_code == 422
    assert just.status_code == 302


def test_c57_a_file_that_was_not_applied_is_still_not_received() -> None:
    row, client = assistance(), clerk()
    assert sent(client, row).status_code == 302
    client.post("/sign-out/")

    page = said(clerk().get(place(row)))

    assert "Not yet sent" in page
    assert File.objects.count() == 0
    other = bringing.worker()  # nobody else sees what is pending
    assert "attest.pdf" not in said(signed_in(other.owner.niss, None).get("/"))
    assert "Attachment not received" in said(clerk().get(f"/career-break/requests/{row.ticket}/"))


def test_c58_applied_changes_are_said_and_the_document_is_received() -> None:
    row, client = assistance(), in_french()
    sent(client, row)

    page = said(apply(client, row))

    assert "Changements effectués." in page
    assert "Pièce jointe non reçue" not in page
    [file] = File.objects.all()
    assert file.state == "received"
    assert file.enterprise == FIRM
    part = Part.objects.get()
    assert part.kind == "attachments"
    assert TicketNumber(part.ticket).formatted() in page
    found = client.get(f"/career-break/requests/{row.ticket}/parts/{part.ticket}/")
    assert found["Location"] == place(row)


def test_a_file_and_its_application_may_be_one_press() -> None:
    row, client = assistance(), clerk()

    answer = sent(client, row, do="apply")

    assert answer.status_code == 302
    assert File.objects.count() == 1


def test_a_wrong_file_is_not_applied_and_neither_is_what_waited() -> None:
    row, client = assistance(), clerk()
    sent(client, row)

    answer = sent(client, row, name="b.pdf", data=b"MZ", do="apply")

    assert answer.status_code == 422
    assert File.objects.count() == 0


def test_nothing_to_apply_is_said() -> None:
    row = assistance()

    assert "There was nothing left to apply." in said(apply(clerk(), row))
    assert Part.objects.count() == 0


@pytest.mark.parametrize("case", sorted(samples.HOSTILE))
def test_a_hostile_file_is_refused_at_its_field(case: str) -> None:
    name, data, _code = samples.HOSTILE[case]
    row = assistance()

    answer = sent(clerk(), row, name=name, data=data)

    assert answer.status_code == 422
    assert 'id="files-file-error"' in answer.content.decode()
    assert Attachment.objects.count() == 0


def test_a_name_with_a_path_and_a_program_is_only_a_name() -> None:
    row, client = assistance(), clerk()

    sent(client, row, name="../../etc/<script>alert(1)</script>\u202e.pdf", do="apply")

    [file] = File.objects.all()
    assert "/" not in file.name
    assert "<" not in file.name
    assert "\u202e" not in file.name
    assert "<script>alert" not in client.get(place(row)).content.decode()


@pytest.mark.parametrize("document", ["", "enrolment", "x" * 500, "Medical_Attestation"])
def test_a_document_that_is_not_offered_is_refused(document: str) -> None:
    answer = sent(clerk(), assistance(), document=document)

    assert answer.status_code == 422
    assert "Choose which document it is." in said(answer)


def test_no_file_is_said() -> None:
    row = assistance()
    typed = {"files": "1", "document": "medical_attestation", "do": "add"}

    answer = clerk().post(place(row), typed)

    assert answer.status_code == 422
    assert "Choose the file that you want to attach." in said(answer)
    answer = clerk().post(place(row), typed | {"document": "other"})
    assert "Choose the file that you want to attach." in said(answer)
    assert "Describe the attachment." in said(answer)


def test_the_same_file_twice_is_warned_of_and_kept_once() -> None:
    row, client = assistance(), clerk()
    sent(client, row)

    answer = client.get(sent(client, row)["Location"])

    assert "This file is already attached." in said(answer)
    assert Choice.objects.count() == 1


def test_a_pending_file_goes_at_once_and_a_received_one_is_asked_about() -> None:
    row, client = assistance(), clerk()
    sent(client, row)
    [choice] = Choice.objects.all()
    client.post(place(row), {"files": "1", "remove": str(choice.attachment_id)})
    assert Attachment.objects.count() == 0
    sent(client, row, do="apply")
    [file] = File.objects.all()

    asked = client.post(place(row), {"files": "1", "remove": str(file.attachment)})
    assert asked.status_code == 200
    assert "Delete this file?" in said(asked)
    assert File.objects.get().state == "received"
    client.post(place(row), {"files": "1", "delete": str(file.attachment)})

    assert File.objects.get().state == "deleted"
    assert Attachment.objects.count() == 0
    assert "Attachment not received" in said(client.get(place(row)))
    actions = Entry.objects.filter(action__startswith="careerBreak.file").values_list(
        "action", flat=True
    )
    assert set(actions) == {
        "careerBreak.file.chosen", "careerBreak.file.removed", "careerBreak.files.applied",
    }  # fmt: skip


@pytest.mark.parametrize("verb", ["remove", "delete"])
@pytest.mark.parametrize("key", ["", "x", "0b8c1a52-6d0e-4d43-9d64-3f6f7a1d5c11", "../../x"])
def test_a_file_that_is_not_there_cannot_be_removed(verb: str, key: str) -> None:
    row = assistance()

    assert clerk().post(place(row), {"files": "1", verb: key}).status_code == 404


def test_a_file_is_opened_by_its_employer_only() -> None:
    row = assistance()
    bringing.applied(row, bringing.clerk())
    [file] = File.objects.all()
    there = place(row, f"{file.attachment}/")

    answer = clerk().get(there)

    assert answer.status_code == 200
    assert answer.content == samples.pdf()
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert clerk(OTHER).get(there).status_code == 404
    assert clerk().get(place(row, f"{uuid4()}/")).status_code == 404
    assert Client().get(there).status_code == 302
    assert signed_in(CLERK).get(there).status_code == 403
    assert signed_in(STRANGER, FIRM).get(there).status_code == 403


def test_a_file_of_another_request_is_not_at_this_one() -> None:
    mine, other = assistance(), assistance(niss=world.NADIA)
    bringing.applied(mine, bringing.clerk())
    [file] = File.objects.all()

    assert clerk().get(place(other, f"{file.attachment}/")).status_code == 404
    answer = clerk().post(place(other), {"files": "1", "delete": str(file.attachment)})
    assert answer.status_code == 404
    assert File.objects.get().state == "received"


def test_the_worker_s_files_are_not_shown_to_the_employer() -> None:
    row = assistance()
    bringing.applied(row, bringing.worker(), name="secret.pdf")
    bringing.applied(row, bringing.worker(), "other", name="b.pdf", description="Maladie rare",
                     data=samples.pdf(b"% b"))  # fmt: skip
    key = File.objects.get(document="medical_attestation").attachment

    page = said(clerk().get(place(row)))

    assert "Attachment not received" not in page
    assert "It came from the worker" in page
    for word in ("secret.pdf", "b.pdf", "Maladie", str(key)):
        assert word not in page
        assert word not in clerk().get(f"/career-break/requests/{row.ticket}/").content.decode()
    assert clerk().get(place(row, f"{key}/")).status_code == 404
    assert clerk().post(place(row), {"files": "1", "delete": str(key)}).status_code == 404


def test_the_worker_opens_every_file_of_his_request_and_nobody_else_does() -> None:
    row = assistance()
    bringing.applied(row, bringing.worker())
    bringing.applied(row, bringing.clerk(), data=samples.pdf(b"% firm"))

    for file in File.objects.all():
        there = f"/career-break/files/{row.ticket}/{file.attachment}/"
        assert signed_in(world.LUC).get(there).status_code == 200
        assert signed_in(world.NADIA).get(there).status_code == 404
        assert clerk().get(there).status_code == 404
        assert Client().get(there).status_code == 302
    assert signed_in(world.LUC).get(f"/career-break/files/nonsense/{uuid4()}/").status_code == 404


def test_the_page_is_for_who_has_the_right_and_a_foreign_ticket_is_none() -> None:
    row = assistance()
    unknown = TicketNumber.generate(prefix="04W", sequence=8_888_888).signs

    assert clerk().get(place(row)).status_code == 200
    assert Client().get(place(row)).status_code == 302
    assert signed_in(CLERK).get(place(row)).status_code == 403
    assert signed_in(STRANGER, FIRM).get(place(row)).status_code == 403
    foreign = clerk(OTHER).get(place(row))
    none = clerk(OTHER).get(f"/career-break/requests/{unknown}/attachments/")
    assert foreign.status_code == none.status_code == 404
    assert said(foreign) == said(none)
    assert sent(clerk(OTHER), row).status_code == 404
    assert Attachment.objects.count() == 0


@pytest.mark.parametrize("state", ["cancelled", "expired", "closed"])
def test_what_is_over_takes_no_file(state: str) -> None:
    row = assistance()
    row.state = state
    row.save(update_fields=["state"])

    assert "This file takes no more attachments." in said(clerk().get(place(row)))
    answer = sent(clerk(), row)
    assert answer.status_code == 409
    assert "Contact ONEM" in said(answer)
    assert Attachment.objects.count() == 0


def test_what_the_office_handles_keeps_its_files() -> None:
    row = assistance()
    bringing.applied(row, bringing.clerk())
    row.state = "in_progress"
    row.save(update_fields=["state"])
    [file] = File.objects.all()

    client = clerk()
    assert 'name="remove"' not in client.get(place(row)).content.decode()
    answer = client.post(place(row), {"files": "1", "delete": str(file.attachment)})

    assert answer.status_code == 409
    assert File.objects.get().state == "received"


def test_the_menu_leads_to_the_requests_that_take_files() -> None:
    row, over = assistance(), assistance(niss=world.NADIA)
    over.state = "cancelled"
    over.save(update_fields=["state"])
    client = clerk()

    page = said(client.get("/career-break/attachments/"))

    assert "Vandermeulen" in page
    assert "Peeters" not in page
    chosen = client.get(f"/career-break/attachments/?request={row.ticket}&next=1")
    assert chosen["Location"] == place(row)
    assert client.get("/career-break/attachments/?next=1").status_code == 422
    assert client.get(f"/career-break/attachments/?request={over.ticket}&next=1").status_code == 422
    html = client.get(place(row)).content.decode()
    assert f'href="/career-break/requests/{row.ticket}/"' in html
    assert (
        place(row) in client.get(f"/career-break/requests/{row.ticket}/receipt/").content.decode()
    )
    assert place(row) in client.get("/career-break/").content.decode()


def test_looking_at_attachments_is_on_record() -> None:
    from guichet.audit.models import Lookup  # after Django is set up

    row = assistance()
    bringing.applied(row, bringing.clerk())
    [file] = File.objects.all()
    before = Lookup.objects.using("audit").count()

    clerk().get(place(row))
    clerk().get(place(row, f"{file.attachment}/"))

    purposes = (
        Lookup.objects.using("audit").order_by("pk")[before:].values_list("purpose", flat=True)
    )
    assert list(purposes) == ["careerBreak.request", "careerBreak.file"]


def test_more_files_cost_no_more_questions() -> None:
    row, client = assistance(), clerk()
    for each in (row, row):
        client.get(place(each))
    with CaptureQueriesContext(connection) as before:
        client.get(place(row))
    for at in range(4):
        by = bringing.clerk() if at % 2 else bringing.worker()
        data = samples.pdf(b"% " + str(at).encode())
        bringing.applied(row, by, "other", data=data, description="Encore")
    bringing.chosen(row, bringing.clerk(), name="pending.pdf")

    with CaptureQueriesContext(connection) as after:
        assert "pending.pdf" in said(client.get(place(row)))

    assert len(after) == len(before)
