"""What the desk of the video interviews sees: its queue, one request, who may be the same."""

from dataclasses import dataclass, field
from datetime import date, datetime

from guichet.audit.actors import Actor
from guichet.csam.outside.interviews import visible_to
from guichet.csam.outside.models import DocumentCopy, Request
from guichet.registers.persons.queries import PersonRecord, of_name_and_birth
from guichet.rules.belgianid import OVER, State, Step, steps_from


@dataclass(frozen=True, slots=True)
class Dossier:
    """One request as the agent sees it; `repr` shows nobody."""

    reference: str
    state: State
    given_name: str = field(repr=False)
    family_name: str = field(repr=False)
    birth_date: date = field(repr=False)
    nationality: str
    email: str = field(repr=False)
    phone: str = field(repr=False)
    language: str
    asked_at: datetime
    until: datetime
    slot_at: datetime | None
    has_copy: bool
    refusal: str
    niss: str = field(repr=False)
    steps: tuple[Step, ...]


def queue(*, actor: Actor) -> list[Dossier]:
    """The requests that wait for this desk: interviews by their time, then the new ones."""
    rows = visible_to(actor.enterprise).exclude(state__in=list(OVER))
    found = [_dossier(row) for row in rows.order_by("asked_at")]
    return sorted(found, key=lambda one: (one.slot_at is None, one.slot_at or one.asked_at))


def without_slot(*, enterprise_number: str | None) -> int:
    """How many of the requests that this desk may see have no slot proposed yet."""
    return visible_to(enterprise_number).filter(state=State.REQUESTED).count()


def dossier(*, reference: str, actor: Actor) -> Dossier | None:
    """One request of this desk, or None."""
    row = visible_to(actor.enterprise).filter(reference=reference).first()
    return None if row is None else _dossier(row)


def same_people(one: Dossier) -> tuple[PersonRecord, ...]:
    """People of the register with this family name and birth date, the same names first."""
    return of_name_and_birth(
        family_name=one.family_name, given_name=one.given_name, birth_date=one.birth_date
    )


def _dossier(row: Request) -> Dossier:
    return Dossier(
        reference=row.reference,
        state=State(row.state),
        given_name=row.given_name,
        family_name=row.family_name,
        birth_date=row.birth_date,
        nationality=row.nationality,
        email=row.email,
        phone=row.phone,
        language=row.language,
        asked_at=row.asked_at,
        until=row.until,
        slot_at=row.slot_at,
        has_copy=DocumentCopy.objects.filter(request_id=row.pk).exists(),
        refusal=row.refusal,
        niss=row.person.niss if row.person else "",
        steps=steps_from(State(row.state)),
    )
