"""Pages of the desk: the queue, one question, the announcements."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.counter import announcing, answering, board, words
from guichet.access.counter.models import Announcement, Question
from guichet.access.services import Permission
from guichet.access.sessions import ActingRequest
from guichet.audit.lookups import looked_up
from guichet.backoffice.desk.forms import AnnouncementForm, AnswerForm
from guichet.backoffice.entering import at_the_desk
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from guichet.platform.pages import LANGUAGE_NAMES
from guichet.rules.questions import State, Step, StepRefused, steps

agent: Final = at_the_desk(Permission.CONTACT_DESK)
_PAGE: Final = 50
_LISTS: Final = {
    "open": (State.NEW, State.TAKEN),
    "answered": (State.ANSWERED,),
    "closed": (State.CLOSED,),
}
_STEPS: Final = {"take": Step.TAKE, "give-back": Step.GIVE_BACK, "close": Step.CLOSE}


@require_GET
@agent
def queue(request: ActingRequest) -> HttpResponse:
    """What waits: the questions that nobody took, and those of this institution."""
    show = request.GET.get("show", "open")
    if show not in _LISTS:
        raise Http404
    number = _institution(request)
    found = answering.queue(institution_number=number, states=_LISTS[show])
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [_row(one) for one in page.object_list],
        "page": page,
        "show": show,
        "counts": answering.counts(institution_number=number),
    }
    return render(request, "desk/queue.html", context)


@require_http_methods(["GET", "POST"])
@agent
def question(request: ActingRequest, number: str) -> HttpResponseBase:
    """One question; a POST answers it."""
    found = answering.question(number=number, institution_number=_institution(request))
    if found is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        answer = form.cleaned_data["answer"]
        if _done(
            request,
            lambda: answering.answer(
                number=number, text=answer, actor=request.acting.actor, now=clock.now()
            ),
        ):
            messages.success(request, _("The answer is on its way."))
        return redirect("desk:question", found.number)
    if found.person is not None:
        looked_up(
            viewer=request.acting.actor,
            subjects=[found.person.niss],
            purpose="counter.question",
            channel="portal",
            now=clock.now(),
        )
    context = {
        "row": _row(found),
        "question": found,
        "form": form,
        "open": [step.value for step in steps(State(found.state))],
        "language_name": LANGUAGE_NAMES[found.language],
    }
    return render(request, "desk/question.html", context, status=422 if form.errors else 200)


@require_POST
@agent
def step(request: ActingRequest, number: str, word: str) -> HttpResponseBase:
    """Take a question, give it back, close it."""
    wanted = _STEPS.get(word)
    if wanted is None:
        raise Http404
    actor, now = request.acting.actor, clock.now()
    if wanted is Step.TAKE:
        person_id = request.acting.person_id
        _done(
            request,
            lambda: answering.take(number=number, person_id=person_id, actor=actor, now=now),
        )
        return redirect("desk:question", number)
    change = answering.close if wanted is Step.CLOSE else answering.give_back
    _done(request, lambda: change(number=number, actor=actor, now=now))
    return redirect("desk:queue")


@require_GET
@agent
def announcements(request: ActingRequest) -> HttpResponse:
    """What the institution announced, the newest first."""
    found = announcing.announcements(institution_number=_institution(request))
    rows = [_announced(one) for one in found]
    return render(request, "desk/announcements.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@agent
def announce(request: ActingRequest) -> HttpResponseBase:
    """A new announcement."""
    form = AnnouncementForm(
        request.POST if request.method == "POST" else None, initial={"severity": "planned"}
    )
    if form.is_valid():
        announcing.announce(wording=form.wording(), actor=request.acting.actor, now=clock.now())
        messages.success(request, _("It is announced. Every page shows it within a minute."))
        return redirect("desk:announcements")
    return _form(request, form, None)


@require_http_methods(["GET", "POST"])
@agent
def announcement(request: ActingRequest, key: int) -> HttpResponseBase:
    """One announcement, to change it."""
    row = announcing.announcement(key=key, institution_number=_institution(request))
    if row is None:
        raise Http404
    form = AnnouncementForm(request.POST if request.method == "POST" else None, initial=vars(row))
    if form.is_valid():
        wording, actor = form.wording(), request.acting.actor
        if _done(
            request,
            lambda: announcing.change(
                announcement=key, wording=wording, actor=actor, now=clock.now()
            ),
        ):
            messages.success(request, _("It is changed. Every page shows it within a minute."))
        return redirect("desk:announcements")
    return _form(request, form, row)


@require_POST
@agent
def end(request: ActingRequest, key: int) -> HttpResponseBase:
    """It is over now."""
    actor, now = request.acting.actor, clock.now()
    if _done(request, lambda: announcing.end(announcement=key, actor=actor, now=now)):
        messages.success(request, _("It is over. No page shows it within a minute."))
    return redirect("desk:announcements")


def _form(request: ActingRequest, form: AnnouncementForm, row: Announcement | None) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "desk/announcement.html", {"form": form, "row": row}, status=status)


def _institution(request: ActingRequest) -> str:
    return request.acting.enterprise_number or ""


def _done(request: ActingRequest, change: Callable[[], object]) -> bool:
    """Carry out a change; what somebody else did meanwhile is said on the next page."""
    try:
        change()
    except (answering.UnknownQuestion, announcing.UnknownAnnouncement):
        raise Http404 from None
    except StepRefused:
        messages.error(request, _("This is not possible any more: look at its state."))
        return False
    except announcing.AlreadyOver:
        messages.error(request, _("This announcement is over: make a new one."))
        return False
    return True


def _row(one: Question) -> dict[str, Any]:
    return {
        "number": one.number,
        "shown": TicketNumber(one.number).formatted(),
        "topic": words.TOPICS.get(one.topic, one.topic),
        "service": words.service_name(one.service),
        "asked_at": one.asked_at,
        "language": one.language,
        "state": words.STATES[one.state],
        "look": words.LOOKS[one.state],
    }


def _announced(row: Announcement) -> dict[str, Any]:
    notice, now = board.notice(row), clock.now()
    return {
        "key": row.pk,
        "title": notice.title_here,
        "service": words.service_name(row.service),
        "severity": words.SEVERITIES[row.severity],
        "begins_at": row.begins_at,
        "ends_at": row.ends_at,
        "is_shown": notice.is_shown(now),
        "can_change": row.ends_at is None or row.ends_at > now,
    }
