from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from guichet.kernel.base34 import (
    ALPHABET,
    InvalidNumber,
    MalformedNumber,
    MistypedNumber,
    check_holds,
    check_sign,
    is_well_formed,
)
from guichet.kernel.ticket import CITIZEN, EMPLOYER_WEB, TicketNumber
from guichet.kernel.works import SITE_PREFIX, WorksReference

PRINTED = (
    "04W-002AKJ7-ER-Z",
    "04W-002AKJ8-WD-Z",
    "04W-002AKJ9-RB-Z",
    "04W-002CTVC-18-Z",
    "04W-002DKAE-0H-Z",
    "04W-002DKB9-S6-Z",
    "04W-002EARF-VN-Z",
    "04W-002FTMK-DS-Z",
    "04W-002FTNE-9G-Z",
    "04W-002ZS8U-E4-Z",
    "04W-002ZS8X-NM-Z",
    "26C-0079PJ6-6C-Z",
)
MISPRINTED = "04W-0027KRZ-VX-Z"
WORKS = (
    "1Y1000003EQCZ",
    "1Y1000003DH2Z",
    "1Y1000NF9KCQZ",
    "1Y102M7NZF7PZ",
    "1Y102M8EA2DLZ",
    "1Y102HV63VT7Z",
    "1Y101DRUNWB5Z",
    "1Y1003SQ5VSSZ",
    "1Y103CF8203SZ",
    "1Y103CF8204TZ",
    "1Y103CFZGY9WZ",
)
ELEVEN = st.text(st.sampled_from(ALPHABET), min_size=11, max_size=11)


@pytest.mark.parametrize("printed", PRINTED)
def test_the_tickets_printed_in_the_manual_obey_the_check(printed: str) -> None:
    ticket = TicketNumber.parse(printed)

    assert ticket.check_holds
    assert ticket.formatted() == printed
    assert ticket.prefix in {EMPLOYER_WEB, CITIZEN}
    assert str(ticket) == printed.replace("-", "")


def test_the_misprinted_ticket_is_kept_where_it_stands_and_refused_as_a_new_one() -> None:
    kept = TicketNumber.parse(MISPRINTED, strict=False)

    assert not kept.check_holds
    assert kept.formatted() == MISPRINTED
    with pytest.raises(MistypedNumber):
        TicketNumber.parse(MISPRINTED)


@pytest.mark.parametrize("reference", WORKS)
def test_published_works_references_obey_the_check(reference: str) -> None:
    assert WorksReference.parse(reference).signs == reference
    assert check_holds(reference)


@pytest.mark.parametrize("text", ["04w-002akj7-er-z", "04W002AKJ7ERZ", " 04w 002akj7 er z "])
def test_case_spaces_and_hyphens_are_forgiven(text: str) -> None:
    assert TicketNumber.parse(text) == TicketNumber.parse("04W-002AKJ7-ER-Z")


@pytest.mark.parametrize(
    "text", ["", "1Y103CF820", "1YI03CF8203SZ", "1YO03CF8203SZ", "1Y103CF8203SZ0", "1Y103CF8203S\n"]
)
def test_a_number_of_another_form_is_malformed_even_leniently(text: str) -> None:
    assert not is_well_formed(text)
    assert not check_holds(text)
    with pytest.raises(MalformedNumber):
        WorksReference.parse(text, strict=False)


@pytest.mark.parametrize(
    "text", ["1Y103CF8203TZ", "1Y1ZZZZZZZZZZ", "4B2K7XPQ2MTR9", "1Y103CF8203S0"]
)
def test_a_well_formed_number_with_a_wrong_check_is_mistyped(text: str) -> None:
    assert is_well_formed(text)
    assert WorksReference.parse(text, strict=False).signs == text
    with pytest.raises(MistypedNumber):
        WorksReference.parse(text)


def test_both_refusals_are_one_kind() -> None:
    assert issubclass(MalformedNumber, InvalidNumber)
    assert issubclass(MistypedNumber, InvalidNumber)


def test_a_ticket_is_never_equal_to_a_works_reference() -> None:
    signs = "1Y103CF8203SZ"

    assert len({TicketNumber.parse(signs), WorksReference.parse(signs)}) == 2


def test_the_number_of_the_declaration_is_recognised_as_such() -> None:
    assert WorksReference.parse("9B00000000KJZ", strict=False).looks_like_declaration_number
    assert not WorksReference.parse("1Y103CF8203SZ").looks_like_declaration_number


@given(sequence=st.integers(0, 34**8 - 1), prefix=st.sampled_from([EMPLOYER_WEB, SITE_PREFIX]))
def test_a_generated_number_is_read_again(sequence: int, prefix: str) -> None:
    ticket = TicketNumber.generate(prefix=prefix, sequence=sequence)

    assert TicketNumber.parse(ticket.formatted().lower()) == ticket
    assert ticket.prefix == prefix


@given(first=st.integers(0, 34**8 - 1), second=st.integers(0, 34**8 - 1))
def test_two_counters_give_two_numbers_in_the_same_order(first: int, second: int) -> None:
    assume(first < second)

    one = WorksReference.generate(prefix=SITE_PREFIX, sequence=first)
    other = WorksReference.generate(prefix=SITE_PREFIX, sequence=second)

    assert one < other


@pytest.mark.parametrize("sequence", [-1, 34**8])
def test_a_counter_that_does_not_fit_is_refused(sequence: int) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        TicketNumber.generate(prefix=EMPLOYER_WEB, sequence=sequence)


@pytest.mark.parametrize("prefix", ["", "04", "04WX", "0IW", "04w"])
def test_a_prefix_outside_the_alphabet_is_refused(prefix: str) -> None:
    with pytest.raises(MalformedNumber):
        TicketNumber.generate(prefix=prefix, sequence=0)


def test_a_check_sign_is_not_made_for_a_foreign_sign() -> None:
    with pytest.raises(MalformedNumber):
        check_sign("1YI03CF8203")


@given(eleven=ELEVEN, place=st.integers(0, 10), wrong=st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_found_but_for_three_pairs(eleven: str, place: int, wrong: str) -> None:
    right = eleven[place]
    assume(wrong != right and {right, wrong} not in ({"0", "X"}, {"1", "Y"}, {"2", "Z"}))

    mistyped = eleven[:place] + wrong + eleven[place + 1 :]

    assert not check_holds(f"{mistyped}{check_sign(eleven)}Z")


@given(eleven=ELEVEN, place=st.integers(0, 9))
def test_two_neighbours_swapped_are_found_but_for_three_pairs(eleven: str, place: int) -> None:
    one, two = eleven[place], eleven[place + 1]
    assume(one != two and {one, two} not in ({"0", "X"}, {"1", "Y"}, {"2", "Z"}))

    swapped = eleven[:place] + two + one + eleven[place + 2 :]

    assert not check_holds(f"{swapped}{check_sign(eleven)}Z")
