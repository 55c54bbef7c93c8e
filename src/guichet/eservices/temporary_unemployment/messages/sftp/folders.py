"""The six folders of a sender as they look from outside; behind them is the database.

In the folders for answers a file is read and taken away; in those for declarations one is put down,
and stands there until its set is handled. There is nothing else, and nothing of anybody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from guichet.eservices.temporary_unemployment.messages import answering, contents, operations
from guichet.eservices.temporary_unemployment.messages.models import Answer, Delivery
from guichet.eservices.temporary_unemployment.messages.naming import (
    NameRefused,
    Prefix,
    Surrounding,
    read,
)
from guichet.eservices.temporary_unemployment.messages.operations import By
from guichet.platform.db import transaction

MOST_LISTED: Final = 1_000
_INSIDE: Final = (Prefix.ANSWER, Prefix.SIGNATURE, Prefix.TRIGGER)
INWARD: Final[Mapping[str, Surrounding]] = MappingProxyType(
    {one.folder_in: one for one in Surrounding}
)
OUTWARD: Final[Mapping[str, Surrounding]] = MappingProxyType(
    {one.folder_out: one for one in Surrounding}
)
NAMES: Final = (*INWARD, *OUTWARD)


class NotThere(Exception):
    """No such file or folder."""


class NotAllowed(Exception):
    """Nothing of the kind is done in this folder."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or a folder; ``at``: when it was laid down."""

    name: str
    size: int = 0
    at: datetime | None = None
    is_folder: bool = False


@dataclass(frozen=True, slots=True)
class Readable:
    """A file that can be read: its bytes, or the content that holds them."""

    size: int
    data: bytes | None = None
    content: int = 0

    def read(self, offset: int, size: int) -> bytes:
        """Some bytes, fewer at the end, none behind it."""
        if self.data is not None:
            return self.data[offset : offset + size]
        number, start = divmod(offset, contents.PIECE)
        piece = contents.part(self.content, number) or b""
        return piece[start : start + size]


def split(path: str) -> tuple[str, str]:
    """Folder and name of an absolute path, empty where there is none; raises NotThere."""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if len(parts) > 2 or ".." in parts or (parts and parts[0] not in NAMES):
        raise NotThere
    folder, name = (*parts, "", "")[:2]
    return folder, name


def entries(by: By, path: str) -> list[Entry]:
    """What lies in a folder; raises NotThere."""
    folder, name = split(path)
    if name:
        raise NotThere
    if not folder:
        return [Entry(one, is_folder=True) for one in NAMES]
    rows = _answers(by, OUTWARD[folder]) if folder in OUTWARD else _pieces(by, INWARD[folder])
    return list(rows)


def entry(by: By, path: str, *, today: date) -> Entry:
    """One file or folder; raises NotThere."""
    folder, name = split(path)
    if not name:
        return Entry(folder, is_folder=True)
    if folder in INWARD:
        for one in _pieces(by, INWARD[folder]):
            if one.name == name:
                return one
        raise NotThere
    row, prefix = _answer(by, folder, name, today)
    return _entry(row, prefix)


def opened(by: By, path: str, *, today: date) -> Readable:
    """A file of the folders for answers; raises NotThere, NotAllowed."""
    folder, name = split(path)
    if folder not in OUTWARD or not name:
        raise NotAllowed
    row, prefix = _answer(by, folder, name, today)
    if prefix is Prefix.ANSWER:
        return Readable(row.content.size, content=row.content_id)
    data = bytes(row.signature) if prefix is Prefix.SIGNATURE else b""
    return Readable(len(data), data)


def may_put(path: str) -> None:
    """Whether a file may be put down there; raises NotThere, NotAllowed."""
    folder, name = split(path)
    if folder not in INWARD or not name:
        raise NotAllowed


def put(by: By, path: str, source: Iterable[bytes], *, limit: int, now: datetime) -> None:
    """Put a whole file down; raises NotThere, NotAllowed, TooLarge, TooManyOpen."""
    may_put(path)
    folder, name = split(path)
    operations.put(
        name=name, surrounding=INWARD[folder], source=source, limit=limit, by=by, now=now
    )


def remove(by: By, path: str, *, today: date) -> None:
    """Take a file of the folders for answers away; raises NotThere, NotAllowed.

    It stays in the database and on the site; only the folder shows it no more.
    """
    folder, name = split(path)
    if folder not in OUTWARD or not name:
        raise NotAllowed
    with transaction():
        row, prefix = _answer(by, folder, name, today)
        row = Answer.objects.select_for_update().get(pk=row.pk)
        if prefix.value not in row.removed:
            row.removed = [*row.removed, prefix.value]
            row.save(update_fields=["removed"])


def _answers(by: By, surrounding: Surrounding) -> Iterator[Entry]:
    rows = (
        Answer.objects.filter(sender=by.party.number, surrounding=surrounding.value)
        .exclude(removed__contains=[prefix.value for prefix in _INSIDE])
        .select_related("content")
        .order_by("pk")
    )
    for row in rows[:MOST_LISTED]:
        for prefix in _INSIDE:
            if prefix.value not in row.removed:
                yield _entry(row, prefix)


def _entry(row: Answer, prefix: Prefix) -> Entry:
    name = answering.name_of(row)
    if prefix is Prefix.ANSWER:
        return Entry(str(name), row.content.size, row.made_at)
    size = len(row.signature) if prefix is Prefix.SIGNATURE else 0
    return Entry(str(name.sibling(prefix)), size, row.made_at)


def _answer(by: By, folder: str, name: str, today: date) -> tuple[Answer, Prefix]:
    try:
        told = read(name, today=today)
        sequence = int(told.sequence, 36)
    except (NameRefused, ValueError):
        raise NotThere from None
    surrounding = OUTWARD.get(folder)
    if surrounding is not told.surrounding or told.sender != by.party.number:
        raise NotThere
    row = (
        Answer.objects.filter(
            sender=told.sender,
            kind=told.type,
            day=told.day,
            sequence=sequence,
            surrounding=told.surrounding.value,
        )
        .select_related("content")
        .first()
    )
    if row is None or told.prefix not in _INSIDE or told.prefix.value in row.removed:
        raise NotThere
    own = answering.name_of(row)
    if str(told) != str(own if told.prefix is Prefix.ANSWER else own.sibling(told.prefix)):
        raise NotThere
    return row, told.prefix


def _pieces(by: By, surrounding: Surrounding) -> Iterator[Entry]:
    """What was put down and is not handled yet."""
    rows = Delivery.objects.filter(
        enterprise=by.party.enterprise,
        surrounding=surrounding.value,
        state__in=("open", "waiting", "received"),
    ).prefetch_related("pieces__content")
    for row in rows.order_by("pk")[:MOST_LISTED]:
        for piece in row.pieces.all():
            name = f"{piece.prefix}.{row.stem}.{piece.parts}.{piece.part}"
            yield Entry(name, piece.content.size, piece.stored_at)
        if row.triggered_at is not None:
            yield Entry(f"{Prefix.TRIGGER}.{row.stem}.1", 0, row.triggered_at)
