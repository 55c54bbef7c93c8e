"""Which documents a message may carry, and whether a document is what its name says."""

from typing import Final

_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_ODF: Final = "application/vnd.oasis.opendocument."
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_OFFICE: Final = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)

# media type -> (endings of the file name, first bytes; none for a text)
KINDS: Final[dict[str, tuple[tuple[str, ...], tuple[bytes, ...]]]] = {
    "application/pdf": ((".pdf",), (b"%PDF-",)),
    "application/zip": ((".zip",), _ZIP),
    "text/csv": ((".csv",), ()),
    "text/html": ((".html", ".htm"), ()),
    "text/plain": ((".txt",), ()),
    "application/xml": ((".xml",), ()),
    "text/xml": ((".xml",), ()),
    _ODF + "text": ((".odt",), _ZIP),
    _ODF + "spreadsheet": ((".ods",), _ZIP),
    _OFFICE + "wordprocessingml.document": ((".docx",), _ZIP),
    _OFFICE + "spreadsheetml.sheet": ((".xlsx",), _ZIP),
    "application/msword": ((".doc",), _OLD_OFFICE),
    "application/vnd.ms-excel": ((".xls",), _OLD_OFFICE),
}
LARGEST: Final = 10 * 1024 * 1024
LARGEST_TOGETHER: Final = 20 * 1024 * 1024
# What a PDF does not need to be read; a script in an official letter has no good reason.
_ACTIVE: Final = (b"/JavaScript", b"/JS ", b"/JS(", b"/JS<", b"/Launch", b"/EmbeddedCmd")


def fault(*, file_name: str, media_type: str, data: bytes) -> str:
    """Why a document is refused, as a sentence without its content; empty when it is good.

    A file must end and begin as its media type says: a renamed file is refused.
    """
    if media_type not in KINDS:
        return "The media type is not one that the e-Box takes"
    if not file_name.lower().endswith(KINDS[media_type][0]):
        return "The file name does not end as the media type asks"
    if not 0 < len(data) <= LARGEST:
        return f"A file has 1 to {LARGEST} bytes"
    return _fault_of_content(media_type, data)


def _fault_of_content(media_type: str, data: bytes) -> str:
    beginnings = KINDS[media_type][1]
    if not beginnings:
        return "" if _is_text(data) else "The content is not text in UTF-8"
    if not data.startswith(beginnings):
        return "The content is not of the media type that is announced"
    return _active(media_type, data)


def _active(media_type: str, data: bytes) -> str:
    is_active = media_type == "application/pdf" and any(word in data for word in _ACTIVE)
    return "The PDF holds a script or starts a program" if is_active else ""


def _is_text(data: bytes) -> bool:
    try:
        return "\0" not in data.decode("utf-8")
    except UnicodeDecodeError:
        return False
