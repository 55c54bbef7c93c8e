"""What is due today: the first days that announced suspensions leave to be told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment.duties import (
    Duty,
    Scheme,
    Standing,
    duties,
    foreseen,
    standing,
)
from guichet.rules.temporary_unemployment.kinds import Reason, Regime
from guichet.rules.temporary_unemployment.limits import Suspension
from guichet.rules.temporary_unemployment.workdays import OnemCalendar

ANNE, LUC = "85073003328", "88092500114"
MARCH, APRIL = date(2025, 3, 1), date(2025, 4, 1)
PLAIN = OnemCalendar()


def scheme(first: str = "2025-03-17", last: str = "2025-04-13", **other: object) -> Scheme:
    """A full suspension of Anne."""
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    suspension = Suspension(period, Regime.FULL, other.pop("excluded", ()))  # type: ignore[arg-type]
    return Scheme(
        "05W00000017BZ", other.pop("reason", Reason.ECONOMIC), suspension,  # type: ignore[arg-type]
        workers=other.pop("workers", frozenset({ANNE})), **other,  # type: ignore[arg-type]
    )  # fmt: skip


def due(today: str, *, month: date = MARCH, told: object = (), **other: object) -> Duty:
    """The one duty of a month."""
    [found] = duties(
        [scheme(**other)],  # type: ignore[arg-type]
        month=month,
        told=told,  # type: ignore[arg-type]
        calendar=PLAIN,
        today=date.fromisoformat(today),
    )
    return found


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2025-03-07", Standing.AHEAD),
        ("2025-03-10", Standing.OPEN),
        ("2025-03-17", Standing.OPEN),
        ("2025-03-18", Standing.LAST_DAY),
        ("2025-03-19", Standing.MISSED),
    ],
)
def test_a_duty_stands_as_today_lies_to_its_window(today: str, expected: Standing) -> None:
    duty = due(today)
    assert duty.standing is expected
    assert (duty.day, duty.days) == (
        date(2025, 3, 17),
        Period(date(2025, 3, 10), date(2025, 3, 18)),
    )


def test_sc35_a_new_month_needs_its_own_first_day_and_shows_what_is_at_stake() -> None:
    told = [(ANNE, date(2025, 3, 17), Reason.ECONOMIC)]
    assert due("2025-04-02", told=told).standing is Standing.TOLD
    april = due("2025-04-02", month=APRIL, told=told)
    assert (april.day, april.standing) == (date(2025, 4, 1), Standing.LAST_DAY)
    missed = due("2025-04-03", month=APRIL, told=told)
    assert missed.standing is Standing.MISSED
    assert missed.wage == Period(date(2025, 4, 1), date(2025, 4, 7))


def test_another_reason_of_the_month_will_do() -> None:
    told = [(ANNE, date(2025, 3, 5), Reason.WEATHER)]
    assert due("2025-03-10", told=told).standing is Standing.TOLD
    assert due("2025-03-10", told=[(LUC, date(2025, 3, 5), Reason.WEATHER)]).told is None


def test_a_section_is_told_with_its_first_worker() -> None:
    told = [(LUC, date(2025, 3, 17), Reason.ECONOMIC)]
    duty = due("2025-03-10", told=told, workers=frozenset(), section="Finishing")
    assert (duty.niss, duty.section, duty.standing) == ("", "Finishing", Standing.TOLD)


@pytest.mark.parametrize(
    ("other", "month", "day"),
    [
        ({}, APRIL, date(2025, 4, 1)),
        ({"first": "2025-03-29"}, MARCH, date(2025, 3, 31)),
        ({"excluded": (Period(date(2025, 4, 1), date(2025, 4, 4)),)}, APRIL, date(2025, 4, 7)),
        ({"cycle": (frozenset({0, 1, 2}),)}, APRIL, date(2025, 4, 3)),
        ({"cycle": (frozenset(range(5)), frozenset())}, MARCH, date(2025, 3, 24)),
        ({"last": "2025-03-30"}, APRIL, None),
        ({"first": "2025-04-19", "last": "2025-04-21"}, APRIL, None),
    ],
)
def test_the_day_foreseen_is_the_first_without_work(
    other: dict[str, object], month: date, day: date | None
) -> None:
    assert foreseen(scheme(**other), month=month, calendar=PLAIN) == day  # type: ignore[arg-type]


def test_a_bridge_day_moves_the_day_foreseen() -> None:
    calendar = OnemCalendar(bridge_days=frozenset({date(2025, 4, 1)}))
    assert foreseen(scheme(), month=APRIL, calendar=calendar) == date(2025, 4, 2)


def test_two_schemes_of_a_worker_make_one_duty_the_earlier() -> None:
    found = duties(
        [scheme("2025-03-20"), scheme("2025-03-10", "2025-03-14")],
        month=MARCH, told=(), calendar=PLAIN, today=date(2025, 3, 5),
    )  # fmt: skip
    assert [one.day for one in found] == [date(2025, 3, 10)]


@given(
    first=st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    length=st.integers(0, 200),
    today=st.dates(date(2024, 1, 1), date(2027, 12, 31)),
)
def test_a_duty_lies_within_its_scheme_and_month(first: date, length: int, today: date) -> None:
    last = date.fromordinal(first.toordinal() + length)
    one = scheme(first.isoformat(), last.isoformat())
    for duty in duties([one], month=first, told=(), calendar=PLAIN, today=today):
        assert one.suspension.period.contains(duty.day)
        assert (duty.day.year, duty.day.month) == (first.year, first.month)
        assert PLAIN.is_working(duty.day)
        assert duty.standing is standing(duty.days, today=today)
        assert (duty.wage is not None) == (duty.standing is Standing.MISSED)
