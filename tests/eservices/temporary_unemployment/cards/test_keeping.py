"""Reminders of cards, the copy of a person's data, and the end of what is past its retention."""

from datetime import datetime

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from guichet.audit.models import Entry
from guichet.eservices.temporary_unemployment.cards import keeping, reminding, sending
from guichet.eservices.temporary_unemployment.cards.models import Card, Mark, Reminder, Sending
from tests.eservices.temporary_unemployment.cards import world
from tests.eservices.temporary_unemployment.cards.world import PIOTR, SITE, at, himself, mark, send

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("site"),
]
OPENS = at(28, 0, 0)


@pytest.fixture
def ebox(monkeypatch: pytest.MonkeyPatch) -> None:
    """The e-Box knows an organisation that sends for this service."""
    name = "guichet.eservices.temporary_unemployment.cards.telling.sender_number"
    monkeypatch.setattr(name, lambda: world.FACTORY)


@pytest.mark.usefixtures("ebox")
def test_a_worker_is_reminded_once_when_the_window_opens_and_once_when_it_is_not_sent() -> None:
    mark(12)
    moments = [at(27), at(28), at(29), at(1, month=4), at(5, month=4), at(6, month=4)]

    assert [reminding.remind(now=each) for each in moments] == [0, 1, 0, 0, 1, 0]
    assert list(Reminder.objects.order_by("id").values_list("kind", flat=True)) == [
        "window", "unsent",
    ]  # fmt: skip
    jobs = ProcrastinateJob.objects.filter(task_name="ebox.publish").order_by("id")
    subjects = [job.args["subject"] for job in jobs]
    assert subjects[0].startswith("Vous pouvez envoyer votre carte de contrôle")
    assert all(PIOTR not in str({**job.args, "niss": ""}) for job in jobs)


def test_who_sent_his_card_is_not_reminded() -> None:
    mark(12)
    send(now=OPENS)

    assert reminding.remind(now=at(29)) == 0
    assert reminding.remind(now=at(6, month=4)) == 0


def test_a_card_is_removed_five_years_after_its_month() -> None:
    mark(12)
    send(now=OPENS)
    sending.hand_over(document=Sending.objects.get().document, now=OPENS)

    kept = datetime(2030, 3, 31, 12, tzinfo=OPENS.tzinfo)
    over = datetime(2030, 4, 2, 12, tzinfo=OPENS.tzinfo)
    assert keeping.purge(now=kept) == 0
    assert keeping.purge(now=over) == 1

    assert not Card.objects.exists()
    assert not Mark.objects.exists()
    assert not Sending.objects.exists()
    assert Entry.objects.filter(action="temporaryUnemployment.cards.purged").exists()


def test_my_data_holds_my_cards_and_nobody_elses() -> None:
    mark(12, "holiday")
    send(now=OPENS)

    mine = himself().get("/privacy/my-data.json").json()
    theirs = himself(world.HASSAN).get("/privacy/my-data.json").json()

    assert [row["employer"] for row in mine["controlCardMarks"]] == [SITE]
    assert len(mine["controlCards"]) == 1
    assert mine["controlCardChoices"]
    assert not theirs["controlCardMarks"] + theirs["controlCards"] + theirs["controlCardChoices"]
