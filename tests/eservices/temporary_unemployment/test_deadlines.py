"""The days beside a form that is being typed are those that the rules find fault by."""

from datetime import date

import pytest

from guichet.eservices.temporary_unemployment.deadlines import marks
from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment.check import faults
from guichet.rules.temporary_unemployment.communication import Announced, Communication, Known
from guichet.rules.temporary_unemployment.kinds import Category, Reason, Regime
from guichet.rules.temporary_unemployment.limits import Suspension
from tests.rules.temporary_unemployment.builder import (
    ANNE,
    BIS,
    announced,
    expected,
    first_day,
    line,
    white,
)
from tests.rules.temporary_unemployment.days import day


def shown(said: Communication, known: Known) -> dict[str, date]:
    """The first day of each mark, by its name."""
    return {one.name: one.first_day for one in marks(said, known)}


def test_the_earliest_start_is_judged_by_the_terms_of_its_own_day() -> None:
    untold = expected("2021-12-28", "2021-12-30", "", committee="126", first_day=None)
    late = expected("2021-12-28", "2021-12-30", "2022-01-25", committee="126")

    assert shown(untold, Known())["earliest_start"] == day("2022-01-05")
    assert shown(late, Known())["start_instead"] == day("2022-01-05")


@pytest.mark.parametrize(
    ("both", "until"), [(False, "2025-10-19"), (True, None)]
)  # fmt: skip
def test_the_credit_is_that_of_the_worker_who_used_most(both: bool, until: str | None) -> None:
    """Fourteen full weeks of one worker and two others of another leave two; sixteen, none."""

    def used(first: str, last: str, *workers: str) -> Announced:
        suspension = Suspension(Period(day(first), day(last)), Regime.WHITE_FULL)
        return Announced(
            ticket=first, reason=Reason.WHITE_COLLAR, suspension=suspension,
            workers=frozenset(workers),
        )  # fmt: skip

    others = (ANNE, BIS) if both else (BIS,)
    known = Known(
        announced=(
            used("2025-01-06", "2025-04-13", ANNE),
            used("2025-04-14", "2025-04-27", *others),
        ),
        recognised=Period(day("2025-01-01"), day("2025-12-31")),
    )
    workers = tuple(line(niss=niss, category=Category.WHITE) for niss in (ANNE, BIS))
    said = white("2025-10-06", "2025-10-19", "2025-09-19", lines=workers)

    assert shown(said, known).get("credit_until") == (day(until) if until else None)
    assert [one.key for one in faults(said, known=known)] == ([] if until else ["CTW-026"])


def test_the_wage_of_a_late_notice_is_the_one_of_the_finding() -> None:
    cycle = (frozenset({0, 1}),)
    said = expected("2025-03-12", last="2025-04-13", regime=Regime.LARGE, cycle=cycle)

    days = {one.name: (one.first_day, one.last_day) for one in marks(said, Known())}

    [late] = faults(said)
    assert days["wage_due"] == (late.inputs["wage_from"], late.inputs["wage_until"])
    assert days["wage_due"] == (day("2025-03-19"), day("2025-03-25"))


@pytest.mark.parametrize(
    ("known", "until"),
    [
        (Known(announced=(announced("2025-03-03", "2025-03-30"),)), "2025-03-09"),
        (Known(), "2025-03-16"),
    ],
    ids=["announced", "not announced"],
)
def test_the_wage_of_a_month_that_is_over_is_the_one_of_the_finding(
    known: Known, until: str
) -> None:
    said = first_day(Reason.ECONOMIC, "2025-03-03", "2025-04-02")

    days = {one.name: one.last_day for one in marks(said, known)}

    assert days["wage_due"] == day(until)
    assert day(until) in [one.inputs.get("wage_until") for one in faults(said, known=known)]
