"""Choosing, applying, removing and judging files, without a page; and who sees what."""

from datetime import timedelta
from uuid import uuid4

import pytest

from guichet.audit.models import Entry
from guichet.documents.attachments import operations as attachments
from guichet.documents.attachments.models import Attachment
from guichet.documents.attachments.operations import AttachmentRefused
from guichet.eservices.career_break.files import operations, queries
from guichet.eservices.career_break.files.facts import document_facts, offered
from guichet.eservices.career_break.files.models import Choice, File
from guichet.eservices.career_break.files.operations import NoReason, UnknownFile
from guichet.eservices.career_break.models import Part, Request
from guichet.eservices.career_break.operations import Refused, cancel
from guichet.eservices.career_break.said import Cared, Said
from guichet.rules.career_break.attachments import Document
from guichet.rules.career_break.file_states import FileRefused, FileState
from guichet.rules.career_break.states import Party
from tests.documents.attachments import samples
from tests.eservices.career_break import world
from tests.eservices.career_break.files import bringing
from tests.eservices.career_break.files.bringing import OFFICER, applied, assistance, chosen
from tests.eservices.career_break.world import NOW

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]


def states(row: Request, party: Party = Party.OFFICER, **given: object) -> dict[str, str]:
    found = queries.documents_of(row, party=party, **given)  # type: ignore[arg-type]  # as given
    return {slot.document.value: slot.state.value for slot in found}


def at(row: Request, state: str) -> Request:
    row.state = state
    row.save(update_fields=["state"])
    return row


def test_c45_several_employers_make_the_declaration_of_occupation_mandatory() -> None:
    row = world.filed(has_other_employers=True)

    [slot] = [
        one
        for one in queries.documents_of(row, party=Party.WORKER, said=Said())
        if one.is_mandatory
    ]

    assert slot.document is Document.OCCUPATION_ELSEWHERE
    assert slot.state is FileState.NOT_RECEIVED
    assert [one.document for one in queries.missing_of(row, said=Said())] == [slot.document]
    applied(row, bringing.worker(), "occupation_elsewhere")
    assert queries.missing_of(row, said=Said()) == ()


def test_what_the_worker_said_of_the_child_decides_for_him_and_not_for_the_employer() -> None:
    row = world.filed()
    said = Said(person=Cared(is_disabled=True, parentage="long_term_foster"))

    mine = {one.document for one in queries.missing_of(row, said=said)}

    assert mine == {Document.DISABILITY_ATTESTATION, Document.PLACEMENT}
    assert queries.missing_of(row) == ()
    assert Document.DISABILITY_ATTESTATION not in offered(row, party=Party.EMPLOYER)
    assert Document.DISABILITY_ATTESTATION in offered(row, party=Party.WORKER, said=said)


def test_the_facts_of_a_request_are_those_of_its_form() -> None:
    hospital = assistance(details={"relation": "hospital"}, last_day=world.date(2025, 4, 7))
    assert document_facts(hospital).for_hospitalised_minor
    assert "hospital_certificate" in states(hospital)
    illness = world.filed(
        world.NADIA, leave="time_credit", details={"motive": "ill_child", "agreement": "sector"},
        regime="fifth", last_day=world.date(2025, 6, 30), break_minutes=1920,
    )  # fmt: skip
    assert "medical_attestation" in states(illness)


def test_a_chosen_file_counts_only_once_it_is_applied() -> None:
    row, by = assistance(), bringing.clerk()

    done = chosen(row, by)

    assert done.choice is not None
    assert states(row) == {"medical_attestation": "not_received"}
    assert states(row, Party.EMPLOYER, by=by) == {"medical_attestation": "pending"}
    assert queries.missing_of(row)
    found = operations.apply(subject=row, by=by, now=NOW)
    assert len(found.files) == 1
    assert states(row) == {"medical_attestation": "received"}
    assert not queries.missing_of(row)
    assert Choice.objects.count() == 0
    row.refresh_from_db()
    assert row.version == 2
    assert Part.objects.get().ticket == found.ticket


def test_a_changed_end_and_files_each_have_a_ticket() -> None:
    row = assistance(last_day=world.date(2025, 4, 30))
    applied(row, bringing.clerk())
    world.modified(row)
    applied(row, bringing.clerk(), "other", description="Autre", data=samples.pdf(b"% 2"))

    kinds = Part.objects.order_by("id").values_list("kind", flat=True)

    assert list(kinds) == ["attachments", "modification", "attachments"]
    events = row.versions.order_by("number").values_list("event", flat=True)
    assert list(events) == ["confirmed", "attached", "modified", "attached"]
    cancel(ticket=row.ticket, sender=world.sender(), now=NOW)


def test_a_worker_s_files_have_no_ticket_and_change_no_version() -> None:
    row = assistance()

    found = applied(row, bringing.worker())

    assert found.ticket == ""
    row.refresh_from_db()
    assert row.version == row.versions.count() == 1


def test_a_day_later_what_was_not_applied_is_gone() -> None:
    row = assistance()
    chosen(row, bringing.clerk())

    attachments.expire(now=NOW + timedelta(days=1, seconds=1))

    assert Choice.objects.count() == 0
    assert states(row) == {"medical_attestation": "not_received"}


