"""The labour court of a residence, and the last day of an appeal."""

from datetime import date

import pytest

from guichet.rules.career_break.courts import COURTS, appeal_until, court_of

ON = date(2025, 11, 20)


@pytest.mark.parametrize(
    ("residence", "language", "court"),
    [
        ("1000", "fr", "BRU"), ("1000", "nl", "BRN"), ("1000", "de", "BRU"), ("1300", "fr", "WBR"),
        ("1800", "nl", "BRN"), ("2000", "nl", "ANT"), ("3000", "nl", "LEU"), ("3500", "nl", "ANT"),
        ("4000", "fr", "LIE"), ("4700", "de", "EUP"), ("4800", "fr", "LIE"), ("5000", "fr", "LIE"),
        ("6000", "fr", "HAI"), ("6700", "fr", "LIE"), ("7000", "fr", "HAI"), ("8000", "nl", "GEN"),
        ("9000", "nl", "GEN"),
    ],
)  # fmt: skip
def test_the_residence_decides(residence: str, language: str, court: str) -> None:
    found = court_of(residence=residence, employer="9000", language=language, on=ON)

    assert found == COURTS[court]


def test_who_lives_abroad_goes_where_the_employer_is() -> None:
    assert court_of(residence=None, employer="7000", language="fr", on=ON) == COURTS["HAI"]
    assert court_of(residence=None, employer=None, language="nl", on=ON) == COURTS["BRN"]
    assert court_of(residence="ABCD", employer="7000", language="fr", on=ON) == COURTS["BRU"]


@pytest.mark.parametrize(
    ("sent", "last"),
    [
        (date(2025, 11, 20), date(2026, 2, 20)),
        (date(2025, 11, 30), date(2026, 2, 28)),
        (date(2025, 1, 29), date(2025, 4, 29)),
    ],
)
def test_three_months_are_counted_from_the_day_after_sending(sent: date, last: date) -> None:
    assert appeal_until(sent_on=sent) == last
