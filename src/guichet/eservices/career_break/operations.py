"""Making, changing and cancelling requests: each one transaction and one line of the trail.

Who comes first is the database's answer: a step is one UPDATE of a row that is still where the
step may begin.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.career_break import checks, outages, receipts, steps, telling, tickets
from guichet.eservices.career_break.content import Asked, Warned, asked_of, ending, plain, spanned
from guichet.eservices.career_break.models import (
    Draft,
    Parameters,
    Part,
    Request,
    WorkerPart,
)
from guichet.eservices.career_break.queries import request as found_request
from guichet.eservices.career_break.queries import sent
from guichet.eservices.career_break.retries import keys
from guichet.eservices.career_break.retries.keys import Retry
from guichet.eservices.career_break.steps import UnknownRequest
from guichet.kernel.ticket import EMPLOYER_BATCH, EMPLOYER_WEB
from guichet.kernel.verdict import Severity
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person
from guichet.registers.sorting import sort_key
from guichet.rules.career_break.faults import Fault, any_blocks, blocking
from guichet.rules.career_break.states import Party, Step, StepRefused

_PREFIXES: Final = {"portal": EMPLOYER_WEB, "message": EMPLOYER_BATCH}
# What the database refuses because somebody was quicker, and the words for it.
_QUICKER: Final = {
    "career_break_request_no_overlap": ("V-DT-07", "first_day"),
    "career_break_request_of_one_notice": ("V-NO-LINK", ""),
}


class NoParameters(LookupError):
    """The employer did not say yet whom to ask and of which sector he is."""


class Refused(Exception):
    """Nothing is stored; ``faults``: why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(", ".join(one.key for one in faults if one.blocks))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who does it, for which employer (ten digits), and in which language documents are made.

    ``channel``: portal or message; ``retry``: what makes a repeated call of software one call.
    """

    actor: Actor
    employer: str
    language: str = "nl"
    channel: str = "portal"
    retry: Retry | None = None

    @property
    def prefix(self) -> str:
        """What the tickets of this channel begin with."""
        return _PREFIXES[self.channel]


@dataclass(frozen=True, slots=True)
class Contact:
    """What an employer says of himself; ``authority``: which, in the public sector."""

    name: str
    email: str
    sector: str
    given_name: str = ""
    phone: str = ""
    mobile: str = ""
    takes_notices: bool = False
    authority: str = ""


def keep_parameters(*, contact: Contact, sender: Sender, now: datetime) -> Parameters:
    """Keep whom to ask, the sector, and whether electronic notices are taken."""
    with transaction(actor=sender.actor):
        firm = Enterprise.objects.get(number=sender.employer)
        row = Parameters.objects.select_for_update().filter(employer=firm).first()
        row = row or Parameters(employer=firm)
        changed = {
            name: [getattr(row, name), getattr(contact, name)]
            for name in Contact.__slots__
            if getattr(row, name) != getattr(contact, name)
        }
        for name in Contact.__slots__:
            setattr(row, name, getattr(contact, name))
        row.changed_at = now
        row.save()
        trail.record(
            action="careerBreak.parameters.changed", actor=sender.actor, target=sender.employer,
            now=now, detail={"changed": changed},
        )  # fmt: skip
    return row


def confirm(*, key: UUID, asked: Asked, sender: Sender, now: datetime) -> Request:
    """Make the request of a draft, once however often it is confirmed.

    It waits for the worker then; he is told, and the employer's part is kept as a document.
    Raises UnknownRequest, NoParameters, Refused.
    """
    with no_overlap(), transaction(actor=sender.actor):
        rows = Draft.objects.select_for_update(of=("self",)).select_related("person", "employer")
        draft = rows.filter(pk=key, employer__number=sender.employer).first()
        if draft is None:
            done = sent(key=key, employer=sender.employer)
            if done is None:
                raise UnknownRequest(str(key))
            return done
        parameters = Parameters.objects.filter(employer=draft.employer).first()
        if parameters is None:
            raise NoParameters(sender.employer)
        row = filed(draft, parameters, asked, sender, now)
        draft.delete()
    return row


def modify_end(*, ticket: str, last_day: date, comment: str, sender: Sender, now: datetime) -> Part:
    """Another last day, nothing else; the part has a ticket of its own.

    Raises UnknownRequest, Refused, states.StepRefused once the worker completed his part;
    keys.Repeated and keys.KeyReused for software.
    """
    with no_overlap(), transaction(actor=sender.actor):
        keys.claim(sender.retry, now=now)
        row = _held(ticket, sender)
        one_at_a_time(row.person)
        asked = ending(asked_of(row.content), last_day)
        steps.following(row, Step.MODIFY, Party.EMPLOYER, today=clock.today(now))
        if last_day == row.last_day:
            raise Refused([blocking("V-MO-01", "last_day")])
        asked = _checked(asked, row.sector, row.person, sender, now, but=row.pk)
        _move(row, Step.MODIFY, now, last_day=last_day, content=plain(asked))
        part = _part(row, "modification", sender, now)
        _version(row, "modified", sender, now, said={"comment": comment} if comment else {})
        telling.changed(row, "modified", now=now)
        _trace("request.modified", row.ticket, sender, now, part=part.ticket)
        keys.keep(sender.retry, ticket=part.ticket, now=now)
    return part


def cancel(*, ticket: str, sender: Sender, now: datetime, wants_mail: bool = False) -> Part:
    """Take a request back before the worker completed his part; the part has its own ticket.

    Raises UnknownRequest, states.StepRefused; keys.Repeated and keys.KeyReused for software.
    """
    with transaction(actor=sender.actor):
        keys.claim(sender.retry, now=now)
        row = _held(ticket, sender)
        _move(row, Step.CANCEL, now)
        part = _part(row, "cancellation", sender, now)
        _version(row, "cancelled", sender, now)
        telling.changed(row, "cancelled", now=now)
        if wants_mail:
            telling.mailed(row, "cancelled", now=now)
        _trace("request.cancelled", row.ticket, sender, now, part=part.ticket)
        keys.keep(sender.retry, ticket=part.ticket, now=now)
    return part


def complete(*, ticket: str, said: Mapping[str, Any], actor: Actor, now: datetime) -> Request:
    """The worker sends his part: the file is with the office from now on.

    ``said``: as `said.plain` gives it; ``actor``: the worker himself. Raises UnknownRequest,
    states.StepRefused.
    """
    with transaction(actor=actor):
        return completed(ticket=ticket, said=said, actor=actor, now=now)


def completed(
    *, ticket: str, said: Mapping[str, Any], actor: Actor, now: datetime, document: str = ""
) -> Request:
    """`complete` in the caller's transaction; ``document``: the reference of the receipt.

    Where the worker lives today decides over the office, not where he lived when it was filed.
    """
    rows = Request.objects.select_related("person", "employer")
    row = rows.filter(ticket=ticket, person__niss=actor.id).first()
    if row is None:
        raise UnknownRequest(ticket)
    on = clock.today(now)
    office = checks.office(row.person, employer_postcode=row.employer.postcode, on=on)
    steps.carry_out(
        row, Step.COMPLETE, Party.WORKER, event="completed", actor=actor, now=now,
        completed_at=now, office=office or row.office,
    )  # fmt: skip
    WorkerPart.objects.update_or_create(
        request=row,
        defaults={"content": dict(said), "document": document, "sent_at": now, "changed_at": now},
    )
    return row


def filed(
    draft: Draft,
    parameters: Parameters,
    asked: Asked,
    sender: Sender,
    now: datetime,
    *,
    besides: tuple[Fault, ...] = (),
) -> Request:
    """The request of a draft, kept or not, in the caller's transaction; raises Refused.

    ``besides``: what speaks against it already.
    """
    if outages.announced(now=now) is not None:
        raise Refused([blocking(outages.OUTAGE, "")])
    asked = replace(spanned(asked), authority=parameters.authority)
    one_at_a_time(draft.person)
    asked = _checked(asked, parameters.sector, draft.person, sender, now, besides=besides)
    if asked.first_day is None:
        raise Refused([blocking("V-DT-01", "first_day")])
    person = draft.person
    row = Request(
        ticket=tickets.take(sender.prefix), draft=draft.pk, channel=sender.channel, version=0,
        sector=parameters.sector, employer=draft.employer, person=person, notice=draft.notice,
        leave=asked.leave, regime=asked.regime, first_day=asked.first_day,
        last_day=asked.last_day, content=plain(asked), office=checks.office(
            person, employer_postcode=draft.employer.postcode, on=clock.today(now)
        ),
        search_key=sort_key(person.family_name, person.given_name), filed_at=now, changed_at=now,
    )  # fmt: skip
    row.version = 1
    row.document = receipts.issue_part(row=row, contact=parameters, sender=sender.actor,
                                       language=sender.language, now=now)  # fmt: skip
    row.save(force_insert=True)
    _version(row, "confirmed", sender, now)
    telling.filed(row, now=now)
    if asked.wants_mail:
        telling.mailed(row, "confirmed", now=now)
    _trace("request.confirmed", row.ticket, sender, now)
    return row


def _checked(
    asked: Asked,
    sector: str,
    person: Person,
    sender: Sender,
    now: datetime,
    *,
    but: int | None = None,
    besides: tuple[Fault, ...] = (),
) -> Asked:
    """With the warnings that stand; raises Refused where something blocks."""
    facts = checks.facts_of(
        employer=sender.employer, sector=sector, person=person, but=but,
        authority=asked.authority, notified_on=asked.notified_on,
    )  # fmt: skip
    found = (*besides, *checks.faults(asked=asked, facts=facts, today=clock.today(now)))
    if any_blocks(found):
        raise Refused(found)
    warned = tuple(
        Warned(one.key, one.field, {name: str(value) for name, value in one.values.items()})
        for one in found
        if one.severity is Severity.WARN
    )
    return replace(asked, warned=warned)


def _held(ticket: str, sender: Sender) -> Request:
    row = found_request(ticket=ticket, employer=sender.employer)
    if row is None or not row.ticket:
        raise UnknownRequest(ticket)
    return row


def _move(row: Request, step: Step, now: datetime, **changed: Any) -> None:
    """A step of the employer; a colleague who was quicker is a fault of his own to machines."""
    try:
        steps.move(row, step, Party.EMPLOYER, now=now, **changed)
    except StepRefused as refusal:
        if refusal.why != "overtaken":
            raise
        raise Refused([blocking("V-CO-01", "")]) from None


def _part(row: Request, kind: str, sender: Sender, now: datetime) -> Part:
    return Part.objects.create(
        request=row, ticket=tickets.take(sender.prefix), kind=kind, version=row.version, at=now
    )


def _version(
    row: Request, event: str, sender: Sender, now: datetime, said: Mapping[str, Any] | None = None
) -> None:
    steps.noted(row, event, actor=sender.actor, now=now, said=said, employer=sender.employer)


def _trace(what: str, target: str, sender: Sender, now: datetime, **detail: str) -> None:
    trail.record(
        action=f"careerBreak.{what}", actor=sender.actor, target=target, now=now,
        detail=detail or None,
    )  # fmt: skip


def one_at_a_time(person: Person) -> None:
    """Nobody else changes the days of this worker's breaks until the transaction ends.

    Two inserts that an exclusion constraint holds apart may wait for each other, and PostgreSQL
    ends one of them as a deadlock; in a row the second one is refused in words.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)


@contextmanager
def no_overlap() -> Iterator[None]:
    """What the database refuses because somebody was quicker is refused in the same words."""
    try:
        yield
    except IntegrityError as fault:
        diagnosis = getattr(fault.__cause__, "diag", None)
        found = _QUICKER.get(getattr(diagnosis, "constraint_name", "") or "")
        if found is None:
            raise
        raise Refused([blocking(*found)]) from None
