"""What institutions announce stands at the top of the pages that it concerns."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guichet.access.counter import board as boards
from guichet.access.counter.models import Announcement
from guichet.demo import fixtures
from guichet.platform import clock
from tests.portal.browsing import NOW, text

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
HOUR = timedelta(hours=1)
TITLES = {"title_nl": "Gesloten", "title_fr": "Fermé", "title_de": "Zu", "title_en": "Shut"}
SERVICE = "/services/career-break/"


def announced(**given: Any) -> Announcement:
    """An announcement of E1, shown from the next page on."""
    values: dict[str, Any] = {
        "institution_number": fixtures.E1, "severity": "outage", "service": None,
        "begins_at": NOW - HOUR, "ends_at": NOW + HOUR, "created_at": NOW, **TITLES,
    }  # fmt: skip
    row = Announcement.objects.create(**values | given)
    boards.forget()
    return row


@pytest.mark.parametrize(
    ("language", "title"), [("nl", "Gesloten"), ("fr", "Fermé"), ("de", "Zu"), ("en", "Shut")]
)
def test_it_speaks_the_language_of_the_page(language: str, title: str) -> None:
    announced()

    page = Client(headers={"accept-language": language}).get("/").content.decode()

    assert f": {title}</h2>" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert 'role="region" aria-labelledby="notice-1"' in page


@pytest.mark.parametrize(
    ("service", "place", "is_shown"),
    [
        (None, "/", True),
        (None, "/help/", True),
        (None, SERVICE, True),
        ("career-break", "/", True),
        ("career-break", SERVICE, True),
        ("career-break", "/services/dimona/", False),
        ("career-break", "/help/", False),
        ("career-break", "/services/", False),
    ],
)
def test_it_stands_on_the_start_page_and_on_the_pages_of_its_service(
    service: str | None, place: str, is_shown: bool
) -> None:
    announced(service=service)

    assert ("Shut" in text(Client(), place)) is is_shown


def test_it_stands_on_the_pages_of_a_service_that_stands(clerk: Client) -> None:
    announced(service="presence")

    assert "Shut" in text(clerk, "/presence/staff/")
    assert "Shut" not in text(clerk, "/who-consulted-my-data/")


@pytest.mark.parametrize(
    ("severity", "begins", "ends", "is_shown"),
    [
        ("planned", NOW + HOUR, NOW + 2 * HOUR, True),
        ("planned", NOW - HOUR, NOW + HOUR, True),
        ("planned", NOW - 2 * HOUR, NOW, False),
        ("outage", NOW - HOUR, None, True),
        ("outage", NOW + HOUR, None, False),
        ("info", NOW, NOW + HOUR, True),
        ("info", NOW + HOUR, NOW + 2 * HOUR, False),
    ],
)
def test_it_is_shown_in_its_time(
    severity: str, begins: datetime, ends: datetime | None, is_shown: bool
) -> None:
    announced(severity=severity, begins_at=begins, ends_at=ends)

    assert ("Shut" in text(Client(), "/")) is is_shown


def test_the_most_urgent_stands_first() -> None:
    announced(severity="info", title_en="Later")
    announced(severity="outage", title_en="First")

    said = text(Client(), "/")

    assert said.index("First") < said.index("Later")


def test_a_page_asks_for_announcements_once_a_minute_in_each_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    announced()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            Client().get("/help/")
        return len([one for one in captured if "access_announcement" in one["sql"]])

    assert [queries() for _time in range(3)] == [1, 0, 0]
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=1))
    assert [queries() for _time in range(2)] == [1, 0]


def test_what_is_announced_is_escaped() -> None:
    announced(title_en="<script>x</script>")

    assert "<script>x" not in Client().get("/").content.decode()


@pytest.mark.parametrize(
    "broken",
    [
        {"severity": "loud"},
        {"title_de": ""},
        {"ends_at": NOW - 2 * HOUR},
        {"institution_number": "12"},
        {"service": "A B"},
    ],
)
def test_the_database_refuses_what_cannot_be(broken: dict[str, Any]) -> None:
    announced()

    with pytest.raises(IntegrityError), transaction.atomic():
        Announcement.objects.update(**broken)
