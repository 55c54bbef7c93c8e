"""Reading requests, notices, drafts and parameters: an employer his own, and nothing else."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from guichet.eservices.career_break import decided
from guichet.eservices.career_break.models import (
    Draft,
    Notice,
    Parameters,
    Part,
    Request,
    Version,
)
from guichet.kernel.ticket import InvalidNumber, TicketNumber
from guichet.registers.employments import queries as employments
from guichet.registers.employments.models import Period
from guichet.rules.career_break import threshold
from guichet.rules.career_break.employers import lists_personnel as may_list_personnel
from guichet.rules.career_break.kinds import Sector
from guichet.rules.career_break.states import NoticeState, State, Step, open_from

DRAFTS_KEPT: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody in service: his period that covers the day, or that begins after it."""

    niss: str
    committee: str
    first_day: date
    last_day: date | None


def parameters(*, employer: str) -> Parameters | None:
    """Whom to ask at an employer, and of which sector it is; None until it said so."""
    return Parameters.objects.filter(employer__number=employer).first()


def lacks_authority(known: Parameters) -> bool:
    """Whether a public employer did not say yet which authority it is."""
    return known.sector == Sector.PUBLIC and not known.authority


def running(*, employer: str) -> int:
    """How many requests of the employer are not over, and keep the sector they were made in."""
    over = [State.CLOSED, State.CANCELLED, State.EXPIRED]
    return Request.objects.filter(employer__number=employer).exclude(state__in=over).count()


def request(*, ticket: str, employer: str) -> Request | None:
    """One request of the employer by its ticket or by that of one of its parts.

    Another's, a mistyped number and none at all are the same None.
    """
    signs = signs_of(ticket)
    if not signs:
        return None
    rows = Request.objects.filter(employer__number=employer).select_related("person", "employer")
    found = rows.filter(ticket=signs).first()
    return found or rows.filter(parts__ticket=signs).first()


def whoevers(*, ticket: str) -> Request | None:
    """A request of any employer by its ticket or a part's: who asks has to say whose he may see."""
    signs = signs_of(ticket)
    if not signs:
        return None
    rows = Request.objects.select_related("person", "employer", "notice")
    return rows.filter(ticket=signs).first() or rows.filter(parts__ticket=signs).first()


def notices_of(*, employer: str, limit: int, offset: int) -> tuple[list[Notice], int]:
    """Every notice to an employer, the newest first: a page, and how many there are."""
    rows = Notice.objects.filter(employer__number=employer)
    page = rows.select_related("person").order_by("-sent_at", "-id")[offset : offset + limit]
    return list(page), rows.count()


def whoevers_notice(*, ticket: str) -> Notice | None:
    """A notice to any employer by its ticket: who asks has to say whose he may see."""
    rows = Notice.objects.filter(ticket=signs_of(ticket) or "-")
    return rows.select_related("person", "employer").first()


def part(*, row: Request, ticket: str) -> Part | None:
    """A part of a request by its own ticket."""
    return row.parts.filter(ticket=signs_of(ticket)).first()


def parts(row: Request) -> list[Part]:
    """The parts of a request that have a ticket, oldest first."""
    return list(row.parts.order_by("id"))


def versions(row: Request) -> list[Version]:
    """What happened to a request, oldest first."""
    return list(row.versions.order_by("number"))


def version(row: Request, number: int) -> Version | None:
    """What a request said after one thing that happened."""
    return row.versions.filter(number=number).first()


def changeable(*, employer: str, step: Step, niss: str = "") -> list[Request]:
    """The requests of an employer that a step is open for, newest first, a hundred at most."""
    states = [state.value for state in open_from(step)]
    rows = Request.objects.filter(employer__number=employer, state__in=states).exclude(ticket="")
    if niss:
        rows = rows.filter(person__niss=niss)
    return list(rows.select_related("person").order_by("-filed_at", "-id")[:100])


def under_way(*, employer: str, today: date) -> list[Request]:
    """The requests of an employer that are neither over nor on paper, newest first, a hundred.

    As far as he can know today: a decision that is not sent yet ends nothing.
    """
    over = (State.CLOSED, State.CANCELLED, State.EXPIRED)
    seen = decided.in_states([one for one in State if one not in over], today=today)
    rows = Request.objects.filter(seen, employer__number=employer).exclude(ticket="")
    return list(rows.select_related("person").order_by("-filed_at", "-id")[:100])


