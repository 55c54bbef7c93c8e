"""The pages of the sign-in: tiles, cancelling, the enterprise, the profile."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import DjangoAssertNumQueries

from guichet.access.rights import give_right
from guichet.csam.provider import logins, profile_session
from guichet.csam.provider.models import Login
from guichet.demo import fixtures
from guichet.platform import clock
from guichet.platform.db import savepoint
from guichet.platform.routes import declared
from tests.csam.relying_party import ACTOR, AMINA, URN, RelyingParty, a_person, returned

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def test_a09_cancelling_goes_back_with_access_denied_and_the_state(party: RelyingParty) -> None:
    party.ask(ui_locales="nl-BE")
    assert party.browser.cookies[settings.LANGUAGE_COOKIE_NAME].value == "nl"

    parts = returned(party.browser.post("/sign-in/cancel/"))

    assert (parts["error"], parts["state"]) == ("access_denied", "state-1")
    assert party.browser.get("/sign-in/").status_code == 403


def test_the_sign_in_page_says_for_whom_and_which_level(party: RelyingParty) -> None:
    party.ask(ui_locales="en", acr_values=f"{URN}Level400")

    page = party.browser.get("/sign-in/").content.decode()

    assert "You sign in for Guichet" in page
    assert "level 400 of 500" in page


def test_the_tiles_cost_one_query_and_their_forms_share_one_token(
    party: RelyingParty, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    party.ask(acr_values=f"{URN}citizen:Level100")

    with django_assert_num_queries(1):
        page = party.browser.get("/sign-in/").content.decode()

    tokens = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert len(tokens) > 3
    assert len(set(tokens)) == 1
    again = party.browser.get("/sign-in/").content.decode()
    assert tokens[0] not in again


def test_a_form_may_lead_back_to_the_relying_party_and_nowhere_else(party: RelyingParty) -> None:
    party.ask()

    policy = party.browser.get("/sign-in/")["Content-Security-Policy"]

    assert f"form-action 'self' {settings.ENVIRONMENT.url};" in policy
    assert "form-action 'self';" in Client().get("/")["Content-Security-Policy"]


def test_without_a_sign_in_the_page_says_where_to_begin(party: RelyingParty) -> None:
    answer = Client().get("/sign-in/")

    assert answer.status_code == 403
    assert "This sign-in has ended" in answer.content.decode()


def test_a_sign_in_ends_after_half_an_hour(
    party: RelyingParty, monkeypatch: pytest.MonkeyPatch
) -> None:
    party.ask()
    later = clock.now() + logins.LIFETIME
    monkeypatch.setattr(clock, "now", lambda: later)

    assert party.browser.get("/sign-in/").status_code == 403


def test_another_browser_has_no_part_in_a_sign_in(party: RelyingParty) -> None:
    party.ask()
    stranger = Client()
    stranger.cookies[logins.COOKIE] = "guessed"

    assert stranger.get("/sign-in/").status_code == 403


def _with_enterprises() -> None:
    today = clock.today(clock.now())
    fixtures.load_fixtures(today=today, now=clock.now())
    a_person()
    with savepoint():
        for number in (fixtures.E1, fixtures.E2):
            give_right(
                niss=AMINA, enterprise_number=number, service="presence",
                first_day=today - timedelta(days=1), actor=ACTOR, now=clock.now(),
            )  # fmt: skip


def test_for_an_enterprise_the_person_chooses_among_his_own(party: RelyingParty) -> None:
    _with_enterprises()
    party.ask(acr_values=f"{URN}enterprise:Level300", scope="openid egovnrn enterprise")
    assert party.identify()["Location"] == "/sign-in/enterprise/"
    page = party.browser.get("/sign-in/enterprise/").content.decode()
    assert fixtures.E1 in page
    assert fixtures.E3 not in page

    foreign = party.browser.post("/sign-in/enterprise/", {"enterprise": fixtures.E3})
    own = party.browser.post("/sign-in/enterprise/", {"enterprise": fixtures.E1})

    assert foreign.status_code == 422
    body = party.redeem(returned(own)["code"]).json()
    told = party.read(party.userinfo(body["access_token"]).content.decode())
    assert told["enterpriseNumber"] == fixtures.E1


def test_who_acts_for_no_enterprise_is_told_so(party: RelyingParty) -> None:
    a_person()
    party.ask(acr_values=f"{URN}enterprise:Level300")
    party.identify()

    page = party.browser.get("/sign-in/enterprise/").content.decode()

    assert "Vous n" in page or "You act for no enterprise" in page


def test_the_enterprise_is_not_asked_of_somebody_not_yet_identified(party: RelyingParty) -> None:
    party.ask(acr_values=f"{URN}enterprise:Level300")

    assert party.browser.get("/sign-in/enterprise/")["Location"] == "/sign-in/"


def _in_profile(party: RelyingParty, level: int = 500) -> Client:
    a_person()
    party.browser.get("/profile/sign-in/", {"next": "/profile/", "level": "100"})
    request = party.request()
    login = party.login
    from guichet.csam.provider.logins import Identified
    from guichet.rules.assurance import Means

    answer = logins.finish(
        request,
        login=login,
        identified=Identified(niss=AMINA, level=level, means=Means.EID, amr=("eid",)),
        now=clock.now(),
    )
    assert answer["Location"] == "/profile/"
    request.session.save()
    party.browser.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key or ""
    return party.browser


def test_the_profile_asks_to_sign_in_and_comes_back(party: RelyingParty) -> None:
    answer = party.browser.get("/profile/")

    assert answer["Location"].startswith("/profile/sign-in/?next=%2Fprofile%2F&level=100")
    browser = _in_profile(party)
    assert "Amina" in browser.get("/profile/").content.decode()


@pytest.mark.parametrize(
    "place", ["https://elsewhere.example/", "//elsewhere.example", "x", "/\\x"]
)
def test_the_profile_never_leads_elsewhere(party: RelyingParty, place: str) -> None:
    party.browser.get("/profile/sign-in/", {"next": place, "level": "999"})

    assert party.login.path in ("", "/")
    assert party.login.min_level == 100


def test_signing_out_of_the_profile_closes_it(party: RelyingParty) -> None:
    browser = _in_profile(party)

    browser.post("/profile/sign-out/")

    assert browser.get("/profile/").status_code == 302


def test_the_relying_party_can_end_the_profile_too(party: RelyingParty) -> None:
    browser = _in_profile(party)
    place = f"{settings.ENVIRONMENT.url}/"

    answer = browser.get(
        "/fas/oauth2/connect/endSession",
        {"client_id": settings.ENVIRONMENT.client_id, "post_logout_redirect_uri": place},
    )

    assert answer["Location"] == place
    assert browser.get("/profile/").status_code == 302
    assert (
        browser.get(
            "/fas/oauth2/connect/endSession",
            {
                "client_id": settings.ENVIRONMENT.client_id,
                "post_logout_redirect_uri": "https://elsewhere.example/",
            },
        ).status_code
        == 200
    )


def test_the_profile_closes_after_twenty_idle_minutes(party: RelyingParty) -> None:
    browser = _in_profile(party)

    browser.get("/profile/")

    assert browser.session.get_expiry_age() == profile_session.IDLE_SECONDS


def _routes(patterns: list[URLPattern | URLResolver]) -> list[URLPattern]:
    found: list[URLPattern] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found += _routes(pattern.url_patterns)
        else:
            found.append(pattern)
    return found


def test_every_route_of_the_provider_declares_its_access() -> None:
    routes = _routes(get_resolver("guichet.config.urls_csam").url_patterns)

    assert [str(route.pattern) for route in routes if declared(route.callback) is None] == []
    assert len(routes) > 15


def test_old_sign_ins_are_forgotten(party: RelyingParty) -> None:
    party.ask()

    assert logins.forget(now=clock.now() + timedelta(days=1, minutes=31)) == 1
    assert not Login.objects.exists()


@pytest.mark.parametrize("place", ["/", "/help/", "/glossary/", "/accessibility/", "/privacy/"])
def test_the_pages_at_the_foot_stand_on_this_origin_too(csam: None, db: None, place: str) -> None:
    assert Client().get(place).status_code == 200
    assert Client().get("/nothing-here/").status_code == 404
