"""Reading a box: the list with its filters, counts, one message, who opened it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from guichet.ebox import visibility
from guichet.ebox.models import Attachment, Message, Reading, Sender
from guichet.ebox.visibility import Reader
from guichet.platform import clock
from guichet.registers.sorting import sort_key

# A message that can still be read for so many days is about to expire.
ENDING_DAYS: Final = 14
SIZES: Final = (25, 50, 100)
# The order of the list: the key of the address -> the columns.
SORTS: Final[dict[str, tuple[str, ...]]] = {
    "-received": ("-published_at", "-id"),
    "received": ("published_at", "id"),
    "expires": ("expires_on", "-published_at", "-id"),
    "subject": ("search_key", "-published_at", "-id"),
}
_LISTED: Final = ("body", "business_data", "attention_niss", "search_key")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list shows; what is empty does not filter.

    ``folder``: "" for every folder, "general" for what lies in none, else its number.
    ``place``: "box", "deleted".
    """

    text: str = ""
    sender: str = ""
    type: str = ""
    read: str = ""
    registered: bool = False
    ending: bool = False
    label: str = ""
    folder: str = ""
    first: date | None = None
    last: date | None = None
    place: str = "box"
    sort: str = "-received"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many messages stand in the box for this reader."""

    total: int
    unread: int
    deleted: int


@dataclass(frozen=True, slots=True)
class Opening:
    """One line of the history of a message."""

    at: datetime
    name: str
    niss: str
    document: str


def found(*, reader: Reader, wanted: Wanted, now: datetime) -> QuerySet[Message]:
    """The messages of the list in their order."""
    rows = visibility.messages(reader=reader, now=now)
    rows = rows.filter(deleted_at__isnull=wanted.place != "deleted")
    rows = rows.filter(_matching(wanted, now))
    return rows.order_by(*SORTS.get(wanted.sort, SORTS["-received"]))


def page(
    *, reader: Reader, wanted: Wanted, number: int, size: int, now: datetime
) -> tuple[list[Message], int]:
    """The rows of one page (from 1) with their senders, and how many there are in all."""
    rows = found(reader=reader, wanted=wanted, now=now)
    total = rows.order_by().count()
    start = (number - 1) * size
    listed = rows.select_related("sender", "folder").defer(*_LISTED)
    return list(listed[start : start + size]), total


def counts(*, reader: Reader, now: datetime) -> Counts:
    """What stands in the box, in one query."""
    kept = Q(deleted_at=None)
    told = visibility.messages(reader=reader, now=now).aggregate(
        total=Count("pk", filter=kept),
        unread=Count("pk", filter=kept & Q(read_at=None)),
        deleted=Count("pk", filter=~kept),
    )
    return Counts(**told)


def unread(*, reader: Reader, now: datetime) -> int:
    """How many messages wait to be read."""
    rows = visibility.messages(reader=reader, now=now)
    return rows.filter(read_at=None, deleted_at=None).count()


def choices(*, reader: Reader, now: datetime) -> tuple[list[Sender], list[str]]:
    """The senders and the types that occur in the box, for the filters."""
    rows = visibility.messages(reader=reader, now=now).order_by()
    pairs = list(rows.values_list("sender", "type").distinct())
    named = Sender.objects.filter(pk__in={sender for sender, _type in pairs})
    return list(named.order_by("number")), sorted({kind for _sender, kind in pairs})


def message(*, reader: Reader, uuid: UUID, now: datetime) -> Message | None:
    """One message with its sender and folder, or None."""
    rows = visibility.messages(reader=reader, now=now).select_related("sender", "folder")
    return rows.filter(uuid=uuid).first()


def attachments(*, message_id: int) -> list[Attachment]:
    """The documents of a message, in their order."""
    return list(Attachment.objects.filter(message=message_id).order_by("position"))


def openings(*, message_id: int) -> list[Opening]:
    """Who opened what, the latest first."""
    rows = Reading.objects.filter(message=message_id).select_related("person", "attachment")
    return [
        Opening(
            at=row.at,
            name=f"{row.person.given_name} {row.person.family_name}" if row.person else "",
            niss=row.person.niss if row.person else "",
            document=row.attachment.file_name if row.attachment else "",
        )
        for row in rows.order_by("-at", "-pk")[:200]
    ]


def size_of_box(*, reader: Reader, now: datetime) -> int:
    """Bytes of all documents in the box."""
    rows = visibility.messages(reader=reader, now=now).values("pk")
    told = Attachment.objects.filter(message__in=rows).aggregate(size=Sum("size"))
    return int(told["size"] or 0)


def last_instants(*, reader: Reader, now: datetime) -> tuple[datetime | None, datetime | None]:
    """When the last message came, and when one was last opened."""
    rows = visibility.messages(reader=reader, now=now)
    received = rows.order_by("-published_at").values_list("published_at", flat=True).first()
    opened = Reading.objects.filter(message__in=rows.values("pk")).order_by("-at")
    return received, opened.values_list("at", flat=True).first()


def folded(text: str) -> str:
    """What is compared: without case and accents, as the messages keep it."""
    return sort_key(text)


def _matching(wanted: Wanted, now: datetime) -> Q:
    every = Q()
    for one in _conditions(wanted, now):
        every &= one
    return every


def _conditions(wanted: Wanted, now: datetime) -> Iterator[Q]:
    if folded(wanted.text):
        yield Q(search_key__contains=folded(wanted.text))
    if wanted.sender:
        yield Q(sender__number=wanted.sender)
    if wanted.type:
        yield Q(type=wanted.type)
    if wanted.read in ("read", "unread"):
        yield Q(read_at__isnull=wanted.read == "unread")
    if wanted.label.isascii() and wanted.label.isdigit():
        yield Q(labelled__label=int(wanted.label[:18]))
    if wanted.registered:
        yield Q(is_registered=True)
    if wanted.ending:
        yield Q(expires_on__lte=clock.today(now) + timedelta(days=ENDING_DAYS))
    yield from _placed(wanted)


def _placed(wanted: Wanted) -> Iterator[Q]:
    if wanted.folder == "general":
        yield Q(folder=None)
    elif wanted.folder.isascii() and wanted.folder.isdigit():
        yield Q(folder=int(wanted.folder[:18]))
    if wanted.first:
        yield Q(published_at__gte=_midnight(wanted.first))
    if wanted.last:
        yield Q(published_at__lt=_midnight(wanted.last + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.BRUSSELS)
