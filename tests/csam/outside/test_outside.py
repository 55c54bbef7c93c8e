"""itsme and eIDAS, simulated outside: what they say is worth here."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from guichet.csam.outside import identities, itsme
from guichet.csam.outside.copies import CopyRefused, read
from guichet.csam.outside.identities import TestIdentity
from guichet.csam.outside.models import EidasLink
from guichet.demo import fixtures
from guichet.kernel.niss import Niss
from guichet.platform import clock
from guichet.platform.db import savepoint
from guichet.registers.addresses import Address
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons.models import Person
from tests.csam.relying_party import ACTOR, AMINA, URN, RelyingParty, a_person, returned

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
KAREL = {
    "identifier": "PL/8842", "given_name": "Karel", "family_name": "Wójcik",
    "born_on": "1988-02-03", "sex": "male", "level": "400",
}  # fmt: skip
CONTACT = {"email": "karel@example.org", "phone": "+48 600 00 00 00", "number": ""}


@pytest.fixture
def apps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two people with an app: one with a Belgian card, one with a Dutch one."""
    monkeypatch.setattr(identities, "_IDENTITIES", {})
    for key, country, phone in (("be", "BE", "+32 470 00 00 01"), ("nl", "NL", "+31 6 00 00 02")):
        identities.offer(TestIdentity(key, AMINA, "Amina", "Roussel", country, phone))


def _ask(party: RelyingParty, **changed: Any) -> None:
    party.ask(acr_values=f"{URN}citizen:Level400", ui_locales="en", **changed)


@pytest.mark.parametrize("phone", ["+32 470 00 00 01", "0032470000001", "0470/00.00.01"])
def test_itsme_asks_the_app_and_signs_in_at_450(
    apps: None, party: RelyingParty, phone: str
) -> None:
    a_person()
    _ask(party)
    led = party.browser.post("/outside/itsme/", {"phone": phone})
    assert itsme.PIN in party.browser.get(led["Location"]).content.decode()

    parts = returned(party.browser.post(led["Location"], {"pin": itsme.PIN}))

    claims = party.read(party.redeem(parts["code"]).json()["id_token"])
    assert claims["acr"] == f"{URN}citizen:Level450"
    assert claims["amr"] == ["bmid"]


