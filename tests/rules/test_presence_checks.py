from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.moments import BRUSSELS
from guichet.rules.distance import Point
from guichet.rules.presence_checks import (
    ActFacts,
    Capacity,
    Coverage,
    EmployerFacts,
    PreviousAct,
    Validity,
    WorksFacts,
    Zone,
    employer_is_active,
    limits,
    outcome,
    validity,
    verdict,
)
from guichet.rules.remarks import REMARKS

AT = datetime(2026, 3, 2, 6, 0, tzinfo=BRUSSELS)
HOUR = timedelta(hours=1)
S1, S2 = "1Y103CF8203SZ", "1Y103CF8204TZ"
HERE = Point(4.3571, 50.8466)
KILOMETRE_NORTH = 0.009
WORKS = WorksFacts(periods=((date(2026, 1, 1), None),), points=(HERE,))
EMPLOYED = EmployerFacts(is_known=True, dimona_covers=True)
STRANGER = EmployerFacts(is_known=True)
GOOD = ActFacts(
    type="in",
    occurred_at=AT,
    received_at=AT,
    ssin="85073100130",
    works_reference=S1,
    employer=EMPLOYED,
    works=WORKS,
    membership=Coverage.ACTIVE,
    coordinates=HERE,
)
OUT = replace(GOOD, type="out")


def remarks(facts: ActFacts = GOOD, **changes: Any) -> tuple[str, ...]:
    return verdict(replace(facts, **changes))


def before(type_: str, ago: timedelta, site: str = S1) -> PreviousAct:
    return PreviousAct(type_, AT - ago, site)


def north(kilometres: float) -> Point:
    return Point(HERE.longitude, HERE.latitude + KILOMETRE_NORTH * kilometres)


def test_p9_rule_an_act_without_remark_is_validated() -> None:
    assert outcome(GOOD).remarks == ()
    assert outcome(GOOD).validity is Validity.VALIDATED


# Sequence of a person's acts


def test_p28_rule_an_in_after_an_in_is_told() -> None:
    assert remarks(previous=before("in", HOUR)) == ("ciao_21",)


@pytest.mark.parametrize(
    ("ago", "codes"),
    [(24 * HOUR, ("ciao_21",)), (24 * HOUR + timedelta(microseconds=1), ())],
)
def test_an_in_older_than_a_day_is_no_longer_the_one_before(
    ago: timedelta, codes: tuple[str, ...]
) -> None:
    assert remarks(previous=before("in", ago)) == codes


def test_an_in_elsewhere_while_another_is_open_gets_both_remarks() -> None:
    assert remarks(previous=before("in", HOUR, site=S2)) == ("ciao_21", "ciao_903")


@pytest.mark.parametrize("ago", [HOUR, 100 * HOUR])
def test_p29_rule_an_out_after_an_out_is_told(ago: timedelta) -> None:
    assert remarks(OUT, previous=before("out", ago)) == ("ciao_901",)


@pytest.mark.parametrize(
    ("facts", "previous"),
    [(GOOD, None), (OUT, None), (GOOD, before("out", HOUR)), (OUT, before("in", HOUR))],
)
def test_acts_in_turn_get_no_remark(facts: ActFacts, previous: PreviousAct | None) -> None:
    assert remarks(facts, previous=previous) == ()


@pytest.mark.parametrize("type_", ["in", "out"])
def test_p30_rule_a_repeat_carries_caw_14_and_nothing_on_sequence(type_: str) -> None:
    facts = replace(GOOD, type=type_, is_repeat=True, judged_at=AT + 48 * HOUR)

    assert remarks(facts, previous=before(type_, timedelta())) == ("caw_14",)


@pytest.mark.parametrize(
    ("ago", "site", "codes"),
    [
        (12 * HOUR, S1, ()),
        (12 * HOUR + timedelta(seconds=1), S1, ("ciao_905",)),
        (24 * HOUR, S1, ("ciao_905",)),
        (25 * HOUR, S1, ()),
        (13 * HOUR, S2, ()),
    ],
)
def test_a_stretch_longer_than_twelve_hours_is_told(
    ago: timedelta, site: str, codes: tuple[str, ...]
) -> None:
    assert remarks(OUT, previous=before("in", ago, site=site)) == codes


