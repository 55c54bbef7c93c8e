"""Handling the forms of an accepted set: some at a time, each time one transaction.

How far it is stands in the row of the set and moves in the transaction that stores the forms, so
that a crash neither loses a form nor receives one twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import msgspec
from django.db import connection
from lxml import etree

from guichet.audit import trail
from guichet.audit.actors import actor_of, system
from guichet.audit.history import acting
from guichet.eservices.temporary_unemployment.messages import (
    answering,
    contents,
    events,
    kept,
    limits,
    operations,
    reading,
    schema,
    telling,
    webhook_kinds,
)
from guichet.eservices.temporary_unemployment.messages.models import Delivery
from guichet.eservices.temporary_unemployment.messages.naming import Surrounding
from guichet.eservices.temporary_unemployment.messages.reading import ReadForm
from guichet.eservices.temporary_unemployment.messages.telling import Answer
from guichet.kernel.verdict import Severity
from guichet.platform.db import transaction
from guichet.rules.temporary_unemployment.findings import found
from guichet.rules.temporary_unemployment.kinds import Channel

FORMS_AT_ONCE: Final = 1_000
LINES_AT_ONCE: Final = 5_000


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A form with its number in the whole set."""

    number: int
    form: ReadForm


def process(*, delivery: int, clock: Callable[[], datetime]) -> None:
    """Handle what is left of a set, and lay down the notifications once all of it is done.

    While the database stores some forms, the next ones are read. ``clock``: asked for each
    transaction. Does nothing for a set that is not accepted.
    """
    row = Delivery.objects.filter(pk=delivery, state="accepted").first()
    if row is None:
        return
    coming = _Coming(row)
    while batch := coming.taken():
        if not _take(delivery, batch, now=clock(), coming=coming):
            return  # somebody else goes on with it
    _finish(delivery, now=clock())


class _Coming:
    """What is left of a set, some forms at a time; the next ones can be read beforehand."""

    def __init__(self, row: Delivery) -> None:
        self._row = row
        self._source: contents.Ahead | None = None
        self._batches = _batches(self._left())
        self._read: Future[list[_Numbered]] | None = None

    def taken(self) -> list[_Numbered]:
        """The next forms, none at the end."""
        if self._read is None:
            self.read()
        assert self._read is not None  # it was just read
        batch, self._read = self._read.result(), None
        return batch

    def fetch(self) -> None:
        """Have what `read` needs here, so that it need not ask the database."""
        if self._source is not None:
            self._source.fetch()

    def read(self) -> None:
        """Read the next forms; a fault of them is raised by `taken`."""
        self._read = Future()
        try:
            self._read.set_result(next(self._batches, []))
        except Exception as fault:
            self._read.set_exception(fault)

    def _left(self) -> Iterator[_Numbered]:
        """The forms that are not answered yet, over all parts."""
        row, before = self._row, 0
        held = etree.XMLSchema(etree.fromstring(schema.document()))
        at = operations.received_at(row)
        for piece in row.pieces.filter(prefix="FI").order_by("part"):
            if before + piece.forms > row.done_forms:
                self._source = contents.Ahead(piece.content_id)
                for form in reading.read(
                    self._source,
                    schema=held,
                    channel=Channel.REST if row.channel == "rest" else Channel.BATCH,
                    received_at=at,
                    limits=limits.of_files(),
                    after=max(0, row.done_forms - before),
                ):
                    yield _Numbered(before + form.position, form)
            before += piece.forms


def _batches(forms: Iterator[_Numbered]) -> Iterator[list[_Numbered]]:
    """A few at a time: neither too many forms nor too many workers for the memory."""
    batch: list[_Numbered] = []
    lines = 0
    for one in forms:
        batch.append(one)
        lines += _lines(one)
        if len(batch) >= FORMS_AT_ONCE or lines >= LINES_AT_ONCE:
            yield batch
            batch, lines = [], 0
    if batch:
        yield batch


def _lines(one: _Numbered) -> int:
    return len(one.form.meant.said.lines) if one.form.meant else 0


