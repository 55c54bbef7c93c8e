"""Requests to the NSSO: who may ask for what, and reading them for each of the sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Case as Choice
from django.db.models import IntegerField, Q, QuerySet, Value, When

from guichet.documents.attachments import queries as attachments
from guichet.documents.attachments.models import Attachment
from guichet.documents.attachments.queries import File
from guichet.eservices.presence import day_queries
from guichet.eservices.presence.allowances import CORRECTION
from guichet.eservices.presence.corrections import queries
from guichet.eservices.presence.day_queries import ActRow, Wanted
from guichet.eservices.presence.models import Case, Correction
from guichet.kernel.moments import brussels_day
from guichet.kernel.ticket import InvalidNumber, TicketNumber
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.works import queries as works
from guichet.rules.presence_corrections import OPEN, Kind, State, Step, steps

_OPEN: Final = tuple(str(one) for one in OPEN)


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """What a request can be about: an act, a missing one beside it, or the report of a worker."""

    ssin: str
    worker_name: str
    enterprise_number: str | None
    foreign_vat_number: str | None
    employer_name: str
    works_reference: str
    site_name: str
    type: str
    occurred_at: datetime
    activity: str
    act: ActRow | None = None
    report: Correction | None = None

    @property
    def is_missing(self) -> bool:
        """No act stands behind it: one is missing."""
        return self.act is None

    @property
    def registered_on(self) -> date:
        """The day of the registration, from which the thirty days count."""
        return brussels_day(self.act.logged_at if self.act else self.occurred_at)


@dataclass(frozen=True, slots=True)
class Shown:
    """A request with the names that a page shows; ``may``: what is open to who filed it."""

    row: Case
    number: str
    site_name: str
    employer_name: str
    filer_name: str
    may: frozenset[Step]


def of_act(act: ActRow, *, is_missing: bool) -> Asked:
    """An act that is wrong, or one that is missing beside it: usually its counterpart."""
    kind = act.type if not is_missing else ("out" if act.type == "in" else "in")
    return Asked(
        ssin=act.ssin,
        worker_name=act.worker_name,
        enterprise_number=act.enterprise_number,
        foreign_vat_number=act.foreign_vat_number,
        employer_name=act.employer_name,
        works_reference=act.works_reference,
        site_name=act.site_name,
        type=kind,
        occurred_at=act.occurred_at,
        activity=act.activity,
        act=None if is_missing else act,
    )


def of_report(report: Correction, *, language: str) -> Asked | None:
    """What a worker reported; None when its act is gone or nobody can tell the employer."""
    act = day_queries.act(receipt=report.receipt, language=language) if report.receipt else None
    if report.receipt and act is None:
        return None
    if act is None and not (report.enterprise_number or report.foreign_vat_number):
        return None
    number = report.enterprise_number or ""
    site = works.site(reference=report.works_reference)
    person = report.person
    return Asked(
        ssin=person.niss,
        worker_name=f"{person.family_name} {person.given_name}".strip(),
        enterprise_number=report.enterprise_number,
        foreign_vat_number=report.foreign_vat_number,
        employer_name=enterprises.names(numbers=[number], language=language).get(number, ""),
        works_reference=report.works_reference,
        site_name=site.name if site else "",
        type=report.type,
        occurred_at=report.occurred_at,
        activity=act.activity if act else (site.activity if site else "cleaning"),
        act=act,
        report=report,
    )


def report_to(*, number: int, enterprise: str, today: date) -> Correction | None:
    """A report that waits for this employer; any other is as unknown as none."""
    rows = queries.told_to(enterprise, today).filter(pk=number, state=State.REPORTED)
    return rows.select_related("person").first()


def own_report(*, number: int, ssin: str) -> Correction | None:
    """A correction of the person himself that nobody has sent to the NSSO yet."""
    rows = Correction.objects.filter(pk=number, person__niss=ssin)
    rows = rows.filter(state__in=(State.PREPARED, State.REPORTED))
    return rows.select_related("person").first()


def works_for_himself(*, ssin: str, enterprise_number: str | None, on: date) -> bool:
    """Whether somebody holds a function in the enterprise of the act: nobody's employee there.

    Whoever works for a foreign enterprise is held for its employee: no register says otherwise.
    """
    held = enterprises.functions_of(niss=ssin, on=on)
    return any(one.enterprise_number == enterprise_number for one in held)


def beside(act: ActRow, *, language: str) -> list[ActRow]:
    """The other acts of the person on that day for the same employer, which may share the fault."""
    day = brussels_day(act.occurred_at)
    wanted = Wanted(*day_queries.window(day, day), ssin=act.ssin, counted=True)
    return [
        other
        for other in day_queries.acts(wanted=wanted, language=language)
        if other.receipt != act.receipt
        and (other.enterprise_number, other.foreign_vat_number)
        == (act.enterprise_number, act.foreign_vat_number)
    ]


def of_enterprise(*, enterprise: str) -> QuerySet[Case]:
    """What an employer asked: what is open first, by its last day, then the latest."""
    return _ordered(Case.objects.filter(enterprise_number=enterprise))


def of_person(*, person_id: int) -> QuerySet[Case]:
    """What concerns a person, whoever asked."""
    return _ordered(Case.objects.filter(person_id=person_id))


def queue(*, states: Sequence[State], kind: str = "", enterprise: str = "") -> QuerySet[Case]:
    """What the NSSO has, the first last day on top; ``enterprise``: of whoever asked."""
    rows = Case.objects.filter(state__in=[str(one) for one in states])
    if kind:
        rows = rows.filter(kind=kind)
    if enterprise:
        rows = rows.filter(enterprise_number=enterprise)
    return rows.select_related("person", "filed_by", "taken_by").order_by("last_day", "pk")


def one(*, number: str) -> Case | None:
    """The request of this number, however it is written; who may see it is the caller's concern."""
    try:
        signs = TicketNumber.parse(number).signs
    except InvalidNumber:
        return None
    related = ("person", "filed_by", "taken_by", "decided_by", "report")
    return Case.objects.filter(number=signs).select_related(*related).first()


