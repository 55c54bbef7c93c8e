"""Labels of a box: put on messages and taken off, in the caller's transaction, and read.

A label is known by its name, without case and accents; the last message that loses it takes it
along.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from guichet.ebox import visibility
from guichet.ebox.models import Label, Labelled, Message
from guichet.ebox.visibility import Reader
from guichet.platform.db import savepoint
from guichet.registers.sorting import sort_key

LONGEST: Final = 30
# Of one box: more are no order any more.
MOST: Final = 60


class LabelRefused(Exception):
    """The box has sixty labels; ``str()`` is a word for the page."""


def put(*, messages: Sequence[Message], name: str) -> None:
    """Put a label on messages of one box; one that is there stays. Raises LabelRefused."""
    box, key = messages[0].box_id, sort_key(name)
    with savepoint():
        label = Label.objects.filter(box=box, sort_key=key).first()
        if label is None:
            if Label.objects.filter(box=box).count() >= MOST:
                raise LabelRefused("labels")
            label, _is_new = Label.objects.get_or_create(
                box_id=box, sort_key=key, defaults={"name": name}
            )
        Labelled.objects.bulk_create(
            [Labelled(label=label, message=row) for row in messages], ignore_conflicts=True
        )


def take_off(*, messages: Sequence[Message], name: str) -> None:
    """Take a label off messages of one box; a message without it stays as it is."""
    box = messages[0].box_id
    with savepoint():
        Labelled.objects.filter(
            message__in=messages, label__box=box, label__sort_key=sort_key(name)
        ).delete()
        drop_unused(boxes=[box])


def drop_unused(*, boxes: Collection[int]) -> None:
    """Remove labels that no message carries, in the caller's transaction."""
    Label.objects.filter(box__in=boxes, labelled=None).delete()


def offered(*, reader: Reader, now: datetime) -> list[Label]:
    """The labels of messages that the reader may see, by name: others do not exist for him."""
    seen = visibility.messages(reader=reader, now=now).values("pk")
    carried = Labelled.objects.filter(message__in=seen).values("label")
    return list(Label.objects.filter(pk__in=carried).order_by("sort_key"))


def of_messages(*, messages: Collection[int]) -> Mapping[int, list[Label]]:
    """The labels of each of these messages, by name."""
    rows = Labelled.objects.filter(message__in=messages).select_related("label")
    found: dict[int, list[Label]] = {}
    for row in rows.order_by("label__sort_key"):
        found.setdefault(row.message_id, []).append(row.label)
    return found
