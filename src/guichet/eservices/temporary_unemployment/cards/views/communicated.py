"""One communication about the worker: what it says, what it means, and what is wrong in it."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.eservices.temporary_unemployment import words as of_core
from guichet.eservices.temporary_unemployment.cards import meaning, sheets, told, wrongs
from guichet.eservices.temporary_unemployment.cards.forms import WrongForm
from guichet.eservices.temporary_unemployment.cards.told import Told
from guichet.eservices.temporary_unemployment.cards.views import showing
from guichet.eservices.temporary_unemployment.cards.views.showing import worker
from guichet.eservices.temporary_unemployment.cards.wrongs import Said
from guichet.eservices.temporary_unemployment.tickets import signs_of
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock, throttle


@require_GET
@worker
def communicated(request: ActingRequest, signs: str) -> HttpResponse:
    """What it says and what to do."""
    one = _own(request, signs)
    month = one.begins_on.replace(day=1) if one.begins_on else None
    now = clock.now()
    sheet = None
    if month is not None:
        month = max(month, min(clock.today(now).replace(day=1), month))
        sheet = sheets.sheet(niss=request.acting.niss, employer=one.employer, month=month, now=now)
    context = {
        "one": one,
        "core": of_core,
        "means": meaning.sentences(one),
        "sheet": sheet,
        "wrongs": wrongs.reported(person_id=request.acting.person_id, ticket=one.ticket),
    }
    return showing.show(request, "communicated.html", context)


@require_http_methods(["GET", "POST"])
@worker
def wrong(request: ActingRequest, signs: str) -> HttpResponseBase:
    """Tell the employer what is wrong in it."""
    one = _own(request, signs)
    is_post = request.method == "POST"
    form = WrongForm(request.POST if is_post else None, initial={"text": _prepared(one)})
    if form.is_bound and form.is_valid():
        said = Said(form.cleaned_data["what"], form.cleaned_data["text"])
        try:
            wrongs.report(about=one, said=said, acting=request.acting, now=clock.now())
        except throttle.Throttled:
            form.add_error(None, _("You reported a lot in one hour. Try again later."))
        else:
            messages.success(request, _("Your employer is told. He can change or cancel it."))
            return redirect("temporary_unemployment_mine:communicated", one.ticket)
    context = {"one": one, "core": of_core, "form": form}
    return showing.show(request, "wrong.html", context, status=422 if form.errors else 200)


def _own(request: ActingRequest, signs: str) -> Told:
    """A communication that names the person; another one and none are the same: Http404."""
    one = told.one(niss=request.acting.niss, ticket=signs_of(signs), today=clock.today(clock.now()))
    if one is None:
        raise Http404
    showing.noted(request, showing.MINE)
    return one


def _prepared(one: Told) -> str:
    """The beginning of the message, so that nobody looks for words at six in the morning."""
    number = TicketNumber(one.ticket).formatted()
    return _("Your communication %(number)s names me. This is not right:") % {"number": number}