@pytest.mark.parametrize(
    ("judged_after", "closed_after", "codes"),
    [
        (None, None, ()),
        (24 * HOUR, None, ()),
        (25 * HOUR, None, ("ciao_902",)),
        (25 * HOUR, 24 * HOUR, ()),
        (30 * HOUR, 25 * HOUR, ("ciao_902",)),
    ],
)
def test_an_in_without_out_for_a_day_is_told_when_judged_later(
    judged_after: timedelta | None, closed_after: timedelta | None, codes: tuple[str, ...]
) -> None:
    judged_at = None if judged_after is None else AT + judged_after
    next_out_at = None if closed_after is None else AT + closed_after

    assert remarks(judged_at=judged_at, next_out_at=next_out_at) == codes


def test_the_night_of_the_october_change_is_measured_in_real_hours() -> None:
    opened = datetime(2026, 10, 24, 20, 0, tzinfo=BRUSSELS)
    closed = datetime(2026, 10, 25, 7, 30, tzinfo=BRUSSELS)  # 12 h 30 later, 11 h 30 by the clock
    facts = replace(OUT, occurred_at=closed, received_at=closed)

    assert remarks(facts, previous=PreviousAct("in", opened, S1)) == ("ciao_905",)


# Place


@pytest.mark.parametrize(("kilometres", "codes"), [(0.4, ()), (0.6, ("ciao_26",))])
def test_coordinates_may_lie_500_metres_from_an_address(
    kilometres: float, codes: tuple[str, ...]
) -> None:
    assert remarks(coordinates=north(kilometres)) == codes


def test_p31_rule_coordinates_5_km_from_every_address_fail() -> None:
    judged = outcome(replace(GOOD, coordinates=north(5)))

    assert judged.remarks == ("ciao_26",)
    assert judged.validity is Validity.FAILED


def test_one_near_address_among_several_is_enough() -> None:
    works = replace(WORKS, points=(north(40), north(5)))

    assert remarks(works=works, coordinates=north(5.1)) == ()


def test_a_site_may_set_its_own_tolerance() -> None:
    works = replace(WORKS, tolerance_metres=2000)

    assert remarks(works=works, coordinates=north(1.5)) == ()
    assert remarks(works=replace(WORKS, tolerance_metres=0), coordinates=north(0.1)) == ("ciao_26",)


def test_a_point_outside_belgium_is_only_a_remark() -> None:
    assert remarks(coordinates=Point(-73.98, 40.75)) == ("ciao_26",)


@pytest.mark.parametrize("coordinates", [HERE, None])
def test_without_geocoded_address_nothing_is_said_of_a_point(coordinates: Point | None) -> None:
    assert remarks(works=replace(WORKS, points=()), coordinates=coordinates) == ()


@pytest.mark.parametrize(
    ("points", "kilometres", "codes"),
    [
        ((), 2.9, ()),
        ((), 3.1, ("ciao_904",)),
        ((HERE,), 2.9, ()),
        ((HERE,), 3.1, ("ciao_26",)),
    ],
)
def test_mobile_works_are_measured_against_their_zones(
    points: tuple[Point, ...], kilometres: float, codes: tuple[str, ...]
) -> None:
    works = replace(WORKS, points=points, zones=(Zone(HERE, 3000),))

    assert remarks(works=works, coordinates=north(kilometres)) == codes


@pytest.mark.parametrize(("matches", "codes"), [(True, ()), (None, ()), (False, ("ciao_904",))])
def test_an_address_that_is_not_declared_is_told(
    matches: bool | None, codes: tuple[str, ...]
) -> None:
    assert remarks(coordinates=None, address_matches=matches) == codes


# Person and employer


@pytest.mark.parametrize(
    "changes", [{"ssin": "85073100131"}, {"person_is_known": False}, {"ssin": "22663312345"}]
)
def test_p35_rule_an_unknown_person_gets_caw_15_and_no_relation(changes: dict[str, Any]) -> None:
    assert remarks(**changes, employer=STRANGER) == ("caw_15",)
    assert remarks(**changes, employer=None) == ("caw_15",)


def test_p47_rule_a_person_without_dimona_gets_caw_1() -> None:
    assert outcome(replace(GOOD, employer=STRANGER)).remarks == ("caw_1",)
    assert outcome(replace(GOOD, employer=STRANGER)).validity is Validity.FAILED


def test_p51_rule_a_dimona_makes_caw_1_disappear() -> None:
    facts = replace(GOOD, employer=STRANGER)

    later = replace(facts, employer=replace(STRANGER, dimona_covers=True))

    assert outcome(facts).validity is Validity.FAILED
    assert outcome(later).validity is Validity.VALIDATED


