"""What a desk does with a request for BelgianID: a slot, the interview, the activation.

A desk is an institution. A request that nobody took up is open to every desk; from the first slot
on it belongs to one, and to the others it is as unknown as none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError
from django.db.models import Q, QuerySet

from guichet.audit.actors import Actor
from guichet.audit.history import acting
from guichet.csam.keys.codes_made import digits
from guichet.csam.outside import mails, numbers
from guichet.csam.outside.copies import Copy, Kind
from guichet.csam.outside.models import DocumentCopy, Request
from guichet.csam.outside.requests import activation_digest, end, note, take
from guichet.csam.provider.logins import digest, new_secret
from guichet.kernel.niss import Sex
from guichet.platform.db import transaction
from guichet.registers.addresses import Address
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person
from guichet.registers.persons.queries import PersonRecord
from guichet.rules.belgianid import CODE_DIGITS, SLOT_NOTICE, State, Step

_ONE_AT_A_TIME: Final = "csam_outside_request_one_at_a_time"


class UnknownRequest(Exception):
    """No such request, or one of another desk."""


class SlotRefused(Exception):
    """A slot that cannot be; ``code``: ``too_soon``, ``taken``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class UnknownPerson(Exception):
    """The register does not know the person whom the interview recognised."""


@dataclass(frozen=True, slots=True, repr=False)
class Recognised:
    """Whom the agent saw: a person of the register (``niss``), or somebody new."""

    given_name: str = ""
    family_name: str = ""
    birth_date: date | None = None
    sex: Sex | None = None
    niss: str = ""


@dataclass(frozen=True, slots=True)
class Activation:
    """What the agent reads aloud at the end of the interview; shown once and never again."""

    code: str = field(repr=False)


def visible_to(enterprise: str | None) -> QuerySet[Request]:
    """The requests that a desk may see: its own, and those that nobody took up."""
    nobodys = Q(desk__isnull=True) & Q(state=State.REQUESTED)
    rows = Request.objects.select_related("desk", "agent", "person")
    return rows.filter(nobodys | Q(desk__number=enterprise or ""))


def propose(*, reference: str, slot_at: datetime, actor: Actor, now: datetime) -> None:
    """Propose a slot, or another one; the person gets a link, and a former link is void.

    Raises UnknownRequest, StepRefused, SlotRefused.
    """
    if slot_at < now + SLOT_NOTICE:
        raise SlotRefused("too_soon")
    secret = new_secret()
    try:
        with _taken(reference, actor, now) as row:
            row.desk = Enterprise.objects.get(number=actor.enterprise)
            row.agent = Person.objects.get(niss=actor.id)
            row.slot_at = slot_at
            take(row, Step.PROPOSE, now=now)
            row.link = digest(secret)
            row.save()
            note("slotProposed", row, actor=actor, now=now)
            mails.proposed(row, secret=secret, now=now)
    except IntegrityError as broken:
        if _ONE_AT_A_TIME not in str(broken):
            raise
        raise SlotRefused("taken") from None


def cancel(*, reference: str, actor: Actor, now: datetime) -> None:
    """The desk gives a request up, as the person asked or because it is none.

    Raises UnknownRequest, StepRefused.
    """
    with _taken(reference, actor, now) as row:
        if row.desk is None:
            row.desk = Enterprise.objects.get(number=actor.enterprise)
        end(row, Step.CANCEL, actor=actor, now=now)


def open_copy(*, reference: str, actor: Actor, now: datetime) -> Copy:
    """The copy of the document, for the agent; a line of the trail says that he saw it.

    Raises UnknownRequest: also when there is no copy, or none any more.
    """
    with _taken(reference, actor, now) as row:
        copy = DocumentCopy.objects.filter(request=row).first()
        if copy is None or row.state != State.CONFIRMED:
            raise UnknownRequest(reference)
        note("copySeen", row, actor=actor, now=now)
    return Copy(Kind(copy.kind), bytes(copy.data))


def pass_interview(*, reference: str, recognised: Recognised, actor: Actor, now: datetime) -> str:
    """The agent is sure: the person of the register, or somebody new with a new BIS number.

    The number. Raises UnknownRequest, StepRefused, UnknownPerson, and what
    `numbers.give_number` raises.
    """
    with _taken(reference, actor, now) as row:
        take(row, Step.PASS, now=now)
        row.sex = recognised.sex.value if recognised.sex else ""
        is_new = not recognised.niss
        niss = _new_number(row, recognised, actor, now) if is_new else recognised.niss
        row.person = Person.objects.filter(niss=niss, replaced_by=None).first()
        if row.person is None:
            raise UnknownPerson
        row.interviewed_at = now
        row.save()
        detail = {"person": row.person.pk, "created": is_new}
        note("interviewPassed", row, actor=actor, now=now, **detail)
    return niss


def refuse(*, reference: str, reason: str, actor: Actor, now: datetime) -> None:
    """The agent is not sure; ``reason`` is for the desk. Raises UnknownRequest, StepRefused."""
    with _taken(reference, actor, now) as row:
        take(row, Step.REFUSE, now=now)
        row.refusal, row.interviewed_at = reason, now
        row.save()
        note("interviewRefused", row, actor=actor, now=now)
        mails.refused(row, now=now)


def send_activation(*, reference: str, actor: Actor, now: datetime) -> Activation:
    """Send the link and make the code, or both anew: the former ones are void.

    Raises UnknownRequest, StepRefused.
    """
    secret, code = new_secret(), digits(CODE_DIGITS)
    with _taken(reference, actor, now) as row:
        take(row, Step.SEND, now=now)
        row.link, row.activation_code = digest(secret), activation_digest(code)
        row.save()
        note("activationSent", row, actor=actor, now=now)
        mails.activation(row, secret=secret, now=now)
    return Activation(code)


def _new_number(row: Request, recognised: Recognised, actor: Actor, now: datetime) -> str:
    record = PersonRecord(
        niss="",
        given_name=recognised.given_name,
        family_name=recognised.family_name,
        language=row.language,
        email=row.email,
        address=Address(country=row.nationality),
    )
    born_on = recognised.birth_date or row.birth_date
    return numbers.give_number(
        person=record, born_on=born_on, sex=recognised.sex, actor=actor, now=now
    )


@contextmanager
def _taken(reference: str, actor: Actor, now: datetime) -> Iterator[Request]:
    """A request that this desk may see, locked in a transaction of its own."""
    with transaction(), acting(actor, now=now):
        rows = visible_to(actor.enterprise).select_for_update(of=("self",))
        row = rows.filter(reference=reference).first()
        if row is None:
            raise UnknownRequest(reference)
        yield row
