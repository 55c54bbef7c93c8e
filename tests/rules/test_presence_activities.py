from __future__ import annotations

from datetime import date

import pytest

from guichet.rules.dated import UnknownParameter
from guichet.rules.presence_activities import Events, activity_rules

TODAY = date(2026, 3, 2)


def test_cleaning_records_every_act_at_once_and_by_oneself() -> None:
    rules = activity_rules("cleaning", on=TODAY)

    assert rules.events is Events.IN_OUT
    assert rules.who_may_submit == {"self"}
    assert (rules.max_ahead_days, rules.max_late_seconds) == (0, 600)
    assert not rules.may_cancel_same_day
    assert rules.correction_window_days == 30
    assert not rules.remark_when_not_obliged


@pytest.mark.parametrize("activity", ["construction", "meat"])
def test_construction_and_meat_record_days(activity: str) -> None:
    rules = activity_rules(activity, on=TODAY)

    assert rules.events is Events.DAY
    assert {"employer", "upperContractor"} <= rules.who_may_submit
    assert (rules.max_ahead_days, rules.portal_max_ahead_days) == (1, 35)
    assert rules.max_late_seconds is None
    assert rules.may_cancel_same_day
    assert rules.correction_window_days is None
    assert rules.retention_years == 7


def test_the_check_out_on_construction_sites_is_a_draft() -> None:
    day = date(2027, 1, 1)

    assert activity_rules("construction", on=day).events is Events.DAY
    assert activity_rules("construction", on=day, drafts=True).events is Events.IN_OUT


@pytest.mark.parametrize(
    ("activity", "day"),
    [
        ("guarding", TODAY),
        ("moving", TODAY),
        ("moving", date(2027, 1, 1)),
        ("meat", date(2015, 1, 1)),
    ],
)
def test_an_activity_without_duty_has_no_rules(activity: str, day: date) -> None:
    with pytest.raises(UnknownParameter):
        activity_rules(activity, on=day)
