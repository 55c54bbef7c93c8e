"""The registry of the federation: whether a box is open, and whether its holder wants only it.

A sender asks before it decides for paper. BYPASS: write on paper; ACTIVATED: the box is open;
PREFERRED: open, and its holder wants nothing on paper beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max

from guichet.ebox.boxes import state_of
from guichet.ebox.models import Box, Reading
from guichet.registers.persons import queries as persons
from guichet.rules.ebox import Key


@dataclass(frozen=True, slots=True)
class User:
    """``kind``: ``enterprise`` or ``citizen``; ``last_connection``: when a content was opened."""

    kind: str
    number: str = field(repr=False)
    status: str
    is_exclusive: bool
    last_connection: datetime | None


def users(*, asked: Sequence[tuple[str, str]]) -> list[User]:
    """The state of each (kind, number), in the order of the question.

    Nobody, and somebody without a box, are the same BYPASS.
    """
    people = {number for kind, number in asked if kind == "citizen"}
    current = persons.current_numbers(numbers=people)
    boxes = _boxes(set(current.values()), {n for kind, n in asked if kind == "enterprise"})
    opened = dict(
        Reading.objects.filter(message__box__in=[one.pk for one in boxes.values()])
        .values_list("message__box")
        .annotate(last=Max("at"))
    )
    return [
        _user(kind, number, boxes.get((kind, current.get(number, number))), opened)
        for kind, number in asked
    ]


def _boxes(people: set[str], enterprises: set[str]) -> dict[tuple[str, str], Box]:
    mine = Box.objects.filter(person__niss__in=people).select_related("person")
    theirs = Box.objects.filter(enterprise__number__in=enterprises).select_related("enterprise")
    found = {("citizen", one.person.niss): one for one in mine if one.person}
    return found | {("enterprise", one.enterprise.number): one for one in theirs if one.enterprise}


def _user(kind: str, number: str, box: Box | None, opened: dict[int, datetime]) -> User:
    if box is None or state_of(box) is not Key.OPEN:
        return User(kind, number, "BYPASS", is_exclusive=False, last_connection=None)
    status = "PREFERRED" if box.is_exclusive else "ACTIVATED"
    return User(kind, number, status, box.is_exclusive, opened.get(box.pk))
