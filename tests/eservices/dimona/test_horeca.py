"""Occasional work in hotels and catering: what an update may change, and what it asks of quotas."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from guichet.eservices.dimona import facts, queries
from guichet.eservices.dimona.queries import PeriodRecord
from guichet.rules.dimona import quotas
from tests.eservices.dimona import world
from tests.eservices.dimona.world import (
    LOTTE,
    answered,
    day,
    occasional,
    opened,
    said,
    temp,
    update,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registers() -> None:
    world.build()


def stored(period: int) -> PeriodRecord:
    """The period as the personnel file has it."""
    row = queries.period(period)
    assert row is not None
    return row


def test_a_day_at_the_flat_rate_is_not_updated_and_stays_as_it_was() -> None:
    period = opened(occasional(endHour=None))

    for change in ({"startHour": "1900"}, {"endHour": "2330"}, {"endDate": day(2)}):
        record = said(update(period, **change))
        assert answered(record) == "B 00913-181"
        assert record.after is None
    row = stored(period)
    assert (row.first_day, row.last_day) == (date(2026, 3, 3), date(2026, 3, 3))
    assert (row.start_hour, row.end_hour) == ("1800", "")


def test_a_temp_day_at_the_flat_rate_of_a_user_in_horeca_is_not_updated() -> None:
    period = opened(temp("EXT", startHour="1800"))

    assert answered(said(update(period, employer=world.AGENCY, endHour="2330"))) == "B 00913-181"


def test_occasional_work_elsewhere_than_in_horeca_is_updated() -> None:
    period = opened(occasional(committee=145))

    assert answered(said(update(period, endHour="2300"))) == "A"


def used_before(
    monkeypatch: pytest.MonkeyPatch, *, firm_days: int = 0, worker_days: int = 0
) -> None:
    """Occasional work of this year that nobody has to declare one by one."""
    asked, counted = facts._rows, quotas.horeca_worker_days
    first = date(2026, 1, 1)
    rows = [(first, first + timedelta(days=firm_days - 1), None, None)] if firm_days else []
    monkeypatch.setattr(
        facts, "_rows",
        lambda statement, parameters: [
            *asked(statement, parameters),
            *(rows if statement == facts._HORECA and parameters[2] == first else []),
        ],
    )  # fmt: skip
    monkeypatch.setattr(
        quotas, "horeca_worker_days",
        lambda periods, *, year: counted(periods, year=year) + worker_days * (year == 2026),
    )  # fmt: skip


def test_days_that_an_update_adds_are_held_against_the_quotas_of_worker_and_firm(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    used_before(monkeypatch, firm_days=199, worker_days=49)
    period = opened(occasional())
    assert stored(period).excess == []

    record = said(update(period, endDate=day(2)))

    assert answered(record) == "W 90017-369 90256-369"
    told = [{"quota": "HORECA_WORKER", "amount": 1}, {"quota": "HORECA_EMPLOYER", "amount": 1}]
    assert record.excess == told
    assert stored(period).excess == told
    assert answered(said(update(period, endDate=day(1)))) == "A"
    assert stored(period).excess == []


def test_days_of_a_temp_worker_that_an_update_adds_are_those_of_the_user(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    used_before(monkeypatch, firm_days=199)
    period = opened(temp("EXT", startHour="1800", endHour="2330"))

    record = said(update(period, employer=world.AGENCY, endDate=day(2)))

    assert answered(record) == "W 90256-369"


def test_other_hours_of_a_day_ask_for_no_new_day(monkeypatch: pytest.MonkeyPatch) -> None:
    period = opened(occasional())
    used_before(monkeypatch, firm_days=200, worker_days=50)

    assert answered(said(update(period, endHour="2300"))) == "A"
    assert answered(said(update(period, startDate=day(9), endDate=day(9)))) == "A"


def test_a_day_moved_into_another_year_is_counted_there(monkeypatch: pytest.MonkeyPatch) -> None:
    used_before(monkeypatch, firm_days=200)
    period = opened(occasional(startDate="2027-01-04"))

    record = said(update(period, startDate="2026-12-28", endDate="2026-12-28"))

    assert answered(record) == "W 90256-369"
    assert answered(said(occasional(ssin=LOTTE, startDate="2027-01-04"))) == "A"