def recent(*, employer: str) -> list[Request]:
    """The requests of an employer, whatever their state, newest first, a hundred at most."""
    rows = Request.objects.filter(employer__number=employer).exclude(ticket="")
    return list(rows.select_related("person").order_by("-filed_at", "-id")[:100])


def standing(*, employer: str, person_id: int) -> list[Request]:
    """The requests of a worker of the employer that stand, oldest first."""
    rows = Request.objects.filter(employer__number=employer, person_id=person_id)
    rows = rows.exclude(state__in=[State.CANCELLED, State.EXPIRED])
    return list(
        rows.only("ticket", "leave", "regime", "first_day", "last_day", "content").order_by(
            "first_day"
        )
    )


def drafts(*, employer: str, now: datetime) -> list[Draft]:
    """What was begun in the last thirty days and not sent, the last change first."""
    rows = Draft.objects.filter(employer__number=employer, changed_at__gt=now - DRAFTS_KEPT)
    return list(rows.select_related("person").order_by("-changed_at")[:20])


def draft(*, key: UUID, employer: str, now: datetime) -> Draft | None:
    """One of the employer's drafts, unless it is too old."""
    rows = Draft.objects.select_related("person", "employer")
    return rows.filter(pk=key, employer__number=employer, changed_at__gt=now - DRAFTS_KEPT).first()


def sent(*, key: UUID, employer: str) -> Request | None:
    """The request that a draft became, for who confirms a second time."""
    return Request.objects.filter(draft=key, employer__number=employer).first()


def notices_to_answer(*, employer: str, today: date) -> list[Notice]:
    """Notices that can be answered today, the soonest term first; without a term by their start.

    Whose term is over is answered by silence, whether or not that was written down yet.
    """
    rows = Notice.objects.filter(
        Q(answer_by__gte=today) | Q(answer_by=None, first_day__gte=today),
        employer__number=employer,
        state=NoticeState.PENDING,
    )
    found = rows.select_related("person").order_by("answer_by", "first_day", "id")
    return list(found[:100])


def notice(*, ticket: str, employer: str) -> Notice | None:
    """One notice to the employer by its ticket."""
    rows = Notice.objects.filter(employer__number=employer, ticket=signs_of(ticket) or "-")
    return rows.select_related("person", "employer").first()


def workers_in_service(*, employer: str, on: date) -> int:
    """How many different people have a period with the employer on a day."""
    return _running(employer, on).values("relation__person").distinct().count()


def lists_personnel(*, employer: str, on: date) -> bool:
    """Whether the employer may choose from his personnel file: not above a number of workers."""
    return may_list_personnel(workers=workers_in_service(employer=employer, on=on), on=on)


def head_count(*, employer: str, notified_on: date | None) -> int | None:
    """The contracts with an employer, each counting one, on 30 June of the year before a notice.

    None where the day of the notice is not known, or Dimona has nobody on that day.
    """
    if notified_on is None or notified_on.year < 2000:  # a slip of the year
        return None
    return _running(employer, threshold.head_count_day(notified_on)).count() or None


def worker(*, niss: str, employer: str, on: date) -> Worker | None:
    """Somebody who is in service on a day, or who will be; the period that matters first."""
    known = employments.periods_of(niss=niss, employer=employer)
    rows = [one for one in known if one.last_day is None or one.last_day >= on]
    if not rows:
        return None
    one = min(rows, key=lambda each: (each.first_day > on, each.first_day))
    return Worker(niss, one.joint_committee, one.first_day, one.last_day)


def staff(*, employer: str, on: date) -> list[Worker]:
    """Who is in service on a day, each once."""
    found: dict[str, Worker] = {}
    for one in employments.staff(employer=employer, on=on):
        found.setdefault(
            one.niss, Worker(one.niss, one.joint_committee, one.first_day, one.last_day)
        )
    return [*found.values()]


def signs_of(ticket: str) -> str:
    """A ticket in canonical form, whatever its case, blanks and hyphens; empty when it is none.

    Read leniently: a number that stands somewhere is found even where its check does not hold.
    """
    try:
        return TicketNumber.parse(ticket, strict=False).signs
    except InvalidNumber:
        return ""


def _running(employer: str, on: date) -> QuerySet[Period]:
    return Period.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=on),
        relation__employer__number=employer,
        first_day__lte=on,
        state="active",
    )
