"""Files of what a search finds, made in a job: page by page, never more than one in memory."""

import tempfile
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import IO, Final
from uuid import UUID, uuid4

from django.utils.translation import override
from procrastinate.contrib.django import app

from guichet.audit import trail
from guichet.audit.actors import Actor, actor_of
from guichet.backoffice.inspection import content, inquiries, log_queries, looks
from guichet.backoffice.inspection.content import Line
from guichet.backoffice.inspection.inquiries import Asked
from guichet.backoffice.inspection.log_queries import Place, Wanted
from guichet.backoffice.inspection.models import FilePart, ResultFile, Search
from guichet.eservices.presence.exports.content import Format
from guichet.eservices.presence.exports.operations import write
from guichet.platform.db import transaction

# A file up to this is answered at once, up to the next it is made in the background.
AT_ONCE: Final = 10_000
MOST: Final = 100_000
MOST_WAITING: Final = 3
PAGE: Final = 1_000
PIECE: Final = 256 * 1024


class TooManyWaiting(Exception):
    """Three files of this inspector are being made already."""


class _NothingMeant(Exception):
    """Whom the search names has left the register since."""


def ask(*, asked: Asked, form: Format, language: str, actor: Actor, now: datetime) -> UUID:
    """Ask for the file of a search; its number. Raises TooManyWaiting."""
    with transaction(actor=actor):
        waiting = ResultFile.objects.filter(search__inquiry__person__niss=actor.id, state="waiting")
        if waiting.count() >= MOST_WAITING:
            raise TooManyWaiting
        row = ResultFile.objects.create(
            number=uuid4(),
            search=Search.objects.get(number=asked.number),
            form=form,
            language=language,
            actor=str(actor),
            made_at=now,
        )
        trail.record(
            action="inspection.file.asked",
            actor=actor,
            target=str(row.number),
            now=now,
            detail={"search": str(asked.number), "form": form},
        )
        app.configure_task(name="inspection.make_file").defer(file=row.pk)
    return row.number


def of_search(*, asked: Asked) -> list[ResultFile]:
    """The files of a search, the newest first."""
    return list(ResultFile.objects.filter(search__number=asked.number).order_by("-made_at", "-pk"))


def one(*, asked: Asked, number: UUID) -> ResultFile | None:
    """One file of a search; of another search and none are the same None."""
    return ResultFile.objects.filter(search__number=asked.number, number=number).first()


def written(*, row: ResultFile) -> Iterator[bytes]:
    """The bytes of a finished file, piece after piece."""
    parts = FilePart.objects.filter(file=row)
    for position in list(parts.order_by("position").values_list("position", flat=True)):
        yield bytes(parts.get(position=position).data)


def work(*, file: int, now: datetime) -> None:
    """Make a file that was asked for; done again it begins anew. What goes wrong is loud."""
    row = ResultFile.objects.select_related("search__inquiry").filter(pk=file).first()
    if row is None or row.state != "waiting":
        return
    try:
        with override(row.language), tempfile.TemporaryFile() as target:
            rows = _rows(row, now)
            write(target, form=Format(row.form), head=content.head(), rows=rows)
            target.seek(0)
            _keep(row, target, now)
    except _NothingMeant:
        _fail(row, now)
    except Exception:
        _fail(row, now)
        raise


def forget_old(*, now: datetime) -> int:
    """Delete the files whose purpose is over; how many."""
    with transaction():
        over = ResultFile.objects.filter(search__inquiry__opened_at__lte=now - inquiries.LASTS)
        count = over.count()
        over.delete()
    return count


def _rows(row: ResultFile, now: datetime) -> Iterator[Line]:
    """Every row up to the most; how far it is stands in the database after each page."""
    form = content.criteria(row.search.criteria)
    if form is None:
        raise _NothingMeant
    wanted, viewer = content.wanted(form), actor_of(row.actor)
    _progress(row, total=log_queries.rest(wanted=wanted))
    inquiry, met, done, after = inquiries.of_search(row.search), set[str](), 0, None
    while page := _page(row, wanted, MOST - done, after):
        new = {one.ssin for one in page if one.ssin} - met
        met |= new
        looks.seen(inquiry=inquiry, subjects=sorted(new), actor=viewer, now=now)
        done, after = done + len(page), (page[-1].at, page[-1].receipt)
        _progress(row, rows=done)
        yield from map(content.line, page)
    target = str(row.search.number)
    looks.noted_count(inquiry=inquiry, what="file", target=target, persons=len(met), now=now)
    count = log_queries.rest(wanted=wanted, after=after) if done >= MOST else 0
    if count:
        _progress(row, left_off=count)
        yield content.left_off(rows=done, count=count)


def _page(
    row: ResultFile, wanted: Wanted, room: int, after: Place | None
) -> list[log_queries.Found]:
    if room <= 0:
        return []
    return log_queries.found(
        wanted=wanted, language=row.language, limit=min(PAGE, room), after=after
    )


def _progress(row: ResultFile, **changed: int) -> None:
    for name, value in changed.items():
        setattr(row, name, value)
    with transaction():
        ResultFile.objects.filter(pk=row.pk).update(**changed)


def _keep(row: ResultFile, target: IO[bytes], now: datetime) -> None:
    with transaction():
        FilePart.objects.filter(file=row).delete()
        for position, piece in enumerate(iter(partial(target.read, PIECE), b"")):
            FilePart.objects.create(file=row, position=position, data=piece)
        ResultFile.objects.filter(pk=row.pk).update(state="done", finished_at=now)


def _fail(row: ResultFile, now: datetime) -> None:
    with transaction():
        ResultFile.objects.filter(pk=row.pk).update(state="failed", finished_at=now)
