"""What blocks and what warns, the longest period, and every cell of what may happen."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.rules.limosa_declarations import (
    NEXT,
    Declared,
    Place,
    State,
    Step,
    StepRefused,
    after,
    longest_last_day,
    problems,
)

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
SOUND = Declared(
    niss="90451207722",
    employer_vat="PL0000000000",
    client="0712345630",
    liaison_name="Anna Kowalska",
    liaison_reach="+32 2 000 00 00",
    sector="construction",
    service="Masonry",
    places=(Place(reference="1Y103CF8204TZ"),),
    first_day=TODAY + DAY,
    last_day=TODAY + 100 * DAY,
    weekly_minutes=38 * 60,
    schedule="Monday to Friday",
)


def found(**given: object) -> list[tuple[str, str, bool]]:
    declared = replace(SOUND, **given)  # type: ignore[arg-type]  # members by name
    return [(one.field, one.code, one.blocks) for one in problems(declared=declared, today=TODAY)]


def test_a_sound_declaration_has_no_problem() -> None:
    assert found() == []
    assert found(niss="", given_name="Jan", family_name="Nowak", birth_date=date(1990, 5, 1)) == []


@pytest.mark.parametrize(
    ("given_", "field", "code", "blocks"),
    [
        ({"niss": "90451207723"}, "niss", "invalid", True),
        ({"employer_vat": ""}, "employer", "missing", True),
        ({"client": ""}, "client", "missing", True),
        ({"client": "0712345631"}, "client", "invalid", True),
        ({"liaison_name": ""}, "liaison_name", "missing", True),
        ({"liaison_reach": ""}, "liaison_reach", "missing", True),
        ({"sector": ""}, "sector", "missing", True),
        ({"service": ""}, "service", "missing", True),
        ({"places": ()}, "places", "missing", True),
        ({"places": (Place(text="x"),) * 21}, "places", "too_many", True),
        ({"weekly_minutes": None}, "weekly_minutes", "missing", True),
        ({"weekly_minutes": 0}, "weekly_minutes", "invalid", True),
        ({"weekly_minutes": 4_801}, "weekly_minutes", "invalid", True),
        ({"schedule": ""}, "schedule", "missing", True),
        ({"first_day": None}, "first_day", "missing", True),
        ({"first_day": TODAY - DAY}, "first_day", "late", False),
        ({"last_day": TODAY}, "last_day", "before", True),
        ({"last_day": date(2027, 3, 3)}, "last_day", "too_long", True),
        ({"first_day": TODAY - 9 * DAY, "last_day": TODAY - DAY}, "last_day", "past", True),
    ],
)
def test_what_is_wrong_is_named(
    given_: dict[str, object], field: str, code: str, blocks: bool
) -> None:
    assert (field, code, blocks) in found(**given_)


def test_a_self_employed_person_needs_no_employer_and_no_person_of_contact() -> None:
    alone = {"kind": "self_employed", "employer_vat": "", "liaison_name": "", "liaison_reach": "",
             "weekly_minutes": None, "schedule": ""}  # fmt: skip
    assert found(**alone) == []
    assert found(**alone, sector="other") == [("sector", "not_needed", False)]


def test_a_change_keeps_a_first_day_that_has_come_and_never_reaches_back() -> None:
    begun = replace(SOUND, first_day=TODAY - 9 * DAY)

    moved = problems(declared=SOUND, today=TODAY, former=begun)
    kept = problems(declared=replace(begun, last_day=TODAY), today=TODAY, former=begun)
    back = problems(declared=begun, today=TODAY, former=SOUND)

    assert [(one.field, one.code) for one in moved] == [("first_day", "begun")]
    assert kept == ()
    assert [(one.code, one.blocks) for one in back] == [("late", True)]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 3, 3), date(2027, 3, 2)),
        (date(2026, 1, 1), date(2026, 12, 31)),
        (date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_a_declaration_covers_twelve_months(first: date, last: date) -> None:
    assert longest_last_day(first) == last


@given(first=days, length=st.integers(0, 800))
def test_no_accepted_period_is_longer_and_every_shorter_one_is_accepted(
    first: date, length: int
) -> None:
    last = first + length * DAY
    declared = replace(SOUND, first_day=first, last_day=last)

    codes = {one.code for one in problems(declared=declared, today=first)}

    assert ("too_long" in codes) == (last > longest_last_day(first))
    assert codes <= {"too_long"}


@given(state=st.sampled_from(State), step=st.sampled_from(Step), first=days,
       length=st.integers(0, 400), today=days)  # fmt: skip
def test_what_may_happen_depends_on_state_and_day_alone(
    state: State, step: Step, first: date, length: int, today: date
) -> None:
    last = first + length * DAY
    open_ = today < first if step is Step.CANCEL else today <= last
    if state is State.ACCEPTED and open_:
        assert after(state, step, first_day=first, last_day=last, today=today) is NEXT[state, step]
    else:
        with pytest.raises(StepRefused):
            after(state, step, first_day=first, last_day=last, today=today)


def test_every_cell_is_known() -> None:
    assert {pair for pair in product(State, Step) if pair in NEXT} == {
        (State.ACCEPTED, Step.CHANGE), (State.ACCEPTED, Step.CANCEL)
    }  # fmt: skip
