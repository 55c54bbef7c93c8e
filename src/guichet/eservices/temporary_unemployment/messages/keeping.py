"""The end of files: their bytes go when nobody may need them any more, what became of them stays.

Files of employers and the answers to them are kept for ten years, the time in which a declaration
may be asked for again; sets of a test or of a simulation, and those that were never handled, for
thirty days. Both are our own choice, to be confirmed by a lawyer. Names, digests, tickets and
outcomes stay: a ticket is never used again, and a file that comes twice is known again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from guichet.audit import trail
from guichet.audit.actors import Actor, system
from guichet.eservices.temporary_unemployment.messages.models import (
    Answer,
    Chunk,
    Delivery,
    Piece,
)
from guichet.platform import clock
from guichet.platform.db import transaction

ACTOR: Final[Actor] = system("temporaryUnemployment.retention")
KEPT_YEARS: Final = 10
KEPT_TRYING: Final = timedelta(days=30)
_REAL: Final = "R"
_NEVER_HANDLED: Final = ("open", "withdrawn")
_WHOLE: Final = ["FO", "FS", "GO"]


def purge(*, now: datetime) -> int:
    """Remove the bytes of files that are past their retention; of how many files."""
    old, tried = _years_before(now), now - KEPT_TRYING
    is_trying = ~Q(surrounding=_REAL)
    sets = Delivery.objects.filter(
        Q(opened_at__lt=old)
        | Q(is_trying | Q(state__in=_NEVER_HANDLED), opened_at__lt=tried)
    )  # fmt: skip
    answers = Answer.objects.filter(Q(made_at__lt=old) | Q(is_trying, made_at__lt=tried))
    with transaction(actor=ACTOR):
        contents = {
            *Piece.objects.filter(delivery__in=sets).values_list("content_id", flat=True),
            *answers.values_list("content_id", flat=True),
        }
        chunks = Chunk.objects.filter(content_id__in=contents)
        count = chunks.values("content_id").distinct().count()
        if count:
            chunks.delete()
            answers.update(removed=_WHOLE)
            trail.record(
                action="temporaryUnemployment.files.purged", actor=ACTOR,
                target=f"before {clock.today(old):%Y-%m-%d}", now=now, detail={"files": count},
            )  # fmt: skip
    return count


def _years_before(now: datetime) -> datetime:
    """The same moment ten years before; of 29 February the day before it."""
    day = 28 if (now.month, now.day) == (2, 29) else now.day
    return now.replace(year=now.year - KEPT_YEARS, day=day)
