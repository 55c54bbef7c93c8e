"""The worker's own notices: the list, one of them, a new one in three steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.services import BY_KEY
from guichet.access.sessions import ActingRequest, acting_required
from guichet.audit.actors import Actor
from guichet.eservices.career_break import checks, dossier
from guichet.eservices.career_break.models import Notice
from guichet.eservices.career_break.notices import queries, sending, standing, words
from guichet.eservices.career_break.notices.content import answer_of, wish_of
from guichet.eservices.career_break.notices.forms import ChoiceForm, SendForm, WishForm, put
from guichet.eservices.career_break.notices.judging import Judged
from guichet.eservices.career_break.notices.pages.showing import attached, show
from guichet.eservices.career_break.notices.queries import Employer
from guichet.eservices.career_break.notices.sending import UnknownEmployer, Worker
from guichet.eservices.career_break.notices.stepping import UnknownNotice
from guichet.eservices.career_break.operations import Refused
from guichet.eservices.career_break.pages.asking import language
from guichet.kernel.verdict import Severity
from guichet.platform import clock, wording
from guichet.registers.persons.models import Person
from guichet.rules.career_break.faults import blocking
from guichet.rules.career_break.kinds import Leave
from guichet.rules.career_break.states import NoticeState, Party, StepRefused

worker: Final = acting_required(kind="worker", policy=BY_KEY["career-break"].policy)
_STEPS: Final = {
    "withdraw": sending.withdraw,
    "agree": sending.agree,
    "renounce": sending.renounce,
}
_DONE: Final = {
    "withdraw": gettext_lazy("Your notice is withdrawn."),
    "agree": gettext_lazy("You agreed: the leave begins on the new date."),
    "renounce": gettext_lazy("You renounced this leave."),
}
_PER_PERSON: Final = (Leave.PARENTAL, Leave.MEDICAL_ASSISTANCE, Leave.PALLIATIVE)
_NOT_KEPT: Final = ("csrfmiddlewaretoken", "at", "do", "certified")


@dataclass(frozen=True, slots=True)
class _Choice:
    """The first step, done: to whom, which leave, and the key of the form."""

    employer: Employer
    leave: str
    key: str


@require_GET
@worker
def listing(request: ActingRequest) -> HttpResponse:
    """My notices, the newest first, each with its state in words."""
    today = clock.today(clock.now())
    rows = queries.mine(person_id=request.acting.person_id)
    names = queries.names(rows, language=language())
    shown = [
        {"row": row, "state": standing.state_of(row, today=today), "employer": names[row.pk]}
        for row in rows
    ]
    return show(request, "mine.html", {"rows": shown, "today": today})


@require_http_methods(["GET", "POST"])
@worker
def detail(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """One of my notices; a POST withdraws it, or answers a postponement."""
    row = queries.own(ticket=ticket, person_id=request.acting.person_id)
    if row is None:
        raise Http404
    if request.method == "POST":
        return _stepped(request, row)
    return _detail(request, row)


@require_http_methods(["GET", "POST"])
@worker
def new(request: ActingRequest) -> HttpResponseBase:
    """A new notice: employer and leave, what is asked, the checks; only the last step sends.

    What was typed travels in the form itself and never in an address.
    """
    today = clock.today(clock.now())
    employers = queries.employers_of(niss=request.acting.niss, on=today, language=language())
    form = ChoiceForm(request.POST if request.method == "POST" else None, employers=employers)
    chosen = _chosen(request, form, employers)
    if chosen is None or request.POST.get("do") == "choose":
        status = 422 if form.is_bound and form.errors else 200
        context = {"form": form, "employers": employers, "key": _key(request)}
        return show(request, "mine-choose.html", context, status=status)
    if request.POST.get("at") not in ("wish", "send"):
        wish_form = _wish_form(request, chosen)
        return _wish_page(request, chosen, wish_form)
    return _judged(request, chosen)


def _stepped(request: ActingRequest, row: Notice) -> HttpResponseBase:
    act = _STEPS.get(request.POST.get("do", ""))
    if act is None:
        return _detail(request, row, status=422)
    try:
        act(ticket=row.ticket, worker=_worker(request), now=clock.now())
    except StepRefused as refusal:
        row.refresh_from_db()
        return _detail(request, row, why=words.refusal(refusal), status=409)
    except UnknownNotice:
        raise Http404 from None
    messages.success(request, str(_DONE[request.POST["do"]]))
    return redirect("career_break_notices:detail", row.ticket)


def _detail(
    request: ActingRequest, row: Notice, *, why: str = "", status: int = 200
) -> HttpResponse:
    today = clock.today(clock.now())
    state = standing.state_of(row, today=today)
    context = {
        "row": row, "wish": wish_of(row), "answer": answer_of(row), "state": state, "why": why,
        "employer": queries.names([row], language=language())[row.pk],
        "made": queries.request_of(row), "is_open": state is NoticeState.PENDING,
        "is_postponed": state is NoticeState.POSTPONED, "documents": words.DOCUMENTS[row.leave],
        **attached(row, Party.WORKER, state),
    }  # fmt: skip
    return show(request, "mine-notice.html", context, status=status)


def _chosen(request: ActingRequest, form: ChoiceForm, employers: list[Employer]) -> _Choice | None:
    if not form.is_valid():
        return None
    given = form.cleaned_data
    employer = next(one for one in employers if one.number == given["employer"])
    today = clock.today(clock.now())
    offered = checks.offered(employer.sector, on=today)
    is_end = given["leave"] == Leave.END_OF_CAREER and Leave.TIME_CREDIT in offered
    if given["leave"] not in offered and not is_end:
        put(form, [blocking("V-RQ-01", "leave")])
        return None
    return _Choice(employer, given["leave"], _key(request))


def _judged(request: ActingRequest, chosen: _Choice) -> HttpResponseBase:
    form = _wish_form(request, chosen, data=request.POST)
    if not form.is_valid():
        return _wish_page(request, chosen, form, status=422)
    wish = form.wish(key=chosen.key)
    done = queries.same_form(person_id=request.acting.person_id, key=chosen.key)
    if done is not None:  # a second press of the last button
        return redirect("career_break_notices:detail", done.ticket)
    person = Person.objects.get(pk=request.acting.person_id)
    found = sending.considered(wish=wish, person=person, employer=chosen.employer, now=clock.now())
    put(form, found.faults, to_worker=True)
    if form.errors:
        return _wish_page(request, chosen, form, found=found, status=422)
    if request.POST.get("do") == "change":
        return _wish_page(request, chosen, form, found=found)
    if request.POST.get("at") != "send":
        return _check_page(request, chosen, form, found, SendForm())
    return _sent(request, chosen, form, found)


def _sent(
    request: ActingRequest, chosen: _Choice, form: WishForm, found: Judged
) -> HttpResponseBase:
    last = SendForm(request.POST)
    if not last.is_valid():
        return _check_page(request, chosen, form, found, last, status=422)
    try:
        row = sending.send(
            employer=chosen.employer.number, wish=form.wish(key=chosen.key),
            worker=_worker(request), now=clock.now(),
        )  # fmt: skip
    except Refused as refusal:
        put(form, refusal.faults, to_worker=True)
        return _wish_page(request, chosen, form, status=422)
    except UnknownEmployer:
        raise Http404 from None
    messages.success(request, _("Your notice is sent."))
    return redirect("career_break_notices:detail", row.ticket)


def _wish_form(
    request: ActingRequest, chosen: _Choice, data: Mapping[str, Any] | None = None
) -> WishForm:
    return WishForm(
        data, leave=chosen.leave, today=clock.today(clock.now()),
        persons=_persons(request, chosen.leave),
    )  # fmt: skip


def _persons(request: ActingRequest, leave: str) -> dict[str, str]:
    """For whom earlier leaves of this kind were, by the opaque key of each."""
    if leave not in _PER_PERSON:
        return {}
    person = Person.objects.get(pk=request.acting.person_id)
    found: dict[str, str] = {}
    for one in dossier.history(person, known_on=clock.today(clock.now())):
        if one.rules.leave == leave and one.rules.person:
            period = one.rules.period
            text = _("The same person as in the leave from %(first)s to %(last)s")
            days = {
                "first": wording.day(period.first_day), "last": wording.day(period.last_day)
            }  # fmt: skip
            found.setdefault(one.rules.person, text % days)
    return found


def _wish_page(
    request: ActingRequest,
    chosen: _Choice,
    form: WishForm,
    *,
    found: Judged | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form, "chosen": chosen, "answers": found.answers if found else None,
        "documents": words.DOCUMENTS[chosen.leave],
    }  # fmt: skip
    return show(request, "mine-wish.html", context, status=status)


def _check_page(
    request: ActingRequest,
    chosen: _Choice,
    form: WishForm,
    found: Judged,
    last: SendForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": last, "chosen": chosen, "wish": form.wish(key=chosen.key), "found": found,
        "warning": [one for one in found.faults if one.severity is Severity.WARN],
        "kept": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in _NOT_KEPT
            for value in values
        ],
        "documents": words.DOCUMENTS[chosen.leave],
    }  # fmt: skip
    return show(request, "mine-check.html", context, status=status)


def _worker(request: ActingRequest) -> Worker:
    acting = request.acting
    return Worker(Actor("person", acting.niss), acting.person_id, language())


def _key(request: ActingRequest) -> str:
    """The key of the form, so that a second press of the last button sends nothing."""
    given = request.POST.get("key", "")
    is_ours = len(given) == 32 and all(sign in "0123456789abcdef" for sign in given)
    return given if is_ours else uuid4().hex
