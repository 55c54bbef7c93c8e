"""From the body of a search to its criteria: windows on Belgian clocks, above all."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.eservices.presence.criteria import (
    Criteria,
    CriteriaRefused,
    SearchBody,
    Sort,
    criteria,
)

TODAY: Final = date(2026, 3, 2)
MICROSECOND: Final = timedelta(microseconds=1)


def read(start: str, end: str, **members: Any) -> Criteria:
    window = {"startDate": start, "endDate": end}
    body = {"criteria": {"registrationDate": window, **members}}
    return criteria(body=msgspec.convert(body, SearchBody), today=TODAY)


def refused(start: str, end: str) -> list[str]:
    """The kinds of issue with a window."""
    with pytest.raises(CriteriaRefused) as refusal:
        read(start, end)
    return [issue.type.rpartition(":")[2] for issue in refusal.value.issues]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "first", "after"),
    [
        ("2026-03-02", "2026-03-01T23:00", "2026-03-02T23:00"),
        ("2026-07-01", "2026-06-30T22:00", "2026-07-01T22:00"),
        ("2026-03-29", "2026-03-28T23:00", "2026-03-29T22:00"),
        ("2026-10-25", "2026-10-24T22:00", "2026-10-25T23:00"),
    ],
)
def test_a_date_is_a_whole_day_in_belgium(day: str, first: str, after: str) -> None:
    found = read(day, day)

    assert (found.since, found.until) == (utc(first), utc(after) - MICROSECOND)


def test_a_date_and_a_moment_may_stand_together() -> None:
    found = read("2026-03-02", "2026-03-02T12:00:00+01:00")

    assert found.since == utc("2026-03-01T23:00")
    assert found.until == utc("2026-03-02T11:00:00.001") - MICROSECOND


def test_a_moment_ends_with_the_last_millisecond_or_microsecond_that_it_names() -> None:
    assert read("2026-03-02", "2026-03-02T12:00:00.418Z").until == utc("2026-03-02T12:00:00.418999")
    assert read("2026-03-02", "2026-03-02T12:00:00.418456Z").until == utc(
        "2026-03-02T12:00:00.418456"
    )


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-01", "2026-03-31"),
        ("2026-10-01", "2026-10-31"),
        ("2026-10-01T00:00:00+02:00", "2026-10-31T23:59:59+01:00"),
        ("2026-03-01T06:00:00+01:00", "2026-04-01T05:59:59+02:00"),
    ],
)
def test_a_month_of_31_days_is_no_longer_when_the_clocks_change(start: str, end: str) -> None:
    assert read(start, end).until > read(start, end).since


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-01", "2026-04-01"),
        ("2026-10-01T00:00:00+02:00", "2026-11-01T00:00:01+01:00"),
        ("0001-01-02", "9999-12-30"),
    ],
)
def test_a_window_of_more_than_31_days_is_refused(start: str, end: str) -> None:
    assert refused(start, end) == ["invalidInput"]


def test_the_end_may_be_the_start_and_may_not_precede_it() -> None:
    moment = "2026-03-02T06:00:00+01:00"

    assert read(moment, moment).since == utc("2026-03-02T05:00")
    assert refused("2026-03-02", "2026-03-01") == ["invalidPeriod"]
    assert refused("2026-10-25T02:30:00+01:00", "2026-10-25T02:30:00+02:00") == ["invalidPeriod"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2026-03-02T06:00:00",
        "2026-03-02 06:00:00+01:00",
        "2026-03-02T06:00:00+0100",
        "2026-02-30",
        "2026-03-02T25:00:00Z",
        "2026-03-02T06:00:00.1234567890Z",
        "2026-3-2",
        "20260302",
        "2026-W10-1",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "9999-12-31T23:59:59Z",
        "٢٠٢٦-٠٣-٠٢",
        "2026-03-02\n",
    ],
)
def test_what_is_no_bound_is_refused_by_its_name(text: str) -> None:
    assert refused(text, "2026-03-02") == ["schemaViolation"]
    assert refused("2026-03-02", text) == ["schemaViolation"]


@given(st.text(max_size=40))
def test_no_text_makes_an_accident(text: str) -> None:
    body = {"criteria": {"registrationDate": {"startDate": text, "endDate": text}}}
    try:
        found = criteria(body=msgspec.convert(body, SearchBody), today=TODAY)
    except (CriteriaRefused, msgspec.ValidationError):
        return

    assert found.since <= found.until


def test_members_become_criteria_and_null_none() -> None:
    found = read(
        "2026-03-02",
        "2026-03-02",
        id=7,
        type="Out",
        worker={"givenName": "Karim", "familyName": None},
        placeOfWork={"address": {"boxNumber": "A"}, "description": None},
        employer=None,
        remarks=[],
        customReference=None,
        validity="PENDING",
    )

    assert found.wanted == {
        "id": 7,
        "type": "out",
        "given_name": "Karim",
        "box_number": "A",
        "validity": "pending",
    }
    assert found.sort == Sort("registrationDate", is_descending=True, ignore_case=False)
