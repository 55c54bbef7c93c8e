"""The social secretariat of the demonstration and its mandates."""

import pytest
from django.test import Client

from guichet.access.mandates.models import Lent, Mandate
from guichet.demo import people, secretariat
from guichet.demo.personas import PERSONAS
from guichet.platform import clock
from tests.demo.test_office import NOW, firms  # noqa: F401  # a fixture
from tests.portal.browsing import text

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "audit"]),
    pytest.mark.usefixtures("firms"),
]


@pytest.fixture(autouse=True)
def furnished(firms: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    """Yesterday's load, today."""
    from guichet.demo import office

    monkeypatch.setattr(clock, "now", lambda: NOW)
    office.furnish(today=clock.today(NOW), now=NOW)


def _become(key: str) -> Client:
    client = Client()
    client.post(f"/demo/personas/{key}/")
    return client


def test_one_mandate_is_in_force_one_waits_and_one_has_ended() -> None:
    page = text(_become("yves"), "/mandates/")

    assert "One mandate in force for" in page
    assert "Waiting for a signature" in page
    assert "ended with its last quarter" in page
    assert Lent.objects.count() == 2


def test_the_director_of_the_firm_finds_a_mandate_to_sign_and_signs_it() -> None:
    inge = _become("inge")
    assert "waits for a signature" in text(inge, "/")
    waiting = Mandate.objects.get(status="pending")

    assert inge.post(f"/mandates/{waiting.pk}/sign/").status_code == 302

    waiting.refresh_from_db()
    assert waiting.status == "active"


def test_the_secretariat_acts_for_the_firm_by_its_mandate() -> None:
    yves = _become("yves")

    answer = yves.post(
        "/act-for/",
        {"enterprise": f"{secretariat.FIRM}:employer:{secretariat.OFFICE}"},
    )

    assert answer.status_code == 302
    assert "by mandate to" in yves.get("/").content.decode()
    assert yves.get("/presence/staff/").status_code == 200
    assert yves.get("/mandates/").status_code == 403


def test_the_persona_is_the_director_of_the_secretariat() -> None:
    [persona] = [one for one in PERSONAS if one.key == "yves"]

    assert persona.niss == people.YVES.niss
    assert text(_become("yves"), persona.first_url)
