"""Signing in with a key: the password, the choice, the code, the passkey."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from guichet.csam.codes.models import Account
from guichet.csam.keys import cards
from guichet.csam.keys.holders import Holder
from guichet.csam.keys.models import Card, Key
from guichet.platform import clock
from guichet.registers.persons.models import Person
from guichet.rules.assurance import Means
from tests.csam.keys.authenticator import Authenticator
from tests.csam.keys.conftest import Posted
from tests.csam.keys.door import Visitor, password, read
from tests.csam.keys.people import (
    MAIL,
    NISS,
    NOW,
    a_card,
    an_account,
    an_app,
    app_code,
)
from tests.csam.relying_party import URN, RelyingParty, returned

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def test_a_key_withdrawn_meanwhile_leads_back_to_the_password(
    visitor: Visitor, card_holder: Holder, account: Account
) -> None:
    key, _secret = an_app(card_holder, account)
    client = visitor.login()
    password(client)
    Key.objects.filter(pk=key.pk).update(state="revoked", revoked_at=NOW)

    assert client.get("/keys/sign-in/code/")["Location"] == "/keys/sign-in/"
    answer = client.post("/keys/sign-in/code/", {"code": "123456"})
    assert answer["Location"] == "/keys/sign-in/"
    assert "No key of this user name is enough" in read(password(client), 403)


def test_with_one_key_the_code_follows_the_password(
    visitor: Visitor, card_holder: Holder, account: Account
) -> None:
    _key, secret = an_app(card_holder, account, now=clock.now())
    client = visitor.login(min_level=400)
    read(client.get("/keys/sign-in/"))

    assert password(client)["Location"] == "/keys/sign-in/code/"
    page = client.get("/keys/sign-in/code/").content.decode()
    assert 'inputmode="numeric"' in page
    assert 'autocomplete="one-time-code"' in page
    assert "You have 4 tries left." in read(client.post("/keys/sign-in/code/", {"code": "1"}), 422)
    done = client.post("/keys/sign-in/code/", {"code": app_code(secret, clock.now())})

    assert visitor.identified(done) == (NISS, 400, Means.APP)


def test_a_wrong_password_and_an_unknown_user_name_read_the_same(
    visitor: Visitor, card_holder: Holder, account: Account
) -> None:
    an_app(card_holder, account)
    client = visitor.login()

    told = [
        read(password(client, password="Wrong-Wrong1"), 422),
        read(password(client, user_name="nobodyhere"), 422),
    ]

    assert "do not go together" in told[0]
    assert told[0] == told[1]
    assert "nobodyhere" not in told[1]


def test_with_several_keys_one_is_chosen(
    visitor: Visitor, card_holder: Holder, account: Account
) -> None:
    an_app(card_holder, account)
    card = a_card(card_holder, account)
    sheet = json.loads(cards.take_sheet(holder=card_holder, key_id=card.pk, now=NOW))
    codes = {row["rank"]: row["code"] for row in sheet["codes"]}
    client = visitor.login()
    assert password(client)["Location"] == "/keys/sign-in/choice/"
    told = read(client.get("/keys/sign-in/choice/"))
    assert "Codes by mobile app (My phone)" in told
    assert "Security codes on paper (token) (My card)" in told
    assert client.post("/keys/sign-in/choice/", {"key": "999999"}).status_code == 422

    client.post("/keys/sign-in/choice/", {"key": card.pk})
    rank = Card.objects.get().last_rank or 0
    assert f"Code number {rank} of your card" in read(client.get("/keys/sign-in/code/"))
    client.post("/keys/sign-in/again/")
    again = Card.objects.get().last_rank or 0
    assert again != rank
    done = client.post("/keys/sign-in/code/", {"code": codes[again]})

    assert visitor.identified(done) == (NISS, 300, Means.CARD)


def test_the_service_is_told_the_level_and_the_means(
    party: RelyingParty, visitor: Visitor, card_holder: Holder, account: Account
) -> None:
    _key, secret = an_app(card_holder, account, now=clock.now())
    party.ask(acr_values=f"{URN}citizen:Level400", ui_locales="en")
    password(party.browser)
    answer = party.browser.post("/keys/sign-in/code/", {"code": app_code(secret, clock.now())})

    claims = party.read(party.redeem(returned(answer)["code"]).json()["id_token"])

    assert claims["acr"] == f"{URN}citizen:Level400"
    assert claims["amr"] == ["app", "pwd", "otp"]


def test_only_keys_that_the_service_takes_are_offered(
    visitor: Visitor, card_holder: Holder, account: Account
) -> None:
    an_app(card_holder, account)
    a_card(card_holder, account)
    client = visitor.login(means=(Means.EID, Means.CARD))

    assert password(client, "/keys/sign-in/card/")["Location"] == "/keys/sign-in/code/"
    assert "of your card" in read(client.get("/keys/sign-in/code/"))


def test_when_no_key_is_enough_the_page_says_what_to_do(
    visitor: Visitor, card_holder: Holder, account: Account
) -> None:
    a_card(card_holder, account)

    told = read(password(visitor.login(min_level=400)), 403)

    assert "No key of this user name is enough here" in told


def test_a13_an_expired_code_costs_one_button(
    visitor: Visitor,
    card_holder: Holder,
    account: Account,
    posted: Posted,
    at: Callable[[timedelta], None],
) -> None:
    client = visitor.profile(card_holder)
    client.post("/keys/mail/", {"account": account.pk, "name": "Mail", "address": MAIL})
    client.post("/keys/mail/confirm/", {"code": posted.mails[-1].code})
    client = visitor.login()
    password(client)
    assert "l…@example.be" in read(client.get("/keys/sign-in/code/"))
    first = posted.mails[-1].code
    at(timedelta(minutes=10))

    told = read(client.post("/keys/sign-in/code/", {"code": first}))
    assert "Another code is needed" in told
    assert client.get("/keys/sign-in/code/").content.decode().count("<input") < 5
    client.post("/keys/sign-in/again/")
    done = client.post("/keys/sign-in/code/", {"code": posted.mails[-1].code})

    assert visitor.identified(done) == (NISS, 300, Means.MAIL)


def test_a11_the_fifth_wrong_code_shows_what_happened(
    visitor: Visitor, card_holder: Holder, account: Account, posted: Posted
) -> None:
    an_app(card_holder, account)
    client = visitor.login()
    password(client)

    for _attempt in range(4):
        assert client.post("/keys/sign-in/code/", {"code": "x"}).status_code == 422
    told = read(client.post("/keys/sign-in/code/", {"code": "x"}), 403)

    assert "This key is locked" in told
    assert posted.mails[-1].subject == "A digital key is locked"
    assert "This key is locked" in read(password(visitor.login()), 403)


def test_codes_without_a_password_lead_to_the_password(
    visitor: Visitor, card_holder: Holder, account: Account
) -> None:
    key, _secret = an_app(card_holder, account)
    client = visitor.login()

    for _attempt in range(6):
        answer = client.post("/keys/sign-in/code/", {"code": "123456"})
        assert answer["Location"] == "/keys/sign-in/"
    assert client.get("/keys/sign-in/choice/")["Location"] == "/keys/sign-in/"

    assert Key.objects.get(pk=key.pk).state == "active"


def test_a_passkey_is_added_and_signs_in(
    visitor: Visitor, card_holder: Holder, lea: Person
) -> None:
    device = Authenticator()
    client = visitor.profile(card_holder)
    options = client.post("/keys/passkey/options/")
    assert options["Cache-Control"] == "no-store"
    assert lea.niss not in options.content.decode()
    given = {"name": "Laptop", "answer": device.make(options.content.decode())}
    added = client.post("/keys/passkey/", given)
    assert added["Location"] == f"/keys/{Key.objects.get().pk}/"
    device.count = 2
    client = visitor.login()

    options = client.post("/keys/sign-in/passkey/options/")
    answer = device.sign(options.content.decode())
    done = client.post("/keys/sign-in/passkey/", {"answer": answer})

    assert visitor.identified(done) == (NISS, 400, Means.PASSKEY)
    again = client.post("/keys/sign-in/passkey/", {"answer": answer})
    assert visitor.was_told_to_begin_again(again) or again.status_code == 422


def test_nobody_elses_page_may_send_our_forms(visitor: Visitor, card_holder: Holder) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = visitor.profile(card_holder).cookies

    for place in ("/keys/app/", "/keys/card/", "/keys/passkey/options/"):
        assert client.post(place, {}).status_code == 403


def test_a_blocked_user_name_signs_nobody_in(
    visitor: Visitor, card_holder: Holder, lea: Person
) -> None:
    other = an_account(lea, user_name="leadubois9")
    an_app(card_holder, other)
    Account.objects.filter(pk=other.pk).update(state="blocked")

    answer = password(visitor.login(), user_name="leadubois9")

    assert answer.status_code in (403, 422)
