"""Loading a file into a register and writing a register to a file, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice, zip_longest
from pathlib import Path
from typing import IO, Final

from django.utils.functional import Promise

from guichet.audit.actors import Actor
from guichet.platform.db import transaction
from guichet.registers.changing import Outcome, RegisterRefused
from guichet.registers.loading import employments, enterprises, persons, postings, works
from guichet.registers.loading.cells import CellRefused, Row, guarded, written
from guichet.registers.loading.form import Form
from guichet.registers.loading.sheet import Sheet, SheetRow, SheetWriter, opened

FORMS: Final = {
    form.name: form
    for form in (
        persons.FORM,
        enterprises.FORM,
        employments.FORM,
        works.FORM,
        postings.FORM,
    )
}
_AT_ONCE: Final = 500
_REPORT: Final = ("line", "column", "reason")


@dataclass(slots=True)
class Tally:
    """How many rows ended how; ``report``: where the refused ones stand, if there are any."""

    counts: Counter[str] = field(default_factory=Counter)
    report: Path | None = None

    @property
    def refused(self) -> int:
        """How many rows the register did not take."""
        return self.counts["refused"]


@dataclass(frozen=True, slots=True)
class _Refusal:
    column: str
    sentence: str | Promise


def load(
    *,
    form: Form,
    path: Path,
    report: Path,
    actor: Actor,
    now: Callable[[], datetime],
    progress: Callable[[int], None] = lambda rows: None,
) -> Tally:
    """Enter every row of a file, each wholly or not at all.

    Rows are entered in the order of the file, some hundreds in a transaction, so a load that is
    cut short may simply be repeated: what is known already stays as it is. Refused rows go to
    ``report`` with the line, the column and the reason in the active language before their own
    cells; mended there, they can be loaded from it as they stand. Raises FileRefused for a file
    that is not of this form, OSError for one that cannot be read.
    """
    tally = Tally()
    with opened(str(path)) as file, ExitStack() as closing:
        sheet = Sheet(file, known=(*form.names, *_REPORT), required=form.required)
        rows = iter(sheet)
        writer: SheetWriter | None = None
        while chunk := list(islice(rows, _AT_ONCE)):
            enter = partial(_enter, form=form, columns=sheet.columns, actor=actor, now=now())
            for row, refusal in _enter_chunk(chunk, enter, tally, actor):
                if writer is None:
                    writer = _report(report, _own(sheet.columns, sheet.columns), closing)
                    tally.report = report
                cells = map(guarded, _own(sheet.columns, row.cells))
                writer.write([str(row.line), refusal.column, str(refusal.sentence), *cells])
            progress(tally.counts.total())
    return tally


def export(*, form: Form, file: IO[str]) -> int:
    """Write a whole register in the form that ``load`` reads; the number of rows."""
    writer = SheetWriter(file, columns=form.names)
    count = 0
    for values in form.rows():
        writer.write([written(values.get(name)) for name in form.names])
        count += 1
    return count


def _enter_chunk(
    chunk: list[SheetRow],
    enter: Callable[[SheetRow], Outcome | _Refusal],
    tally: Tally,
    actor: Actor,
) -> list[tuple[SheetRow, _Refusal]]:
    refused = []
    with transaction(actor=actor):
        for row in chunk:
            verdict = enter(row)
            if isinstance(verdict, _Refusal):
                refused.append((row, verdict))
                tally.counts["refused"] += 1
            else:
                tally.counts[verdict] += 1
    return refused


def _enter(
    row: SheetRow, *, form: Form, columns: tuple[str, ...], actor: Actor, now: datetime
) -> Outcome | _Refusal:
    if row.fault is not None:
        return _Refusal("", row.fault)
    try:
        return form.enter(Row(dict(zip(columns, row.cells, strict=True))), actor, now)
    except CellRefused as refusal:
        return _Refusal(refusal.column, refusal.sentence)
    except RegisterRefused as refusal:
        return _Refusal("", refusal.sentence)


def _report(path: Path, columns: Sequence[str], closing: ExitStack) -> SheetWriter:
    file = closing.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
    return SheetWriter(file, columns=(*_REPORT, *columns))


def _own(columns: Sequence[str], cells: Sequence[str]) -> list[str]:
    """The cells of the form itself, without those of an earlier report."""
    names = zip_longest(columns[: len(cells)], cells, fillvalue="")
    return [cell for name, cell in names if name not in _REPORT]


def described(form: Form) -> Iterator[str]:
    """The form in words: a line for each column."""
    width = max(len(name) for name in form.names)
    for column in form.columns:
        needed = "needed" if column.is_required else "      "
        yield f"{column.name:<{width}}  {needed}  {column.what}"
