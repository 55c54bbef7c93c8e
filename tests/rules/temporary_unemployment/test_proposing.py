"""What the rules propose to decide, computed from the faults of a communication."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.rules.temporary_unemployment.check import faults
from guichet.rules.temporary_unemployment.communication import Communication, Known
from guichet.rules.temporary_unemployment.decisions import Code, Consequence, Dated, Result
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.findings import Count
from guichet.rules.temporary_unemployment.findings import found as fault
from guichet.rules.temporary_unemployment.kinds import Kind, Reason, Regime
from guichet.rules.temporary_unemployment.proposing import Proposal, consequences, proposal, whole
from tests.rules.temporary_unemployment.builder import (
    BIS,
    announced,
    expected,
    first_day,
    line,
    said,
    white,
)
from tests.rules.temporary_unemployment.days import day

NOTHING = Known()


def proposed(told: Communication, known: Known = NOTHING, **other: Any) -> Proposal:
    """The proposal from everything that is found."""
    return proposal(told, faults=faults(told, known=known), calendar=known.calendar, **other)


def days(given_days: Proposal) -> dict[Dated, str]:
    """The reasoning, as days by name."""
    return {one.name: one.day.isoformat() for one in given_days.days}


def test_a_communication_in_order_is_accepted_as_announced() -> None:
    found = proposed(expected())

    assert (found.result, found.codes, found.is_certain) == (Result.ACCEPTED, (), True)
    assert (found.accepted_from, found.accepted_until) == (day("2025-03-17"), day("2025-04-13"))
    assert consequences(expected(), found) == ((Consequence.ALL_ACCEPTED, {}),)


def test_a_late_notice_is_accepted_from_the_eighth_day() -> None:
    told = expected(posted="2025-03-12")

    found = proposed(told)

    assert (found.result, found.codes) == (Result.PARTLY, (Code.PRIOR_LATE,))
    assert (found.accepted_from, found.accepted_until) == (day("2025-03-24"), day("2025-04-13"))
    assert found.is_certain
    assert days(found) == {
        Dated.START: "2025-03-17", Dated.LATEST_NOTICE: "2025-03-09",
        Dated.NOTICE_GIVEN: "2025-03-12", Dated.RECEIVED: "2025-03-12",
        Dated.WAGE_FROM: "2025-03-17", Dated.WAGE_UNTIL: "2025-03-23",
        Dated.ACCEPTED_FROM: "2025-03-24",
    }  # fmt: skip
    wage = {"first": day("2025-03-17"), "last": day("2025-03-23")}
    assert consequences(told, found) == ((Consequence.WAGE_BEFORE, wage),)


def test_a_late_notice_of_a_week_leaves_nothing() -> None:
    told = expected(posted="2025-03-12", last="2025-03-23")

    found = proposed(told)

    assert (found.result, found.codes) == (Result.REFUSED, (Code.PRIOR_LATE,))
    assert consequences(told, found) == ((Consequence.WAGE_ALL, {}),)


def test_only_the_office_was_told_late_so_an_officer_looks() -> None:
    found = proposed(expected(sent="2025-03-12"))

    assert (found.result, found.accepted_from) == (Result.PARTLY, day("2025-03-24"))
    assert [one.key for one in found.to_check] == ["CTW-015.late"]


def test_a_gap_without_consequence_takes_nothing_away() -> None:
    found = proposed(expected(sent="2025-03-08"))

    assert (found.result, found.codes) == (Result.ACCEPTED, ())
    assert [one.key for one in found.to_check] == ["CTW-015"]


def test_too_long_is_accepted_until_the_last_allowed_day() -> None:
    told = expected(last="2025-04-14")

    found = proposed(told)

    assert (found.result, found.codes) == (Result.PARTLY, (Code.TOO_LONG,))
    assert found.accepted_until == day("2025-04-13")
    assert days(found)[Dated.LAST_ALLOWED] == "2025-04-13"
    assert consequences(told, found) == ((Consequence.WAGE_AFTER, {"last": day("2025-04-13")}),)


def test_late_and_too_long_cut_on_both_sides() -> None:
    told = expected(posted="2025-03-12", last="2025-04-14")

    found = proposed(told)

    assert found.codes == (Code.PRIOR_LATE, Code.TOO_LONG)
    assert (found.accepted_from, found.accepted_until) == (day("2025-03-24"), day("2025-04-13"))
    assert [one for one, _days in consequences(told, found)] == [
        Consequence.WAGE_BEFORE, Consequence.WAGE_AFTER,
    ]  # fmt: skip


def test_without_a_week_of_work_it_begins_after_that_week_and_an_officer_looks() -> None:
    known = Known(announced=(announced("2025-03-17", "2025-04-13"),))
    told = expected(posted="2025-04-04", first="2025-04-14", last="2025-05-11")

    found = proposed(told, known)

    assert (found.result, found.codes) == (Result.PARTLY, (Code.NO_WORK_WEEK,))
    assert found.accepted_from == day("2025-04-21")
    assert days(found)[Dated.WEEK_UNTIL] == "2025-04-20"
    assert not found.is_certain


def test_sc51_white_collars_without_a_recognition_are_refused_with_r12() -> None:
    found = proposed(white("2025-02-03", "2025-02-16"))

    assert (found.result, found.codes) == (Result.REFUSED, (Code.NOT_IN_DIFFICULTY,))


@pytest.mark.parametrize(
    ("until", "result"), [(None, Result.REFUSED), ("2025-02-09", Result.PARTLY)]
)
def test_an_exhausted_credit_covers_what_is_left_of_it(until: str | None, result: Result) -> None:
    told = white("2025-02-03", "2025-02-16")
    exhausted = proposal(
        told, faults=[_credit()], credit_until=None if until is None else day(until)
    )

    assert (exhausted.result, exhausted.codes) == (result, (Code.CREDIT_EXHAUSTED,))


def test_a_late_first_day_is_accepted_from_the_day_before_the_sending() -> None:
    told = first_day(Reason.WEATHER, "2025-04-22", "2025-04-24")

    found = proposed(told)

    assert (found.result, found.codes) == (Result.PARTLY, (Code.FIRST_DAY_LATE,))
    assert (found.accepted_from, found.accepted_until) == (day("2025-04-23"), day("2025-04-30"))
    assert found.shares == ()
    assert days(found)[Dated.WINDOW_CLOSES] == "2025-04-23"


def test_a_first_day_of_a_month_that_is_over_is_refused() -> None:
    found = proposed(first_day(Reason.WEATHER, "2025-04-22", "2025-05-12"))

    assert (found.result, found.codes) == (Result.REFUSED, (Code.FIRST_DAY_LATE,))


def test_too_early_counts_as_not_made() -> None:
    found = proposed(first_day(Reason.WEATHER, "2025-04-22", "2025-04-17"))

    assert (found.result, found.codes) == (Result.REFUSED, (Code.FIRST_DAY_EARLY,))


def test_workers_are_decided_apart_where_their_days_differ() -> None:
    lines = (line(first_day=day("2025-04-22")), line(niss=BIS, first_day=day("2025-04-24")))
    told = first_day(Reason.WEATHER, "2025-04-22", "2025-04-24", lines=lines)

    found = proposed(told)

    assert (found.result, found.codes) == (Result.PARTLY, (Code.FIRST_DAY_LATE,))
    assert [(one.line, one.result) for one in found.shares] == [
        (1, Result.PARTLY), (2, Result.ACCEPTED),
    ]  # fmt: skip
    assert Consequence.WAGE_WORKERS in [one for one, _days in consequences(told, found)]


def test_without_an_announcement_economic_days_are_refused() -> None:
    found = proposed(first_day(Reason.ECONOMIC, "2025-04-22", "2025-04-22"))

    assert (found.result, found.codes) == (Result.REFUSED, (Code.PRIOR_MISSING,))


def test_workers_of_the_striking_unit_are_refused_and_an_officer_always_looks() -> None:
    lines = (
        line(first_day=day("2025-04-22"), in_striking_unit=True, workplace="Rue A 1, 4000 Liège"),
        line(
            niss=BIS, first_day=day("2025-04-22"), in_striking_unit=False,
            workplace="Rue A 1, 4000 Liège",
        ),
    )  # fmt: skip
    told = said(Kind.STRIKE, Reason.STRIKE, "2025-04-22", causes="A strike.", lines=lines)

    found = proposed(told)

    assert (found.result, found.codes) == (Result.PARTLY, (Code.IN_STRIKING_UNIT,))
    assert not found.is_certain


def test_force_majeure_is_weighed_by_an_officer() -> None:
    told = said(
        Kind.FORCE_MAJEURE, Reason.FORCE_MAJEURE, "2025-02-01", causes="The river flooded us.",
        first_day=day("2025-02-01"), last_day=day("2025-04-30"),
    )  # fmt: skip

    found = proposed(told)

    assert (found.result, found.is_certain) == (Result.ACCEPTED, False)


def test_the_first_seven_days_after_an_accident_are_paid() -> None:
    told = said(
        Kind.ACCIDENT_NATURE, Reason.ACCIDENT, "2025-04-22", causes="A boiler burst.",
        accident_on=day("2025-04-18"), first_day=day("2025-04-24"), lines=(),
    )  # fmt: skip

    found = proposed(told)

    assert (found.result, found.codes) == (Result.PARTLY, (Code.OTHER,))
    assert found.accepted_from == day("2025-04-25")


def test_a_warning_without_a_consequence_is_left_to_the_officer() -> None:
    told = expected(cycle=(frozenset({0, 1}),))

    found = proposed(told)

    assert [one.code for one in found.to_check] == ["CTW-031"]
    assert not found.is_certain


@given(
    ahead=st.integers(-20, 30), length=st.integers(1, 60),
    regime=st.sampled_from([Regime.FULL, Regime.LARGE]),
)  # fmt: skip
def test_what_is_accepted_lies_within_what_was_asked(
    ahead: int, length: int, regime: Regime
) -> None:
    start = day("2025-06-02")
    told = expected(
        posted=(start - timedelta(days=ahead)).isoformat(), first=start.isoformat(),
        last=(start + timedelta(days=length)).isoformat(), regime=regime,
    )  # fmt: skip

    found = proposed(told)
    first, last = whole(told)

    assert (found.result is Result.ACCEPTED) is (found.codes == ())
    if found.result is not Result.REFUSED:
        assert first is not None
        assert last is not None
        assert found.accepted_from is not None
        assert found.accepted_until is not None
        assert first <= found.accepted_from <= found.accepted_until <= last


def _credit() -> Fault:
    return fault("CTW-026", "last_day", year=2025, full=Count(17, "week"), reduced=Count(0, "week"))
