"""REST careerBreak v1, requests: judge, file, read, search, change the end, cancel.

Shapes are those of contracts/careerBreak-v1.yaml; each call makes one call of an operation of the
pages.
"""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpResponse

from guichet.access.guard import CallerRequest
from guichet.eservices.career_break import decided, operations, queries, search, submitting
from guichet.eservices.career_break.api import answers, calling, findings, wire
from guichet.eservices.career_break.api.calling import READERS, WRITERS, as_json, call
from guichet.eservices.career_break.forms.search import YEARS_BACK
from guichet.eservices.career_break.models import Part, Request
from guichet.eservices.career_break.operations import Refused
from guichet.eservices.career_break.retries.keys import Repeated
from guichet.eservices.career_break.search import Wanted
from guichet.eservices.career_break.submitting import Judged
from guichet.kernel import problem as documents
from guichet.kernel.niss import Niss
from guichet.kernel.period import months_before
from guichet.kernel.problem import In
from guichet.platform import clock
from guichet.platform.problems import ProblemRaised, decoded, only_query
from guichet.registers.persons.given import issue_of_number
from guichet.rules.career_break.entry import certification_fault, filter_fault

REPLAYED: Final = {"Idempotency-Replayed": "true"}


@call("POST", READERS)
def check(request: CallerRequest) -> HttpResponse:
    """POST /requests/check: right and allowance apart, and every check; nothing is stored."""
    only_query(request)
    wish = decoded(request, wire.Wish, limit=calling.LARGEST)
    _placed(wish)
    employer = calling.employer_of(request, wish.employer)
    verdict = submitting.judged(
        niss=wish.worker.ssin, asked=wire.asked_of(wish), employer=employer,
        today=clock.today(clock.now()),
    )  # fmt: skip
    if verdict.niss:
        calling.noted(request, [verdict.niss], employer)
    return as_json(_told(verdict))


@call("POST", WRITERS)
def file(request: CallerRequest) -> HttpResponse:
    """POST /requests"""
    only_query(request)
    wish = decoded(request, wire.NewRequest, limit=calling.LARGEST)
    _placed(wish)
    employer = calling.employer_of(request, wish.employer)
    sender, now = calling.sender_of(request, employer), clock.now()
    _certified(wish.is_certified)
    try:
        row = submitting.submit(
            niss=wish.worker.ssin, asked=wire.asked_of(wish), sender=sender, now=now,
            notice=wish.notice_ticket,
        )  # fmt: skip
    except Repeated as done:
        row = calling.request_of(request, done.ticket)
        return _created(answers.created(row), row, REPLAYED)
    calling.noted(request, [row.person.niss], employer)
    return _created(answers.created(row), row)


@call("POST", READERS)
def find(request: CallerRequest) -> HttpResponse:
    """POST /requests/search"""
    number, size = calling.paging(only_query(request, "page", "pageSize"))
    asked = decoded(request, wire.Search, limit=calling.LARGEST)
    wanted = _wanted(request, asked)
    rows = search.page(wanted, order=search.NEWEST, limit=size, offset=(number - 1) * size)
    calling.noted(request, [row.person.niss for row in rows], wanted.employer)
    states = decided.known_states(rows, today=wanted.today)
    items = [
        answers.summary(row, employer=wanted.employer, state=states[row.pk]) for row in rows
    ]  # fmt: skip
    total = search.count(wanted)
    return as_json(answers.page(items, what="requests", number=number, size=size, total=total))


@call("GET", READERS)
def read(request: CallerRequest, ticket: str) -> HttpResponse:
    """GET /requests/{ticket}"""
    only_query(request)
    row = calling.request_of(request, ticket)
    known = decided.standing(row, today=clock.today(clock.now()))
    told = answers.request(row, queries.versions(row), queries.parts(row), known=known)
    return as_json(told)


@call("POST", WRITERS)
def modify(request: CallerRequest, ticket: str) -> HttpResponse:
    """POST /requests/{ticket}/modifications"""
    only_query(request)
    row = calling.request_of(request, ticket)
    given = decoded(request, wire.Modification, limit=calling.LARGEST)
    sender = calling.sender_of(request, row.employer.number)
    return _done(
        row,
        lambda: operations.modify_end(
            ticket=row.ticket, last_day=given.end_date, comment=given.comment, sender=sender,
            now=clock.now(),
        ),
    )  # fmt: skip


