"""Asking for a document: request and job together, made once, failures said, bytes for ever."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from guichet.audit.models import Entry
from guichet.demo import fixtures
from guichet.documents import jobs, kinds, operations, queries, rendering
from guichet.documents.models import Document, Sealed, State
from guichet.documents.operations import ATTEMPTS, Recipient
from guichet.platform.db import NoTransaction
from tests.documents import papers
from tests.portal.browsing import NOW
from tests.portal.world import World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


class Away(OSError):
    """An authority that does not answer."""


def _jobs(reference: str) -> list[str]:
    rows = ProcrastinateJob.objects.filter(args__reference=reference)
    return sorted(row.task_name for row in rows)


def _progress(reference: str) -> queries.Progress:
    found = queries.progress(reference=reference)
    assert found is not None
    return found


def test_the_request_and_its_job_stand_or_fall_together(world: World) -> None:
    kept = papers.asked()
    with transaction.atomic():
        lost = papers.asked()
        transaction.set_rollback(True)

    assert _jobs(kept) == ["documents.make"]
    assert _progress(kept).state is State.REQUESTED
    assert queries.progress(reference=lost) is None
    assert _jobs(lost) == []


@pytest.mark.django_db(transaction=True, databases=["default", "audit"])
def test_outside_a_transaction_nothing_is_asked_for(world: World) -> None:
    with pytest.raises(NoTransaction):
        operations.issue(
            template="attestation", data={}, language="fr", title="x",
            recipient=Recipient(niss=fixtures.W1), kind="documents.attestation",
            actor=papers.ACTOR, now=NOW,
        )  # fmt: skip


def test_the_job_seals_it_and_tells_who_asked(world: World) -> None:
    reference = papers.asked(then="tests.told")

    jobs.make.func(reference=reference)

    progress = _progress(reference)
    assert (progress.state, progress.attempts, progress.problem) == (State.SEALED, 1, "")
    assert (queries.sealed_pdf(reference=reference) or b"").startswith(b"%PDF-1.7")
    assert _jobs(reference) == ["documents.make", "tests.told"]
    actions = Entry.objects.filter(target=f"document/{reference}").order_by("id")
    assert [row.action for row in actions] == [
        "documents.document.requested",
        "documents.document.sealed",
    ]


def test_a_second_job_changes_nothing(world: World) -> None:
    reference = papers.issued()
    first = queries.sealed_pdf(reference=reference)

    assert operations.make(reference=reference, now=NOW)

    assert queries.sealed_pdf(reference=reference) == first
    assert operations.make(reference="0" * 16, now=NOW)  # gone: nothing to do


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE documents_sealed SET pdf = 'x'",
        "DELETE FROM documents_sealed",
        "TRUNCATE documents_sealed",
        "UPDATE documents_document SET title = 'x'",
        "UPDATE documents_document SET digest = repeat('0', 64)",
        "DELETE FROM documents_document",
    ],
)
def test_what_is_sealed_never_changes(world: World, change: str) -> None:
    papers.issued()

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(change)

    assert Sealed.objects.count() == 1


def test_a_try_in_vain_is_said_and_another_follows(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = papers.asked()
    with monkeypatch.context() as away:
        away.setattr(rendering, "made", _away)
        with pytest.raises(jobs.NotMadeYet):
            jobs.make.func(reference=reference)
        assert _progress(reference).problem == "time_stamp"
        assert _progress(reference).state is State.REQUESTED

    jobs.make.func(reference=reference)

    assert _progress(reference).state is State.SEALED
    assert _progress(reference).attempts == 2


def test_after_the_last_try_it_has_failed_and_can_be_begun_anew(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    reference = papers.asked()
    with monkeypatch.context() as away:
        away.setattr(rendering, "made", _away)
        tries = [operations.make(reference=reference, now=NOW) for _ in range(ATTEMPTS)]
    assert tries == [False] * (ATTEMPTS - 1) + [True]
    assert _progress(reference).state is State.FAILED
    assert "could not be made: time_stamp" in caplog.text
    assert fixtures.W1 not in caplog.text

    operations.try_again(reference=reference, actor=papers.ACTOR, now=NOW)

    assert operations.make(reference=reference, now=NOW)
    assert _progress(reference).state is State.SEALED
    with pytest.raises(operations.NotFailed):
        operations.try_again(reference=reference, actor=papers.ACTOR, now=NOW)
    with pytest.raises(operations.UnknownDocument):
        operations.try_again(reference="0" * 16, actor=papers.ACTOR, now=NOW)


def test_a_template_that_does_not_fit_fails_at_once(world: World) -> None:
    reference = papers.asked(data={"lead": ["no person, no sections"]})

    assert operations.make(reference=reference, now=NOW)

    assert (_progress(reference).state, _progress(reference).problem) == (State.FAILED, "template")


def test_without_a_seal_nothing_is_issued_unsealed(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    reference = papers.asked()
    nowhere = replace(settings.ENVIRONMENT, seal=tmp_path / "none")
    monkeypatch.setattr(settings, "ENVIRONMENT", nowhere)

    assert not operations.make(reference=reference, now=NOW)

    assert _progress(reference).problem == "seal"
    assert queries.sealed_pdf(reference=reference) is None


def test_who_is_not_in_the_registers_gets_no_document(world: World) -> None:
    for unknown in (Recipient(niss="85073100031"), Recipient(enterprise_number="0999999922")):
        with pytest.raises(operations.UnknownRecipient):
            papers.asked(recipient=unknown)
    for wrong in ({}, {"niss": fixtures.W1, "enterprise_number": fixtures.E1}):
        with pytest.raises(ValueError, match="one recipient"):
            Recipient(**wrong)
    with pytest.raises(kinds.UnknownKind):
        papers.asked(kind="nothing.known")
    assert Document.objects.count() == 0


def _away(document: Document) -> rendering.Made:
    raise Away
