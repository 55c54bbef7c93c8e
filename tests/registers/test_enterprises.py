"""The register of enterprises."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from guichet.audit.models import Entry
from guichet.demo import numbers
from guichet.platform.models import Change
from guichet.registers.addresses import Address
from guichet.registers.changing import Outcome, RegisterRefused
from guichet.registers.enterprises import operations, queries
from guichet.registers.enterprises.queries import EnterpriseRecord, EstablishmentRecord
from tests.registers.people import (
    ACTOR,
    FIRM,
    KARIM,
    NOW,
    OTHER_FIRM,
    TODAY,
    a_firm,
    a_person,
    last_change,
)

pytestmark = pytest.mark.django_db

RECORD = EnterpriseRecord(
    number=FIRM,
    name_nl="Zilvermeeuw",
    name_fr="Goéland Argenté",
    language="fr",
    legal_form="610",
    onss_number=numbers.onss(1),
    onss_first_day=date(2020, 1, 1),
    address=Address("Kraanvogelstraat", "8", "", "9000", "Gent"),
)


def register(record: EnterpriseRecord) -> Outcome:
    return operations.register(enterprise=record, actor=ACTOR, now=NOW)


def test_what_was_registered_is_read_back() -> None:
    assert register(RECORD) is Outcome.ADDED
    assert register(RECORD) is Outcome.UNCHANGED
    assert queries.enterprise(number=FIRM) == RECORD


@pytest.mark.parametrize(
    ("language", "name"),
    [("nl", "Zilvermeeuw"), ("fr-BE", "Goéland Argenté"), ("de", "Goéland Argenté")],
)
def test_a_firm_has_its_name_in_the_language_or_else_in_its_own(language: str, name: str) -> None:
    assert RECORD.name(language) == name


def test_names_are_found_for_many_at_once() -> None:
    register(RECORD)
    a_firm(OTHER_FIRM, "Tilleul")

    found = queries.names(numbers=[FIRM, OTHER_FIRM, "1000000120"], language="nl")
    assert found == {FIRM: "Zilvermeeuw", OTHER_FIRM: "Tilleul"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"number": "0712345631"}, "enterprise_number_invalid"),
        ({"name_nl": "", "name_fr": ""}, "enterprises_enterprise_has_a_name"),
        ({"legal_form": "SRL"}, "enterprises_enterprise_legal_form_well_formed"),
        ({"onss_last_day": date(2019, 1, 1)}, "enterprises_enterprise_onss_days_in_order"),
        (
            {"onss_first_day": None, "onss_last_day": TODAY},
            "enterprises_enterprise_onss_days_in_order",
        ),
    ],
)
def test_a_wrong_enterprise_is_refused_with_a_stable_code(
    change: dict[str, object], code: str
) -> None:
    with pytest.raises(RegisterRefused) as refusal:
        register(replace(RECORD, **change))  # type: ignore[arg-type]

    assert refusal.value.code == code
    assert queries.enterprise(number=FIRM) is None


def test_two_firms_cannot_share_an_onss_number() -> None:
    register(RECORD)

    with pytest.raises(RegisterRefused, match="onss_number_unique"):
        register(replace(RECORD, number=OTHER_FIRM))


def test_a_firm_that_stops_is_no_employer_afterwards() -> None:
    register(RECORD)
    operations.stop(number=FIRM, on=TODAY, actor=ACTOR, now=NOW)

    stopped = queries.enterprise(number=FIRM)
    assert stopped is not None
    assert (stopped.stopped_on, stopped.onss_last_day) == (TODAY, TODAY - timedelta(days=1))
    assert last_change() == {
        "kind": "enterprise",
        "niss": None,
        "enterprise_number": FIRM,
        "works_reference": None,
        "first_day": None,
        "last_day": None,
    }


def add_function(first_day: date, last_day: date | None = None, function: str = "founder") -> None:
    operations.add_function(
        number=FIRM,
        niss=KARIM,
        function=function,
        first_day=first_day,
        last_day=last_day,
        actor=ACTOR,
        now=NOW,
    )


def test_a_founder_is_one_from_his_first_day_to_his_last() -> None:
    a_firm(), a_person()
    add_function(date(2025, 1, 1))
    operations.end_function(
        number=FIRM,
        niss=KARIM,
        function="founder",
        last_day=date(2025, 12, 31),
        actor=ACTOR,
        now=NOW,
    )

    held = [queries.functions_of(niss=KARIM, on=day) for day in (date(2025, 12, 31), TODAY)]
    assert [len(functions) for functions in held] == [1, 0]
    assert last_change()["niss"] == KARIM
    assert last_change()["first_day"] == date(2025, 1, 1)
    assert last_change()["last_day"] is None  # until now it had no end: those days are touched


def test_the_same_function_cannot_overlap_itself_but_another_may() -> None:
    a_firm(), a_person()
    add_function(date(2025, 1, 1), date(2025, 6, 30))
    add_function(date(2025, 7, 1))
    add_function(date(2025, 1, 1), function="manager")

    with pytest.raises(RegisterRefused) as refusal:
        add_function(date(2026, 1, 1), date(2026, 1, 1))
    assert refusal.value.code == "enterprises_function_no_overlap"
    assert len(queries.functions(number=FIRM)) == 3
    assert len(queries.functions(number=FIRM, on=TODAY)) == 2


def test_a_function_that_does_not_run_cannot_end() -> None:
    a_firm(), a_person()
    add_function(date(2025, 1, 1), date(2025, 6, 30))

    with pytest.raises(RegisterRefused, match="function_unknown"):
        operations.end_function(
            number=FIRM, niss=KARIM, function="founder", last_day=TODAY, actor=ACTOR, now=NOW
        )


@pytest.mark.parametrize(
    ("function", "code"), [("king", "enterprises_function_function_known"), ("founder", None)]
)
def test_only_known_functions_are_taken(function: str, code: str | None) -> None:
    a_firm(), a_person()
    if code is None:
        add_function(TODAY, function=function)
    else:
        with pytest.raises(RegisterRefused, match=code):
            add_function(TODAY, function=function)


def test_an_establishment_stays_with_its_enterprise() -> None:
    a_firm()
    a_firm(OTHER_FIRM, "Tilleul")
    unit = EstablishmentRecord(numbers.establishment(1), FIRM, "Atelier", Address("Quai", "1"))

    def add(record: EstablishmentRecord) -> Outcome:
        return operations.add_establishment(establishment=record, actor=ACTOR, now=NOW)

    assert add(unit) is Outcome.ADDED
    assert add(replace(unit, name="Dépôt")) is Outcome.CHANGED
    assert queries.establishments(number=FIRM) == (replace(unit, name="Dépôt"),)
    with pytest.raises(RegisterRefused, match="establishment_of_another"):
        add(replace(unit, enterprise_number=OTHER_FIRM))
    with pytest.raises(RegisterRefused, match="establishment_number_invalid"):
        add(replace(unit, number=FIRM))


def test_an_establishment_closes_after_its_last_day_with_a_line_in_the_trail() -> None:
    a_firm()
    number = numbers.establishment(1)
    unit = EstablishmentRecord(number, FIRM, "Atelier", first_day=date(2020, 4, 1))
    operations.add_establishment(establishment=unit, actor=ACTOR, now=NOW)

    def close(last_day: date, number: str = number) -> None:
        operations.close_establishment(number=number, last_day=last_day, actor=ACTOR, now=NOW)

    close(TODAY)
    close(TODAY)

    [closed] = queries.establishments(number=FIRM)
    assert closed == replace(unit, last_day=TODAY)
    assert [closed.is_open(TODAY + timedelta(days=by)) for by in (-1, 0, 1)] == [True, True, False]
    assert not closed.is_open(date(2020, 3, 31))
    lines = Entry.objects.filter(action="registers.establishment.closed")
    assert [(one.target, one.detail) for one in lines] == [
        (number, {"last_day": TODAY.isoformat()})
    ]
    with pytest.raises(RegisterRefused, match="enterprises_establishment_days_in_order"):
        close(date(2020, 3, 31))
    with pytest.raises(RegisterRefused, match="establishment_unknown"):
        close(TODAY, numbers.establishment(2))


def test_the_days_of_an_establishment_come_with_what_is_loaded() -> None:
    a_firm()
    unit = EstablishmentRecord(numbers.establishment(1), FIRM, "Atelier", last_day=TODAY)
    operations.add_establishment(establishment=unit, actor=ACTOR, now=NOW)

    open_again = replace(unit, last_day=None)
    outcome = operations.add_establishment(establishment=open_again, actor=ACTOR, now=NOW)

    assert outcome is Outcome.CHANGED
    assert queries.establishments(number=FIRM) == (open_again,)


def test_qualities_have_their_days() -> None:
    a_firm()

    def add(first_day: date) -> None:
        operations.add_quality(
            number=FIRM, quality="temp_agency", first_day=first_day, actor=ACTOR, now=NOW
        )

    add(date(2026, 1, 1))

    assert [each.quality for each in queries.qualities(number=FIRM, on=TODAY)] == ["temp_agency"]
    assert queries.qualities(number=FIRM, on=date(2025, 12, 31)) == ()
    with pytest.raises(RegisterRefused, match="enterprises_quality_no_overlap"):
        add(TODAY)


def test_who_is_not_in_the_registers_is_refused() -> None:
    with pytest.raises(RegisterRefused, match="enterprise_unknown"):
        add_function(TODAY)
    a_firm()
    with pytest.raises(RegisterRefused, match="person_unknown"):
        add_function(TODAY)
    assert not Change.objects.filter(kind="function").exists()
