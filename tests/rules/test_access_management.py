"""Who may manage access: the table of states, and what nobody may do."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.rules.access_management import (
    MANAGEMENT,
    NEXT,
    Kind,
    Post,
    State,
    Step,
    StepRefused,
    after,
    may_appoint,
    may_grant,
    may_name_main,
    may_take,
)

MAIN: Final = Post(Kind.MAIN)
CO: Final = Post(Kind.CO, "employer")
DOMAIN: Final = Post(Kind.DOMAIN, "employer", frozenset({"temporary_unemployment"}))
OFFERED: Final = ("presence", "dimona", "temporary_unemployment")
posts = st.lists(
    st.one_of(
        st.just(MAIN),
        st.builds(Post, st.just(Kind.CO), st.sampled_from(["employer", "temp_agency"])),
        st.builds(
            Post,
            st.just(Kind.DOMAIN),
            st.sampled_from(["employer", "temp_agency"]),
            st.frozensets(st.sampled_from(OFFERED), min_size=1),
        ),
    ),
    max_size=3,
)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("step", list(Step))
def test_every_state_and_step(state: State, step: Step) -> None:
    if (state, step) in NEXT:
        assert after(state, step) is NEXT[state, step]
    else:
        with pytest.raises(StepRefused):
            after(state, step)


def test_a_deleted_user_is_never_taken_up_again() -> None:
    assert all(state is not State.DELETED for state, _ in NEXT)


@pytest.mark.parametrize(
    ("functions", "is_sure", "keys"),
    [
        (["director"], True, []),
        (["self_employed"], True, []),
        (["assisting"], True, ["access.not_representative"]),
        ([], True, ["access.not_representative"]),
        (["manager"], False, ["access.sign_in_too_low"]),
        ([], False, ["access.not_representative", "access.sign_in_too_low"]),
    ],
)
def test_a21_rule_only_a_representative_with_a_sure_sign_in_names_the_main_manager(
    functions: list[str], is_sure: bool, keys: list[str]
) -> None:
    verdict = may_name_main(functions=functions, is_sure_enough=is_sure)

    assert verdict.outcome is (not keys)
    assert [finding.key for finding in verdict.findings] == keys


@pytest.mark.parametrize(
    ("held", "service", "quality", "allowed"),
    [
        ([MAIN], "dimona", "employer", True),
        ([MAIN], "dimona", "temp_agency", True),
        ([CO], "dimona", "employer", True),
        ([CO], "dimona", "temp_agency", False),
        ([DOMAIN], "temporary_unemployment", "employer", True),
        ([DOMAIN], "dimona", "employer", False),
        ([], "dimona", "employer", False),
        ([MAIN], MANAGEMENT, "employer", False),
        ([MAIN], "unknown", "employer", False),
    ],
)
def test_a24_rule_nobody_grants_outside_his_domain(
    held: list[Post], service: str, quality: str, allowed: bool
) -> None:
    verdict = may_grant(posts=held, quality=quality, service=service, offered=OFFERED)

    assert verdict.outcome is allowed
    assert verdict.blocks is not allowed


@given(posts=posts, service=st.sampled_from(OFFERED), quality=st.text(max_size=12))
def test_who_may_grant_has_a_post_that_covers_it(
    posts: list[Post], service: str, quality: str
) -> None:
    verdict = may_grant(posts=posts, quality=quality, service=service, offered=OFFERED)

    assert verdict.outcome is any(one.covers(quality=quality, service=service) for one in posts)


@given(posts=posts, quality=st.sampled_from(["employer", "temp_agency"]))
def test_nobody_appoints_above_himself(posts: list[Post], quality: str) -> None:
    assert not may_appoint(posts=posts, kind=Kind.MAIN, quality=None).outcome
    if may_appoint(posts=posts, kind=Kind.CO, quality=quality).outcome:
        assert MAIN in posts
    if may_appoint(posts=posts, kind=Kind.DOMAIN, quality=quality).outcome:
        assert MAIN in posts or Post(Kind.CO, quality) in posts


@given(posts=posts, step=st.sampled_from([Step.BLOCK, Step.DELETE]), is_own=st.booleans())
def test_a23_rule_the_main_manager_is_neither_blocked_nor_deleted(
    posts: list[Post], step: Step, is_own: bool
) -> None:
    assert not may_take(step=step, is_main=True, is_own=is_own, posts=posts).outcome


@given(posts=posts, step=st.sampled_from(list(Step)))
def test_nobody_does_it_to_himself(posts: list[Post], step: Step) -> None:
    assert not may_take(step=step, is_main=False, is_own=True, posts=posts).outcome
