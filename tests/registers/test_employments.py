"""The register of employments."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from guichet.audit.models import Entry
from guichet.kernel.dimona import numbered
from guichet.platform.models import Change
from guichet.registers.changing import Outcome, RegisterRefused
from guichet.registers.employments import operations, queries
from guichet.registers.employments.queries import EmploymentRecord
from tests.registers.people import (
    ACTOR,
    FIRM,
    KARIM,
    LOTTE,
    NOW,
    OTHER_FIRM,
    TODAY,
    a_firm,
    a_person,
    last_change,
)

pytestmark = pytest.mark.django_db

SINCE = date(2026, 1, 5)
RECORD = EmploymentRecord(KARIM, FIRM, "121", "OTH", SINCE)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _worker_and_firms() -> None:
    a_person()
    a_person(LOTTE, "Claes", "Lotte")
    a_firm()
    a_firm(OTHER_FIRM, "Tilleul")


def declare(record: EmploymentRecord) -> int:
    return operations.declare(employment=record, actor=ACTOR, now=NOW)


def bring_in(record: EmploymentRecord) -> Outcome:
    return operations.bring_in(employment=record, actor=ACTOR, now=NOW)


def test_a_declared_period_covers_its_days_without_end() -> None:
    dimona = declare(RECORD)

    assert queries.period(dimona_id=dimona) == replace(RECORD, dimona_id=dimona)
    days = (SINCE - DAY, SINCE, date(2036, 1, 1))
    assert [queries.is_employed(niss=KARIM, employer=FIRM, on=day) for day in days] == [
        False,
        True,
        True,
    ]


def test_numbers_of_our_own_making_obey_their_check() -> None:
    first, second = declare(RECORD), declare(replace(RECORD, niss=LOTTE))

    assert first != second
    assert all(number % 100 == (number // 100 % 97 or 97) for number in (first, second))
    assert numbered(9_700_000_097) == 970_000_009_797
    assert numbered(6_563_092_965) == 656_309_296_521


def test_an_employment_tells_whom_and_which_days_it_touches() -> None:
    declare(replace(RECORD, last_day=TODAY))

    assert last_change() == {
        "kind": "employment",
        "niss": KARIM,
        "enterprise_number": FIRM,
        "works_reference": None,
        "first_day": SINCE,
        "last_day": TODAY,
    }


def test_closing_touches_the_days_that_are_lost_too() -> None:
    dimona = declare(RECORD)
    operations.close(dimona_id=dimona, last_day=TODAY, actor=ACTOR, now=NOW)

    assert not queries.is_employed(niss=KARIM, employer=FIRM, on=TODAY + DAY)
    assert (last_change()["first_day"], last_change()["last_day"]) == (SINCE, None)


def test_a_cancelled_period_covers_nothing_and_cannot_change_again() -> None:
    dimona = declare(RECORD)
    operations.cancel(dimona_id=dimona, actor=ACTOR, now=NOW)

    assert queries.periods_of(niss=KARIM) == ()
    assert not queries.is_employed(niss=KARIM, employer=FIRM, on=TODAY)
    with pytest.raises(RegisterRefused, match="period_cancelled"):
        operations.close(dimona_id=dimona, last_day=TODAY, actor=ACTOR, now=NOW)
    declare(RECORD)  # the place is free again
    assert [entry.action for entry in Entry.objects.filter(target=str(dimona))] == [
        "registers.employment.declared",
        "registers.employment.cancelled",
    ]


def test_periods_of_one_relation_never_overlap() -> None:
    declare(replace(RECORD, last_day=TODAY))
    declare(replace(RECORD, first_day=TODAY + DAY))
    declare(replace(RECORD, worker_type="STU"))  # another relation

    with pytest.raises(RegisterRefused) as refusal:
        declare(replace(RECORD, first_day=TODAY, last_day=TODAY))
    assert refusal.value.code == "employments_period_no_overlap"


def test_moving_a_period_over_its_neighbour_is_refused() -> None:
    first = declare(replace(RECORD, last_day=TODAY))
    declare(replace(RECORD, first_day=TODAY + DAY))

    with pytest.raises(RegisterRefused, match="no_overlap"):
        operations.change_days(
            dimona_id=first, first_day=SINCE, last_day=None, actor=ACTOR, now=NOW
        )
    period = queries.period(dimona_id=first)
    assert period is not None
    assert period.last_day == TODAY


def test_a_temp_worker_is_employed_at_the_user_firm_too() -> None:
    declare(replace(RECORD, employer=OTHER_FIRM, user_enterprise=FIRM, joint_committee="322"))

    assert queries.is_employed(niss=KARIM, employer=FIRM, on=TODAY)
    assert queries.is_employed(niss=KARIM, employer=OTHER_FIRM, on=TODAY)
    assert [each.niss for each in queries.staff(employer=OTHER_FIRM, on=TODAY)] == [KARIM]
    assert queries.staff(employer=FIRM, on=TODAY) == ()
    touched = Change.objects.filter(kind="employment").values_list("enterprise_number", flat=True)
    assert set(touched) == {FIRM, OTHER_FIRM}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"niss": "85051500210"}, "person_unknown"),
        ({"employer": "1000000120"}, "enterprise_unknown"),
        ({"user_enterprise": "1000000120"}, "enterprise_unknown"),
        ({"joint_committee": "12"}, "employments_relation_joint_committee_well_formed"),
        ({"worker_type": "WORKER"}, "employments_relation_worker_type_well_formed"),
        ({"last_day": SINCE - DAY}, "employments_period_days_in_order"),
        ({"dimona_id": 10**12}, "employments_period_dimona_in_twelve_digits"),
        ({"state": "ended"}, "employments_period_state_known"),
    ],
)
def test_a_wrong_period_is_refused_with_a_stable_code(change: dict[str, object], code: str) -> None:
    with pytest.raises(RegisterRefused) as refusal:
        declare(replace(RECORD, **change))  # type: ignore[arg-type]

    assert refusal.value.code == code
    assert queries.periods_of(niss=KARIM) == ()


def test_bringing_in_what_stands_changes_nothing() -> None:
    dimona = declare(RECORD)

    assert bring_in(RECORD) is Outcome.UNCHANGED
    assert bring_in(replace(RECORD, dimona_id=dimona)) is Outcome.UNCHANGED
    assert bring_in(replace(RECORD, dimona_id=dimona, last_day=TODAY)) is Outcome.CHANGED
    assert bring_in(replace(RECORD, niss=LOTTE)) is Outcome.ADDED
    with pytest.raises(RegisterRefused, match="period_of_another"):
        bring_in(replace(RECORD, niss=LOTTE, dimona_id=dimona))


def test_what_was_cancelled_does_not_revive() -> None:
    dimona = declare(RECORD)

    assert bring_in(replace(RECORD, dimona_id=dimona, state="cancelled")) is Outcome.CHANGED
    with pytest.raises(RegisterRefused, match="period_cancelled"):
        bring_in(replace(RECORD, dimona_id=dimona))


def test_an_unknown_number_has_no_period() -> None:
    assert queries.period(dimona_id=1) is None
    with pytest.raises(RegisterRefused, match="period_unknown"):
        operations.cancel(dimona_id=1, actor=ACTOR, now=NOW)
