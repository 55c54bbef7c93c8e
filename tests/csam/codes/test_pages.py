"""Signing in with access codes at the pages of the provider, and the first connection."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from guichet.audit.models import Entry
from guichet.csam.codes import hashing
from guichet.csam.codes.models import Account
from guichet.platform import clock
from tests.csam.codes.holders import (
    FIRM,
    MARIE,
    NAME,
    NOW,
    PASSWORD,
    POSTED_NAME,
    POSTED_PASSWORD,
    a_firm,
    a_person,
    an_account,
    posted,
)
from tests.csam.relying_party import URN, RelyingParty, returned
from tests.portal.browsing import words

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "audit"])
SIGN_IN, FIRST = "/codes/sign-in/", "/codes/first/"
DETAILS, CONFIRM, DONE = FIRST + "details/", FIRST + "confirm/", FIRST + "done/"
GOOD = {
    "email": "marie@boulangerie.example",
    "phone": "+32 470 12 34 56",
    "language": "fr",
    "user_name": "dupont2026",
    "password": "Boulanger=2026",
    "password_again": "Boulanger=2026",
}


@pytest.fixture(autouse=True)
def at_this_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def browser(party: RelyingParty) -> Client:
    """A browser that a service sent here, for level 200."""
    with transaction.atomic():
        a_person()
        a_firm()
    party.ask(acr_values=f"{URN}citizen:Level200", ui_locales="en")
    return party.browser


@pytest.fixture
def letters(browser: Client, monkeypatch: pytest.MonkeyPatch) -> Account:
    """The codes that came by post."""
    return posted(monkeypatch, enterprise_number=FIRM, quality="employer")


def enter(browser: Client, user_name: str = NAME, password: str = PASSWORD) -> Any:
    return browser.post(SIGN_IN, {"user_name": user_name, "password": password})


def enter_posted(browser: Client) -> Any:
    return enter(browser, POSTED_NAME, POSTED_PASSWORD)


def said(answer: Any) -> str:
    return words(answer.content.decode())


def test_the_tile_stands_on_the_sign_in_page_with_its_own_form(browser: Client) -> None:
    page = browser.get("/sign-in/").content.decode()

    form = re.search(r'<form method="post" action="/codes/sign-in/".*?</form>', page, re.S)
    assert form
    assert 'autocomplete="username"' in form[0]
    assert 'autocomplete="current-password"' in form[0]
    assert "csrfmiddlewaretoken" in form[0]


def test_own_codes_lead_back_to_the_service_at_level_200(
    browser: Client, party: RelyingParty
) -> None:
    an_account(a_person_of(), email="marie@example.org")

    answer = enter(browser)

    assert "code" in returned(answer)
    claims = party.read(party.redeem(returned(answer)["code"]).json()["id_token"])
    assert claims["acr"].endswith("Level200")
    assert claims["amr"] == ["password", "pwd"]


def a_person_of() -> Any:
    from guichet.registers.persons.models import Person

    return Person.objects.get(niss=MARIE)


def test_an_account_enrolled_at_level_100_is_not_enough_for_200(browser: Client) -> None:
    an_account(a_person_of(), enrolled_level=100)

    answer = enter(browser)

    assert answer.status_code == 403
    assert "not surely enough" in said(answer)


def test_codes_are_not_asked_where_they_cannot_be_enough(party: RelyingParty) -> None:
    party.ask(acr_values=f"{URN}Level300")

    for answer in (party.browser.get(SIGN_IN), enter(party.browser)):
        assert (answer.status_code, answer["Location"]) == (302, "/sign-in/")


def test_an_unknown_name_a_wrong_password_and_a_blocked_account_get_the_same_bytes(
    browser: Client,
) -> None:
    account = an_account(a_person_of())
    answers = [enter(browser, "nobodyatall"), enter(browser, NAME, "Wrong12345")]
    Account.objects.filter(pk=account.pk).update(state="blocked")
    answers.append(enter(browser))

    assert {answer.status_code for answer in answers} == {422}
    pages = {
        re.sub(r'value="[^"]*"|nonce="[^"]*"', "", answer.content.decode()) for answer in answers
    }
    assert len(pages) == 1
    assert "do not go together" in said(answers[0])
    for answer in answers:
        assert PASSWORD not in answer.content.decode()
        assert "Wrong12345" not in answer.content.decode()


def test_the_sixth_attempt_has_to_wait(browser: Client) -> None:
    an_account(a_person_of())
    for _ in range(5):
        enter(browser, NAME, "Wrong12345")

    answer = enter(browser)

    assert answer.status_code == 429
    assert "Try again in 15 minutes." in said(answer)
    assert Client().get(SIGN_IN).status_code == 403


def test_each_empty_field_has_its_own_message(browser: Client) -> None:
    answer = browser.post(SIGN_IN, {})

    assert answer.status_code == 422
    assert "Enter your user name." in said(answer)
    assert "Enter your password." in said(answer)
    assert "<title>Error: " in answer.content.decode()


# --- the first connection ------------------------------------------------------------------------


def test_sc73_posted_codes_lead_to_the_first_connection_before_anything_else(
    browser: Client, letters: Account, party: RelyingParty
) -> None:
    answer = enter_posted(browser)

    assert (answer.status_code, answer["Location"]) == (302, FIRST)
    assert "First connection of the access manager" in said(browser.get(FIRST))
    assert party.login.state == "open"
    assert party.login.person is None


def test_the_form_shows_the_rules_and_what_is_known(browser: Client, letters: Account) -> None:
    enter_posted(browser)

    page = browser.get(DETAILS)

    assert "At least 8 characters, at most 30" in said(page)
    assert "At least 10 characters, at most 15" in said(page)
    assert "Boulangerie Dupont" in said(page)
    html = page.content.decode()
    assert 'value="marie@example.org"' in html
    assert html.count('autocomplete="new-password"') == 2
    assert "passwordrules" not in html


def test_a17_new_codes_are_chosen_and_needed_and_the_posted_ones_are_dead(
    browser: Client, letters: Account, party: RelyingParty
) -> None:
    enter_posted(browser)
    assert browser.post(DETAILS, GOOD)["Location"] == CONFIRM
    recap = browser.get(CONFIRM)
    assert "dupont2026" in said(recap)
    assert GOOD["password"] not in recap.content.decode()

    answer = browser.post(CONFIRM)

    assert answer["Location"] == DONE
    assert "From now on you must use the user name and the password" in said(browser.get(DONE))
    assert party.login.state == "open"  # signed in with nothing yet
    assert enter_posted(browser).status_code == 422
    answer = enter(browser, GOOD["user_name"], GOOD["password"])
    assert "code" in returned(answer)
    letters.refresh_from_db()
    assert letters.state == "closed"
    made = Account.objects.get(user_name="dupont2026")
    assert (made.state, made.enterprise_number, made.quality) == ("active", FIRM, "employer")
    assert (made.email, made.phone) == (GOOD["email"], GOOD["phone"])
    assert (made.enrolled_level, made.valid_until) == (200, None)
    [line] = Entry.objects.filter(action="csam.codes.registered")
    assert (line.actor_id, line.actor_enterprise) == (MARIE, FIRM)
    assert line.target == f"account/{made.pk}"


def test_sc74_leaving_before_the_confirmation_stores_nothing(
    browser: Client, letters: Account
) -> None:
    before = list(Account.objects.values())
    enter_posted(browser)
    browser.post(DETAILS, GOOD)
    browser.get(CONFIRM)

    assert list(Account.objects.values()) == before
    assert not Entry.objects.filter(action="csam.codes.registered").exists()
    assert enter_posted(browser)["Location"] == FIRST
    assert browser.get(CONFIRM)["Location"] == DETAILS  # nothing of it is left


def test_only_a_digest_of_the_password_waits_in_the_session(
    browser: Client, letters: Account
) -> None:
    enter_posted(browser)
    browser.post(DETAILS, GOOD)

    kept = str(dict(browser.session.items()))

    assert GOOD["password"] not in kept
    assert "$argon2id$" in kept
    assert POSTED_PASSWORD not in kept


def test_sc75_after_the_confirmation_the_posted_codes_are_refused(
    browser: Client, letters: Account
) -> None:
    register(browser)

    answer = enter_posted(browser)

    assert answer.status_code == 422
    assert "do not go together" in said(answer)
    for place in (FIRST, DETAILS, CONFIRM):
        assert browser.get(place)["Location"] == "/sign-in/"
    assert browser.post(CONFIRM)["Location"] == "/sign-in/"
    assert Account.objects.count() == 2


def register(browser: Client) -> None:
    enter_posted(browser)
    browser.post(DETAILS, GOOD)
    browser.post(CONFIRM)


def test_sc76_a_taken_name_asks_for_another_one_and_the_password_again(
    browser: Client, letters: Account
) -> None:
    an_account(a_person_of(), user_name="dupont2026", state="closed")
    enter_posted(browser)

    answer = browser.post(DETAILS, GOOD)

    assert answer.status_code == 422
    assert "This user name is already taken. Choose another one." in said(answer)
    assert "Type your password again" in said(answer)
    html = answer.content.decode()
    assert GOOD["password"] not in html
    assert 'value="dupont2026"' in html


def test_sc76_a_name_taken_while_confirming_asks_for_another_one_too(
    browser: Client, letters: Account
) -> None:
    enter_posted(browser)
    browser.post(DETAILS, GOOD)
    an_account(a_person_of(), user_name="dupont2026")

    answer = browser.post(CONFIRM)

    assert answer["Location"] == DETAILS
    page = browser.get(DETAILS)
    assert "Somebody has just taken this user name" in said(page)
    assert 'value="marie@boulangerie.example"' in page.content.decode()
    assert browser.get(CONFIRM)["Location"] == DETAILS  # no password waits any more
    letters.refresh_from_db()
    assert letters.state == "provisional"
    browser.post(DETAILS, GOOD | {"user_name": "dupont2027"})
    assert browser.post(CONFIRM)["Location"] == DONE


@pytest.mark.parametrize(
    ("user_name", "message"),
    [
        ("DupontMarie", "Use only digits (0-9) and the small letters a to z"),
        ("dupont7", "Your user name must have 8 to 30 characters."),
        ("dupont marie", "Your user name must not contain a space."),
        (" dupontmarie", "Your user name must not contain a space."),
        ("", "Your user name must have 8 to 30 characters."),
        (POSTED_NAME, "This user name is already taken. Choose another one."),
    ],
)
def test_a18_each_wrong_or_taken_name_has_its_own_message(
    browser: Client, letters: Account, user_name: str, message: str
) -> None:
    enter_posted(browser)

    answer = browser.post(DETAILS, GOOD | {"user_name": user_name})

    assert answer.status_code == 422
    assert message in said(answer)


@pytest.mark.parametrize(
    ("password", "messages"),
    [
        ("Abcdefg12 ", ["must not contain a space"]),
        ("Abcdefghijkl1234", ["must have 10 to 15 characters"]),
        ("abcdefghij", ["at least 2 digits or special characters"]),
        ("Abcdefg12?", ["Use only letters without accent"]),
        ("a -", ["10 to 15", "a space", "at least 2 digits", "Use only letters"]),
        ("", ["10 to 15", "at least 2 digits"]),
        (POSTED_PASSWORD, ["differs from the former one"]),
    ],
)
def test_a19_a_password_gets_exactly_its_verdict_and_is_never_shown_again(
    browser: Client, letters: Account, password: str, messages: list[str]
) -> None:
    enter_posted(browser)

    answer = browser.post(DETAILS, GOOD | {"password": password, "password_again": password})

    assert answer.status_code == 422
    for message in messages:
        assert message in said(answer)
    html = answer.content.decode()
    assert html.count('value="dupont2026"') == 1
    if len(password) > 4:
        assert password not in html
    errors = re.findall(r'class="govuk-error-message">(.*?)</p>', html, re.S)
    assert len(errors) == (1 if password else 2)  # nothing typed: once more, too


def test_a19_a_space_at_the_end_is_part_of_the_password(browser: Client, letters: Account) -> None:
    enter_posted(browser)

    answer = browser.post(DETAILS, GOOD | {"password_again": GOOD["password"] + " "})

    assert answer.status_code == 422
    assert "The two passwords are not the same." in said(answer)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("email", "", "Enter your e-mail address."),
        ("email", "marie", "Enter an e-mail address such as"),
        ("phone", "", "Enter your telephone number."),
        ("phone", "call me", "Enter a telephone number such as"),
        ("language", "it", "Choose your language."),
        ("password_again", "", "Type the new password once more."),
        ("user_name", "a\x00bcdefgh", "Null characters are not allowed."),
    ],
)
def test_each_field_says_what_it_lacks(
    browser: Client, letters: Account, field: str, value: str, message: str
) -> None:
    enter_posted(browser)

    answer = browser.post(DETAILS, GOOD | {field: value})

    assert answer.status_code == 422
    assert message in said(answer)


@pytest.mark.parametrize("place", [FIRST, DETAILS, CONFIRM, DONE])
def test_nobody_comes_to_a_step_without_posted_codes(browser: Client, place: str) -> None:
    answers = [browser.get(place)]
    if place in (DETAILS, CONFIRM):
        answers.append(browser.post(place, GOOD))

    assert {answer["Location"] for answer in answers} == {"/sign-in/"}
    assert Client().get(place).status_code == 403


def test_the_confirmation_waits_for_the_form(browser: Client, letters: Account) -> None:
    enter_posted(browser)

    assert browser.get(CONFIRM)["Location"] == DETAILS
    assert browser.post(CONFIRM)["Location"] == DETAILS
    assert Account.objects.count() == 1


def test_another_sign_in_of_the_same_browser_does_not_go_on_with_the_first_one(
    browser: Client, letters: Account, party: RelyingParty
) -> None:
    enter_posted(browser)
    browser.post(DETAILS, GOOD)

    party.ask(acr_values=f"{URN}citizen:Level200")

    assert browser.post(CONFIRM)["Location"] == "/sign-in/"
    assert Account.objects.count() == 1


def test_codes_that_become_too_old_on_the_way_register_nothing(
    browser: Client, letters: Account
) -> None:
    enter_posted(browser)
    browser.post(DETAILS, GOOD)
    Account.objects.update(valid_until=NOW)

    assert browser.post(CONFIRM)["Location"] == "/sign-in/"
    assert Account.objects.get().state == "provisional"


def test_the_session_key_changes_when_posted_codes_are_right(
    browser: Client, letters: Account
) -> None:
    browser.post(SIGN_IN, {})
    session = browser.session
    session["x"] = 1
    session.save()
    before = browser.session.session_key

    enter_posted(browser)

    assert browser.session.session_key != before


def test_the_modern_profile_shows_and_applies_its_own_rules(
    browser: Client, letters: Account, settings: Any
) -> None:
    from dataclasses import replace

    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, password_profile="modern")
    enter_posted(browser)

    assert "At least 12 characters, at most 128" in said(browser.get(DETAILS))
    answer = browser.post(DETAILS, GOOD | dict.fromkeys(PASSWORDS, "a dupont2026 sentence"))
    assert "must not contain your user name" in said(answer)
    answer = browser.post(
        DETAILS, GOOD | dict.fromkeys(PASSWORDS, "caf\u00e9 au lait, deux sucres")
    )
    assert answer["Location"] == CONFIRM


PASSWORDS = ("password", "password_again")


@pytest.mark.parametrize("place", [SIGN_IN, FIRST, DETAILS, CONFIRM, DONE, "/codes/forgotten/"])
def test_other_methods_are_refused(browser: Client, place: str) -> None:
    assert browser.put(place).status_code in (405, 403)
    assert browser.delete(place).status_code in (405, 403)


def test_the_way_out_for_who_has_forgotten(browser: Client) -> None:
    assert "With a stronger means" in said(browser.get("/codes/forgotten/"))


# --- the profile ---------------------------------------------------------------------------------


def profile(party: RelyingParty, niss: str = MARIE, level: int = 500) -> Client:
    """A browser in which this person is in his profile."""
    party.browser.get("/profile/sign-in/", {"next": "/codes/"})
    request = party.request()
    from guichet.csam.provider import logins
    from guichet.csam.provider.logins import Identified
    from guichet.rules.assurance import Means

    identified = Identified(niss=niss, level=level, means=Means.EID, amr=("eid",))
    logins.finish(request, login=party.login, identified=identified, now=NOW)
    request.session.save()
    party.browser.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key or ""
    return party.browser


@pytest.fixture
def account(browser: Client) -> Account:
    return an_account(a_person_of())


def test_a_visitor_identifies_himself_first(browser: Client, account: Account) -> None:
    for place in ("/codes/", f"/codes/{account.pk}/password/", f"/codes/{account.pk}/forgotten/"):
        assert Client().get(place)["Location"].startswith("/profile/sign-in/?next=")


def test_the_profile_leads_to_the_own_user_name(party: RelyingParty, account: Account) -> None:
    browser = profile(party)

    assert "My user name and password" in said(browser.get("/profile/"))
    assert NAME in said(browser.get("/codes/"))


CHANGE = {"current": PASSWORD, "password": "Croissant;2026", "password_again": "Croissant;2026"}


def test_the_password_is_changed_with_the_current_one(
    party: RelyingParty, account: Account
) -> None:
    browser = profile(party, level=200)

    answer = browser.post(f"/codes/{account.pk}/password/", CHANGE)

    assert answer["Location"] == "/codes/"
    account.refresh_from_db()
    assert hashing.is_right(kept=account.password_hash, password="Croissant;2026")
    [line] = Entry.objects.filter(action="csam.codes.passwordChanged")
    assert (line.actor_id, line.detail) == (MARIE, {"how": "current password"})


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"current": "bruxelles12"}, "This is not your current password."),
        ({"current": ""}, "Enter your current password."),
        ({"password": "short", "password_again": "short"}, "10 to 15 characters"),
        ({"password": PASSWORD, "password_again": PASSWORD}, "differs from the former one"),
        ({"password_again": "Croissant;2027"}, "The two passwords are not the same."),
        ({"password": ""}, "Choose a password."),
    ],
)
def test_a_password_that_cannot_be_changed_says_why(
    party: RelyingParty, account: Account, changed: dict[str, str], message: str
) -> None:
    browser = profile(party)

    answer = browser.post(f"/codes/{account.pk}/password/", CHANGE | changed)

    assert answer.status_code == 422
    assert message in said(answer)
    former = account.password_hash
    account.refresh_from_db()
    assert account.password_hash == former


def test_guessing_the_current_password_pauses_too(party: RelyingParty, account: Account) -> None:
    browser = profile(party)
    for _ in range(5):
        browser.post(f"/codes/{account.pk}/password/", CHANGE | {"current": "Wrong12345"})

    assert browser.post(f"/codes/{account.pk}/password/", CHANGE).status_code == 429


def test_a_forgotten_password_is_replaced_by_a_strong_means_only(
    party: RelyingParty, account: Account
) -> None:
    place = f"/codes/{account.pk}/forgotten/"
    given = {name: CHANGE[name] for name in PASSWORDS}

    weak = profile(party, level=300).post(place, given)
    assert weak["Location"].startswith("/profile/sign-in/?next=")
    strong = profile(party, level=400).post(place, given)

    assert strong["Location"] == "/codes/"
    account.refresh_from_db()
    assert hashing.is_right(kept=account.password_hash, password="Croissant;2026")


def test_a20_sc78_no_parameter_of_any_page_changes_the_user_name(
    party: RelyingParty, account: Account
) -> None:
    browser = profile(party)
    more = {"user_name": "another2026", "username": "another2026", "name": "another2026"}

    browser.post(f"/codes/{account.pk}/password/", CHANGE | more)
    again = {"password": "Baguette/2026", "password_again": "Baguette/2026"}
    browser.post(f"/codes/{account.pk}/forgotten/", again | more)
    assert browser.post("/codes/", more).status_code == 405

    account.refresh_from_db()
    assert account.user_name == NAME
    for place in ("/codes/", f"/codes/{account.pk}/password/"):
        assert 'name="user_name"' not in browser.get(place).content.decode()


def test_somebody_elses_account_and_no_account_are_the_same_404(
    party: RelyingParty, account: Account
) -> None:
    from tests.csam.relying_party import AMINA
    from tests.csam.relying_party import a_person as somebody

    with transaction.atomic():
        somebody()
    browser = profile(party, AMINA)

    for kind in ("password", "forgotten"):
        foreign = browser.get(f"/codes/{account.pk}/{kind}/")
        nothing = browser.get(f"/codes/999999/{kind}/")
        assert (foreign.status_code, nothing.status_code) == (404, 404)
        assert said(foreign) == said(nothing)
        assert browser.post(f"/codes/{account.pk}/{kind}/", CHANGE).status_code == 404
    assert NAME not in said(browser.get("/codes/"))


def test_who_has_no_user_name_is_told_how_codes_come(party: RelyingParty, browser: Client) -> None:
    assert "You have no user name here." in said(profile(party).get("/codes/"))


@pytest.mark.parametrize("state", ["provisional", "blocked", "closed"])
def test_an_account_that_is_not_active_has_no_password_to_change(
    party: RelyingParty, account: Account, state: str
) -> None:
    Account.objects.update(state=state, valid_until=NOW + timedelta(days=1))

    assert profile(party).get(f"/codes/{account.pk}/password/").status_code == 404
