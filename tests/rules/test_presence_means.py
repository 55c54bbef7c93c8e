from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.rules.presence_means import (
    CARD_LENGTH,
    CARD_LETTERS,
    PERSONAL,
    By,
    accepted,
    clock_holds,
    may_be_a_badge,
    plain,
    read_as,
    unread,
)

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize("activity", ["construction", "meat"])
def test_where_others_may_register_a_bare_number_counts(activity: str) -> None:
    assert accepted(activity, on=TODAY) == frozenset(By)


def test_where_only_oneself_registers_a_personal_means_is_needed() -> None:
    assert accepted("cleaning", on=TODAY) == PERSONAL


@pytest.mark.parametrize(
    ("activity", "day"),
    [("guarding", TODAY), ("moving", TODAY), ("meat", date(2015, 12, 31))],
)
def test_without_a_duty_nothing_is_accepted(activity: str, day: date) -> None:
    assert accepted(activity, on=day) == frozenset()


def test_the_draft_of_2027_takes_bare_numbers_away_on_construction_sites() -> None:
    day = date(2027, 1, 1)

    assert accepted("construction", on=day) == frozenset(By)
    assert accepted("construction", on=day, drafts=True) == PERSONAL


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("85.07.31-001.30", By.NISS),
        ("85073100131", By.BADGE),  # its check digits are wrong
        ("2490 0000 0000 00093", By.LIMOSA),
        ("b" * CARD_LENGTH, By.CARD),
        ("04:A2:2B:11", By.BADGE),
        ("12345", None),
        ("", None),
        ("A" * 33, None),
        ("٠١٢٣٤٥٦", None),
    ],
)
def test_what_is_read_is_known_by_its_form(text: str, by: By | None) -> None:
    assert read_as(text) is by


@given(st.text(alphabet=CARD_LETTERS, min_size=CARD_LENGTH, max_size=CARD_LENGTH))
def test_a_card_is_never_taken_for_a_badge(token: str) -> None:
    assert read_as(token) is By.CARD
    assert not may_be_a_badge(token)


@given(st.text(max_size=60))
def test_reading_holds_for_any_text_and_does_not_mind_how_it_is_written(text: str) -> None:
    assert read_as(text) is read_as(plain(text))


def test_letters_of_a_card_lie_on_the_same_keys_everywhere() -> None:
    assert not set("AQZWMY0123456789") & set(CARD_LETTERS)
    assert len(CARD_LETTERS) ** CARD_LENGTH > 2**120


def test_who_carries_something_unread_is_pointed_out_and_who_carries_nothing_is_not() -> None:
    assert unread(carried=[By.BADGE], readable=[By.CARD])
    assert not unread(carried=[By.BADGE, By.CARD], readable=[By.CARD])
    assert not unread(carried=[], readable=[By.CARD])


@pytest.mark.parametrize(
    ("seconds", "is_fine"), [(-301, False), (-300, True), (300, True), (301, False)]
)
def test_a_clock_may_be_five_minutes_wrong(seconds: int, is_fine: bool) -> None:
    now = datetime(2026, 3, 2, 6, tzinfo=UTC)

    assert clock_holds(told=now + timedelta(seconds=seconds), now=now) is is_fine
