"""Taking a file in and reading it in a moment: what every service that takes files does alike.

A service says how a file is read and what becomes of its forms; each step is one transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from procrastinate.contrib.django import app

from guichet.audit.actors import Actor, system
from guichet.audit.history import acting
from guichet.platform.db import transaction
from guichet.registers.exchanges import operations
from guichet.registers.exchanges.frames import LARGEST, FileFault, FileRefused
from guichet.registers.exchanges.models import File
from guichet.registers.exchanges.operations import NewFile, Received

C = TypeVar("C")


def receive(
    *,
    service: str,
    content: bytes,
    reference_of: Callable[[bytes], str],
    sender: str,
    channel: str,
    actor: Actor,
    now: datetime,
) -> Received:
    """Store a file and let the job ``<service>.read_file`` read it; again it is the same one.

    A file without a reference that can be read is known by its digest, and will be refused with
    its reasons in the receipt. Raises FileRefused for one that is too large to keep,
    ReferenceReused.
    """
    if len(content) > LARGEST:
        raise FileRefused(FileFault.TOO_LARGE)
    with transaction(), acting(actor, now=now):
        file = NewFile(service, sender, _reference(content, reference_of), content, channel)
        received = operations.receive(file=file, actor=actor, now=now)
        if not received.is_repeat:
            app.configure_task(name=f"{service}.read_file").defer(file=received.id)
    return received


def read(
    *,
    service: str,
    file: int,
    contents_of: Callable[[bytes], C],
    take: Callable[[File, C], tuple[int, int]],
    now: datetime,
) -> None:
    """Read a file that waits: its forms are taken, or the whole file is refused.

    ``contents_of`` raises FileRefused; ``take`` stores the forms and says how many there are and
    how many of them were not taken. Does nothing for a file that was read already.
    """
    actor = system(f"{service}.read_file")
    with transaction(), acting(actor, now=now):
        row = operations.locked(file=file)
        if row is None:
            return
        try:
            contents = contents_of(bytes(row.content))
        except FileRefused as refusal:
            operations.settle(file=row, actor=actor, now=now, fault=refusal.fault.value)
            return
        forms, refused = take(row, contents)
        operations.settle(file=row, actor=actor, now=now, forms=forms, refused=refused)


def _reference(content: bytes, reference_of: Callable[[bytes], str]) -> str:
    try:
        return reference_of(content)
    except FileRefused:
        return f"sha256:{hashlib.sha256(content).hexdigest()[:40]}"
