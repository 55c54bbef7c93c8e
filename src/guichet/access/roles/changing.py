"""The pieces of which changes of access are made; each takes part in the caller's transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from guichet.access.identification.operations import close_sessions
from guichet.access.models import Manager, Member, Right
from guichet.access.roles import queries
from guichet.access.roles.offered import permissions
from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.kernel.verdict import Verdict
from guichet.platform import clock, post
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person
from guichet.rules import access_management as rules
from guichet.rules.access_management import MANAGEMENT, Kind, State


class AccessRefused(Exception):
    """A change that is not open; ``key`` is a word of the rules, told in words by the pages."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class UnknownUser(AccessRefused):
    """No such user, right or manager in this enterprise."""

    def __init__(self) -> None:
        super().__init__("unknown")


@dataclass(frozen=True, slots=True)
class Contact:
    """How a user is reached; each part may be empty."""

    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Rights to give: some services of a quality, for some days."""

    quality: str
    services: tuple[str, ...]
    first_day: date
    last_day: date | None = None


def locked(number: str) -> Enterprise:
    """The enterprise, locked: changes of its access follow one another."""
    row = Enterprise.objects.select_for_update().filter(number=number).first()
    if row is None:
        raise UnknownUser
    return row


def functions_of(number: str, niss: str, today: date) -> list[str]:
    """The functions of a person in an enterprise today."""
    found = enterprises.functions(number=number, on=today)
    return [one.function for one in found if one.niss == niss]


def person_of(niss: str) -> Person:
    """The person of this number; raises AccessRefused."""
    row = Person.objects.filter(niss=niss, replaced_by=None).first()
    if row is None:
        raise AccessRefused("person_unknown")
    return row


def member_of(enterprise: Enterprise, member: int) -> Member:
    """A user of the enterprise; raises UnknownUser."""
    row = (
        Member.objects.select_related("person")
        .filter(enterprise=enterprise, pk=member)
        .exclude(state=State.DELETED)
        .first()
    )
    if row is None:
        raise UnknownUser
    return row


def posts_of(by: Actor, number: str) -> tuple[rules.Post, ...]:
    """The appointments of whoever acts."""
    person = Person.objects.filter(niss=by.id, replaced_by=None).first()
    return queries.posts_of(person_id=person.pk, enterprise_number=number) if person else ()


def require(verdict: Verdict[bool]) -> None:
    """Raises AccessRefused with the first reason of a verdict that says no."""
    if not verdict.outcome:
        raise AccessRefused(verdict.findings[0].key.removeprefix("access."))


def appointed(
    enterprise: Enterprise,
    person: Person,
    kind: Kind,
    quality: str | None,
    services: Iterable[str],
    *,
    by: Actor,
    now: datetime,
    at_once: bool,
) -> Manager:
    """A new appointment."""
    return Manager.objects.create(
        enterprise=enterprise,
        person=person,
        kind=kind.value,
        quality=quality,
        services=[str(one) for one in services],
        named_by=Person.objects.filter(niss=by.id).first(),
        named_at=now,
        activated_at=now if at_once else None,
    )


def user_of(
    enterprise: Enterprise,
    person: Person,
    contact: Contact,
    *,
    by: Actor,
    now: datetime,
    is_active: bool,
) -> Member:
    """The user, made or brought up to date."""
    row = (
        Member.objects.filter(enterprise=enterprise, person=person)
        .exclude(state=State.DELETED)
        .first()
    )
    state = State.ACTIVE if is_active else State.INVITED
    if row is None:
        row = Member(
            enterprise=enterprise,
            person=person,
            state=state,
            created_at=now,
            invited_by=Person.objects.filter(niss=by.id).first(),
        )
    elif is_active:
        row.state = state
    row.email, row.phone = contact.email or row.email, contact.phone or row.phone
    row.language = contact.language
    row.answered_at = now if is_active else row.answered_at
    row.save()
    return row


def give_managed(
    enterprise: Enterprise,
    person: Person,
    quality: str,
    services: Iterable[str],
    *,
    by: Actor,
    now: datetime,
    is_accepted: bool,
) -> None:
    """A manager holds what he gives, and the right to manage."""
    granted_by = Person.objects.filter(niss=by.id).first()
    held = set(
        Right.objects.filter(
            enterprise=enterprise, person=person, quality=quality, withdrawn_at=None,
            last_day=None,
        ).values_list("service", flat=True)
    )  # fmt: skip
    Right.objects.bulk_create(
        Right(
            enterprise=enterprise,
            person=person,
            quality=quality,
            service=str(service),
            first_day=clock.today(now),
            granted_by=granted_by,
            accepted_at=now if is_accepted else None,
        )
        for service in (*services, MANAGEMENT)
        if str(service) not in held
    )


def give(
    enterprise: Enterprise,
    person: Person,
    wanted: Wanted,
    posts: tuple[rules.Post, ...],
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Give rights, each within what the manager may give; raises AccessRefused."""
    offered = permissions(wanted.quality)
    if not wanted.services:
        raise AccessRefused("not_offered")
    for service in wanted.services:
        require(
            rules.may_grant(posts=posts, quality=wanted.quality, service=service, offered=offered)
        )
        Right.objects.filter(
            enterprise=enterprise, person=person, quality=wanted.quality, service=service,
            withdrawn_at=None,
        ).update(withdrawn_at=now)  # fmt: skip
        Right.objects.create(
            enterprise=enterprise,
            person=person,
            quality=wanted.quality,
            service=service,
            first_day=wanted.first_day,
            last_day=wanted.last_day,
            granted_by=Person.objects.filter(niss=by.id).first(),
            # What he gives to himself he has accepted.
            accepted_at=now if person.niss == by.id else None,
        )
        record("granted", enterprise, person.pk, by=by, now=now, service=service)


def end_all(
    person_id: int, enterprise: Enterprise, *, by: Actor, now: datetime, reason: str
) -> None:
    """Every appointment and every right of a person in an enterprise ends now."""
    Manager.objects.filter(enterprise=enterprise, person=person_id, withdrawn_at=None).update(
        withdrawn_at=now
    )
    Right.objects.filter(enterprise=enterprise, person=person_id, withdrawn_at=None).update(
        withdrawn_at=now
    )
    close_sessions(
        person_id=person_id,
        enterprise_number=enterprise.number,
        actor=by,
        now=now,
        reason=reason,
    )


def record(
    what: str, enterprise: Enterprise, person_id: int, *, by: Actor, now: datetime, **detail: Any
) -> None:
    """One line in the trail, by enterprise and person."""
    trail.record(
        action=f"access.role.{what}",
        actor=by,
        target=enterprise.number,
        now=now,
        detail={"person": person_id, **detail},
    )


def tell(contact: Contact, enterprise: Enterprise, now: datetime) -> None:
    """A mail without personal data: something changed, sign in to see what."""
    if not contact.email:
        return
    with override(contact.language):
        name = enterprises.record_of(enterprise).name(contact.language)
        post.mail(
            to=contact.email,
            subject=_("Your access for an enterprise has changed"),
            body=_(
                "%(name)s changed what you may do in its name.\n\n"
                "Sign in at the counter and open \u201cMy access\u201d to see it, to accept or to "
                "decline it."
            )
            % {"name": name},
            now=now,
            language=contact.language,
        )


def post_codes(person: Person, contact: Contact, enterprise_number: str) -> None:
    """Have access codes posted, by whoever keeps them; abroad, by mail and text message."""
    app.configure_task(name="csam.post_codes").defer(
        niss=person.niss,
        enterprise_number=enterprise_number,
        quality="employer",
        email=contact.email,
        phone=contact.phone,
    )
