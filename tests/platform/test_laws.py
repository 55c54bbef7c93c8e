"""The names of laws as the official journal prints them, in the language of the page."""

import pytest
from django.utils import translation

from guichet.kernel.verdict import LegalSource
from guichet.platform.laws import law
from guichet.rules.career_break.findings import CATALOGUE


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("fr", "Arrêté royal du 29 octobre 1997, art. 3"),
        ("nl", "Koninklijk besluit van 29 oktober 1997, art. 3"),
        ("de", "Königlicher Erlass vom 29. Oktober 1997, art. 3"),
        ("en", "Royal Decree of 29 October 1997, art. 3"),
    ],
)
def test_a_decree_is_named_as_in_its_journal(language: str, name: str) -> None:
    with translation.override(language):
        said = law(LegalSource("Royal Decree of 29 October 1997", "art. 3"))

    assert said.replace("\N{NO-BREAK SPACE}", " ") == name


@pytest.mark.parametrize(
    ("text", "article", "name"),
    [
        ("Act of 1 March 2007", None, "Loi du 1er mars 2007"),
        ("Programme Act (I) of 27 December 2006", None, "Loi-programme (I) du 27 décembre 2006"),
        ("Programme Act of 26 December 2022", "art. 22 to 48",
         "Loi-programme du 26 décembre 2022, art. 22\N{EN DASH}48"),
        ("Act of 16 November 2015 on various provisions", None,
         "Loi du 16 novembre 2015 portant des dispositions diverses"),
        ("CCT 103 of 27 June 2012", None, "CCT n° 103 du 27 juin 2012"),
        ("CCT/CAO 103/7, in force on 1 January 2026", None,
         "CCT n° 103/7, en vigueur le 1er janvier 2026"),
        ("Act of 31 June 2007 of somewhere", None, "Act of 31 June 2007 of somewhere"),
        ("Decree without a day", None, "Decree without a day"),
        ("Strange Act of 1 March 2007", None, "Strange Act of 1 March 2007"),
    ],
)  # fmt: skip
def test_kinds_days_and_rests_are_words_and_the_unknown_stands_as_it_is(
    text: str, article: str | None, name: str
) -> None:
    with translation.override("fr"):
        said = law(LegalSource(text, article))

    assert said.replace("\N{NO-BREAK SPACE}", " ") == name


def test_every_text_of_the_law_of_career_breaks_has_its_name() -> None:
    with translation.override("nl"):
        texts = {one.text for one in CATALOGUE.laws.values()}
        untold = {text for text in texts if law(LegalSource(text)) == text}

    assert untold == set()
