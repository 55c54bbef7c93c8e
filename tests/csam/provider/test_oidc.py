"""The OpenID provider: question, code, tokens, and what it refuses."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from guichet.audit.models import Entry
from guichet.csam.provider import acr, clients
from guichet.csam.provider.models import Login
from guichet.demo import fixtures
from guichet.platform import clock
from guichet.rules.assurance import Means
from tests.csam.relying_party import ACTOR, AMINA, BASE, URN, RelyingParty, a_person, returned

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.mark.parametrize(
    ("values", "context", "level"),
    [
        ("", "citizen", 100),
        (f"{URN}Level300", "citizen", 300),
        (f"{URN}citizen:Level400", "citizen", 400),
        (f"{URN}enterprise:Level500", "enterprise", 500),
        (f"{URN}Level500 {URN}Level400", "citizen", 400),
        (f"{URN}enterprise:Level450 {URN}citizen:Level500", "enterprise", 450),
        (f"{URN}Level250 {URN}citizen:Level400x eid", "citizen", 100),
        (f"{URN}Level400\n", "citizen", 400),
    ],
)
def test_the_values_of_acr(values: str, context: str, level: int) -> None:
    assert acr.asked(values) == acr.Asked(context, level)


def test_the_discovery_document_names_what_exists(party: RelyingParty) -> None:
    document = Client().get(f"{BASE}/.well-known/openid-configuration").json()

    assert document["issuer"] == settings.ENVIRONMENT.sign_in_issuer
    for name in ("authorization", "token", "userinfo"):
        path = document[f"{name}_endpoint"].removeprefix(settings.ENVIRONMENT.csam_url)
        assert Client().get(path).status_code in (400, 401, 405)
    assert f"{URN}enterprise:Level450" in document["acr_values_supported"]
    assert document["code_challenge_methods_supported"] == ["S256"]


def test_a_sign_in_ends_with_tokens_that_say_who_and_how(party: RelyingParty) -> None:
    a_person()
    party.ask()

    parts = returned(party.identify(level=450, means=Means.ITSME))
    answer = party.redeem(parts["code"])

    assert parts["state"] == "state-1"
    assert parts["iss"] == settings.ENVIRONMENT.sign_in_issuer
    body = answer.json()
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 300)
    claims = party.read(body["id_token"])
    assert claims["aud"] == settings.ENVIRONMENT.client_id
    assert claims["nonce"] == "nonce-1"
    assert claims["acr"] == f"{URN}citizen:Level450"
    assert claims["amr"] == ["itsme"]
    assert AMINA not in str(claims)
    told = party.userinfo(body["access_token"])
    assert told["Content-Type"] == "application/jwt"
    person = party.read(told.content.decode())
    assert person["sub"] == claims["sub"]
    assert (person["egovNRN"], person["givenName"], person["surname"]) == (
        AMINA,
        "Amina",
        "Roussel",
    )
    assert person["assurance_level"] == 450


def test_without_the_scope_the_number_is_not_told(party: RelyingParty) -> None:
    a_person()
    party.ask(scope="openid")
    body = party.redeem(returned(party.identify())["code"]).json()

    person = party.read(party.userinfo(body["access_token"]).content.decode())

    assert "egovNRN" not in person
    assert "givenName" not in person


def test_a_code_is_good_once_and_its_replay_takes_the_token_back(party: RelyingParty) -> None:
    a_person()
    party.ask()
    code = returned(party.identify())["code"]
    access = party.redeem(code).json()["access_token"]
    assert party.userinfo(access).status_code == 200

    second = party.redeem(code)

    assert (second.status_code, second.json()) == (400, {"error": "invalid_grant"})
    assert party.userinfo(access).status_code == 401
    assert Entry.objects.using("audit").filter(action="csam.code.replayed").count() == 1


def test_a_code_is_good_for_a_minute(party: RelyingParty, monkeypatch: pytest.MonkeyPatch) -> None:
    a_person()
    party.ask()
    code = returned(party.identify())["code"]
    later = clock.now() + timedelta(seconds=61)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert party.redeem(code).json() == {"error": "invalid_grant"}


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"secret": "wrong"}, "invalid_client"),
        ({"client_id": "nobody"}, "invalid_client"),
        ({"code_verifier": "w" * 64}, "invalid_grant"),
        ({"code_verifier": None}, "invalid_grant"),
        ({"redirect_uri": "https://elsewhere.example/"}, "invalid_grant"),
        ({"code": "guessed"}, "invalid_grant"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": None}, "invalid_request"),
    ],
)
def test_what_is_not_redeemed(party: RelyingParty, changed: dict[str, Any], error: str) -> None:
    a_person()
    party.ask()
    given_code = {"code": returned(party.identify())["code"]} | changed
    answer = party.redeem(given_code.pop("code"), **given_code)

    assert answer.json() == {"error": error}
    assert answer.status_code == (401 if error == "invalid_client" else 400)
    assert answer["Cache-Control"] == "no-store"


def test_a_code_of_one_relying_party_is_nothing_to_another(party: RelyingParty) -> None:
    a_person()
    place = "https://other.example/cb"
    secret = clients.register(
        client_id="other", name="Other", redirect_uris=[place], actor=ACTOR, now=clock.now()
    )
    party.ask()
    code = returned(party.identify())["code"]

    answer = party.redeem(code, secret=secret, client_id="other")

    assert answer.json() == {"error": "invalid_grant"}


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "nobody"},
        {"client_id": None},
        {"redirect_uri": "https://elsewhere.example/"},
        {"redirect_uri": None},
        {"client_id": "a\x00b"},
    ],
)
def test_nobody_is_sent_to_an_address_that_is_not_the_relying_partys(
    party: RelyingParty, changed: dict[str, Any]
) -> None:
    answer = party.ask(**changed)

    assert answer.status_code == 400
    assert "Location" not in answer


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": None}, "invalid_request"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"scope": None}, "invalid_scope"),
        ({"prompt": "none"}, "login_required"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"request": "x.y.z"}, "request_not_supported"),
        ({"request_uri": "https://x.example"}, "request_uri_not_supported"),
        ({"nonce": "n" * 600}, "invalid_request"),
        ({"response_mode": "fragment"}, "invalid_request"),
    ],
)
def test_a_wrong_question_goes_back_with_its_error(
    party: RelyingParty, changed: dict[str, Any], error: str
) -> None:
    parts = returned(party.ask(**changed))

    assert (parts["error"], parts["state"]) == (error, "state-1")
    assert not Login.objects.exists()


@trying(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changed=st.dictionaries(
        st.sampled_from(["scope", "state", "nonce", "acr_values", "ui_locales", "code_challenge",
                         "prompt", "means", "response_type", "client_id", "redirect_uri"]),
        st.text(max_size=700), max_size=4,
    )
)  # fmt: skip
def test_no_question_is_an_accident(party: RelyingParty, changed: dict[str, str]) -> None:
    assert party.ask(**changed).status_code in (303, 400)


@trying(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=300), authorization=st.from_regex(r"[ -~]{0,60}", fullmatch=True))
def test_no_token_request_is_an_accident(
    party: RelyingParty, body: bytes, authorization: str
) -> None:
    answer = Client().post(
        f"{BASE}/access_token", body, content_type="application/x-www-form-urlencoded",
        headers={"Authorization": f"Basic {authorization}"},
    )  # fmt: skip

    assert answer.status_code in (400, 401, 429)


def test_too_low_a_level_is_a_page_and_the_sign_in_stays_open(party: RelyingParty) -> None:
    a_person()
    party.ask(acr_values=f"{URN}Level400")

    answer = party.identify(level=200, means=Means.PASSWORD)

    assert answer.status_code == 403
    assert party.login.state == Login.State.OPEN
    assert returned(party.identify(level=400, means=Means.APP))["code"]


def test_a_means_that_the_service_does_not_accept_is_not_enough(party: RelyingParty) -> None:
    a_person()
    party.ask(means="eid card")

    assert party.identify(level=450, means=Means.ITSME).status_code == 403


def test_a_number_that_no_register_knows_is_a_page(party: RelyingParty) -> None:
    party.ask()

    answer = party.identify(niss=fixtures.W3)

    assert answer.status_code == 403
    assert fixtures.W3 not in answer.content.decode()


def test_identified_twice_in_two_windows_answers_once(party: RelyingParty) -> None:
    a_person()
    party.ask()
    first, second = party.identify(), party.identify()

    assert returned(first)["code"]
    assert second.status_code == 403


@pytest.mark.parametrize("fault", ["low", "unknown", "nonce", "unsigned", "expired", "error"])
def test_an_answer_with_a_fault_has_that_fault(party: RelyingParty, fault: str) -> None:
    a_person()
    party.ask()
    party.browser.post("/sign-in/fault/", {"fault": fault})
    parts = returned(party.identify())
    if fault == "error":
        assert parts["error"] == "server_error"
        return
    body = party.redeem(parts["code"]).json()
    claims = party.read(body["id_token"])
    told = party.userinfo(body["access_token"])

    assert (claims["acr"] == f"{URN}citizen:Level100") == (fault == "low")
    assert (claims["nonce"] != "nonce-1") == (fault == "nonce")
    assert (claims["exp"] < clock.now().timestamp()) == (fault == "expired")
    assert (told["Content-Type"] == "application/json") == (fault == "unsigned")
    if fault == "unknown":
        assert party.read(told.content.decode())["egovNRN"] != AMINA


def test_in_production_no_fault_can_be_chosen(
    party: RelyingParty, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    party.ask()
    production = replace(settings.ENVIRONMENT, environment="production")
    monkeypatch.setattr(settings, "ENVIRONMENT", production)

    assert party.browser.post("/sign-in/fault/", {"fault": "low"}).status_code == 404
    assert "fault" not in party.browser.get("/sign-in/").content.decode()
