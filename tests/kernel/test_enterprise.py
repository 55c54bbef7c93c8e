from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.be import vat

from guichet.kernel.enterprise import (
    EnterpriseNumber,
    EstablishmentNumber,
    InvalidEnterpriseNumber,
    InvalidEstablishmentNumber,
    enterprise_check_holds,
)

VALID = (
    "0403170701",
    "0206731645",
    "0766985433",
    "0477472701",
    "1000000021",
    "0712345630",
    "0876543270",
    "1000000120",
    "0999999922",
    "1999999943",
    "1900000069",
)


@pytest.mark.parametrize("digits", VALID)
def test_a_right_number_is_read_and_the_oracle_agrees(digits: str) -> None:
    assert EnterpriseNumber.parse(digits).digits == digits
    assert enterprise_check_holds(digits)
    assert vat.is_valid(digits)


@pytest.mark.parametrize(
    "text",
    [
        "0403.170.701",
        "BE0403170701",
        "be 0403 170 701",
        "403170701",
        "BE 403.170.701",
        "(0)403170701",
    ],
)
def test_the_ways_people_write_it_are_read(text: str) -> None:
    number = EnterpriseNumber.parse(text)

    assert str(number) == "0403170701"
    assert number.formatted() == "0403.170.701"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0403170702", "check"),
        ("0712345631", "check"),
        ("0000000097", "check"),
        ("2140000043", "begins with 0 or 1"),
        ("4509056866666", "ten digits"),
        ("", "ten digits"),
        ("04031707O1", "ten digits"),
        ("\u0660403170701", "ten digits"),
    ],
)
def test_a_wrong_number_is_refused_with_the_reason(text: str, reason: str) -> None:
    assert not enterprise_check_holds(text)
    with pytest.raises(InvalidEnterpriseNumber, match=reason):
        EnterpriseNumber.parse(text)


@pytest.mark.parametrize("text", ["0403.170.701", "403170701", "BE0403170701"])
def test_the_fast_check_wants_the_canonical_form(text: str) -> None:
    assert not enterprise_check_holds(text)


@given(body=st.integers(1, 19_999_999), check=st.integers(0, 99))
def test_the_fast_check_agrees_with_parsing_and_with_the_oracle(body: int, check: int) -> None:
    digits = f"{body:08d}{check:02d}"

    assert enterprise_check_holds(digits) == vat.is_valid(digits)


@given(body=st.integers(1, 19_999_999))
def test_what_is_formatted_is_read_again(body: int) -> None:
    number = EnterpriseNumber.parse(f"{body:08d}{97 - body % 97:02d}")

    assert EnterpriseNumber.parse(number.formatted()) == number


@pytest.mark.parametrize("text", ["2140000043", "2.140.000.043", "2345678942"])
def test_an_establishment_is_read(text: str) -> None:
    assert str(EstablishmentNumber.parse(text)) in {"2140000043", "2345678942"}


def test_an_establishment_is_printed_in_its_own_grouping() -> None:
    assert EstablishmentNumber.parse("2140000043").formatted() == "2.140.000.043"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2140000044", "check"),
        ("0403170701", "begins with 2 to 8"),
        ("9403170701", "begins with 2 to 8"),
        ("214000004", "ten digits"),
        ("21400000x3", "ten digits"),
    ],
)
def test_a_wrong_establishment_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(InvalidEstablishmentNumber, match=reason):
        EstablishmentNumber.parse(text)
