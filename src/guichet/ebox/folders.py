"""Folders of a box; those of an enterprise may have readers of their own (partitions)."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db import IntegrityError

from guichet.access.models import Right
from guichet.access.rights import in_force
from guichet.access.services import Permission
from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.audit.history import acting
from guichet.ebox.models import Box, Folder, FolderReader, Message
from guichet.ebox.reading import UnknownFolder
from guichet.platform.db import savepoint, transaction
from guichet.registers.sorting import sort_key

MOST: Final = 40


class FolderRefused(Exception):
    """The folder cannot be so; ``str()`` is a word for the page."""


def make(
    *, box_id: int, name: str, is_restricted: bool = False, actor: Actor, now: datetime
) -> Folder:
    """A new folder; raises FolderRefused for a name that is taken, or too many."""
    with transaction(), acting(actor, now=now):
        if Folder.objects.filter(box=box_id).count() >= MOST:
            raise FolderRefused("many")
        try:
            with savepoint():
                folder = Folder.objects.create(
                    box_id=box_id,
                    name=name,
                    sort_key=sort_key(name),
                    is_restricted=is_restricted,
                    created_at=now,
                )
        except IntegrityError:
            raise FolderRefused("taken") from None
        _record("made", folder, actor, now)
    return folder


def remove(*, box_id: int, folder: int, actor: Actor, now: datetime) -> None:
    """Remove an empty folder; raises UnknownFolder, FolderRefused. R-EB-13."""
    with transaction(), acting(actor, now=now):
        row = _locked(box_id, folder)
        if Message.objects.filter(folder=row).exists():
            raise FolderRefused("not_empty")
        _record("removed", row, actor, now)
        row.delete()


def name_readers(
    *, box_id: int, folder: int, people: Collection[int], actor: Actor, now: datetime
) -> None:
    """Who may read a restricted folder: these users of the enterprise and no others.

    Raises UnknownFolder, FolderRefused for somebody who has no right to the e-Box.
    """
    with transaction(), acting(actor, now=now):
        row = _locked(box_id, folder)
        if not row.is_restricted:
            raise FolderRefused("open_to_all")
        wanted = set(people)
        if not wanted <= set(users(box_id=box_id, now=now)):
            raise FolderRefused("no_right")
        standing = FolderReader.objects.filter(folder=row)
        held = set(standing.values_list("person", flat=True))
        for gone in standing.exclude(person__in=wanted):
            gone.delete()
        for person in sorted(wanted - held):
            FolderReader.objects.create(folder=row, person_id=person, named_at=now)
        _record("readersNamed", row, actor, now)


def users(*, box_id: int, now: datetime) -> dict[int, str]:
    """Who holds the right to the e-Box of the enterprise: person and name, by name."""
    holder = Box.objects.filter(pk=box_id, enterprise__isnull=False).values("enterprise")
    rows = Right.objects.filter(
        in_force(now), service=Permission.EBOX.value, enterprise__in=holder
    ).select_related("person")
    return {
        row.person_id: f"{row.person.given_name} {row.person.family_name}".strip()
        for row in rows.order_by("person__sort_key", "pk")
    }


def _locked(box_id: int, folder: int) -> Folder:
    for row in Folder.objects.select_for_update().filter(box=box_id, pk=folder):
        return row
    raise UnknownFolder


def _record(what: str, folder: Folder, actor: Actor, now: datetime) -> None:
    trail.record(
        action=f"ebox.folder.{what}", actor=actor, target=f"ebox-folder/{folder.pk}", now=now
    )
