"""The rules of Dimona by themselves: tables of types, limits, quotas, spells, the catalogue."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.moments import BRUSSELS
from guichet.kernel.verdict import Severity
from guichet.rules.dimona import catalogue, identity, kinds, limits, matrix, quotas, spells
from guichet.rules.dimona.answer import Result, verdict
from guichet.rules.dimona.catalogue import ANOMALIES, Class, MalformedCatalogue
from guichet.rules.dimona.decision import decide
from guichet.rules.dimona.form import time_faults
from guichet.rules.dimona.kinds import Group, WorkerType
from guichet.rules.dimona.known import (
    EmployerKnown,
    FeatureKey,
    Known,
    PeriodKnown,
    PersonKnown,
)
from guichet.rules.dimona.message import (
    Employer,
    Features,
    Kind,
    Message,
    Times,
    UserCompany,
    Worker,
    hour_of,
    whole_number,
)
from guichet.rules.dimona.spells import Quarter

KARIM = "85073199902"
FIRM = "1900000168"
MONDAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)

days = st.dates(date(2015, 1, 1), date(2034, 12, 31))
clock_hours = st.times().map(lambda moment: f"{moment:%H%M}")


def features(worker_type: str, committee: str, user: str | None = None) -> Message:
    company = None if user is None else UserCompany(FIRM, "", None, user)
    given = Features(committee, worker_type, "", company)
    return Message(Kind.IN, Employer(FIRM), times=Times(MONDAY), features=given)


@pytest.mark.parametrize(
    ("worker_type", "committee", "user", "agrees"),
    [
        ("BCW", "124", None, True),
        ("BCW", "XXX", None, False),
        ("BCW", "322", "124", True),
        ("BCW", "322", "", True),
        ("BCW", "322", "302", False),
        ("RTA", "124", None, True),
        ("EXT", "302", None, True),
        ("EXT", "320", None, True),
        ("EXT", "124", None, False),
        ("EXT", "XXX", None, False),
        ("EXT", "322", "302", True),
        ("EXT", "322", "XXX", False),
        ("T17", "XXX", None, True),
        ("T17", "302", None, False),
        ("OTH", "124", None, False),
        ("STU", "124", None, True),
        ("OTH", "322", "302", True),
        ("T17", "322", "XXX", False),
        ("STG", "322", "XXX", False),
        ("FLX", "XXX", None, True),
        ("FLX", "302", None, True),
    ],
)
def test_which_committee_goes_with_which_type(
    worker_type: str, committee: str, user: str | None, agrees: bool
) -> None:
    assert kinds.goes_together(features(worker_type, committee, user)) is agrees


@pytest.mark.parametrize(
    ("text", "short"),
    [("302", "302"), ("302.00", "302"), ("3020000", "302"), ("xxx", "XXX"), ("149.01", "149.01")],
)
def test_the_notations_of_a_committee_are_one(text: str, short: str) -> None:
    assert kinds.committee(text) == short


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("STG", date(2020, 1, 1), None),
        ("ALT", date(2023, 9, 1), None),
        ("O17", date(2022, 1, 1), None),
        ("A17", None, date(2021, 12, 31)),
        ("QUA", None, date(2022, 12, 31)),
        ("TEA", None, date(2021, 12, 31)),
        ("STX", None, date(2013, 12, 31)),
    ],
)
def test_a_type_exists_from_its_first_to_its_last_day(
    code: str, first: date | None, last: date | None
) -> None:
    kind = WorkerType(code)
    if first is not None:
        assert kinds.exists_on(kind, first)
        assert not kinds.exists_on(kind, first - DAY)
    if last is not None:
        assert kinds.exists_on(kind, last)
        assert not kinds.exists_on(kind, last + DAY)


def test_the_matrix_answers_every_field_of_every_group() -> None:
    assert {(zone, group) for zone in matrix.ZONES for group in Group} == set(matrix.MATRIX)


def test_every_type_has_a_group() -> None:
    assert {kinds.group_of(kind, Times(MONDAY)) for kind in WorkerType} <= set(Group)


@given(days)
def test_a_quarter_holds_its_day_and_follows_the_one_before(day: date) -> None:
    quarter = Quarter.of(day)

    assert quarter.first_day <= day <= quarter.last_day
    assert quarter.later(1).first_day == quarter.last_day + DAY
    assert quarter.later(-3).later(3) == quarter


@given(days, clock_hours, clock_hours)
def test_hours_without_an_end_date_end_within_a_day(day: date, first: str, last: str) -> None:
    times = spells.with_end(Times(day, None, first, last))

    assert times.end_date in (day, day + DAY)
    if first != last:
        end = spells.ends(times)
        assert end is not None
        assert timedelta() < end - spells.begins(times) < DAY


spans = st.builds(
    lambda start, length, hours: Times(start, start + length * DAY, *hours),
    days,
    st.integers(1, 3),
    st.tuples(clock_hours, clock_hours),
)


@given(spans, spans)
def test_overlapping_is_mutual(one: Times, other: Times) -> None:
    assert spells.overlap(one, other) is spells.overlap(other, one)
    assert spells.overlap(one, one)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 1), (date(2026, 10, 25), 3), (date(2026, 5, 3), 2)]
)
def test_d40_two_hours_on_the_clock_are_one_or_three_when_it_changes(day: date, hours: int) -> None:
    assert spells.length(Times(day, day, "0130", "0330")) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("end", "last"),
    [
        (date(2026, 2, 27), date(2026, 3, 2)),  # a Friday: Monday
        (date(2026, 4, 3), date(2026, 4, 7)),  # Good Friday: Tuesday after Easter Monday
        (date(2026, 4, 30), date(2026, 5, 4)),  # before Labour Day, a Friday
    ],
)
def test_an_end_is_told_on_the_first_working_day_after_it(end: date, last: date) -> None:
    noon = time(12, tzinfo=BRUSSELS)

    assert not limits.is_late_end(end, received_at=datetime.combine(last, noon))
    assert limits.is_late_end(end, received_at=datetime.combine(last + DAY, noon))


def test_d02_an_in_with_an_hour_is_due_at_that_minute() -> None:
    times = Times(MONDAY, MONDAY, "1000", "1800")  # nine o'clock in UTC

    assert not limits.is_late_in(times, received_at=NOW)
    assert limits.is_late_in(times, received_at=NOW + timedelta(seconds=1))
    assert not limits.is_late_in(Times(MONDAY), received_at=NOW + timedelta(hours=13))


@pytest.mark.parametrize(
    ("before", "after", "hours_later", "late"),
    [
        (Times(MONDAY + DAY), Times(MONDAY), 0, False),
        (Times(MONDAY), Times(MONDAY - DAY), 0, True),
        (Times(MONDAY - 9 * DAY, MONDAY), Times(MONDAY - 9 * DAY, MONDAY + DAY), 24, False),
        (Times(MONDAY - 9 * DAY, MONDAY), Times(MONDAY - 9 * DAY, MONDAY + DAY), 48, True),
        (Times(MONDAY, MONDAY + DAY), Times(MONDAY, MONDAY), 24, False),
        (Times(MONDAY, MONDAY + DAY), Times(MONDAY, MONDAY), 48, True),
        (Times(MONDAY, MONDAY, "0800", "1600"), Times(MONDAY, MONDAY, "0800", "1500"), 10, False),
        (Times(MONDAY, MONDAY, "0800", "1600"), Times(MONDAY, MONDAY, "0800", "1500"), 24, True),
        (Times(MONDAY, MONDAY, "0800", "1600"), Times(MONDAY, MONDAY, "0800", "1700"), 5, False),
        (Times(MONDAY, MONDAY, "0800", "1600"), Times(MONDAY, MONDAY, "0800", "1700"), 7, True),
    ],
)
def test_a_change_is_late_by_what_it_changes(
    before: Times, after: Times, hours_later: int, late: bool
) -> None:
    at = NOW + timedelta(hours=hours_later)

    assert limits.is_late_update(before, after, received_at=at) is late


def test_hours_of_a_student_change_until_the_end_of_the_month_after_the_quarter() -> None:
    last = datetime(2026, 4, 30, 21, 59, tzinfo=UTC)

    assert limits.may_change_student(MONDAY, received_at=last)
    assert not limits.may_change_student(MONDAY, received_at=last + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("year", "quota"), [(2017, 475), (2022, 475), (2023, 600), (2024, 600), (2025, 650)]
)
def test_the_quota_of_students_is_that_of_the_year(year: int, quota: int) -> None:
    assert quotas.student_quota(year) == quota


@given(st.integers(0, 2_000), st.integers(0, 2_000), st.integers(0, 999))
def test_what_exceeds_a_quota_is_part_of_what_is_wanted(quota: int, used: int, wanted: int) -> None:
    beyond = quotas.excess(quota=quota, used=used, wanted=wanted)

    assert 0 <= beyond <= wanted
    assert (beyond == 0) is (used + wanted <= quota or wanted == 0)


def period(worker_type: str, start: date, end: date | None, **more: object) -> PeriodKnown:
    key = FeatureKey("XXX", worker_type)
    given = {"id": 1, "employer": FIRM, "niss": KARIM, "features": key} | more
    return PeriodKnown(times=Times(start, end), **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(("worked", "faults"), [(73, []), (72, ["90017-510", "90017-058"])])
def test_d11_four_fifths_of_quarter_t3_open_a_flexi_job(worked: int, faults: list[str]) -> None:
    first = date(2025, 4, 1)  # T-3 of the first quarter of 2026: 91 days, 72.8 are 4/5
    elsewhere = period("OTH", first, first + (worked - 1) * DAY)

    found = quotas.flexi_faults(
        employer="1900000267", start=MONDAY, periods=[elsewhere], birth_date=date(1985, 7, 31)
    )

    assert found == faults


def test_a_pensioner_needs_no_work_before_a_flexi_job() -> None:
    found = quotas.flexi_faults(
        employer=FIRM, start=MONDAY, periods=[], birth_date=date(1960, 3, 2)
    )

    assert found == []


def test_article_17_counts_by_quarter_and_by_year() -> None:
    spring = [period("O17", date(2026, 4, 1), date(2026, 4, 1), planned_hours=95)]
    ask = {"kind": WorkerType.ARTICLE_17_OTHER, "hours": 10, "periods": spring}

    assert quotas.article_17_excess(start=date(2026, 5, 1), **ask) == 5  # type: ignore[arg-type]
    assert quotas.article_17_excess(start=date(2026, 7, 1), **ask) == 0  # type: ignore[arg-type]


@given(st.text(max_size=6))
def test_an_hour_is_four_digits_within_a_day(text: str) -> None:
    found = hour_of(text)

    if found is not None:
        assert f"{found[0]:02d}{found[1]:02d}" == text


@given(st.floats())
def test_a_whole_number_is_whole(value: float) -> None:
    found = whole_number(value)

    assert found is None or found == value


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("1990-05-12", True),
        ("1990-00-00", True),
        ("1990-02-30", False),
        ("1905-01-01", False),
        ("2026-03-03", False),
        ("1990-5-12", False),
        ("", False),
    ],
)
def test_a_birth_date_may_have_unknown_parts(text: str, is_one: bool) -> None:
    assert identity.is_birth_date(text, today=MONDAY) is is_one


def test_every_anomaly_has_its_words_and_quotas_block_under_article_17_only() -> None:
    assert len(ANOMALIES) > 200
    for anomaly in ANOMALIES.values():
        assert all(anomaly.label.as_mapping().values())
    assert ANOMALIES["90373-460"].anomaly_class is Class.REMARK
    assert verdict(["90017-369"], effect=None, worker_type="STU").outcome.result is Result("W")
    assert verdict(["90017-369"], effect=None, worker_type="T17").outcome.result is Result("B")


def test_a_catalogue_with_a_gap_is_refused() -> None:
    zones = "'00011': {nl: a, fr: b, de: c, en: d}"
    with pytest.raises(MalformedCatalogue):
        catalogue.read(anomalies="'001': {class: B, zones: ['00012'], text: {}}", zones=zones)


def known(**more: object) -> Known:
    given: dict[str, object] = {
        "received_at": NOW,
        "employer": EmployerKnown(FIRM, "123456749", date(2000, 1, 1)),
        "person": PersonKnown(KARIM, date(1985, 7, 31)),
    }
    return Known(**(given | more))  # type: ignore[arg-type]


def test_an_answer_gives_its_reasons_with_their_source() -> None:
    late = Message(
        Kind.IN,
        Employer(FIRM),
        Worker(KARIM),
        Times(MONDAY - DAY),
        features=Features("XXX", "OTH"),
    )

    answer = decide(late, known())

    [reason] = answer.findings
    assert (reason.key, reason.severity) == ("90373-460", Severity.WARN)
    assert "5 November 2002" in str(reason.source)
    assert answer.outcome.result is Result.ACCEPTED_WITH_REMARK


acts = st.builds(
    Message,
    kind=st.sampled_from(Kind),
    employer=st.builds(
        Employer,
        enterprise_number=st.sampled_from([FIRM, "", "x"]),
        onss_number=st.none() | st.integers(-5, 10**12),
    ),
    worker=st.builds(Worker, ssin=st.sampled_from([KARIM, "", "85073199901"])),
    times=st.builds(
        Times,
        start_date=st.none() | st.dates(),
        end_date=st.none() | st.dates() | st.just(date.max),
        start_hour=st.sampled_from(["", "0800", "9999"]),
        end_hour=st.sampled_from(["", "0800", "0700", "x"]),
    ),
    period_id=st.none() | st.integers(-1, 10**13),
    registration_id=st.none() | st.integers(-1, 10**13),
    status=st.sampled_from(["", "0", "1", "3", "9"]),
    planned_hours=st.none() | st.floats() | st.integers(-1, 1_001),
    planned_days=st.none() | st.integers(-1, 400),
    features=st.builds(
        Features,
        joint_committee=st.sampled_from(["XXX", "302", "322", "124", "200", ""]),
        worker_type=st.sampled_from([*WorkerType, "", "ZZZ"]),
        user=st.none() | st.builds(UserCompany, st.sampled_from([FIRM, ""]), st.text(max_size=100)),
    ),
)
standing = st.none() | st.builds(
    lambda kind, start, length, locked: period(
        kind.value, start, None if length is None else start + length * DAY, is_locked=locked
    ),
    st.sampled_from(WorkerType),
    days,
    st.none() | st.integers(0, 40),
    st.booleans(),
)


@given(acts, standing, st.booleans())
def test_whatever_is_said_gets_an_answer_with_reasons(
    message: Message, target: PeriodKnown | None, is_public: bool
) -> None:
    employer = EmployerKnown(FIRM, "", date(1900, 1, 1), is_public=is_public)
    periods = [] if target is None else [target]

    answer = decide(message, known(employer=employer, period=target, periods=periods)).outcome

    assert all(code in ANOMALIES for code in answer.anomalies)
    if answer.result is Result.REFUSED:
        assert answer.anomalies
        assert answer.effect is None
    if answer.result is Result.ACCEPTED:
        assert answer.anomalies == ()
        assert answer.effect is not None


@pytest.mark.parametrize("number", ["0766.985.433", "766985433", "BE 0766 985 433"])
def test_d21_the_key_of_a_user_company_is_its_number_as_the_register_keeps_it(number: str) -> None:
    user = UserCompany(enterprise_number=number, joint_committee="302.00")

    key = FeatureKey.of(Features("322", "OTH", user=user))

    assert (key.user, key.user_committee) == ("0766985433", "302")


def test_a_night_on_the_last_day_of_the_calendar_has_no_next_one() -> None:
    times = Times(date.max, None, "2200", "0200")

    assert time_faults(times, Group.FLEXI_DAY, block="90373", today=MONDAY) == ["00910-003"]
