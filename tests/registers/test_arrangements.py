"""The register of arrangements: who may change what, and what is read of it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from guichet.audit.models import Entry, History
from guichet.registers.arrangements import operations, queries
from guichet.registers.arrangements.operations import UnknownArrangement
from guichet.registers.changing import RegisterRefused
from guichet.rules.presence_arrangements import (
    Kind,
    Registrar,
    Side,
    State,
    Step,
    StepRefused,
)
from tests.registers.arrangements_world import CLEANING, MEAT, agreement, recorded, site
from tests.registers.people import ACTOR, FIRM, NOW, OTHER_FIRM, TODAY, a_firm

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
STRANGER = "1000000120"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _firms() -> None:
    for number, name in ((FIRM, "Cristal"), (OTHER_FIRM, "Interim Meuse"), (STRANGER, "Third")):
        a_firm(number, name)


def agree(**given: object) -> UUID:
    return recorded(agreement(FIRM, OTHER_FIRM, **given), now=NOW)


def changed(act: Callable[..., Any], number: UUID, enterprise: str, **given: Any) -> Any:
    with transaction.atomic():
        return act(number=number, enterprise=enterprise, actor=ACTOR, now=NOW, **given)


def shown(number: UUID) -> queries.ArrangementRecord:
    found = queries.arrangement(number=number, enterprise=FIRM)
    assert found is not None
    return found


def test_both_parties_and_nobody_else_read_what_one_of_them_recorded() -> None:
    number = agree(works_reference=MEAT)

    assert shown(number).recorded_by is Side.ABOVE
    for party in (FIRM, OTHER_FIRM):
        assert [one.number for one in queries.of_enterprise(enterprise=party)] == [number]
        assert queries.arrangement(number=number, enterprise=party) == shown(number)
    assert queries.of_enterprise(enterprise=STRANGER) == []
    assert queries.arrangement(number=number, enterprise=STRANGER) is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"below": "0100000000"}, "enterprise_unknown"),
        ({"below": FIRM}, "arrangements_parties_differ"),
        ({"last_day": date(2025, 12, 31)}, "arrangements_arrangement_days_in_order"),
        ({"works_reference": "short"}, "arrangements_arrangement_works_reference_well_formed"),
        ({"description": "nul \x00"}, "value_impossible"),
    ],
)
def test_the_database_refuses_what_cannot_be(given: dict[str, object], code: str) -> None:
    with pytest.raises(RegisterRefused) as refusal:
        agree(**given)

    assert refusal.value.code == code
    assert queries.of_enterprise(enterprise=FIRM) == []


def test_the_other_party_confirms_and_contests_with_a_reason() -> None:
    number = agree()

    changed(operations.step, number, OTHER_FIRM, step=Step.CONFIRM)
    assert shown(number).state is State.CONFIRMED
    changed(operations.step, number, OTHER_FIRM, step=Step.CONTEST, answer="Never signed.")
    assert (shown(number).state, shown(number).answer) == (State.CONTESTED, "Never signed.")
    with pytest.raises(RegisterRefused, match="arrangements_contested_with_a_reason"):
        changed(operations.step, agree(), OTHER_FIRM, step=Step.CONTEST)


@pytest.mark.parametrize(
    ("enterprise", "step", "refusal"),
    [
        (FIRM, Step.CONFIRM, StepRefused),
        (FIRM, Step.CONTEST, StepRefused),
        (OTHER_FIRM, Step.WITHDRAW, StepRefused),
        (STRANGER, Step.CONFIRM, UnknownArrangement),
        (STRANGER, Step.WITHDRAW, UnknownArrangement),
    ],
)
def test_a_step_is_open_to_one_party_only(
    enterprise: str, step: Step, refusal: type[Exception]
) -> None:
    number = agree()

    with pytest.raises(refusal):
        changed(operations.step, number, enterprise, step=step, answer="x")

    assert shown(number).state is State.RECORDED


@pytest.mark.parametrize("enterprise", [FIRM, OTHER_FIRM])
def test_either_party_ends_it_and_today_is_its_last_day(enterprise: str) -> None:
    number = agree()

    changed(operations.end, number, enterprise)

    assert (shown(number).last_day, shown(number).ended_by) == (
        TODAY,
        shown(number).side_of(enterprise),
    )
    with pytest.raises(StepRefused):
        changed(operations.end, number, enterprise)


def test_what_has_not_begun_ends_on_its_first_day_and_another_firm_ends_nothing() -> None:
    number = agree(first_day=TODAY + 9 * DAY)
    with pytest.raises(UnknownArrangement):
        changed(operations.end, number, STRANGER)
    with pytest.raises(UnknownArrangement):
        changed(operations.end, uuid4(), FIRM)

    changed(operations.end, number, FIRM)

    assert shown(number).last_day == TODAY + 9 * DAY


def test_every_change_leaves_its_line_and_its_history() -> None:
    number = agree()
    changed(operations.step, number, OTHER_FIRM, step=Step.CONFIRM)
    changed(operations.end, number, OTHER_FIRM)
    changed(operations.step, number, FIRM, step=Step.WITHDRAW)

    lines = Entry.objects.filter(target=f"arrangement/{number}").order_by("id")
    happened = [line.action.rpartition(".")[2] for line in lines]
    kept = History.objects.filter(table_name="arrangements_arrangement").count()

    assert happened == ["recorded", "confirmed", "ended", "withdrawn"]
    assert kept == 4


def test_an_agreement_counts_for_the_other_party_while_it_holds_and_on_its_sites() -> None:
    def found(on: date = TODAY, sites: tuple[str, ...] = ()) -> frozenset[str]:
        return queries.arranged(
            enterprise=FIRM, side=Side.ABOVE, kind=Kind.INTERIM, on=on, sites=sites
        )

    number = agree(works_reference=MEAT)
    assert found() == frozenset()
    assert found(sites=(MEAT,)) == {OTHER_FIRM}
    assert found(on=date(2025, 12, 31), sites=(MEAT,)) == frozenset()
    changed(operations.step, number, OTHER_FIRM, step=Step.CONTEST, answer="No.")
    assert found(sites=(MEAT,)) == frozenset()


def test_who_registers_an_interim_worker_is_said_for_each_activity_of_the_user() -> None:
    site(CLEANING, "cleaning", declarant=FIRM, now=NOW, name="Hôpital")
    site(MEAT, "meat", declarant=FIRM, now=NOW, name="Abattoir")

    def found() -> list[tuple[str, str, Registrar, Side]]:
        answers = queries.responsible(agency=OTHER_FIRM, user=FIRM, on=TODAY)
        return [
            (one.activity, one.site_name, one.answer.registrar, one.answer.supplier)
            for one in answers
        ]

    assert found() == [
        ("cleaning", "", Registrar.WORKER, Side.ABOVE),
        ("meat", "", Registrar.ABOVE, Side.ABOVE),
    ]
    agree(works_reference=MEAT)
    assert found() == [
        ("cleaning", "", Registrar.WORKER, Side.ABOVE),
        ("meat", "Abattoir", Registrar.BELOW, Side.BELOW),
    ]
    assert queries.responsible(agency=OTHER_FIRM, user=FIRM, on=date(2025, 12, 31)) == ()
    assert queries.responsible(agency=FIRM, user=OTHER_FIRM, on=TODAY) == ()
