"""The terms of use: asked once a version, and then one goes on to where one was going."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guichet.access.privacy import terms
from guichet.access.privacy.models import TermsAcceptance
from guichet.audit.models import Entry
from guichet.demo import fixtures
from tests.portal.browsing import signed_in, words
from tests.portal.world import CLERK, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
OWN = "/presence/my-registrations/?first=2026-11-20&last=2026-11-24"
VERSION = "2026-11-01"


@pytest.fixture(autouse=True)
def _asked(settings: Any) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, terms_asked=True)


def by_card(niss: str, enterprise: str | None = None) -> Client:
    """Somebody who signed in with a card: the picker of the demonstration is not asked."""
    return signed_in(niss, enterprise, means="eid", level=500)


@pytest.fixture
def worker(world: World) -> Client:
    """Karim, who cleans for E1."""
    return by_card(fixtures.W1)


@pytest.fixture
def clerk(world: World) -> Client:
    """Sofie, who acts for E1."""
    return by_card(CLERK, fixtures.E1)


def accepted(client: Client, place: str = "", version: str = VERSION) -> Any:
    return client.post("/terms/accept/", {"version": version, "next": place})


def test_a_person_accepts_once_and_goes_on_to_where_he_was_going(worker: Client) -> None:
    led = worker.get(OWN)
    assert led.status_code == 302
    assert led["Location"].startswith("/terms/?next=%2Fpresence%2Fmy-registrations")
    page = worker.get(led["Location"])
    assert "Before you go on" in words(page.content.decode())
    assert "You are yourself" in words(page.content.decode())

    answer = accepted(worker, OWN)

    assert answer["Location"] == OWN
    assert worker.get(OWN).status_code == 200
    assert worker.get("/").status_code == 200
    assert TermsAcceptance.objects.get().version == VERSION
    assert Entry.objects.filter(action="access.terms.accepted").count() == 1
    accepted(worker)
    assert TermsAcceptance.objects.count() == 1


def test_the_next_session_asks_nothing_and_the_session_remembers(worker: Client) -> None:
    accepted(worker)
    again = by_card(fixtures.W1)

    with CaptureQueriesContext(connection) as first:
        assert again.get("/privacy/my-data/").status_code == 200
        assert again.get(OWN).status_code == 200
    with CaptureQueriesContext(connection) as second:
        assert again.get(OWN).status_code == 200

    assert sum("access_terms" in query["sql"] for query in first) == 1
    assert not any("access_terms" in query["sql"] for query in second)


def test_acting_for_an_enterprise_has_its_own_terms(clerk: Client) -> None:
    assert clerk.get("/presence/staff/")["Location"].startswith("/terms/")
    assert "Data of other people" in words(clerk.get("/terms/").content.decode())
    accepted(clerk)
    assert clerk.get("/presence/staff/").status_code == 200

    himself = by_card(CLERK)

    assert himself.get(OWN)["Location"].startswith("/terms/")


def test_a_new_version_is_asked_again(worker: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    accepted(worker)
    newer = terms.Version(date(2026, 11, 24), terms.VERSIONS["citizen"][0].parts)
    ahead = terms.Version(date(2026, 12, 1), terms.VERSIONS["citizen"][0].parts)
    versions = {**terms.VERSIONS, "citizen": (*terms.VERSIONS["citizen"], newer, ahead)}
    monkeypatch.setattr(terms, "VERSIONS", versions)

    assert worker.get(OWN)["Location"].startswith("/terms/")
    assert accepted(worker)["Location"] == "/terms/"
    accepted(worker, version="2026-11-24")

    assert worker.get(OWN).status_code == 200
    assert TermsAcceptance.objects.count() == 2


def test_a_change_before_acceptance_is_not_made(clerk: Client) -> None:
    answer = clerk.post("/presence/staff/registrations/", {"first": "x"})

    assert answer["Location"] == "/terms/"


@pytest.mark.parametrize(
    "place", ["/help/", "/privacy/", "/terms/", "/privacy/my-data/", "/privacy/my-data.json"]
)
def test_help_and_ones_own_data_ask_nothing(worker: Client, place: str) -> None:
    assert worker.get(place).status_code == 200


def test_signing_out_asks_nothing(worker: Client) -> None:
    assert worker.post("/sign-out/")["Location"] == "/signed-out/"
    assert not TermsAcceptance.objects.exists()


@pytest.mark.parametrize(
    "place", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x", "\\\\x", ""]
)
def test_acceptance_leads_nowhere_else(worker: Client, place: str) -> None:
    assert accepted(worker, place)["Location"] == "/"


def test_a_visitor_reads_both_and_accepts_neither(db: None) -> None:
    for group, said in (("citizen", "You are yourself"), ("enterprise", "Your software")):
        page = words(Client().get(f"/terms/?for={group}").content.decode())
        assert said in page
        assert "I have read" not in page
    assert Client().get("/terms/?for=nobody").status_code == 404
    assert Client().post("/terms/accept/").status_code == 403
    assert 'href="/terms/"' in Client().get("/help/").content.decode()


def test_where_another_site_asks_nobody_is_asked(worker: Client, settings: Any) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, terms_asked=False)

    assert worker.get(OWN).status_code == 200
    assert terms.group_of(None) == "citizen"


def test_the_picker_of_the_demonstration_asks_nothing(world: World) -> None:
    assert signed_in(fixtures.W1).get(OWN).status_code == 200
