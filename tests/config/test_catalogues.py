"""A text that somebody would not read in his language is found."""

import pytest
from babel.messages.catalog import Catalog

from guichet.config import catalogues


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> dict[str, Catalog]:
    """One text with a place, and a catalogue of each language that translates it."""
    template = Catalog()
    template.add("Hello %(name)s", context=None)
    known = {language: Catalog(locale=language) for language in catalogues.LANGUAGES}
    for catalogue in known.values():
        catalogue.add("Hello %(name)s", "Salut %(name)s")
    monkeypatch.setattr(catalogues, "collected", lambda: template)
    monkeypatch.setattr(catalogues, "catalogue", known.__getitem__)
    return known


def test_complete_catalogues_have_no_fault(texts: dict[str, Catalog]) -> None:
    assert catalogues.faults() == []


@pytest.mark.parametrize(
    ("string", "flags", "fault"),
    [
        ("", (), "not translated"),
        ("Salut", (), "other placeholders"),
        ("Salut %(nom)s", (), "other placeholders"),
        ("Salut %(name)s", ("fuzzy",), "marked fuzzy"),
    ],
)
def test_a_fault_is_named_with_its_language(
    texts: dict[str, Catalog], string: str, flags: tuple[str, ...], fault: str
) -> None:
    texts["nl"].delete("Hello %(name)s")
    texts["nl"].add("Hello %(name)s", string, flags=flags)
    assert catalogues.faults() == [f"nl: {fault}: 'Hello %(name)s'"]


def test_a_text_that_was_never_collected_is_found(texts: dict[str, Catalog]) -> None:
    texts["de"].delete("Hello %(name)s")
    assert catalogues.faults() == ["de: not collected: 'Hello %(name)s'"]


def test_the_texts_of_python_and_of_the_pages_are_collected() -> None:
    found = {message.id for message in catalogues.collected()}
    assert "German" in found, "a lazy text of the settings"
    assert len(found) > 20