def test_a_pending_file_is_of_who_chose_it_alone() -> None:
    row = assistance()
    done = chosen(row, bringing.clerk())
    assert done.choice is not None
    key = done.choice.attachment_id
    others = [bringing.clerk(world.STRANGER), bringing.worker()]

    for other in others:
        assert queries.chosen(row, other) == []
        assert queries.opened(row, attachment=key, party=other.party, by=other) is None
        assert operations.apply(subject=row, by=other, now=NOW).files == ()
        with pytest.raises(UnknownFile):
            operations.remove(subject=row, attachment=key, by=other, now=NOW)
    assert queries.opened(row, attachment=key, party=Party.OFFICER) is None
    assert Choice.objects.count() == 1


def test_a_pending_file_of_another_request_stays_pending() -> None:
    first, second = assistance(), assistance(niss=world.NADIA)
    chosen(first, bringing.clerk())
    chosen(second, bringing.clerk())

    operations.apply(subject=first, by=bringing.clerk(), now=NOW)

    assert File.objects.get().request_id == first.pk
    assert Choice.objects.get().request_id == second.pk


def test_the_same_file_may_be_another_document_and_is_warned_of() -> None:
    row, by = assistance(), bringing.clerk()
    applied(row, by)

    again = chosen(row, by)
    other = chosen(row, by, "other", description="La même")

    assert again.choice is None
    assert [one.code for one in again.warned] == ["V-AT-06"]
    assert other.choice is not None
    assert [one.code for one in other.warned] == ["V-AT-06"]


def test_that_the_other_side_has_the_same_file_is_not_told() -> None:
    row = assistance()
    applied(row, bringing.worker())

    done = chosen(row, bringing.clerk())

    assert done.warned == ()
    assert done.choice is not None


def test_what_was_deleted_or_rejected_may_come_again() -> None:
    row, by = assistance(), bringing.clerk()
    [file] = applied(row, by).files
    operations.remove(subject=row, attachment=file.attachment, by=by, now=NOW)
    [file] = applied(row, by).files
    at(row, "in_progress")
    operations.reject(subject=row, attachment=file.attachment, reason="Illisible", actor=OFFICER,
                      now=NOW)  # fmt: skip

    assert len(applied(row, by).files) == 1
    assert sorted(File.objects.values_list("state", flat=True)) == [
        "deleted", "received", "rejected",
    ]  # fmt: skip


def test_a_rejected_file_is_as_good_as_not_received_and_says_why() -> None:
    row = assistance()
    [file] = applied(row, bringing.worker()).files
    at(row, "in_progress")

    operations.accept(subject=row, attachment=file.attachment, actor=OFFICER, now=NOW)
    assert states(row) == {"medical_attestation": "accepted"}
    operations.reject(subject=row, attachment=file.attachment, reason="  Sans signature ",
                      actor=OFFICER, now=NOW)  # fmt: skip

    [slot] = queries.documents_of(row, party=Party.WORKER, said=Said())
    assert slot.state is FileState.NOT_RECEIVED
    assert slot.files[0].reason == "Sans signature"
    assert not slot.is_elsewhere
    [slot] = queries.documents_of(row, party=Party.EMPLOYER)
    assert slot.files == ()
    assert [one.document for one in queries.missing_of(row)] == [Document.MEDICAL_ATTESTATION]
    last = Entry.objects.filter(action="careerBreak.file.rejected").get()
    assert last.detail["document"] == "medical_attestation"


@pytest.mark.parametrize("state", [*world.STATES, "wait_documents"])
def test_the_office_judges_while_it_handles_the_request(state: str) -> None:
    row = assistance()
    [file] = applied(row, bringing.worker()).files
    at(row, state)
    key = file.attachment

    if state in ("in_progress", "wait_documents"):
        operations.accept(subject=row, attachment=key, actor=OFFICER, now=NOW)
        with pytest.raises(FileRefused) as refused:
            operations.accept(subject=row, attachment=key, actor=OFFICER, now=NOW)
        assert refused.value.why == "state"
        return
    for judged in (
        lambda: operations.accept(subject=row, attachment=key, actor=OFFICER, now=NOW),
        lambda: operations.reject(subject=row, attachment=key, reason="x", actor=OFFICER, now=NOW),
    ):
        with pytest.raises(FileRefused) as refused:
            judged()
        assert refused.value.why == "closed"


def test_a_file_is_not_rejected_without_a_reason_or_with_a_long_one() -> None:
    row = assistance()
    [file] = applied(row, bringing.worker()).files
    at(row, "in_progress")
    given = {"subject": row, "attachment": file.attachment, "actor": OFFICER, "now": NOW}

    with pytest.raises(NoReason):
        operations.reject(reason="  ", **given)
    with pytest.raises(Refused) as refused:
        operations.reject(reason="é" * 201, **given)
    assert refused.value.faults[0].code == "V-TX-01"
    with pytest.raises(UnknownFile):
        operations.reject(reason="x", **given | {"attachment": uuid4()})


