"""Who sees which messages: one place, for the pages and the programming interface.

A message of level 2 and a folder with readers of its own do not exist for anybody else: neither
in a list nor in a count. R-EB-5, R-EB-13.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from guichet.access.sessions import Acting
from guichet.ebox.models import Folder, Message
from guichet.platform import clock
from guichet.rules.access_management import MANAGEMENT


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
    found = _of_level(found, reader.services)
    if not reader.is_manager:
        found = found.filter(Q(folder=None) | Q(folder__in=folders(reader=reader).values("pk")))
    return found


def folders(*, reader: Reader) -> QuerySet[Folder]:
    """The folders that the reader may open, by name."""
    found = Folder.objects.filter(box=reader.box_id).order_by("sort_key")
    if reader.is_manager:
        return found
    return found.filter(_open_to(reader.person_id)).distinct()


def unread_before(*, acting: Acting, now: datetime) -> int:
    """How many messages wait for whoever stands here: in one query, for every page has it.

    Who may look is settled before. Zero where there is no box.
    """
    found = Message.objects.filter(expires_on__gt=clock.today(now), read_at=None, deleted_at=None)
    number = acting.enterprise_number
    if number is None:
        return found.filter(box__person=acting.person_id).count()
    found = _of_level(found.filter(box__enterprise__number=number), acting.rights)
    if MANAGEMENT not in acting.rights:
        mine = Folder.objects.filter(_open_to(acting.person_id), box__enterprise__number=number)
        found = found.filter(Q(folder=None) | Q(folder__in=mine.values("pk")))
    return found.count()


def _of_level(found: QuerySet[Message], services: frozenset[str] | None) -> QuerySet[Message]:
    if services is None:
        return found
    return found.filter(Q(level=1) | Q(service__in=services))


def _open_to(person_id: int | None) -> Q:
    return Q(is_restricted=False) | Q(readers__person=person_id)
