"""Asking for a video interview, and confirming or cancelling its slot. Nobody is signed in here."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from guichet.csam.codes.waiting import wait_in_words
from guichet.csam.keys.holders import WrongCode
from guichet.csam.outside import requests
from guichet.csam.outside.forms import ConfirmForm, RequestForm
from guichet.csam.outside.requests import Applicant, LinkOver
from guichet.csam.outside.views.answers import page
from guichet.platform import clock
from guichet.platform.routes import public
from guichet.platform.throttle import Throttled


@public
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for an interview; the security code is shown once."""
    now = clock.now()
    data = request.POST if request.method == "POST" else None
    language = (get_language() or "en").partition("-")[0]
    form = RequestForm(data, today=clock.today(now), initial={"language": language})
    if form.is_valid():
        applicant = Applicant(**form.cleaned_data)
        try:
            asked = requests.ask(applicant=applicant, source=request.META["REMOTE_ADDR"], now=now)
        except Throttled as pause:
            form.add_error(None, wait_in_words(pause))
        else:
            # Not a redirect: a redirect would have to keep the code somewhere.
            answer = page(request, "asked.html", {"asked": asked, "email": applicant.email})
            answer.headers["Cache-Control"] = "no-store"
            return answer
    return page(request, "ask.html", {}, form=form)


@public
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The slot, the security code and the copy of the document; or cancel it."""
    now = clock.now()
    try:
        row = requests.proposed(secret=secret, now=now)
        form = (
            ConfirmForm(request.POST or None, request.FILES or None)
            if (request.method == "POST")
            else ConfirmForm()
        )
        if form.is_valid():
            try:
                requests.confirm(
                    secret=secret,
                    code=form.cleaned_data["code"],
                    copy=form.cleaned_data["document"],
                    now=now,
                )
            except WrongCode as wrong:
                if not wrong.left:
                    return over(request)
                form.add_error("code", tries_left(wrong.left))
            else:
                return redirect("outside:belgianid-confirmed")
    except LinkOver:
        return over(request)
    return page(request, "confirm.html", {"row": row, "secret": secret}, form=form)


@public
@require_POST
def cancel(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The person does not want the interview."""
    try:
        requests.cancel(secret=secret, now=clock.now())
    except LinkOver:
        return over(request)
    return redirect("outside:belgianid-cancelled")


@public
def confirmed(request: HttpRequest) -> HttpResponse:
    """The slot stands, and what comes next."""
    return page(request, "confirmed.html", {})


@public
def cancelled(request: HttpRequest) -> HttpResponse:
    """Nothing is kept."""
    return page(request, "cancelled.html", {})


def over(request: HttpRequest) -> HttpResponse:
    """A link that opens nothing, whatever the reason."""
    return render(request, "outside/over.html", status=410)


def tries_left(left: int) -> str:
    """After a wrong code: how many tries there still are."""
    return ngettext(
        "This code is not right. You have %(left)d try left.",
        "This code is not right. You have %(left)d tries left.",
        left,
    ) % {"left": left}
