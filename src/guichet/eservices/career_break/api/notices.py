"""REST careerBreak v1, notices: what workers ask of an employer, and his answer."""

from datetime import date
from typing import Any, Final

from django.http import HttpResponse

from guichet.access.guard import CallerRequest
from guichet.eservices.career_break import queries as career_breaks
from guichet.eservices.career_break.api import answers, calling, findings, wire
from guichet.eservices.career_break.api.calling import READERS, WRITERS, as_json, call
from guichet.eservices.career_break.api.wire import camel
from guichet.eservices.career_break.models import Notice
from guichet.eservices.career_break.notices import answering, queries, standing, words
from guichet.eservices.career_break.notices.answering import Wanted
from guichet.eservices.career_break.notices.content import answer_of, wish_of
from guichet.eservices.career_break.notices.stepping import UnknownNotice
from guichet.eservices.career_break.operations import Refused, Sender
from guichet.platform import clock
from guichet.platform.problems import ProblemRaised, decoded, only_query
from guichet.rules.career_break.entry import certification_fault
from guichet.rules.career_break.states import NoticeState, StepRefused

_KINDS: Final = {"accepted": "accept", "refused": "refuse", "postponed": "postpone"}


@call("POST", READERS)
def find(request: CallerRequest) -> HttpResponse:
    """POST /notices/search"""
    number, size = calling.paging(only_query(request, "page", "pageSize"))
    asked = decoded(request, wire.NoticeSearch, limit=calling.LARGEST)
    employer = calling.employer_of(request, asked.employer)
    today, begin = clock.today(clock.now()), (number - 1) * size
    if asked.scope == "all":
        rows, total = career_breaks.notices_of(employer=employer, limit=size, offset=begin)
    else:
        listed = queries.to_file if asked.scope == "toFile" else career_breaks.notices_to_answer
        found = listed(employer=employer, today=today)
        rows, total = found[begin : begin + size], len(found)
    calling.noted(request, [row.person.niss for row in rows], employer)
    items = [_summary(row, employer, today) for row in rows]
    return as_json(answers.page(items, what="notices", number=number, size=size, total=total))


@call("GET", READERS)
def read(request: CallerRequest, ticket: str) -> HttpResponse:
    """GET /notices/{ticket}"""
    only_query(request)
    row = calling.notice_of(request, ticket)
    return as_json(_whole(row, clock.today(clock.now())))


@call("POST", WRITERS)
def answer(request: CallerRequest, ticket: str) -> HttpResponse:
    """POST /notices/{ticket}/answers"""
    only_query(request)
    row = calling.notice_of(request, ticket)
    given = decoded(request, wire.NoticeAnswer, limit=calling.LARGEST)
    sender = calling.sender_of(request, row.employer.number)
    try:
        _given(row, given, sender)
    except StepRefused as refusal:
        problem = findings.step_refused(refusal, said=words.refusal(refusal))
        raise ProblemRaised(problem) from None
    except UnknownNotice:
        raise ProblemRaised(calling.unknown()) from None
    row.refresh_from_db()
    content = _whole(row, clock.today(clock.now()))
    return as_json(content, status=201, headers={"Location": content["href"]})


def _given(row: Notice, given: wire.NoticeAnswer, sender: Sender) -> None:
    """One call of the operation of the page's button."""
    now, answered = clock.now(), wire.answer_of(given)
    if given.answer == "accept":
        fault = certification_fault(is_ticked=given.is_certified)
        if fault is not None:
            raise Refused([fault])
        answering.accept(
            ticket=row.ticket, ebox_for_all=given.is_ebox_for_all, sender=sender, now=now
        )
        return
    act = answering.postpone if given.answer == "postpone" else answering.refuse
    act(ticket=row.ticket, wanted=Wanted(answered, given.new_start_date), sender=sender, now=now)


def _summary(row: Notice, employer: str, today: date) -> dict[str, Any]:
    return answers.given(
        {
            "ticket": answers.printed(row.ticket),
            "href": answers.place_of_notice(row),
            "employer": {"enterpriseNumber": employer},
            "worker": {"ssin": row.person.niss},
            "type": camel(row.leave),
            "regime": camel(row.regime),
            "startDate": row.first_day,
            "endDate": row.last_day,
            "status": camel(standing.state_of(row, today=today)),
            "answerBy": row.answer_by,
            "sentAt": row.sent_at,
        }
    )


def _whole(row: Notice, today: date) -> dict[str, Any]:
    wish, state = wish_of(row), standing.state_of(row, today=today)
    is_open = state is NoticeState.PENDING
    limits = answering.limits(row, today=today)
    made = queries.request_of(row)
    return _summary(row, row.employer.number, today) | answers.given(
        {
            "askedStartDate": wish.first_day,
            "askedEndDate": wish.last_day,
            "schedule": wish.schedule,
            "message": wish.message,
            "weeklyMinutes": answers.given(
                {"contract": wish.contract_minutes, "fullTime": wish.full_time_minutes}
            ),
            "hasOtherEmployers": wish.has_other_employers,
            "findings": [findings.of_warned(one) for one in wish.warned],
            "grounds": [camel(one) for one in answering.grounds(row)] if is_open else [],
            "latestStartDate": limits.latest_start if is_open else None,
            "answer": _answer(row),
            "requestTicket": answers.printed(made.ticket) if made else "",
        }
    )


def _answer(row: Notice) -> dict[str, Any] | None:
    said = answer_of(row)
    if not said.kind:
        return None
    other = {
        "regime": camel(said.regime), "startDate": said.first_day, "endDate": said.last_day,
    }  # fmt: skip
    return answers.given(
        {
            "answer": _KINDS[said.kind],
            "date": said.on,
            "reasons": said.reasons,
            "ground": camel(said.ground),
            "alternative": answers.given(other) or None,
            "hasKeyFunction": said.has_key_function,
            "isEboxForAll": said.ebox_for_all,
        }
    )