@call("POST", WRITERS)
def cancel(request: CallerRequest, ticket: str) -> HttpResponse:
    """POST /requests/{ticket}/cancellations"""
    only_query(request)
    row = calling.request_of(request, ticket)
    given = decoded(request, wire.Cancellation, limit=calling.LARGEST)
    sender = calling.sender_of(request, row.employer.number)
    _certified(given.is_confirmed, field="isConfirmed")
    return _done(
        row,
        lambda: operations.cancel(
            ticket=row.ticket, sender=sender, now=clock.now(), wants_mail=given.is_mail_wanted
        ),
    )


def _done(row: Request, act: Callable[[], Part]) -> HttpResponse:
    """201 with both tickets, the first time and every time that the same key comes."""
    headers: dict[str, str] = {}
    try:
        part = act()
    except Repeated as done:
        headers = REPLAYED
        part = Part.objects.get(ticket=done.ticket)
    row.refresh_from_db()
    return _created(answers.changed(row, part), row, headers)


def _created(
    content: dict[str, Any], row: Request, headers: dict[str, str] | None = None
) -> HttpResponse:
    place = {"Location": answers.place(row)}
    return as_json(content, status=201, headers=place | (headers or {}))


def _certified(is_ticked: bool, *, field: str = "isCertified") -> None:
    fault = certification_fault(is_ticked=is_ticked)
    if fault is not None:
        raise Refused([fault])


def _placed(wish: wire.Wish) -> None:
    """Every detail where it belongs; raises ProblemRaised 400."""
    lacking, foreign = wire.misplaced(wish)
    issues = [documents.required_input(name=f"details.{name}") for name in lacking]
    detail = "Not a detail of this kind of leave"
    issues += [
        documents.invalid_input(name=f"details.{name}", detail=detail) for name in foreign
    ]  # fmt: skip
    issues += [
        documents.invalid_period(
            start=f"weeks[{at}].startDate", end=f"weeks[{at}].endDate"
        )
        for at, week in enumerate(wish.weeks)
        if week.end_date < week.start_date
    ]  # fmt: skip
    if issues:
        raise ProblemRaised(documents.bad_request(issues=issues))


def _told(verdict: Judged) -> dict[str, Any]:
    told: dict[str, Any] = {
        "isAcceptable": not any(one.blocks for one in verdict.faults),
        "findings": [findings.of_fault(one) for one in verdict.faults],
    }
    if verdict.answers is not None:
        absent, paid = verdict.answers
        language = calling.spoken()
        told["right"] = findings.of_answer(absent, language=language)
        told["allowance"] = findings.of_answer(paid, language=language)
        told["nearestEndDates"] = [one.isoformat() for one in absent.ends]
    return told


def _wanted(request: CallerRequest, asked: wire.Search) -> Wanted:
    employer = calling.employer_of(request, asked.employer)
    if asked.ticket and (problem := calling.mistyped(asked.ticket, location=In.BODY)):
        raise ProblemRaised(problem)
    faults = [
        filter_fault(given, field=name)
        for name, given in (
            ("types", asked.types), ("regimes", asked.regimes), ("statuses", asked.statuses)
        )
        if given is not None
    ]  # fmt: skip
    if found := [one for one in faults if one is not None]:
        raise Refused(found)
    begin, end = asked.filed_from, asked.filed_until
    if begin is not None and end is not None and end < begin:
        issue = documents.invalid_period(start="filedFrom", end="filedUntil")
        raise ProblemRaised(documents.bad_request(issues=[issue]))
    # As on the page: nothing of more than two years ago.
    today = clock.today(clock.now())
    earliest = months_before(today, months=12 * YEARS_BACK)
    return Wanted(
        today=today,
        employer=employer,
        since=max(begin or earliest, earliest),
        until=end,
        leaves=_codes(asked.types),
        regimes=_codes(asked.regimes),
        states=_codes(asked.statuses),
        ticket=asked.ticket,
        niss=_niss(asked.worker),
    )


def _codes(given: list[Any] | None) -> tuple[str, ...]:
    return tuple(wire.snake(code) for code in given or ())


def _niss(worker: Any) -> str:
    if worker is None:
        return ""
    if issue := issue_of_number(text=worker.ssin, name="worker.ssin"):
        raise ProblemRaised(documents.bad_request(issues=[issue]))
    return Niss.parse(worker.ssin).digits
