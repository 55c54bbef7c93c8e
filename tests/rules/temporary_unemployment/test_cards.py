"""The control card: its days, what is late, what needs a reason, and the road it goes."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.moments import BRUSSELS
from guichet.rules.temporary_unemployment.card_days import (
    CODES,
    MARKS,
    WORKED,
    CardDay,
    DayState,
    Stretch,
    card_days,
    counts,
    days_of_month,
    first_day_of_card,
    is_late,
    needs_reason,
    off,
)
from guichet.rules.temporary_unemployment.card_sending import (
    NEXT,
    Early,
    State,
    Step,
    StepRefused,
    Why,
    after,
    correctable_until,
    exclusion,
    window,
)
from guichet.rules.temporary_unemployment.control_card import earliest_sending, uncovered_day
from tests.rules.temporary_unemployment.days import day

MARCH = date(2025, 3, 1)
MONTHS = st.dates(date(2025, 1, 1), date(2034, 12, 31)).map(lambda each: each.replace(day=1))
HOURS = st.times(max_value=time(23, 59)).map(lambda each: each.replace(second=0, microsecond=0))
WHOLE = (Stretch(first_day=date(2020, 1, 1)),)


def days(**given: object) -> tuple[CardDay, ...]:
    sound: dict[str, object] = {
        "month": MARCH, "contract": WHOLE, "starts_on": MARCH, "marks": {},
    }  # fmt: skip
    return card_days(**(sound | given))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("month", "penultimate"),
    [
        pytest.param("2025-01", "2025-01-30", id="WX-64"),
        pytest.param("2025-02", "2025-02-27", id="February 2025"),
        pytest.param("2025-04", "2025-04-29", id="WX-66"),
        pytest.param("2025-05", "2025-05-28", id="WX-67"),
        pytest.param("2025-11", "2025-11-27", id="November 2025"),
        pytest.param("2025-12", "2025-12-30", id="WX-69"),
        pytest.param("2026-01", "2026-01-29", id="WX-70"),
        pytest.param("2026-05", "2026-05-28", id="May 2026"),
        pytest.param("2026-08", "2026-08-28", id="WX-72"),
    ],
)
def test_wx64_wx66_wx67_wx69_wx70_wx72_the_window_opens_on_the_last_working_day_but_one(
    month: str, penultimate: str
) -> None:
    opens = window(day(f"{month}-01"))

    assert opens.usual == day(penultimate)
    assert opens.early == day(f"{month}-01")
    assert not opens.is_open(today=opens.usual - timedelta(days=1))
    assert opens.is_open(today=opens.usual)
    assert opens.is_open(today=opens.early, early=Early.ALLOWED)


@pytest.mark.parametrize(("state", "step"), [*product(State, Step)])
def test_every_cell_of_the_road(state: State, step: Step) -> None:
    expected = {
        (State.OPEN, Step.MARK): State.OPEN,
        (State.OPEN, Step.SEND): State.SENT,
        (State.SENT, Step.REOPEN): State.CORRECTING,
        (State.CORRECTING, Step.MARK): State.CORRECTING,
        (State.CORRECTING, Step.SEND): State.SENT,
        (State.CORRECTING, Step.GIVE_UP): State.SENT,
    }.get((state, step))
    late = day("2025-04-02")

    if expected is None:
        with pytest.raises(StepRefused) as refusal:
            after(state=state, step=step, month=MARCH, today=late)
        assert refusal.value.why is Why.NOT_OPEN
        assert (state, step) not in NEXT
    else:
        assert after(state=state, step=step, month=MARCH, today=late) is expected


@given(month=MONTHS, ahead=st.integers(-40, 90), state=st.sampled_from(State),
       early=st.sampled_from(Early))  # fmt: skip
def test_a_card_never_goes_before_its_window_without_a_ground_and_never_before_its_month(
    month: date, ahead: int, state: State, early: Early
) -> None:
    today = month + timedelta(days=ahead)
    try:
        after(state=state, step=Step.SEND, month=month, today=today, early=early)
    except StepRefused:
        return

    assert today >= month
    assert early is not Early.NOT or today >= earliest_sending(month)
    assert state is not State.SENT


@pytest.mark.parametrize(
    ("month", "until"),
    [("2025-03", "2025-05-31"), ("2025-12", "2026-02-28"), ("2027-12", "2028-02-29")],
)
def test_a_card_is_corrected_until_the_end_of_the_second_month_after(
    month: str, until: str
) -> None:
    first = day(f"{month}-01")
    last = correctable_until(first)

    assert last == day(until)
    assert after(state=State.SENT, step=Step.REOPEN, month=first, today=last) is State.CORRECTING
    with pytest.raises(StepRefused) as refusal:
        after(state=State.SENT, step=Step.REOPEN, month=first, today=last + timedelta(days=1))
    assert refusal.value.why is Why.TOO_LATE


def test_a_wrong_card_costs_four_to_twenty_six_weeks() -> None:
    assert exclusion(day("2025-03-12")) == (4, 26)


@pytest.mark.parametrize(
    ("committee", "communicated", "first"),
    [
        ("124", ["2025-03-12"], "2025-03-01"),
        ("124.01", [], "2025-03-01"),
        ("111", [], "2025-03-01"),
        ("111", ["2025-03-12"], "2025-03-12"),
        ("111", ["2025-03-17", "2025-03-12", "2025-02-03"], "2025-03-12"),
        ("111", ["2025-02-03", "2025-04-01"], "2025-03-01"),
        ("", ["2025-03-31"], "2025-03-31"),
    ],
)
def test_a_card_begins_with_the_month_in_construction_and_with_the_first_day_elsewhere(
    committee: str, communicated: list[str], first: str
) -> None:
    found = first_day_of_card(
        month=day("2025-03-15"), committee=committee, communicated=[*map(day, communicated)]
    )

    assert found == day(first)


def test_a_day_nobody_marked_is_unemployed_inside_the_contract_only() -> None:
    stretch = Stretch(first_day=day("2025-03-10"), last_day=day("2025-03-21"))
    found = days(contract=[stretch], communicated=[day("2025-03-12")])

    assert {one.day.day for one in found if one.is_applicable} == {*range(10, 22)}
    assert all(not one.is_marked for one in found)
    assert [one.day.day for one in found if one.is_first] == [12]
    assert counts(found)[DayState.UNEMPLOYED] == 10


def test_a_day_before_the_card_begins_keeps_what_was_marked() -> None:
    marks = {day("2025-03-05"): DayState.INCAPACITY, day("2025-03-06"): DayState.UNEMPLOYED}
    found = days(starts_on=day("2025-03-12"), marks=marks)

    assert [one.day.day for one in found if one.is_applicable] == [5, *range(12, 32)]


def test_without_more_allowance_asked_the_later_days_are_empty() -> None:
    found = days(asked_until=day("2025-03-14"), marks={day("2025-03-20"): DayState.WORK})

    assert [one.day.day for one in found if one.is_applicable] == [*range(1, 15), 20]


@pytest.mark.parametrize("state", DayState)
@pytest.mark.parametrize(("minute", "late"), [(29, False), (30, False), (31, True)])
def test_only_work_is_late_and_only_after_it_began(
    state: DayState, minute: int, late: bool
) -> None:
    at = datetime(2025, 3, 12, 7, minute, tzinfo=BRUSSELS)

    found = is_late(state=state, day=day("2025-03-12"), starts_at=time(7, 30), marked_at=at)

    assert found is (late and state in WORKED)


@pytest.mark.parametrize(
    ("night", "starts", "marked", "late"),
    [
        # The hour from two to three comes twice in October and never in March.
        ("2025-10-26", time(2, 30), "2025-10-26T02:10:00+02:00", False),
        ("2025-10-26", time(2, 30), "2025-10-26T02:40:00+02:00", True),
        ("2025-10-26", time(2, 30), "2025-10-26T02:10:00+01:00", True),
        ("2025-10-26", time(3, 0), "2025-10-26T02:50:00+01:00", False),
        ("2025-03-30", time(3, 0), "2025-03-30T01:59:00+01:00", False),
        ("2025-03-30", time(3, 0), "2025-03-30T03:01:00+02:00", True),
    ],
)
@pytest.mark.parametrize("zone", [UTC, BRUSSELS], ids=["utc", "brussels"])
def test_work_in_the_nights_of_the_clock_is_late_by_real_time(
    night: str, starts: time, marked: str, late: bool, zone: tzinfo
) -> None:
    at = datetime.fromisoformat(marked).astimezone(zone)

    found = is_late(state=DayState.WORK, day=day(night), starts_at=starts, marked_at=at)

    assert found is late


@pytest.mark.parametrize(("text", "utc_hour"), [("2025-03-28", 6), ("2025-03-31", 5)])
def test_the_hour_is_that_of_brussels_in_winter_and_in_summer(text: str, utc_hour: int) -> None:
    at = datetime.combine(day(text), time(utc_hour, 0), UTC)
    given = {"state": DayState.WORK, "day": day(text), "starts_at": time(7, 0)}

    assert not is_late(**given, marked_at=at)  # type: ignore[arg-type]
    assert is_late(**given, marked_at=at + timedelta(minutes=1))  # type: ignore[arg-type]


@pytest.mark.parametrize("marked", [False, True])
@pytest.mark.parametrize("ahead", [-1, 0, 1])
@pytest.mark.parametrize("mark", MARKS)
def test_what_was_marked_and_has_begun_changes_with_a_reason(
    marked: bool, ahead: int, mark: DayState
) -> None:
    at = datetime(2025, 3, 12, 12, 0, tzinfo=BRUSSELS)
    state = DayState.HOLIDAY if marked else DayState.UNEMPLOYED
    before = CardDay(day("2025-03-12") + timedelta(days=ahead), state, marked)

    asked = needs_reason(before=before, after=mark, starts_at=time(7, 30), marked_at=at)

    if ahead > 0:
        assert not asked
    else:
        assert asked is (marked or mark in WORKED)


@given(month=MONTHS, marks=st.dictionaries(st.integers(0, 27), st.sampled_from(MARKS)),
       begins=st.integers(0, 27))  # fmt: skip
def test_the_days_with_a_letter_are_those_over_which_a_communicated_day_moves(
    month: date, marks: dict[int, DayState], begins: int
) -> None:
    given = {month + timedelta(days=n): state for n, state in marks.items()}
    found = card_days(month=month, contract=WHOLE, starts_on=month, marks=given)
    told = month + timedelta(days=begins)

    moved = uncovered_day(told, marked=off(found))

    assert given.get(moved) not in CODES
    assert all(given[told + timedelta(days=n)] in CODES for n in range((moved - told).days))


@given(month=MONTHS, contract=st.tuples(st.integers(-10, 40), st.integers(0, 40)),
       marks=st.dictionaries(st.integers(0, 27), st.sampled_from(MARKS)))  # fmt: skip
def test_a_card_has_every_day_of_its_month_once_and_nothing_is_claimed_outside_the_contract(
    month: date, contract: tuple[int, int], marks: dict[int, DayState]
) -> None:
    first = month + timedelta(days=contract[0])
    stretch = Stretch(first_day=first, last_day=first + timedelta(days=contract[1]))
    given = {month + timedelta(days=n): state for n, state in marks.items()}

    found = card_days(month=month, contract=[stretch], starts_on=month, marks=given)

    assert [one.day for one in found] == [*days_of_month(month)]
    for one in found:
        assert one.is_applicable is stretch.covers(one.day)
    assert sum(counts(found).values()) <= len(found)
