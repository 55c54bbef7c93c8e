"""Signing in at a provider: what is believed, what is refused, where one comes back to."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from guichet.audit.models import Entry
from guichet.demo import fixtures
from tests.access.identification.fake_provider import FakeProvider, serving
from tests.portal.browsing import NOW, words
from tests.portal.world import CLERK, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
STAFF = "/presence/staff/"


@pytest.fixture
def provider(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeProvider]:
    """A provider of somebody else, as the settings name it."""
    with serving(now=NOW.timestamp()) as served:
        changed = replace(settings.ENVIRONMENT, sign_in_issuer=served.issuer)
        monkeypatch.setattr(settings, "ENVIRONMENT", changed)
        served.niss = CLERK
        yield served


def _begin(client: Client, provider: FakeProvider, **asked: str) -> dict[str, str]:
    """Go to the sign-in; the parameters with which the browser reaches the provider."""
    answer = client.get("/sign-in/", asked)
    assert answer["Location"].startswith(f"{provider.issuer}/authorize?")
    sent = {
        name: values[0] for name, values in parse_qs(urlsplit(answer["Location"]).query).items()
    }
    provider.nonce = sent["nonce"]
    return sent


def _return(client: Client, sent: dict[str, str], **changed: str) -> Any:
    return client.get("/sign-in/callback/", {"code": "c-1", "state": sent["state"]} | changed)


def _reasons() -> list[str]:
    entries = Entry.objects.using("audit").filter(action="access.signIn.refused")
    return list(entries.values_list("reason", flat=True))


def test_a05_level_450_opens_a_service_that_asks_for_400(provider: FakeProvider) -> None:
    client = Client()
    sent = _begin(client, provider, next="/sessions/", level="400")
    provider.level, provider.amr = 450, ["bmid"]

    answer = _return(client, sent)

    assert sent["acr_values"] == "urn:be:fedict:iam:fas:citizen:Level400"
    assert answer["Location"] == "/sessions/"
    assert "itsme" in words(client.get("/sessions/").content.decode())
    [form] = provider.redeemed
    assert form["code_verifier"]
    assert form["redirect_uri"] == f"{settings.ENVIRONMENT.url}/sign-in/callback/"


def test_a06_level_200_leads_to_step_up_and_the_code_of_the_app_to_the_page(
    provider: FakeProvider,
) -> None:
    client = Client()
    place = f"{STAFF}?day=2026-11-24&scope=sites"
    sent = _begin(client, provider, next=place, context="enterprise")
    provider.level, provider.amr = 200, ["password"]
    provider.person = {"enterpriseNumber": fixtures.E1}
    assert _return(client, sent)["Location"] == place

    led = client.get(place)
    page = client.get(led["Location"]).content.decode()
    link = page.split('href="/sign-in/?')[1].split('"')[0].replace("&amp;", "&")
    asked = {name: values[0] for name, values in parse_qs(link).items()}
    sent = _begin(client, provider, **asked)
    provider.level, provider.amr = 400, ["app"]
    back = _return(client, sent, code="c-2")

    assert "level 200. This page asks for level 300" in words(page)
    assert sent["acr_values"] == "urn:be:fedict:iam:fas:enterprise:Level300"
    assert "card" not in sent["means"].split()
    assert back["Location"] == place
    assert client.get(place).status_code == 200


def test_a07_less_than_asked_is_refused_even_with_a_good_signature(provider: FakeProvider) -> None:
    client = Client()
    sent = _begin(client, provider, level="400")
    provider.level = 300

    answer = _return(client, sent)

    assert answer.status_code == 403
    assert client.get("/sessions/").status_code == 302
    assert _reasons() == ["level"]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"identity": {"nonce": "another"}}, "nonce"),
        ({"identity": {"nonce": None}}, "nonce"),
        ({"signs_userinfo": False}, "userinfo"),
        ({"foreign_key": True}, "token"),
        ({"algorithm": "none"}, "token"),
        ({"identity": {"aud": "somebody-else"}}, "token"),
        ({"identity": {"iss": "https://elsewhere.example"}}, "token"),
        ({"identity": {"exp": int(NOW.timestamp()) - 61}}, "token"),
        ({"identity": {"exp": None}}, "token"),
        ({"identity": {"iat": int(NOW.timestamp()) + 600}}, "token"),
        ({"identity": {"sub": "another"}}, "subject"),
        ({"person": {"sub": None}}, "subject"),
        ({"person": {"aud": "somebody-else"}}, "token"),
        ({"identity": {"acr": "eid"}}, "level"),
        ({"token_status": 400}, "code"),
    ],
)
def test_a08_what_was_tampered_with_is_refused_and_kept_on_record(
    provider: FakeProvider, fault: dict[str, Any], reason: str
) -> None:
    client = Client()
    sent = _begin(client, provider, level="300")
    for name, value in fault.items():
        setattr(provider, name, value)

    answer = _return(client, sent)

    assert answer.status_code == 403
    assert "This sign-in was refused" in answer.content.decode()
    assert reason not in words(answer.content.decode()).split()
    assert client.get("/sessions/").status_code == 302
    assert _reasons() == [reason]


@pytest.mark.parametrize("changed", [{"state": "another"}, {"state": ""}, {"iss": "https://x"}])
def test_a08_another_state_or_issuer_is_refused(
    provider: FakeProvider, changed: dict[str, str]
) -> None:
    client = Client()
    sent = _begin(client, provider)

    assert _return(client, sent, **changed).status_code == 403
    assert provider.redeemed == []


def test_a08_a_code_used_before_opens_nothing(provider: FakeProvider) -> None:
    client = Client()
    sent = _begin(client, provider)
    assert _return(client, sent).status_code == 302
    second = Client()
    sent = _begin(second, provider)

    assert _return(second, sent).status_code == 403
    assert _reasons() == ["code"]


def test_a08_the_answer_of_one_browser_is_nothing_in_another(provider: FakeProvider) -> None:
    sent = _begin(Client(), provider)

    assert _return(Client(), sent).status_code == 403


def test_a09_cancelling_comes_back_with_a_text_and_the_language(provider: FakeProvider) -> None:
    client = Client(headers={"Accept-Language": "fr"})
    sent = _begin(client, provider)

    answer = client.get(
        "/sign-in/callback/", {"error": "access_denied", "state": sent["state"]}, follow=True
    )

    assert sent["ui_locales"] == "fr"
    page = answer.content.decode()
    assert '<html lang="fr"' in page
    assert "Rien n\u2019a été modifié" in page


def test_a_provider_that_is_away_is_a_page_that_says_so(provider: FakeProvider) -> None:
    client = Client()
    sent = _begin(client, provider)
    provider.is_down = True

    answer = _return(client, sent)

    assert answer.status_code == 503
    assert answer["Retry-After"]


def test_an_unknown_number_is_a_page_without_the_number(provider: FakeProvider) -> None:
    client = Client()
    sent = _begin(client, provider)
    provider.niss = "93051822361"

    answer = _return(client, sent)

    assert answer.status_code == 403
    assert "93051822361" not in answer.content.decode()
    assert _reasons() == ["unknown_person"]


def test_without_a_number_the_linked_pseudonym_is_the_person_and_mail_never_is(
    provider: FakeProvider,
) -> None:
    client = Client()
    _return(client, _begin(client, provider))
    known, stranger = Client(), Client()
    provider.person = {"egovNRN": None, "mail": "sofie@example.org"}
    back = _return(known, _begin(known, provider), code="c-2")
    provider.person = {"egovNRN": None, "fedid": "fed-2", "mail": "sofie@example.org"}
    refused = _return(stranger, _begin(stranger, provider), code="c-3")

    assert back.status_code == 302
    assert "Sofie" in known.get("/").content.decode()
    assert refused.status_code == 403


def test_sc80_a_secured_page_leads_to_the_sign_in_and_back_to_itself(
    provider: FakeProvider,
) -> None:
    client = Client()
    led = client.get(f"{STAFF}?day=2026-11-24")
    page = client.get(led["Location"], follow=True).content.decode()
    link = page.split('href="/sign-in/?')[1].split('"')[0].replace("&amp;", "&")
    asked = {name: values[0] for name, values in parse_qs(link).items()}

    sent = _begin(client, provider, **asked)
    back = _return(client, sent)

    assert back["Location"] == f"{STAFF}?day=2026-11-24"


@pytest.mark.parametrize("place", ["https://elsewhere.example/", "//elsewhere.example", "x"])
def test_the_sign_in_leads_nowhere_but_to_our_own_pages(provider: FakeProvider, place: str) -> None:
    client = Client()
    sent = _begin(client, provider, next=place)

    assert _return(client, sent)["Location"] == "/"


@trying(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    given_back=st.dictionaries(
        st.sampled_from(["code", "state", "error", "iss"]), st.text(max_size=200)
    )
)
def test_no_answer_is_an_accident(provider: FakeProvider, given_back: dict[str, str]) -> None:
    client = Client()
    _begin(client, provider)

    assert client.get("/sign-in/callback/", given_back).status_code in (302, 403, 503)


@trying(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    asked=st.dictionaries(
        st.sampled_from(["next", "level", "means", "context"]), st.text(max_size=300)
    )
)
def test_no_way_to_the_sign_in_is_an_accident(
    provider: FakeProvider, asked: dict[str, str]
) -> None:
    assert Client().get("/sign-in/", asked).status_code == 302
    assert Client().get("/sign-in/step-up/", asked).status_code == 302