def test_three_wrong_pins_end_the_question(apps: None, party: RelyingParty) -> None:
    a_person()
    _ask(party)
    party.browser.post("/outside/itsme/", {"identity": "be"})

    answers = [party.browser.post("/outside/itsme/app/", {"pin": "00000"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [422, 422, 403]
    assert party.browser.get("/outside/itsme/app/")["Location"] == "/outside/itsme/"


def test_a_question_that_is_not_answered_in_three_minutes_is_over(
    apps: None, party: RelyingParty, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_person()
    _ask(party)
    party.browser.post("/outside/itsme/", {"identity": "be"})
    later = clock.now() + timedelta(minutes=3)
    monkeypatch.setattr(clock, "now", lambda: later)

    answer = party.browser.post("/outside/itsme/app/", {"pin": itsme.PIN})

    assert answer.status_code == 403
    assert "not answered in time" in answer.content.decode()


def test_refusing_in_the_app_signs_nobody_in(apps: None, party: RelyingParty) -> None:
    a_person()
    _ask(party)
    party.browser.post("/outside/itsme/", {"identity": "be"})

    answer = party.browser.post("/outside/itsme/app/", {"answer": "refuse"})

    assert answer.status_code == 403
    assert party.login.person is None


def test_an_unknown_telephone_is_said_at_its_field(apps: None, party: RelyingParty) -> None:
    _ask(party)

    answer = party.browser.post("/outside/itsme/", {"phone": "+32 499 99 99 99"})

    assert answer.status_code == 422
    assert "No app of the demonstration has this telephone number" in answer.content.decode()


def test_the_representative_of_a_foreign_enterprise_needs_a_belgian_card_for_itsme(
    apps: None, party: RelyingParty
) -> None:
    a_person()
    today = clock.today(clock.now())
    with savepoint():
        enterprises.register(
            enterprise=EnterpriseRecord(
                number=fixtures.E1, name_en="Abroad BV", address=Address(country="NL")
            ),
            actor=ACTOR,
            now=clock.now(),
        )
        enterprises.add_function(
            number=fixtures.E1, niss=AMINA, function="director", first_day=today, actor=ACTOR,
            now=clock.now(),
        )  # fmt: skip
    party.ask(acr_values=f"{URN}enterprise:Level400", ui_locales="en")
    party.browser.post("/outside/itsme/", {"identity": "nl"})

    refused = party.browser.post("/outside/itsme/app/", {"pin": itsme.PIN})
    party.browser.post("/outside/itsme/", {"identity": "be"})
    accepted = party.browser.post("/outside/itsme/app/", {"pin": itsme.PIN})

    assert refused.status_code == 403
    assert "Belgian card" in refused.content.decode()
    assert accepted["Location"] == "/sign-in/enterprise/"


def test_a16_the_first_eidas_makes_a_bis_number_and_the_second_finds_the_person(
    party: RelyingParty,
) -> None:
    _ask(party)
    led = party.browser.post("/outside/eidas/", {"country": "PL"})
    first = party.browser.post(led["Location"], KAREL)
    assert first["Location"] == "/outside/eidas/first/"
    empty = party.browser.post("/outside/eidas/first/", {})
    assert empty.status_code == 422
    assert "Enter your e-mail address" in empty.content.decode()
    assert "Enter your telephone number" in empty.content.decode()

    made = party.browser.post("/outside/eidas/first/", CONTACT)

    person = Person.objects.get(family_name="Wójcik")
    number = Niss.parse(person.niss)
    assert number.is_bis
    assert person.niss[2:4] == "42"
    page = party.browser.get(made["Location"]).content.decode()
    assert number.formatted() in page
    assert returned(party.browser.post("/outside/eidas/number/"))["code"]
    assert "8842" not in EidasLink.objects.get().identifier

    again = RelyingParty()
    _ask(again)
    again.browser.post("/outside/eidas/", {"country": "PL"})
    parts = returned(again.browser.post("/outside/eidas/from/PL/", KAREL))
    told = again.userinfo(again.redeem(parts["code"]).json()["access_token"])
    assert again.read(told.content.decode())["egovNRN"] == person.niss
    assert Person.objects.filter(family_name="Wójcik").count() == 1


def test_somebody_who_has_a_number_is_linked_to_it_when_names_and_birth_date_agree(
    party: RelyingParty,
) -> None:
    a_person()
    _ask(party)
    said = KAREL | {
        "given_name": "Amina", "family_name": "Roussel", "born_on": "1985-07-31", "sex": "female",
    }  # fmt: skip
    party.browser.post("/outside/eidas/from/PL/", said)

    wrong = party.browser.post("/outside/eidas/first/", CONTACT | {"number": fixtures.W1})
    right = party.browser.post("/outside/eidas/first/", CONTACT | {"number": AMINA})

    assert wrong.status_code == 422
    assert "does not go with your names" in wrong.content.decode()
    assert returned(right)["code"]
    assert EidasLink.objects.get().person.niss == AMINA


def test_a_substantial_identification_is_not_enough_for_level_500(party: RelyingParty) -> None:
    party.ask(acr_values=f"{URN}citizen:Level500")
    party.browser.post("/outside/eidas/from/PL/", KAREL)
    party.browser.post("/outside/eidas/first/", CONTACT)

    answer = party.browser.post("/outside/eidas/number/")

    assert answer.status_code == 403


def test_a_country_that_is_not_recognised_is_a_404(party: RelyingParty) -> None:
    _ask(party)

    assert party.browser.get("/outside/eidas/from/FR/").status_code == 404
    assert party.browser.post("/outside/eidas/", {"country": "FR"}).status_code == 422


def test_nothing_pending_leads_back_to_the_means(party: RelyingParty) -> None:
    _ask(party)

    for place in ("/outside/eidas/first/", "/outside/eidas/number/"):
        assert party.browser.get(place)["Location"] == "/sign-in/"


def test_without_a_provider_plugged_in_the_pages_do_not_exist(
    party: RelyingParty, monkeypatch: pytest.MonkeyPatch
) -> None:
    from guichet.csam.outside import port

    monkeypatch.setattr(port, "_PLUGGED", {})
    _ask(party)

    assert party.browser.get("/outside/itsme/").status_code == 404
    assert party.browser.get("/outside/eidas/").status_code == 404


@trying(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.one_of(
        st.binary(max_size=300),
        st.binary(max_size=200).map(lambda rest: b"\x89PNG\r\n\x1a\n" + rest),
        st.binary(max_size=200).map(lambda rest: b"\xff\xd8\xff" + rest),
        st.binary(max_size=200).map(lambda rest: b"%PDF-1.7" + rest),
    )
)
def test_no_copy_of_a_document_is_an_accident(data: bytes) -> None:
    try:
        outcome = "kept" if read(data).data else "nothing"
    except CopyRefused as refusal:
        outcome = refusal.code

    assert outcome in {"kept", "empty", "too_large", "type", "damaged", "active"}


def test_in_production_without_agreement_nobody_gives_numbers(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from guichet.csam.outside import numbers

    real = replace(settings.ENVIRONMENT, environment="production")
    monkeypatch.setattr(settings, "ENVIRONMENT", real)

    with pytest.raises(numbers.NoIssuer):
        numbers.issuer()
