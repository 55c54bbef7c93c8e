"""Who works at the office: for which offices, and what the rights let somebody do there."""

from dataclasses import dataclass
from datetime import datetime

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.office.models import Post
from guichet.platform.db import transaction
from guichet.registers.persons.models import Person
from guichet.rules.career_break.offices import OFFICES


class NotYours(Exception):
    """The file is of another office, or the right is missing: it can be read, not handled."""


class OwnFile(Exception):
    """Nobody handles what concerns himself."""


class UnknownOfficer(LookupError):
    """No person of this number, or no such office."""


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody at the desk. ``may_decide``: handles files; ``may_sign``: signs as second, and says
    who works for which office; without either he reads."""

    actor: Actor
    person_id: int
    offices: frozenset[str] = frozenset()
    may_decide: bool = False
    may_sign: bool = False

    def handles(self, row: Request) -> bool:
        """Whether this file is his to handle."""
        return self.may_decide and row.office in self.offices and row.person_id != self.person_id

    def signs(self, row: Request) -> bool:
        """Whether he may sign a decision on this file as second."""
        return self.may_sign and row.office in self.offices and row.person_id != self.person_id


def officer(*, actor: Actor, person_id: int, may_decide: bool, may_sign: bool) -> Officer:
    """Somebody with the offices that he works for."""
    rows = Post.objects.filter(person_id=person_id).values_list("office", flat=True)
    return Officer(actor, person_id, frozenset(rows), may_decide, may_sign)


def require_handles(officer: Officer, row: Request) -> None:
    """Raises OwnFile, NotYours."""
    if row.person_id == officer.person_id:
        raise OwnFile
    if not officer.handles(row):
        raise NotYours


def require_signs(officer: Officer, row: Request) -> None:
    """Raises OwnFile, NotYours."""
    if row.person_id == officer.person_id:
        raise OwnFile
    if not officer.signs(row):
        raise NotYours


def posts() -> list[Post]:
    """Everybody's offices, by name."""
    rows = Post.objects.select_related("person")
    return list(rows.order_by("person__family_name", "person__given_name", "office")[:500])


def give_post(*, niss: str, office: str, by: Actor, may_give: bool, now: datetime) -> Post:
    """Somebody works for an office from now on; twice is once. Raises NotYours, UnknownOfficer."""
    if not may_give:
        raise NotYours
    person = Person.objects.filter(niss=niss, replaced_by=None).first()
    if person is None or office not in OFFICES:
        raise UnknownOfficer
    with transaction(actor=by):
        given = {"given_at": now}
        row, is_new = Post.objects.get_or_create(person=person, office=office, defaults=given)
        if is_new:
            trail.record(
                action="careerBreak.post.given", actor=by, target=f"{office}/{row.pk}", now=now
            )
    return row


def take_post(*, post: int, by: Actor, may_give: bool, now: datetime) -> None:
    """Somebody works for an office no longer. Raises NotYours, UnknownOfficer."""
    if not may_give:
        raise NotYours
    with transaction(actor=by):
        row = Post.objects.select_for_update().filter(pk=post).first()
        if row is None:
            raise UnknownOfficer
        target = f"{row.office}/{row.pk}"
        row.delete()
        trail.record(action="careerBreak.post.taken", actor=by, target=target, now=now)
