"""The documents of a request, as the worker's part asks for them and finds them there."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db.models import Q

from guichet.eservices.career_break.files import queries
from guichet.eservices.career_break.files.models import File
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.said import Said
from guichet.rules.career_break.attachments import Document, Needed
from guichet.rules.career_break.file_states import COUNTS

_COUNTS: Final = tuple(one.value for one in COUNTS)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that is there; ``digest``: SHA-256 of its bytes."""

    document: Document
    name: str = field(repr=False)
    digest: str
    at: datetime


def received(row: Request) -> tuple[Paper, ...]:
    """Every document that is there, those of the notice behind the request too."""
    wanted = Q(request=row)
    if row.notice_id is not None:
        wanted |= Q(notice_id=row.notice_id)
    files = File.objects.filter(wanted, state__in=_COUNTS).order_by("id")
    return tuple(
        Paper(Document(one.document), one.name, one.digest, one.received_at) for one in files
    )


def missing(row: Request, said: Said) -> tuple[Needed, ...]:
    """The mandatory documents that are not."""
    return queries.missing_of(row, said=said)
