"""How long a text is in the eyes of a person."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.rules.career_break.texts import perceived_length


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("", 0),
        ("abc", 3),
        ("école", 5),
        (unicodedata.normalize("NFD", "école"), 5),
        ("e\u0301\u0323", 1),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", 1),
        ("\U0001f44d\U0001f3fd", 1),
        ("❤\ufe0f", 1),
        ("\U0001f1e7\U0001f1ea", 1),
        ("\U0001f1e7\U0001f1ea\U0001f1f3\U0001f1f1", 2),
        ("\U0001f1e7", 1),
        ("a\r\nb", 3),
        ("a\nb\rc", 5),
        ("日本", 2),
        ("\u0301", 1),
    ],
)
def test_signs_are_counted_as_people_see_them(text: str, signs: int) -> None:
    assert perceived_length(text) == signs


@given(st.text(), st.text())
def test_a_longer_text_never_has_fewer_signs(text: str, more: str) -> None:
    assert perceived_length(text) <= len(text)
    assert bool(text) is (perceived_length(text) > 0)
    assert perceived_length(text + "a" + more) >= perceived_length(text)


@given(st.text(st.characters(codec="ascii", exclude_characters="\r\n")))
def test_plain_text_has_as_many_signs_as_letters(text: str) -> None:
    assert perceived_length(text) == len(text)


@given(st.text(st.characters(max_codepoint=0x2FF, exclude_characters="\r\n")))
def test_a_text_of_latin_letters_is_counted_as_every_other(text: str) -> None:
    assert perceived_length(text) == len(text) == perceived_length(f"{text}日") - 1
