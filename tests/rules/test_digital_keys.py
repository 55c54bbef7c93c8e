"""Digital keys: states, sessions that are strong enough, ranks, steps of an app."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.rules.assurance import LEVELS, NOMINAL, Means
from guichet.rules.digital_keys import (
    CARD_RANKS,
    KINDS,
    MOST_WRONG,
    NEXT,
    SECOND,
    State,
    Step,
    StepRefused,
    TooWeak,
    after,
    check_activation,
    check_session,
    level_of,
    locks,
    next_rank,
    step_at,
    steps_to_try,
)

MOMENTS = st.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001  # the time zone follows
    max_value=datetime(2040, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
OPEN = {
    ("active", "rename"): "active",
    ("active", "lock"): "locked",
    ("active", "revoke"): "revoked",
    ("locked", "rename"): "locked",
    ("locked", "unlock"): "active",
    ("locked", "revoke"): "revoked",
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", Step)
def test_every_cell_of_the_table_of_states(state: State, step: Step) -> None:
    expected = OPEN.get((state.value, step.value))

    if expected is None:
        assert (state, step) not in NEXT
        with pytest.raises(StepRefused, match=f"{step} is not open from {state}"):
            after(state, step)
    else:
        assert after(state, step) == expected


@pytest.mark.parametrize("means", Means)
@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("state", State)
def test_a_locked_key_yields_to_the_identity_card_only(
    state: State, step: Step, means: Means
) -> None:
    guarded = state is State.LOCKED and step in (Step.UNLOCK, Step.REVOKE)

    if guarded and means is not Means.EID:
        with pytest.raises(TooWeak):
            check_session(state=state, step=step, means=means)
    else:
        check_session(state=state, step=step, means=means)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_key_is_activated_from_its_own_level_on(kind: Means, level: int) -> None:
    if level >= NOMINAL[kind]:
        check_activation(kind=kind, level=level, means="eid")
    else:
        with pytest.raises(TooWeak):
            check_activation(kind=kind, level=level, means="eid")


@pytest.mark.parametrize("means", [means for means in Means if means is not Means.EID])
def test_a_paper_card_asks_for_the_identity_card_whatever_the_level(means: Means) -> None:
    with pytest.raises(TooWeak, match="identity card"):
        check_activation(kind=Means.CARD, level=500, means=means)


@given(kind=st.sampled_from(SECOND), key=st.sampled_from(LEVELS), account=st.sampled_from(LEVELS))
def test_a_sign_in_is_as_sure_as_its_weakest_enrolment(kind: Means, key: int, account: int) -> None:
    level = level_of(kind=kind, key_level=key, account_level=account)

    assert level == min(NOMINAL[kind], key, account)
    assert level_of(kind=Means.PASSKEY, key_level=key, account_level=None) == min(400, key)


@given(seed=st.integers(), length=st.integers(1, 200))
def test_a12_no_rank_is_ever_asked_twice_in_a_row(seed: int, length: int) -> None:
    random, last = Random(seed), None

    for _asked in range(length):
        rank = next_rank(last=last, random=random)
        assert rank in CARD_RANKS
        assert rank != last
        last = rank


def test_every_rank_but_the_last_can_come_next() -> None:
    random = Random(1)

    seen = {next_rank(last=7, random=random) for _asked in range(2000)}

    assert seen == set(CARD_RANKS) - {7}


@given(now=MOMENTS)
def test_a_code_is_good_one_step_early_and_one_step_late(now: datetime) -> None:
    present = step_at(now)

    steps = tuple(steps_to_try(now=now, last_used=None))

    assert steps == (present - 1, present, present + 1)
    assert step_at(now + timedelta(seconds=30)) == present + 1


@given(now=MOMENTS, later=st.integers(0, 300), used=st.integers(-1, 1))
def test_a10_a_step_that_was_used_is_never_tried_again(
    now: datetime, later: int, used: int
) -> None:
    last = step_at(now) + used

    steps = steps_to_try(now=now + timedelta(seconds=later), last_used=last)

    assert all(step > last for step in steps)


def test_a11_the_fifth_wrong_code_locks() -> None:
    assert [locks(wrong=wrong) for wrong in range(MOST_WRONG + 2)] == [False] * 5 + [True] * 2
