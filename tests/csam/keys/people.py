"""Somebody with a user name, her keys, and short ways to use them."""

from __future__ import annotations

from datetime import UTC, datetime

import pyotp

from guichet.audit.actors import system
from guichet.csam.codes.hashing import digest
from guichet.csam.codes.models import Account
from guichet.csam.keys import activation, cards
from guichet.csam.keys.holders import Holder
from guichet.csam.keys.models import Key, MailAddress
from guichet.platform.db import transaction
from guichet.registers.addresses import Address
from guichet.registers.persons import operations as persons
from guichet.registers.persons.models import Person
from guichet.registers.persons.queries import PersonRecord

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
NISS = "85073100130"
OTHER = "01020312444"
PASSWORD = "Coquelicot-27"
MAIL = "lea@example.be"


def a_person(niss: str = NISS, *, given: str = "Léa") -> Person:
    record = PersonRecord(
        niss=niss,
        given_name=given,
        family_name="Dubois",
        language="en",
        email="register@example.be",
        address=Address(street="Rue Haute", house_number="1", postcode="1000"),
    )
    with transaction():
        persons.register(person=record, actor=system("test"), now=NOW)
    return Person.objects.get(niss=niss)


def an_account(
    person: Person, *, user_name: str = "leadubois1", level: int = 200, email: str = MAIL
) -> Account:
    return Account.objects.create(
        person=person,
        user_name=user_name,
        password_hash=digest(PASSWORD),
        state="active",
        enrolled_level=level,
        email=email,
        language="en",
        created_at=NOW,
    )


def holder(person: Person, *, level: int = 500, means: str = "eid") -> Holder:
    return Holder(person_id=person.pk, niss=person.niss, level=level, means=means)


def app_code(secret: str, moment: datetime) -> str:
    return pyotp.TOTP(secret).at(int(moment.timestamp()))


def an_app(owner: Holder, account: Account, *, now: datetime = NOW) -> tuple[Key, str]:
    """An active app, confirmed a minute before ``now``, and its secret."""
    activation.begin_app(holder=owner, account_id=account.pk, name="My phone", now=now)
    begun = activation.app_begun(holder=owner, now=now)
    assert begun is not None
    earlier = datetime.fromtimestamp(now.timestamp() - 60, UTC)
    code = app_code(begun[0], earlier)
    return activation.confirm_app(holder=owner, code=code, now=earlier), begun[0]


def a_card(owner: Holder, account: Account, *, now: datetime = NOW) -> Key:
    return cards.make_card(holder=owner, account_id=account.pk, name="My card", now=now)


def a_locked_key(owner: Holder, account: Account, *, now: datetime = NOW) -> Key:
    """A key by mail after five wrong codes."""
    key = Key.objects.create(
        person_id=owner.person_id,
        account=account,
        kind="mail",
        name="My mail",
        state="locked",
        enrolled_level=500,
        enrolled_means="eid",
        activated_at=now,
        locked_at=now,
        wrong=5,
    )
    MailAddress.objects.create(key=key, address=MAIL, verified_at=now)
    return key
