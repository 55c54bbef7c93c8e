"""Bar codes: every sign has eleven modules and one shape, and what was drawn is read back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.documents import bars
from guichet.documents.bars import NotDrawable, drawing, widths

PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=30)


def test_the_signs_are_those_of_the_standard_in_shape() -> None:
    signs = bars._SIGNS

    assert len(signs) == len(set(signs)) == 106
    assert {sum(map(int, sign)) for sign in signs} == {11}
    # Bars together take an even number of modules: that is how a reader finds an error.
    assert {sum(map(int, sign[::2])) % 2 for sign in signs} == {0}


@given(text=PRINTABLE)
def test_what_is_drawn_is_read_back(text: str) -> None:
    told = widths(text)
    body, stop = told[:-7], told[-7:]
    values = [
        bars._SIGNS.index("".join(map(str, body[at : at + 6]))) for at in range(0, len(body), 6)
    ]

    assert stop == (2, 3, 3, 1, 1, 1, 2)
    assert values[0] == 104
    assert "".join(chr(32 + value) for value in values[1:-1]) == text
    check = 104 + sum(at * value for at, value in enumerate(values[1:-1], start=1))
    assert values[-1] == check % 103


def test_the_drawing_has_a_bar_for_each_bar_and_quiet_zones() -> None:
    svg = drawing("05W00000017BZ")

    assert len(re.findall(r"M\d+ 0h", svg)) == len(widths("05W00000017BZ")[::2])
    assert svg.startswith("<svg")
    assert 'd="M10 0h2' in svg


@pytest.mark.parametrize("text", ["", "é", "a\tb"])
def test_other_signs_have_no_bars(text: str) -> None:
    with pytest.raises(NotDrawable):
        drawing(text)