def number_of(report: Correction) -> str:
    """The number of the request made of a report, empty without one."""
    rows = Case.objects.filter(report=report).order_by("-pk")
    return rows.values_list("number", flat=True).first() or ""


def with_names(rows: Sequence[Case], *, language: str) -> list[Shown]:
    """The same with names, in two look-ups for all."""
    sites = works.sites(references={row.works_reference for row in rows})
    numbers = {row.employer_number for row in rows} | {row.enterprise_number for row in rows}
    names = enterprises.names(numbers={one for one in numbers if one}, language=language)
    return [
        Shown(
            row,
            TicketNumber(row.number).formatted(),
            sites[row.works_reference].name if row.works_reference in sites else "",
            names.get(row.employer_number or "", ""),
            names.get(row.enterprise_number, ""),
            steps(State(row.state)) & {Step.WITHDRAW},
        )
        for row in rows
    ]


def acts_of(row: Case, *, language: str) -> list[ActRow]:
    """The acts of a request as they hold now."""
    found = (day_queries.act(receipt=receipt, language=language) for receipt in row.receipts)
    return [act for act in found if act is not None]


def around(row: Case, *, language: str) -> list[ActRow]:
    """Everything that the person registered on the day of the request."""
    day = brussels_day(row.occurred_at)
    wanted = Wanted(*day_queries.window(day, day), ssin=row.person.niss)
    return day_queries.acts(wanted=wanted, language=language)


def files(row: Case) -> list[Attachment]:
    """The documents of a request."""
    return attachments.applied(service=CORRECTION.service, applied_to=row.number)


def file(row: Case, attachment: UUID) -> File | None:
    """One of them with its bytes."""
    return attachments.file(
        attachment=attachment, service=CORRECTION.service, applied_to=row.number
    )


def waiting() -> tuple[int, date | None]:
    """How many requests are open, and the last day of the first of them."""
    days = list(
        Case.objects.filter(state__in=_OPEN).order_by("last_day").values_list("last_day", flat=True)
    )
    return len(days), days[0] if days else None


def is_change(kind: str) -> bool:
    """Something of a registered act becomes something else."""
    return kind in (Kind.CHANGE_TIME, Kind.CHANGE_SITE, Kind.CHANGE_EMPLOYER)


def _ordered(rows: QuerySet[Case]) -> QuerySet[Case]:
    waits = Choice(
        When(Q(state__in=_OPEN), then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return rows.select_related("person", "filed_by").order_by(waits, "-filed_at", "-pk")
