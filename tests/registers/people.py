"""Short ways to fill the registers in the tests of this folder."""

from datetime import UTC, date, datetime

from guichet.audit.actors import system
from guichet.demo import numbers
from guichet.platform.models import Change
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord

NOW = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
ACTOR = system("test")

KARIM = "85073100130"
LOTTE = "01020312444"
MAREK = "90451207722"
FIRM = "0712345630"
OTHER_FIRM = "0876543270"


def a_person(niss: str = KARIM, name: str = "Lemaire", given: str = "Karim") -> str:
    person = PersonRecord(niss=niss, given_name=given, family_name=name)
    persons.register(person=person, actor=ACTOR, now=NOW)
    return niss


def a_firm(number: str = FIRM, name: str = "Cristal du Bocq") -> str:
    record = EnterpriseRecord(number=number, name_fr=name, language="fr")
    enterprises.register(enterprise=record, actor=ACTOR, now=NOW)
    return number


def firms(count: int) -> list[str]:
    return [a_firm(numbers.enterprise(index), f"Firm {index}") for index in range(count)]


def last_change() -> dict[str, object]:
    row = Change.objects.order_by("id").values().last() or {}
    return {name: value for name, value in row.items() if name not in {"id", "recorded_in", "at"}}
