"""Reading what belongs to a worker: his requests at every employer, and nobody else's."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from guichet.eservices.career_break import dossier, together
from guichet.eservices.career_break.models import Notice, Request, Version, WorkerPart
from guichet.eservices.career_break.queries import signs_of
from guichet.eservices.career_break.said import Cared
from guichet.eservices.career_break.told import people_of, told_by
from guichet.eservices.career_break.worker.cases import Case
from guichet.eservices.career_break.worker.models import Change, Objection
from guichet.rules.career_break.states import State


def requests(*, niss: str) -> list[Request]:
    """Every request for a worker that has a ticket, the newest first; a hundred at most."""
    rows = Request.objects.filter(person__niss=niss).exclude(ticket="")
    return list(rows.select_related("person", "employer").order_by("-filed_at", "-pk")[:100])


def request(*, ticket: str, niss: str) -> Request | None:
    """One of them by its ticket or by that of a part; somebody else's and none are the same."""
    signs = signs_of(ticket)
    if not signs:
        return None
    rows = Request.objects.filter(person__niss=niss).exclude(ticket="")
    rows = rows.select_related("person", "employer")
    return rows.filter(ticket=signs).first() or rows.filter(parts__ticket=signs).first()


def to_complete(*, niss: str) -> list[Request]:
    """The requests that wait for the worker, the soonest start first."""
    rows = Request.objects.filter(person__niss=niss, state=State.WAIT_WORKER).exclude(ticket="")
    return list(rows.select_related("person", "employer").order_by("first_day", "pk")[:100])


def part(row: Request) -> WorkerPart | None:
    """What the worker typed or sent for a request."""
    return WorkerPart.objects.filter(request=row).first()


def case(row: Request, *, today: date) -> Case:
    """A request as its worker fills it in."""
    found = part(row)
    return case_of(row, found.typed if found else {}, today=today)


def case_of(row: Request, typed: Mapping[str, Mapping[str, Any]], *, today: date) -> Case:
    """The same with what is typed at hand."""
    told = told_by(row.person)
    taken = dossier.history(row.person, but=row.pk, told=told, known_on=today)
    return Case(
        row=row, typed=typed, today=today, taken=taken, people=people(row), told=told,
        beside=_beside(row),
    )  # fmt: skip


def _beside(row: Request) -> Mapping[str, Mapping[str, Any]]:
    """The part of the same break with another employer, the newest, as it was typed."""
    parts = WorkerPart.objects.filter(request__in=together.linked(row)).order_by("-changed_at")
    found = parts.first()
    return {} if found is None else found.typed


def people(row: Request) -> dict[str, Cared]:
    """For whom the worker took breaks of this kind before, by their keys: as his parts say, and as
    he said beside the view of his credit."""
    named = people_of(row.person, leave=row.leave)
    return {**named, **dossier.people(row.person, leave=row.leave, but=row.pk)}


def versions(row: Request) -> list[Version]:
    """What happened to a request, oldest first."""
    return list(row.versions.order_by("number"))


def objections(row: Request) -> list[Objection]:
    """What the worker found wrong in the employer's part, oldest first."""
    return list(Objection.objects.filter(request=row).order_by("at", "pk"))


def changes(row: Request) -> list[Change]:
    """The changes that the worker reported for a request, the newest first."""
    return list(Change.objects.filter(request=row).order_by("-at", "-pk"))


def changes_of(*, niss: str) -> list[Change]:
    """Every change that a worker reported, the newest first; a hundred at most."""
    rows = Change.objects.filter(request__person__niss=niss).select_related("request")
    return list(rows.order_by("-at", "-pk")[:100])


def unseen_changes(*, office: str) -> list[Change]:
    """The changes of which no officer of an office took note yet, the oldest first."""
    rows = Change.objects.filter(office=office, seen_at=None)
    return list(rows.select_related("request__person").order_by("at", "pk")[:100])


def notices(*, niss: str) -> list[Notice]:
    """The notices that a worker sent, the newest first; a hundred at most."""
    rows = Notice.objects.filter(person__niss=niss).select_related("employer")
    return list(rows.order_by("-sent_at", "-pk")[:100])
