"""The numbered scenarios of the card, from the page to the page, over real TLS."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from guichet.audit.models import Entry
from guichet.csam.eid.authority import Card, CardKind
from guichet.csam.eid.models import Ticket
from guichet.csam.eid.revocation import Revocation, Status
from guichet.csam.eid.tickets import TicketStore
from guichet.csam.provider.models import Login
from tests.csam.eid.cards import Running, Says, card, django_url, listening
from tests.csam.relying_party import AMINA, URN, RelyingParty, a_person, returned

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "audit"])
EID_500 = {"acr_values": f"{URN}citizen:Level500", "ui_locales": "en"}


@pytest.fixture
def amina(party: RelyingParty) -> RelyingParty:
    """A browser that wants to sign in, and a register that knows Amina."""
    from guichet.platform.db import transaction

    with transaction():
        a_person()
    party.ask(**EID_500)
    return party


@pytest.fixture
def door(database_url: str) -> Iterator[Running]:
    """A listener on the test's own database."""
    with listening(now=None, tickets=TicketStore(django_url(database_url))) as running:
        yield running


def read_card(browser: Client, door: Running, presented: Card | None) -> HttpResponse:
    """Follow the link of the page with a card in the reader; where the browser ends."""
    page = browser.get("/eid/").content.decode()
    address = page.partition(f'href="{settings.ENVIRONMENT.eid_url}')[2].partition('"')[0]
    place = door.asked(presented, address).headers["Location"]
    assert place.startswith(settings.ENVIRONMENT.csam_url)
    response = browser.get(urlsplit(place).path)
    if response.status_code == 302 and response["Location"].startswith("/"):
        response = browser.get(response["Location"])
    assert isinstance(response, HttpResponse)
    return response


def test_a01_a_citizen_signs_in_with_a_card_at_level_500(
    amina: RelyingParty, door: Running
) -> None:
    response = read_card(amina.browser, door, card(niss=AMINA))

    tokens = amina.redeem(returned(response)["code"]).json()
    claims = amina.read(amina.userinfo(tokens["access_token"]).content.decode())
    assert claims["egovNRN"] == AMINA
    assert (claims["givenName"], claims["surname"]) == ("Amina", "Roussel")
    identity = amina.read(tokens["id_token"])
    assert identity["acr"].endswith("Level500")
    assert identity["amr"] == ["eid"]
    login = Login.objects.get()
    assert (login.level, login.means_used) == (500, "eid")
    assert not Ticket.objects.exists()


def test_a01_the_name_of_the_card_holder_is_shown(amina: RelyingParty, door: Running) -> None:
    amina.browser.get("/profile/sign-in/?level=500")

    response = read_card(amina.browser, door, card(niss=AMINA))

    page = response.content.decode()
    assert "Hello Amina" in page
    assert "at level 500 of 500" in page
    assert AMINA not in page


def test_a02_the_certificate_for_signing_is_refused_with_a_clear_message(
    amina: RelyingParty, door: Running
) -> None:
    response = read_card(amina.browser, door, card(niss=AMINA, kind=CardKind.SIGNATURE))

    assert response.status_code == 403
    assert "You chose the certificate for signing" in response.content.decode()
    _assert_refused("signature")


def _assert_refused(reason: str) -> None:
    """Nobody is identified, and a line says why without saying who."""
    login = Login.objects.get()
    assert (login.state, login.person) == ("open", None)
    entry = Entry.objects.get(action="csam.login.refused")
    assert (entry.actor_kind, entry.reason) == ("system", reason)
    assert AMINA not in str(entry.__dict__)


A03: list[tuple[str, str, Card, Revocation | None]] = [
    ("expired", "Your card has expired", card(niss=AMINA, expired=True), None),
    (
        "revoked",
        "Your card has been revoked or suspended",
        card(niss=AMINA),
        Says(Status.REVOKED),
    ),
    (
        "unknown-issuer",
        "We do not know who issued this certificate",
        card(niss=AMINA, authority="stranger"),
        None,
    ),
    (
        "status-unavailable",
        "We cannot check your card at this moment",
        card(niss=AMINA),
        Says(Status.UNAVAILABLE),
    ),
]


@pytest.mark.parametrize("case", A03, ids=[one[0] for one in A03])
def test_a03_each_bad_card_has_its_own_message_and_nothing_leaks(
    amina: RelyingParty, database_url: str, case: tuple[str, str, Card, Revocation | None]
) -> None:
    reason, title, presented, revocation = case
    tickets = TicketStore(django_url(database_url))
    with listening(now=None, tickets=tickets, revocation=revocation) as door:
        response = read_card(amina.browser, door, presented)

    page = response.content.decode()
    assert response.status_code == 403
    assert title in page
    assert [other for _, other, _, _ in A03 if other in page] == [title]
    for secret in (AMINA, "Amina", "Roussel", "85.07.31"):
        assert secret not in page
    _assert_refused(reason)


def test_a04_no_card_is_a_page_with_the_other_means(amina: RelyingParty, door: Running) -> None:
    amina.ask(ui_locales="en")  # at a level that other means reach too
    response = read_card(amina.browser, door, None)

    page = response.content.decode()
    assert response.status_code == 403
    assert "No identity card was read" in page
    assert "Insert the card first" in page
    assert 'href="/eid/"' in page
    entry = Entry.objects.get(action="csam.login.refused")
    assert entry.reason == "missing"


def test_after_a_refusal_the_same_sign_in_goes_on_with_a_good_card(
    amina: RelyingParty, door: Running
) -> None:
    read_card(amina.browser, door, None)

    assert "code" in returned(read_card(amina.browser, door, card(niss=AMINA)))
