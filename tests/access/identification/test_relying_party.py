"""Signing in at a provider: what is believed, what is refused, where one comes back to."""

from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from guichet.access.identification.models import Pseudonym, Session
from guichet.access.identification.provider import level_of
from guichet.access.rights import give_right
from guichet.audit.models import Entry
from guichet.demo import fixtures
from guichet.platform.db import savepoint
from tests.access.identification.fake_provider import FakeProvider, serving
from tests.portal.browsing import NOW, signed_in, words
from tests.portal.world import ACTOR, CLERK, STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
STAFF_DAY = "/presence/staff/"


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


def _way(page: str, *, nth: int = 1) -> dict[str, str]:
    """What the ``nth`` link of a page to the sign-in asks."""
    link = page.split('href="/sign-in/?')[nth].split('"', maxsplit=1)[0].replace("&amp;", "&")
    return {name: values[0] for name, values in parse_qs(link).items()}


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
    place = f"{STAFF_DAY}?day=2026-11-24&scope=sites"
    sent = _begin(client, provider, next=place, context="enterprise")
    provider.level, provider.amr = 200, ["password"]
    provider.person = {"enterpriseNumber": fixtures.E1}
    assert _return(client, sent)["Location"] == place

    led = client.get(place)
    page = client.get(led["Location"]).content.decode()
    sent = _begin(client, provider, **_way(page))
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
    place = f"{STAFF_DAY}?day=2026-11-24"
    led = client.get(place)
    page = client.get(led["Location"], follow=True).content.decode()
    assert "Sign in with a means of identification" in words(page)
    sent = _begin(client, provider, **_way(page))
    provider.person = {"enterpriseNumber": fixtures.E1}
    back = _return(client, sent)

    assert sent["acr_values"] == "urn:be:fedict:iam:fas:enterprise:Level300"
    assert back["Location"] == place
    assert client.get(place).status_code == 200


