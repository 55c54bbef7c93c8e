"""What became of the forms of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.db import connection

from guichet.eservices.dimona.identities import queries as identities
from guichet.eservices.dimona.identities.queries import Idflux

_PIECE = 2_000


@dataclass(frozen=True, slots=True)
class FormRecord:
    """A form with its answer; ``state`` of its declaration, ``result`` None while undecided.

    ``changed``: the worker stands under another number than the one that was declared.
    """

    position: int
    reference: str
    fault: str
    element: str
    declaration: int | None
    state: str
    result: str | None
    anomalies: Sequence[str]
    period: int | None
    changed: Idflux | None = field(default=None, repr=False)


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
    """All of them, read piece by piece, with the identities that changed."""
    offset = 0
    while found := forms(file=file, limit=_PIECE, offset=offset):
        changed = identities.of_declarations(
            numbers=[form.declaration for form in found if form.declaration]
        )
        for form in found:
            yield replace(form, changed=changed.get(form.declaration or 0))
        offset += len(found)


def identities_in(*, file: int) -> list[str]:
    """The numbers of the workers whose identity the notifications of a file tell."""
    with connection.cursor() as cursor:
        cursor.execute(_IDENTITIES, [file])
        return [niss for (niss,) in cursor.fetchall()]


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
_IDENTITIES = """
SELECT DISTINCT changed.valid
FROM dimona_file_form AS form
JOIN dimona_identity_change AS changed ON changed.declaration_id = form.declaration_id
WHERE form.file_id = %s
"""
_PROGRESS = """
SELECT count(*), count(*) FILTER (WHERE form.fault <> '' OR said.state IN ('done', 'stuck')),
       count(*) FILTER (WHERE said.result = 'A'), count(*) FILTER (WHERE said.result = 'W'),
       count(*) FILTER (WHERE said.result = 'B'), count(*) FILTER (WHERE form.fault <> '')
FROM dimona_file_form AS form
LEFT JOIN dimona_declaration AS said ON said.id = form.declaration_id
WHERE form.file_id = %s
"""
