"""When an act may be registered: ten minutes back, one minute ahead, counted from the arrival."""

from datetime import UTC, datetime

import pytest

from guichet.presence_log.receipts import day_of
from tests.ingest.door import Door, later


async def test_p19_act_exactly_600_s_old_is_created(door: Door) -> None:
    await door.created(registrationDate=later(-600))

    assert len(door.stored()) == 1


@pytest.mark.parametrize("seconds", [-601, -600.000001, -3600, -86400 * 365])
async def test_p20_act_older_than_600_s_is_refused(door: Door, seconds: float) -> None:
    assert await door.refused(registrationDate=later(seconds)) == ["registration-date"]


async def test_p21_act_61_s_ahead_is_refused(door: Door) -> None:
    assert await door.refused(registrationDate=later(61)) == ["registration-date"]


@pytest.mark.parametrize("seconds", [30, 60])
async def test_p21_act_up_to_a_minute_ahead_is_created(door: Door, seconds: float) -> None:
    await door.created(registrationDate=later(seconds))


async def test_p22_act_of_before_midnight_belongs_to_the_day_before(door: Door) -> None:
    door.now = datetime(2026, 3, 2, 23, 5, tzinfo=UTC)  # 00:05 on Tuesday in Brussels

    created = await door.created(registrationDate="2026-03-02T23:58:00+01:00")

    assert day_of(created["id"]) == datetime(2026, 3, 2, tzinfo=UTC).date()


async def test_p23_both_half_past_twos_of_the_october_night_are_stored(door: Door) -> None:
    door.now = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    first = await door.created(registrationDate="2026-10-25T02:30:00+02:00")
    door.now = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    second = await door.created(registrationDate="2026-10-25T02:30:00+01:00", type="out")

    moments = door.stored("occurred_at")
    assert first["registrationDate"] == "2026-10-25T02:30:00.000+02:00"
    assert second["registrationDate"] == "2026-10-25T02:30:00.000+01:00"
    assert (moments[1] - moments[0]).total_seconds() == 3600


async def test_p27_act_of_tomorrow_is_refused(door: Door) -> None:
    assert await door.refused(registrationDate=later(86400)) == ["registration-date"]


async def test_a_month_without_partition_is_made_when_an_act_needs_it(door: Door) -> None:
    """The nightly job makes them ahead; if it did not run, no act is lost for it."""
    door.now = datetime(2031, 5, 31, 21, 59, 59, tzinfo=UTC)

    await door.created(registrationDate="2031-05-31T23:59:59+02:00")
    await door.created(registrationDate="2031-06-01T00:00:30+02:00")

    assert len(door.stored()) == 2
