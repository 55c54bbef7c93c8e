"""Who works at the office: for which offices, and what the rights let somebody do there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.temporary_unemployment.models import Communication, Line
from guichet.eservices.temporary_unemployment.office.models import Post
from guichet.platform.db import transaction
from guichet.registers.persons import queries as persons
from guichet.registers.persons.models import Person
from guichet.rules.temporary_unemployment.offices import OFFICES


class NotYours(Exception):
    """The communication is of another office, or the right is missing: it is read, not handled."""


class OwnFile(Exception):
    """Nobody handles a communication in which he is named."""


class UnknownOfficer(LookupError):
    """No person of this number, or no such office."""


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody at the desk. ``may_decide``: handles communications; ``may_sign``: revises what a
    colleague decided, and says who works for which office; without either he reads."""

    actor: Actor
    person_id: int
    offices: frozenset[str] = frozenset()
    may_decide: bool = False
    may_sign: bool = False

    def handles(self, row: Communication) -> bool:
        """Whether this communication is his to handle; one without an office is everybody's."""
        return self.may_decide and (not row.office or row.office in self.offices)

    def revises(self, row: Communication) -> bool:
        """Whether he may revise a decision of this office."""
        return self.may_sign and (not row.office or row.office in self.offices)


def officer(*, actor: Actor, person_id: int, may_decide: bool, may_sign: bool) -> Officer:
    """Somebody with the offices that he works for."""
    rows = Post.objects.filter(person_id=person_id).values_list("office", flat=True)
    return Officer(actor, person_id, frozenset(rows), may_decide, may_sign)


def require_handles(officer: Officer, row: Communication) -> None:
    """Raises OwnFile, NotYours."""
    if not officer.handles(row):
        raise NotYours
    require_not_named(officer, row)


def require_revises(officer: Officer, row: Communication) -> None:
    """Raises OwnFile, NotYours."""
    if not officer.revises(row):
        raise NotYours
    require_not_named(officer, row)


def require_not_named(officer: Officer, row: Communication) -> None:
    """Raises OwnFile when the officer is one of the workers, under any of his numbers."""
    niss = Person.objects.values_list("niss", flat=True).get(pk=officer.person_id)
    numbers = persons.numbers_of(niss=niss)
    if Line.objects.filter(communication=row, niss__in=numbers).exists():
        raise OwnFile


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
            _trace("given", row, by, now)
    return row


def take_post(*, post: int, by: Actor, may_give: bool, now: datetime) -> None:
    """Somebody works for an office no longer. Raises NotYours, UnknownOfficer."""
    if not may_give:
        raise NotYours
    with transaction(actor=by):
        row = Post.objects.select_for_update().filter(pk=post).first()
        if row is None:
            raise UnknownOfficer
        _trace("taken", row, by, now)
        row.delete()


def _trace(happened: str, row: Post, by: Actor, now: datetime) -> None:
    trail.record(
        action=f"temporaryUnemployment.post.{happened}", actor=by,
        target=f"{row.office}/{row.pk}", now=now,
    )  # fmt: skip
