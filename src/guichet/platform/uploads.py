"""Uploads stay in memory: nothing of a file that somebody sends touches the disk.

What is beyond the limit of a request is read and dropped, so that the page can say that the file is
too large instead of breaking the connection; its size then shows that it was cut.
"""

from io import BytesIO
from typing import Any, Final

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

# One byte more than the largest file of any form, for all files of a request together.
MOST: Final = 20 * 1024 * 1024 + 1


class MemoryOnly(FileUploadHandler):
    """Keeps the files of a request in memory, up to `MOST` bytes together."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._room = MOST
        self._file = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """The next file of the request."""
        super().new_file(*args, **kwargs)
        self._file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep what there is room for."""
        kept = raw_data[: self._room]
        self._room -= len(kept)
        self._file.write(kept)
        return None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file, as large as what was kept of it."""
        size = self._file.tell()
        self._file.seek(0)
        return InMemoryUploadedFile(
            file=self._file,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type,
            size=size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
