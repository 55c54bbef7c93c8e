"""Removing the files of requests and notices past their term; the requests themselves stay.

What came to nothing goes after some months, what was decided after years: `rules.files_kept`.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from guichet.audit import trail
from guichet.audit.actors import system
from guichet.audit.holds import held
from guichet.documents.attachments import operations as attachments
from guichet.eservices.career_break.files.allowances import FILES
from guichet.eservices.career_break.files.facts import Subject
from guichet.eservices.career_break.files.models import File
from guichet.eservices.career_break.files.queries import state_of
from guichet.eservices.career_break.models import Notice, Request
from guichet.kernel.moments import brussels_day
from guichet.platform.db import transaction
from guichet.rules.career_break.files_kept import ended, kept_until
from guichet.rules.career_break.states import NoticeState, State

_KEEPER: Final = system("career_break.forget_files")
_PIECE: Final = 500
_ENDED: Final = tuple(one.value for one in (*State, *NoticeState) if ended(one))


def forget_old(*, now: datetime) -> int:
    """Remove the files whose term is over, for good; how many.

    A hold on the worker or on the employer keeps them. Piece by piece, each with one line in the
    trail that says how many went, never whose.
    """
    total = 0
    subjects = [row for model in (Request, Notice) for row in _due(model, now)]
    for start in range(0, len(subjects), _PIECE):
        with transaction(actor=_KEEPER):
            count = _forgotten(subjects[start : start + _PIECE])
            if count:
                trail.record(
                    action="careerBreak.files.forgotten", actor=_KEEPER,
                    target=brussels_day(now).isoformat(), now=now, detail={"files": count},
                )  # fmt: skip
        total += count
    return total


def _forgotten(subjects: list[Subject]) -> int:
    files = _of(subjects).select_for_update(of=("self",), no_key=True)
    keys = [file.attachment for file in files]
    attachments.forget_files(service=FILES.service, attachments=keys)
    count, _tables = File.objects.filter(attachment__in=keys).delete()
    return count


def _due(model: type[Request] | type[Notice], now: datetime) -> Iterator[Subject]:
    """Requests or notices that have files, have ended, are not held, and are past their term."""
    kept, today = held(), brussels_day(now)
    name = "notice" if model is Notice else "request"
    rows = (
        model.objects.filter(
            state__in=_ENDED, pk__in=File.objects.filter(**{f"{name}__isnull": False}).values(name)
        )
        .exclude(person__niss__in=kept.persons)
        .exclude(employer__number__in=kept.enterprises)
        .order_by("pk")
    )
    for row in rows.iterator(chunk_size=_PIECE):
        last = kept_until(
            state=state_of(row),
            ended_on=brussels_day(row.changed_at),
            last_day=row.last_day,
            on=today,
        )
        if last is not None and last < today:
            yield row


def _of(subjects: list[Subject]) -> "QuerySet[File]":
    notices = [row.pk for row in subjects if isinstance(row, Notice)]
    requests = [row.pk for row in subjects if not isinstance(row, Notice)]
    # A review may have opened one again since it was found.
    rows: QuerySet[File] = File.objects.filter(
        Q(notice__in=notices, notice__state__in=_ENDED)
        | Q(request__in=requests, request__state__in=_ENDED)
    )
    return rows.order_by("pk")
