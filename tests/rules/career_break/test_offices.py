"""The office of a residence, or of the employer when the worker lives abroad."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.registers.works.municipalities import municipalities
from guichet.rules import dated
from guichet.rules.career_break import offices as rules

ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("postcode", "office"),
    [
        ("1000", "BRU"),
        ("1299", "BRU"),
        ("1300", "NIV"),
        ("1499", "NIV"),
        ("1500", "LEU"),
        ("1800", "LEU"),
        ("3000", "LEU"),
        ("2000", "ANT"),
        ("2300", "TUR"),
        ("2800", "ANT"),
        ("3500", "HAS"),
        ("3700", "HAS"),
        ("4000", "LIE"),
        ("4500", "LIE"),
        ("4700", "VER"),
        ("5000", "NAM"),
        ("6000", "CHA"),
        ("6700", "ARL"),
        ("7000", "MON"),
        ("7100", "LLV"),
        ("7500", "MON"),
        ("8000", "BRG"),
        ("8400", "BRG"),
        ("8500", "KOR"),
        ("8600", "BRG"),
        ("8900", "KOR"),
        ("9000", "GEN"),
        ("9990", "GEN"),
    ],
)
def test_the_office_of_a_postcode(postcode: str, office: str) -> None:
    found = rules.office_of(postcode, on=ON)

    assert found is not None
    assert found.code == office


def test_c69_rule_who_lives_abroad_is_with_the_office_of_the_employer() -> None:
    def code(residence: str | None, employer: str | None) -> str | None:
        office = rules.office_for(residence=residence, employer=employer, on=ON)
        return office.code if office else None

    assert code("4700", "1000") == "VER"
    assert code(None, "1000") == "BRU"
    assert code(None, None) is None


def test_every_municipality_has_an_office() -> None:
    postcodes = {code for each in municipalities() for code in each.postcodes}

    assert len(postcodes) > 1000
    assert [code for code in sorted(postcodes) if rules.office_of(code, on=ON) is None] == []


def test_the_table_is_said_not_to_be_official() -> None:
    assert not rules.is_official(on=ON)


def test_every_office_is_used_and_no_two_ranges_overlap() -> None:
    rows = dated.value(rules.PARAMETER, on=ON)
    assert isinstance(rows, tuple)

    spans = [(row[:4], row[5:9], row[10:]) for row in rows]

    assert {code for _, _, code in spans} == set(rules.OFFICES)
    assert all(first <= last for first, last, _ in spans)
    assert all(one[1] < two[0] for one, two in zip(sorted(spans), sorted(spans)[1:], strict=False))


@given(st.text(max_size=8))
def test_no_text_breaks_it(text: str) -> None:
    office = rules.office_of(text, on=ON)

    assert office is None or (len(text) == 4 and text.isdigit())
