"""What the registers and the requests know of a worker who asks for himself; nothing of others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from guichet.eservices.career_break import dossier, serving
from guichet.eservices.career_break.dossier import Taken
from guichet.eservices.career_break.models import Parameters, WorkerPart
from guichet.eservices.career_break.said import Cared, Said, said_of
from guichet.eservices.career_break.told import people_of, told_by
from guichet.kernel.niss import Niss, Sex
from guichet.registers.employments import queries as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.persons.models import Person
from guichet.rules.career_break.kinds import Sector


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """``taken``: every break that stands, oldest first; ``people``: for whom breaks were taken, by
    their keys; ``job``: the employment that runs, the latest of several, ``since``: when it began,
    contracts before it without a gap included. A visitor has none."""

    taken: tuple[Taken, ...] | None = None
    people: Mapping[str, Cared] = field(default_factory=dict)
    born_on: date | None = None
    sex: Sex | None = None
    job: EmploymentRecord | None = None
    since: date | None = None
    sector: str = ""

    @property
    def is_visitor(self) -> bool:
        """Whether nothing is known because nobody signed in."""
        return self.taken is None


NOBODY = Known()


def of_person(person: Person, *, today: date) -> Known:
    """What is known of a person on a day."""
    said = _said(person)
    told = [one for part in said for one in part.earlier]
    told += told_by(person)
    people = {part.person.key: part.person for part in said if part.person.key}
    people = {**people_of(person), **people}
    job = _job(person, today)
    return Known(
        taken=dossier.history(person, told=told, known_on=today),
        people=people,
        born_on=person.birth_date,
        sex=Niss(person.niss).sex(),
        job=job,
        since=_since(person, job, today),
        sector=_sector(job),
    )


def untold(known: Known) -> tuple[Taken, ...]:
    """The breaks for somebody of whom nobody said who it was, and that can still be told."""
    return tuple(
        one
        for one in known.taken or ()
        if one.rules.person is None and one.ticket and one.rules.leave.is_thematic
    )


def _said(person: Person) -> list[Said]:
    parts = WorkerPart.objects.filter(request__person=person, content__isnull=False)
    rows = parts.order_by("pk").values_list("content", flat=True)
    return [said_of(content) for content in rows if content]


def _job(person: Person, today: date) -> EmploymentRecord | None:
    running = employments.periods_of(niss=person.niss, on=today)
    return max(running, key=lambda one: one.first_day, default=None)


def _since(person: Person, job: EmploymentRecord | None, today: date) -> date | None:
    if job is None:
        return None
    return serving.of_worker(person, employer=job.employer).since(today)


def _sector(job: EmploymentRecord | None) -> str:
    """As the employer says it; an employer that said nothing is taken for a private one."""
    if job is None:
        return ""
    rows = Parameters.objects.filter(employer__number=job.employer)
    return rows.values_list("sector", flat=True).first() or Sector.PRIVATE.value
