"""Scripts in a PDF are found wherever a reader would find them."""

import zlib
from typing import Final

import pytest

from guichet.platform.pdf_files import NotPaper, require_inert

OBJECTS: Final = b"7 0 8 40 <</S/JavaScript/JS(app.alert(1))>>              <</A/B>>"
PACKED: Final = zlib.compress(OBJECTS)


def pdf(dictionary: bytes, content: bytes = PACKED) -> bytes:
    """A file whose second object is a stream with this dictionary."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction 7 0 R>>endobj\n2 0 obj"
        + dictionary
        + b"stream\n"
        + content
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )


@pytest.mark.parametrize(
    "dictionary",
    [
        b"<</Type/ObjStm/N 2/First 12/Filter/FlateDecode/Length 99>>",
        b"<</Type/Obj#53tm/N 2/First 12/Filter/FlateDecode/Length 99>>",
        # The word that begins an object stands in a text, in a comment, or far before.
        b"<</Type/ObjStm/N 2/First 12/Filter/FlateDecode/X(5 0 obj <</A/B)/Length 99>>",
        b"<</Type/ObjStm/N 2/First 12/Filter/FlateDecode/Length 99 % 5 0 obj <<\n>>",
        b"<</Type/ObjStm/N 2/First 12/Filter/FlateDecode/Length 99" + b" " * 3_000 + b">>",
        # Readers take it for what it is without its type.
        b"<</N 2/First 12/Filter/FlateDecode/Length 99>>",
        b"<</Type%x\n/ObjStm/N 2/First 12/Filter/FlateDecode/Length 99>>",
    ],
)
def test_a_script_in_an_object_stream_is_found_however_the_stream_is_told(
    dictionary: bytes,
) -> None:
    with pytest.raises(NotPaper, match="active"):
        require_inert(pdf(dictionary))


def test_an_object_stream_in_another_coding_whose_type_is_hidden_is_refused() -> None:
    hidden = b"<</Type/ObjStm/N 2/First 12/Filter/ASCIIHexDecode % 5 0 obj <<\n>>"

    with pytest.raises(NotPaper, match="active"):
        require_inert(pdf(hidden, PACKED.hex().encode() + b">"))


@pytest.mark.parametrize(
    ("dictionary", "content"),
    [
        (b"<</Length 99/Filter/FlateDecode>>", zlib.compress(b"1 0 0 1 50 50 cm BT (Tj) ET")),
        (b"<</Length 99/Filter/DCTDecode>>", b"\xff\xd8\xff\xe0 no zlib"),
        (b"<</Length 99>>", b"0 0 m 10 10 l S"),
        (
            b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length 99>>",
            zlib.compress(b"7 0 <</S/URI/URI(https://example.org)>>"),
        ),
    ],
)
def test_an_honest_stream_is_left_alone(dictionary: bytes, content: bytes) -> None:
    require_inert(pdf(dictionary, content))
