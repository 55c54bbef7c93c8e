"""Lengths and credits computed by hand: month ends, leap days, mixed régimes, weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from guichet.kernel.period import Period
from guichet.rules.career_break.catalogue import regimes
from guichet.rules.career_break.consent import Power, consents
from guichet.rules.career_break.credits import Amount, cost, standard_blocks
from guichet.rules.career_break.facts import (
    EarlierBreak,
    Facts,
)
from guichet.rules.career_break.kinds import (
    Leave,
    Motive,
    Regime,
    Relation,
    Statute,
)
from guichet.rules.career_break.rights import right
from tests.rules.career_break.builder import (
    child,
    credit,
    day,
    left,
    reasons,
    taken,
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


def ends(facts: Facts) -> list[str]:
    """The proposed last days as the examples write them."""
    return [f"{one:%d/%m/%Y}" for one in right(facts).outcome.ends]


def weeks(*starts: str) -> tuple[Period, ...]:
    return tuple(Period.of_weeks(day(start), 1) for start in starts)


@pytest.mark.parametrize(
    ("regime", "first", "last", "months"),
    [
        (FULL, "31/01/2025", "28/02/2025", 1),
        (FULL, "31/01/2024", "29/02/2024", 1),
        (FULL, "30/01/2025", "28/02/2025", 1),
        (FULL, "29/02/2024", "28/03/2024", 1),
        (FULL, "28/02/2025", "27/03/2025", 1),
        (HALF, "31/12/2025", "28/02/2026", 2),
        (HALF, "30/06/2025", "29/08/2025", 2),
        (FIFTH, "29/02/2024", "28/07/2024", 5),
        (FIFTH, "30/09/2025", "28/02/2026", 5),
        (TENTH, "30/04/2025", "28/02/2026", 10),
    ],
)
def test_whole_months_at_the_end_of_a_month(
    regime: Regime, first: str, last: str, months: int
) -> None:
    facts = wish(PL, regime, first, last, consent=True)

    assert reasons(right(facts)) == []
    assert right(facts).outcome.count == months
    a_day_less = replace(facts, last_day=day(last) - timedelta(days=1))
    assert [key.partition(".")[0] for key in reasons(right(a_day_less))] == ["PL-03"]


@pytest.mark.parametrize(
    ("history", "full", "half", "fifth", "tenth", "blocks"),
    [
        ((taken(PL, WEEKS, "06/01/2025", weeks=3),), Amount(3, weeks=1), 6, 16, 32, 3),
        ((taken(PL, WEEKS, "06/01/2025", weeks=1),), Amount(3, weeks=3), 7, 18, 37, 3),
        (
            (
                taken(PL, FULL, "01/01/2024", months=1),
                taken(PL, SINGLE_MONTHS, "01/03/2024", months=3),
                taken(PL, WEEKS, "01/07/2024", weeks=2),
            ),
            Amount(1),
            2,
            5,
            10,
            1,
        ),
        (
            (
                taken(PL, FIFTH, "01/01/2024", months=5),
                taken(PL, TENTH, "01/07/2024", months=10),
                taken(PL, SINGLE_MONTHS, "01/06/2025", months=1),
            ),
            Amount(1, weeks=2),
            3,
            7,
            15,
            1,
        ),
    ],
)
def test_what_mixed_regimes_leave_in_each_of_them(
    *,
    history: tuple[EarlierBreak, ...],
    full: Amount,
    half: int,
    fifth: int,
    tenth: int,
    blocks: int,
) -> None:
    facts = wish(PL, FULL, "01/03/2026", "31/03/2026", history=history)
    before = right(facts).outcome.before
    assert before is not None
    none = replace(facts, history=(), first_day=day("01/03/2026"))
    assert right(none).outcome.exists

    counted = replace(facts, last_day=None)
    assert left(counted, FULL) == full
    assert left(counted, HALF) == Amount(half)
    assert left(counted, FIFTH) == Amount(fifth)
    assert left(counted, TENTH) == Amount(tenth)
    assert standard_blocks(before) == blocks


@pytest.mark.parametrize(
    ("leave", "regime", "history", "last", "blocked", "proposed"),
    [
        # 60 of 80 units used: ten months of a tenth are left.
        (
            PL,
            TENTH,
            (taken(PL, FULL, "01/01/2023", months=1), taken(PL, HALF, "01/06/2023", months=4)),
            "31/10/2027",
            ["PL-CREDIT.person"],
            ["31/12/2026"],
        ),
        # 70 used: a month at half time is left, less than the standard step of two.
        (
            PL,
            HALF,
            (taken(PL, SINGLE_MONTHS, "01/01/2023", months=7),),
            "30/04/2026",
            ["PL-CREDIT.person"],
            ["31/03/2026"],
        ),
        # One month of the person left in full, two at half time.
        (
            IC,
            HALF,
            (taken(IC, FULL, "01/01/2023", months=1), taken(IC, HALF, "01/06/2023", months=2)),
            "30/06/2026",
            ["IC-02.person"],
            ["30/04/2026"],
        ),
        # Ten of the twelve units of the career, none for this person.
        (
            IC,
            FIFTH,
            (
                taken(IC, FULL, "01/01/2023", months=3, person="two"),
                taken(IC, HALF, "01/06/2023", months=4, person="three"),
            ),
            "30/06/2026",
            ["IC-02.career"],
            ["30/04/2026"],
        ),
        (TC, FIFTH, (credit(49),), "31/05/2026", ["TC-LENGTH.minimum", "TC-11.career"],
         ["30/04/2026"]),
        (TC, FIFTH, (credit(49),), "31/03/2026", ["TC-LENGTH.minimum"], ["30/04/2026"]),
        (TC, FULL, (credit(49),), "30/04/2026", [], []),
        # 45 months used: six are left, the least of a fifth.
        (TC, FIFTH, (credit(45),), "31/07/2026", ["TC-LENGTH.minimum"], ["31/08/2026"]),
        (TC, FIFTH, (credit(45),), "31/08/2026", [], []),
        # A break of a public servant counts for time credit, half or full.
        (
            TC,
            FIFTH,
            (taken(CB, HALF, "01/01/2004", months=48),),
            "31/08/2026",
            ["TC-11.career"],
            ["31/05/2026"],
        ),
        (MA, HALF, (taken(MA, FULL, "01/01/2023", months=11),), "31/05/2026", ["MA-CREDIT.person"],
         ["30/04/2026"]),
    ],
)  # fmt: skip
def test_a_credit_that_is_nearly_used_up(
    *,
    leave: Leave,
    regime: Regime,
    history: tuple[EarlierBreak, ...],
    last: str,
    blocked: list[str],
    proposed: list[str],
) -> None:
    motive = Motive.CHILD if leave is TC else None
    facts = wish(leave, regime, "01/03/2026", last, history=history, motive=motive, consent=True)

    assert reasons(right(facts)) == blocked
    assert ends(facts) == proposed
    for one in right(facts).outcome.ends:
        assert right(replace(facts, last_day=one)).outcome.exists


def test_training_has_thirty_six_months_inside_the_fifty_one() -> None:
    history = (credit(34, Motive.TRAINING), credit(10, first="01/01/2016"))
    facts = wish(TC, FULL, "01/03/2026", "30/04/2026", motive=Motive.TRAINING, history=history)

    # Seven months of all motives are left, two of a training.
    assert "TC-11.motive" not in reasons(right(facts))
    assert "TC-LENGTH.minimum" not in reasons(right(facts))
    longer = replace(facts, last_day=day("31/05/2026"))
    assert "TC-11.motive" in reasons(right(longer))
    care = replace(facts, motive=Motive.CHILD, last_day=day("30/09/2026"))
    assert reasons(right(care)) == []
    assert reasons(right(replace(care, last_day=day("31/10/2026")))) == ["TC-11.career"]


@pytest.mark.parametrize(
    ("history", "workers", "may_refuse"),
    [
        ((taken(MA, FULL, "01/01/2024", months=5), taken(MA, HALF, "01/07/2024", months=2)), 49,
         True),
        ((taken(MA, FULL, "01/01/2024", months=5), taken(MA, FIFTH, "01/07/2024", months=1)), 49,
         False),
        ((taken(MA, FULL, "01/01/2024", months=5), taken(MA, WEEKS, "01/07/2024", weeks=3)), 49,
         False),
        ((taken(MA, HALF, "01/01/2024", months=10), taken(MA, FULL, "01/01/2025", months=1)), 10,
         True),
        ((taken(MA, HALF, "01/01/2024", months=10), taken(MA, FULL, "01/01/2025", months=1)), 50,
         False),
    ],
)  # fmt: skip
def test_half_of_medical_assistance_is_reached_by_mixed_regimes(
    history: tuple[EarlierBreak, ...], workers: int, may_refuse: bool
) -> None:
    facts = wish(MA, FULL, "01/02/2026", "28/02/2026", head_count=workers, history=history)

    found = [(one.key, one.power) for one in consents(facts)]
    assert found == ([("MA-08", Power.REFUSAL)] if may_refuse else [])


def test_medical_assistance_in_weeks_and_months_of_the_same_patient() -> None:
    history = (taken(MA, FULL, "01/01/2024", months=3), taken(MA, WEEKS, "01/07/2024", weeks=3))
    facts = wish(MA, HALF, "30/11/2025", "28/02/2026", history=history)

    # 48 less 12 and 3 are 33; three months at half time cost 6.
    assert reasons(right(facts)) == []
    assert left(facts, FULL) == Amount(6, weeks=3)
    assert left(facts, HALF) == Amount(13)
    single = replace(facts, person=child("01/12/2009", relation=Relation.BLOOD_FIRST),
                     is_single_parent=True)  # fmt: skip
    assert left(single, FULL) == Amount(18, weeks=3)


def stay(first: str, last: str, **more: Any) -> Facts:
    return wish(MA, FULL, first, last, is_hospital_stay=True, head_count=5, **more)


def test_a_week_in_hospital_is_followed_by_one_week_at_most() -> None:
    one = taken(MA, FULL, "02/02/2026", weeks=1, is_hospital_stay=True)
    two = taken(MA, FULL, "02/02/2026", weeks=2, is_hospital_stay=True)

    assert reasons(right(stay("09/02/2026", "15/02/2026", history=(one,)))) == []
    third = stay("16/02/2026", "22/02/2026", history=(two,))
    assert reasons(right(third)) == ["MA-03.hospital"]
    assert ends(third) == []
    too_long = stay("09/02/2026", "22/02/2026", history=(one,))
    assert reasons(right(too_long)) == ["MA-03.hospital"]
    assert ends(too_long) == ["15/02/2026"]
    # Another stay later, and another child, begin anew.
    assert reasons(right(stay("17/02/2026", "02/03/2026", history=(two,)))) == []
    other = replace(two, person="two")
    assert reasons(right(stay("16/02/2026", "22/02/2026", history=(other,)))) == []
    assert consents(stay("02/02/2026", "08/02/2026")) == ()


def test_a_single_parent_is_asked_for_before_more_is_refused() -> None:
    history = (taken(MA, FULL, "01/01/2024", months=12),)
    facts = wish(
        MA, FULL, "01/02/2026", "28/02/2026", history=history, is_single_parent=None,
        person=child("01/12/2015", relation=Relation.BLOOD_FIRST),
    )  # fmt: skip

    assert reasons(right(facts)) == []
    assert not right(facts).outcome.is_certain
    assert reasons(right(replace(facts, is_single_parent=False))) == ["MA-CREDIT.person"]
    older = replace(facts, person=child("01/12/2005", relation=Relation.BLOOD_FIRST))
    assert reasons(right(older)) == ["MA-CREDIT.person"]
    assert reasons(right(replace(facts, history=history * 2))) == ["MA-CREDIT.person"]


def test_weeks_in_hospital_are_weeks_of_medical_assistance() -> None:
    facts = stay("02/02/2026", "15/02/2026")

    assert left(facts, FULL) == Amount(11, weeks=2)
    used = (taken(MA, FULL, "01/01/2024", months=12),)
    assert reasons(right(replace(facts, history=used))) == ["MA-CREDIT.person"]


def test_no_last_day_cures_weeks_that_overlap_or_lie_apart() -> None:
    overlapping = wish(PL, WEEKS, "05/01/2026", "14/01/2026",
                       weeks=weeks("05/01/2026", "08/01/2026"), consent=True)  # fmt: skip
    assert reasons(right(overlapping)) == ["PL-03.weeks"]
    assert ends(overlapping) == []
    apart = stay("02/02/2026", "16/02/2026", weeks=weeks("02/02/2026", "10/02/2026"))
    assert ends(apart) == []
    # The last of two blocks is too long by a day: one week, or two, would do.
    odd = replace(
        overlapping,
        last_day=day("26/01/2026"),
        weeks=(*weeks("05/01/2026"), Period(day("19/01/2026"), day("26/01/2026"))),
    )
    assert ends(odd) == ["25/01/2026", "01/02/2026"]


def test_thirteen_weeks_in_a_row_pass_three_months_and_twelve_do_not() -> None:
    facts = wish(PL, WEEKS, "01/01/2026", "01/04/2026", consent=True)

    assert reasons(right(facts)) == ["PL-03.weeks"]
    assert ends(facts) == ["25/03/2026"]
    assert right(replace(facts, last_day=day("25/03/2026"))).outcome.count == 12


COUNTED = [leave for leave in Leave if leave is not EOC]


@given(data=st.data(), parts=st.lists(st.integers(1, 12), min_size=2, max_size=4))
def test_a_period_split_at_whole_months_costs_the_same(
    data: st.DataObject, parts: list[int]
) -> None:
    leave = data.draw(st.sampled_from(COUNTED))
    regime = data.draw(st.sampled_from(regimes(leave, on=date(2026, 3, 2),
                                               statute=Statute.CONTRACTUAL)))  # fmt: skip
    assume(not regime.is_by_weeks)
    on = date(2026, 3, 2)
    begin = data.draw(st.dates(date(2022, 1, 1), date(2030, 12, 31)).filter(lambda d: d.day <= 28))
    whole = Period.of_months(begin, sum(parts))
    pieces, at = [], begin
    for part in parts:
        pieces.append(Period.of_months(at, part))
        at = pieces[-1].last_day + timedelta(days=1)

    assert pieces[-1].last_day == whole.last_day
    together = cost(leave, regime, periods=(whole,), on=on)
    assert sum(cost(leave, regime, periods=(one,), on=on) for one in pieces) == together


@given(data=st.data())
def test_every_end_that_is_proposed_is_a_right_once_it_is_asked(data: st.DataObject) -> None:
    leave = data.draw(st.sampled_from(COUNTED))
    regime = data.draw(st.sampled_from(regimes(leave, on=date(2026, 3, 2))))
    first = data.draw(st.dates(date(2024, 1, 1), date(2030, 12, 31)))
    used = data.draw(st.integers(1, 40))
    months = data.draw(st.integers(0, 20))
    facts = replace(
        wish(leave, regime, first.strftime("%d/%m/%Y"), None, consent=True,
             motive=data.draw(st.sampled_from(list(Motive))) if leave is TC else None,
             history=(taken(leave, FULL, "01/01/2012", months=used),) if months % 3 else ()),
        last_day=first + timedelta(days=data.draw(st.integers(0, 400))),
    )  # fmt: skip
    before = set(reasons(right(facts)))

    for end in right(facts).outcome.ends:
        after = reasons(right(replace(facts, last_day=end)))
        cured = ("LENGTH", "PL-03", "MA-03", "PC-03", "IC-03", "CB-03", "TC-LENGTH")
        assert not [key for key in after if key.startswith(cured)]
        assert not [key for key in after if key.partition(".")[0] in (
            "TC-11", "PL-CREDIT", "MA-CREDIT", "IC-02", "CB-04")]  # fmt: skip
        assert set(after) <= before
