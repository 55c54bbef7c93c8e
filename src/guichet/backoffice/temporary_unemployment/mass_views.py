"""Decisions for many at once: a filter, what it would decide, then the work with its progress."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.sessions import ActingRequest
from guichet.backoffice.temporary_unemployment.entrance import agent, officer_of, refusal, show
from guichet.backoffice.temporary_unemployment.mass_form import ManyForm
from guichet.eservices.temporary_unemployment import words
from guichet.eservices.temporary_unemployment.office import mass, queries
from guichet.eservices.temporary_unemployment.office.mass import Preview
from guichet.eservices.temporary_unemployment.office.officers import NotYours
from guichet.platform import clock
from guichet.rules.temporary_unemployment.findings import CATALOGUE


@require_http_methods(["GET", "POST"])
@agent
def many(request: ActingRequest) -> HttpResponseBase:
    """The filter and its preview; a POST decides exactly what was shown."""
    officer, now = officer_of(request), clock.now()
    data = request.POST if request.method == "POST" else request.GET or None
    form = ManyForm(data, own=officer.offices)
    preview: Preview | None = None
    status = 200
    if form.is_bound and not form.is_valid():
        status = 422
    elif form.is_bound:
        wanted = form.wanted(today=clock.today(now))
        preview = mass.preview(wanted, officer=officer, now=now)
        if request.method == "POST":
            if str(len(preview.keys)) != form.cleaned_data["shown"]:
                form.add_error(None, _("The queue changed meanwhile: look at the figures again."))
                status = 422
            else:
                try:
                    run = mass.start(keys=preview.keys, wanted=wanted, officer=officer, now=now)
                except NotYours as why:
                    form.add_error(None, refusal(why))
                    status = 422
                else:
                    return redirect("temporary_unemployment_desk:run", run.pk)
    context: dict[str, Any] = {
        "form": form, "preview": preview, "officer": officer, "current": "many",
        "exceptions": _exceptions(preview), "runs": queries.runs(kind="decisions", limit=10),
        "at_once": mass.AT_ONCE,
    }  # fmt: skip
    return show(request, "many.html", context, status=status)


@require_GET
@agent
def run(request: ActingRequest, run: int) -> HttpResponse:
    """How far the work is."""
    row = queries.run(run)
    if row is None or row.kind != "decisions":
        raise Http404
    officer = officer_of(request)
    return show(request, "run.html", {"run": row, "officer": officer, "current": "many"})


@require_POST
@agent
def stop(request: ActingRequest, run: int) -> HttpResponseBase:
    """End the work; what is decided stays decided."""
    row = queries.run(run)
    if row is None or row.kind != "decisions":
        raise Http404
    try:
        ended = mass.stop(run=run, officer=officer_of(request), now=clock.now())
    except NotYours as why:
        messages.error(request, refusal(why))
    else:
        if ended:
            messages.success(request, _("The work ends. What is decided stays decided."))
    return redirect("temporary_unemployment_desk:run", run)


def _exceptions(preview: Preview | None) -> list[tuple[str, int]]:
    """Why communications are left for an officer, in words, the most frequent first."""
    if preview is None:
        return []
    told = {
        "office": _("of another office"),
        "result": _("the rules take something away"),
        "officer": _("an officer always looks at this kind"),
    }
    pairs = [
        (told.get(key) or _code(key), count) for key, count in preview.exceptions.items()
    ]  # fmt: skip
    return sorted(pairs, key=lambda one: (-one[1], one[0]))


def _code(key: str) -> str:
    """The code of a fault and the beginning of its sentence, its placeholders left out."""
    label = CATALOGUE.sentences[key]
    text = words.said(label).partition("{")[0].rstrip(" :(")
    return f"{key.partition('.')[0]} {text}…"
