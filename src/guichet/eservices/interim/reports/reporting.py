"""Changing reports: a worker reports and contests, an agency answers and corrects.

Each is one transaction with its line in the trail; the messages to the e-Boxes are jobs in it.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError

from guichet.access.sessions import Acting
from guichet.audit import trail
from guichet.audit.actors import Actor, system
from guichet.documents.attachments import operations as attachments
from guichet.documents.attachments.operations import Owner
from guichet.eservices.interim.allowances import REPORT
from guichet.eservices.interim.models import Report, ReportLine
from guichet.eservices.interim.queries import Relation
from guichet.eservices.interim.reports import telling
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock, throttle
from guichet.platform.db import savepoint, transaction
from guichet.rules import relation_reports as rules
from guichet.rules.relation_reports import OF_AGENCY, Kind, State, Step, after

_HOUR: Final = 3600
_LIMIT: Final = 10
_SEQUENCES: Final = 34**8
_REMINDER: Final = system("interim.remind")


class UnknownReport(LookupError):
    """No such report of this person, or to this agency."""


class NotReportable(Exception):
    """A declaration that is still in treatment has nobody to answer for it yet."""


class AlreadyOpen(Exception):
    """The same is reported already and waits; ``number``: of that report."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


@dataclass(frozen=True, slots=True)
class Reported:
    """What a worker filled in. ``files``: the pending attachments that he saw on the form."""

    relation: Relation = field(repr=False)
    kind: Kind
    text: str = field(repr=False)
    language: str
    files: Sequence[UUID] = ()


def report(*, reported: Reported, acting: Acting, now: datetime) -> Report:
    """Keep a report and tell the agency; the same words sent twice are one report.

    Raises NotReportable, AlreadyOpen, throttle.Throttled, UnknownAttachment (a file was removed
    meanwhile).
    """
    if not may_be_reported(reported.relation):
        raise NotReportable
    known = _waiting(reported, acting)
    if known is not None:
        return _same(known, reported)
    key = f"interim.report:{acting.person_id}"
    throttle.hit(key=key, limit=_LIMIT, seconds=_HOUR, now=now)
    with transaction(actor=acting.actor):
        try:
            with savepoint():
                row = _new(reported, acting, now)
        except IntegrityError:  # sent twice at the same moment
            known = _waiting(reported, acting)
            if known is None:
                raise
            return _same(known, reported)
        _say(row, reported.text, acting.person_id, now)
        if reported.files:
            _attach(row, reported.files, acting, now)
        _trace("opened", row, acting.actor, now, {"files": len(reported.files)})
        telling.agency(row, text=reported.text)
        telling.copy(row, text=reported.text)
    return row


def may_be_reported(relation: Relation) -> bool:
    """Once it is decided: the agency has a period to correct."""
    return relation.reference.startswith("p")


def answer(*, number: str, step: Step, text: str, acting: Acting, now: datetime) -> Report:
    """The agency answers, or says that it corrected; raises UnknownReport, StepRefused."""
    if step not in OF_AGENCY:
        raise rules.StepRefused(f"{step} is not the agency's")
    with transaction(actor=acting.actor):
        row = _locked(number, agency=acting.enterprise_number or "")
        _move(row, step, now)
        _say(row, text, acting.person_id, now)
        _trace(row.state, row, acting.actor, now)
        telling.worker(row, text=text)
    return row


def contest(*, number: str, text: str, acting: Acting, now: datetime) -> Report:
    """The worker does not agree with what the agency said; raises UnknownReport, StepRefused."""
    with transaction(actor=acting.actor):
        row = _locked(number, person=acting.person_id)
        _move(row, Step.CONTEST, now)
        _say(row, text, acting.person_id, now)
        _trace("contested", row, acting.actor, now)
        telling.agency(row, text=text)
    return row


def remind(*, now: datetime) -> int:
    """Remind each agency once of what it left unanswered in time; how many reports."""
    on, count = clock.today(now), 0
    due = Report.objects.filter(due_on__lt=on, reminded_at=None).order_by("due_on", "pk")
    for key in list(due.values_list("pk", flat=True)):
        with transaction(actor=_REMINDER):
            rows = Report.objects.select_for_update(of=("self",))
            row = rows.filter(pk=key, reminded_at=None, due_on__isnull=False).first()
            if row is None or row.due_on is None or not rules.is_reminded(due_on=row.due_on, on=on):
                continue
            row.reminded_at = now
            row.save(update_fields=["reminded_at"])
            _trace("reminded", row, _REMINDER, now)
            telling.reminder(row)
            count += 1
    return count


def _new(reported: Reported, acting: Acting, now: datetime) -> Report:
    one = reported.relation
    prefix = f"{clock.today(now):%y}R"
    number = TicketNumber.generate(prefix=prefix, sequence=secrets.randbelow(_SEQUENCES))
    return Report.objects.create(
        number=number.signs,
        person_id=acting.person_id,
        agency=one.agency.number,
        relation=one.reference,
        first_day=one.first_day,
        last_day=one.last_day,
        user_name=one.user.name if one.user else "",
        user_number=one.user.number if one.user else "",
        kind=reported.kind.value,
        state=State.OPEN.value,
        language=reported.language,
        opened_at=now,
        changed_at=now,
        due_on=rules.answer_due_on(clock.today(now)),
    )


def _waiting(reported: Reported, acting: Acting) -> Report | None:
    return Report.objects.filter(
        person_id=acting.person_id,
        relation=reported.relation.reference,
        kind=reported.kind.value,
        state=State.OPEN.value,
    ).first()


def _same(known: Report, reported: Reported) -> Report:
    """The report itself when somebody pressed twice; another text is no repetition."""
    first = known.lines.order_by("said_at", "pk").first()
    if first is None or first.text != reported.text:
        raise AlreadyOpen(known.number)
    return known


def _locked(number: str, *, person: int | None = None, agency: str = "") -> Report:
    rows = Report.objects.select_for_update(of=("self",)).filter(number=number)
    rows = rows.filter(agency=agency) if person is None else rows.filter(person_id=person)
    row = rows.first()
    if row is None:
        raise UnknownReport
    return row


def _move(row: Report, step: Step, now: datetime) -> None:
    row.state = after(State(row.state), step).value
    waits = State(row.state) in rules.WAITING
    row.due_on = rules.answer_due_on(clock.today(now)) if waits else None
    row.reminded_at, row.changed_at = None, now
    row.save(update_fields=["state", "due_on", "reminded_at", "changed_at"])


def _say(row: Report, text: str, person_id: int, now: datetime) -> None:
    ReportLine.objects.create(
        report=row, state=row.state, text=text, said_by_id=person_id, said_at=now
    )


def _attach(row: Report, files: Sequence[UUID], acting: Acting, now: datetime) -> None:
    attachments.apply(
        service=REPORT.service,
        owner=Owner(acting.person_id, acting.niss, acting.enterprise_number or ""),
        applied_to=row.number,
        now=now,
        only=files,
    )


def _trace(
    happened: str, row: Report, actor: Actor, now: datetime, detail: dict[str, int] | None = None
) -> None:
    trail.record(
        action=f"interim.report.{happened}",
        actor=actor,
        target=row.number,
        now=now,
        detail={"agency": row.agency, "kind": row.kind, **(detail or {})},
    )
