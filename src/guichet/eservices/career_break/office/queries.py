"""Reading files at the office: the list of what is to be done, one file, its questions, letters.

An officer may read every file; that each reading is noted is the caller's concern.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, NullIf

from guichet.eservices.career_break import decided
from guichet.eservices.career_break.files.models import File
from guichet.eservices.career_break.models import Decision, Request, Version
from guichet.eservices.career_break.office.models import Letter, Proposal, Question
from guichet.eservices.career_break.queries import signs_of
from guichet.kernel.period import months_after
from guichet.platform import clock
from guichet.rules.career_break.figures import figure
from guichet.rules.career_break.file_states import COUNTS, FileState
from guichet.rules.career_break.states import State

AT_THE_OFFICE: Final = (State.WAIT_ONEM, State.IN_PROGRESS, State.WAIT_DOCUMENTS)
MINE: Final = "mine"
NOBODY: Final = "nobody"
# So many days before a term its colour changes. [OUR CHOICE]
_SOON: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an officer looks for; ``offices`` empty: every one.

    ``holder``: `MINE` or `NOBODY`, empty for whomever; ``officer``: who looks; ``days``: complete
    for at least so long; ``has_started``: the break has begun; ``is_ready``: nothing is asked.
    """

    offices: tuple[str, ...] = ()
    leave: str = ""
    states: tuple[str, ...] = AT_THE_OFFICE
    language: str = ""
    holder: str = ""
    officer: int = 0
    days: int | None = None
    has_started: bool = False
    is_ready: bool = False
    today: date = date.min


@dataclass(frozen=True, slots=True)
class Due:
    """How long a file is here, and how many days its terms leave: negative when they are over.

    ``tone``: of ``target_left``, and red once the term of the law is near.
    """

    age: int
    target_left: int
    legal_left: int

    @property
    def tone(self) -> str:
        """``green``, ``amber`` or ``red``."""
        if self.target_left < 0 or self.legal_left <= _SOON:
            return "red"
        return "amber" if self.target_left <= _SOON else "green"


def count(wanted: Wanted) -> int:
    """How many files meet it."""
    return _rows(wanted).count()


def page(wanted: Wanted, *, limit: int, offset: int) -> list[Request]:
    """One page of the files, the one that is complete for longest on top."""
    rows = _rows(wanted).select_related("person", "employer", "handling__officer")
    rows = rows.defer("content").order_by("completed_at", "pk")
    return list(rows[offset : offset + limit])


def due(row: Request, *, today: date) -> Due | None:
    """The terms of a file that is at the office; None for any other."""
    if row.completed_at is None or row.state not in AT_THE_OFFICE:
        return None
    complete_on = clock.today(row.completed_at)
    target = complete_on + timedelta(days=figure("office.target_days", on=complete_on))
    legal = months_after(complete_on, months=figure("office.legal_months", on=complete_on))
    return Due((today - complete_on).days, (target - today).days, (legal - today).days)


def one(*, ticket: str) -> Request | None:
    """The file of a ticket, or of that of one of its parts; drafts and paper have none."""
    signs = signs_of(ticket)
    if not signs:
        return None
    rows = Request.objects.select_related("person", "employer", "handling__officer")
    return rows.filter(ticket=signs).first() or rows.filter(parts__ticket=signs).first()


def waiting(offices: frozenset[str]) -> tuple[int, datetime | None]:
    """How many files of some offices are to be taken, and since when the first one is complete."""
    rows = Request.objects.filter(state=State.WAIT_ONEM, office__in=offices)
    first = rows.order_by("completed_at").values_list("completed_at", flat=True).first()
    return rows.count(), first


def to_sign(offices: frozenset[str], *, but: int) -> list[Proposal]:
    """Decisions of colleagues that wait for a second signature, the oldest first."""
    rows = Proposal.objects.filter(state="waiting", request__office__in=offices)
    rows = rows.exclude(proposed_by_id=but).exclude(request__person_id=but)
    return list(rows.select_related("request__person", "proposed_by").order_by("proposed_at")[:100])


def versions(row: Request) -> list[Version]:
    """What happened to a file, oldest first."""
    return list(row.versions.order_by("number"))


