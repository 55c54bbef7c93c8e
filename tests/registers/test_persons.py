"""The register of persons."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from guichet.audit.models import Entry
from guichet.platform.db import NoTransaction
from guichet.platform.models import Change
from guichet.registers.addresses import Address
from guichet.registers.changing import Outcome, RegisterRefused
from guichet.registers.persons import operations, queries
from guichet.registers.persons.models import Person
from guichet.registers.persons.queries import PersonRecord
from guichet.registers.persons.steps import Step, steps_of
from tests.registers.people import ACTOR, KARIM, LOTTE, MAREK, NOW, a_person

pytestmark = pytest.mark.django_db

RECORD = PersonRecord(
    niss=KARIM,
    given_name="Karim",
    family_name="De Smét",
    birth_date=date(1985, 7, 31),
    language="fr",
    address=Address("Rue du Moulin", "4", "2", "5000", "Namur"),
)


def register(person: PersonRecord) -> Outcome:
    return operations.register(person=person, actor=ACTOR, now=NOW)


def replace_number(old: str, new: str) -> None:
    operations.replace_number(old=old, new=new, actor=ACTOR, now=NOW)


def test_what_was_registered_is_read_back() -> None:
    assert register(RECORD) is Outcome.ADDED
    assert queries.person(niss=KARIM) == RECORD


def test_the_sort_key_ignores_case_and_accents() -> None:
    register(RECORD)

    assert Person.objects.get().sort_key == "de smet karim"


def test_registering_again_changes_what_differs_and_only_that() -> None:
    register(RECORD)

    assert register(RECORD) is Outcome.UNCHANGED
    assert register(replace(RECORD, email="k@example.org")) is Outcome.CHANGED
    assert Entry.objects.count() == Change.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"niss": "85073100131"}, "niss_invalid"),
        ({"niss": "8507310013"}, "niss_invalid"),
        ({"family_name": " "}, "name_missing"),
        ({"language": "it"}, "persons_person_language_known"),
        ({"address": Address(country="Belgium")}, "persons_person_country_well_formed"),
        ({"replaced_by": LOTTE}, "person_unknown"),
        ({"given_name": "a\0b"}, "value_impossible"),
    ],
)
def test_a_wrong_person_is_refused_with_a_stable_code(change: dict[str, object], code: str) -> None:
    with pytest.raises(RegisterRefused) as refusal:
        register(replace(RECORD, **change))  # type: ignore[arg-type]

    assert refusal.value.code == code
    assert KARIM not in str(refusal.value.sentence)
    assert not Person.objects.exists()


def test_a_replaced_number_leads_to_the_person_under_the_new_one() -> None:
    a_person(MAREK, "Zieliński", "Marek")
    a_person(LOTTE, "Zielinski", "Marek")
    replace_number(MAREK, LOTTE)

    person = queries.person(niss=MAREK)
    assert person is not None
    assert person.niss == LOTTE
    assert queries.current_numbers(numbers=[MAREK, KARIM]) == {MAREK: LOTTE, KARIM: KARIM}
    assert queries.names(numbers=[MAREK])[MAREK].family_name == "Zielinski"
    assert queries.numbers_of(niss=MAREK) == queries.numbers_of(niss=LOTTE) == {MAREK, LOTTE}
    stored = queries.stored(niss=MAREK)
    assert stored is not None
    assert stored.replaced_by == LOTTE


def test_a_number_replaced_twice_over_leads_to_the_last_one() -> None:
    for niss in (MAREK, LOTTE, KARIM):
        a_person(niss)
    replace_number(MAREK, LOTTE)
    replace_number(LOTTE, KARIM)

    assert queries.current_number(niss=MAREK) == KARIM
    assert queries.numbers_of(niss=KARIM) == {MAREK, LOTTE, KARIM}


def test_a_replacement_tells_those_who_judged_by_either_number() -> None:
    a_person(MAREK)
    a_person(LOTTE)
    Change.objects.all().delete()

    replace_number(MAREK, LOTTE)
    replace_number(MAREK, LOTTE)  # once more changes nothing

    assert set(Change.objects.values_list("kind", "niss")) == {("person", MAREK), ("person", LOTTE)}


def test_numbers_cannot_replace_each_other_in_a_circle() -> None:
    for niss in (MAREK, LOTTE, KARIM):
        a_person(niss)
    replace_number(MAREK, LOTTE)

    with pytest.raises(RegisterRefused, match="replacement_circular"):
        replace_number(LOTTE, MAREK)
    with pytest.raises(RegisterRefused, match="replacement_circular"):
        replace_number(KARIM, KARIM)
    with pytest.raises(RegisterRefused, match="already_replaced"):
        replace_number(MAREK, KARIM)
    with pytest.raises(RegisterRefused, match="niss_invalid"):
        replace_number(MAREK, "x")


def test_who_is_unknown_has_no_name_and_keeps_his_number() -> None:
    assert queries.person(niss=KARIM) is None
    assert queries.names(numbers=[KARIM]) == {}
    assert queries.current_number(niss=KARIM) == KARIM
    assert queries.known_numbers(numbers=[KARIM]) == frozenset()


def test_a_record_shows_no_personal_data_in_a_log() -> None:
    assert all(text not in repr(RECORD) for text in (KARIM, "Karim", "Smét", "1985", "Moulin"))


@pytest.mark.django_db(transaction=True)
def test_a_register_does_not_change_outside_a_transaction() -> None:
    assert not connection.in_atomic_block
    with pytest.raises(NoTransaction):
        register(RECORD)


def steps() -> list[Step]:
    """What every change until now did to who people are."""
    return steps_of(changes=list(Change.objects.values_list("id", flat=True)))


def test_a_replacement_and_another_name_are_steps_of_an_identity() -> None:
    register(RECORD)
    a_person(LOTTE)
    register(replace(RECORD, family_name="De Smet"))
    replace_number(KARIM, LOTTE)

    named, numbered = steps()

    assert not named.is_replacement
    assert (named.before.family_name, named.after.family_name) == ("De Smét", "De Smet")
    assert numbered.is_replacement
    assert (numbered.before.niss, numbered.after.niss) == (KARIM, LOTTE)
    assert numbered.before == named.after
    assert named.history < numbered.history


def test_who_is_new_or_moves_house_takes_no_step() -> None:
    register(RECORD)
    register(replace(RECORD, address=Address("Rue du Moulin", "5", "", "5000", "Namur")))

    assert steps() == []


def test_the_numbers_before_one_are_those_whose_place_it_took() -> None:
    for niss in (MAREK, LOTTE, KARIM):
        a_person(niss)
    replace_number(MAREK, LOTTE)
    replace_number(LOTTE, KARIM)

    assert queries.numbers_before(niss=MAREK) == {MAREK}
    assert queries.numbers_before(niss=LOTTE) == {MAREK, LOTTE}
    assert queries.numbers_before(niss=KARIM) == {MAREK, LOTTE, KARIM}
