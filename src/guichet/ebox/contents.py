"""The port of stored bytes: each document is kept once, under its digest.

A document service can take the place of the table: it has these three operations, inside the
transaction of the caller.
"""

import base64
import hashlib
from collections.abc import Iterable
from typing import Final, Protocol

from guichet.ebox.models import Attachment, Content
from guichet.platform.db import savepoint


class Contents(Protocol):
    """Where the bytes of documents are."""

    def keep(self, data: bytes) -> str:
        """Store the bytes unless they are there; their digest."""

    def read(self, digest: str) -> bytes:
        """The bytes of this digest; raises LookupError when they are not there."""

    def release(self, digests: Iterable[str]) -> None:
        """Remove what no document needs any more of these."""


def digest_of(data: bytes) -> str:
    """SHA-256 in base64url without padding, as the contract writes it."""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")


class TableOfContents:
    """The bytes in a table of this database."""

    def keep(self, data: bytes) -> str:
        """One row for each digest, whoever stores it first."""
        digest = digest_of(data)
        with savepoint():
            row = Content(digest=digest, size=len(data), data=data)
            Content.objects.bulk_create([row], ignore_conflicts=True)
        return digest

    def read(self, digest: str) -> bytes:
        """The bytes; raises LookupError."""
        for data in Content.objects.filter(digest=digest).values_list("data", flat=True):
            return bytes(data)
        raise LookupError("no content with this digest")

    def release(self, digests: Iterable[str]) -> None:
        """Remove those that no attachment names."""
        wanted = set(digests)
        used = Attachment.objects.filter(digest__in=wanted).values_list("digest", flat=True)
        Content.objects.filter(digest__in=wanted - set(used)).delete()


CONTENTS: Final[Contents] = TableOfContents()