def test_a_worker_reads_in_his_e_box_that_a_document_was_rejected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from guichet.eservices.career_break import telling

    row = assistance()
    [file] = applied(row, bringing.worker()).files
    at(row, "in_progress")
    monkeypatch.setattr(telling, "sender_number", lambda: world.OTHER)

    operations.reject(subject=row, attachment=file.attachment, reason="Une maladie", actor=OFFICER,
                      now=NOW)  # fmt: skip

    from procrastinate.contrib.django.models import ProcrastinateJob

    job = ProcrastinateJob.objects.filter(task_name="ebox.publish").latest("id")
    assert job.args["niss"] == world.LUC
    assert "Une maladie" not in str(job.args)
    assert "ONEM" in job.args["subject"]


@pytest.mark.parametrize("state", [*world.STATES, "wait_documents"])
def test_a_received_file_goes_until_the_office_begins(state: str) -> None:
    row, by = assistance(), bringing.clerk()
    [file] = applied(row, by).files
    at(row, state)

    if state in ("wait_worker", "wait_onem"):
        operations.remove(subject=row, attachment=file.attachment, by=by, now=NOW)
        assert Attachment.objects.count() == 0
        with pytest.raises(UnknownFile):
            operations.remove(subject=row, attachment=file.attachment, by=by, now=NOW)
        return
    with pytest.raises(FileRefused):
        operations.remove(subject=row, attachment=file.attachment, by=by, now=NOW)
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize("state", [*world.STATES, "wait_documents"])
@pytest.mark.parametrize("party", [Party.EMPLOYER, Party.WORKER])
def test_a_request_takes_files_in_some_states_only(state: str, party: Party) -> None:
    by = bringing.clerk() if party is Party.EMPLOYER else bringing.worker()
    row = assistance()
    pending = chosen(row, by, "other", description="Avant")
    at(row, state)
    taking = {"wait_worker", "wait_onem", "in_progress", "wait_documents"}
    taking |= {"closed"} if party is Party.WORKER else set()

    if state in taking:
        chosen(row, by)
        assert len(operations.apply(subject=row, by=by, now=NOW).files) == 2
        return
    with pytest.raises(FileRefused):
        chosen(row, by)
    with pytest.raises(FileRefused):
        operations.apply(subject=row, by=by, now=NOW)
    assert pending.choice is not None
    # What is pending may always be taken back.
    operations.remove(subject=row, attachment=pending.choice.attachment_id, by=by, now=NOW)
    assert Attachment.objects.count() == 0


def test_a_virus_is_refused_and_a_scanner_that_is_away_keeps_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from guichet.documents.attachments.scanning import ScannerAway

    class Finds:
        def is_clean(self, data: bytes) -> bool:
            return False

    class Away:
        def is_clean(self, data: bytes) -> bool:
            raise ScannerAway

    row = assistance()
    monkeypatch.setattr(attachments, "scanner", Finds)
    with pytest.raises(Refused) as refused:
        chosen(row, bringing.clerk())
    assert refused.value.faults[0].code == "V-AT-05"
    monkeypatch.setattr(attachments, "scanner", Away)
    with pytest.raises(AttachmentRefused):
        chosen(row, bringing.clerk())
    assert Attachment.objects.count() == 0


def test_everything_that_is_wrong_is_said_at_once() -> None:
    row = assistance()

    with pytest.raises(Refused) as refused:
        chosen(row, bringing.clerk(), "other", data=b"MZ", description=" ")

    assert [one.code for one in refused.value.faults] == ["V-AT-01", "V-AT-04"]


@pytest.mark.parametrize("document", ["", "notice_certificate", "enrolment", "x"])
def test_a_document_that_nobody_asks_for_is_unknown(document: str) -> None:
    with pytest.raises(UnknownFile):
        chosen(assistance(), bringing.worker(), document)


def test_files_of_a_notice_are_of_both_sides_and_count_for_the_request_made_of_it() -> None:
    told = bringing.notice()
    [mine] = applied(told, bringing.worker()).files
    [theirs] = applied(told, bringing.clerk(), "notice_certificate").files

    for party in (Party.EMPLOYER, Party.WORKER):
        for file in (mine, theirs):
            assert queries.opened(told, attachment=file.attachment, party=party) is not None
    assert Part.objects.count() == 0
    row = assistance()
    assert queries.missing_of(row)
    Request.objects.filter(pk=row.pk).update(notice=told)
    row.refresh_from_db()

    assert not queries.missing_of(row)
    [slot, *_rest] = queries.documents_of(row, party=Party.EMPLOYER)
    assert [one.key for one in slot.files] == [mine.attachment]
    assert not slot.files[0].may_delete
    assert queries.opened(row, attachment=mine.attachment, party=Party.EMPLOYER) is not None


def test_a_worker_does_not_bring_what_is_the_employer_s() -> None:
    told = bringing.notice()

    assert Document.NOTICE_CERTIFICATE in offered(told, party=Party.EMPLOYER)
    assert Document.NOTICE_CERTIFICATE not in offered(told, party=Party.WORKER)
    with pytest.raises(UnknownFile):
        chosen(told, bringing.worker(), "notice_certificate")
