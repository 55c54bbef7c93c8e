"""Technical users: created, shown their password once, blocked, asked by the older services."""

import re

import pytest
from django.test import Client

from guichet.access.chaman import users
from guichet.access.chaman.models import TechnicalUser
from guichet.access.chaman.users import SignInRefused, technical_user
from guichet.audit.models import Entry
from guichet.platform import clock
from tests.access.chaman.browsing import hidden, sender, upload
from tests.access.machine import certificate, ec_key, pem, private_pem, rsa_key
from tests.portal.browsing import words

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
NEW = "/channels/users/new/"


def password_in(page: str) -> str:
    [found] = re.findall(r"<code[^>]*>([a-z0-9]{26})</code>", page)
    return str(found)


def made(client: Client, name: str = "dupont01") -> str:
    answer = client.post(NEW, {"user_name": name, "means": "password"})
    assert answer.status_code == 200, answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    return password_in(answer.content.decode())


def asked(name: str, password: str) -> TechnicalUser:
    return technical_user(user_name=name, password=password, now=clock.now())


def test_the_password_is_shown_once_and_opens(manager: Client) -> None:
    number = sender()

    password = made(manager)

    assert asked("dupont01", password).sender.number == number
    assert password not in manager.get("/channels/users/").content.decode()
    kept = TechnicalUser.objects.get()
    assert kept.password_hash is not None
    assert kept.password_hash.startswith("$argon2id$")


@pytest.mark.parametrize("name", ["dupont01", "nobody00", "", "\x00", "x" * 400])
def test_unknown_and_wrong_are_the_same_refusal(manager: Client, name: str) -> None:
    sender()
    made(manager)

    with pytest.raises(SignInRefused) as refused:
        asked(name, "wrong")

    assert str(refused.value) == ""


def test_a_new_password_ends_the_old_one(manager: Client) -> None:
    sender()
    old = made(manager)

    answer = manager.post("/channels/users/dupont01/password/")

    assert asked("dupont01", password_in(answer.content.decode()))
    with pytest.raises(SignInRefused):
        asked("dupont01", old)


def test_a_blocked_one_is_refused_until_it_is_unblocked(manager: Client) -> None:
    sender()
    password = made(manager)
    manager.post("/channels/users/dupont01/block/", {"step": "block"})
    with pytest.raises(SignInRefused):
        asked("dupont01", password)
    assert "Blocked" in words(manager.get("/channels/users/").content.decode())

    manager.post("/channels/users/dupont01/block/", {"step": "unblock"})

    assert asked("dupont01", password)
    changes, refusals = (
        Entry.objects.using(alias).filter(target="technical-user/dupont01").order_by("id")
        for alias in ("default", "audit")
    )
    assert [entry.action.rpartition(".")[2] for entry in changes] == [
        "created",
        "blocked",
        "unblocked",
    ]
    assert [entry.reason for entry in refusals] == ["blocked"]


def test_a_certificate_stands_in_the_place_of_a_password(manager: Client) -> None:
    sender()
    held = certificate(ec_key("soap"))
    given = {"user_name": "soap0001", "means": "certificate"}
    looked = manager.post(NEW, given | {"certificate": upload(pem(held))})
    assert TechnicalUser.objects.count() == 0

    answer = manager.post(NEW, given | hidden(looked.content.decode()))

    assert answer.status_code == 302
    kept = TechnicalUser.objects.get()
    assert kept.thumbprint is not None
    found = users.technical_user_of_certificate(thumbprint=kept.thumbprint, now=clock.now())
    assert found == kept
    with pytest.raises(SignInRefused):
        asked("soap0001", "")
    assert manager.get("/channels/users/soap0001/password/").status_code == 404
    again = manager.post(
        NEW, given | {"user_name": "soap0002", "pasted": pem(held).decode(), "confirmed": "yes"}
    )
    assert again.status_code == 422


@pytest.mark.parametrize(
    "given",
    [
        {"user_name": "dupont1", "means": "password"},
        {"user_name": "Dupont01", "means": "password"},
        {"user_name": "dupont-01", "means": "password"},
        {"user_name": "dupönt001", "means": "password"},
        {"user_name": "d" * 31, "means": "password"},
        {"user_name": "dupont01\n0", "means": "password"},
        {"user_name": "dupont02"},
        {"user_name": "dupont02", "means": "magic"},
        {"user_name": "dupont02", "means": "certificate"},
        {"user_name": "dupont02", "means": "certificate", "pasted": "private"},
    ],
)
def test_what_is_not_in_order_is_refused(manager: Client, given: dict[str, str]) -> None:
    sender()
    if given.get("pasted") == "private":
        given = given | {"pasted": private_pem(rsa_key()).decode()}

    answer = manager.post(NEW, given)

    assert answer.status_code == 422
    assert "PRIVATE" not in answer.content.decode()
    assert TechnicalUser.objects.count() == 0


def test_a_name_is_given_once_for_ever(manager: Client) -> None:
    sender()
    made(manager)

    answer = manager.post(NEW, {"user_name": "dupont01", "means": "password"})

    assert answer.status_code == 422
    assert "exists already" in words(answer.content.decode())
