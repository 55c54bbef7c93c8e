"""The language of a refusal on the fast door."""

from pathlib import Path

import polib
import pytest

from guichet.ingest.wording import language_of, translated

SOURCE = "No such resource"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        (b"", "en"),
        (b"de-BE", "de"),
        (b"es", "en"),
        (b"es, nl;q=0.3", "nl"),
        (b"fr;q=0.2, nl;q=0.9", "nl"),
        (b"nl, fr", "nl"),
        (b"FR-be;q=1.0", "fr"),
        (b"de;q=0", "en"),
        (b"de;q=nonsense, fr;q=0.1", "fr"),
        (b"*", "en"),
        (b"\xff\xfe;q=\xff" * 300, "en"),
        (b"nl;q=inf", "nl"),
        (b"nl;q=nan, fr;q=0.1", "fr"),
    ],
)
def test_a42_the_language_wanted_most_among_ours(header: bytes | None, language: str) -> None:
    assert language_of(header) == language


def test_a42_a_detail_is_told_in_the_language_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    catalogue.append(polib.POEntry(msgid=SOURCE, msgstr="Diese Ressource gibt es nicht"))
    catalogue.save_as_mofile(str(folder / "django.mo"))

    told = translated(SOURCE, language="de", catalogues=tmp_path)

    assert told == "Diese Ressource gibt es nicht"
    assert translated("Something else", language="de", catalogues=tmp_path) == "Something else"
    assert translated(SOURCE, language="fr", catalogues=tmp_path) == SOURCE
    assert translated(SOURCE, language="en", catalogues=tmp_path) == SOURCE
