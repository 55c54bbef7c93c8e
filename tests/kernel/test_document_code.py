"""The code of a document: sixteen signs that notice a slip of the pen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.document_code import BITS, DocumentCode, InvalidCode

numbers = st.integers(0, (1 << BITS) - 1)
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(numbers)
def test_a_code_is_read_back_however_it_is_written(number: int) -> None:
    code = DocumentCode.of(number)

    assert DocumentCode.parse(code.formatted()) == code
    assert DocumentCode.parse(f" {code.formatted().lower().replace('-', ' ')} ") == code
    assert DocumentCode.parse(code.signs.replace("0", "o").replace("1", "l")) == code


@given(numbers, st.integers(0, 15), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_always_noticed(number: int, place: int, sign: str) -> None:
    signs = DocumentCode.of(number).signs
    wrong = signs[:place] + sign + signs[place + 1 :]
    if wrong == signs:
        return

    with pytest.raises(InvalidCode) as refusal:
        DocumentCode.parse(wrong)

    assert refusal.value.mistyped


@pytest.mark.parametrize("text", ["", "ABC", "U" * 16, "0" * 17, "é" * 16, "0000-0000-0000-000/"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(InvalidCode) as refusal:
        DocumentCode.parse(text)

    assert not refusal.value.mistyped


@pytest.mark.parametrize("number", [-1, 1 << BITS])
def test_a_number_out_of_range_has_no_code(number: int) -> None:
    with pytest.raises(InvalidCode):
        DocumentCode.of(number)
