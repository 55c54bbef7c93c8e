"""Which documents a message may carry, and whether a document is what its name says.

Nothing is unpacked but the names of a PDF and the directory of an archive.
"""

import io
import zipfile
from typing import Final

from guichet.platform.pdf_files import NotPaper, require_inert

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
# An honest archive of the largest file unpacks to a few times its size.
MOST_UNPACKED: Final = 200 * 1024 * 1024
MOST_ENTRIES: Final = 2_000
_MOST_TIMES: Final = 200
# A script in an official letter has no good reason.
_PDF_FAULTS: Final = {
    "active": "The PDF holds a script or starts a program",
    "encrypted": "The PDF is encrypted",
    "bomb": "The PDF unpacks to more than a document needs",
}


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
    if media_type == "application/pdf":
        return _fault_of_pdf(data)
    return _fault_of_archive(media_type, data) if beginnings == _ZIP else ""


def _fault_of_pdf(data: bytes) -> str:
    try:
        require_inert(data, may_carry_files=True)
    except NotPaper as fault:
        return _PDF_FAULTS.get(fault.code, "")
    return ""


def _fault_of_archive(media_type: str, data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "The archive is damaged"
    names = {entry.filename for entry in entries}
    whole = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or whole > min(MOST_UNPACKED, _MOST_TIMES * len(data)):
        return "The archive unpacks to more than a document needs"
    if any(entry.flag_bits & 1 for entry in entries):
        return "The archive is encrypted"
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return "The document holds macros"
    wanted = "[Content_Types].xml" if media_type.startswith(_OFFICE) else "mimetype"
    if media_type != "application/zip" and wanted not in names:
        return "The content is not of the media type that is announced"
    return ""


def _is_text(data: bytes) -> bool:
    try:
        return "\0" not in data.decode("utf-8")
    except UnicodeDecodeError:
        return False
