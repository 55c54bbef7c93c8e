"""Asking a question, its number, and one's own questions with their answers."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.counter import asking, words
from guichet.access.counter.forms import QuestionForm
from guichet.access.sessions import ActingRequest, acting_of, acting_required
from guichet.kernel.ticket import InvalidNumber, TicketNumber
from guichet.platform import clock
from guichet.platform.routes import public
from guichet.platform.throttle import Throttled


@public
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponseBase:
    """The contact form, for visitors and for whoever is signed in."""
    acting = acting_of(request)
    form = QuestionForm(
        request.POST if request.method == "POST" else None,
        is_visitor=acting is None,
        initial={name: request.GET.get(name, "") for name in ("topic", "service")},
    )
    status, wait = HTTPStatus.OK, 0
    if form.is_valid():
        try:
            question = asking.ask(
                asked=form.asked(),
                acting=acting,
                source=request.META.get("REMOTE_ADDR", ""),
                now=clock.now(),
            )
        except Throttled as throttled:
            form.add_error(None, _("You asked a lot in a short time. Try again in an hour."))
            status, wait = HTTPStatus.TOO_MANY_REQUESTS, throttled.retry_after
        else:
            return redirect("counter:asked", TicketNumber(question.number).formatted())
    elif form.errors:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    response = render(request, "counter/contact.html", {"form": form}, status=status)
    if wait:
        response["Retry-After"] = str(wait)
    return response


@public
@require_GET
def asked(request: HttpRequest, number: str) -> HttpResponse:
    """The number of the question; nothing is looked up, so nothing is told to others."""
    try:
        shown = TicketNumber.parse(number).formatted()
    except InvalidNumber:
        raise Http404 from None
    return render(request, "counter/asked.html", {"number": shown})


@require_GET
@acting_required(kind="worker")
def mine(request: ActingRequest) -> HttpResponse:
    """What I asked, and the answers."""
    rows = [
        {
            "number": TicketNumber(one.number).formatted(),
            "question": one,
            "topic": words.TOPICS[one.topic],
            "state": words.STATES[one.state],
            "look": words.LOOKS[one.state],
        }
        for one in asking.questions_of(person_id=request.acting.person_id)
    ]
    return render(request, "counter/mine.html", {"rows": rows})
