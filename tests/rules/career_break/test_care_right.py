"""The right to medical assistance, palliative and informal care leave, by the worked examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from guichet.kernel.period import Period
from guichet.rules.career_break.consent import Power, consents
from guichet.rules.career_break.credits import Amount, worth
from guichet.rules.career_break.facts import (
    CaredFor,
)
from guichet.rules.career_break.kinds import (
    HospitalBond,
    Leave,
    Regime,
    Relation,
    Sector,
)
from guichet.rules.career_break.rights import right
from tests.rules.career_break.builder import (
    child,
    day,
    left,
    reasons,
    taken,
    warnings,
    wish,
)

PL, MA, PC, IC = (
    Leave.PARENTAL,
    Leave.MEDICAL_ASSISTANCE,
    Leave.PALLIATIVE,
    Leave.INFORMAL_CARER,
)
TC, EOC, CB = Leave.TIME_CREDIT, Leave.END_OF_CAREER, Leave.ORDINARY
FULL, HALF, FIFTH, TENTH = Regime.FULL, Regime.HALF, Regime.FIFTH, Regime.TENTH
WEEKS, SINGLE_MONTHS = Regime.FULL_FLEX, Regime.HALF_FLEX


def test_r24_four_months_of_medical_assistance_are_too_many() -> None:
    verdict = right(wish(MA, HALF, "01/02/2026", "31/05/2026"))

    assert reasons(verdict) == ["MA-03.maximum"]
    assert verdict.outcome.ends == (date(2026, 4, 30),)


def test_r25_three_months_at_half_time_leave_twenty_one() -> None:
    facts = wish(MA, HALF, "01/02/2026", "30/04/2026")

    assert right(facts).outcome.exists
    assert left(facts, HALF) == Amount(21)
    assert left(facts, FULL) == Amount(10, weeks=2)


def test_r27_a_small_employer_consents_to_a_part_and_not_to_the_whole() -> None:
    part = wish(MA, FIFTH, "01/02/2026", "30/04/2026", head_count=8)
    whole = wish(MA, FULL, "01/02/2026", "30/04/2026", head_count=8)

    assert [(each.key, each.power) for each in consents(part)] == [("MA-07", Power.CONSENT)]
    assert warnings(right(part)) == ["MA-07.consent"]
    assert reasons(right(replace(part, consent=False))) == ["MA-07.refused"]
    assert consents(whole) == ()
    assert consents(replace(part, head_count=10)) == ()


@pytest.mark.parametrize(
    ("months", "regime", "workers", "may_refuse"),
    [
        (6, FULL, 30, True),
        (5, FULL, 30, False),
        (12, HALF, 30, True),
        (11, FIFTH, 30, False),
        (6, FULL, 49, True),
        (6, FULL, 50, False),
    ],
)
def test_r28_long_assistance_may_be_refused_by_a_middle_sized_employer(
    months: int, regime: Regime, workers: int, may_refuse: bool
) -> None:
    earlier = (taken(MA, regime, "01/01/2024", months=months),)
    facts = wish(MA, FULL, "01/02/2026", "28/02/2026", head_count=workers, history=earlier)

    assert [each.key for each in consents(facts)] == (["MA-08"] if may_refuse else [])
    assert right(facts).outcome.exists


@pytest.mark.parametrize(
    ("single", "born", "full"),
    [
        (True, "02/02/2009", Amount(24)),
        (True, "01/02/2009", Amount(12)),
        (False, "02/02/2015", Amount(12)),
    ],
)
def test_assistance_is_doubled_for_a_single_parent_of_a_child_of_sixteen_at_most(
    single: bool, born: str, full: Amount
) -> None:
    person = child(born, relation=Relation.BLOOD_FIRST)
    facts = wish(MA, FULL, "01/02/2026", "28/02/2026", person=person, is_single_parent=single)
    before = right(facts).outcome.before

    assert before is not None
    assert worth(before, FULL) == full


@pytest.mark.parametrize(
    ("last", "blocked"),
    [("08/02/2026", []), ("22/02/2026", []), ("01/03/2026", ["MA-03.most_weeks"])],
)
def test_weeks_of_assistance_are_three_at_most(last: str, blocked: list[str]) -> None:
    facts = wish(MA, WEEKS, "02/02/2026", last, consent=True)

    assert reasons(right(facts)) == blocked


def test_the_last_weeks_of_assistance_need_no_consent() -> None:
    earlier = (
        taken(MA, FULL, "01/01/2024", months=11),
        taken(MA, WEEKS, "01/12/2025", weeks=3),
    )
    facts = wish(MA, WEEKS, "02/02/2026", "08/02/2026", history=earlier)

    assert consents(facts) == ()
    assert consents(replace(facts, history=())) != ()
    assert left(facts, FULL) == Amount(0)


def test_a_hospitalised_child_opens_a_week_and_the_week_that_follows() -> None:
    def stay(first: str, last: str, *weeks: str, **more: Any) -> list[str]:
        blocks = tuple(Period.of_weeks(day(week), 1) for week in weeks)
        return reasons(right(wish(MA, FULL, first, last, is_hospital_stay=True, weeks=blocks)))

    assert stay("02/02/2026", "08/02/2026") == []
    assert stay("02/02/2026", "15/02/2026", "02/02/2026", "09/02/2026") == []
    assert stay("02/02/2026", "09/02/2026") == ["MA-03.hospital"]
    assert stay("02/02/2026", "16/02/2026", "02/02/2026", "10/02/2026") == ["MA-03.hospital"]
    assert stay("02/02/2026", "22/02/2026") == ["MA-03.hospital"]


def test_a_hospital_stay_is_full_for_a_minor_and_takes_a_week_of_assistance() -> None:
    facts = wish(MA, FULL, "02/02/2026", "08/02/2026", is_hospital_stay=True)
    adult = replace(facts, person=child("02/02/2008", relation=Relation.BLOOD_FIRST))

    assert left(facts, FULL) == Amount(11, weeks=3)
    assert reasons(right(adult)) == ["MA-05.age"]
    assert reasons(right(replace(facts, regime=HALF))) == ["REGIME.none"]


@pytest.mark.parametrize(
    ("bond", "nobody_before", "blocked", "is_certain"),
    [
        (HospitalBond.COHABITING_PARENT, None, [], True),
        (HospitalBond.OTHER_PARENT, True, [], True),
        (HospitalBond.OTHER_PARENT, False, ["MA-05.order"], True),
        (HospitalBond.OTHER_PARENT, None, [], False),
        (HospitalBond.RELATIVE, True, [], True),
        (HospitalBond.RELATIVE, False, ["MA-05.order"], True),
        (HospitalBond.RELATIVE, None, [], False),
        (HospitalBond.NONE, None, ["MA-05.relation"], True),
        (HospitalBond.NONE, True, ["MA-05.relation"], True),
        (None, None, [], False),
    ],
)
def test_of_a_family_one_may_stay_with_a_child_in_hospital_before_another(
    bond: HospitalBond | None, nobody_before: bool | None, blocked: list[str], is_certain: bool
) -> None:
    person = child("02/02/2020", bond=bond, nobody_before=nobody_before)
    if bond is None:
        person = replace(person, relation=Relation.BLOOD_SECOND)
    facts = wish(MA, FULL, "02/02/2026", "08/02/2026", is_hospital_stay=True, person=person)

    assert reasons(right(facts)) == blocked
    assert right(facts).outcome.is_certain is is_certain


@pytest.mark.parametrize(
    ("relation", "sector", "is_right"),
    [
        (Relation.HOUSEHOLD, Sector.PRIVATE, True),
        (Relation.BLOOD_SECOND, Sector.PRIVATE, True),
        (Relation.BLOOD_FURTHER, Sector.PRIVATE, False),
        (Relation.IN_LAW_FIRST, Sector.PRIVATE, True),
        (Relation.IN_LAW_SECOND, Sector.PRIVATE, False),
        (Relation.IN_LAW_SECOND, Sector.PUBLIC, True),
        (Relation.NONE, Sector.PUBLIC, False),
    ],
)
def test_assistance_is_for_the_household_and_near_relatives(
    relation: Relation, sector: Sector, is_right: bool
) -> None:
    person = CaredFor(key="one", relation=relation)
    facts = wish(MA, FULL, "01/02/2026", "28/02/2026", person=person, sector=sector)

    assert right(facts).outcome.exists is is_right


def test_r31_a_fourth_month_of_palliative_leave_is_refused() -> None:
    earlier = (
        taken(PC, FULL, "01/01/2025", months=1),
        taken(PC, HALF, "01/02/2025", months=1),
        taken(PC, FIFTH, "01/03/2025", months=1),
    )
    facts = wish(PC, FULL, "01/04/2025", "30/04/2025", history=earlier)

    assert reasons(right(facts)) == ["PC-03.person"]
    assert right(replace(facts, history=earlier[:2])).outcome.exists


@pytest.mark.parametrize("regime", [FULL, HALF, FIFTH])
def test_palliative_leave_lasts_exactly_a_month(regime: Regime) -> None:
    assert right(wish(PC, regime, "13/10/2025", "12/11/2025")).outcome.exists
    two = right(wish(PC, regime, "13/10/2025", "12/12/2025"))
    assert reasons(two) == ["PC-03.maximum"]
    assert two.outcome.ends == (date(2025, 11, 12),)


def test_r33_three_months_of_informal_care_at_half_time_are_refused() -> None:
    verdict = right(wish(IC, HALF, "01/01/2026", "31/03/2026"))

    assert reasons(verdict) == ["IC-03.step"]
    assert verdict.outcome.ends == (date(2026, 2, 28), date(2026, 4, 30))


@pytest.mark.parametrize(
    ("months", "helped", "blocked"),
    [
        (3, ("two",), []),
        (3, ("two", "three"), ["IC-02.career"]),
        (3, ("one",), ["IC-02.person"]),
    ],
)
def test_informal_care_has_a_credit_for_each_person_and_one_for_the_career(
    months: int, helped: tuple[str, ...], blocked: list[str]
) -> None:
    earlier = tuple(
        taken(IC, FULL, f"01/0{at}/2023", months=months, person=person)
        for at, person in enumerate(helped, start=1)
    )
    facts = wish(IC, FULL, "01/01/2026", "31/01/2026", history=earlier)

    assert reasons(right(facts)) == blocked


def test_informal_care_was_shorter_before_september_2021() -> None:
    person = CaredFor(key="one", recognition=Period(date(2020, 9, 1), date(2021, 12, 31)))
    facts = wish(IC, FULL, "01/07/2021", "31/08/2021", person=person)

    assert reasons(right(facts)) == ["IC-02.person"]
    assert right(replace(facts, last_day=day("31/07/2021"))).outcome.exists
    early = replace(facts, first_day=day("01/08/2020"), last_day=day("31/08/2020"))
    assert reasons(right(early)) == ["IC-02.not_yet"]
