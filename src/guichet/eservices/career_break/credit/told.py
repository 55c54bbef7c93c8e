"""For whom earlier breaks were taken, as the worker said beside his requests."""

from collections.abc import Mapping

from guichet.eservices.career_break.credit.models import ForWhom
from guichet.eservices.career_break.said import Cared, Earlier
from guichet.registers.persons.models import Person


def told_by(person: Person) -> tuple[Earlier, ...]:
    """The ticket of each request of which he said it, with the key of the person."""
    return tuple(Earlier(person=one.whom, ticket=one.request.ticket) for one in _rows(person))


def people_of(person: Person, *, leave: str = "") -> Mapping[str, Cared]:
    """Whom he named in doing so, by their keys; ``leave``: for breaks of this kind only."""
    return {
        one.whom: Cared(key=one.whom, name=one.name, born_on=one.born_on)
        for one in _rows(person)
        if one.name and leave in ("", one.request.leave)
    }


def _rows(person: Person) -> list[ForWhom]:
    rows = ForWhom.objects.filter(request__person=person).select_related("request")
    return list(rows.order_by("said_at", "pk"))
