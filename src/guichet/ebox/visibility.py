"""Who sees which messages: one place, for the pages and the programming interface.

A message of level 2 and a folder with readers of its own do not exist for anybody else: neither
in a list nor in a count. R-EB-5, R-EB-13.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from guichet.ebox.models import Folder, Message
from guichet.platform import clock


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody before a box. ``services``: his rights there, None for who sees every level.

    ``person_id``: None for a program, which sees every folder, as ``is_manager`` does.
    """

    box_id: int
    services: frozenset[str] | None = None
    person_id: int | None = None
    client_id: str = ""
    is_manager: bool = True


def messages(*, reader: Reader, now: datetime) -> QuerySet[Message]:
    """The messages that the reader may see at this moment, deleted and hidden ones among them."""
    found = Message.objects.filter(box=reader.box_id, expires_on__gt=clock.today(now))
    if reader.services is not None:
        found = found.filter(Q(level=1) | Q(service__in=reader.services))
    if not reader.is_manager:
        found = found.filter(Q(folder=None) | Q(folder__in=folders(reader=reader).values("pk")))
    return found


def folders(*, reader: Reader) -> QuerySet[Folder]:
    """The folders that the reader may open, by name."""
    found = Folder.objects.filter(box=reader.box_id).order_by("sort_key")
    if reader.is_manager:
        return found
    mine = Q(readers__person=reader.person_id)
    return found.filter(Q(is_restricted=False) | mine).distinct()
