"""Joint committees: which exist and how they are written."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.registers.enterprises.labels import joint_committee
from guichet.rules.career_break import committees as rules
from guichet.rules.career_break.committees import Collar, Committee, UnknownCommittee

ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "code", "printed", "collar"),
    [
        ("121", "121", "121.00", Collar.BLUE),
        ("121.00", "121", "121.00", Collar.BLUE),
        (" 12100 ", "121", "121.00", Collar.BLUE),
        ("200", "200", "200.00", Collar.WHITE),
        ("32201", "322.01", "322.01", None),
        ("330.04", "330.04", "330.04", None),
        ("999", "999", "999.00", None),
    ],
)
def test_a_code_is_read_and_printed(
    text: str, code: str, printed: str, collar: Collar | None
) -> None:
    found = Committee.parse(text, on=ON)

    assert (found.code, found.printed, found.collar) == (code, printed, collar)


@pytest.mark.parametrize(
    "text", ["", "12", "1211", "121.0", "121.99", "218", "998", "XXX", "121\n1"]
)
def test_what_is_no_committee_is_refused(text: str) -> None:
    with pytest.raises(UnknownCommittee):
        Committee.parse(text, on=ON)


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_every_committee_has_a_name(language: str) -> None:
    for each in rules.committees(on=ON):
        official = joint_committee(each.code, language=language)
        name = each.label.in_language(language) if each.label else official
        assert name != each.code, each.code


def test_our_own_names_stand_only_where_the_register_has_none() -> None:
    codes = {each.code for each in rules.committees(on=ON)}

    assert set(rules.LABELS) <= codes
    assert [code for code in rules.LABELS if joint_committee(code, language="fr") != code] == []


def test_the_list_is_in_order_and_reads_itself() -> None:
    every = rules.committees(on=ON)

    assert list(every) == sorted(every)
    assert every[-1].code == rules.NONE
    assert [Committee.parse(each.printed, on=ON) for each in every] == list(every)


@given(st.text(max_size=8))
def test_no_text_breaks_the_reading(text: str) -> None:
    with suppress(UnknownCommittee):
        assert Committee.parse(text, on=ON) in rules.committees(on=ON)
