"""Long files of the personnel file: asked for, made part by part in a job, kept for a day."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import msgspec
from django.utils.translation import override
from procrastinate.contrib.django import app

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.audit.lookups import looked_up
from guichet.eservices.dimona import queries
from guichet.eservices.dimona.models import Export, ExportPart
from guichet.eservices.dimona.queries import PeriodRecord, Wanted
from guichet.platform.db import transaction

PART: Final = 2_000
KEPT: Final = timedelta(hours=24)
_AT_ONCE: Final = 5_000
_log = logging.getLogger(__name__)

Writer = Callable[[Export, Sequence[PeriodRecord], bool, bool], str]
"""Rows to text: the export, its rows, whether they are the first ones, whether the last ones."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an export is; ``done`` of ``total`` periods."""

    reference: str
    format: str
    state: str
    total: int
    done: int
    asked_at: datetime
    finished_at: datetime | None

    @property
    def percent(self) -> int:
        """How much is done, 0 to 100."""
        return 100 if self.state == "ready" else min(99, 100 * self.done // max(self.total, 1))


def ask(
    *, wanted: Wanted, file_type: str, total: int, language: str, actor: Actor, now: datetime
) -> str:
    """Ask for a file in the background; its reference."""
    reference = secrets.token_urlsafe(16)
    with transaction(actor=actor):
        row = Export.objects.create(
            reference=reference,
            employer=wanted.employer,
            niss=actor.id,
            actor_mandatary=actor.mandatary or "",
            format=file_type,
            language=language,
            wanted=msgspec.to_builtins(wanted),
            total=total,
            asked_at=now,
        )
        detail = {"format": file_type, "periods": total}
        trail.record(
            action="dimona.export.asked", actor=actor, target=str(row.id), now=now, detail=detail
        )
        app.configure_task(name="dimona.export").defer(export=row.id)
    return reference


def stop(*, reference: str, actor: Actor, now: datetime) -> None:
    """Make no more of it; a file that is ready stays."""
    with transaction(actor=actor):
        changed = Export.objects.filter(reference=reference, state="asked").update(
            state="stopped", finished_at=now
        )
        if changed:
            trail.record(action="dimona.export.stopped", actor=actor, target="dimona", now=now)


def make_part(*, export: int, writer: Writer, now: datetime) -> bool:
    """Add the next rows to a file; whether there are more. Looking at workers leaves a trace."""
    with transaction():
        row = Export.objects.select_for_update().filter(id=export, state="asked").first()
        if row is None:
            return False
        wanted = msgspec.convert(row.wanted, Wanted)
        after = None if row.after is None else (date.fromisoformat(row.after[0]), row.after[1])
        found = queries.periods_of_employer(wanted=wanted, limit=PART + 1, after=after)
        rows, is_last = found[:PART], len(found) <= PART
        with override(row.language):
            text = writer(row, rows, row.after is None, is_last)
        number = row.parts.count()
        ExportPart.objects.create(export=row, number=number, text=text)
        row.done += len(rows)
        if rows:
            row.after = [rows[-1].first_day.isoformat(), rows[-1].id]
        if is_last:
            row.state, row.finished_at = "ready", now
        row.save(update_fields=["done", "after", "state", "finished_at"])
    _note(row, rows, now)
    return not is_last


def fail(*, export: int, now: datetime) -> None:
    """No try made it: say so."""
    _log.error("export %s could not be made", export)
    with transaction():
        Export.objects.filter(id=export, state="asked").update(state="failed", finished_at=now)


def progress(*, reference: str, employer: str, niss: str) -> Progress | None:
    """How far an export is, for who asked for it; anybody else's and none are the same None."""
    row = Export.objects.filter(reference=reference, employer=employer, niss=niss).first()
    if row is None:
        return None
    return Progress(
        row.reference,
        row.format,
        row.state,
        row.total,
        row.done,
        row.asked_at,
        row.finished_at,
    )


def parts(*, reference: str) -> Iterator[str]:
    """The parts of a file that is ready, in order."""
    rows = ExportPart.objects.filter(export__reference=reference, export__state="ready")
    for number in range(rows.count()):  # one at a time: a part is large
        yield rows.values_list("text", flat=True).get(number=number)


def forget(*, now: datetime) -> int:
    """Delete the files of more than a day ago; how many."""
    with transaction():
        count, _ = Export.objects.filter(asked_at__lt=now - KEPT).delete()
    return count


def _note(row: Export, rows: Iterable[PeriodRecord], now: datetime) -> None:
    viewer = Actor("person", row.niss, row.employer, row.actor_mandatary or None)
    subjects = list(dict.fromkeys(each.niss for each in rows))
    for at in range(0, len(subjects), _AT_ONCE):
        some: list[Any] = subjects[at : at + _AT_ONCE]
        looked_up(viewer=viewer, subjects=some, purpose="dimona.periods", channel="portal", now=now)