def decisions(row: Request) -> list[Decision]:
    """What was decided of a file, the last decision first."""
    return list(row.decisions.order_by("-number"))


def proposals(row: Request) -> list[Proposal]:
    """The decisions that a second officer signs, signed or sent back, the last one first."""
    rows = Proposal.objects.filter(request=row).select_related("proposed_by", "ended_by")
    return list(rows.order_by("-pk"))


def questions(row: Request) -> list[Question]:
    """What was asked about a file, the last question first."""
    return list(Question.objects.filter(request=row).order_by("-pk"))


def letters(row: Request) -> list[Letter]:
    """The letters of a file, the last one first."""
    return list(Letter.objects.filter(request=row).order_by("-pk"))


def letter(row: Request, *, document: str) -> Letter | None:
    """One letter of a file by the reference of its document."""
    return Letter.objects.filter(request=row, document=document).first()


def sent_decision(row: Request, *, today: date) -> Decision | None:
    """The last decision on a request that the worker may know: one that was sent, or whose day of
    sending has come."""
    return decided.last([row], known_on=today).get(row.pk)


def question_to_worker(*, question: int, niss: str) -> Question | None:
    """A question to the worker himself; anybody else's and none are the same None."""
    rows = Question.objects.select_related("request__person", "request__employer")
    return rows.filter(pk=question, addressee="worker", request__person__niss=niss).first()


def question_to_employer(*, question: int, employer: str) -> Question | None:
    """A question to this employer; anybody else's and none are the same None."""
    rows = Question.objects.select_related("request__person", "request__employer")
    found = rows.filter(pk=question, addressee="employer", request__employer__number=employer)
    return found.first()


def open_questions(*, niss: str = "", employer: str = "") -> list[Question]:
    """What a worker, or an employer, still has to answer, the first term on top."""
    rows = Question.objects.filter(state="open").select_related("request")
    if employer:
        rows = rows.filter(addressee="employer", request__employer__number=employer)
    else:
        rows = rows.filter(addressee="worker", request__person__niss=niss)
    return list(rows.order_by("answer_by", "pk")[:100])


def _rows(wanted: Wanted) -> QuerySet[Request]:
    rows = Request.objects.filter(state__in=[str(one) for one in wanted.states])
    if wanted.offices:
        rows = rows.filter(office__in=wanted.offices)
    if wanted.leave:
        rows = rows.filter(leave=wanted.leave)
    if wanted.language:
        rows = rows.annotate(file_language=_LANGUAGE).filter(file_language=wanted.language)
    return _urgent(_held(rows, wanted), wanted)


def _held(rows: QuerySet[Request], wanted: Wanted) -> QuerySet[Request]:
    if wanted.holder == MINE:
        return rows.filter(handling__officer_id=wanted.officer)
    if wanted.holder == NOBODY:
        return rows.filter(Q(handling=None) | Q(state=State.WAIT_ONEM))
    return rows


def _urgent(rows: QuerySet[Request], wanted: Wanted) -> QuerySet[Request]:
    if wanted.days is not None:
        last = wanted.today - timedelta(days=wanted.days - 1)
        rows = rows.filter(completed_at__lt=datetime.combine(last, time.min, clock.BRUSSELS))
    if wanted.has_started:
        rows = rows.filter(first_day__lte=wanted.today)
    if wanted.is_ready:
        rows = rows.exclude(state__in=[State.WAIT_DOCUMENTS, State.WAIT_WORKER])
        rows = rows.exclude(Exists(_REJECTED))
    return rows


# A document that was rejected, and that nobody has sent again.
_AGAIN: Final = File.objects.filter(
    request=OuterRef("request"), document=OuterRef("document"),
    state__in=[str(one) for one in COUNTS],
)  # fmt: skip
_REJECTED: Final = File.objects.filter(
    ~Exists(_AGAIN), request=OuterRef("pk"), state=str(FileState.REJECTED)
)
# What the worker chose in his part, else what the register knows.
_LANGUAGE: Final[Any] = Coalesce(
    NullIf(KeyTextTransform("language", F("worker_part__content")), Value("")),
    F("person__language"),
    output_field=CharField(),
)
