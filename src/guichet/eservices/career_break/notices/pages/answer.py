"""A worker's notice at the employer's: what is asked, until when, and the three answers."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.eservices.career_break import queries as career_breaks
from guichet.eservices.career_break import words as general
from guichet.eservices.career_break.files import desk
from guichet.eservices.career_break.files.bearers import employer_of
from guichet.eservices.career_break.models import Notice
from guichet.eservices.career_break.notices import answering, queries, standing, words
from guichet.eservices.career_break.notices.answering import Wanted
from guichet.eservices.career_break.notices.content import answer_of, wish_of
from guichet.eservices.career_break.notices.forms import AnswerForm, put
from guichet.eservices.career_break.notices.pages.showing import show
from guichet.eservices.career_break.notices.stepping import UnknownNotice
from guichet.eservices.career_break.operations import Refused
from guichet.eservices.career_break.pages import asking
from guichet.platform import clock
from guichet.rules.career_break import answers
from guichet.rules.career_break.catalogue import regimes
from guichet.rules.career_break.faults import blocking
from guichet.rules.career_break.kinds import Leave
from guichet.rules.career_break.states import (
    NEXT_OF_NOTICE,
    NoticeState,
    NoticeStep,
    StepRefused,
)

_ACTS: Final = ("accept", "postpone", "refuse", "begin", "end")
# The page has the form twice: above what postpones, below what accepts or refuses.
_LATER: Final = ("postpone", "end")


@require_http_methods(["GET", "POST"])
@asking.guarded
def notice(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """One notice to the employer; a POST answers it, or begins the request of it."""
    row = career_breaks.notice(ticket=ticket, employer=asking.employer_of(request))
    if row is None:
        raise Http404
    asking.noted(request, [row.person.niss])
    if desk.is_posted(request) or request.method == "GET":
        files = _files(request, row)
        if isinstance(files, str):
            return redirect(files)
        return _page(request, row, _form(row), files=files, status=files.status)
    form, act = _form(row, request.POST), request.POST.get("do", "")
    is_sound = form.is_valid()
    if act not in _ACTS:
        return _page(request, row, form, status=422)
    if act == "accept" and not form.cleaned_data.get("certified"):
        put(form, [blocking("V-CF-01", "certified")])
    if act == "end" or (not is_sound and act == "postpone") or form.errors.get("certified"):
        return _page(request, row, form, status=422 if form.errors else 200)
    return _answered(request, row, form, act)


def _answered(request: ActingRequest, row: Notice, form: AnswerForm, act: str) -> HttpResponseBase:
    sender, now = asking.sender_of(request), clock.now()
    wanted = Wanted(form.answer(), form.cleaned_data.get("new_start"))
    try:
        if act == "accept":
            draft = answering.accept(
                ticket=row.ticket, ebox_for_all=wanted.answer.ebox_for_all, sender=sender, now=now
            )
        elif act == "begin":
            draft = answering.begin(ticket=row.ticket, sender=sender, now=now)
        else:
            give = answering.postpone if act == "postpone" else answering.refuse
            give(ticket=row.ticket, wanted=wanted, sender=sender, now=now)
            messages.success(request, _("Your answer is sent. The worker is told."))
            return redirect("career_break:notice", row.ticket)
    except Refused as refusal:
        put(form, refusal.faults)
        return _page(request, row, form, status=422)
    except StepRefused as refusal:
        row.refresh_from_db()
        return _page(request, row, form, why=words.refusal(refusal), status=409)
    except UnknownNotice:
        raise Http404 from None
    if act == "accept":
        messages.success(request, _("The notice is accepted. Complete the request now."))
    return redirect("career_break:step", draft.pk, "characteristics")


def _both(row: Notice, form: AnswerForm) -> dict[str, AnswerForm]:
    """The form above and the one below: what was posted in one leaves the other as it is."""
    other = _form(row)
    if form.auto_id == "later_%s":
        return {"later": form, "form": other}
    other.auto_id = "later_%s"
    return {"later": other, "form": form}


def _form(row: Notice, data: Any = None) -> AnswerForm:
    first = wish_of(row).first_day or row.first_day
    leave, today = Leave(row.leave), clock.today(clock.now())
    offered = () if leave is Leave.ORDINARY else regimes(leave, on=today)
    is_later = data is not None and data.get("do") in _LATER
    return AnswerForm(
        data,
        auto_id="later_%s" if is_later else "id_%s",
        grounds=answering.grounds(row),
        regimes=[one for one in offered if one != row.regime],
        initial={"new_start": [f"{first.day:02d}", f"{first.month:02d}", str(first.year)]},
    )


def _files(request: ActingRequest, row: Notice) -> desk.Desk | str:
    """The files of the notice, which are attached on its page until it is answered."""
    here = reverse("career_break:notice", args=[row.ticket])
    return desk.handled(request, subject=row, by=employer_of(request), here=here, now=clock.now())


def _page(
    request: ActingRequest, row: Notice, form: AnswerForm, *, why: str = "", status: int = 200,
    files: desk.Desk | str = "",
) -> HttpResponse:  # fmt: skip
    today = clock.today(clock.now())
    state, wish = standing.state_of(row, today=today), wish_of(row)
    known = standing.known_to_rules(row)
    new_start = form.cleaned_data.get("new_start") if form.is_bound else None
    context = {
        "row": row, "wish": wish, "answer": answer_of(row), "state": state,
        **_both(row, form), "desk": files or _files(request, row),
        "why": why, "today": today, "term": answers.answer_term(known),
        "is_open": state is NoticeState.PENDING, "refusal": answers.refusal(known),
        "grounds": answering.grounds(row), "may_declare": answering.may_have_key_function(row),
        "limits": answering.limits(row, today=today), "new_start": new_start,
        "new_days": answering.new_days(row, new_start), "meter": standing.meter(row),
        "made": queries.request_of(row), "draft": queries.draft_of(row),
        "may_begin": (state, NoticeStep.LINK) in NEXT_OF_NOTICE, "silence": answers.Silence,
        "reason": words.reason, "fault": general.fault,
    }  # fmt: skip
    return show(request, "answer.html", context, status=status)
