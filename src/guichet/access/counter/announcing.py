"""Making, changing and ending announcements: those of one's own institution."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guichet.access.counter import board
from guichet.access.counter.models import Announcement
from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.kernel.label import Label
from guichet.platform.db import transaction


class UnknownAnnouncement(Exception):
    """No such announcement, or another institution's."""


class AlreadyOver(Exception):
    """It has ended: what was announced stays as it was."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What is announced: ``service`` None for all of them; ``ends_at`` None: not known yet."""

    severity: str
    service: str | None
    title: Label
    text: Label | None
    begins_at: datetime
    ends_at: datetime | None

    def values(self) -> dict[str, Any]:
        """The columns of the table."""
        texts = self.text.as_mapping() if self.text else dict.fromkeys(("nl", "fr", "de", "en"), "")
        return {
            "severity": self.severity,
            "service": self.service,
            "begins_at": self.begins_at,
            "ends_at": self.ends_at,
            **{f"title_{code}": title for code, title in self.title.as_mapping().items()},
            **{f"text_{code}": text for code, text in texts.items()},
        }


def announce(*, wording: Wording, actor: Actor, now: datetime) -> Announcement:
    """A new announcement of the institution for which somebody acts."""
    with transaction():
        row = Announcement.objects.create(
            institution_number=actor.enterprise or "", created_at=now, **wording.values()
        )
        _record("made", row, actor=actor, now=now)
    board.forget()
    return row


def change(*, announcement: int, wording: Wording, actor: Actor, now: datetime) -> None:
    """Other words, other times; raises UnknownAnnouncement, AlreadyOver."""
    with transaction():
        row = _locked(announcement, actor=actor, now=now)
        for name, value in wording.values().items():
            setattr(row, name, value)
        row.save()
        _record("changed", row, actor=actor, now=now)
    board.forget()


def end(*, announcement: int, actor: Actor, now: datetime) -> None:
    """It is over now, or it will not happen; raises UnknownAnnouncement, AlreadyOver."""
    with transaction():
        row = _locked(announcement, actor=actor, now=now)
        row.begins_at, row.ends_at = min(row.begins_at, now), now
        row.save(update_fields=["begins_at", "ends_at"])
        _record("ended", row, actor=actor, now=now)
    board.forget()


def announcements(*, institution_number: str) -> list[Announcement]:
    """Those of an institution, the newest first."""
    found = Announcement.objects.filter(institution_number=institution_number)
    return list(found.order_by("-begins_at", "-id")[:200])


def announcement(*, key: int, institution_number: str) -> Announcement | None:
    """One of the institution, or None."""
    return Announcement.objects.filter(pk=key, institution_number=institution_number).first()


def _locked(key: int, *, actor: Actor, now: datetime) -> Announcement:
    found = Announcement.objects.select_for_update().filter(
        pk=key, institution_number=actor.enterprise
    )
    row = found.first()
    if row is None:
        raise UnknownAnnouncement
    if row.ends_at is not None and row.ends_at <= now:
        raise AlreadyOver
    return row


def _record(what: str, row: Announcement, *, actor: Actor, now: datetime) -> None:
    trail.record(
        action=f"counter.announcement.{what}",
        actor=actor,
        target=f"announcement/{row.pk}",
        now=now,
        detail={"severity": row.severity, "service": row.service},
    )
