"""Terms computed by hand: notices, answers, postponement, filing, the threshold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from guichet.rules.career_break import filing, threshold
from guichet.rules.career_break.answers import answer_term
from guichet.rules.career_break.counters import (
    extends_ordinary_break,
    follows_exhausted_palliative,
)
from guichet.rules.career_break.kinds import (
    Leave,
    Motive,
    Regime,
)
from guichet.rules.career_break.notice import (
    Notice,
    first_day_for,
    last_day_for,
    palliative_start,
)
from guichet.rules.career_break.postponement import postponement
from tests.rules.career_break.builder import (
    day,
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


@pytest.mark.parametrize(
    ("leave", "workers", "more", "start", "first", "last"),
    [
        (PL, 100, {}, "31/05/2026", "28/02/2026", "31/03/2026"),
        (PL, 100, {}, "30/04/2026", "30/01/2026", "28/02/2026"),
        (PL, 100, {}, "29/04/2028", "29/01/2028", "29/02/2028"),
        (TC, 21, {}, "31/05/2026", None, "28/02/2026"),
        (TC, 20, {}, "31/05/2026", None, "30/11/2025"),
        (TC, 20, {"follows_palliative": True}, "31/05/2026", None, "17/05/2026"),
        (EOC, 20, {"follows_palliative": True}, "31/05/2026", None, "30/11/2025"),
        (TC, 20, {}, "31/08/2026", None, "28/02/2026"),
        (MA, 5, {}, "01/03/2028", None, "23/02/2028"),
        (IC, 5, {}, "08/01/2026", None, "01/01/2026"),
        (CB, None, {}, "30/04/2026", None, "28/02/2026"),
        (CB, None, {"is_extension": True}, "31/03/2026", None, "28/02/2026"),
    ],
)
def test_the_days_of_a_notice_at_month_ends(
    *,
    leave: Leave,
    workers: int | None,
    more: dict[str, bool],
    start: str,
    first: str | None,
    last: str,
) -> None:
    told = Notice(leave=leave, regime=FULL, start=day(start), notified_on=day("01/11/2025"),
                  workers=workers, **more)  # fmt: skip

    assert last_day_for(told) == day(last)
    assert first_day_for(told) == (day(first) if first else None)


@pytest.mark.parametrize(
    ("attested", "start"),
    [
        ("12/10/2025", "13/10/2025"),
        ("13/10/2025", "20/10/2025"),
        ("19/10/2025", "20/10/2025"),
        ("31/12/2025", "05/01/2026"),
    ],
)
def test_palliative_leave_begins_the_monday_after_the_week(attested: str, start: str) -> None:
    assert palliative_start(day(attested)) == day(start)


def test_only_exhausted_palliative_leave_shortens_the_notice_of_a_time_credit() -> None:
    three = tuple(
        taken(PC, FULL, first, months=1, person=None)
        for first in ("01/12/2025", "01/01/2026", "01/02/2026")
    )
    facts = wish(TC, FULL, "01/03/2026", "31/03/2026", motive=Motive.PALLIATIVE, history=three)

    assert follows_exhausted_palliative(facts)
    assert not follows_exhausted_palliative(replace(facts, history=three[1:]))
    assert not follows_exhausted_palliative(replace(facts, first_day=day("02/03/2026")))
    assert not follows_exhausted_palliative(replace(facts, history=None))


def test_an_ordinary_break_that_goes_on_is_an_extension() -> None:
    earlier = (taken(CB, FULL, "01/01/2026", months=3),)
    facts = wish(CB, HALF, "01/04/2026", "30/06/2026", history=earlier)

    assert extends_ordinary_break(facts)
    assert not extends_ordinary_break(replace(facts, first_day=day("02/04/2026")))


@pytest.mark.parametrize(
    ("regime", "balance", "answered", "latest", "alternative"),
    [
        (FULL, False, "31/08/2025", "28/02/2026", True),
        (HALF, False, "28/02/2025", "31/08/2025", False),
        (FIFTH, False, "31/12/2025", "30/06/2026", False),
        (WEEKS, True, "01/08/2027", "29/02/2028", True),
        (SINGLE_MONTHS, True, "01/08/2027", "29/02/2028", False),
        (WEEKS, False, "01/08/2027", None, False),
        (TENTH, True, "01/08/2027", None, False),
    ],
)
def test_how_far_a_parental_leave_is_postponed(
    regime: Regime, balance: bool, answered: str, latest: str | None, alternative: bool
) -> None:
    told = Notice(leave=PL, regime=regime, start=day("01/12/2027"), notified_on=day("01/08/2025"),
                  is_balance=balance and regime is not TENTH)  # fmt: skip
    found = postponement(told, answered_on=day(answered))

    assert found.latest_start == (day(latest) if latest else None)
    assert found.is_allowed is (latest is not None)
    assert found.needs_alternative is alternative


@pytest.mark.parametrize(
    ("leave", "notified", "last"),
    [
        # Friday 25 December is a holiday.
        (MA, "24/12/2026", "29/12/2026"),
        (MA, "30/04/2026", "05/05/2026"),
        (PL, "31/01/2026", "28/02/2026"),
        (TC, "30/01/2028", "29/02/2028"),
    ],
)
def test_the_last_day_for_an_answer(leave: Leave, notified: str, last: str) -> None:
    told = Notice(leave=leave, regime=FULL, start=day("01/09/2028"), notified_on=day(notified))

    assert answer_term(told).last_day == day(last)


@pytest.mark.parametrize(
    ("workers", "older", "percent", "places"),
    [
        (60, 5, None, 2),
        (59, 0, None, 2),
        (60, 0, None, 3),
        (20, 0, None, 1),
        (20, 1, None, 0),
        (19, 19, None, 1),
        (11, 3, None, 1),
        (10, 0, None, 0),
        (120, 0, 8, 9),
        (39, 0, 10, 3),
    ],
)
def test_five_in_a_hundred_rounded_down(
    workers: int, older: int, percent: int | None, places: int
) -> None:
    found = threshold.places(
        workers=workers, older_in_fifth=older, percent=percent, on=date(2026, 1, 10)
    )

    assert found == places


@pytest.mark.parametrize(
    ("start", "earliest", "last"),
    [
        ("31/12/2025", "30/06/2025", "28/02/2026"),
        ("30/12/2025", "30/06/2025", "28/02/2026"),
        ("29/12/2027", "29/06/2027", "29/02/2028"),
        ("28/02/2025", "28/08/2024", "30/04/2025"),
        ("31/08/2026", "28/02/2026", "31/10/2026"),
        ("29/06/2025", "29/12/2024", "29/08/2025"),
    ],
)
def test_from_when_a_request_is_filed_and_until_when_it_is_paid_from_the_start(
    start: str, earliest: str, last: str
) -> None:
    assert filing.first_filing_day(day(start)) == day(earliest)
    assert filing.last_day_for_whole_allowance(day(start)) == day(last)
    late = day(last) + timedelta(days=1)
    assert filing.allowance_first_day(start=day(start), complete_on=day(last)) == day(start)
    assert filing.allowance_first_day(start=day(start), complete_on=late) == late
