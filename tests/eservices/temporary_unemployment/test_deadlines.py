"""The days beside a form that is being typed are those that the rules find fault by."""

from datetime import date

import pytest

from guichet.eservices.temporary_unemployment.deadlines import marks
from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment.check import faults
from guichet.rules.temporary_unemployment.communication import Announced, Communication, Known
from guichet.rules.temporary_unemployment.kinds import Category, Reason, Regime
from guichet.rules.temporary_unemployment.limits import Suspension
from tests.rules.temporary_unemployment.builder import ANNE, BIS, expected, line, white
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
