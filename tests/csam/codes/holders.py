"""People with access codes, for the tests: an account, posted codes, cheap digests."""

from datetime import UTC, date, datetime
from typing import Any, Final

from django.db.transaction import atomic

from guichet.csam.codes import hashing, made_up, operations
from guichet.csam.codes.models import Account
from guichet.demo import numbers
from guichet.registers.addresses import Address
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.models import Person
from guichet.registers.persons.queries import PersonRecord
from tests.csam.relying_party import ACTOR

NOW: Final = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
MARIE: Final = numbers.niss(born_on=date(1980, 3, 4), is_female=True)
JOAO: Final = numbers.bis(born_on=date(1979, 6, 12), is_female=False)
FIRM: Final = numbers.enterprise(4_321)
NAME, PASSWORD = "dupontmarie", "Bruxelles12"
POSTED_NAME, POSTED_PASSWORD = "acdefghjk347", "ADEFGHJabd347="
CHEAP: Final = (1, 8, 1)


def a_person(niss: str = MARIE, **changed: Any) -> Person:
    """Marie Dupont of Namur, who reads French."""
    given: dict[str, Any] = {
        "given_name": "Marie",
        "family_name": "Dupont",
        "birth_date": date(1980, 3, 4),
        "language": "fr",
        "email": "marie@example.org",
        "address": Address("Rue du Moulin", "4", "", "5000", "Namur"),
    }
    with atomic():
        persons.register(person=PersonRecord(niss, **(given | changed)), actor=ACTOR, now=NOW)
    return Person.objects.get(niss=niss)


def a_firm(**changed: Any) -> str:
    """Boulangerie Dupont; its number."""
    given: dict[str, Any] = {
        "name_fr": "Boulangerie Dupont",
        "language": "fr",
        "address": Address("Rue du Four", "7", "2", "1000", "Bruxelles"),
    }
    with atomic():
        record = EnterpriseRecord(FIRM, **(given | changed))
        enterprises.register(enterprise=record, actor=ACTOR, now=NOW)
    return FIRM


def an_account(person: Person | None, **changed: Any) -> Account:
    """An active account with the codes of Marie."""
    password = changed.pop("password", PASSWORD)
    given = {
        "user_name": NAME,
        "password_hash": hashing.digest(password),
        "state": "active",
        "enrolled_level": 200,
        "language": "fr",
        "created_at": NOW,
    }
    return Account.objects.create(person=person, **(given | changed))


def posted(monkeypatch: Any, *, niss: str = MARIE, **changed: Any) -> Account:
    """Provisional codes, known to the test."""
    monkeypatch.setattr(made_up, "user_name", lambda: POSTED_NAME)
    monkeypatch.setattr(made_up, "password", lambda: POSTED_PASSWORD)
    given = {"enterprise_number": None, "quality": None, "actor": ACTOR, "now": NOW}
    return operations.post_codes(niss=niss, **(given | changed))
