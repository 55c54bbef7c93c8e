from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.be import ssn
from stdnum.exceptions import ValidationError

from guichet.kernel.niss import InvalidNiss, Niss, Sex, niss_check_holds

NINE_DIGITS = st.integers(min_value=1, max_value=999_999_999)


def numbered(body: int, *, after_1999: bool) -> str:
    check = 97 - (body + 2_000_000_000 * after_1999) % 97
    return f"{body:09d}{check:02d}"


@pytest.mark.parametrize(
    ("text", "born", "sex", "is_bis"),
    [
        ("85073003328", date(1985, 7, 30), Sex.MALE, False),
        ("85051500111", date(1985, 5, 15), Sex.MALE, False),
        ("85051500210", date(1985, 5, 15), Sex.FEMALE, False),
        ("01020300170", date(2001, 2, 3), Sex.MALE, False),
        ("01020300141", date(1901, 2, 3), Sex.MALE, False),
        ("75000000122", None, Sex.MALE, False),
        ("75060000164", None, Sex.MALE, False),
        ("00000100166", None, Sex.MALE, False),
        ("00000100195", None, Sex.MALE, False),
        ("90411200467", date(1990, 1, 12), Sex.FEMALE, True),
        ("90211200325", date(1990, 1, 12), None, True),
        ("03513000529", date(2003, 11, 30), Sex.MALE, True),
        ("98472899765", date(1998, 7, 28), Sex.MALE, True),
        ("01410199955", date(1901, 1, 1), Sex.MALE, True),
        ("85073100130", date(1985, 7, 31), Sex.MALE, False),
        ("01020312444", date(2001, 2, 3), Sex.FEMALE, False),
        ("90451207722", date(1990, 5, 12), Sex.MALE, True),
        ("90251207875", date(1990, 5, 12), None, True),
    ],
)
def test_a_number_tells_birth_date_sex_and_register(
    text: str, born: date | None, sex: Sex | None, is_bis: bool
) -> None:
    niss = Niss.parse(text)

    assert (niss.birth_date(), niss.sex(), niss.is_bis) == (born, sex, is_bis)
    assert niss_check_holds(text)


@pytest.mark.parametrize("text", ["85.07.30-033.28", "850730/033-28", " 850730 03328 "])
def test_punctuation_is_forgiven(text: str) -> None:
    assert Niss.parse(text).digits == "85073003328"


@pytest.mark.parametrize(
    "text",
    ["85073003329", "12345678901", "22663312345", "85073100131", "00000000097", "00000000062"],
)
def test_a_wrong_check_or_a_base_of_zeros_is_refused(text: str) -> None:
    assert not niss_check_holds(text)
    with pytest.raises(InvalidNiss):
        Niss.parse(text)


@pytest.mark.parametrize(
    "text",
    ["", "8507300332", "850730033280", "8507300332x", "\uff18" * 11, "\u0668" * 11],
)
def test_anything_but_eleven_ascii_digits_is_refused(text: str) -> None:
    assert not niss_check_holds(text)
    with pytest.raises(InvalidNiss, match="eleven digits"):
        Niss.parse(text)


def test_the_error_does_not_repeat_the_number() -> None:
    with pytest.raises(InvalidNiss) as refused:
        Niss.parse("85073003329")

    assert "850730" not in str(refused.value)


def test_a_representation_is_safe_in_a_log() -> None:
    niss = Niss.parse("85073003328")

    assert repr(niss) == "Niss(…28)"
    assert "850730" not in f"{niss!r} {niss}"
    assert niss.masked() == "85*********"
    assert niss.formatted() == "85.07.30-033.28"


def test_numbers_are_values() -> None:
    assert Niss.parse("85.07.30-033.28") == Niss.parse("85073003328")
    assert Niss.parse("01020300170") < Niss.parse("85073003328")


@pytest.mark.parametrize("text", ["90191200161", "90331200146", "90531200113"])
def test_an_artificial_month_is_neither_a_date_nor_a_bis_number(text: str) -> None:
    number = numbered(int(text[:9]), after_1999=False)

    niss = Niss.parse(number)

    assert niss.birth_date() is None
    assert not niss.is_bis


def test_a_bis_number_of_unknown_month_has_no_birth_date() -> None:
    niss = Niss.parse(numbered(900_000_000 + 40_00_001, after_1999=False))

    assert niss.is_bis
    assert niss.birth_date() is None
    assert niss.sex() is Sex.MALE


@given(body=NINE_DIGITS, after_1999=st.booleans())
def test_the_century_is_the_one_the_check_was_made_for(body: int, after_1999: bool) -> None:
    born = Niss.parse(numbered(body, after_1999=after_1999)).birth_date()

    assert born is None or (born.year >= 2000) is after_1999


@given(body=NINE_DIGITS, check=st.integers(0, 99))
def test_the_fast_check_agrees_with_parsing(body: int, check: int) -> None:
    digits = f"{body:09d}{check:02d}"
    try:
        Niss.parse(digits)
    except InvalidNiss:
        assert not niss_check_holds(digits)
    else:
        assert niss_check_holds(digits)


@given(body=NINE_DIGITS, check=st.integers(0, 99))
def test_whatever_the_oracle_accepts_is_accepted(body: int, check: int) -> None:
    # The oracle refuses more: months it does not know, and births after its own clock's today.
    digits = f"{body:09d}{check:02d}"
    try:
        ssn.validate(digits)
    except ValidationError:
        return
    assert niss_check_holds(digits)


@given(
    born=st.dates(date(1900, 1, 1), date(2020, 12, 31)),
    counter=st.integers(1, 998),
    month_shift=st.sampled_from([0, 20, 40]),
)
def test_birth_date_and_sex_agree_with_the_oracle(
    born: date, counter: int, month_shift: int
) -> None:
    body = int(f"{born:%y}{born.month + month_shift:02d}{born:%d}{counter:03d}")
    digits = numbered(body, after_1999=born.year >= 2000)

    niss = Niss.parse(digits)

    assert niss.birth_date() == ssn.get_birth_date(digits) == born
    assert {Sex.MALE: "M", Sex.FEMALE: "F", None: None}[niss.sex()] == ssn.get_gender(digits)
    assert ssn.guess_type(digits) == ("bis" if niss.is_bis else "nn")
