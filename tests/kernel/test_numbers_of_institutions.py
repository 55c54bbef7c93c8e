from __future__ import annotations

import pytest

from guichet.kernel.limosa import InvalidLimosaNumber, LimosaNumber, limosa_check_holds
from guichet.kernel.onss import InvalidOnssNumber, OnssNumber


@pytest.mark.parametrize(
    "digits",
    ["24911936602056031", "24911834005214037", "24910158641968060", "24900000000000093"],
)
def test_a_limosa_number_leaves_one_modulo_97(digits: str) -> None:
    assert LimosaNumber.parse(digits).check_holds


@pytest.mark.parametrize("text", ["24911936602056032", "2491193660205603", "L1ABC", "\u0662" * 17])
def test_a_wrong_limosa_check_is_told_apart(text: str) -> None:
    assert not limosa_check_holds(text)


def test_an_unusual_limosa_number_is_read_and_not_refused() -> None:
    number = LimosaNumber.parse(" L1-AB.c ")

    assert number.text == "L1ABc"
    assert not number.check_holds


@pytest.mark.parametrize("text", ["", "1" * 65, "12/34", "1\n2"])
def test_what_cannot_be_a_limosa_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidLimosaNumber):
        LimosaNumber.parse(text)


@pytest.mark.parametrize(
    ("text", "is_provisional"),
    [
        ("100006", False),
        ("1234567-49", False),
        ("175110801", False),
        ("015170023", False),
        ("199999934", False),
        ("5000000120", True),
        ("5123456773", True),
    ],
)
def test_an_onss_number_is_read(text: str, is_provisional: bool) -> None:
    assert OnssNumber.parse(text).is_provisional is is_provisional


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("123456789", "check"),
        ("99999926", "check"),
        ("100005", "ranges"),
        ("6000000000", "ranges"),
        ("", "ten digits"),
        ("12345678901", "ten digits"),
        ("12345x", "ten digits"),
    ],
)
def test_a_wrong_onss_number_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(InvalidOnssNumber, match=reason):
        OnssNumber.parse(text)
