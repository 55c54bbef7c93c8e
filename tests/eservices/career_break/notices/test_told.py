"""The copy of a notice in the e-Box, and what stands on the start pages."""

from datetime import date

import pytest
from django.test import Client

from guichet.documents import operations, queries
from guichet.ebox.boxes import CONSENT_VERSION
from guichet.ebox.contents import CONTENTS
from guichet.ebox.models import Attachment, Box, Message
from guichet.eservices.career_break.notices import answering, jobs
from guichet.eservices.career_break.notices.content import Answer
from guichet.platform.db import transaction
from guichet.registers.persons.models import Person
from tests.eservices.career_break import world
from tests.eservices.career_break.notices import notice_world as here
from tests.eservices.career_break.world import LUC, NOW, OTHER, clerk
from tests.portal.browsing import text

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm", "sealed_by_us"),
]


def _open_box() -> None:
    from guichet.audit.history import acting
    from guichet.ebox import senders
    from guichet.kernel.label import Label

    with transaction():
        senders.connect(
            number=OTHER, name=Label(*["ONEM"] * 4), actor=world.ACTOR, now=NOW,
            applications={"career-break": Label(*["Career break"] * 4)},
        )  # fmt: skip
    with transaction(), acting(world.ACTOR, now=NOW):
        Box.objects.create(
            person=Person.objects.get(niss=LUC), opened_at=NOW, language="fr", created_at=NOW,
            consent_version=CONSENT_VERSION, email="luc@example.be",
        )  # fmt: skip


def test_the_sealed_receipt_goes_to_the_ebox_of_the_worker_once() -> None:
    _open_box()
    reference = here.sent().asked["document"]
    assert operations.make(reference=reference, now=NOW)

    for _ in range(2):
        jobs.deliver_notice(reference=reference)

    message = Message.objects.get()
    assert (message.type, message.application) == ("career-break.step", "career-break")
    document = Attachment.objects.get(message=message)
    assert CONTENTS.read(document.digest) == queries.sealed_pdf(reference=reference)


def test_without_an_open_box_nothing_is_lost_and_nothing_fails() -> None:
    reference = here.sent().asked["document"]
    assert operations.make(reference=reference, now=NOW)

    jobs.deliver_notice(reference=reference)

    assert not Message.objects.exists()
    assert queries.sealed_pdf(reference=reference)


def _start(client: Client) -> str:
    return text(client, "/")


def test_the_start_pages_say_what_waits_for_whom() -> None:
    row = here.sent()
    assert "A worker&#39;s notice waits for your answer" in _start(clerk())
    assert "Notify my employer" in _start(here.himself())
    wanted = answering.Wanted(Answer(reasons=here.REASONS), date(2025, 6, 15))
    answering.postpone(ticket=row.ticket, wanted=wanted, sender=world.sender(), now=NOW)

    assert "Your employer postponed your leave" in _start(here.himself())
    assert "waits for your answer" not in _start(clerk())
