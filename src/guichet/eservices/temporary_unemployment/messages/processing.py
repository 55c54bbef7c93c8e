"""Handling the forms of an accepted set: some at a time, each time one transaction.

How far it is stands in the row of the set and moves in the transaction that stores the forms, so
that a crash neither loses a form nor receives one twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
from guichet.eservices.temporary_unemployment.messages.models import Delivery, Form
from guichet.eservices.temporary_unemployment.messages.naming import Surrounding
from guichet.eservices.temporary_unemployment.messages.reading import ReadForm
from guichet.eservices.temporary_unemployment.messages.telling import Answer
from guichet.kernel.verdict import Severity
from guichet.platform.db import transaction
from guichet.rules.temporary_unemployment.findings import found
from guichet.rules.temporary_unemployment.kinds import Channel

FORMS_AT_ONCE: Final = 500
LINES_AT_ONCE: Final = 5_000


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A form with its number in the whole set."""

    number: int
    form: ReadForm


def process(*, delivery: int, clock: Callable[[], datetime]) -> None:
    """Handle what is left of a set, and lay down the notifications once all of it is done.

    ``clock``: asked for each transaction. Does nothing for a set that is not accepted.
    """
    row = Delivery.objects.filter(pk=delivery, state="accepted").first()
    if row is None:
        return
    for batch in _batches(_left(row)):
        if not _take(delivery, batch, now=clock()):
            return  # somebody else goes on with it
    _finish(delivery, now=clock())


def _left(row: Delivery) -> Iterator[_Numbered]:
    """The forms that are not answered yet, over all parts."""
    held = etree.XMLSchema(etree.fromstring(schema.document()))
    channel = Channel.REST if row.channel == "rest" else Channel.BATCH
    before = 0
    for piece in row.pieces.filter(prefix="FI").order_by("part"):
        if before + piece.forms > row.done_forms:
            for form in reading.read(
                contents.pieces(piece.content_id),
                schema=held,
                channel=channel,
                received_at=row.triggered_at or row.opened_at,
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
        lines += len(one.form.meant.said.lines) if one.form.meant else 0
        if len(batch) >= FORMS_AT_ONCE or lines >= LINES_AT_ONCE:
            yield batch
            batch, lines = [], 0
    if batch:
        yield batch


def _take(delivery: int, batch: Sequence[_Numbered], *, now: datetime) -> bool:
    """Answer some forms; False when they were answered by somebody else meanwhile."""
    with transaction():
        row = Delivery.objects.select_for_update().filter(pk=delivery, state="accepted").first()
        if row is None or row.done_forms != batch[0].number - 1:
            return False
        actor = actor_of(row.actor)
        with acting(actor, now=now):
            forms = [one.form for one in batch]
            answers = telling.tell(forms, delivery=row, now=now)
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
    seen = set(
        Form.objects.filter(
            own_reference__in=own, delivery__enterprise=row.enterprise, delivery__surrounding="R"
        )
        .exclude(ticket="")
        .exclude(delivery=row.pk)
        .values_list("own_reference", flat=True)
    )
    return [
        answer.warned(_REPEAT) if answer.ticket and answer.own_reference in seen else answer
        for answer in answers
    ]


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
