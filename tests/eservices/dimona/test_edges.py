"""Edges between the rules of Dimona: days, hours, quotas and types that the scenarios leave out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from guichet.eservices.dimona import processing, queries
from tests.eservices.dimona import world
from tests.eservices.dimona.world import (
    KARIM,
    LOTTE,
    NOW,
    an_in,
    answered,
    cancel,
    daily,
    day,
    flexi,
    flexi_period,
    occasional,
    opened,
    out,
    said,
    send,
    student,
    temp,
    update,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registers() -> None:
    world.build()


def test_d06_another_end_of_a_student_asks_for_no_new_hours() -> None:
    first = opened(student(600, endDate=day(9)))
    said(student(50, startDate=day(20), endDate=day(20)))
    said(student(30, startDate=day(21), endDate=day(21)))

    assert answered(said(update(first, endDate=day(8)))) == "A"


def test_d06_fewer_hours_of_an_exceeding_student_leave_less_excess() -> None:
    said(student(600))
    beyond = opened(student(100, startDate=day(2), endDate=day(2)))

    record = said(update(beyond, plannedHoursNumber=80))

    assert answered(record) == "W 90017-369"
    assert record.excess == [{"quota": "STUDENT", "amount": 30}]
    assert answered(said(update(beyond, plannedHoursNumber=50))) == "A"


def test_d06_hours_of_a_student_declared_late_never_come_back_by_an_update() -> None:
    said(student(640))
    late = opened(student(5, startDate=day(-2), endDate=day(-1)))

    assert answered(said(update(late, endDate=day(0)))) == "A"
    assert answered(said(update(late, plannedHoursNumber=60))) == "B 00913-181"
    assert answered(said(student(10, startDate=day(9), endDate=day(9)))) == "A"


def test_d06_an_end_told_late_leaves_the_hours_reserved() -> None:
    first = opened(student(640, endDate=day(1)))
    late = NOW + timedelta(days=9)
    assert answered(said(update(first, endDate=day(2)), now=late)) == "W 90378-460"

    record = said(student(20, startDate=day(12), endDate=day(12)), now=late)

    assert record.excess == [{"quota": "STUDENT", "amount": 10}]


def test_d06_the_quota_is_that_of_the_year_of_the_work() -> None:
    said(student(650, startDate="2026-12-28", endDate="2026-12-28"))

    assert answered(said(student(20, startDate="2027-01-04", endDate="2027-01-04"))) == "A"
    assert answered(said(student(1, startDate="2026-12-29", endDate="2026-12-29"))) == "W 90017-369"


def test_d05_a_student_is_not_dated_back_into_the_years_of_planned_days() -> None:
    period = opened(student())

    moved = update(period, startDate="2016-12-30", endDate="2016-12-30")
    assert "00910-005" in said(moved).anomalies


def test_d21_the_number_of_a_user_company_is_one_however_it_is_written() -> None:
    said(temp())

    user = {"enterpriseNumber": f"BE {world.USER}", "jointCommissionNumber": "302"}
    assert answered(said(temp(user=user))) == "B 90373-333"


def test_d21_a_cancelled_period_stands_in_nobodys_way() -> None:
    period = opened(an_in(endDate=day(10)))
    said(cancel(period))

    assert answered(said(an_in(endDate=day(10)))) == "A"


def test_d21_another_type_at_the_same_employer_is_no_overlap() -> None:
    said(an_in(ssin=LOTTE, endDate=day(10)))

    assert answered(said(student())) == "A"


def test_d21_one_shift_may_begin_when_the_other_ends() -> None:
    said(flexi(endHour="2000"))

    assert answered(said(flexi(startHour="2000"))) == "A"
    assert answered(said(flexi(startHour="1959", endHour="2030"))) == "B 90373-334"


def test_d25_a_reopened_period_does_not_run_into_the_next_one() -> None:
    period = opened(an_in(endDate=day(10)))
    said(an_in(startDate=day(20)))

    assert answered(said(update(period, endDate="9999-12-31"))) == "B 90378-334"


def test_d13_a_third_day_in_a_row_does_not_come_in_by_an_update() -> None:
    said(occasional(startDate=day(1)))
    second = opened(occasional(startDate=day(2)))

    record = said(update(second, startDate=day(2), endDate=day(3), endHour="0100"))
    assert answered(record) == "A"  # a night is still the day on which it began
    longer = said(update(second, endDate=day(3), endHour="2200"))
    assert answered(longer) == "B 00910-459"


def test_d13_a_run_of_earlier_days_is_not_held_against_another_week() -> None:
    said(occasional(startDate=day(1)))
    said(occasional(startDate=day(2)))

    assert answered(said(occasional(startDate=day(8)))) == "A"


def test_a_horeca_day_cancelled_in_the_same_batch_is_free_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from guichet.eservices.dimona import facts

    period = opened(occasional(startDate=day(1)))
    asked = facts._rows
    monkeypatch.setattr(
        facts, "_rows",
        lambda statement, parameters: [
            *asked(statement, parameters),
            *([(date(2026, 1, 1), date(2026, 7, 18), None, None)]  # 199 days
              if statement == facts._HORECA else []),
        ],
    )  # fmt: skip
    send(cancel(period))
    number = send(occasional(ssin=KARIM, startDate=day(4)))

    processing.process(now=NOW)

    record = queries.declaration(number)
    assert record is not None
    assert "90256-369" not in record.anomalies


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"nationality": 0}, "00119-003"),
        ({"countryOfBirth": 0}, "00169-003"),
        ({"birthDate": "1990-00-15"}, "00028-003"),
        ({"birthDate": "\uff11\uff19\uff19\uff10-05-03"}, "00028-003"),
        ({"birthDate": "1990-05-00"}, ""),
        ({"birthDate": "1905-05-03"}, "00028-003"),
    ],
)
def test_d18_a_description_is_whole_and_possible(changed: dict[str, Any], code: str) -> None:
    message = an_in(ssin=None)
    message["worker"] = world.IDENTITY | changed

    assert answered(said(message)) == (f"B {code}" if code else "S")


def test_the_last_day_of_the_calendar_is_refused_and_never_stuck() -> None:
    night = {"startDate": "9999-12-31", "startHour": "2200", "endHour": "0200"}
    period = opened(flexi_period())

    assert answered(said(flexi(**night))) == "B 00910-003"
    assert said(daily("0", periodId=period, **night)).result == "B"
    assert said(update(period, **night)).result == "B"


@pytest.mark.parametrize(
    ("moment", "answer"),
    [
        (datetime(2026, 5, 30, 21, 59, 59, tzinfo=UTC), "B 00910-008"),  # 23:59:59 in Brussels
        (datetime(2026, 5, 30, 22, 0, tzinfo=UTC), "A"),
    ],
)
def test_d10_the_first_moment_of_a_flexi_job_is_midnight_in_belgium(
    moment: datetime, answer: str
) -> None:
    assert answered(said(flexi(startDate="2026-07-01"), now=moment)) == answer


@pytest.mark.parametrize(
    ("moment", "result"),
    [
        (datetime(2026, 6, 15, 21, 59, 59, tzinfo=UTC), "B"),
        (datetime(2026, 6, 15, 22, 0, tzinfo=UTC), "A"),
    ],
)
@pytest.mark.parametrize("kind", ["O17", "S17", "T17"])
def test_d17_article_17_opens_fifteen_days_before_its_quarter(
    kind: str, moment: datetime, result: str
) -> None:
    hours: dict[str, Any] = {} if kind == "T17" else {"plannedHoursNumber": 4}
    message = an_in(kind, startDate="2026-07-01", endDate="2026-07-01", **hours)

    assert said(message, now=moment).result == result


@pytest.mark.parametrize(("start", "answer"), [("2035-12-31", "A"), ("2036-01-01", "B 00910-008")])
def test_d10_nothing_starts_ten_years_ahead(start: str, answer: str) -> None:
    assert answered(said(an_in(startDate=start))) == answer


@pytest.mark.parametrize(
    ("moment", "answer"),
    [
        (datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC), "A"),  # the first evening of summer time
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), "B 00913-181"),
    ],
)
def test_d28_a_cancellation_is_in_time_until_midnight_in_belgium(
    moment: datetime, answer: str
) -> None:
    period = opened(an_in(startDate="2026-03-29"))

    assert answered(said(cancel(period), now=moment)) == answer


@pytest.mark.parametrize(
    ("moment", "answer"),
    [
        (datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC), "A"),  # 23:59:59, winter time since 3:00
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), "W 90373-460"),
    ],
)
def test_d02_an_in_is_in_time_until_midnight_of_the_long_day(moment: datetime, answer: str) -> None:
    assert answered(said(an_in(startDate="2026-10-25"), now=moment)) == answer


@pytest.mark.parametrize(
    ("moment", "answer"),
    [
        # Good Friday is no holiday, Easter Monday is: the day after is Tuesday.
        (datetime(2026, 4, 7, 21, 59, 59, tzinfo=UTC), "A"),
        (datetime(2026, 4, 7, 22, 0, tzinfo=UTC), "W 90378-460"),
    ],
)
def test_d23_an_out_before_easter_is_due_on_the_tuesday(moment: datetime, answer: str) -> None:
    period = opened(an_in())

    assert answered(said(out(period, "2026-04-03"), now=moment)) == answer


def test_d40_the_night_of_october_is_an_hour_longer() -> None:
    long = flexi(startDate="2026-10-24", startHour="0300", endDate="2026-10-25", endHour="0300")

    record = said(long, now=datetime(2026, 9, 30, 9, 0, tzinfo=UTC))

    assert answered(record) == "B 90373-341"


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        (an_in("oth"), "B 00655-003"),
        (an_in("DIP"), "B 00655-003"),
        (an_in(committee=" 140 "), "A"),
        (an_in(committee="xxx"), "A"),
        (an_in(committee="302.01"), "B 00046-003"),
        (an_in(committee=0), "B 00046-003"),
        (an_in("TEA"), "B 00655-003"),
        (an_in("PMP"), "B 00655-350"),
        (an_in("QUA"), "B 00655-003"),
        (an_in("RTA", committee=124, constructionControlCards=world.CARDS), "A"),
        (an_in("BCW", committee=140), "B 90374-349"),
        (an_in("OTH", committee=124, constructionControlCards=world.CARDS), "B 90374-349"),
        (an_in("EXT", committee=144, startHour="0800", endDate=day(1)), "B 00778-001"),
        (an_in("EXT", committee=302, startHour="0800", endDate=day(1)), "A"),
        (temp("BCW"), "B 90374-349"),
        (temp("ALT"), "B 90374-349"),
        (temp("T17"), "B 90374-349"),
        (temp("EXT", startHour="0800", endHour="1600"), "A"),
    ],
)
def test_d14_types_and_committees_as_people_write_them(message: Any, answer: str) -> None:
    if message["dimonaIn"]["features"]["workerType"] == "RTA":
        message["worker"] = {"ssin": LOTTE}
    record = said(message)

    assert answered(record) == answer


def test_d11_a_cancelled_contract_does_not_close_a_flexi_job() -> None:
    period = opened(an_in(ssin=LOTTE, endDate=day(3)))
    assert "90017-510" in said(flexi(startDate=day(9))).anomalies
    said(cancel(period))

    assert answered(said(flexi(startDate=day(10)))) == "A"


def test_d11_a_contract_that_ended_the_quarter_before_does_not_close_a_flexi_job() -> None:
    said(an_in(ssin=LOTTE, startDate="2026-03-03", endDate="2026-03-31"))

    assert answered(said(flexi(startDate="2026-04-01"))) == "A"
