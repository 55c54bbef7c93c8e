"""Credits: what holds for every history."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.period import Period
from guichet.rules.career_break import counters, durations
from guichet.rules.career_break.catalogue import regimes
from guichet.rules.career_break.credits import (
    Counter,
    Scope,
    Standing,
    cost,
    cost_of,
    month_cost,
    standard_blocks,
    week_cost,
    worth,
)
from guichet.rules.career_break.durations import length_of
from guichet.rules.career_break.facts import EarlierBreak, Facts
from guichet.rules.career_break.findings import sentence
from guichet.rules.career_break.kinds import Leave, Motive, Regime, Statute
from guichet.rules.career_break.periods import end_for
from guichet.rules.career_break.rights import right

ON = date(2026, 3, 2)
DAYS = st.dates(min_value=date(2022, 1, 1), max_value=date(2030, 12, 31))
COUNTED = [leave for leave in Leave if leave is not Leave.END_OF_CAREER]


@st.composite
def breaks(draw: st.DrawFn, leave: Leave | None = None) -> EarlierBreak:
    kind = draw(st.sampled_from(COUNTED)) if leave is None else leave
    regime = draw(st.sampled_from(regimes(kind, on=ON, statute=Statute.CONTRACTUAL)))
    first = draw(DAYS)
    return EarlierBreak(
        leave=kind,
        regime=regime,
        period=Period(first, first + timedelta(days=draw(st.integers(0, 900)))),
        motive=draw(st.sampled_from(Motive)) if kind is Leave.TIME_CREDIT else None,
        person=draw(st.sampled_from(["one", "two", None])),
    )


@st.composite
def wishes(draw: st.DrawFn) -> Facts:
    leave = draw(st.sampled_from(COUNTED))
    regime = draw(st.sampled_from(regimes(leave, on=ON, statute=Statute.CONTRACTUAL)))
    first = draw(DAYS)
    return Facts(
        leave=leave,
        regime=regime,
        statute=Statute.CONTRACTUAL,
        first_day=first,
        last_day=first + timedelta(days=draw(st.integers(0, 900))),
        motive=draw(st.sampled_from(Motive)) if leave is Leave.TIME_CREDIT else None,
        history=tuple(draw(st.lists(breaks(leave), max_size=6))),
    )


@given(wish=wishes())
def test_no_history_and_no_wish_bring_a_credit_below_zero(wish: Facts) -> None:
    before = counters.standing(wish)
    assert before is not None
    after = before.after(counters.wished_cost(wish))

    assert all(counter.left >= 0 for counter in (*before.counters, *after.counters))
    for regime in regimes(wish.leave, on=ON, statute=Statute.CONTRACTUAL):
        rest, was = worth(after, regime), worth(before, regime)
        assert rest is not None
        assert was is not None
        assert min(rest.months, rest.weeks, rest.days) >= 0
        assert rest.months <= was.months


@given(wish=wishes(), more=st.data())
def test_one_more_break_never_leaves_more(wish: Facts, more: st.DataObject) -> None:
    extra = more.draw(breaks(wish.leave))
    before = counters.standing(wish)
    after = counters.standing(
        Facts(
            leave=wish.leave,
            regime=wish.regime,
            first_day=wish.first_day,
            motive=wish.motive,
            history=(*(wish.history or ()), extra),
        )
    )

    assert before is not None
    assert after is not None
    assert before.left is not None
    assert after.left is not None
    assert after.left <= before.left


@given(left=st.integers(0, 1600), leave=st.sampled_from(COUNTED), data=st.data())
def test_conversion_never_creates_credit(left: int, leave: Leave, data: st.DataObject) -> None:
    regime = data.draw(st.sampled_from(regimes(leave, on=ON, statute=Statute.CONTRACTUAL)))
    standing = Standing(leave, ON, (Counter(Scope.PERSON, left, 0),))
    amount = worth(standing, regime)
    assert amount is not None

    month = month_cost(leave, regime, on=ON)
    week = week_cost(leave, on=ON) if amount.weeks else 0
    assert amount.months * month + amount.weeks * week + amount.days <= left
    # What is left after taking it all is less than a further month.
    assert left - amount.months * month < month


@given(first=DAYS, counts=st.lists(st.integers(1, 10), max_size=8), data=st.data())
def test_the_standard_steps_of_parental_leave_cost_the_same_in_every_regime(
    first: date, counts: list[int], data: st.DataObject
) -> None:
    steps = {Regime.FULL: 1, Regime.HALF: 2, Regime.FIFTH: 5, Regime.TENTH: 10}
    used = 0
    for count in counts:
        regime = data.draw(st.sampled_from(list(steps)))
        period = Period.of_months(first, steps[regime] * count)
        used += cost(Leave.PARENTAL, regime, periods=(period,), on=ON)
    standing = Standing(Leave.PARENTAL, ON, (Counter(Scope.PERSON, 80, used),))

    assert used == 20 * sum(counts)
    assert standard_blocks(standing) == max(0, 4 - sum(counts))


@given(taken=breaks())
def test_a_break_costs_something_and_not_less_than_its_whole_months(taken: EarlierBreak) -> None:
    spent = cost_of(taken, on=ON)

    assert spent >= 1
    if not taken.regime.is_by_weeks:
        month = month_cost(taken.leave, taken.regime, on=ON)
        assert spent <= month * (taken.period.days // 28 + 1)


@given(wish=wishes())
def test_every_end_that_is_proposed_is_itself_valid_and_the_nearest(wish: Facts) -> None:
    standing = counters.standing(wish)
    assert standing is not None
    left = standing.weeks() if wish.regime.is_by_weeks else standing.months(wish.regime)
    length = length_of(wish, left=left)

    assert wish.last_day is not None
    assert list(length.ends) == sorted(set(length.ends))
    assert wish.last_day not in length.ends
    assert len([end for end in length.ends if end < wish.last_day]) <= 1
    assert len([end for end in length.ends if end > wish.last_day]) <= 1
    for end in length.ends:
        better = Facts(
            leave=wish.leave,
            regime=wish.regime,
            statute=wish.statute,
            first_day=wish.first_day,
            last_day=end,
            motive=wish.motive,
        )
        assert length_of(better, left=left).misfits == ()


@given(first=DAYS, months=st.integers(1, 60))
def test_whole_months_always_fit_a_regime_without_steps(first: date, months: int) -> None:
    facts = Facts(
        leave=Leave.END_OF_CAREER,
        regime=Regime.HALF,
        first_day=first,
        last_day=end_for(first, months=months),
    )
    length = length_of(facts)

    assert length.count == months
    assert (length.misfits == (durations.Misfit.MINIMUM,)) is (months < 3)


@given(wish=wishes())
def test_the_door_answers_every_wish_with_reasons(wish: Facts) -> None:
    verdict = right(wish)

    assert verdict.outcome.exists is not verdict.blocks
    for finding in verdict.findings:
        assert str(finding.source)
        assert sentence(finding).en
