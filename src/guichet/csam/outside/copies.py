"""Copies of identity documents: files that are looked at and cleaned, of the size of a copy."""

from typing import Final

from guichet.platform import files
from guichet.platform.files import FileRefused, Kind, Read
from guichet.rules.belgianid import LARGEST_COPY

__all__ = ["ENDINGS", "Copy", "CopyRefused", "Kind", "read"]

Copy = Read
CopyRefused = FileRefused
ENDINGS: Final = {kind: endings[0] for kind, endings in files.ENDINGS.items()}


def read(data: bytes) -> Copy:
    """The copy in an uploaded file, whatever the file says it is; raises CopyRefused."""
    return files.read(data, largest=LARGEST_COPY)
