"""What a temporary worker is shown: window, states, contracts, days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.rules import interim as rules
from guichet.rules.interim import Contract, Kind, OutsideWindow, Span, State

ON = date(2026, 11, 24)
DAYS = st.dates(min_value=date(2024, 6, 1), max_value=date(2028, 6, 30))


def test_the_window_is_last_year_this_year_and_the_next_one() -> None:
    assert rules.window(ON) == (date(2025, 1, 1), date(2027, 12, 31))
    assert rules.years(ON) == (2025, 2026, 2027)


@pytest.mark.parametrize(
    ("first", "last", "is_inside"),
    [
        (date(2025, 1, 1), date(2027, 12, 31), True),
        (date(2024, 12, 31), date(2025, 1, 1), False),
        (date(2027, 12, 31), date(2028, 1, 1), False),
    ],
)
def test_i07_days_outside_the_window_are_refused(first: date, last: date, is_inside: bool) -> None:
    if is_inside:
        rules.check_window(first=first, last=last, on=ON)
    else:
        with pytest.raises(OutsideWindow):
            rules.check_window(first=first, last=last, on=ON)


@pytest.mark.parametrize(
    ("first", "last", "flags", "state"),
    [
        (date(2026, 11, 25), date(2026, 11, 25), {}, State.PLANNED),
        (ON, ON, {}, State.RUNNING),
        (date(2026, 11, 1), None, {}, State.RUNNING),
        (date(2026, 11, 1), date(2026, 11, 23), {}, State.ENDED),
        (ON, ON, {"is_late": True}, State.LATE),
        (ON, ON, {"is_changed": True}, State.CHANGED),
        (ON, ON, {"is_late": True, "is_changed": True}, State.LATE),
        (ON, ON, {"is_waiting": True}, State.IN_TREATMENT),
        (ON, ON, {"is_cancelled": True, "is_late": True, "is_changed": True}, State.CANCELLED),
    ],
)
def test_each_of_the_seven_states(
    first: date, last: date | None, flags: dict[str, bool], state: State
) -> None:
    none = dict.fromkeys(("is_cancelled", "is_waiting", "is_late", "is_changed"), False)

    assert rules.state_of(Span(first, last), **none | flags, on=ON) is state


@pytest.mark.parametrize(
    ("last", "is_over_midnight", "contract", "marks"),
    [
        (ON, False, Contract.DAY, 1),
        (ON + timedelta(days=1), True, Contract.DAY, 1),  # a night shift: its first day
        (ON + timedelta(days=1), False, Contract.WEEK, 2),
        (ON + timedelta(days=6), False, Contract.WEEK, 7),
        (ON + timedelta(days=7), False, Contract.LONGER, 8),
        (None, False, Contract.LONGER, 403),
    ],
)
def test_length_and_marks(
    last: date | None, is_over_midnight: bool, contract: Contract, marks: int
) -> None:
    span = Span(ON, last, is_over_midnight)

    assert rules.contract_of(span) is contract
    assert len(rules.marked_days(span, on=ON)) == marks


@pytest.mark.parametrize(
    ("code", "kind"), [("STU", Kind.STUDENT), ("FLX", Kind.FLEXI), ("OTH", Kind.TEMPORARY)]
)
def test_the_kind_of_a_worker_type(code: str, kind: Kind) -> None:
    assert rules.kind_of(code) is kind


@given(first=DAYS, length=st.integers(0, 500), is_over_midnight=st.booleans(), on=DAYS)
def test_what_is_shown_has_a_mark_and_marks_lie_in_the_window(
    first: date, length: int, is_over_midnight: bool, on: date
) -> None:
    span = Span(first, first + timedelta(days=length), is_over_midnight)
    begin, end = rules.window(on)

    marks = rules.marked_days(span, on=on)

    assert all(begin <= day <= end for day in marks)
    assert list(marks) == sorted(set(marks))
    if not span.is_night:
        assert bool(marks) is rules.is_shown(span, on=on)


@pytest.mark.parametrize(
    ("first", "is_shown"), [(date(2024, 12, 31), False), (date(2027, 12, 31), True)]
)
def test_i10_the_night_of_new_year_is_one_of_the_old_year(first: date, is_shown: bool) -> None:
    night = Span(first, first + timedelta(days=1), is_over_midnight=True)

    assert rules.is_shown(night, on=date(2026, 5, 4)) is is_shown
    assert len(rules.marked_days(night, on=date(2026, 5, 4))) == is_shown
