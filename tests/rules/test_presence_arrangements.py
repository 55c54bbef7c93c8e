"""Who registers whom: the law without an agreement, and what an agreement changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.rules.presence_arrangements import (
    NEXT,
    Agreed,
    Answer,
    Ground,
    Kind,
    Registrar,
    Side,
    State,
    Step,
    StepRefused,
    after,
    may,
    may_register,
    who_registers,
)

DAY = date(2026, 3, 2)
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
SITE = "1Y103CF8203SZ"
BELOW_REGISTERS = Agreed(
    Registrar.BELOW, Side.BELOW, date(2026, 1, 1), date(2026, 12, 31), State.CONFIRMED, AT
)


def answer(
    activity: str,
    *agreements: Agreed,
    kind: Kind = Kind.INTERIM,
    on: date = DAY,
    reference: str = SITE,
) -> Answer:
    found = who_registers(
        activity=activity, kind=kind, agreements=agreements, on=on, reference=reference
    )
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("activity", "kind", "registrar", "supplier", "grounds"),
    [
        ("cleaning", Kind.INTERIM, "worker", "above", ["onlyWorker", "userSupplies"]),
        ("construction", Kind.INTERIM, "above", "above", ["userDeclares", "userSupplies"]),
        ("meat", Kind.INTERIM, "above", "above", ["userDeclares", "userSupplies"]),
        ("cleaning", Kind.SUBCONTRACTOR, "worker", "below", ["onlyWorker", "employerSupplies"]),
        (
            "construction",
            Kind.SUBCONTRACTOR,
            "below",
            "below",
            ["employerDeclares", "employerSupplies"],
        ),
    ],
)
def test_without_an_agreement_the_law_says_who_registers(
    activity: str, kind: Kind, registrar: str, supplier: str, grounds: list[str]
) -> None:
    found = answer(activity, kind=kind)

    assert (found.registrar, found.supplier) == (registrar, supplier)
    assert list(found.grounds) == grounds
    assert found.agreed is None


@pytest.mark.parametrize(
    ("activity", "on"),
    [
        ("guarding", DAY),
        ("moving", date(2027, 3, 1)),
        ("cleaning", date(2024, 8, 31)),
        ("meat", date(2015, 12, 31)),
    ],
)
def test_where_nothing_is_registered_nobody_registers(activity: str, on: date) -> None:
    for kind in Kind:
        assert who_registers(activity=activity, kind=kind, agreements=(), on=on) is None


def test_an_agreement_changes_who_registers_where_the_law_leaves_it_open() -> None:
    found = answer("construction", BELOW_REGISTERS)

    assert (found.registrar, found.supplier) == (Registrar.BELOW, Side.BELOW)
    assert found.grounds == (Ground.AGREED,)
    assert found.agreed is BELOW_REGISTERS


def test_where_only_the_worker_may_register_an_agreement_changes_who_gives_the_means() -> None:
    found = answer("cleaning", BELOW_REGISTERS)

    assert (found.registrar, found.supplier) == (Registrar.WORKER, Side.BELOW)
    assert found.grounds == (Ground.ONLY_WORKER, Ground.AGREED, Ground.NOT_OPEN)


def test_what_the_other_party_has_not_confirmed_holds_and_says_so() -> None:
    found = answer("meat", replace(BELOW_REGISTERS, state=State.RECORDED))

    assert found.registrar is Registrar.BELOW
    assert Ground.NOT_CONFIRMED in found.grounds


def test_a_contested_agreement_decides_nothing_and_says_so() -> None:
    found = answer("meat", replace(BELOW_REGISTERS, state=State.CONTESTED))

    assert (found.registrar, found.agreed) == (Registrar.ABOVE, None)
    assert found.grounds[-1] is Ground.CONTESTED


def test_a_withdrawn_agreement_is_as_none() -> None:
    withdrawn = replace(BELOW_REGISTERS, state=State.WITHDRAWN)

    assert answer("meat", withdrawn) == answer("meat")


def test_the_agreement_of_the_site_goes_before_the_general_one_and_the_latest_before_earlier() -> (
    None
):
    of_site = replace(BELOW_REGISTERS, registrar=Registrar.WORKER, works_reference=SITE)
    later = replace(BELOW_REGISTERS, recorded_at=AT + timedelta(days=9), registrar=Registrar.ABOVE)

    assert answer("meat", BELOW_REGISTERS, later).agreed is later
    assert answer("meat", BELOW_REGISTERS, of_site, later).agreed is of_site
    assert answer("meat", of_site, reference="1Y103CF8204TZ").agreed is None


@given(offset=st.integers(-500, 500))
def test_an_agreement_holds_on_its_days_only_both_included(offset: int) -> None:
    day = BELOW_REGISTERS.first_day + timedelta(days=offset)
    holds = date(2026, 1, 1) <= day <= date(2026, 12, 31)

    assert (answer("construction", BELOW_REGISTERS, on=day).agreed is not None) is holds


@pytest.mark.parametrize(
    ("activity", "registrar", "may"),
    [
        ("cleaning", Registrar.WORKER, True),
        ("cleaning", Registrar.ABOVE, False),
        ("cleaning", Registrar.BELOW, False),
        ("meat", Registrar.ABOVE, True),
        ("construction", Registrar.BELOW, True),
    ],
)
def test_whom_the_law_lets_register(activity: str, registrar: Registrar, may: bool) -> None:
    assert may_register(registrar, activity=activity, on=DAY) is may


@pytest.mark.parametrize(("state", "step"), list(product(State, Step)))
def test_each_cell_of_the_table(state: State, step: Step) -> None:
    if (state, step) in NEXT:
        assert after(state, step) is NEXT[state, step]
    else:
        with pytest.raises(StepRefused):
            after(state, step)


def test_nothing_follows_a_withdrawal() -> None:
    assert {state for state, _step in NEXT} == {*State} - {State.WITHDRAWN}


@pytest.mark.parametrize("side", Side)
def test_who_recorded_it_withdraws_and_the_other_one_answers(side: Side) -> None:
    open_to = {step for step in Step if may(State.RECORDED, step, by=side, recorded_by=side)}
    other = {step for step in Step if may(State.RECORDED, step, by=side.other, recorded_by=side)}

    assert open_to == {Step.WITHDRAW}
    assert other == {Step.CONFIRM, Step.CONTEST}
