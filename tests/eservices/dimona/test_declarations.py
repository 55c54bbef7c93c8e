"""D01 to D29: what becomes of declarations, from the message to the register."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from guichet.eservices.dimona import identifying, operations, processing, queries
from guichet.eservices.dimona.identities import queries as identities
from guichet.kernel.dimona import check_holds
from guichet.registers.employments import queries as register
from tests.eservices.dimona import world
from tests.eservices.dimona.world import (
    KARIM,
    LOTTE,
    NOW,
    TODAY,
    an_in,
    answered,
    cancel,
    day,
    flexi,
    flexi_period,
    occasional,
    opened,
    out,
    said,
    student,
    update,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registers() -> None:
    world.build()


def test_d01_an_in_without_end_is_accepted_and_stands_in_the_register_at_once() -> None:
    record = said(an_in())

    assert answered(record) == "A"
    assert check_holds(record.id)
    assert record.period_id is not None
    assert check_holds(record.period_id)
    assert record.period_id > 2**31
    assert register.is_employed(niss=KARIM, employer=world.FIRM, on=TODAY + timedelta(days=400))


def test_d02_an_in_for_tomorrow_is_in_time_and_one_for_yesterday_is_late_for_ever() -> None:
    assert answered(said(an_in())) == "A"
    late = said(an_in(ssin=LOTTE, startDate=day(-1)))

    assert answered(late) == "W 90373-460"
    assert late.period_id is not None
    moved = said(update(late.period_id, startDate=day(-2)))
    assert moved.result == "W"
    found = queries.period(late.period_id)
    assert found is not None
    assert found.is_late


@pytest.mark.parametrize(("committee", "answer"), [(None, "B 00046-001"), ("200", "B 00046-003")])
def test_d03_a_private_employer_names_a_committee_of_the_list(committee: Any, answer: str) -> None:
    assert answered(said(an_in(committee=committee))) == answer


@pytest.mark.parametrize(
    ("hours", "answer"),
    [
        (None, "B 01135-001"),
        (0, "B 01135-003"),
        (1000, "B 01135-003"),
        (7.5, "B 01135-003"),
        (8.0, "A"),
    ],
)
def test_d04_the_hours_of_a_student_are_whole_and_between_1_and_999(
    hours: Any, answer: str
) -> None:
    record = said(student(hours))

    assert answered(record) == answer
    if answer == "A":
        found = queries.period(record.period_id or 0)
        assert found is not None
        assert found.planned_hours == 8


def test_d05_a_student_period_lies_in_one_quarter() -> None:
    assert answered(said(student(endDate="2026-04-01"))) == "B 90373-421"


def test_d06_hours_beyond_the_quota_are_remarked_and_counted() -> None:
    said(student(600))
    record = said(student(100, startDate=day(2), endDate=day(2)))

    assert answered(record) == "W 90017-369"
    assert record.excess == [{"quota": "STUDENT", "amount": 50}]


def test_d08_a_workplace_is_for_students_only() -> None:
    place = {"name": "Shop", "address": world.ADDRESS}

    assert answered(said(student(studentPlaceOfWork=place))) == "A"
    assert answered(said(an_in(studentPlaceOfWork=place))) == "B 00776-005"


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"startHour": None, "endHour": None, "endDate": day(1)}, "B 00777-001 00778-001"),
        ({"endHour": "1700", "endDate": day(1)}, "B 00778-345"),
        ({"startHour": "2200", "endHour": "0200", "endDate": day(2)}, "A"),
    ],
)
def test_d09_a_flexi_day_has_hours_in_order_also_over_midnight(
    changes: dict[str, Any], answer: str
) -> None:
    assert answered(said(flexi(**changes))) == answer


def test_d10_a_flexi_job_forty_days_before_its_quarter_is_too_early() -> None:
    # 1 July minus 31 days is 31 May: 22 May is forty days before.
    at = datetime(2026, 5, 22, 9, 0, tzinfo=UTC)
    message = flexi(startDate="2026-07-01")

    assert answered(said(message, now=at)) == "B 00910-008"
    assert answered(said(message, now=at + timedelta(days=9))) == "A"


def test_d11_a_flexi_job_without_work_before_is_remarked_then_cancelled_and_redone() -> None:
    record = said(flexi(ssin=KARIM))

    assert answered(record) == "W 90017-510 90017-058"
    assert answered(said(cancel(record.period_id))) == "A"
    assert answered(said(an_in(endDate=day(1)))) == "A"


def test_d12_the_end_of_a_flexi_period_is_never_postponed() -> None:
    period = opened(flexi_period(endDate="2026-03-20"))

    assert answered(said(update(period, endDate="2026-03-25"))) == "B 00911-344"


def test_d13_occasional_work_needs_a_number_and_is_for_two_days_in_a_row() -> None:
    assert "00024-001" in said(occasional(ssin=None)).anomalies
    said(occasional(startDate=day(1)))
    said(occasional(startDate=day(2)))

    assert answered(said(occasional(startDate=day(3)))) == "B 00910-459"
    assert answered(said(occasional(startDate=day(4)))) == "A"


def test_d14_occasional_work_does_not_go_with_construction() -> None:
    record = said(occasional(committee="124", constructionControlCards=world.CARDS))

    assert answered(record) == "B 90374-349"


def test_d15_construction_needs_two_different_cards() -> None:
    same = world.CARDS | {"nextMonthNumber": world.CARDS["firstMonthNumber"]}

    assert "00663-001" in said(an_in("BCW", committee=124)).anomalies
    twice = an_in("BCW", committee=124, constructionControlCards=same)
    assert answered(said(twice)) == "B 00664-353"
    good = an_in("BCW", committee=124, constructionControlCards=world.CARDS)
    assert answered(said(good)) == "A"


def test_d16_small_statutes_are_for_trainees_and_for_nobody_else() -> None:
    trainee = an_in("IVT", endDate=day(30))

    assert "01231-001" in said(trainee).anomalies
    trainee["dimonaIn"]["smallStatutesInformation"] = world.SMALL
    assert answered(said(trainee)) == "A"
    other = an_in(smallStatutesInformation=world.SMALL)
    assert "01231-005" in said(other).anomalies


def test_d17_a_broadcaster_declares_single_days_and_a_quota_blocks() -> None:
    assert said(an_in("T17", endDate=day(2))).result == "B"
    for count in range(1, 26):
        assert said(an_in("T17", startDate=day(count), endDate=day(count))).result == "A"

    beyond = said(an_in("T17", startDate=day(26), endDate=day(26)))
    assert answered(beyond) == "B 90017-369"


def test_d18_a_described_worker_waits_for_sigedis_and_is_then_accepted() -> None:
    message = an_in(ssin=None)
    message["worker"] = world.IDENTITY
    record = said(message)

    assert answered(record) == "S"
    assert record.period_id is None
    assert identifying.identify_waiting(now=NOW).decided == 0
    later = NOW + timedelta(seconds=3)
    assert identifying.identify_waiting(now=later).decided == 1
    processing.process(now=later)
    decided = queries.declaration(record.id)
    assert decided is not None
    assert decided.result == "A"
    assert decided.niss
    assert register.is_employed(niss=decided.niss, employer=world.FIRM, on=TODAY + world.DAY)

    del message["worker"]
    incomplete = {name: text for name, text in world.IDENTITY.items() if name != "placeOfBirth"}
    message["worker"] = incomplete
    assert answered(said(message)) == "B 90017-363"


def test_d19_a_wrong_number_is_refused_and_a_replaced_one_leads_to_the_new_one() -> None:
    wrong = KARIM[:-2] + f"{(int(KARIM[-2:]) + 1) % 97:02d}"
    assert answered(said(an_in(ssin=wrong))) == "B 00024-003"

    record = said(an_in(ssin=world.BIS))
    assert answered(record) == "A"
    assert record.niss == world.NEW
    [told] = identities.listed(employer=world.FIRM, limit=9)
    assert (told.outdated.niss, told.valid.niss, told.reason) == (world.BIS, world.NEW, "90")
    assert (told.period, told.declaration) == (record.period_id, record.id)


def test_d20_a_name_that_differs_is_remarked() -> None:
    message = an_in()
    message["worker"] |= {"lastName": "Lemerre", "firstName": "Karim"}

    assert answered(said(message)) == "W 00025-348"


def test_d21_the_same_in_twice_and_one_that_overlaps_are_refused() -> None:
    said(an_in(endDate=day(10)))

    assert answered(said(an_in(endDate=day(10)))) == "B 90373-333"
    assert answered(said(an_in(startDate=day(5), endDate=day(20)))) == "B 90373-334"
    assert answered(said(an_in(startDate=day(11)))) == "A"


def test_d22_an_employer_is_in_the_repertory_and_active() -> None:
    unknown = {"employerId": int(world.numbers.onss(900))}

    assert answered(said(an_in(employer=unknown))) == "B 00011-235"
    assert answered(said(an_in(employer=world.UNKNOWN))) == "B 00014-235"
    assert answered(said(an_in(startDate="2010-01-04"))) == "B 90373-343"


def test_d23_an_out_ends_after_the_start_and_only_once() -> None:
    period = opened(an_in(startDate=day(2)))

    assert answered(said(out(period, day(1)))) == "B 00911-014"
    assert answered(said(out(period, day(5)))) == "A"
    refused = said(out(period, day(6)))
    assert answered(refused) == "B 00913-356"
    assert refused.period_id is None
    assert not register.is_employed(niss=KARIM, employer=world.FIRM, on=TODAY + 6 * world.DAY)


def test_d24_an_update_changes_something_of_a_standing_period_of_ones_own() -> None:
    period = opened(an_in(endDate=day(10)))

    assert answered(said(update(period, endDate=day(10)))) == "B 90378-444"
    by_onss = {"employerId": int(world.ONSS[world.OTHER])}
    assert answered(said(update(period, employer=by_onss, endDate=day(9)))) == "B 00011-347"
    said(cancel(period))
    assert answered(said(update(period, endDate=day(9)))) == "B 00913-355"


def test_d25_an_end_is_taken_away_where_none_is_needed() -> None:
    period = opened(an_in(endDate=day(10)))
    of_student = opened(student())

    assert answered(said(update(period, endDate="9999-12-31"))) == "A"
    found = queries.period(period)
    assert found is not None
    assert found.last_day is None
    assert answered(said(update(of_student, endDate="9999-12-31"))) == "B 90378-368"
    assert answered(said(an_in(ssin=LOTTE, endDate="9999-12-31"))) == "B 00911-003"


def test_d26_an_update_closes_no_period_and_an_out_does() -> None:
    period = opened(an_in())

    assert answered(said(update(period, endDate=day(5)))) == "B 00913-359"
    assert answered(said(out(period))) == "A"


def test_d27_a_student_update_may_repeat_the_stored_start_and_not_change_it() -> None:
    period = opened(student())

    again = update(period, startDate=day(1), endDate=day(1), plannedHoursNumber=6)
    assert answered(said(again)) == "A"
    moved = update(period, startDate=day(2), endDate=day(2), plannedHoursNumber=6)
    assert answered(said(moved)) == "B 00910-005"


def test_d28_a_cancellation_counts_once_and_until_the_end_of_the_first_day() -> None:
    period = opened(an_in())

    first_evening = NOW + timedelta(days=1, hours=10)
    assert answered(said(cancel(period), now=first_evening)) == "A"
    assert not register.periods_of(niss=KARIM, employer=world.FIRM)
    assert answered(said(cancel(period))) == "B 00913-355"

    other = opened(an_in(startDate=day(2)))
    too_late = NOW + timedelta(days=3)
    assert answered(said(cancel(other), now=too_late)) == "B 00913-181"


def test_d29_nobody_touches_a_locked_period() -> None:
    period = opened(an_in(endDate=day(10)))
    operations.lock_period(
        period=period, is_locked=True, reason="Inquiry", actor=world.ACTOR, now=NOW
    )

    for act in (out(period), update(period, endDate=day(9)), cancel(period)):
        assert answered(said(act)) == "B 00913-362"


def test_d30_a_daily_registration_belongs_to_a_flexi_period() -> None:
    permanent, period = opened(an_in()), opened(flexi_period())
    hours = {"startDate": day(1), "startHour": "1800", "endDate": day(1), "endHour": "2200"}

    assert answered(said(world.daily("0", periodId=permanent, **hours))) == "B 00913-462"
    made = said(world.daily("0", periodId=period, **hours))
    assert answered(made) == "A"
    assert answered(said(world.daily("0", periodId=period, **hours))) == "B 90480-334"
    number = made.registration_id
    assert answered(said(world.daily("1", registrationId=number, endHour="2300"))) == "A"
    assert answered(said(world.daily("3", registrationId=number))) == "A"
    [kept] = queries.registrations(period)
    assert (kept.end_hour, kept.is_cancelled) == ("2300", True)


def test_d40_the_night_of_march_is_short_and_lateness_is_judged_in_belgium() -> None:
    # 00:05 on 29 March in Belgium is still 28 March in UTC.
    at = datetime(2026, 3, 28, 23, 5, tzinfo=UTC)
    shift = flexi(startDate="2026-03-29", startHour="0130", endHour="0330")

    assert answered(said(shift, now=at)) == "A"
    missed = flexi(ssin=world.PENSIONER, startDate="2026-03-29", startHour="0001", endHour="0330")
    assert answered(said(missed, now=at)) == "W 90373-460"
