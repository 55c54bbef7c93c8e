"""What an employer finds in his e-Box about a declaration that nobody signed."""

from __future__ import annotations

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from guichet.ebox import jobs, senders
from guichet.ebox.models import Message
from guichet.eservices.dimona.models import Declaration
from guichet.kernel.label import Label
from guichet.platform import clock
from guichet.platform.db import transaction
from tests.ebox.boxes import manage
from tests.eservices.dimona import world
from tests.eservices.dimona.test_unsigned import PLACE, given
from tests.eservices.dimona.world import ACTOR, FIRM, KARIM, NOW, OTHER, an_in, said

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: NOW)


def connect() -> None:
    """An organisation sends messages about Dimona."""
    with transaction():
        senders.connect(
            number=OTHER, name=Label(*["Office"] * 4), actor=ACTOR, now=NOW,
            applications={"dimona": Label(*["Dimona"] * 4)},
        )  # fmt: skip


def delivered() -> list[Message]:
    """Carry the jobs for the e-Box out; all messages."""
    for job in ProcrastinateJob.objects.filter(task_name="ebox.publish").order_by("id"):
        jobs.publish(**job.args)
    return list(Message.objects.order_by("pk"))


def test_an_employer_is_told_of_a_declaration_without_sign_in_and_only_once() -> None:
    connect()
    manage(world.PENSIONER, FIRM, now=NOW)

    Client().post(PLACE, given(sent="yes"))

    number = Declaration.objects.get().id
    [told] = delivered()
    assert (told.box.enterprise.number, told.language) == (FIRM, "fr")  # type: ignore[union-attr]
    assert (told.type, told.service) == ("dimona.notification", "dimona_consult")
    assert str(number) in told.subject
    assert str(number) in told.body
    assert "/dimona/declarations/" in told.body
    assert "02/03/2026" in told.body
    for secret in (KARIM, KARIM[:6], "Karim", "Lemaire"):
        assert secret not in told.subject + told.body
    assert [one.pk for one in delivered()] == [told.pk]
    Client().post(PLACE, given(sent="yes", start=world.day(3)))
    assert len(delivered()) == 2


def test_an_employer_without_an_open_box_is_told_nothing_and_the_declaration_stands() -> None:
    connect()

    assert Client().post(PLACE, given(sent="yes")).status_code == 302

    assert delivered() == []
    assert Declaration.objects.count() == 1


def test_where_no_organisation_sends_messages_nothing_is_tried() -> None:
    manage(world.PENSIONER, FIRM, now=NOW)

    assert Client().post(PLACE, given(sent="yes")).status_code == 302

    assert not ProcrastinateJob.objects.filter(task_name="ebox.publish").exists()
    assert Declaration.objects.count() == 1


def test_who_signs_in_or_declares_by_program_is_told_by_its_answer() -> None:
    connect()
    manage(world.PENSIONER, FIRM, now=NOW)

    said(an_in())

    assert delivered() == []
