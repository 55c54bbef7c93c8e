"""The one clock."""

from datetime import UTC, date, datetime, timedelta

import pytest

from guichet.platform import clock


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 24, 22, 59, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 24, 23, 0, tzinfo=UTC), date(2026, 11, 25)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
    ],
)
def test_the_day_begins_at_midnight_in_brussels_in_winter_and_in_summer(
    moment: datetime, day: date
) -> None:
    assert clock.today(moment) == day


def test_a_moment_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        clock.brussels(datetime(2026, 11, 24, 8, 0))  # noqa: DTZ001  # what is refused


def test_the_clock_of_a_simulation_can_be_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    before = clock.now()
    monkeypatch.setenv("GUICHET_CLOCK_SHIFT", str(30 * 86400))
    assert clock.now() - before >= timedelta(days=30)


def test_the_clock_of_production_cannot_be_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUICHET_CLOCK_SHIFT", str(30 * 86400))
    monkeypatch.setenv("GUICHET_ENVIRONMENT", "production")
    assert clock.now() - datetime.now(UTC) < timedelta(days=1)
