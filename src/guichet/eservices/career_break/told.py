"""For whom earlier breaks were taken, as the worker said beside his requests."""

from collections.abc import Iterator, Mapping
from datetime import date

from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.said import Cared, Earlier
from guichet.registers.persons.models import Person


def told_by(person: Person) -> tuple[Earlier, ...]:
    """The ticket of each request of which he said it, with the key of the person."""
    return tuple(Earlier(person=whom, ticket=ticket) for ticket, whom, _n, _b in _rows(person))


def people_of(person: Person, *, leave: str = "") -> Mapping[str, Cared]:
    """Whom he named in doing so, by their keys; ``leave``: for breaks of this kind only."""
    return {
        whom: Cared(key=whom, name=name, born_on=born_on)
        for _ticket, whom, name, born_on in _rows(person, leave)
        if name
    }


def _rows(person: Person, leave: str = "") -> Iterator[tuple[str, str, str, date | None]]:
    rows = Request.objects.filter(person=person, for_whom__isnull=False)
    rows = rows.filter(leave=leave) if leave else rows
    told = ("ticket", "for_whom__whom", "for_whom__name", "for_whom__born_on")
    yield from rows.order_by("for_whom__said_at", "pk").values_list(*told)
