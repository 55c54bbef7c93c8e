"""The days of a message: the worked examples WX114 to WX118, and what holds for every one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.access.services import Permission
from guichet.rules import ebox
from guichet.rules.ebox import Act, ActRefused, Unit, UnknownValidity, Validity
from guichet.rules.ebox_types import TYPES, MalformedTypes, read

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
validities = st.builds(Validity, st.integers(1, 60), st.sampled_from(Unit))


def _story(published: date, text: str) -> tuple[date | None, ...]:
    end = ebox.expiry_date(published_on=published, validity=Validity.parse(text))
    return (
        end,
        ebox.last_readable_day(expires_on=end),
        ebox.reminder_day(published_on=published, expires_on=end),
        ebox.alert_day(published_on=published, expires_on=end),
    )


def test_wx114_six_months_from_the_last_of_august() -> None:
    assert _story(date(2025, 8, 31), "6 months") == (
        date(2026, 2, 28), date(2026, 2, 27), date(2025, 9, 15), date(2026, 2, 21),
    )  # fmt: skip


def test_wx115_a_year_from_the_29th_of_february() -> None:
    assert _story(date(2024, 2, 29), "1 year") == (
        date(2025, 2, 28), date(2025, 2, 27), date(2024, 3, 15), date(2025, 2, 21),
    )  # fmt: skip


def test_wx117_thirty_days() -> None:
    assert _story(date(2025, 11, 15), "30 days") == (
        date(2025, 12, 15), date(2025, 12, 14), date(2025, 11, 30), date(2025, 12, 8),
    )  # fmt: skip


def test_wx118_ten_days_end_before_the_reminder() -> None:
    assert _story(date(2025, 12, 20), "10 days") == (
        date(2025, 12, 30), date(2025, 12, 29), None, date(2025, 12, 23),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("published", "validity", "expires", "reminder", "alert"),
    [
        # the same day number does not exist: the last day of the month
        ("2025-01-31", "1 month", "2025-02-28", "2025-02-15", "2025-02-21"),
        ("2024-01-31", "1 month", "2024-02-29", "2024-02-15", "2024-02-22"),
        ("2025-12-31", "2 months", "2026-02-28", "2026-01-15", "2026-02-21"),
        ("2025-08-30", "6 months", "2026-02-28", "2025-09-14", "2026-02-21"),
        ("2025-03-31", "1 month", "2025-04-30", "2025-04-15", "2025-04-23"),
        # it exists, and no last day of a month is carried over
        ("2025-02-28", "1 month", "2025-03-28", "2025-03-15", "2025-03-21"),
        ("2023-02-28", "1 year", "2024-02-28", "2023-03-15", "2024-02-21"),
        ("2024-02-29", "4 years", "2028-02-29", "2024-03-15", "2028-02-22"),
        ("2025-11-30", "3 months", "2026-02-28", "2025-12-15", "2026-02-21"),
        # the reminder: none on the expiry date itself, one the day before
        ("2025-12-20", "15 days", "2026-01-04", None, "2025-12-28"),
        ("2025-12-20", "16 days", "2026-01-05", "2026-01-04", "2025-12-29"),
        # the alert: none on the day of the publication or before, one the day after
        ("2025-12-20", "7 days", "2025-12-27", None, None),
        ("2025-12-20", "8 days", "2025-12-28", None, "2025-12-21"),
        ("2025-12-20", "1 day", "2025-12-21", None, None),
    ],
)
def test_wx114_to_wx118_hold_at_other_ends_of_months_and_terms(
    published: str, validity: str, expires: str, reminder: str | None, alert: str | None
) -> None:
    end, last, called, announced = _story(date.fromisoformat(published), validity)

    assert (end, last) == (
        date.fromisoformat(expires), date.fromisoformat(expires) - timedelta(days=1),
    )  # fmt: skip
    assert called == (reminder and date.fromisoformat(reminder))
    assert announced == (alert and date.fromisoformat(alert))


@given(published=days, validity=validities)
def test_every_message_can_be_read_on_its_first_day(published: date, validity: Validity) -> None:
    end = ebox.expiry_date(published_on=published, validity=validity)
    reminder = ebox.reminder_day(published_on=published, expires_on=end)
    alert = ebox.alert_day(published_on=published, expires_on=end)

    assert ebox.last_readable_day(expires_on=end) >= published
    assert reminder is None or published < reminder < end
    assert alert is None or published < alert < end


@given(published=days, validity=validities)
def test_a_longer_validity_never_ends_earlier(published: date, validity: Validity) -> None:
    longer = Validity(validity.number + 1, validity.unit)

    assert ebox.expiry_date(published_on=published, validity=longer) > (
        ebox.expiry_date(published_on=published, validity=validity)
    )


@pytest.mark.parametrize("text", ["", "0 days", "6", "six months", "6 weeks", "-1 days", "1  day"])
def test_a_validity_written_otherwise_is_refused(text: str) -> None:
    with pytest.raises(UnknownValidity):
        Validity.parse(text)


def test_every_type_has_four_titles_and_a_service_that_exists_at_level_two() -> None:
    services = {one.value for one in Permission}

    for kind in TYPES.values():
        assert kind.level == 1 or kind.service in services, kind.code
        assert str(kind.validity)
    assert {kind.code for kind in TYPES.values() if kind.is_registered} == {"letter.registered"}


def test_a_type_without_validity_is_a_gap() -> None:
    with pytest.raises(MalformedTypes):
        read("a.b: {title: {nl: a, fr: b, de: c, en: d}}")
    with pytest.raises(MalformedTypes):
        read("a.b: {title: {nl: a, fr: b, de: c, en: d}, validity: 1 year, level: 2}")


@pytest.mark.parametrize("act", list(Act))
def test_a_deleted_message_can_only_be_restored(act: Act) -> None:
    if act is Act.RESTORE:
        ebox.check_act(act=act, is_deleted=True, is_registered=False)
        return
    with pytest.raises(ActRefused, match="deleted"):
        ebox.check_act(act=act, is_deleted=True, is_registered=False)


def test_a_reminder_is_fifteen_days_after_the_publication() -> None:
    end = date(2026, 12, 31)

    day = ebox.reminder_day(published_on=date(2026, 11, 1), expires_on=end)
    assert day == date(2026, 11, 1) + timedelta(days=15)
