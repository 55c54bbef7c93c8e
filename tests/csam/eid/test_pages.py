"""The pages around the card, and everything that is not the browser of the sign-in."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings
from django.test import Client

from guichet.audit.models import Entry
from guichet.csam.eid.handles import handle
from guichet.csam.eid.judge import Holder, Refusal
from guichet.csam.eid.models import TestCard, Ticket
from guichet.csam.eid.tickets import LIFETIME, digest
from guichet.csam.eid.wording import REFUSALS
from guichet.csam.provider import tiles
from guichet.csam.provider.models import Login
from guichet.csam.provider.tiles import Tile
from guichet.platform import clock
from guichet.rules.assurance import Means
from tests.csam.eid.cards import NOW
from tests.csam.relying_party import AMINA, URN, RelyingParty, a_person, returned

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
HOLDER = Holder(AMINA, "Amina", "Roussel")


def a_ticket(
    login: Login, judged: Holder | Refusal = HOLDER, *, age: timedelta = timedelta()
) -> str:
    """A ticket as the listener leaves one for this login."""
    is_holder = isinstance(judged, Holder)
    moment = clock.now() - age
    Ticket.objects.create(
        digest=digest("a-ticket"),
        login=handle(login),
        refusal=None if is_holder else judged,
        niss=AMINA if is_holder else None,
        given_name="Amina" if is_holder else "",
        family_name="Roussel" if is_holder else "",
        created_at=moment,
        expires_at=moment + LIFETIME,
    )
    return "/eid/ticket/a-ticket/"


@pytest.fixture
def asked(party: RelyingParty) -> RelyingParty:
    """A browser that wants to sign in; Amina is known."""
    a_person()
    party.ask(ui_locales="en")
    return party


def test_the_card_is_one_of_the_means(asked: RelyingParty) -> None:
    page = asked.browser.get("/sign-in/").content.decode()
    assert 'href="/eid/"' in page
    assert "Identity card and card reader" in page


def test_the_link_names_the_login_in_a_way_that_nobody_guesses(asked: RelyingParty) -> None:
    page = asked.browser.get("/eid/").content.decode()

    address = f"{settings.ENVIRONMENT.eid_url}/sign-in?login={handle(asked.login)}"
    assert f'href="{address}"' in page
    assert len(handle(asked.login)) == 64
    asked.ask()
    assert address not in asked.browser.get("/eid/").content.decode()


def test_a_service_that_does_not_accept_the_card_is_not_begun_with_it(asked: RelyingParty) -> None:
    Login.objects.update(means=["itsme"])
    response = asked.browser.get("/eid/")
    assert (response.status_code, response["Location"]) == (302, "/sign-in/")


def test_a_ticket_works_once(asked: RelyingParty) -> None:
    place = a_ticket(asked.login)
    again = Client()
    again.cookies = asked.browser.cookies.copy()

    assert "code" in returned(asked.browser.get(place))
    assert asked.browser.get(place).status_code == 403
    assert again.get(place).status_code == 403
    assert Login.objects.get().state == "answered"


def test_a_ticket_of_a_minute_ago_is_too_late(asked: RelyingParty) -> None:
    response = asked.browser.get(a_ticket(asked.login, age=LIFETIME))

    assert response["Location"] == "/eid/refused/ticket/"
    page = asked.browser.get(response["Location"])
    assert "Reading the card took too long" in page.content.decode()
    assert Entry.objects.using("audit").filter(action="csam.eid.ticketRefused").count() == 1
    assert Login.objects.get().state == "open"


def test_the_ticket_of_another_browsers_sign_in_is_worth_nothing(asked: RelyingParty) -> None:
    place = a_ticket(asked.login)
    other = RelyingParty()
    other.ask()

    assert other.browser.get(place)["Location"] == "/eid/refused/ticket/"
    assert Client().get(place).status_code == 403
    assert set(Login.objects.values_list("state", flat=True)) == {"open"}
    # Nobody took it away from the browser that it belongs to.
    assert "code" in returned(asked.browser.get(place))


@pytest.mark.parametrize("ticket", ["x", "a-ticket-of-nobody", "0" * 300])
def test_an_invented_ticket_is_refused_in_the_same_words(asked: RelyingParty, ticket: str) -> None:
    response = asked.browser.get(f"/eid/ticket/{ticket}/")
    assert response["Location"] == "/eid/refused/ticket/"


@pytest.mark.parametrize("place", ["/eid/ticket/a b/", "/eid/ticket/%00/", "/eid/refused/no/"])
def test_what_is_no_address_is_not_found(asked: RelyingParty, place: str) -> None:
    assert asked.browser.get(place).status_code == 404


def test_an_enterprise_is_chosen_after_the_card(asked: RelyingParty) -> None:
    asked.ask(acr_values=f"{URN}enterprise:Level500")
    assert asked.browser.get(a_ticket(asked.login))["Location"] == "/sign-in/enterprise/"


@pytest.mark.parametrize("refusal", Refusal)
def test_a_refusal_is_noted_and_has_a_page_that_can_be_reloaded(
    asked: RelyingParty, refusal: Refusal
) -> None:
    place = asked.browser.get(a_ticket(asked.login, refusal))["Location"]

    assert place == f"/eid/refused/{refusal}/"
    for _ in range(2):
        page = asked.browser.get(place)
        assert page.status_code == 403
        assert str(REFUSALS[refusal].title) in page.content.decode()
    assert Entry.objects.using("audit").get(action="csam.login.refused").reason == refusal.value


def test_every_refusal_has_words_of_its_own() -> None:
    assert set(REFUSALS) == {*Refusal, "ticket", "interrupted"}
    assert len({str(words.title) for words in REFUSALS.values()}) == len(REFUSALS)


def test_the_other_means_of_this_service_are_offered_after_a_refusal(
    asked: RelyingParty, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = tiles.every()
    known = [
        Tile((Means.APP,), "By app", "", "provider:welcome"),
        Tile((Means.PASSWORD,), "By password", "", "provider:welcome"),
        Tile((Means.APP,), "By form", "", "provider:welcome", template="csam/form.html"),
    ]
    monkeypatch.setattr(tiles, "every", lambda: [*every, *known])
    asked.ask(acr_values=f"{URN}citizen:Level400", ui_locales="en")

    page = asked.browser.get("/eid/refused/missing/").content.decode()

    assert '<a href="/">By app</a>' in page
    assert '<a href="/sign-in/">By form</a>' in page
    assert "By password" not in page


@pytest.mark.parametrize("place", ["/eid/", "/eid/ticket/a-ticket/", "/eid/refused/missing/"])
def test_without_a_sign_in_one_begins_at_the_service(csam: None, place: str) -> None:
    response = Client().get(place)
    assert response.status_code == 403
    assert "This sign-in has ended" in response.content.decode()


def test_help_is_there_for_everybody_and_says_what_leaves_the_site(csam: None) -> None:
    page = Client().get("/eid/help/", headers={"accept-language": "en"}).content.decode()
    assert page.count('rel="external') == page.count("(official site, you leave Guichet)") == 2
    for word in ("antivirus", "PIN code", "card reader", "DOC STOP"):
        assert word in page


@pytest.fixture
def var(csam: None, tmp_path: Path, settings: Any) -> None:
    """A test authority of this test alone."""
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, var=tmp_path / "var")


GOOD = {"person": "amina", "kind": "authentication"}


def test_a_visitor_makes_a_card_and_opens_it_with_the_password_shown(var: None) -> None:
    assert "The password of the file is guichet." in _test_cards()

    response = Client().post("/eid/test-card/", GOOD)

    assert response["Content-Disposition"] == 'attachment; filename="amina-authentication.p12"'
    assert "no-store" in response["Cache-Control"]
    key, certificate, _ = pkcs12.load_key_and_certificates(response.content, b"guichet")
    assert key is not None
    assert certificate is not None
    assert certificate.not_valid_after_utc > NOW
    page = _test_cards()
    assert "Amina Roussel" in page
    assert TestCard.objects.get().niss not in page


def _test_cards() -> str:
    page = Client().get("/eid/test-card/", headers={"accept-language": "en"})
    assert page.status_code == 200
    return page.content.decode()


def test_a_visitor_revokes_a_card(var: None) -> None:
    Client().post("/eid/test-card/", GOOD | {"expired": "on"})
    made = TestCard.objects.get()
    assert "Expired" in _test_cards()
    assert made.valid_until < clock.now()

    response = Client().post(f"/eid/test-card/{made.serial}/revoke/")

    assert response["Location"] == "/eid/test-card/"
    page = _test_cards()
    assert "Revoked" in page
    assert f"/eid/test-card/{made.serial}/revoke/" not in page
    assert Client().post("/eid/test-card/abc/revoke/").status_code == 404
    assert Client().get(f"/eid/test-card/{made.serial}/revoke/").status_code == 405


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "authentication"}, "Choose whose card you want."),
        ({"person": "amina"}, "Choose which certificate the card has."),
        ({"person": "nobody", "kind": "authentication"}, "Choose whose card you want."),
        ({"person": "ewa", "kind": "authentication"}, "Choose whose card you want."),
        ({"person": "amina", "kind": "root"}, "Choose which certificate the card has."),
    ],
)
def test_a_card_of_nobody_or_of_no_kind_is_not_made(
    var: None, given: dict[str, str], said: str
) -> None:
    response = Client().post("/eid/test-card/", given, headers={"accept-language": "en"})
    assert response.status_code == 422
    page = response.content.decode()
    assert said in page
    assert "<title>Error:" in page
    assert not TestCard.objects.exists()


@pytest.mark.parametrize(
    ("method", "place"),
    [
        ("get", "/eid/test-card/"),
        ("post", "/eid/test-card/"),
        ("post", "/eid/test-card/abc/revoke/"),
    ],
)
def test_production_has_no_page_of_test_cards(
    csam: None, settings: Any, method: str, place: str
) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, environment="production")
    assert getattr(Client(), method)(place).status_code == 404


def test_a_form_of_another_site_makes_no_card(var: None) -> None:
    assert Client(enforce_csrf_checks=True).post("/eid/test-card/", GOOD).status_code == 403
