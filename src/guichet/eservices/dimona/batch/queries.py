"""What became of the forms of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection

_PIECE = 2_000


@dataclass(frozen=True, slots=True)
class FormRecord:
    """A form with its answer; ``state`` of its declaration, ``result`` None while undecided."""

    position: int
    reference: str
    fault: str
    element: str
    declaration: int | None
    state: str
    result: str | None
    anomalies: Sequence[str]
    period: int | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file is: how many forms are decided, and with which answers."""

    forms: int
    decided: int
    accepted: int
    remarked: int
    blocked: int
    refused: int

    @property
    def is_complete(self) -> bool:
        """Whether every form has its answer."""
        return self.decided == self.forms


def forms(*, file: int, limit: int, offset: int = 0) -> Sequence[FormRecord]:
    """The forms of a file in its order."""
    with connection.cursor() as cursor:
        cursor.execute(_FORMS, {"file": file, "limit": limit, "offset": offset})
        return [FormRecord(*row) for row in cursor.fetchall()]


def every_form(*, file: int) -> Iterator[FormRecord]:
    """All of them, read piece by piece."""
    offset = 0
    while found := forms(file=file, limit=_PIECE, offset=offset):
        yield from found
        offset += len(found)


def progress(*, file: int) -> Progress:
    """How far a file is."""
    with connection.cursor() as cursor:
        cursor.execute(_PROGRESS, [file])
        return Progress(*cursor.fetchone())


_FORMS = """
SELECT form.position, form.reference, form.fault, form.element, form.declaration_id,
       coalesce(said.state, ''), CASE WHEN said.state IN ('done', 'waiting') THEN said.result END,
       coalesce(said.anomalies, '{}'), said.period_id
FROM dimona_file_form AS form
LEFT JOIN dimona_declaration AS said ON said.id = form.declaration_id
WHERE form.file_id = %(file)s
ORDER BY form.position
LIMIT %(limit)s OFFSET %(offset)s
"""
_PROGRESS = """
SELECT count(*), count(*) FILTER (WHERE form.fault <> '' OR said.state IN ('done', 'stuck')),
       count(*) FILTER (WHERE said.result = 'A'), count(*) FILTER (WHERE said.result = 'W'),
       count(*) FILTER (WHERE said.result = 'B'), count(*) FILTER (WHERE form.fault <> '')
FROM dimona_file_form AS form
LEFT JOIN dimona_declaration AS said ON said.id = form.declaration_id
WHERE form.file_id = %s
"""
