"""The calendar: reminders after 14, 30 and 45 days, and requests that expire."""

from datetime import UTC, date, datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from guichet.eservices.career_break import operations
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.worker import reminding
from guichet.eservices.career_break.worker.models import Reminder
from guichet.platform.models import Dispatch
from guichet.rules.career_break.completing import expires_on, reminder_due
from tests.eservices.career_break import world
from tests.eservices.career_break.worker import mine
from tests.eservices.career_break.world import NADIA, NOW

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]


def after(days: int) -> datetime:
    return NOW + timedelta(days=days)


@pytest.fixture(autouse=True)
def sender(monkeypatch: pytest.MonkeyPatch) -> None:
    """The e-Box knows an organisation that sends for this service."""
    name = "guichet.eservices.career_break.worker.telling.sender_number"
    monkeypatch.setattr(name, lambda: world.OTHER)


def messages() -> list[str]:
    """The references of what went to the worker's e-Box from here."""
    jobs = ProcrastinateJob.objects.filter(task_name="ebox.publish").order_by("id")
    return [job.args["reference"] for job in jobs if "-worker-" in job.args["reference"]]


@pytest.mark.parametrize(
    ("days", "due"), [(0, None), (13, None), (14, 14), (29, 14), (30, 30), (44, 30), (45, 45),
                      (400, 45)]
)  # fmt: skip
def test_a_reminder_is_due_by_the_day(days: int, due: int | None) -> None:
    filed_on = date(2025, 1, 28)

    assert reminder_due(filed_on=filed_on, on=filed_on + timedelta(days=days)) == due


def test_a_worker_is_reminded_once_for_each_term() -> None:
    row = world.filed()

    counts = [reminding.remind(now=after(days)) for days in (13, 14, 14, 20, 30, 45, 60, 90)]

    assert counts == [0, 1, 0, 0, 1, 1, 0, 0]
    assert list(Reminder.objects.order_by("days").values_list("days", flat=True)) == [14, 30, 45]
    assert messages() == [
        f"career-break-{row.ticket}-worker-reminder-{days}" for days in (14, 30, 45)
    ]


def test_a_missed_reminder_is_not_made_up_for() -> None:
    world.filed()

    assert reminding.remind(now=after(46)) == 1
    assert reminding.remind(now=after(47)) == 0
    assert Reminder.objects.get().days == 45


def test_a_mail_of_a_reminder_holds_nothing_personal() -> None:
    row = world.filed(worker_email="luc@example.be")
    Dispatch.objects.all().delete()

    reminding.remind(now=after(14))

    [mail] = Dispatch.objects.all()
    assert mail.recipient == "luc@example.be"
    for secret in ("Vandermeulen", row.person.niss, "Nuages", "parental", "01/04/2025"):
        assert secret not in mail.subject + mail.body


def test_who_sent_his_part_or_whose_request_is_over_is_left_alone() -> None:
    mine.sent(world.filed())
    gone = world.filed(NADIA)
    operations.cancel(ticket=gone.ticket, sender=world.sender(), now=NOW)

    assert reminding.remind(now=after(50)) == 0
    assert reminding.expire(now=after(900)) == 0


def test_a_request_expires_a_year_after_its_end() -> None:
    row = world.filed()  # until 30 April 2025
    last = datetime(2026, 4, 29, 21, 59, tzinfo=UTC)

    assert reminding.expire(now=last) == 0
    assert reminding.expire(now=last + timedelta(minutes=1)) == 1
    assert reminding.expire(now=last + timedelta(days=9)) == 0

    row = Request.objects.get(pk=row.pk)
    assert row.state == "expired"
    assert row.versions.get(number=row.version).event == "expired"
    assert messages() == [f"career-break-{row.ticket}-worker-expired"]


def test_an_end_of_career_without_an_end_counts_from_its_start() -> None:
    assert expires_on(first_day=date(2025, 4, 1), last_day=None) == date(2026, 4, 1)
    assert expires_on(first_day=date(2025, 4, 1), last_day=date(2025, 4, 30)) == date(2026, 4, 30)
