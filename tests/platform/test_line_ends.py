"""Streams that end with a carriage return, in documents of every length."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader

from guichet.platform.line_ends import told_apart

DATA = st.binary(max_size=40)


def _pdf(*streams: bytes) -> bytes:
    """One page and these streams, as the typesetter writes them."""
    kids = b"<</Type/Pages/Count 0/Kids[]>>"
    bodies = [b"<</Type/Catalog/Pages 2 0 R>>", kids]
    bodies += [b"<</Length %d>>\nstream\n%b\nendstream" % (len(one), one) for one in streams]
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n\r\n" % one for one in offsets)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return out + trailer % (len(bodies) + 1, start)


def _streams(pdf: bytes, count: int) -> list[bytes]:
    reader = PdfFileReader(io.BytesIO(pdf))
    return [reader.get_object(_reference(at)).encoded_data for at in range(3, 3 + count)]


def _reference(number: int) -> object:
    from pyhanko.pdf_utils.generic import Reference

    return Reference(number, 0)


@given(st.lists(st.tuples(DATA, st.booleans()), max_size=6))
def test_every_stream_keeps_its_bytes_and_none_is_ambiguous(made: list[tuple[bytes, bool]]) -> None:
    streams = [data.replace(b"endstream", b"") + (b"\r" if ends else b"") for data, ends in made]

    pdf = told_apart(_pdf(*streams))

    assert _streams(pdf, len(streams)) == streams
    assert b"\r\nendstream" not in pdf.replace(b"\r\r\nendstream", b"")


def test_a_document_without_such_a_stream_is_not_touched() -> None:
    pdf = _pdf(b"abc", b"d\n")

    assert told_apart(pdf) is pdf


@pytest.mark.parametrize(
    "pdf", [b"", b"x\r\nendstream", b"%PDF-1.7\nx\r\nendstream\nstartxref\n9\n%%EOF"]
)
def test_what_is_no_simple_document_is_given_back(pdf: bytes) -> None:
    assert told_apart(pdf) == pdf
