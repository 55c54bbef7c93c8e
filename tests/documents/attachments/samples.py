"""Files that people send: honest ones, renamed ones, hostile ones; all made here."""

import struct
import zlib


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(*, width: int = 1, height: int = 1, more: bytes = b"") -> bytes:
    """A picture of one point that may say it has more."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    place = _chunk(b"tEXt", b"Comment\0taken in Namur")
    body = _chunk(b"IDAT", zlib.compress(b"\0\0\0\0"))
    end = _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + place + body + end + more


def jpeg(*, width: int = 1, height: int = 1, more: bytes = b"") -> bytes:
    """The same as JPEG, with the place in its Exif segment."""
    exif = b"Exif\0\0 taken in Namur"
    segments = [(0xE1, exif), (0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0")]
    body = b"".join(
        bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data for marker, data in segments
    )
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x12\x34"
    return b"\xff\xd8" + body + scan + b"\xff\xd9" + more


def pdf(text: bytes = b"") -> bytes:
    """Paper, with something written between its objects."""
    return b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n" + text + b"\ntrailer\n<<>>\n%%EOF\n"


def object_stream(
    inner: bytes, *, packed: bytes | None = None, coding: bytes = b"/FlateDecode"
) -> bytes:
    """Objects that are compressed, so that their names stand nowhere in the text."""
    data = zlib.compress(inner) if packed is None else packed
    head = b"<</Type/ObjStm/Filter%s/Length %d>>" % (coding, len(data))
    return b"2 0 obj\n" + head + b"\nstream\n" + data + b"\nendstream\nendobj"


BOMB = zlib.compress(b"0" * (65 * 1024 * 1024), 9)
# name of the file, its bytes, the reason why it is refused
HOSTILE = {
    "empty": ("a.pdf", b"", "empty"),
    "program called pdf": ("a.pdf", b"MZ\x90\0" * 50, "renamed"),
    "page called jpg": ("a.jpg", b"<html><script>alert(1)</script>", "renamed"),
    "archive called pdf": ("a.pdf", b"PK\x03\x04" + b"\0" * 90, "renamed"),
    "picture called pdf": ("a.pdf", jpeg(), "renamed"),
    "pdf called jpg": ("a.jpg", pdf(), "renamed"),
    "program": ("a.exe", b"MZ\x90\0" * 50, "type"),
    "drawing": ("a.svg", b"<svg onload='x'/>", "type"),
    "pdf called exe": ("a.exe", pdf(), "type"),
    "png where none is taken": ("a.png", png(), "type"),
    "script": ("a.pdf", pdf(b"<</S/JavaScript/JS(app.alert(1))>>"), "active"),
    "script in hexadecimal": ("a.pdf", pdf(b"<</S/J#61vaScript/J#53(x)>>"), "active"),
    "script, compressed": ("a.pdf", pdf(object_stream(b"<</S/JavaScript/JS(x)>>")), "active"),
    "file inside": ("a.pdf", pdf(b"<</EmbeddedFiles 3 0 R>>"), "active"),
    "file inside, compressed": (
        "a.pdf", pdf(object_stream(b"<</Type/Filespec/EF<</F 1 0 R>>/EmbeddedFile>>")), "active",
    ),
    "starts a program": ("a.pdf", pdf(b"<</S/Launch/F(cmd.exe)>>"), "active"),
    "form that sends itself": ("a.pdf", pdf(b"<</S/SubmitForm>>"), "active"),
    "form of another kind": ("a.pdf", pdf(b"<</XFA[1 0 R]>>"), "active"),
    "objects under two codings": (
        "a.pdf", pdf(object_stream(b"x", coding=b"[/ASCIIHexDecode/FlateDecode]")), "active",
    ),
    "objects under a coding elsewhere": (
        "a.pdf",
        pdf(object_stream(b"x", coding=b" 9 0 R")),
        "active",
    ),
    "encrypted": ("a.pdf", pdf(b"<</Encrypt 9 0 R>>"), "encrypted"),
    "cut off": ("a.pdf", pdf()[:-8], "damaged"),
    "broken objects": ("a.pdf", pdf(object_stream(b"", packed=b"not packed")), "damaged"),
    "bomb": ("a.pdf", pdf(object_stream(b"", packed=BOMB)), "bomb"),
    "many points": ("a.jpg", jpeg(width=60_000, height=60_000), "bomb"),
    "cut picture": ("a.jpg", jpeg()[:-2], "damaged"),
}  # fmt: skip
