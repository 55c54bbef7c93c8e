"""Documents: archivable and readable aloud at once, the same bytes for the same data."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from pyhanko.pdf_utils.reader import PdfFileReader

from guichet.platform import typeset
from tests.standards import breaches

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
DATA = {
    "recipient": ["Élise Dupont", "Rue du Village 3", "5000 Namur"],
    "date": "25 novembre 2026",
    "paragraphs": ["Čeština ő Œ €", "Deux"],
    "values": [["Nom d\u2019utilisateur", "k7wd3mpq"]],
    "closing": [],
}


def _made(**changed: Any) -> bytes:
    given = {"template": "letter", "data": DATA, "language": "fr", "title": "Vos codes"}
    return typeset.pdf(**{**given, **changed}, made_at=NOW)


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_a_document_says_its_language_and_both_its_standards(language: str) -> None:
    made = _made(language=language)

    root = PdfFileReader(io.BytesIO(made)).root
    assert str(root["/Lang"])[:2] == language
    assert root["/MarkInfo"]["/Marked"]
    metadata = root["/Metadata"].data.decode()
    assert "pdfaid:part>3<" in metadata
    assert "pdfuaid:part>1<" in metadata
    assert "Vos codes" in metadata
    assert breaches(made) == []


def test_the_same_moment_and_data_give_the_same_bytes() -> None:
    assert _made() == _made()
    assert _made() != _made(data=DATA | {"date": "26 novembre 2026"})


def test_the_data_travels_inside() -> None:
    names = PdfFileReader(io.BytesIO(_made())).root["/Names"]["/EmbeddedFiles"]["/Names"]

    [attached] = [names[place] for place in range(1, len(names), 2)]
    assert json.loads(attached["/EF"]["/F"].data) == DATA


def test_without_simulation_no_mark_stands_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    marked = _made()
    real = replace(settings.ENVIRONMENT, environment="production")
    monkeypatch.setattr(settings, "ENVIRONMENT", real)

    assert len(_made()) < len(marked)


def test_a_template_that_does_not_exist_is_said() -> None:
    with pytest.raises(typeset.UnknownTemplate, match="nothing"):
        _made(template="nothing")


def test_data_that_does_not_fit_is_said_without_its_values() -> None:
    with pytest.raises(typeset.NotTypeset) as fault:
        _made(data={"recipient": ["85073100031"]})

    assert "85073100031" not in str(fault.value)
