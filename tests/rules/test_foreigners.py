"""Who comes from abroad: means, BIS numbers, the states of a request for BelgianID."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.niss import Niss, Sex
from guichet.rules import belgianid
from guichet.rules.belgianid import NEXT, OVER, State, Step, StepRefused
from guichet.rules.bis_numbers import (
    CountersExhausted,
    NoSuchBirthDate,
    bis_number,
    counters,
    next_bis_number,
)
from guichet.rules.foreign_access import Role, Way, instead_of_itsme, ways

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
sexes = st.sampled_from([Sex.FEMALE, Sex.MALE, None])


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("step", list(Step))
def test_every_state_and_step_of_a_request(state: State, step: Step) -> None:
    if (state, step) in NEXT:
        assert belgianid.after(state, step) is NEXT[state, step]
        assert step in belgianid.steps_from(state)
    else:
        with pytest.raises(StepRefused):
            belgianid.after(state, step)


def test_what_is_over_stays_over_and_everything_else_ends() -> None:
    assert not {state for state, _ in NEXT} & OVER
    for state in set(State) - OVER:
        assert belgianid.ends_at(state, now=NOW, slot_at=NOW + timedelta(days=2)) > NOW


def test_the_link_to_confirm_ends_with_the_slot_at_the_latest() -> None:
    slot = NOW + timedelta(days=1)

    assert belgianid.ends_at(State.SLOT_PROPOSED, now=NOW, slot_at=slot) == slot
    far = NOW + timedelta(days=30)
    assert belgianid.ends_at(State.SLOT_PROPOSED, now=NOW, slot_at=far) == NOW + timedelta(days=5)


@given(
    born_on=st.dates(date(1900, 1, 1), date(2026, 11, 25)),
    sex=sexes,
    counter=st.integers(0, 999),
)
def test_a_bis_number_is_valid_and_says_birth_date_and_sex(
    born_on: date, sex: Sex | None, counter: int
) -> None:
    number = bis_number(born_on=born_on, sex=sex, counter=counter)

    assert Niss.parse(number.formatted()) == number
    assert number.is_bis
    assert number.birth_date() == born_on
    assert int(number.digits[2:4]) == born_on.month + (20 if sex is None else 40)


@given(sex=sexes)
def test_the_counters_agree_with_the_sex(sex: Sex | None) -> None:
    for counter in list(counters(sex))[:50]:
        number = bis_number(born_on=date(1990, 4, 12), sex=sex, counter=counter)
        assert number.sex() is sex


def test_a_taken_number_is_followed_by_the_next_free_one() -> None:
    born = date(1990, 4, 12)
    first = next_bis_number(born_on=born, sex=Sex.FEMALE, taken=())
    second = next_bis_number(born_on=born, sex=Sex.FEMALE, taken={first.digits})

    assert first.digits[6:9] == "000"
    assert second != first


def test_when_every_counter_is_taken_nobody_gets_a_number() -> None:
    class Everything:
        def __contains__(self, _number: object) -> bool:
            return True

    with pytest.raises(CountersExhausted):
        next_bis_number(born_on=date(1990, 4, 12), sex=None, taken=Everything())
    with pytest.raises(NoSuchBirthDate):
        bis_number(born_on=date(1899, 12, 31), sex=None, counter=1)


@pytest.mark.parametrize(
    ("role", "card", "means", "expected"),
    [
        (Role.WORKER, "BE", None, (Way.EID, Way.ITSME)),
        (Role.WORKER, "LU", None, (Way.ITSME,)),
        (Role.WORKER, "NL", "NL", (Way.ITSME, Way.EIDAS)),
        (Role.WORKER, "PL", "PL", (Way.EIDAS,)),
        (Role.WORKER, None, None, (Way.BELGIANID,)),
        (Role.WORKER, "MA", None, (Way.BELGIANID,)),
        (Role.REPRESENTATIVE, "BE", None, (Way.EID, Way.ITSME)),
        (Role.REPRESENTATIVE, "NL", "NL", (Way.EIDAS,)),
        (Role.REPRESENTATIVE, "LU", None, (Way.BELGIANID,)),
    ],
)
def test_the_means_open_to_somebody_from_abroad(
    role: Role, card: str | None, means: str | None, expected: tuple[Way, ...]
) -> None:
    assert ways(role=role, card_country=card, means_country=means) == expected


def test_a_refused_itsme_is_told_what_to_use_instead() -> None:
    assert instead_of_itsme(role=Role.REPRESENTATIVE, card_country="NL") == (Way.EIDAS,)
    assert instead_of_itsme(role=Role.WORKER, card_country="FR") == (Way.BELGIANID,)
