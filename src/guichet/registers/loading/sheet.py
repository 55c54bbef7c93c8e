"""Reading and writing delimited text that people made with spreadsheets.

Read: UTF-8 with or without a byte-order mark; comma, semicolon or tab, as the first line shows;
one row at a time, whatever the size of the file. Written: UTF-8, comma, CRLF.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guichet.registers.loading.cells import unguarded

_DELIMITERS: Final = ",;\t"
_LONGEST_LINE: Final = 1_000_000


class FileRefused(Exception):
    """Nothing of the file can be read: no header, or one that is not of this form."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the file: the line where it begins (1 is the header), its cells as they stand.

    ``fault``: why its cells cannot be told apart; they are then whatever could be read.
    """

    line: int
    cells: tuple[str, ...]
    fault: str | Promise | None = None


class Sheet:
    """A file with a header; iterate over it to get its rows, empty lines left out.

    ``file``: text opened by ``opened``. Raises FileRefused for a header that repeats a column,
    has one that is not in ``known``, or lacks one of ``required``.
    """

    def __init__(self, file: IO[str], *, known: Sequence[str], required: Sequence[str]) -> None:
        first = file.readline(_LONGEST_LINE)
        if not first.strip():
            raise FileRefused(_("The file is empty."))
        delimiter = max(_DELIMITERS, key=first.count)
        try:
            [header] = csv.reader([first], delimiter=delimiter, strict=True)
        except (csv.Error, ValueError):
            raise FileRefused(_("The first line is not a list of columns.")) from None
        self.columns = tuple(name.strip().lower() for name in header)
        self._check(known, required)
        self._reader = csv.reader(file, delimiter=delimiter, strict=True)

    def __iter__(self) -> Iterator[SheetRow]:
        while True:
            line = self._reader.line_num + 2
            try:
                cells = tuple(unguarded(cell) for cell in next(self._reader))
            except StopIteration:
                return
            except csv.Error:
                yield SheetRow(line, (), _("A quotation mark is open or stands in a wrong place."))
                continue
            if any(cell.strip() for cell in cells):
                yield SheetRow(line, cells, self._fault(cells))

    def _fault(self, cells: tuple[str, ...]) -> str | Promise | None:
        if any("\udc80" <= sign <= "\udcff" for cell in cells for sign in cell):
            return _("This row is not in UTF-8.")
        if len(cells) > len(self.columns):
            return _("This row has more cells than the first line has columns.")
        if len(cells) < len(self.columns):
            return _("This row has fewer cells than the first line has columns.")
        return None

    def _check(self, known: Sequence[str], required: Sequence[str]) -> None:
        if len(set(self.columns)) < len(self.columns):
            raise FileRefused(_("A column stands twice in the first line."))
        if unknown := [name for name in self.columns if name not in known]:
            shown = ascii(unknown[0][:40])
            raise FileRefused(_("This form has no column %(name)s.") % {"name": shown})
        if missing := [name for name in required if name not in self.columns]:
            names = ", ".join(missing)
            raise FileRefused(_("These columns are missing: %(names)s.") % {"names": names})


class SheetWriter:
    """Writes rows of cells under a header; see ``cells.written`` for what a cell may hold."""

    def __init__(self, file: IO[str], *, columns: Sequence[str]) -> None:
        self._writer = csv.writer(file, lineterminator="\r\n")
        self._writer.writerow(columns)

    def write(self, cells: Sequence[str]) -> None:
        """Add one row; bytes that were no UTF-8 come out as escapes."""
        self._writer.writerow([cell.encode("utf-8", "backslashreplace").decode() for cell in cells])


def opened(path: str) -> IO[str]:
    """A file to be read by ``Sheet``; bytes that are no UTF-8 are carried along and refused."""
    return open(path, encoding="utf-8-sig", errors="surrogateescape", newline="")
