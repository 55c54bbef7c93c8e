"""What the button offers, from the acts so far."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.rules.presence_day import DayAct
from guichet.rules.presence_next import (
    SAME_PRESS,
    Step,
    is_same_press,
    offered,
    standing,
)

HERE, THERE = "1Y103CF8203SZ", "1Y103CF8204TZ"
NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)  # Monday, noon in Brussels


def acts(*said: str) -> list[DayAct]:
    """``in 07:00``, ``out 09:00 there``, ``in -1 22:00``: of today, of the day before with -1."""
    made = []
    for receipt, text in enumerate(said, 1):
        words = text.split()
        day = int(words.pop(1)) if words[1].startswith("-") else 0
        hour, minute = words[1].split(":")
        at = NOON + timedelta(days=day, hours=int(hour) - 12, minutes=int(minute))
        made.append(DayAct(words[0], at, THERE if "there" in words else HERE, receipt))
    return made


@pytest.mark.parametrize(
    ("said", "site", "expected"),
    [
        ((), HERE, [Step.START]),
        ((), None, [Step.START]),
        (("in 07:00",), HERE, [Step.BREAK, Step.END]),
        (("in 07:00",), None, [Step.BREAK, Step.END]),
        (("in 07:00",), THERE, [Step.MOVE]),
        (("in 07:00", "out 09:00", "in 09:15"), HERE, [Step.END, Step.BREAK]),
        (("in 07:00", "out 11:45"), HERE, [Step.RESUME, Step.DONE]),
        (("in 07:00", "out 11:45"), THERE, [Step.START]),
        (("in 06:00", "out 07:59"), HERE, [Step.START]),  # four hours and a minute ago
        (("in 06:00", "out 08:00"), HERE, [Step.RESUME, Step.DONE]),
        (("in 07:00", "in 07:01"), HERE, [Step.BREAK, Step.END]),  # pressed twice
        (("in 07:00", "out 09:00 there"), HERE, [Step.BREAK, Step.END]),  # an OUT elsewhere
        (("out 09:00",), HERE, [Step.START]),
        (("in -1 08:00",), HERE, [Step.START]),  # forgotten yesterday
        (("in -1 23:30",), HERE, [Step.START]),  # twelve hours and a half, of yesterday
        (("in -1 23:59",), HERE, [Step.START]),
        (("in -1 08:00", "out -1 16:00"), HERE, [Step.START]),
    ],
)
def test_the_steps_offered(said: tuple[str, ...], site: str | None, expected: list[Step]) -> None:
    found = standing(acts(*said), now=NOON)

    assert offered(found, site=site, is_done=False, now=NOON) == expected


def test_a_night_shift_runs_on_after_midnight() -> None:
    morning = NOON - timedelta(hours=7)  # five o'clock
    found = standing(acts("in -1 22:00"), now=morning)

    assert offered(found, site=HERE, is_done=False, now=morning) == [Step.BREAK, Step.END]


def test_a_forgotten_in_is_said() -> None:
    assert standing(acts("in -1 20:00"), now=NOON).forgotten is not None


def test_who_said_that_the_day_is_done_starts_anew() -> None:
    found = standing(acts("in 07:00", "out 11:45"), now=NOON)

    assert offered(found, site=HERE, is_done=True, now=NOON) == [Step.START]


@pytest.mark.parametrize(
    ("kind", "site", "seconds", "expected"),
    [
        ("in", HERE, 0, True), ("in", HERE, 60, True), ("in", HERE, 61, False),
        ("out", HERE, 5, False), ("in", THERE, 5, False), ("in", HERE, -1, True),
        ("in", HERE, -60, True), ("in", HERE, -61, False),
    ],
)  # fmt: skip
def test_the_same_press_within_a_minute(kind: str, site: str, seconds: int, expected: bool) -> None:
    [last] = acts("in 12:00")
    now = NOON + timedelta(seconds=seconds)

    assert is_same_press(last=last, kind=kind, site=site, now=now) is expected
    assert not is_same_press(last=None, kind=kind, site=site, now=now)
    assert timedelta(seconds=60) == SAME_PRESS


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["in", "out"]), st.integers(0, 2_000), st.sampled_from([HERE, THERE])
        ),
        max_size=12,
    )
)
def test_something_is_always_offered_and_only_what_changes_the_standing(
    drawn: list[tuple[str, int, str]],
) -> None:
    made = [
        DayAct(kind, NOON - timedelta(minutes=back), site, receipt)
        for receipt, (kind, back, site) in enumerate(drawn, 1)
    ]
    found = standing(made, now=NOON)

    steps = offered(found, site=HERE, is_done=False, now=NOON)

    assert steps
    if found.open_act is None:
        assert {"out"}.isdisjoint(act for step in steps for act in step.acts)
    else:
        assert all(step.acts[0] == "out" for step in steps)
