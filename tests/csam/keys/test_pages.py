"""The pages of digital keys at their door: every step a person takes, and what strangers get."""

import json
import re

import pytest

from guichet.csam.codes.models import Account
from guichet.csam.keys.holders import Holder
from guichet.csam.keys.models import Activation, Key
from guichet.platform import clock
from guichet.registers.persons.models import Person
from tests.csam.keys.conftest import Posted
from tests.csam.keys.door import Visitor, read
from tests.csam.keys.people import (
    MAIL,
    NOW,
    OTHER,
    a_card,
    a_person,
    an_app,
    app_code,
    holder,
)

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def secret_on(page: str) -> str:
    [code] = re.findall(r'<code class="k-secret">(.*?)</code>', page, re.S)
    return re.sub(r"<[^>]+>|\s", "", code)


def test_every_key_is_listed_with_its_level_in_words(
    visitor: Visitor, card_holder: Holder, account: Account
) -> None:
    an_app(card_holder, account)
    a_card(card_holder, account)

    told = read(visitor.profile(card_holder).get("/keys/"))

    assert "Activate and edit my digital keys" in told
    assert "My phone Codes by mobile app, leadubois1 Active Substantial (400)" in told
    assert "My card Security codes on paper (token), leadubois1 Active Limited (300)" in told
    assert "Never yet" in told


def test_without_a_user_name_the_page_says_so(visitor: Visitor, card_holder: Holder) -> None:
    told = read(visitor.profile(card_holder).get("/keys/"))

    assert "You have no key of your own yet" in told
    assert "you have no user name yet" in told
    for kind in ("app", "mail", "card"):
        assert "no user name yet" in read(visitor.client.get(f"/keys/{kind}/"))


def test_an_app_is_connected_step_by_step(
    visitor: Visitor, card_holder: Holder, account: Account
) -> None:
    client = visitor.profile(card_holder)
    begun = client.post("/keys/app/", {"account": account.pk, "name": "My phone"})
    assert begun["Location"] == "/keys/app/confirm/"
    page = client.get("/keys/app/confirm/").content.decode()
    assert 'src="data:image/svg+xml' in page

    wrong = client.post("/keys/app/confirm/", {"code": "000 000 0"})
    assert "You have 4 tries left." in read(wrong, 422)
    right = client.post("/keys/app/confirm/", {"code": app_code(secret_on(page), clock.now())})

    key = Key.objects.get()
    assert right["Location"] == f"/keys/{key.pk}/"
    assert "The key is active." in read(client.get(f"/keys/{key.pk}/"))
    assert secret_on(page) not in client.get(f"/keys/{key.pk}/").content.decode()


def test_the_fifth_wrong_code_leads_back_to_the_start(
    visitor: Visitor, card_holder: Holder, account: Account
) -> None:
    client = visitor.profile(card_holder)
    client.post("/keys/app/", {"account": account.pk, "name": "My phone"})

    for _attempt in range(4):
        assert client.post("/keys/app/confirm/", {"code": "x"}).status_code == 422
    over = client.post("/keys/app/confirm/", {"code": "x"})

    assert over["Location"] == "/keys/app/"
    assert not Activation.objects.exists()
    assert "The activation has ended" in read(client.get("/keys/app/"))


def test_an_address_is_verified(
    visitor: Visitor, card_holder: Holder, account: Account, posted: Posted
) -> None:
    client = visitor.profile(card_holder)
    given = {"account": account.pk, "name": "Mail", "address": MAIL}
    assert client.post("/keys/mail/", given)["Location"] == "/keys/mail/confirm/"
    assert MAIL in read(client.get("/keys/mail/confirm/"))

    done = client.post("/keys/mail/confirm/", {"code": posted.mails[-1].code})

    assert done["Location"] == f"/keys/{Key.objects.get().pk}/"


def test_a_card_is_made_posted_and_downloaded_once(
    visitor: Visitor, card_holder: Holder, account: Account, posted: Posted
) -> None:
    client = visitor.profile(card_holder)
    made = client.post("/keys/card/", {"account": account.pk, "name": "My card"})
    key = Key.objects.get()
    assert made["Location"] == f"/keys/{key.pk}/"
    assert "Download the card" in read(client.get(made["Location"]))

    sheet = client.post(f"/keys/{key.pk}/sheet/")

    assert sheet["Content-Type"] == "application/pdf"
    assert sheet["Cache-Control"] == "no-store"
    assert len(json.loads(sheet.content)["codes"]) == 24
    assert len(posted.letters) == 1
    assert "Download the card" not in read(client.get(made["Location"]))
    assert client.post(f"/keys/{key.pk}/sheet/")["Location"] == made["Location"]


def test_a_key_is_renamed_withdrawn_and_gone(
    visitor: Visitor, card_holder: Holder, account: Account
) -> None:
    key = a_card(card_holder, account, now=clock.now())
    client = visitor.profile(card_holder)

    client.post(f"/keys/{key.pk}/", {"name": "In the <blue> drawer"})
    assert "In the &lt;blue&gt; drawer" in client.get("/keys/").content.decode()
    read(client.get(f"/keys/{key.pk}/withdraw/"))
    assert Key.objects.get().state == "active"
    client.post(f"/keys/{key.pk}/withdraw/")

    assert Key.objects.get().state == "revoked"
    assert "Withdrawn" in read(client.get("/keys/"))
    assert client.post(f"/keys/{key.pk}/", {"name": "Back"}).status_code == 422


