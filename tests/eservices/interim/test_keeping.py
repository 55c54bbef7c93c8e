"""Reports past their term go with their files; what is held, or younger, stays."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guichet.audit import purging
from guichet.audit.models import Entry
from guichet.documents.attachments.models import Attachment
from guichet.eservices.interim import jobs
from guichet.eservices.interim.models import Report, ReportLine
from guichet.platform import clock
from guichet.rules.relation_reports import kept_from
from tests.documents.attachments import samples
from tests.eservices.dimona import world
from tests.eservices.dimona.world import AGENCY, KARIM, NOW
from tests.eservices.interim.test_interim import declared
from tests.eservices.interim.test_reports import form_of, reported
from tests.portal.browsing import signed_in, text

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
LAST = datetime(2029, 3, 2, 12, 0, tzinfo=UTC)  # three years to the day
OVER = datetime(2029, 3, 3, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def report() -> Report:
    """Karim's, with a file."""
    karim, period = signed_in(KARIM), declared(1)
    place = form_of(period)
    karim.post(
        "/attachments/interim-report/",
        {"attachment": SimpleUploadedFile("one.pdf", samples.pdf()), "next": place},
    )
    return reported(karim, period, attached=[str(Attachment.objects.get().pk)])


def _night(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)
    jobs.forget(0)


def test_a_report_goes_three_years_after_the_last_word_with_its_file(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    _night(monkeypatch, LAST)
    assert Report.objects.count() == Attachment.objects.count() == 1

    _night(monkeypatch, OVER)
    _night(monkeypatch, OVER)

    assert not Report.objects.exists()
    assert not ReportLine.objects.exists()
    assert not Attachment.objects.exists()
    told = Entry.objects.get(action="interim.report.forgotten")
    assert told.detail == {"reports": 1, "files": 1}
    assert report.number not in str(told.detail)


def test_what_was_said_since_begins_the_term_anew(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    Report.objects.filter(pk=report.pk).update(changed_at=NOW + 30 * world.DAY)

    _night(monkeypatch, OVER)

    assert Report.objects.get() == report
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize("held", ["person", "agency"])
def test_a_hold_keeps_it(report: Report, monkeypatch: pytest.MonkeyPatch, held: str) -> None:
    subject = {"niss": KARIM} if held == "person" else {"enterprise_number": AGENCY}
    purging.place_hold(reason="case 7", actor=world.ACTOR, now=NOW, **subject)

    _night(monkeypatch, OVER)

    assert Report.objects.get() == report
    assert Attachment.objects.count() == 1


def test_the_worker_reads_how_long_it_is_kept(client: Client) -> None:
    assert "kept for 3 years" in text(signed_in(KARIM), form_of(declared(1)))


def test_the_term_of_a_leap_day_is_a_day_longer() -> None:
    assert kept_from(today=date(2028, 2, 29)) == date(2025, 2, 28)
