"""Reading notices: a worker his own, an employer those to him, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Q

from guichet.eservices.career_break.models import Draft, Notice, Parameters, Request
from guichet.eservices.career_break.notices import standing
from guichet.eservices.career_break.queries import signs_of
from guichet.kernel.period import Period
from guichet.registers.employments import queries as employments
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.career_break import employers as rules
from guichet.rules.career_break.kinds import Leave
from guichet.rules.career_break.states import NoticeState

_MOST: Final = 100
OPEN: Final = (NoticeState.PENDING, NoticeState.POSTPONED)
AGREED: Final = (
    NoticeState.ACCEPTED,
    NoticeState.DEEMED_ACCEPTED,
    NoticeState.ACCEPTED_NEW_DATE,
)


@dataclass(frozen=True, slots=True)
class Employer:
    """An employer of the worker; ``takes_notices``: whether he can be chosen here."""

    number: str
    name: str
    takes_notices: bool
    sector: str = ""


def employers_of(*, niss: str, on: date, language: str) -> list[Employer]:
    """Where a person is in service on a day or will be, by name; each once."""
    periods = employments.periods_of(niss=niss)
    numbers = {one.employer for one in periods if one.last_day is None or one.last_day >= on}
    names = enterprises.names(numbers=numbers, language=language)
    rows = Parameters.objects.filter(employer__number__in=numbers).select_related("employer")
    known = {row.employer.number: row for row in rows}
    found = [
        Employer(
            number, names.get(number, number), _takes(known.get(number)),
            known[number].sector if number in known else "",
        )
        for number in numbers
    ]  # fmt: skip
    return sorted(found, key=lambda one: (not one.takes_notices, one.name))


def employer_of(*, niss: str, number: str, on: date, language: str) -> Employer | None:
    """One of them that takes notices; anybody else's employer and none are the same None."""
    found = employers_of(niss=niss, on=on, language=language)
    return next((one for one in found if one.number == number and one.takes_notices), None)


def mine(*, person_id: int) -> list[Notice]:
    """The notices of a person, the newest first."""
    rows = Notice.objects.filter(person_id=person_id).select_related("employer")
    return list(rows.order_by("-sent_at", "-id")[:_MOST])


def names(rows: Sequence[Notice], *, language: str) -> dict[int, str]:
    """The name of the employer of each notice, by its row."""
    found = enterprises.names(numbers={row.employer.number for row in rows}, language=language)
    return {row.pk: found.get(row.employer.number, row.employer.number) for row in rows}


def own(*, ticket: str, person_id: int) -> Notice | None:
    """One notice of the person by its ticket."""
    rows = Notice.objects.filter(person_id=person_id, ticket=signs_of(ticket) or "-")
    return rows.select_related("employer", "person").first()


def waiting(*, person_id: int, employer: str, today: date) -> list[tuple[Leave, Period]]:
    """The notices of a person to an employer that are open today, for the rules."""
    rows = Notice.objects.filter(person_id=person_id, employer__number=employer, state__in=OPEN)
    return [
        (Leave(one.leave), Period(one.first_day, one.last_day or date.max))
        for one in rows
        if standing.state_of(one, today=today) in OPEN
    ]


def same_form(*, person_id: int, key: str) -> Notice | None:
    """The notice that a form became, for who presses a second time."""
    return Notice.objects.filter(person_id=person_id, asked__key=key).first() if key else None


def request_of(notice: Notice) -> Request | None:
    """The request that was made of a notice."""
    return Request.objects.filter(notice=notice).first()


def draft_of(notice: Notice) -> UUID | None:
    """The draft that was begun of a notice and not sent yet."""
    rows = Draft.objects.filter(notice=notice).order_by("-changed_at")
    return rows.values_list("pk", flat=True).first()


def due(*, today: date, only: Q | None = None) -> list[int]:
    """The keys of notices that time ended by today; see ``silence.due_step``."""
    pending, postponed = Q(state=NoticeState.PENDING), Q(state=NoticeState.POSTPONED)
    rows = Notice.objects.filter(
        (pending & Q(answer_by__lt=today))
        | (pending & Q(answer_by=None, first_day__lt=today))
        | (postponed & Q(first_day__lte=today))
    )
    rows = rows if only is None else rows.filter(only)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def to_file(*, employer: str, today: date) -> list[Notice]:
    """Leaves that are agreed, by an answer or by silence, and of which no request was made yet."""
    agreed = Q(state__in=AGREED) | Q(state=NoticeState.PENDING, answer_by__lt=today)
    agreed |= Q(state=NoticeState.POSTPONED, first_day__lte=today)
    rows = Notice.objects.filter(agreed, employer__number=employer, last_day__gte=today)
    rows = rows.exclude(pk__in=Request.objects.exclude(notice=None).values("notice"))
    return list(rows.select_related("person").order_by("first_day", "id")[:_MOST])


def _takes(row: Parameters | None) -> bool:
    return row is not None and rules.takes_electronic_notices(
        rules.Parameters(
            name=row.name, phone=row.phone, mobile=row.mobile, mail=row.email,
            sector=row.sector, takes_notices=row.takes_notices,
        )
    )  # fmt: skip
