"""Asking for a large file, making it in a job, letting go of it after a day."""

import io
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import IO, Final
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import override
from procrastinate.contrib.django import app

from guichet.audit import trail
from guichet.audit.actors import Actor, actor_of
from guichet.audit.lookups import looked_up
from guichet.eservices.presence.days.lots import Holder
from guichet.eservices.presence.exports import content
from guichet.eservices.presence.exports.content import Format, Line, Question
from guichet.eservices.presence.office_models import ExportFile
from guichet.platform import csv_export, spreadsheet
from guichet.platform.db import transaction

AT_ONCE: Final = 10_000
MOST: Final = 100_000
KEPT: Final = timedelta(hours=24)
MOST_WAITING: Final = 3
PURPOSE: Final = "presence.export"


class TooManyWaiting(Exception):
    """Three files of this person are being made already."""


class UnknownExport(LookupError):
    """No file of this person for this enterprise, or none any more."""


class _TooLarge(Exception):
    """More than a hundred thousand rows."""


def ask(
    *,
    question: Question,
    form: Format,
    holder: Holder,
    language: str,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Ask for a file; its number. Raises TooManyWaiting."""
    with transaction(actor=actor):
        mine = ExportFile.objects.filter(person=holder.person_id, state=ExportFile.State.WAITING)
        if mine.count() >= MOST_WAITING:
            raise TooManyWaiting
        row = ExportFile.objects.create(
            number=uuid4(),
            person_id=holder.person_id,
            enterprise_number=holder.enterprise_number,
            question=question.kept(),
            form=form,
            language=language,
            actor=str(actor),
            state=ExportFile.State.WAITING,
            days=(question.last - question.first).days + 1,
            made_at=now,
        )
        trail.record(
            action="presence.export.asked",
            actor=actor,
            target=str(row.number),
            now=now,
            detail={"kind": question.kind, "form": form, "sites": question.is_sites},
        )
        app.configure_task(name="presence.export").defer(export=row.pk)
    return row.number


def export(*, holder: Holder, number: UUID, now: datetime) -> ExportFile:
    """A file of this holder that is still kept; raises UnknownExport."""
    row = _kept(holder, now).filter(number=number).first()
    if row is None:
        raise UnknownExport
    return row


def exports(*, holder: Holder, now: datetime) -> list[ExportFile]:
    """Every file of this holder that is still kept, the newest first."""
    return list(_kept(holder, now).order_by("-made_at", "-pk")[:50])


def written(*, row: ExportFile) -> bytes:
    """What a finished file holds."""
    found = ExportFile.objects.filter(pk=row.pk).values_list("content", flat=True).first()
    return bytes(found or b"")


def seen(*, actor: Actor, subjects: Iterable[str], now: datetime) -> None:
    """Somebody takes data of these persons along."""
    looked_up(viewer=actor, subjects=subjects, purpose=PURPOSE, channel="portal", now=now)


def work(*, export: int, now: datetime) -> None:
    """Make a file that was asked for; done again it begins anew. What goes wrong is loud."""
    row = ExportFile.objects.defer("content").filter(pk=export).first()
    if row is None or row.state != ExportFile.State.WAITING:
        return
    try:
        data = _made(row, now)
    except _TooLarge:
        _end(row, ExportFile.State.TOO_LARGE, b"", now)
    except Exception:
        _end(row, ExportFile.State.FAILED, b"", now)
        raise
    else:
        _end(row, ExportFile.State.DONE, data, now)


def forget_old(*, now: datetime) -> int:
    """Delete the files of more than a day ago; how many."""
    with transaction():
        aged = ExportFile.objects.annotate(since=Coalesce("finished_at", "made_at"))
        return aged.filter(since__lt=now - KEPT).delete()[0]


def _made(row: ExportFile, now: datetime) -> bytes:
    question = Question.of_kept(row.question)
    with override(row.language), tempfile.TemporaryFile() as target:
        write(
            target,
            form=Format(row.form),
            head=content.head(question.kind),
            rows=_rows(row, question, now),
        )
        target.seek(0)
        return target.read()


def write(target: IO[bytes], *, form: Format, head: Line, rows: Iterator[Line]) -> None:
    """Head and rows in one of the two forms; no cell is ever run as a formula."""
    if form is Format.XLSX:
        spreadsheet.write(target, name="guichet", head=head, rows=rows)
        return
    text = io.TextIOWrapper(target, encoding="utf-8", newline="")
    text.writelines(csv_export.lines(head, rows))
    text.detach()


def _rows(row: ExportFile, question: Question, now: datetime) -> Iterator[Line]:
    """Every row; how far it is stands in the database after each day."""
    viewer, total = actor_of(row.actor), 0
    found = content.pieces(question, language=row.language, now=now)
    for day, piece in enumerate(found, start=1):
        total += len(piece.lines)
        if total > MOST:
            raise _TooLarge
        seen(actor=viewer, subjects=piece.subjects, now=now)
        with transaction():
            ExportFile.objects.filter(pk=row.pk).update(done=day, rows=total)
        yield from piece.lines


def _end(row: ExportFile, state: str, data: bytes, now: datetime) -> None:
    with transaction():
        ExportFile.objects.filter(pk=row.pk).update(state=str(state), content=data, finished_at=now)


def _kept(holder: Holder, now: datetime) -> "QuerySet[ExportFile]":
    rows = ExportFile.objects.annotate(since=Coalesce("finished_at", "made_at"))
    return rows.defer("content").filter(
        person=holder.person_id,
        enterprise_number=holder.enterprise_number,
        since__gte=now - KEPT,
    )
