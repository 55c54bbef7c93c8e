"""Reading reports: a worker his own, an agency those that were sent to it."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, Value, When

from guichet.documents.attachments import queries as attachments
from guichet.documents.attachments.models import Attachment
from guichet.documents.attachments.queries import File
from guichet.eservices.interim.allowances import REPORT
from guichet.eservices.interim.models import Report, ReportLine
from guichet.kernel.ticket import InvalidNumber, TicketNumber
from guichet.rules.relation_reports import WAITING, State

_WAITING: Final = tuple(one.value for one in WAITING)


def of_person(*, person_id: int) -> QuerySet[Report]:
    """What a worker reported, the newest first."""
    return Report.objects.filter(person_id=person_id).order_by("-opened_at", "-pk")


def of_relation(*, person_id: int, relation: str) -> list[Report]:
    """What a worker reported about one relation, the newest first."""
    return list(of_person(person_id=person_id).filter(relation=relation))


def own(*, number: str, person_id: int) -> Report | None:
    """One report of a worker; somebody else's and none are the same None."""
    return of_person(person_id=person_id).filter(number=signs(number)).first()


def to_agency(*, agency: str, state: str = "") -> QuerySet[Report]:
    """What was reported to an agency: what waits first, what is due soonest on top."""
    rows = Report.objects.filter(agency=agency).select_related("person")
    if state:
        rows = rows.filter(state=state)
    waits = Case(When(state__in=_WAITING, then=Value(0)), default=Value(1))
    return rows.order_by(waits, "due_on", "-changed_at", "-pk")


def one_to_agency(*, number: str, agency: str) -> Report | None:
    """One report to an agency; another agency's and none are the same None."""
    return to_agency(agency=agency).filter(number=signs(number)).first()


def counts(*, agency: str) -> dict[str, int]:
    """How many reports of an agency stand in each state."""
    rows = Report.objects.filter(agency=agency).values("state").annotate(count=Count("pk"))
    found = {row["state"]: row["count"] for row in rows.order_by()}
    return {state.value: found.get(state.value, 0) for state in State}


def waiting(*, agency: str, today: date) -> tuple[int, int]:
    """How many reports wait for an agency, and how many of them too long."""
    rows = Report.objects.filter(agency=agency, state__in=_WAITING)
    found = rows.aggregate(all=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
    return found["all"], found["late"]


def lines(report: Report) -> Sequence[ReportLine]:
    """What was said, in its order."""
    return list(report.lines.order_by("said_at", "pk"))


def files(report: Report) -> list[Attachment]:
    """What the worker attached."""
    return attachments.applied(service=REPORT.service, applied_to=report.number)


def file(report: Report, attachment: UUID) -> File | None:
    """One of them with its bytes."""
    return attachments.file(attachment=attachment, service=REPORT.service, applied_to=report.number)


def signs(number: str) -> str:
    """As it is stored, whatever the spaces and hyphens; what is no number finds nothing."""
    try:
        return TicketNumber.parse(number).signs
    except InvalidNumber:
        return ""
