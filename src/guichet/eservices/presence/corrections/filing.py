"""Asking the NSSO for a correction, and withdrawing what was asked.

An employer asks for what his staff registered for him, a self-employed person for his own acts;
whether he may is settled by who calls (`cases.asked_of`). Source: manual of the service.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.documents.attachments import operations as attachments
from guichet.documents.attachments.operations import Owner
from guichet.eservices.presence.allowances import CORRECTION
from guichet.eservices.presence.clocking.operations import one_at_a_time
from guichet.eservices.presence.corrections import telling
from guichet.eservices.presence.models import Case, Correction
from guichet.kernel.moments import brussels_day
from guichet.kernel.ticket import TicketNumber
from guichet.platform.db import transaction
from guichet.registers.persons.models import Person
from guichet.rules import presence_corrections as rules
from guichet.rules.presence_corrections import OPEN, Kind, Reason, State, Step

_SEQUENCES: Final = 34**8
_OPEN: Final = tuple(str(one) for one in OPEN)


class UnknownCase(LookupError):
    """No such request of this filer."""


class LateRequest(Exception):
    """``last_day``: until which it could have been asked."""

    def __init__(self, last_day: date) -> None:
        super().__init__(last_day.isoformat())
        self.last_day = last_day


class NoDocument(Exception):
    """A request needs a supporting document."""


class AlreadyAsked(Exception):
    """The same waits for the NSSO already; ``number``: of that request."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked. ``registered_on``: the day of the (first) act, or of the missing one.

    ``type`` to ``foreign_vat_number``: what it should be, where right as it is registered.
    ``files``: the pending attachments that stood on the form.
    """

    ssin: str = field(repr=False)
    kind: Kind
    reason: Reason
    words: str = field(repr=False)
    receipts: tuple[int, ...]
    registered_on: date
    activity: str
    type: str
    occurred_at: datetime
    site: str
    enterprise_number: str | None
    foreign_vat_number: str | None
    files: tuple[UUID, ...]
    report: int | None = None


def file(*, wanted: Wanted, owner: Owner, sender: Owner, now: datetime) -> Case:
    """Ask the NSSO, with documents; until 23:59:59 in Brussels of the last day.

    ``owner``: who files, for an enterprise or for himself; ``sender``: the same person as he is
    signed in, to whom the pending documents belong. Raises LateRequest, NoDocument,
    AlreadyAsked, UnknownAttachment (a file was removed meanwhile), StepRefused (the report of the
    worker is not open any more).
    """
    last_day = rules.last_day(on=wanted.registered_on, activity=wanted.activity)
    if brussels_day(now) > last_day:
        raise LateRequest(last_day)
    if not wanted.files:
        raise NoDocument
    with transaction(actor=owner.actor):
        one_at_a_time(wanted.ssin)
        again = _same(wanted)
        if again is not None:
            raise AlreadyAsked(again.number)
        report = _report(wanted)
        row = _new(wanted, owner, report, last_day, now)
        if report is not None:
            _follow(report, Step.SUBMIT)
        attachments.apply(
            service=CORRECTION.service,
            owner=sender,
            applied_to=row.number,
            now=now,
            only=wanted.files,
        )
        trace("filed", row, owner.actor, now, files=len(wanted.files))
        telling.filed(row)
    return row


def withdraw(*, number: str, owner: Owner, now: datetime) -> Case:
    """Take a request back until it is decided; the report it was made of is open again.

    Raises UnknownCase, StepRefused.
    """
    with transaction(actor=owner.actor):
        row = locked(number)
        if row is None or not is_filer(row, owner):
            raise UnknownCase(number)
        move(row, Step.WITHDRAW)
        row.ended_at = now
        row.save(update_fields=["state", "ended_at"])
        trace("withdrawn", row, owner.actor, now)
        telling.withdrawn(row)
    return row


def is_filer(row: Case, owner: Owner) -> bool:
    """Whoever acts for the enterprise that filed; the person himself for his own."""
    if row.enterprise_number:
        return row.enterprise_number == owner.enterprise_number
    return row.filed_by_id == owner.person_id and not owner.enterprise_number


def locked(number: str) -> Case | None:
    """The request of this number, nobody else's until the transaction ends."""
    rows = Case.objects.select_for_update(of=("self",)).select_related("person", "report")
    return rows.filter(number=number).first()


def move(row: Case, step: Step) -> None:
    """Lead a request and the report behind it on; raises StepRefused. The request is not saved."""
    row.state = rules.after(State(row.state), step).value
    if row.report is not None:
        _follow(row.report, rules.following(step))


def trace(happened: str, row: Case, actor: Actor, now: datetime, **detail: object) -> None:
    """One line for what happened to a request."""
    trail.record(
        action=f"presence.case.{happened}",
        actor=actor,
        target=row.number,
        now=now,
        detail={"kind": row.kind, "reason": row.reason, "state": row.state, **detail},
    )


def _follow(report: Correction, step: Step) -> None:
    report.state = rules.after(State(report.state), step).value
    report.save(update_fields=["state"])


def _same(wanted: Wanted) -> Case | None:
    rows = Case.objects.filter(person__niss=wanted.ssin, kind=wanted.kind, state__in=_OPEN)
    if wanted.receipts:
        return rows.filter(receipts__overlap=list(wanted.receipts)).first()
    return rows.filter(type=wanted.type, occurred_at=wanted.occurred_at).first()


def _report(wanted: Wanted) -> Correction | None:
    if wanted.report is None:
        return None
    return Correction.objects.select_for_update(of=("self",)).get(
        pk=wanted.report, person__niss=wanted.ssin
    )


def _new(
    wanted: Wanted, owner: Owner, report: Correction | None, last_day: date, now: datetime
) -> Case:
    prefix = f"{brussels_day(now):%y}P"
    number = TicketNumber.generate(prefix=prefix, sequence=secrets.randbelow(_SEQUENCES))
    return Case.objects.create(
        number=number.signs,
        person=Person.objects.get(niss=wanted.ssin),
        filed_by_id=owner.person_id,
        enterprise_number=owner.enterprise_number,
        report=report,
        kind=wanted.kind,
        reason=wanted.reason,
        words=wanted.words,
        receipts=list(wanted.receipts),
        type=wanted.type,
        occurred_at=wanted.occurred_at,
        works_reference=wanted.site,
        employer_number=wanted.enterprise_number,
        employer_vat=wanted.foreign_vat_number,
        state=State.SUBMITTED,
        filed_at=now,
        last_day=last_day,
    )