@pytest.mark.parametrize(
    ("employer", "capacity", "codes"),
    [
        (replace(STRANGER, is_sole_trader=True), None, ("caw_2",)),
        (replace(STRANGER, is_sole_trader=True, holds_function=True), None, ()),
        (STRANGER, Capacity.EMPLOYEE, ("caw_1",)),
        (STRANGER, Capacity.EMPLOYER, ("caw_3",)),
        (STRANGER, Capacity.SELF_EMPLOYED, ("caw_5",)),
        (EMPLOYED, Capacity.EMPLOYER, ("caw_3",)),
        (replace(STRANGER, holds_function=True), Capacity.EMPLOYER, ()),
        (replace(STRANGER, holds_function=True), Capacity.SELF_EMPLOYED, ()),
        (replace(STRANGER, holds_function=True), None, ()),
    ],
)
def test_a_person_has_one_remark_at_most_on_the_relation(
    employer: EmployerFacts, capacity: Capacity | None, codes: tuple[str, ...]
) -> None:
    assert remarks(employer=employer, capacity=capacity) == codes


def test_an_unknown_enterprise_silences_the_relation_but_not_the_chain() -> None:
    unknown = EmployerFacts(is_known=False, is_active=False)

    assert remarks(employer=unknown) == ("caw_4",)
    assert remarks(employer=unknown, membership=Coverage.UNKNOWN) == ("caw_4", "caw_12")


def test_an_employer_that_stopped_is_told_beside_the_relation() -> None:
    assert remarks(employer=replace(EMPLOYED, is_active=False)) == ("caw_16",)
    assert remarks(employer=replace(STRANGER, is_active=False)) == ("caw_1", "caw_16")


@pytest.mark.parametrize(
    ("stopped_on", "first", "last", "is_active"),
    [
        (None, None, None, True),
        (date(2026, 3, 2), None, None, False),
        (date(2026, 3, 3), None, None, True),
        (None, date(2026, 3, 2), None, True),
        (None, date(2026, 3, 3), None, False),
        (None, date(2020, 1, 1), date(2026, 3, 2), True),
        (None, date(2020, 1, 1), date(2026, 3, 1), False),
        (date(2026, 1, 1), date(2020, 1, 1), None, False),
    ],
)
def test_an_enterprise_is_active_until_it_stops_or_its_registration_ends(
    stopped_on: date | None, first: date | None, last: date | None, is_active: bool
) -> None:
    found = employer_is_active(
        on=date(2026, 3, 2), stopped_on=stopped_on, onss_first_day=first, onss_last_day=last
    )

    assert found is is_active


@pytest.mark.parametrize(
    ("posting", "codes"),
    [
        (Coverage.UNKNOWN, ("caw_8",)),
        (Coverage.INACTIVE, ("caw_9",)),
        (Coverage.ACTIVE, ()),
    ],
)
def test_a_foreign_employer_is_judged_by_limosa(posting: Coverage, codes: tuple[str, ...]) -> None:
    assert remarks(employer=None, posting=posting) == codes


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        (Coverage.UNKNOWN, ("caw_6",)),
        (Coverage.INACTIVE, ("caw_7",)),
        (Coverage.ACTIVE, ()),
    ],
)
def test_a_limosa_number_that_was_sent_is_judged_by_itself(
    number: Coverage, codes: tuple[str, ...]
) -> None:
    assert remarks(employer=None, limosa_number=number) == codes


# Declaration of works


def test_p40_rule_an_unknown_reference_gets_caw_10_and_nothing_else_on_works() -> None:
    judged = outcome(replace(GOOD, works=None, membership=Coverage.UNKNOWN, address_matches=False))

    assert judged.remarks == ("caw_10",)
    assert judged.validity is Validity.FAILED


def test_p48_rule_an_employer_outside_the_chain_gets_caw_12() -> None:
    assert remarks(membership=Coverage.UNKNOWN) == ("caw_12",)


def test_p52_rule_being_declared_makes_caw_12_disappear() -> None:
    assert remarks(membership=Coverage.UNKNOWN) == ("caw_12",)
    assert remarks(membership=Coverage.ACTIVE) == ()


