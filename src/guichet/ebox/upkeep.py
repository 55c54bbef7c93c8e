"""What happens by itself: messages expire, unread ones are called to mind, mails leave at night."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from guichet.audit import trail
from guichet.audit.actors import Actor, system
from guichet.ebox import events, labels, mails
from guichet.ebox.contents import CONTENTS
from guichet.ebox.mails import Night
from guichet.ebox.models import Attachment, Box, EventKind, Message, Publication
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.rules.ebox import MAIL_HOUR

ACTOR: Final[Actor] = system("ebox")
_AT_ONCE: Final = 500


def expire(*, now: datetime) -> int:
    """Delete what expired, at 00:00 of its expiry date; how many. R-EB-1.

    The publication stays: the sender keeps the proof of sending and of reading.
    """
    total = 0
    while count := _expire_some(now):
        total += count
    return total


def night(*, now: datetime) -> int:
    """Reminders and alerts that are due, and one mail for each box that has news; how many mails.

    The work of the night of a day begins at 02:00 in Brussels; before, that of the day before.
    """
    total = 0
    begun = _beginning(now)
    while boxes := _boxes_due(begun):
        with transaction():
            total += sum([_one(box, begun, now) for box in _locked(boxes)])
    return total


def _expire_some(now: datetime) -> int:
    today = clock.today(now)
    with transaction():
        due = Message.objects.select_for_update(skip_locked=True).filter(expires_on__lte=today)
        found = due.order_by("expires_on", "pk").values_list("pk", "publication", "box")
        rows = list(found[:_AT_ONCE])
        if not rows:
            return 0
        ids = [message for message, _publication, _box in rows]
        digests = set(Attachment.objects.filter(message__in=ids).values_list("digest", flat=True))
        Message.objects.filter(pk__in=ids).delete()
        CONTENTS.release(digests)
        labels.drop_unused(boxes={box for _message, _publication, box in rows})
        publications = [pk for _message, pk, _box in rows]
        Publication.objects.filter(pk__in=publications).update(removed_at=now)
        trail.record(
            action="ebox.messages.expired",
            actor=ACTOR,
            target="ebox",
            now=now,
            detail={"count": len(ids)},
        )
    return len(ids)


def _beginning(now: datetime) -> datetime:
    """The last 02:00 in Brussels: mails of that night tell of what came before."""
    local = clock.brussels(now)
    start = local.replace(hour=MAIL_HOUR, minute=0, second=0, microsecond=0)
    return start if start <= local else start - timedelta(days=1)


def _boxes_due(begun: datetime) -> list[int]:
    """Some boxes of which a message waits for a reminder, an alert or a mail."""
    day = clock.today(begun)
    due: set[int] = set()
    for rows in (
        Message.objects.filter(remind_on__lte=day),
        Message.objects.filter(alert_on__lte=day),
        Message.objects.filter(awaits_mail=True, published_at__lt=begun),
    ):
        due.update(rows.values_list("box", flat=True)[:_AT_ONCE])
    return sorted(due)


def _locked(boxes: list[int]) -> list[Box]:
    return list(Box.objects.select_for_update().filter(pk__in=boxes).order_by("pk"))


def _one(box: Box, begun: datetime, now: datetime) -> int:
    """Settle what is due in one box; 1 when a mail left."""
    day, told, is_person = clock.today(begun), Night(), box.person_id is not None
    reminded = _settle(box, "remind_on", day, EventKind.REMINDER, now)
    alerted = _settle(box, "alert_on", day, EventKind.ALERT, now)
    waiting = Message.objects.filter(box=box, awaits_mail=True, published_at__lt=begun)
    fresh = _worth(box, waiting)
    told.new, told.ending = len(fresh), len(_worth(box, alerted))
    told.unread = len(_worth(box, reminded)) if is_person else 0
    Publication.objects.filter(pk__in=[row.publication_id for row in fresh]).update(notified_at=now)
    waiting.update(awaits_mail=False)
    if not box.email or not (told.new or told.unread or told.ending):
        return 0
    mails.night(box=box, told=told, now=now)
    return 1


def _settle(box: Box, column: str, day: date, kind: EventKind, now: datetime) -> list[Message]:
    """Tell once of each message that is due by ``day`` and still unread, and strike it off."""
    due = Message.objects.filter(**{"box": box, f"{column}__lte": day})
    unread = list(due.filter(read_at=None, deleted_at=None, expires_on__gt=day).order_by("pk"))
    events.tell(told=[(row.box_id, row.uuid) for row in unread], kind=kind, now=now)
    Message.objects.filter(pk__in=list(due.values_list("pk", flat=True))).update(**{column: None})
    return unread


def _worth(box: Box, rows: Iterable[Message]) -> list[Message]:
    """Those of which a mail tells: unread, and required where the holder wants no others."""
    return [
        row
        for row in rows
        if box.email
        and row.read_at is None
        and row.deleted_at is None
        and (row.is_required or box.mails == "daily")
    ]
