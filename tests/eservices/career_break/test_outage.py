"""An interruption that is announced: nothing is confirmed, drafts stay, a page explains it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from guichet.access.counter import board as boards
from guichet.access.counter.models import Announcement
from guichet.eservices.career_break.models import Draft, Request
from guichet.eservices.career_break.operations import Refused
from tests.eservices.career_break import world
from tests.eservices.career_break.walk import drafted, said
from tests.eservices.career_break.world import FIRM, NOW, clerk

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
HOUR = timedelta(hours=1)
TITLES = {"title_nl": "Storing", "title_fr": "Panne", "title_de": "Störung", "title_en": "Broken"}
PAGE = "/services/career-break/"


@pytest.fixture(autouse=True)
def board() -> Iterator[None]:
    """What is announced is read anew."""
    boards.forget()
    yield
    boards.forget()


def announced(**given: Any) -> None:
    values: dict[str, Any] = {
        "institution_number": FIRM, "severity": "outage", "service": "career-break",
        "begins_at": NOW - HOUR, "ends_at": NOW + HOUR, "created_at": NOW, **TITLES,
    }  # fmt: skip
    Announcement.objects.create(**values | given)
    boards.forget()


@pytest.mark.parametrize("service", ["career-break", None])
def test_c76_during_an_outage_nothing_is_confirmed_and_the_draft_stays(service: str | None) -> None:
    client = clerk()
    place = drafted(client, comment="Deux mots")
    announced(service=service)

    answer = client.post(f"{place}check/", {"certified": "on"})

    assert answer.status_code == 503
    assert "Broken" in said(answer)
    assert "It should work again from" in said(answer)
    assert Request.objects.count() == 0
    assert Draft.objects.count() == 1
    assert "Broken" in said(Client().get(PAGE))
    assert "Deux mots" in client.get(f"{place}characteristics/").content.decode()
    Announcement.objects.update(ends_at=NOW)
    boards.forget()
    assert client.post(f"{place}check/", {"certified": "on"}).status_code == 302


def test_c76_the_button_of_the_public_page_leads_to_the_page_that_says_so() -> None:
    announced(ends_at=None)

    answer = Client().get(f"{PAGE}enter/")

    assert answer.status_code == 503
    assert "This service is interrupted now" in said(answer)
    assert "We do not know yet until when" in said(answer)


def test_c76_a_program_is_refused_in_words() -> None:
    announced()

    with pytest.raises(Refused, match="V-OU-01"):
        world.filed()


@pytest.mark.parametrize(
    "given",
    [
        {"severity": "planned"},
        {"severity": "info"},
        {"service": "dimona"},
        {"begins_at": NOW + HOUR, "ends_at": NOW + 2 * HOUR},
        {"begins_at": NOW - 2 * HOUR, "ends_at": NOW},
    ],
)
def test_what_is_no_outage_of_this_service_now_closes_nothing(given: dict[str, Any]) -> None:
    announced(**given)
    client = clerk()

    assert client.post(f"{drafted(client)}check/", {"certified": "on"}).status_code == 302
    assert Client().get(f"{PAGE}enter/").status_code == 302


def test_a_request_that_was_confirmed_before_keeps_its_receipt() -> None:
    client = clerk()
    place = drafted(client)
    client.post(f"{place}check/", {"certified": "on"})
    announced()

    assert client.post(f"{place}check/", {"certified": "on"}).status_code == 302


def test_an_outage_of_a_service_whose_door_stays_open_closes_no_door() -> None:
    announced(service="dimona")

    assert Client().get("/services/dimona/enter/").status_code == 302


def test_the_public_page_has_the_manual_the_site_of_onem_and_what_it_is() -> None:
    page = Client().get(PAGE).content.decode()

    assert 'href="/career-break/manual/"' in page
    assert 'href="https://www.onem.be/' in page
    assert 'href="#about"' in page
    assert "More on the site of the institution" in page


@pytest.mark.parametrize("client", [Client, clerk])
def test_the_manual_is_for_everybody(client: Any) -> None:
    answer = client().get("/career-break/manual/")

    assert answer.status_code == 200
    assert "the proof that the request was submitted" in said(answer)
