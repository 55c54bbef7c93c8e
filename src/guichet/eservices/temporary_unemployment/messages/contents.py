"""Contents of files in the database, in pieces: written and read without ever being whole."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

from guichet.eservices.temporary_unemployment.messages.models import Chunk, Content
from guichet.platform.db import savepoint

PIECE: Final = 256 * 1024
_AT_ONCE: Final = 8


class TooLarge(Exception):
    """A content above the limit; nothing of it is kept."""


def store(source: Iterable[bytes], *, limit: int) -> Content:
    """Keep a content inside the caller's transaction; raises TooLarge, NoTransaction."""
    with savepoint():
        content = Content.objects.create()
        digest = hashlib.sha256()
        size = 0
        waiting: list[Chunk] = []
        for number, data in enumerate(_evenly(source)):
            digest.update(data)
            size += len(data)
            if size > limit:
                raise TooLarge
            waiting.append(Chunk(content=content, number=number, data=data))
            if len(waiting) == _AT_ONCE:
                Chunk.objects.bulk_create(waiting)
                waiting = []
        Chunk.objects.bulk_create(waiting)
        content.size, content.digest = size, digest.hexdigest()
        content.save(update_fields=["size", "digest"])
        return content


def pieces(content: int) -> Iterator[bytes]:
    """A content from its beginning, one piece at a time."""
    number = 0
    while True:
        data = part(content, number)
        if data is None:
            return
        yield data
        number += 1


class Ahead:
    """A content from its beginning, of which some pieces are fetched before they are wanted."""

    def __init__(self, content: int) -> None:
        self._content = content
        self._next = 0
        self._held: deque[bytes] = deque()

    def __iter__(self) -> Iterator[bytes]:
        while True:
            if not self._held:
                self.fetch()
            if not self._held:
                return
            yield self._held.popleft()

    def fetch(self) -> None:
        """Ask for what is missing to a few pieces."""
        wanted = range(self._next, self._next + _AT_ONCE - len(self._held))
        rows = Chunk.objects.filter(content_id=self._content, number__in=wanted)
        found = rows.order_by("number").values_list("data", flat=True)
        self._held += [bytes(data) for data in found]
        self._next += len(found)


def part(content: int, number: int) -> bytes | None:
    """The ``number``-th piece, or None after the last."""
    rows = Chunk.objects.filter(content_id=content, number=number).values_list("data", flat=True)
    for data in rows:
        return bytes(data)
    return None


def digest(content: int, *, name: str) -> bytes:
    """The digest of a content, by a name of ``hashlib``."""
    made = hashlib.new(name)
    for data in pieces(content):
        made.update(data)
    return made.digest()


def forget(contents: Iterable[int]) -> None:
    """Remove contents to which nothing points any more."""
    Content.objects.filter(pk__in=list(contents)).delete()


def _evenly(source: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one size, the last one shorter."""
    held = bytearray()
    for data in source:
        held += data
        while len(held) >= PIECE:
            yield bytes(held[:PIECE])
            del held[:PIECE]
    if held:
        yield bytes(held)
