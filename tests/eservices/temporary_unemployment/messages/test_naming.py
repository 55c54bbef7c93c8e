"""Names of files: the whole table, and what else can be wrong with one."""

from datetime import date
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.eservices.temporary_unemployment.messages import naming
from guichet.eservices.temporary_unemployment.messages.naming import (
    NameFault,
    NameRefused,
    Prefix,
    Surrounding,
)

TODAY: Final = date(2025, 3, 17)


def refusal(text: str) -> NameFault:
    with pytest.raises(NameRefused) as caught:
        naming.read(text, today=TODAY)
    return caught.value.why


@pytest.mark.parametrize(
    "text",
    [
        "FI.TWCT.123456.20250317.00001.R.1.1",
        "FS.TWCT.123456.20250317.00001.R.1.1",
        "GO.TWCT.123456.20250317.00001.R.1",
        "GO.TWCT.123456.20250317.00001.R",
        "TD.TWCT.123456.20250317.00001.R",
        "TD.TWCT.123456.20250317.00001.S.1",
        "FI.TWCT.000001.20240229.AB12Z.T.12.11",
        "FO.NOTI.123456.20250101.00001.R.1.1",
    ],
)
def test_a_good_name_is_read_and_written_back(text: str) -> None:
    assert str(naming.read(text, today=TODAY)) == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("FI.TWCT.12345.20250317.00001.R.1.1", NameFault.FORM),
        ("FI.TWCT.123456.20250230.00001.R.1.1", NameFault.DATE),
        ("FI.TWCT.123456.20251301.00001.R.1.1", NameFault.DATE),
        ("FI.TWCT.123456.20250317.0001.R.1.1", NameFault.FORM),
        ("FI.TWCT.123456.20250317.00001.P.1.1", NameFault.FORM),
        ("FI.TWCT.123456.20250317.00001.R.1.2", NameFault.PART),
        ("FI.TWCT.123456.20250317.00001.R.0.0", NameFault.PART),
        ("GO.TWCT.123456.20250317.00001.R.0", NameFault.PART),
        ("fi.twct.123456.20250317.00001.r.1.1", NameFault.FORM),
        ("FI.TWCT.123456.20250318.00001.R.1.1", NameFault.FUTURE),
        ("FI.TWCT.123456.20250317.00001.R.1", NameFault.FORM),
        ("GO.TWCT.123456.20250317.00001.R.1.1", NameFault.FORM),
        ("CO.TWCT.123456.20250317.00001.R.1.1", NameFault.FORM),
        ("FI.TWCT.123456.20250317.00001.R.1.1\n", NameFault.FORM),
        ("../FI.TWCT.123456.20250317.00001.R.1.1", NameFault.FORM),
        ("FI.TWCT.12345٦.20250317.00001.R.1.1", NameFault.FORM),
        ("FI.TWCT.123456.20250317.0000é.R.1.1", NameFault.FORM),
        ("", NameFault.FORM),
        ("F" * 10_000, NameFault.FORM),
    ],
)
def test_what_is_no_name(text: str, why: NameFault) -> None:
    assert refusal(text) is why


def test_a_name_says_whose_which_and_where() -> None:
    name = naming.read("FI.TWCT.123456.20250317.00A01.T.3.2", today=TODAY)

    assert (name.prefix, name.type, name.sender) == (Prefix.DECLARATION, "TWCT", "123456")
    assert (name.day, name.sequence) == (TODAY, "00A01")
    assert (name.surrounding, name.parts, name.part) == (Surrounding.TEST, 3, 2)
    assert name.stem == "TWCT.123456.20250317.00A01.T"
    assert str(name.sibling(Prefix.SIGNATURE)) == "FS.TWCT.123456.20250317.00A01.T.3.2"
    assert str(name.sibling(Prefix.TRIGGER)) == "GO.TWCT.123456.20250317.00A01.T.1"


def test_each_surrounding_has_its_folders() -> None:
    folders = [(one.folder_in, one.folder_out) for one in Surrounding]

    assert folders == [("IN", "OUT"), ("INTEST", "OUTTEST"), ("INTEST-S", "OUTTEST-S")]


@given(text=st.text(max_size=60))
def test_no_text_makes_it_fall_over(text: str) -> None:
    try:
        name = naming.read(text, today=TODAY)
    except NameRefused:
        return
    assert name.day <= TODAY
