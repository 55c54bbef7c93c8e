"""Rows for a spreadsheet, streamed: semicolons and a byte-order mark, as Belgian Excel expects."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.http import StreamingHttpResponse

# A cell that begins so would be run as a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


class _Line:
    """What ``csv.writer`` writes to: gives each line back."""

    def write(self, line: str) -> str:
        return line


def safe(cell: object) -> str:
    """The cell as text that no spreadsheet runs: a quote before what looks like a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def lines(head: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The head and every row, each made safe."""
    writer = csv.writer(_Line(), delimiter=";", lineterminator="\r\n")
    yield "\N{ZERO WIDTH NO-BREAK SPACE}" + writer.writerow([safe(cell) for cell in head])
    for row in rows:
        yield writer.writerow([safe(cell) for cell in row])


def download(
    *, name: str, head: Sequence[object], rows: Iterable[Sequence[object]]
) -> StreamingHttpResponse:
    """The answer that saves the rows as ``name`` (plain signs only, no personal data)."""
    response = StreamingHttpResponse(lines(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
