"""Passkeys: made for our host, by their verified owner, each challenge good once."""

import json
from datetime import timedelta

import pytest

from guichet.csam.keys import passkeys, upkeep
from guichet.csam.keys.holders import Holder, KeyThere
from guichet.csam.keys.models import Challenge, Key, Passkey
from guichet.csam.keys.passkeys import PasskeyRefused
from guichet.registers.persons.models import Person
from guichet.rules.digital_keys import CHALLENGE_LIFE, TooWeak
from tests.csam.keys.authenticator import PRESENT, VERIFIED, Authenticator
from tests.csam.keys.people import NOW, OTHER, a_person, holder

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
LOGIN = "one sign-in"


def added(owner: Holder, device: Authenticator) -> Key:
    options = passkeys.registration_options(holder=owner, label="Léa Dubois", now=NOW)
    return passkeys.register(holder=owner, answer=device.make(options), name="Laptop", now=NOW)


def signed(device: Authenticator, *, login: str = LOGIN) -> passkeys.Signed:
    options = passkeys.sign_in_options(login=login, now=NOW)
    return passkeys.sign_in(login=login, answer=device.sign(options), now=NOW)


def test_a_passkey_signs_its_owner_in_at_400(card_holder: Holder, lea: Person) -> None:
    device = Authenticator()
    key = added(card_holder, device)
    device.count = 2

    person = signed(device)

    assert (person.niss, person.level) == (lea.niss, 400)
    assert Key.objects.get(pk=key.pk).last_used_at == NOW
    assert Passkey.objects.get(pk=key.pk).sign_count == 2


def test_a_person_may_have_several_and_each_device_sees_one_owner(card_holder: Holder) -> None:
    first, second = Authenticator(), Authenticator()
    added(card_holder, first)
    added(card_holder, second)

    assert first.handle == second.handle
    assert len(first.handle) == 32
    assert card_holder.niss.encode() not in first.handle
    options = passkeys.registration_options(holder=card_holder, label="Léa", now=NOW)
    assert len(json.loads(options)["excludeCredentials"]) == 2


def test_the_options_ask_for_a_verified_owner_and_a_key_that_is_found_by_itself(
    card_holder: Holder,
) -> None:
    made = json.loads(passkeys.registration_options(holder=card_holder, label="Léa", now=NOW))
    asked = json.loads(passkeys.sign_in_options(login=LOGIN, now=NOW))

    assert made["authenticatorSelection"]["userVerification"] == "required"
    assert made["authenticatorSelection"]["residentKey"] == "required"
    assert made["rp"]["id"] == asked["rpId"] == "csam.localhost"
    assert asked["userVerification"] == "required"
    assert asked["allowCredentials"] == []
    assert card_holder.niss not in json.dumps([made, asked])


@pytest.mark.parametrize("level", [100, 200, 300])
def test_a_weak_session_adds_no_passkey(lea: Person, level: int) -> None:
    with pytest.raises(TooWeak):
        passkeys.registration_options(holder=holder(lea, level=level), label="Léa", now=NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "http://csam.localhost.example"},
        {"rp_id": "example.localhost"},
        {"flags": PRESENT},
        {"flags": VERIFIED},
    ],
)
def test_what_another_site_or_an_unverified_owner_made_is_refused(
    card_holder: Holder, wrong: dict[str, object]
) -> None:
    with pytest.raises(PasskeyRefused):
        added(card_holder, Authenticator(**wrong))  # type: ignore[arg-type]

    assert not Key.objects.exists()


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("origin", "https://csam.localhost:8002"),
        ("rp_id", "localhost"),
        ("flags", PRESENT),
        ("count", 1),  # did not move: the key may have been copied
        ("handle", b"somebody else"),
        ("credential_id", b"never heard of it"),
    ],
)
def test_a_wrong_answer_signs_nobody_in(card_holder: Holder, part: str, value: object) -> None:
    device = Authenticator()
    added(card_holder, device)
    device.count = 2
    setattr(device, part, value)

    with pytest.raises(PasskeyRefused):
        signed(device)


def test_a_signature_of_another_key_signs_nobody_in(card_holder: Holder) -> None:
    device = Authenticator()
    added(card_holder, device)
    device.count, device.key = 2, Authenticator().key

    with pytest.raises(PasskeyRefused):
        signed(device)


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", '{"id": 1}', "\x00", "[" * 5000])
def test_nonsense_is_refused_like_everything_else(card_holder: Holder, answer: str) -> None:
    passkeys.sign_in_options(login=LOGIN, now=NOW)
    passkeys.registration_options(holder=card_holder, label="Léa", now=NOW)

    with pytest.raises(PasskeyRefused):
        passkeys.sign_in(login=LOGIN, answer=answer, now=NOW)
    with pytest.raises(PasskeyRefused):
        passkeys.register(holder=card_holder, answer=answer, name="Laptop", now=NOW)


def test_a_challenge_is_good_once_even_after_a_refusal(card_holder: Holder) -> None:
    device = Authenticator()
    added(card_holder, device)
    device.count = 2
    options = passkeys.sign_in_options(login=LOGIN, now=NOW)
    with pytest.raises(PasskeyRefused):
        passkeys.sign_in(login=LOGIN, answer="{}", now=NOW)

    with pytest.raises(PasskeyRefused):
        passkeys.sign_in(login=LOGIN, answer=device.sign(options), now=NOW)

    assert not Challenge.objects.exists()


def test_a_challenge_is_good_in_its_own_sign_in_only(card_holder: Holder) -> None:
    device = Authenticator()
    added(card_holder, device)
    device.count = 2
    options = passkeys.sign_in_options(login=LOGIN, now=NOW)
    passkeys.sign_in_options(login="another", now=NOW)

    with pytest.raises(PasskeyRefused):
        passkeys.sign_in(login="another", answer=device.sign(options), now=NOW)


def test_a_challenge_ends_after_five_minutes(card_holder: Holder) -> None:
    device = Authenticator()
    added(card_holder, device)
    device.count = 2
    options = passkeys.sign_in_options(login=LOGIN, now=NOW)

    with pytest.raises(PasskeyRefused):
        passkeys.sign_in(login=LOGIN, answer=device.sign(options), now=NOW + CHALLENGE_LIFE)
    passkeys.sign_in_options(login="new", now=NOW + CHALLENGE_LIFE + timedelta(seconds=1))
    assert Challenge.objects.count() == 1


def test_a_withdrawn_passkey_signs_nobody_in(card_holder: Holder) -> None:
    device = Authenticator()
    key = added(card_holder, device)
    upkeep.revoke(holder=card_holder, key_id=key.pk, now=NOW)
    device.count = 2

    with pytest.raises(PasskeyRefused):
        signed(device)


def test_a_passkey_belongs_to_one_person(card_holder: Holder) -> None:
    device = Authenticator()
    added(card_holder, device)
    other = holder(a_person(OTHER, given="Noor"))

    with pytest.raises(KeyThere):
        added(other, device)
