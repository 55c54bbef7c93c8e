"""The catalogues of Dutch, French and German: complete, exact, up to date with the code."""

import re
from functools import cache
from pathlib import Path

import polib  # type: ignore[import-untyped]
import pytest

from guichet.config import catalogues

ROOT = Path(__file__).resolve().parent.parent
TRANSLATED = ("fr", "nl", "de")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|<[^>]+>")


@cache
def catalogue(language: str) -> polib.POFile:
    """The entries of one language."""
    return polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))


def _texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


@cache
def _collected() -> frozenset[tuple[str | None, str]]:
    """Context and source text of every message that stands in the code and the templates now."""
    found: set[tuple[str | None, str]] = set()
    for message in catalogues.collected():
        source = message.id if isinstance(message.id, str) else message.id[0]
        if source:
            found.add((message.context, source))
    return frozenset(found)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_of_the_code_is_translated_and_no_other(language: str) -> None:
    wanted = _collected()
    found = {(entry.msgctxt, entry.msgid) for entry in catalogue(language)}

    assert sorted(wanted - found, key=str) == []
    assert sorted(found - wanted, key=str) == []
    assert [entry.msgid for entry in catalogue(language) if not all(_texts(entry))] == []
    assert [entry.msgid for entry in catalogue(language) if entry.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_and_tags_are_those_of_the_source(language: str) -> None:
    for entry in catalogue(language):
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        # One alone may be said in words: "one thing", "une chose".
        singular = set(PLACEHOLDER.findall(entry.msgid))
        for number, text in enumerate(_texts(entry)):
            found = set(PLACEHOLDER.findall(text))
            is_first = bool(entry.msgid_plural) and number == 0
            assert found == wanted or (is_first and found == singular), (entry.msgid, text)


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_begins_or_ends_with_a_blank_or_doubles_one(language: str) -> None:
    for entry in catalogue(language):
        for text in _texts(entry):
            assert text == text.strip(), entry.msgid
            assert "  " not in text, entry.msgid


def test_french_sets_a_blank_that_does_not_break_before_double_punctuation() -> None:
    for entry in catalogue("fr"):
        for text in _texts(entry):
            assert not re.search(r"(?<!\N{NO-BREAK SPACE})[;?!](\s|$)| [:;?!]", text), text


@pytest.mark.parametrize("language", TRANSLATED)
def test_apostrophes_are_typographic(language: str) -> None:
    for entry in catalogue(language):
        assert all("'" not in text for text in _texts(entry)), entry.msgid


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_plural_rule_of_the_language_is_given(language: str) -> None:
    rule = {"fr": "plural=(n > 1)"}.get(language, "plural=(n != 1)")

    assert rule in catalogue(language).metadata["Plural-Forms"]
