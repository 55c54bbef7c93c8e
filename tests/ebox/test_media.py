"""Documents that are not what they say, or more than a document: refused, in a sentence."""

import io
import zipfile
import zlib

import pytest

from guichet.ebox.media import KINDS, MOST_ENTRIES, fault

DOCX = next(kind for kind in KINDS if kind.endswith("wordprocessingml.document"))
ODT = next(kind for kind in KINDS if kind.endswith("opendocument.text"))
ZIP = "application/zip"


def named(*names: str, size: int = 10) -> bytes:
    """A ZIP of entries with these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, b"x" * size)
    return out.getvalue()


def hidden(text: bytes) -> bytes:
    """A PDF with a text in a compressed object stream."""
    packed = zlib.compress(text)
    head = b"%%PDF-1.7\n1 0 obj\n<</Type/ObjStm/Filter/FlateDecode/Length %d>>\nstream\n"
    return head % len(packed) + packed + b"\nendstream\nendobj\n%%EOF"


@pytest.mark.parametrize(
    ("kind", "name", "data"),
    [
        ("application/pdf", "a.pdf", b"%PDF-1.7 a letter"),
        ("application/pdf", "a.pdf", b"%PDF-1.7 /EmbeddedFiles 7 0 R %%EOF"),
        ("application/pdf", "a.PDF", hidden(b"1 0 <</Type/Page>>")),
        (ZIP, "a.zip", named("a.txt", "b/c.txt")),
        (DOCX, "a.docx", named("[Content_Types].xml", "word/document.xml")),
        (ODT, "a.odt", named("mimetype", "content.xml")),
        ("text/csv", "a.csv", "é;1".encode()),
    ],
)
def test_an_honest_document_is_taken(kind: str, name: str, data: bytes) -> None:
    assert fault(file_name=name, media_type=kind, data=data) == ""


@pytest.mark.parametrize(
    ("kind", "name", "data", "word"),
    [
        ("application/pdf", "a.pdf", b"%PDF-1.7 /JavaScript (x)", "script"),
        ("application/pdf", "a.pdf", b"%PDF-1.7 /J#61vaScript (x)", "script"),
        ("application/pdf", "a.pdf", b"%PDF-1.7 /Launch <<>>", "script"),
        ("application/pdf", "a.pdf", hidden(b"1 0 <</S/JavaScript/JS(app.alert)>>"), "script"),
        ("application/pdf", "a.pdf", b"%PDF-1.7 /Encrypt 3 0 R", "encrypted"),
        ("application/pdf", "a.pdf", hidden(b" " * 70_000_000), "unpacks"),
        (ZIP, "a.zip", b"PK\x03\x04 no archive", "damaged"),
        (ZIP, "a.zip", named("bomb.txt", size=50_000_000), "unpacks"),
        (ZIP, "a.zip", named(*map(str, range(MOST_ENTRIES + 1))), "unpacks"),
        (DOCX, "a.docx", named("a.exe"), "media type"),
        (ODT, "a.odt", named("[Content_Types].xml"), "media type"),
        (DOCX, "a.docx", named("[Content_Types].xml", "word/vbaProject.bin"), "macros"),
        ("text/plain", "a.txt", b"\xff\xfe", "UTF-8"),
        ("text/plain", "a.txt", b"a\x00b", "UTF-8"),
        ("application/pdf", "a.exe", b"%PDF-1.7", "file name"),
        ("application/x-msdownload", "a.exe", b"MZ", "media type"),
        ("application/pdf", "a.pdf", b"", "bytes"),
    ],
)
def test_a_document_that_is_more_or_other_is_refused(
    kind: str, name: str, data: bytes, word: str
) -> None:
    assert word in fault(file_name=name, media_type=kind, data=data)