def test_sc80_in_production_the_sign_in_begins_at_once(
    provider: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    production = replace(settings.ENVIRONMENT, environment="production")
    monkeypatch.setattr(settings, "ENVIRONMENT", production)
    client = Client()

    led = client.get(STAFF_DAY)
    sent = client.get(led["Location"])

    assert led["Location"].startswith("/sign-in/?next=%2Fpresence%2Fstaff%2F&level=300")
    assert sent["Location"].startswith(f"{provider.issuer}/authorize?")
    assert "enterprise%3ALevel300" in sent["Location"]


def test_who_steps_up_goes_on_for_the_same_enterprise_in_the_same_quality(
    provider: FakeProvider, world: World
) -> None:
    for quality in ("service_provider", "employer"):
        with savepoint():
            give_right(
                niss=CLERK, enterprise_number=fixtures.E3, service="chaman", quality=quality,
                first_day=world.today, actor=ACTOR, now=NOW,
            )  # fmt: skip
    client = signed_in(CLERK, fixtures.E3, quality="service_provider", means="password", level=200)
    led = client.get("/channels/")
    assert led["Location"].startswith("/sign-in/step-up/?")
    sent = _begin(client, provider, **_way(client.get(led["Location"]).content.decode()))
    provider.level, provider.amr = 400, ["app"]
    provider.person = {"enterpriseNumber": fixtures.E3}

    _return(client, sent)

    row = Session.objects.get()
    assert (row.enterprise_number, row.quality, row.level) == (fixtures.E3, "service_provider", 400)


def test_who_represents_an_enterprise_without_a_right_enters_for_himself(
    provider: FakeProvider,
) -> None:
    client = Client()
    provider.person = {"enterpriseNumber": fixtures.E2}

    answer = _return(client, _begin(client, provider, context="enterprise"))
    page = client.get(answer["Location"]).content.decode()

    assert "You have no right for this enterprise yet" in page
    assert Session.objects.get().enterprise_number == ""


def test_two_windows_may_be_on_their_way_at_once(provider: FakeProvider) -> None:
    client = Client()
    first = _begin(client, provider, next="/sessions/")
    second = _begin(client, provider, next="/glossary/")

    back = _return(client, second, code="c-1")
    provider.nonce = first["nonce"]
    late = _return(client, first, code="c-2")

    assert back["Location"] == "/glossary/"
    assert late["Location"] == "/sessions/"


def test_an_answer_is_taken_once(provider: FakeProvider) -> None:
    client = Client()
    sent = _begin(client, provider)
    assert _return(client, sent).status_code == 302

    assert _return(client, sent, code="c-2").status_code == 403
    assert _reasons() == ["state"]


@pytest.mark.parametrize(
    ("announced", "identity", "reason"),
    [
        ({"id_token_signing_alg_values_supported": ["RS256"]}, {}, "token"),
        ({"id_token_signing_alg_values_supported": ["none", "HS256"]}, {}, "token"),
        ({"id_token_signing_alg_values_supported": None}, {}, "token"),
        ({"authorization_response_iss_parameter_supported": True}, {}, "answer"),
        ({}, {"aud": ["guichet-portal", "another"]}, "token"),
        ({}, {"azp": "another"}, "token"),
        ({}, {"aud": []}, "token"),
    ],
)
def test_a08_what_the_document_and_the_party_rule_out_is_refused(
    provider: FakeProvider, announced: dict[str, Any], identity: dict[str, Any], reason: str
) -> None:
    provider.announced, provider.identity = announced, identity
    client = Client()

    assert _return(client, _begin(client, provider)).status_code == 403
    assert _reasons() == [reason]


def test_several_audiences_with_us_as_the_party_are_believed(provider: FakeProvider) -> None:
    provider.identity = {"aud": ["guichet-portal", "another"], "azp": "guichet-portal"}
    client = Client()

    assert _return(client, _begin(client, provider)).status_code == 302


@pytest.mark.parametrize(
    "odd",
    [
        {"fedid": "\x00"}, {"fedid": 7}, {"enterpriseNumber": "\x00"}, {"enterpriseNumber": []},
        {"fedid": "x" * 5000},
    ],
)  # fmt: skip
def test_an_odd_claim_is_passed_over(provider: FakeProvider, odd: dict[str, Any]) -> None:
    provider.person = odd
    provider.identity = {"auth_time": 10**30, "amr": ["\x00", {}]}
    client = Client()

    assert _return(client, _begin(client, provider)).status_code == 302


@pytest.mark.parametrize("odd", [{"egovNRN": "\x00"}, {"egovNRN": "1" * 11}, {"egovNRN": {}}])
def test_an_odd_number_is_nobody(provider: FakeProvider, odd: dict[str, Any]) -> None:
    provider.person = odd | {"fedid": None}
    client = Client()

    assert _return(client, _begin(client, provider)).status_code == 403
    assert _reasons() == ["unknown_person"]


@pytest.mark.parametrize(
    ("acr", "level"),
    [
        ("urn:be:fedict:iam:fas:Level450", 450), ("urn:be:fedict:iam:fas:citizen:Level100", 100),
        ("Level999", 0), ("Level\u0664\u0660\u0660", 0), ("400", 0), ("", 0), ("eid", 0),
    ],
)  # fmt: skip
def test_a_level_is_one_of_the_six_or_none(acr: str, level: int) -> None:
    assert level_of(acr) == level


def test_a_number_that_was_replaced_keeps_its_pseudonym(provider: FakeProvider) -> None:
    client = Client()
    _return(client, _begin(client, provider))
    provider.niss = STAFF[0].niss
    _return(client, _begin(client, provider), code="c-2")

    link = Pseudonym.objects.get()

    assert link.person.niss == STAFF[0].niss
    assert link.issuer == provider.issuer


def test_a_provider_that_is_away_is_tried_again_with_the_same_wish(provider: FakeProvider) -> None:
    provider.is_down = True
    client = Client()

    answer = client.get("/sign-in/", {"next": STAFF_DAY, "level": "300", "context": "enterprise"})

    again = _way(answer.content.decode(), nth=2)
    assert answer.status_code == 503
    assert again == {"next": STAFF_DAY, "level": "300", "context": "enterprise"}


def test_signing_out_shows_the_way_to_sign_out_at_the_provider(provider: FakeProvider) -> None:
    provider.announced = {"end_session_endpoint": f"{provider.issuer}/end"}
    client = Client()
    _return(client, _begin(client, provider))

    left = client.post("/sign-out/", follow=True)

    place = escape(
        f"{provider.issuer}/end?"
        + urlencode(
            {
                "client_id": "guichet-portal",
                "post_logout_redirect_uri": f"{settings.ENVIRONMENT.url}/",
            }
        )
    )
    assert left.redirect_chain == [("/signed-out/", 302)]
    assert f'href="{place}"' in left.content.decode()
    assert not Session.objects.exists()


@pytest.mark.parametrize("is_down", [True, False])
def test_a_provider_without_a_way_out_leaves_a_plain_page(
    provider: FakeProvider, is_down: bool
) -> None:
    client = Client()
    _return(client, _begin(client, provider))
    client.post("/sign-out/")
    provider.is_down = is_down

    page = client.get("/signed-out/").content.decode()

    assert "You are signed out" in words(page)
    assert provider.issuer not in page


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
