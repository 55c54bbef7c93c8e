"""Limits, fields and quotas of Dimona worked out by hand, each in one row.

Sources: pages of the social-security office on Dimona ("when": time limits); its glossary,
version 2023/3 (blocks and zones: which field belongs to which type); Royal Decree of 28 November
1969, art. 17 (figures from memory).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from guichet.kernel.moments import BRUSSELS
from guichet.rules.dimona import quotas
from guichet.rules.dimona.decision import decide
from guichet.rules.dimona.kinds import WorkerType
from guichet.rules.dimona.known import (
    EmployerKnown,
    FeatureKey,
    Known,
    PeriodKnown,
    PersonKnown,
    RegistrationKnown,
)
from guichet.rules.dimona.message import (
    Address,
    Cards,
    Employer,
    Features,
    Kind,
    Message,
    SmallStatutes,
    Status,
    Times,
    UserCompany,
    Worker,
    Workplace,
)

KARIM = "85073199902"
FIRM, USER = "1900000168", "1900000267"
MORNING = "2026-03-02T10:00"
EMPLOYER = EmployerKnown(FIRM, "123456749", date(2000, 1, 1))


def at(text: str) -> datetime:
    """A moment on the clocks of Belgium."""
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


def times(text: str) -> Times:
    """``2026-03-03 1800 2026-03-03 2330``; a dash is nothing."""
    start, first, end, last = ("" if part == "-" else part for part in text.split())
    return Times(_day(start), _day(end), first, last)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def known(moment: str = MORNING, **more: Any) -> Known:
    given: dict[str, Any] = {
        "employer": EMPLOYER,
        "person": PersonKnown(KARIM, date(1950, 7, 31)),  # no young person, and a pensioner
    }
    return Known(received_at=at(moment), **(given | more))


def answer(message: Message, about: Known) -> str:
    found = decide(message, about).outcome
    return " ".join([found.result.value, *found.anomalies])


def standing(kind: str, spell: str, **more: Any) -> PeriodKnown:
    """A period of the firm."""
    key = FeatureKey("302" if kind == "EXT" else "XXX", kind)
    return PeriodKnown(600000000106, FIRM, KARIM, key, times(spell), **more)


SHIFT = "2026-03-03 1800 2026-03-03 2330"
NIGHT = "2026-03-03 1800 2026-03-04 0200"
SPRING = "2026-03-28 2200 2026-03-29 0330"
MONTH = "2026-03-03 - 2026-03-20 -"
TWO_DAYS = "2026-03-06 0800 2026-03-07 1700"  # Friday and Saturday


@pytest.mark.parametrize(
    ("kind", "before", "change", "moment", "expected"),
    [
        # A later end hour is told before it is worked, also when it falls on the next day.
        ("FLX", SHIFT, "- - 2026-03-04 0100", "2026-03-03T23:30", "A"),
        ("FLX", SHIFT, "- - 2026-03-04 0100", "2026-03-03T23:31", "W 90378-460"),
        ("FLX", SHIFT, "- - 2026-03-04 0100", "2026-03-04T12:00", "W 90378-460"),
        ("FLX", SHIFT, "- - - 2345", "2026-03-03T23:30", "A"),
        ("FLX", SHIFT, "- - - 2345", "2026-03-03T23:31", "W 90378-460"),
        # An earlier end hour is told until the end of its calendar day.
        ("FLX", SHIFT, "- - - 2200", "2026-03-03T23:59", "A"),
        ("FLX", SHIFT, "- - - 2200", "2026-03-04T00:00", "W 90378-460"),
        ("FLX", NIGHT, "- - 2026-03-03 2330", "2026-03-04T23:59", "A"),
        ("FLX", NIGHT, "- - 2026-03-03 2330", "2026-03-05T00:00", "W 90378-460"),
        # Clocks go from 2:00 to 3:00 in this night.
        ("FLX", SPRING, "- - - 0400", "2026-03-29T03:30", "A"),
        ("FLX", SPRING, "- - - 0400", "2026-03-29T03:31", "W 90378-460"),
        # A later start hour is told before the one that was declared, an earlier one before it.
        ("FLX", SHIFT, "- 1900 - -", "2026-03-03T18:00", "A"),
        ("FLX", SHIFT, "- 1900 - -", "2026-03-03T18:01", "W 90378-460"),
        ("FLX", SHIFT, "- 1700 - -", "2026-03-03T17:00", "A"),
        ("FLX", SHIFT, "- 1700 - -", "2026-03-03T17:01", "W 90378-460"),
        # Another day after the work has begun is no other day.
        ("FLX", SHIFT, "2026-03-05 - 2026-03-05 -", "2026-03-03T18:00", "A"),
        ("FLX", SHIFT, "2026-03-05 - 2026-03-05 -", "2026-03-03T18:01", "B 00910-344"),
        ("OTH", MONTH, "2026-03-05 - - -", "2026-03-03T23:59", "A"),
        ("OTH", MONTH, "2026-03-05 - - -", "2026-03-04T00:00", "B 00910-344"),
        ("OTH", MONTH, "2026-03-02 - - -", "2026-03-02T23:59", "A"),
        ("OTH", MONTH, "2026-03-02 - - -", "2026-03-03T00:00", "W 90378-460"),
        # An end is told on the first working day after it: Friday 20 March, Monday 23 March.
        ("OTH", MONTH, "- - 2026-03-31 -", "2026-03-23T23:59", "A"),
        ("OTH", MONTH, "- - 2026-03-31 -", "2026-03-24T00:00", "W 90378-460"),
        ("OTH", MONTH, "- - 2026-03-13 -", "2026-03-16T23:59", "A"),
        ("OTH", MONTH, "- - 2026-03-13 -", "2026-03-17T00:00", "W 90378-460"),
        ("OTH", MONTH, "- - 9999-12-31 -", "2026-03-23T23:59", "A"),
        ("OTH", MONTH, "- - 9999-12-31 -", "2026-03-24T00:00", "W 90378-460"),
        # Two days of occasional work are no single shift: the working day after counts.
        ("EXT", TWO_DAYS, "- - 2026-03-06 -", "2026-03-09T23:59", "A"),
        ("EXT", TWO_DAYS, "- - 2026-03-06 -", "2026-03-10T00:00", "W 90378-460"),
        ("EXT", TWO_DAYS, "- - - 1600", "2026-03-07T23:59", "A"),
        ("EXT", TWO_DAYS, "- - - 1600", "2026-03-08T00:00", "W 90378-460"),
    ],
)
def test_until_when_a_change_is_in_time(
    kind: str, before: str, change: str, moment: str, expected: str
) -> None:
    period = standing(kind, before)
    change = Message(Kind.UPDATE, Employer(FIRM), times=times(change), period_id=period.id)

    assert answer(change, known(moment, period=period, periods=[period])) == expected


STUDENT = "2026-03-03 - 2026-03-20 -"
NEW_YEAR = "2026-12-31 - 2026-12-31 -"


@pytest.mark.parametrize(
    ("before", "change", "hours", "moment", "expected"),
    [
        # Hours change until the end of the month after the quarter.
        (STUDENT, "- - - -", 30, "2026-04-30T23:59", "A"),
        (STUDENT, "- - - -", 30, "2026-05-01T00:00", "B 00913-181"),
        (NEW_YEAR, "- - - -", 30, "2027-01-31T23:59", "A"),
        (NEW_YEAR, "- - - -", 30, "2027-02-01T00:00", "B 00913-181"),
        # That limit is of the hours: an end told after it is late, as any end.
        (STUDENT, "- - 2026-03-18 -", None, "2026-05-02T12:00", "W 90378-460"),
        (STUDENT, "- - 2026-03-18 -", 40, "2026-05-02T12:00", "W 90378-460"),
        (STUDENT, "2026-03-03 - 2026-03-18 -", 40, "2026-03-19T12:00", "A"),
    ],
)
def test_until_when_hours_and_end_of_a_student_change(
    before: str, change: str, hours: int | None, moment: str, expected: str
) -> None:
    period = standing("STU", before, planned_hours=40)
    message = Message(
        Kind.UPDATE,
        Employer(FIRM),
        times=times(change),
        period_id=period.id,
        planned_hours=hours,
    )

    assert answer(message, known(moment, period=period, periods=[period])) == expected


CARDS = Cards("123456789012", "123456789013")
SMALL = SmallStatutes("WORKER", "F1", "001")
PLACE = Workplace("Shop", Address("Rue du Moulin", "1", "", "1000", 21004, "Bruxelles", 150))
ONE, TWO, OPEN = "2026-03-03 - 2026-03-03 -", "2026-03-03 - 2026-03-04 -", "2026-03-03 - - -"
NEXT_QUARTER = "2026-03-31 - 2026-04-01 -"


def an_in(kind: str, spell: str, *, committee: str = "XXX", **more: Any) -> Message:
    user = more.pop("user", None)
    features = Features(committee, kind, "", user)
    return Message(Kind.IN, Employer(FIRM), Worker(KARIM), times(spell), features=features, **more)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (an_in("OTH", OPEN), "A"),
        (an_in("OTH", NEXT_QUARTER), "A"),
        (an_in("OTH", OPEN, planned_hours=8), "B 01135-005"),
        (an_in("OTH", OPEN, planned_days=1), "B 01017-005"),
        (an_in("OTH", SHIFT), "B 00777-005 00778-005"),
        (an_in("OTH", OPEN, workplace=PLACE), "B 00776-005"),
        (an_in("OTH", OPEN, cards=CARDS), "B 00663-005 00664-005"),
        (an_in("OTH", OPEN, small_statutes=SMALL), "B 01231-005 00053-005"),
        (an_in("OTH", OPEN, small_statutes=SmallStatutes(risk="001")), "B 01231-005"),
        (an_in("OTH", OPEN, user=UserCompany(USER)), "B 00131-005"),
        (an_in("OTH", OPEN, user=UserCompany(joint_committee="302")), "B 00131-005"),
        (an_in("OTH", OPEN, user=UserCompany(name="Usine")), "B 00153-005"),
        (an_in("BCW", OPEN, committee="124"), "B 00663-001 00664-001"),
        (an_in("BCW", OPEN, committee="124", cards=CARDS), "A"),
        (an_in("STU", OPEN, planned_hours=8), "B 00911-001"),
        (an_in("STU", ONE), "B 01135-001"),
        (an_in("STU", ONE, planned_hours=8, workplace=PLACE), "A"),
        (an_in("STU", NEXT_QUARTER, planned_hours=8), "B 90373-421"),
        (an_in("STU", ONE, planned_hours=8, committee="124"), "B 00663-001 00664-001"),
        (an_in("STU", ONE, planned_hours=8, committee="124", cards=CARDS), "A"),
        (an_in("FLX", SHIFT), "A"),
        (an_in("FLX", NIGHT), "A"),
        (an_in("FLX", "2026-03-03 1800 - 2330"), "A"),
        (an_in("FLX", "2026-03-03 0800 2026-03-04 0800"), "A"),
        (an_in("FLX", "2026-03-03 0800 2026-03-04 0801"), "B 90373-341"),
        (an_in("FLX", "2026-03-03 0000 2026-03-03 2359"), "A"),
        (an_in("FLX", "2026-03-03 1800 2026-03-03 2400"), "B 00778-003"),
        (an_in("FLX", "2026-03-03 1800 2026-03-03 0000"), "B 00778-345"),
        (an_in("FLX", "2026-03-03 1800 2026-03-04 0000"), "A"),
        (an_in("FLX", ONE), "B 00777-001 00778-001"),
        (an_in("FLX", OPEN), "A"),
        (an_in("FLX", TWO), "A"),
        (an_in("FLX", SHIFT, planned_hours=5), "B 01135-005"),
        (an_in("EXT", SHIFT, committee="302"), "A"),
        (an_in("EXT", "2026-03-03 1800 2026-03-03 -", committee="302"), "A"),
        (an_in("EXT", "2026-03-03 1800 2026-03-03 -", committee="144"), "B 00778-001"),
        (an_in("EXT", "2026-03-03 0800 2026-03-04 1700", committee="144"), "A"),
        (an_in("EXT", "2026-03-03 0800 2026-03-05 1700", committee="144"), "B 00910-459"),
        (an_in("EXT", "2026-03-03 1800 - 2330", committee="302"), "B 00911-001"),
        (an_in("EXT", ONE, committee="302"), "B 00777-001"),
        (an_in("IVT", ONE), "B 01231-001 00053-001"),
        (an_in("IVT", ONE, small_statutes=SMALL), "A"),
        (an_in("TRI", OPEN, small_statutes=SMALL), "B 00911-001"),
        (an_in("STG", NEXT_QUARTER, small_statutes=SMALL), "A"),
        (an_in("O17", ONE, planned_hours=4), "A"),
        (an_in("O17", ONE), "B 01135-001"),
        (an_in("O17", OPEN, planned_hours=4), "B 00911-001"),
        (an_in("S17", NEXT_QUARTER, planned_hours=4), "B 90373-421"),
        (an_in("T17", ONE), "A"),
        (an_in("T17", ONE, planned_hours=4), "B 01135-005"),
        (an_in("T17", TWO), "B 00911-003"),
        (an_in("T17", OPEN), "B 00911-001"),
        (an_in("PMP", OPEN), "B 00655-350"),
    ],
)
def test_which_fields_an_in_carries(message: Message, expected: str) -> None:
    assert answer(message, known()) == expected


@pytest.mark.parametrize(
    ("kind", "user", "more", "expected"),
    [
        ("OTH", None, {}, "B 90107-351"),
        ("OTH", UserCompany(USER), {}, "B 00046-001"),
        ("OTH", UserCompany(USER, joint_committee="302"), {}, "A"),
        ("OTH", UserCompany(USER, joint_committee="322"), {}, "B 00046-003"),
        ("OTH", UserCompany(USER, joint_committee="124"), {}, "B 00663-001 00664-001"),
        ("OTH", UserCompany(USER, joint_committee="124"), {"cards": CARDS}, "A"),
        ("BCW", UserCompany(USER), {}, "B 00663-001 00664-001"),
        ("BCW", UserCompany(USER), {"cards": CARDS}, "A"),
        ("DWD", UserCompany(USER), {}, "A"),
        ("DWD", UserCompany(USER), {"cards": CARDS}, "A"),
        ("DWD", UserCompany(USER, joint_committee="XXX"), {"cards": CARDS},
         "B 00663-005 00664-005"),
        ("IVT", UserCompany(USER), {"small_statutes": SMALL}, "A"),
        ("STU", UserCompany(USER), {"planned_hours": 8, "cards": CARDS}, "A"),
        ("STG", UserCompany(USER, joint_committee="XXX"), {"small_statutes": SMALL},
         "B 90374-349"),
        ("RTA", UserCompany(USER, joint_committee="124"), {"cards": CARDS}, "B 90374-349"),
        ("T17", UserCompany(USER, joint_committee="XXX"), {}, "B 90374-349"),
    ],
)  # fmt: skip
def test_which_fields_temp_work_carries(
    kind: str, user: UserCompany | None, more: dict[str, Any], expected: str
) -> None:
    assert answer(an_in(kind, ONE, committee="322", user=user, **more), known()) == expected


def test_an_authority_is_named_by_its_enterprise_number() -> None:
    city = replace(EMPLOYER, is_public=True)
    message = replace(an_in("OTH", OPEN, committee=""), employer=Employer(FIRM))

    assert answer(message, known(employer=city)) == "A"
    by_onss = replace(message, employer=Employer(onss_number=123456749))
    assert answer(by_onss, known(employer=city)) == "B 90256-364"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-03-03 0800", "2026-03-03 1200", "A"),
        ("2026-03-03 0800", "- -", "A"),
        ("2026-03-03 0800", "2026-03-04 0800", "A"),
        ("2026-03-03 0800", "2026-03-04 0801", "B 90480-260"),
        ("2026-03-03 0800", "2026-03-04 -", "A"),
        ("2026-03-03 0800", "2026-03-09 -", "B 90480-260"),
        ("2026-03-03 0800", "2026-03-03 0800", "B 90480-003"),
        ("2026-03-03 0800", "2026-03-02 0900", "B 00911-014"),
        ("2026-03-02 0800", "2026-03-02 1200", "B 00910-462"),
        ("2026-03-20 2200", "2026-03-21 0200", "A"),
        ("2026-03-21 0800", "2026-03-21 1200", "B 00910-462"),
        ("2026-03-05 1100", "2026-03-05 1300", "B 90480-334"),
        ("2026-03-05 1200", "2026-03-05 1300", "A"),
    ],
)
def test_the_hours_of_a_daily_registration(start: str, end: str, expected: str) -> None:
    period = standing("FLX", MONTH)
    day, hour = start.split()
    last = end.split()
    first = RegistrationKnown(1, period.id, times("2026-03-05 0800 2026-03-05 1200"))
    message = Message(
        Kind.DAILY,
        Employer(FIRM),
        times=times(f"{day} {hour} {last[0]} {last[1]}"),
        period_id=period.id,
        status=Status.CREATE,
    )

    about = known(period=period, periods=[period], registrations=[first])
    assert answer(message, about) == expected


def used(kind: str, day: str, hours: int) -> PeriodKnown:
    return standing(kind, f"{day} - {day} -", planned_hours=hours)


@pytest.mark.parametrize(
    ("kind", "day", "before", "hours", "beyond"),
    [
        # Socio-cultural: 300 a year, 100 a quarter, 190 in the third. Sport: 450, 150 and 285.
        ("O17", "2026-02-02", [], 101, 1),
        ("O17", "2026-08-03", [], 190, 0),
        ("O17", "2026-08-03", [], 191, 1),
        ("O17", "2026-12-01", [("O17", "2026-02-02", 100), ("O17", "2026-08-03", 190)], 11, 1),
        ("O17", "2027-01-04", [("O17", "2026-12-01", 100)], 100, 0),
        ("S17", "2026-02-02", [], 150, 0),
        ("S17", "2026-02-02", [], 151, 1),
        ("S17", "2026-08-03", [], 285, 0),
        ("S17", "2026-12-01", [("S17", "2026-02-02", 150), ("S17", "2026-08-03", 285)], 16, 1),
        # Students: 190 a quarter in both sectors together.
        ("S17", "2026-08-03", [("STU", "2026-02-02", 8)], 190, 0),
        ("S17", "2026-08-03", [("STU", "2026-02-02", 8)], 191, 1),
        ("S17", "2026-08-03", [("STU", "2025-12-31", 8)], 191, 0),
        ("S17", "2026-08-03", [("STU", "2026-08-03", 8), ("O17", "2026-07-01", 100)], 91, 1),
        ("S17", "2026-10-01", [("STU", "2026-08-03", 8), ("S17", "2026-09-30", 190)], 100, 0),
    ],
)
def test_hours_under_article_17(
    kind: str, day: str, before: list[tuple[str, str, int]], hours: int, beyond: int
) -> None:
    found = quotas.article_17_excess(
        kind=WorkerType(kind),
        start=date.fromisoformat(day),
        hours=hours,
        periods=[used(*each) for each in before],
    )

    assert found == beyond


@pytest.mark.parametrize(("before", "beyond"), [(24, 0), (25, 1)])
def test_days_of_a_broadcaster(before: int, beyond: int) -> None:
    days = [used("T17", f"2026-01-{at + 1:02d}", 0) for at in range(before)]

    found = quotas.article_17_excess(
        kind=WorkerType.ARTICLE_17_BROADCASTER,
        start=date(2026, 12, 31),
        hours=0,
        periods=days,
    )

    assert found == beyond


@pytest.mark.parametrize(
    ("spell", "days"),
    [
        ("2026-03-03 1800 2026-03-03 2330", 1),
        ("2026-03-03 1800 2026-03-04 0200", 1),
        ("2026-03-03 1800 2026-03-04 1800", 1),
        ("2026-03-03 0800 2026-03-04 1700", 2),
        ("2026-03-03 0800 2026-03-03 -", 1),
        ("2026-03-03 0800 2026-03-04 -", 2),
        ("2028-02-28 0800 2028-02-29 1700", 2),
        ("2026-12-31 2200 2027-01-01 0400", 1),
    ],
)
def test_a_night_of_occasional_work_is_one_day(spell: str, days: int) -> None:
    assert quotas.occasional_days(times(spell)) == days
