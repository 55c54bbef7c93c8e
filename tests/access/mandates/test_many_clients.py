"""A provider with thousands of clients: every page stays light, and each client can be found."""

import re
from typing import Final

import pytest
from django.conf import settings
from django.test import Client
from django.utils.timezone import now as machine_now
from pytest_django import DjangoAssertNumQueries

from guichet.access.identification.store import SessionStore
from guichet.access.mandates.models import Lent, Mandate
from guichet.access.reach import MOST_LENT
from guichet.audit.history import acting
from guichet.kernel.enterprise import EnterpriseNumber
from guichet.platform.db import transaction
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person
from tests.access.mandates.parties import KOEN, NADIA, OFFICE, OTHER_OFFICE, browser
from tests.portal.browsing import NOW, signed_in, text, words
from tests.portal.world import ACTOR

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("many"),
]
COUNT: Final = 300
FIRST: Final = 7_100_000


def _number(place: int) -> str:
    return EnterpriseNumber.of_sequence(FIRST + place).digits


LAST: Final = _number(COUNT - 1)


@pytest.fixture
def many(parties: None) -> None:
    """Three hundred employers whose mandate to one provider is in force."""
    office = Enterprise.objects.get(number=OFFICE)
    maker = Person.objects.get(niss=KOEN)
    with transaction(), acting(ACTOR, now=NOW):
        firms = Enterprise.objects.bulk_create(
            Enterprise(number=_number(place), name_fr=f"Client {place:03d}",
                       sort_key=f"client {place:03d}", language="fr")
            for place in range(COUNT)
        )  # fmt: skip
        mandates = Mandate.objects.bulk_create(
            Mandate(mandator=firm, mandatary=office, domains=["presence"], status="active",
                    first_day=NOW.date().replace(month=10, day=1), made_by="mandatary",
                    maker=maker, language="fr", made_at=NOW)
            for firm in firms
        )  # fmt: skip
        Lent.objects.bulk_create(
            Lent(mandate=mandate, mandator=mandate.mandator, mandatary=office, domain="presence",
                 permissions=["presence"], is_exclusive=False, first_day=mandate.first_day)
            for mandate in mandates
        )  # fmt: skip


@pytest.fixture
def nadia() -> Client:
    """She may consult presences at the provider."""
    return signed_in(NADIA)


def test_a_page_carries_some_clients_and_leads_to_the_others(nadia: Client) -> None:
    page = nadia.get("/").content.decode()

    assert page.count(":employer:") <= 6
    assert 'href="/mandates/clients/"' in page
    assert len(page) < 60_000


def test_a_session_carries_no_more_than_a_few_of_them(
    nadia: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    store = SessionStore(nadia.cookies[settings.SESSION_COOKIE_NAME].value)

    with django_assert_num_queries(1):
        store.load()

    assert store.loaded is not None
    assert MOST_LENT <= len(store.loaded.rights) <= MOST_LENT + 2


@pytest.mark.parametrize(
    "asked", ["Client 299", "client 299", "299", LAST, f"{LAST[:4]}.{LAST[4:7]}.{LAST[7:]}"]
)
def test_a_client_is_found_by_name_or_number_and_one_acts_for_it(nadia: Client, asked: str) -> None:
    page = nadia.get("/mandates/clients/", {"q": asked}).content.decode()
    assert words(page).count("Client 2") == 2  # the row, and the name on its button
    [key] = re.findall(rf'value="({LAST}:employer:{OFFICE})"', page)

    answer = nadia.post("/act-for/", {"enterprise": key})

    assert answer.status_code == 302
    assert "You now act for Client 299." in nadia.get("/").content.decode()
    assert nadia.get("/presence/staff/").status_code == 200


def test_the_clients_come_in_pages_by_name(nadia: Client) -> None:
    first, last = text(nadia, "/mandates/clients/"), text(nadia, "/mandates/clients/?page=6")

    assert "300 clients" in first
    assert "Page 1 of 6" in first
    assert "Client 049" in first
    assert "Client 050" not in first
    assert "Client 299" in last


def test_nobody_of_that_name_is_said_and_leads_back(nadia: Client) -> None:
    assert "Nobody of this name or number" in text(nadia, "/mandates/clients/?q=zebra")
    assert "Nobody of this name or number" in text(
        nadia, "/mandates/clients/?q=" + "%00" + "x" * 500
    )


def test_somebody_without_a_client_reads_when_one_stands_there(someone: object) -> None:
    from guichet.demo import fixtures

    assert "No client by mandate" in text(signed_in(fixtures.W1), "/mandates/clients/")


@pytest.mark.parametrize(
    "key",
    [
        f"{LAST}:employer:{OTHER_OFFICE}",
        f"{LAST}:service_provider:{OFFICE}",
        f"{LAST}:employer",
        f"{_number(COUNT)}:employer:{OFFICE}",
    ],
)
def test_what_no_mandate_lends_is_refused(nadia: Client, key: str) -> None:
    assert nadia.post("/act-for/", {"enterprise": key}).status_code == 403


def test_somebody_else_reaches_no_client(someone: object) -> None:
    from guichet.demo import fixtures

    client = signed_in(fixtures.W1)
    assert client.post("/act-for/", {"enterprise": f"{LAST}:employer:{OFFICE}"}).status_code == 403


def test_the_list_of_the_provider_comes_in_pages_and_is_searched() -> None:
    koen = browser(KOEN, OFFICE)

    first, found = text(koen, "/mandates/"), text(koen, "/mandates/?q=client 007")

    assert "300 mandates in force" in first
    assert "Page 1 of 6" in first
    assert first.count("Client 2") >= 50
    assert "Client 007" in found
    assert "Client 008" not in found
    assert "Nobody of this name or number" in text(koen, "/mandates/?q=zebra")


def test_a_mandate_that_ended_opens_its_client_no_more(nadia: Client) -> None:
    with transaction(), acting(ACTOR, now=NOW):
        Lent.objects.filter(mandator__number=LAST).update(revoked_at=machine_now())

    assert nadia.post("/act-for/", {"enterprise": f"{LAST}:employer:{OFFICE}"}).status_code == 403
    assert "Client 299" not in text(nadia, "/mandates/clients/?page=6")
