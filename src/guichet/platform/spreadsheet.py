"""Rows for a spreadsheet as XLSX, written row by row in constant memory.

Every text is written as a text: nothing that somebody typed is run as a formula or becomes a link.
"""

from collections.abc import Iterable, Sequence
from typing import IO, Final

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTH: Final = 18
# Excel shows fifteen digits of a number: a longer one is kept as a text.
_LARGEST: Final = 10**15


def write(
    target: IO[bytes], *, name: str, head: Sequence[object], rows: Iterable[Sequence[object]]
) -> None:
    """One sheet ``name`` with a bold head that stays in sight; whole numbers stay numbers."""
    import xlsxwriter  # noqa: PLC0415  # only who asks for a sheet needs it

    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(name[:31])
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(0, len(head) - 1), _WIDTH)
        for column, cell in enumerate(head):
            sheet.write_string(0, column, str(cell), bold)
        for at, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, int) and abs(cell) < _LARGEST:
                    sheet.write_number(at, column, cell)
                elif cell is not None:
                    sheet.write_string(at, column, str(cell))
