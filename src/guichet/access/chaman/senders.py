"""Senders: created once an enterprise, with exactly one technical contact that may be replaced."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from django.db import IntegrityError, connection

from guichet.access.chaman.models import Contact, Sender
from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.audit.history import acting
from guichet.kernel.enterprise import EnterpriseNumber
from guichet.platform.db import savepoint, transaction

_LAST_NUMBER: Final = 999_999


class SenderRefused(Exception):
    """A change that is not open; `str()` is a sentence."""


class SenderExists(SenderRefused):
    """The enterprise has its sender."""


class SecondContact(SenderRefused):
    """A sender has exactly one technical contact."""


class UnknownSender(SenderRefused):
    """The enterprise has no sender."""


class NumbersExhausted(SenderRefused):
    """Every number from 000001 to 999999 is given."""


@dataclass(frozen=True, slots=True, repr=False)
class Reachable:
    """Who is called when a channel has trouble."""

    given_name: str
    family_name: str
    email: str
    phone: str
    language: str


def sender(*, enterprise_number: str) -> Sender | None:
    """The sender of an enterprise with its contact, or None."""
    found = Sender.objects.filter(enterprise_number=enterprise_number)
    return found.prefetch_related("contacts").first()


def create(*, contact: Reachable, actor: Actor, now: datetime) -> Sender:
    """Give the actor's enterprise a sender number and its contact; raises SenderRefused.

    Source: ONSS, activating a channel: the first visit asks for the sender and for the data of
    exactly one technical contact.
    """
    number = EnterpriseNumber.parse(actor.enterprise or "").digits
    with transaction(), acting(actor, now=now):
        with _told_by_the_database(), savepoint():
            made = Sender.objects.create(
                number=_next_number(), enterprise_number=number, created_at=now
            )
        _name(made, contact)
        _record("access.sender.created", made, actor, now)
    return made


def add_contact(*, contact: Reachable, actor: Actor, now: datetime) -> None:
    """Name the contact of a sender that has none; raises SecondContact, UnknownSender."""
    with transaction(), acting(actor, now=now):
        found = _locked(actor)
        _name(found, contact)
        _record("access.contact.named", found, actor, now)


def change_contact(*, contact: Reachable, actor: Actor, now: datetime) -> None:
    """Put another person, or other data, in the place of the contact; raises UnknownSender."""
    with transaction(), acting(actor, now=now):
        found = _locked(actor)
        found.contacts.update(**asdict(contact))
        _record("access.contact.changed", found, actor, now)


def _name(sender: Sender, contact: Reachable) -> None:
    with _told_by_the_database(), savepoint():
        Contact.objects.create(sender=sender, **asdict(contact))


def _locked(actor: Actor) -> Sender:
    found = Sender.objects.select_for_update().filter(enterprise_number=actor.enterprise)
    for one in found:
        return one
    raise UnknownSender("This enterprise has no sender yet.")


def _next_number() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('access_sender_number')")
        [number] = cursor.fetchone() or (0,)
    if number > _LAST_NUMBER:
        raise NumbersExhausted("There is no sender number left.")
    return f"{number:06d}"


@contextmanager
def _told_by_the_database() -> Iterator[None]:
    """Constraint names become errors with a sentence."""
    try:
        yield
    except IntegrityError as fault:
        text = str(fault)
        if "access_sender_contact_only_one" in text:
            raise SecondContact("A sender has exactly one technical contact.") from None
        if "access_sender_one_for_an_enterprise" in text:
            raise SenderExists("This enterprise has its sender already.") from None
        raise


def _record(action: str, sender: Sender, actor: Actor, now: datetime) -> None:
    trail.record(action=action, actor=actor, target=f"sender/{sender.number}", now=now)
