"""The letters of a recovery go to an e-Box, or to the desk that posts them; none is lost."""

import pytest

from guichet.audit.models import Entry
from guichet.documents import operations as documents
from guichet.ebox.models import Message
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.recovery import jobs, letters
from guichet.eservices.career_break.recovery.models import Letter
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.office.desk import COLLEAGUE, at_desk
from tests.eservices.career_break.recovery.paid import LATER, Put, decided, granted, heard, opened
from tests.eservices.career_break.walk import said
from tests.eservices.career_break.world import NADIA

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("office", "at"),
]
POST = "/desk/career-breaks/letters/"


def test_a_letter_goes_to_the_e_box_once(sender: None, row: Request) -> None:
    invitation = opened(row).invitation
    assert not letters.deliver(reference=invitation, now=LATER)
    assert documents.make(reference=invitation, now=LATER)
    before = Message.objects.count()

    jobs.sealed(reference=invitation)
    assert not letters.deliver(reference=invitation, now=LATER)

    assert Letter.objects.get().way == "ebox"
    assert Message.objects.count() == before + 1


def test_what_could_not_go_when_it_was_sealed_goes_later(row: Request) -> None:
    invitation = opened(row).invitation
    documents.make(reference=invitation, now=LATER)
    assert not letters.deliver(reference=invitation, now=LATER)
    assert Letter.objects.get().way == ""

    desk.connect(LATER)
    jobs.deliver(0)

    assert Letter.objects.get().way == "ebox"


def test_without_an_open_e_box_the_desk_posts_both_letters(sender: None, at: Put) -> None:
    row = granted(NADIA)
    recovery = opened(row)
    heard(recovery)
    done = decided(row, recovery)
    for reference in (done.invitation, done.document):
        documents.make(reference=reference, now=LATER)
        assert not letters.deliver(reference=reference, now=LATER)

    page = said(at_desk().get(POST))
    for told in ("Recovery: you may be heard", "Recovery: the decision", "Nadia"):
        assert told in page, told
    assert "Nadia" not in said(at_desk(desk.FAR).get(POST))
    pdf = at_desk().get(f"/desk/career-breaks/{row.ticket}/letters/{done.invitation}/")
    assert pdf["Content-Type"] == "application/pdf"
    one = Letter.objects.get(kind="invitation")
    where = f"{POST}recoveries/{one.pk}/posted/"
    assert at_desk(desk.FAR).post(where).status_code == 404
    at_desk(desk.READER).post(where)
    assert Letter.objects.get(pk=one.pk).way == "paper"
    assert "noted as posted" in said(at_desk(COLLEAGUE).post(where, follow=True))
    assert at_desk().post(where).status_code == 404
    assert Entry.objects.filter(action="careerBreak.recoveryLetter.posted").count() == 1


def test_the_letter_of_another_file_is_not_found(row: Request) -> None:
    opened(row)
    other = granted(NADIA)
    invitation = opened(other).invitation

    assert (
        at_desk().get(f"/desk/career-breaks/{row.ticket}/letters/{invitation}/").status_code == 404
    )
