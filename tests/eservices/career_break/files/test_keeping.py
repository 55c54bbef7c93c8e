"""For how long files are kept, and that nothing else goes with them."""

from datetime import UTC, date, datetime

import pytest

from guichet.access.privacy import sections
from guichet.audit import purging
from guichet.audit.models import Entry
from guichet.documents.attachments.models import Attachment, Content
from guichet.eservices.career_break.files import jobs, keeping
from guichet.eservices.career_break.files.models import File
from guichet.eservices.career_break.models import Request
from guichet.platform import clock
from tests.eservices.career_break import world
from tests.eservices.career_break.files import bringing
from tests.eservices.career_break.files.bringing import applied, assistance
from tests.eservices.career_break.world import ACTOR, NOW

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
# Six months after the cancellation of 28 January.
LAST, NEXT = datetime(2025, 7, 28, 21, tzinfo=UTC), datetime(2025, 7, 28, 22, 30, tzinfo=UTC)


def over(state: str = "cancelled", niss: str = world.LUC) -> Request:
    row = assistance(niss=niss)
    applied(row, bringing.worker(niss))
    Request.objects.filter(pk=row.pk).update(state=state)
    return row


def test_files_of_a_cancelled_request_go_after_their_term_and_not_before() -> None:
    over()

    assert keeping.forget_old(now=LAST) == 0
    assert File.objects.count() == Content.objects.count() == 1
    assert keeping.forget_old(now=NEXT) == 1

    assert File.objects.count() == Attachment.objects.count() == 0
    assert Request.objects.count() == 1
    line = Entry.objects.get(action="careerBreak.files.forgotten")
    assert line.detail == {"files": 1}
    assert keeping.forget_old(now=NEXT) == 0
    assert Entry.objects.filter(action="careerBreak.files.forgotten").count() == 1


@pytest.mark.parametrize(
    ("state", "until"), [("expired", date(2025, 7, 28)), ("closed", date(2030, 7, 1))]
)
def test_what_expired_and_what_was_decided_has_its_own_term(state: str, until: date) -> None:
    over(state)
    moment = datetime(until.year, until.month, until.day, 12, tzinfo=UTC)

    assert keeping.forget_old(now=moment) == 0
    assert keeping.forget_old(now=moment + world.DAY) == 1


@pytest.mark.parametrize("state", ["wait_worker", "wait_onem", "in_progress", "wait_documents"])
def test_what_is_under_way_keeps_its_files(state: str) -> None:
    over(state)

    assert keeping.forget_old(now=datetime(2045, 1, 1, tzinfo=UTC)) == 0


@pytest.mark.parametrize("who", ["worker", "employer"])
def test_a_hold_keeps_the_files(who: str) -> None:
    over()
    held = {"niss": world.LUC} if who == "worker" else {"enterprise_number": world.FIRM}
    number = purging.place_hold(reason="a case", actor=ACTOR, now=NOW, **held)

    assert keeping.forget_old(now=NEXT) == 0
    purging.lift_hold(number=number, actor=ACTOR, now=NOW)
    assert keeping.forget_old(now=NEXT) == 1


def test_files_of_a_notice_that_was_refused_go_too(monkeypatch: pytest.MonkeyPatch) -> None:
    row = bringing.notice()
    applied(row, bringing.worker())
    row.state = "refused"
    row.save(update_fields=["state"])
    over(niss=world.NADIA)
    monkeypatch.setattr(clock, "now", lambda: NEXT)

    jobs.forget_files(0)

    assert Attachment.objects.count() == 0


def test_a_worker_finds_his_documents_in_the_copy_of_his_data() -> None:
    over()
    over(niss=world.NADIA)
    [section] = [one for one in sections.sections() if one.key == "careerBreakFiles"]

    class Luc:
        niss = world.LUC

    [row] = section.read(Luc(), NOW)  # type: ignore[arg-type]  # as much of him as it reads
    assert row["document"] == "Medical attestation"
    assert row["name"] == "attest.pdf"
