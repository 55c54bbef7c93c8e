"""Paper or electronic: the form of the control card by month, committee and reasoned request."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.rules.temporary_unemployment.card_form import (
    CardForm,
    card_of,
    is_in_book,
    may_request,
    request_months,
)
from guichet.rules.temporary_unemployment.kinds import Reason
from tests.rules.temporary_unemployment.days import day

MONTHS = st.dates(date(1995, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("on", "committee", "is_requested", "form", "may"),
    [
        ("2024-12-31", "111", False, CardForm.BEFORE, False),
        ("2024-12-31", "327.01", True, CardForm.BEFORE, False),
        ("2025-01-01", "111", False, CardForm.ELECTRONIC, True),
        ("2025-01-31", "111", True, CardForm.EITHER, True),
        ("2025-06-30", "124", True, CardForm.EITHER, True),
        ("2025-06-30", "", False, CardForm.ELECTRONIC, True),
        ("2025-07-01", "111", True, CardForm.ELECTRONIC, False),
        ("2025-01-01", "327.02", False, CardForm.PAPER, False),
        ("2026-11-01", "327", True, CardForm.PAPER, False),
        ("2026-11-01", "328", False, CardForm.ELECTRONIC, False),
    ],
)
def test_the_card_of_a_month_is_electronic_but_for_requests_of_the_transition_and_sheltered_work(
    on: str, committee: str, is_requested: bool, form: CardForm, may: bool
) -> None:
    found = card_of(month=day(on), committee=committee, is_requested=is_requested)

    assert (found.form, found.may_request) == (form, may)
    assert found.source.text.startswith("Royal Decree of ")


@given(month=MONTHS, committee=st.sampled_from(["", "111", "124", "327.01"]))
def test_a_request_changes_nothing_outside_the_transition(month: date, committee: str) -> None:
    without = card_of(month=month, committee=committee)
    with_one = card_of(month=month, committee=committee, is_requested=True)

    assert (without != with_one) is (may_request(month) and without.form is CardForm.ELECTRONIC)


def test_the_transition_is_the_first_half_of_2025() -> None:
    months = request_months()

    assert months == tuple(date(2025, number, 1) for number in range(1, 7))
    assert all(may_request(month) for month in months)


@pytest.mark.parametrize(
    ("on", "committee", "is_requested", "reason", "is_entered"),
    [
        ("2025-03-01", "327.01", False, Reason.ECONOMIC, True),
        ("2026-03-01", "327.01", False, Reason.WEATHER, True),
        ("2026-03-01", "327.01", False, Reason.ACCIDENT, False),
        ("2026-03-01", "327.01", False, Reason.FORCE_MAJEURE, False),
        ("2025-03-01", "111", True, Reason.ECONOMIC, True),
        ("2025-03-01", "124", True, Reason.WEATHER, False),
        ("2025-03-01", "111", False, Reason.ECONOMIC, False),
        ("2025-07-01", "111", True, Reason.ECONOMIC, False),
        ("2024-06-01", "111", False, Reason.ECONOMIC, True),
        ("2024-06-01", "124", False, Reason.WEATHER, False),
    ],
)
def test_the_validation_book_lives_where_paper_cards_are(
    on: str, committee: str, is_requested: bool, reason: Reason, is_entered: bool
) -> None:
    card = card_of(month=day(on), committee=committee, is_requested=is_requested)

    found = is_in_book(card=card, committee=committee, reason=reason, month=day(on))

    assert found is is_entered
