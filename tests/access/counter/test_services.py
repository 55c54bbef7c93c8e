"""A page for each service: what, for whom, by when, and the secured way in."""

import re
from typing import Any

import pytest
from django.test import Client

from guichet.access.counter import doors
from guichet.access.counter.information import INFORMATION
from guichet.access.means_in_words import MEANS_IN_WORDS
from guichet.access.services import SERVICES, Group, Service
from guichet.demo import fixtures
from tests.portal.browsing import signed_in, text
from tests.portal.world import World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
LANGUAGES = ("fr", "nl", "de", "en")
KEYS = [service.key for service in SERVICES]
FOR_ENTERPRISES = [one.key for one in SERVICES if Group.CITIZEN not in one.groups]
TEMPORARY = "/services/temporary-unemployment/"


def test_every_service_has_its_text_and_no_other() -> None:
    assert set(INFORMATION) == set(KEYS)
    for key, one in INFORMATION.items():
        assert one.audience, key
        assert one.what, key
        assert one.who_must, key
        assert one.deadlines, key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("service", SERVICES, ids=KEYS)
def test_a_service_tells_what_it_is_in_every_language(service: Service, language: str) -> None:
    client = Client(headers={"accept-language": language})

    said = text(client, f"/services/{service.key}/")

    assert service.name.in_language(language) in said
    assert service.line.in_language(language) in said
    assert "27/11/2026" in said


@pytest.mark.parametrize("service", SERVICES, ids=KEYS)
def test_a_service_names_the_means_that_it_accepts_and_its_level(service: Service) -> None:
    said = text(Client(), f"/services/{service.key}/")

    for means in service.policy.offered():
        assert str(MEANS_IN_WORDS[means.value]) in said
    assert f"Level {service.policy.min_level}" in said


def test_the_list_leads_to_every_service() -> None:
    page = Client().get("/services/").content.decode()

    for key in KEYS:
        assert f'href="/services/{key}/"' in page


@pytest.mark.parametrize(
    "place", ["/services/nothing/", "/services/nothing/enter/", "/services/%00/"]
)
def test_a_service_that_does_not_exist_is_not_found(place: str) -> None:
    assert Client().get(place).status_code == 404


@pytest.mark.parametrize("place", ["/services/", "/services/dimona/", "/services/dimona/enter/"])
def test_the_pages_are_read_only(place: str) -> None:
    assert Client().post(place).status_code == 405


def test_the_page_of_temporary_unemployment_has_the_parts_of_its_model() -> None:
    client = Client(headers={"accept-language": "fr"})

    said = text(client, TEMPORARY)

    for part in ("Infos générales", "Introduire", "Introduire chômage temporaire",
                 "Une question ?", "employeurs ONSS", "chômeur temporaire"):  # fmt: skip
        assert part in said
    assert re.search(r'href="/services/temporary-unemployment/enter/">\s*<svg', _page(TEMPORARY))


def test_sc80_the_secured_button_leads_to_the_sign_in_and_back_to_the_same_page(
    world: World,
) -> None:
    client = Client()

    asked = client.get(TEMPORARY + "enter/")

    assert asked.status_code == 302
    assert asked["Location"].startswith("/?next=%2Fservices%2Ftemporary-unemployment%2Fenter%2F")
    assert "level=200" in asked["Location"]
    assert "context=enterprise" in asked["Location"]
    # Signed in, one comes back: the service does not stand yet, so to the page itself.
    back = signed_in(fixtures.W1).get(TEMPORARY + "enter/")
    assert back.status_code == 403
    assert "Choose for whom you act" in back.content.decode()


def test_sc80_who_acts_for_an_enterprise_is_in_the_service(clerk: Client) -> None:
    back = clerk.get(TEMPORARY + "enter/", follow=True)

    assert back.redirect_chain == [("/temporary-unemployment/", 302)]
    assert "You are not signed in" not in text(clerk, TEMPORARY)


def test_a_service_that_stands_is_entered(clerk: Client, worker: Client) -> None:
    assert clerk.get("/services/presence/enter/")["Location"] == "/presence/staff/"
    assert worker.get("/services/presence/enter/")["Location"] == "/presence/my-registrations/"


def test_without_the_right_the_service_itself_refuses(clerk: Client) -> None:
    place = clerk.get("/services/chaman/enter/")["Location"]

    assert place == "/channels/"
    assert clerk.get(place).status_code == 403


def test_who_signed_in_with_too_little_is_led_to_step_up(world: World) -> None:
    client = signed_in(fixtures.W1, means="password", level=200)

    answer = client.get("/services/presence/enter/")

    assert answer["Location"].startswith("/sign-in/step-up/?")
    assert "level=300" in answer["Location"]


@pytest.mark.parametrize("key", FOR_ENTERPRISES)
def test_a_citizen_does_not_enter_a_service_of_enterprises(worker: Client, key: str) -> None:
    assert worker.get(f"/services/{key}/enter/").status_code == 403


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/presence/staff/", "presence"),
        ("/channels/new/", "chaman"),
        ("/services/dimona/", "dimona"),
        ("/services/", None),
        ("/", None),
        ("/help/", None),
    ],
)
def test_a_page_belongs_to_a_service(path: str, service: str | None) -> None:
    assert doors.service_at(path) == service


def test_the_register_page_says_what_each_group_does() -> None:
    said = text(Client(), "/register/")

    for part in ("identity card", "names the main access manager", "BelgianID", "access codes"):
        assert part in said


def test_a_link_that_leaves_the_site_says_so() -> None:
    page = _page("/register/")

    for link in re.findall(r'<a [^>]*href="https?://[^>]*>.*?</a>', page):
        if "localhost" not in link:
            assert 'rel="noopener external"' in link
            assert "new site" in link
    assert "https://eid.belgium.be/" in page


def test_in_production_a_visitor_is_welcomed_with_the_services(monkeypatch: Any) -> None:
    monkeypatch.setattr("guichet.access.views.start.landing", lambda: None)

    page = Client().get("/").content.decode()

    assert "Welcome to Guichet" in page
    for key in KEYS:
        assert f'href="/services/{key}/"' in page


@pytest.mark.parametrize("place", ["/", "/help/", "/services/"])
def test_a_visitor_finds_the_way_at_the_top(place: str) -> None:
    head = _page(place).split("</header>")[0]

    for target in ("/services/", "/register/", "/help/", "/sign-in/"):
        assert f'href="{target}' in head


def _page(place: str) -> str:
    return Client().get(place).content.decode()