@pytest.mark.parametrize(
    ("periods", "codes"),
    [
        (((date(2026, 1, 1), date(2026, 3, 2)),), ()),
        (((date(2026, 3, 2), None),), ()),
        (((date(2026, 1, 1), date(2026, 3, 1)),), ("caw_11",)),
        (((date(2026, 3, 3), None),), ("caw_11",)),
        (((date(2025, 1, 1), date(2025, 12, 31)), (date(2026, 2, 1), None)), ()),
        ((), ("caw_11",)),
    ],
)
def test_p49_rule_an_act_outside_every_contract_gets_caw_11(
    periods: tuple[tuple[date, date | None], ...], codes: tuple[str, ...]
) -> None:
    assert remarks(works=replace(WORKS, periods=periods)) == codes


def test_p49_rule_the_day_is_the_belgian_one() -> None:
    works = replace(WORKS, periods=((date(2026, 1, 1), date(2026, 3, 1)),))
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # half past midnight in Belgium

    assert remarks(works=works, occurred_at=late, received_at=late) == ("caw_11",)


def test_p50_rule_an_intervention_that_is_over_gets_caw_17() -> None:
    assert remarks(membership=Coverage.INACTIVE) == ("caw_17",)


def test_works_that_are_over_do_not_repeat_it_for_the_intervention() -> None:
    works = replace(WORKS, periods=())

    assert remarks(works=works, membership=Coverage.INACTIVE) == ("caw_11",)


@pytest.mark.parametrize(
    ("activity", "codes"),
    [
        ("cleaning", ()),
        ("construction", ("caw_13",)),
        ("meat", ("caw_13",)),
        ("guarding", ("caw_13",)),
        ("moving", ("caw_13",)),
    ],
)
def test_a_site_without_duty_is_told_except_for_cleaning(
    activity: str, codes: tuple[str, ...]
) -> None:
    assert remarks(works=replace(WORKS, is_obliged=False), activity=activity) == codes


# The act itself


@pytest.mark.parametrize(("seconds", "codes"), [(30, ()), (31, ("ciao_906",)), (-600, ())])
def test_a_clock_that_runs_ahead_is_told(seconds: int, codes: tuple[str, ...]) -> None:
    assert remarks(received_at=AT - timedelta(seconds=seconds)) == codes


def test_a_correction_informs_and_does_not_fail() -> None:
    corrected = replace(GOOD, is_corrected=True)

    assert outcome(corrected).remarks == ("ciao_907",)
    assert outcome(corrected).validity is Validity.VALIDATED
    assert outcome(replace(corrected, works=None)).validity is Validity.FAILED


def test_remarks_stand_in_the_order_of_the_catalogue() -> None:
    facts = replace(
        GOOD,
        employer=replace(STRANGER, is_active=False),
        membership=Coverage.UNKNOWN,
        coordinates=north(5),
        previous=before("in", HOUR, site=S2),
        received_at=AT - HOUR,
        is_corrected=True,
    )

    found = remarks(facts)

    assert found == (
        "caw_1", "caw_12", "caw_16", "ciao_21", "ciao_26", "ciao_903", "ciao_906", "ciao_907"
    )  # fmt: skip


def test_the_figures_are_those_of_the_parameters() -> None:
    at = limits(AT.date())

    assert at.look_back == at.open_max == timedelta(days=1)
    assert at.place_tolerance_metres == 500


@given(
    facts=st.builds(
        ActFacts,
        type=st.sampled_from(["in", "out"]),
        occurred_at=st.just(AT),
        received_at=st.just(AT),
        ssin=st.sampled_from(["85073100130", "85073100131"]),
        works_reference=st.just(S1),
        person_is_known=st.booleans(),
        employer=st.none() | st.builds(EmployerFacts),
        posting=st.sampled_from(Coverage),
        limosa_number=st.none() | st.sampled_from(Coverage),
        capacity=st.none() | st.sampled_from(Capacity),
        works=st.none() | st.just(WORKS),
        membership=st.sampled_from(Coverage),
        previous=st.none()
        | st.builds(
            PreviousAct,
            st.sampled_from(["in", "out"]),
            st.just(AT - HOUR),
            st.sampled_from([S1, S2]),
        ),
        is_repeat=st.booleans(),
        is_corrected=st.booleans(),
    )
)
def test_remarks_are_known_single_and_decide_the_validity(facts: ActFacts) -> None:
    judged = outcome(facts)

    assert set(judged.remarks) <= REMARKS.keys()
    assert len(set(judged.remarks)) == len(judged.remarks)
    assert judged.validity is validity(reversed(judged.remarks))
    assert (judged.validity is Validity.VALIDATED) == (set(judged.remarks) <= {"ciao_907"})
