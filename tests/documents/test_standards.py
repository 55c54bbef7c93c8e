"""Every template in every language, after sealing: archivable, readable aloud, signed."""

import io
import json
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils.translation import gettext, override
from pyhanko.pdf_utils.reader import PdfFileReader

from guichet.documents import operations, queries, rendering
from guichet.documents.models import Document
from guichet.platform import typeset
from tests.database import REPOSITORY
from tests.documents import papers
from tests.portal.world import World
from tests.standards import breaches

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
LANGUAGES = ("nl", "fr", "de", "en")
# The official templates with data for each; a template without data fails the test below.
DATA = {"attestation": papers.attested}
# Templates of services, whose own tests hold them to the same standards in every language.
ELSEWHERE = {
    "career-break-decision": "eservices/career_break/office/test_letters.py",
    "career-break-part": "eservices/career_break/test_changing.py",
    "career-break-question": "eservices/career_break/office/test_letters.py",
    "career-break-recovery": "eservices/career_break/recovery/test_recovery.py",
    "career-break-worker": "eservices/career_break/worker/test_following.py",
    "limosa-l1": "eservices/limosa/test_pages.py",
    "presence-kit": "portal/test_kit.py",
    "temporary-unemployment-card": "eservices/temporary_unemployment/cards/test_sending.py",
    "temporary-unemployment-decision": "eservices/temporary_unemployment/office/test_letters.py",
    "temporary-unemployment-paper": "eservices/temporary_unemployment/pages/test_access.py",
    "works-poster": "eservices/works/test_posters.py",
}


def _sealed(reference: str) -> bytes:
    pdf = queries.sealed_pdf(reference=reference)
    assert pdf is not None
    return pdf


def test_every_official_template_is_checked() -> None:
    package = Path(typeset.__file__).parents[1]
    official = {
        file.stem
        for file in package.glob("**/typst/*.typ")
        if "/documents/typst/official.typ" in file.read_text("utf-8")
    }

    assert official == set(DATA) | set(ELSEWHERE)
    for place in ELSEWHERE.values():
        assert "breaches(pdf) == []" in (REPOSITORY / "tests" / place).read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rows", [0, 3, 120])
@pytest.mark.parametrize("template", DATA)
def test_a_sealed_document_keeps_both_profiles(
    world: World, template: str, rows: int, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The same code each time: what is validated here are the same bytes, the seal apart.
    same = SimpleNamespace(randbits=lambda bits: 2**bits // 3)
    monkeypatch.setattr(operations, "secrets", same)
    data = DATA[template](language, rows=rows)
    reference = papers.issued(template=template, language=language, data=data)

    assert breaches(_sealed(reference)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_program_finds_the_seal_valid_and_over_everything(
    world: World, language: str, tmp_path: Path
) -> None:
    program = shutil.which("pdfsig")
    if program is None:  # poppler-utils; where it is absent, pyHanko alone answers
        pytest.xfail("pdfsig is not on this machine")
    file = tmp_path / "sealed.pdf"
    file.write_bytes(_sealed(papers.issued(language=language)))

    said = subprocess.run([program, "-nocert", file], capture_output=True, text=True, check=True)

    assert "Signature Validation: Signature is Valid." in said.stdout
    assert "Total document signed" in said.stdout
    assert "Signature Type: ETSI.CAdES.detached" in said.stdout


def test_the_rendering_before_the_seal_is_the_same_each_time_and_its_hash_is_kept(
    world: World,
) -> None:
    document = Document.objects.get(reference=papers.issued())

    assert rendering.plain(document) == rendering.plain(document)
    assert rendering.made(document).plain_digest == document.plain_digest


def test_the_data_travels_inside_with_its_relationship(world: World) -> None:
    reference = papers.issued(rows=2)
    root = PdfFileReader(io.BytesIO(_sealed(reference))).root

    [attached] = [one.get_object() for one in root["/AF"]]
    inside = json.loads(attached["/EF"]["/F"].data)
    assert attached["/AFRelationship"] == "/Data"
    assert attached["/F"] == "data.json"
    assert inside["sections"][0]["table"]["rows"][1][1] == "Čeština ő Œ € 1"
    assert inside["document"]["code"].replace("-", "") == reference


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_simulation_says_so_in_the_readers_language(
    world: World, language: str, tmp_path: Path
) -> None:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.xfail("pdftotext is not on this machine")
    reference = papers.issued(language=language)
    file = tmp_path / "sealed.pdf"
    file.write_bytes(_sealed(reference))

    said = subprocess.run([program, file, "-"], capture_output=True, text=True, check=True)

    words = " ".join(said.stdout.split())
    # Beside a letter that reaches under it, the program sets a blank into the code.
    assert papers.code(reference) in "".join(words.split())
    with override(language):
        mark = gettext("Specimen: fictitious data, not an official document.")
    assert " ".join(mark.split()) in words