def test_a11_a_locked_key_is_unlocked_with_the_identity_card_only(
    visitor: Visitor, card_holder: Holder, account: Account, lea: Person
) -> None:
    key = a_card(card_holder, account)
    Key.objects.filter(pk=key.pk).update(state="locked", locked_at=NOW, wrong=5)
    place = f"/keys/{key.pk}/unlock/"
    abroad = visitor.profile(holder(lea, level=500, means="eidas"))
    for answer in (abroad.get(place), abroad.post(place)):
        assert visitor.was_sent_to_sign_in(answer, level=500)
        assert answer["Location"].endswith("means=eid")
    told = read(abroad.post(f"/keys/{key.pk}/withdraw/"), 403)
    assert "asks for your identity card" in told
    assert Key.objects.get().state == "locked"

    client = visitor.profile(card_holder)
    read(client.get(place))
    client.post(place)

    assert Key.objects.get().state == "active"
    assert client.get(place)["Location"] == f"/keys/{key.pk}/"


@pytest.mark.parametrize("place", ["", "withdraw/", "unlock/", "sheet/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_foreign_key_and_none_are_the_same_404(
    visitor: Visitor, card_holder: Holder, account: Account, place: str, method: str
) -> None:
    key = a_card(card_holder, account)
    client = visitor.profile(holder(a_person(OTHER, given="Noor")))

    answers = [
        getattr(client, method)(f"/keys/{key_id}/{place}") for key_id in (key.pk, key.pk + 999)
    ]

    wanted = 405 if (place, method) == ("sheet/", "get") else 404
    assert [answer.status_code for answer in answers] == [wanted, wanted]
    assert Key.objects.get().state == "active"


def test_a_number_that_is_no_key_is_a_404(visitor: Visitor, card_holder: Holder) -> None:
    client = visitor.profile(card_holder)

    for number in (0, 10**30):
        assert client.get(f"/keys/{number}/").status_code == 404
        assert client.post(f"/keys/{number}/sheet/").status_code == 404


PROFILE = {
    "/keys/": 200, "/keys/app/": 400, "/keys/app/confirm/": 400, "/keys/mail/": 300,
    "/keys/mail/confirm/": 300, "/keys/card/": 500, "/keys/passkey/": 400,
    "/keys/passkey/options/": 400, "/keys/1/": 300, "/keys/1/withdraw/": 300,
    "/keys/1/unlock/": 500, "/keys/1/sheet/": 300,
}  # fmt: skip
SIGN_IN = (
    "/keys/sign-in/", "/keys/sign-in/card/", "/keys/sign-in/choice/", "/keys/sign-in/code/",
    "/keys/sign-in/again/", "/keys/sign-in/passkey/", "/keys/sign-in/passkey/options/",
)  # fmt: skip


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("place", PROFILE)
def test_a_page_of_the_profile_asks_a_visitor_and_a_weak_session_to_sign_in(
    visitor: Visitor, lea: Person, place: str, method: str
) -> None:
    for client in (visitor.client, visitor.profile(holder(lea, level=100, means="password"))):
        answer = getattr(client, method)(place)
        assert visitor.was_sent_to_sign_in(answer, level=PROFILE[place])


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("place", SIGN_IN)
def test_without_a_sign_in_under_way_nothing_is_tried(
    visitor: Visitor, place: str, method: str
) -> None:
    assert visitor.was_told_to_begin_again(getattr(visitor.client, method)(place))


@pytest.mark.parametrize(
    ("place", "given"),
    [
        ("/keys/app/", {}),
        ("/keys/app/", {"account": "999999", "name": "x"}),
        ("/keys/app/", {"account": "1 OR 1=1", "name": "x"}),
        ("/keys/app/", {"account": "\x00", "name": "\x00"}),
        ("/keys/app/", {"account": "", "name": "y" * 61}),
        ("/keys/mail/", {"account": "", "name": "x", "address": "no address"}),
        ("/keys/mail/", {"account": "", "name": "x", "address": "a@b.be\nBcc: c@d.be"}),
        ("/keys/card/", {"name": " "}),
        ("/keys/passkey/", {"name": "x", "answer": "z" * 20_001}),
        ("/keys/passkey/", {"name": "x"}),
    ],
)
def test_hostile_input_is_refused_in_words(
    visitor: Visitor, card_holder: Holder, account: Account, place: str, given: dict[str, str]
) -> None:
    answer = visitor.profile(card_holder).post(place, given)

    assert "There is a problem" in read(answer, 422)
    assert "<title>Error:" in answer.content.decode()
    assert not Key.objects.exists()


def test_forms_are_braked(visitor: Visitor, card_holder: Holder, account: Account) -> None:
    key = a_card(card_holder, account)
    client = visitor.profile(card_holder)

    answers = [
        client.post(f"/keys/{key.pk}/", {"name": f"Name {index}"}).status_code
        for index in range(61)
    ]

    assert set(answers[:60]) == {302}
    assert answers[60] == 429
