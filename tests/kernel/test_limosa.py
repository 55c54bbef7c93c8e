"""The number of an L1, typed or out of its QR code."""

from typing import Final
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.limosa import (
    LONGEST_CODE,
    CodeFault,
    LimosaNumber,
    UnreadableLimosaCode,
    limosa_number_in,
)

NUMBER: Final = "26010100000000169"
OTHER: Final = "26010100000000266"


def fault_of(content: str) -> CodeFault:
    with pytest.raises(UnreadableLimosaCode) as caught:
        limosa_number_in(content)
    return caught.value.fault


@pytest.mark.parametrize(
    "content",
    [
        NUMBER,
        f"  {NUMBER}\n",
        "260101.0000.0000-169",
        f"https://x.example/l1?n={NUMBER}",
        f"https://x.example/l1/{NUMBER}",
        "https://x.example/?d=" + quote(f'{{"nr": "{NUMBER}", "naam": "Zoë"}}'),
        f"n={NUMBER}&again={NUMBER}",
        f"n={NUMBER}&vat=11111111111111111",  # the other one has a wrong check
    ],
)
def test_i23_the_number_is_read(content: str) -> None:
    assert limosa_number_in(content) == LimosaNumber(NUMBER)


def test_i23_what_cannot_be_read_says_why() -> None:
    assert fault_of("x=%") is fault_of("x=%2") is fault_of("%G0") is CodeFault.BROKEN_ENCODING
    assert fault_of(f"n={NUMBER}&name=%C3%28") is CodeFault.BROKEN_ENCODING
    assert fault_of("") is fault_of("?") is fault_of("https://x.example/") is CodeFault.NO_NUMBER
    assert fault_of(f"n=9{NUMBER}") is CodeFault.NO_NUMBER
    assert fault_of(f"a={NUMBER}&b={OTHER}") is CodeFault.SEVERAL_NUMBERS
    assert fault_of("1" * (LONGEST_CODE + 1)) is CodeFault.TOO_LONG


def test_a_wrong_check_is_read_and_said() -> None:
    wrong = limosa_number_in("https://x.example/?n=26010100000000168")

    assert not wrong.check_holds
    assert limosa_number_in(NUMBER).check_holds
    assert limosa_number_in(OTHER).check_holds


@given(st.text(max_size=200))
def test_any_text_is_a_number_or_a_fault(content: str) -> None:
    try:
        read = limosa_number_in(content)
    except UnreadableLimosaCode:
        return
    assert LimosaNumber.parse(read.text) == read
