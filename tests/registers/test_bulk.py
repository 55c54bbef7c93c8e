"""Many rows at once, for loads of a whole register: the same promises in few statements."""

from dataclasses import replace
from datetime import date

import pytest
from django.db.transaction import atomic

from guichet.audit.models import Entry, History
from guichet.demo import numbers
from guichet.platform.models import Change
from guichet.registers.changing import RegisterRefused
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord, is_employed
from guichet.registers.persons import operations as persons
from guichet.registers.persons import queries
from guichet.registers.persons.models import Person
from guichet.registers.persons.queries import PersonRecord
from tests.registers.people import (
    ACTOR,
    FIRM,
    KARIM,
    LOTTE,
    NOW,
    OTHER_FIRM,
    TODAY,
    a_firm,
    a_person,
)

pytestmark = pytest.mark.django_db

PEOPLE = [PersonRecord(KARIM, "Karim", "Lemaire"), PersonRecord(LOTTE, "Lotte", "Claes")]
RECORD = EmploymentRecord(KARIM, FIRM, "121", "OTH", date(2026, 1, 5))


def register(people: list[PersonRecord]) -> None:
    persons.register_many(people=people, actor=ACTOR, now=NOW)


def declare(records: list[EmploymentRecord]) -> None:
    employments.declare_many(employments=records, actor=ACTOR, now=NOW)


def test_many_people_leave_their_history_their_changes_and_one_line() -> None:
    register(PEOPLE)

    assert queries.person(niss=LOTTE) == PEOPLE[1]
    assert History.objects.filter(table_name="persons_person").count() == 2
    assert set(Change.objects.values_list("niss", flat=True)) == {KARIM, LOTTE}
    assert Entry.objects.get().detail == {"count": 2}


@pytest.mark.parametrize(
    ("person", "code"),
    [
        (PersonRecord("85073100131", "", "X"), "niss_invalid"),
        (PersonRecord("85051500210", "", ""), "name_missing"),
        (PersonRecord(KARIM, "", "X"), "persons_person_niss_unique"),
        (PersonRecord("85051500210", "", "X", language="it"), "persons_person_language_known"),
    ],
)
def test_one_wrong_person_among_many_stops_them_all(person: PersonRecord, code: str) -> None:
    with pytest.raises(RegisterRefused, match=code):
        register([*PEOPLE, person])

    assert not Person.objects.exists()


def test_many_employments_count_at_once() -> None:
    register(PEOPLE)
    a_firm()
    a_firm(OTHER_FIRM, "Tilleul")
    declare(
        [
            RECORD,
            replace(RECORD, niss=LOTTE, employer=OTHER_FIRM, user_enterprise=FIRM),
        ]
    )

    assert is_employed(niss=KARIM, employer=FIRM, on=TODAY)
    assert is_employed(niss=LOTTE, employer=FIRM, on=TODAY)
    touched = Change.objects.filter(kind="employment").values_list("niss", "enterprise_number")
    assert set(touched) == {(KARIM, FIRM), (LOTTE, FIRM), (LOTTE, OTHER_FIRM)}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"niss": "85051500210"}, "person_unknown"),
        ({"employer": numbers.enterprise(5)}, "enterprise_unknown"),
        ({"user_enterprise": numbers.enterprise(5)}, "enterprise_unknown"),
        ({}, "employments_relation_unique"),
        ({"worker_type": "STU", "last_day": date(2025, 1, 1)}, "employments_period_days_in_order"),
    ],
)
def test_one_wrong_employment_among_many_stops_them_all(
    change: dict[str, object], code: str
) -> None:
    a_person()
    a_firm()
    with pytest.raises(RegisterRefused, match=code), atomic():
        declare([RECORD, replace(RECORD, **change)])  # type: ignore[arg-type]

    assert not is_employed(niss=KARIM, employer=FIRM, on=TODAY)
