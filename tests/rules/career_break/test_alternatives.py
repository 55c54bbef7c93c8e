"""What a finding proposes cures it: asked again, the same finding does not come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from guichet.kernel.niss import Sex
from guichet.kernel.period import Period
from guichet.kernel.verdict import Finding, Verdict
from guichet.rules.career_break.allowances import allowance
from guichet.rules.career_break.catalogue import regimes
from guichet.rules.career_break.entry_dates import Dates, date_faults
from guichet.rules.career_break.facts import CaredFor, Career, Facts
from guichet.rules.career_break.faults import Fault
from guichet.rules.career_break.kinds import Leave, Motive, Parentage, Regime, Relation, Statute
from guichet.rules.career_break.notice import Notice, notice_faults
from guichet.rules.career_break.postponement import postponement, postponement_faults
from guichet.rules.career_break.rights import right
from tests.rules.career_break.builder import wish

TC, EOC = Leave.TIME_CREDIT, Leave.END_OF_CAREER
DAYS = st.dates(date(2023, 2, 1), date(2031, 12, 31))
REASONS = "Two colleagues are away until then."


def found(verdict: Verdict[Any], *rules: str) -> list[Finding]:
    return [one for one in verdict.findings if one.key in rules]


def fault(faults: tuple[Fault, ...], code: str) -> Fault | None:
    return next((one for one in faults if one.code == code), None)


@given(leave=st.sampled_from(list(Leave)), regime=st.sampled_from(list(Regime)), first=DAYS)
def test_each_regime_that_is_proposed_exists(leave: Leave, regime: Regime, first: date) -> None:
    facts = replace(
        wish(leave, regime, "01/01/2026", "31/01/2026", statute=Statute.CONTRACTUAL),
        first_day=first, last_day=first + timedelta(days=27),
    )  # fmt: skip
    for one in found(right(facts), "REGIME.none"):
        proposed = one.inputs["possible"]
        assert isinstance(proposed, tuple)
        assert proposed == regimes(leave, on=first, statute=Statute.CONTRACTUAL)
        for other in proposed:
            assert not found(right(replace(facts, regime=other)), "REGIME.none")


@given(since=st.dates(date(2020, 1, 1), date(2030, 12, 31)), days=st.integers(0, 1200),
       leave=st.sampled_from([TC, EOC]))  # fmt: skip
def test_a_notice_on_the_day_that_is_proposed_has_the_seniority(
    since: date, days: int, leave: Leave
) -> None:
    notice = since + timedelta(days=days)
    facts = replace(
        wish(leave, Regime.FIFTH, "01/01/2026", None, motive=Motive.CHILD,
             employed_since=since, all_parental_used=False),
        notice_on=notice, first_day=notice + timedelta(days=120),
    )  # fmt: skip
    rules = ("TC-02", "TC-04", "EOC-02")
    for door in (right, allowance):
        for one in found(door(facts), *rules):
            earliest = one.inputs["earliest"]
            assert isinstance(earliest, date)
            assert earliest > notice
            in_time = replace(facts, notice_on=earliest)
            assert not found(door(in_time), one.key)
            too_soon = replace(facts, notice_on=earliest - timedelta(days=1))
            assert found(door(too_soon), one.key)


@pytest.mark.parametrize(
    ("since", "earliest"),
    [
        # Two years are enough for a notice until 31 May 2023, three are asked from the day after.
        (date(2021, 5, 31), date(2023, 5, 31)),
        (date(2021, 6, 1), date(2024, 6, 1)),
    ],
)
def test_tc04_the_day_that_is_proposed_follows_the_law_of_that_day(
    since: date, earliest: date
) -> None:
    facts = wish(TC, Regime.FIFTH, "01/06/2023", None, motive=Motive.CHILD,
                 employed_since=since, notice_on=date(2023, 3, 1))  # fmt: skip

    [one] = found(allowance(facts), "TC-04")
    assert one.inputs["earliest"] == earliest


@given(born=st.dates(date(2008, 1, 1), date(2024, 12, 31)), first=DAYS, data=st.data())
def test_a_start_on_the_last_day_that_is_told_is_young_enough(
    born: date, first: date, data: st.DataObject
) -> None:
    leave = data.draw(st.sampled_from([TC, Leave.PARENTAL]))
    motives = [Motive.CHILD, Motive.DISABLED_CHILD, Motive.ILL_CHILD]
    facts = replace(
        wish(leave, Regime.FULL, "01/01/2026", None,
             motive=data.draw(st.sampled_from(motives)) if leave is TC else None,
             person=CaredFor(key="one", born_on=born, relation=Relation.BLOOD_FIRST,
                             parentage=Parentage.BIOLOGICAL,
                             is_disabled=data.draw(st.booleans()))),
        first_day=first, notice_on=date(2023, 2, 1),
    )  # fmt: skip
    ages = ("PL-07.age", "TC-08.age", "TC-09.age", "TC-15.age", "TC-16.age")
    for door in (right, allowance):
        for one in found(door(facts), *ages):
            last = one.inputs["last"]
            assert isinstance(last, date)
            assert last < first
            assume(last >= date(2002, 1, 1))
            assert not found(door(replace(facts, first_day=last)), one.key)
            assert found(door(replace(facts, first_day=last + timedelta(days=1))), one.key)


@given(born=st.dates(date(1960, 1, 1), date(1985, 12, 31)), notice=DAYS,
       years=st.integers(20, 40), sex=st.sampled_from(Sex))  # fmt: skip
def test_a_start_on_the_birthday_that_is_told_is_old_enough(
    born: date, notice: date, years: int, sex: Sex
) -> None:
    facts = replace(
        wish(EOC, Regime.HALF, "01/01/2026", None, born_on=born, sex=sex,
             career=Career(years=years)),
        notice_on=notice, first_day=notice + timedelta(days=100),
    )  # fmt: skip
    ages = ("EOC-04.age", "EOC-05.age", "EOC-07.none")
    for door in (right, allowance):
        for one in found(door(facts), *ages):
            reached = one.inputs["reached"]
            assert isinstance(reached, date)
            assert reached > facts.first_day
            assert not found(door(replace(facts, first_day=reached)), *ages)
            day_before = replace(facts, first_day=reached - timedelta(days=1))
            assert found(door(day_before), *ages)


@given(leave=st.sampled_from(list(Leave)), start=DAYS, before=st.integers(0, 250),
       workers=st.sampled_from([None, 1, 10, 11, 20, 21]))  # fmt: skip
def test_a_notice_on_the_day_that_a_late_one_names_is_in_time(
    leave: Leave, start: date, before: int, workers: int | None
) -> None:
    told = Notice(leave=leave, regime=Regime.FULL, start=start, workers=workers,
                  notified_on=start - timedelta(days=before))  # fmt: skip
    late = fault(notice_faults(told, today=start), "V-NT-03")
    if late is None:
        return
    last, monday = late.values.get("last"), late.values.get("monday")
    cured = replace(told, notified_on=last) if last else replace(told, start=monday)
    assert fault(notice_faults(cured, today=cured.start), "V-NT-03") is None


@given(leave=st.sampled_from(list(Leave)), start=DAYS, days=st.integers(1, 800))
def test_a_postponement_to_the_latest_day_that_is_told_is_none_too_late(
    leave: Leave, start: date, days: int
) -> None:
    notified = start - timedelta(days=20)
    told = Notice(leave=leave, regime=Regime.FULL, start=start, notified_on=notified)
    late = ("V-NO-02", "V-NO-03", "V-NO-04")

    def faults(new_start: date) -> list[Fault]:
        every = postponement_faults(told, answered_on=notified, new_start=new_start,
                                    reasons=REASONS, has_alternative=True)  # fmt: skip
        return [one for one in every if one.code in late]

    for one in faults(start + timedelta(days=days)):
        latest = one.values.get("latest")
        if latest is None:  # never
            assert not postponement(told, answered_on=notified).is_allowed
            continue
        assert isinstance(latest, date)
        assert start < latest
        assert faults(latest) == []
        assert faults(latest + timedelta(days=1))


@given(first=DAYS, early=st.integers(0, 400))
def test_a_request_on_the_first_day_that_is_told_is_not_too_early(first: date, early: int) -> None:
    dates = Dates(leave=Leave.PARENTAL, first_day=first, last_day=first + timedelta(days=27),
                  filed_on=first - timedelta(days=early))  # fmt: skip
    too_early = fault(date_faults(dates), "V-DT-03")
    if too_early is None:
        return
    opens = too_early.values["first"]
    assert isinstance(opens, date)
    assert fault(date_faults(replace(dates, filed_on=opens)), "V-DT-03") is None
    day_before = replace(dates, filed_on=opens - timedelta(days=1))
    assert fault(date_faults(day_before), "V-DT-03") is not None


@given(first=DAYS, length=st.integers(1, 30), parts=st.integers(2, 4))
def test_a_last_day_that_is_proposed_cures_separate_weeks(
    first: date, length: int, parts: int
) -> None:
    facts = _separate(first, length, parts)
    for end in right(facts).outcome.ends:
        last = replace(facts.weeks[-1], last_day=end)
        cured = replace(facts, last_day=end, weeks=(*facts.weeks[:-1], last))
        assert not found(right(cured), "PL-03.weeks", "PL-CREDIT.person")


def _separate(first: date, length: int, parts: int) -> Facts:
    """Weeks with a week between them; the last block has any number of days."""
    starts = [first + timedelta(days=14 * at) for at in range(parts)]
    facts = wish(Leave.PARENTAL, Regime.FULL_FLEX, "01/01/2026", None, consent=True)
    weeks = [Period.of_weeks(one, 1) for one in starts]
    weeks[-1] = replace(weeks[-1], last_day=starts[-1] + timedelta(days=length - 1))
    return replace(facts, first_day=first, last_day=weeks[-1].last_day, weeks=tuple(weeks))
