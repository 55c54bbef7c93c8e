from __future__ import annotations

import pytest

from guichet.kernel.label import IncompleteLabel, Label

CLEANING = Label("Schoonmaak", "Nettoyage", "Reinigung", "Cleaning")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("nl", "Schoonmaak"),
        ("fr", "Nettoyage"),
        ("de", "Reinigung"),
        ("en", "Cleaning"),
        ("fr-BE", "Nettoyage"),
        ("NL_be", "Schoonmaak"),
        ("pl", "Cleaning"),
        ("", "Cleaning"),
    ],
)
def test_a_label_answers_in_a_language_or_in_english(code: str, text: str) -> None:
    assert CLEANING.in_language(code) == text


def test_a_label_is_written_in_four_languages() -> None:
    assert CLEANING.as_mapping() == {
        "nl": "Schoonmaak",
        "fr": "Nettoyage",
        "de": "Reinigung",
        "en": "Cleaning",
    }


def test_a_label_with_a_gap_is_refused() -> None:
    with pytest.raises(IncompleteLabel):
        Label("Schoonmaak", " ", "Reinigung", "Cleaning")