def _take(delivery: int, batch: Sequence[_Numbered], *, now: datetime, coming: _Coming) -> bool:
    """Answer some forms; False when they were answered by somebody else meanwhile."""
    coming.fetch()
    # A batch that is large by itself fills the memory alone.
    meanwhile = None if sum(map(_lines, batch)) > LINES_AT_ONCE else coming.read
    with transaction():
        row = Delivery.objects.select_for_update().filter(pk=delivery, state="accepted").first()
        if row is None or row.done_forms != batch[0].number - 1:
            return False
        actor = actor_of(row.actor)
        with acting(actor, now=now):
            forms = [one.form for one in batch]
            answers = telling.tell(forms, delivery=row, now=now, meanwhile=meanwhile)
            answers = _with_repeats(row, answers)
        _keep(row, batch, answers)
        row.done_forms += len(batch)
        row.refused_forms += sum(not answer.ticket for answer in answers)
        row.warned_forms += sum(bool(answer.ticket and answer.faults) for answer in answers)
        row.save(update_fields=["done_forms", "refused_forms", "warned_forms"])
        return True


_INSERT: Final = """
INSERT INTO temporary_unemployment_messages_form
    (delivery_id, number, position, own_reference, head, ticket, faults)
SELECT %s, number, position, own_reference, head, ticket, faults
FROM json_to_recordset(%s) AS row(
    number int, position int, own_reference text, head jsonb, ticket text, faults jsonb)
"""


def _keep(row: Delivery, batch: Sequence[_Numbered], answers: Sequence[Answer]) -> None:
    """One statement for all: the rows travel as one parameter."""
    rows = [
        {
            "number": one.number,
            "position": one.form.position,
            "own_reference": one.form.head.own_reference or "",
            "head": kept.head(one.form.head),
            "ticket": answer.ticket,
            "faults": kept.faults(answer.faults),
        }
        for one, answer in zip(batch, answers, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [row.pk, msgspec.json.encode(rows).decode()])


def _with_repeats(row: Delivery, answers: Sequence[Answer]) -> list[Answer]:
    """Warn of own numbers that stand in an earlier file of the sender: a possible duplicate."""
    if not Surrounding(row.surrounding).is_stored:
        return list(answers)
    own = {answer.own_reference for answer in answers if answer.ticket and answer.own_reference}
    with connection.cursor() as cursor:
        cursor.execute(_REPEATS, [list(own), row.enterprise, row.pk])
        seen = {reference for (reference,) in cursor.fetchall()}
    return [
        answer.warned(_REPEAT) if answer.ticket and answer.own_reference in seen else answer
        for answer in answers
    ]


_REPEATS: Final = """
SELECT DISTINCT form.own_reference
FROM temporary_unemployment_messages_form AS form
JOIN temporary_unemployment_messages_delivery AS delivery ON delivery.id = form.delivery_id
WHERE form.own_reference = ANY(%s) AND form.own_reference <> '' AND form.ticket <> ''
    AND delivery.enterprise = %s AND delivery.surrounding = 'R' AND delivery.id <> %s
"""
_REPEAT: Final = replace(found("CTW-084", "own_reference"), severity=Severity.WARN)


def _finish(delivery: int, *, now: datetime) -> None:
    with transaction():
        row = Delivery.objects.select_for_update().filter(pk=delivery, state="accepted").first()
        if row is None or row.done_forms != row.forms:
            return
        row.state, row.done_at = "done", now
        row.save(update_fields=["state", "done_at"])
        answering.notifications(delivery=row, now=now)
        events.tell(
            webhook_kinds.HANDLED, enterprise=row.enterprise, ticket=row.ticket,
            path=f"/files/{row.ticket}", now=now,
        )  # fmt: skip
        if not Surrounding(row.surrounding).is_stored:
            operations.forget_pieces(row)
        trail.record(
            action=f"{operations.SERVICE}.file.handled",
            actor=system("temporary_unemployment.files"),
            target=row.ticket,
            now=now,
            detail={"forms": row.forms, "refused": row.refused_forms},
        )
