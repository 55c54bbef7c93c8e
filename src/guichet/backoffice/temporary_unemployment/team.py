"""Who works for which office, the letters that somebody posts, the nights."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.sessions import ActingRequest
from guichet.backoffice.temporary_unemployment.entrance import agent, officer_of, refusal, show
from guichet.backoffice.temporary_unemployment.forms import PostForm
from guichet.eservices.temporary_unemployment import words
from guichet.eservices.temporary_unemployment.office import night, officers, queries
from guichet.eservices.temporary_unemployment.office.officers import NotYours, UnknownOfficer
from guichet.platform import clock
from guichet.registers.enterprises import queries as enterprises


@require_http_methods(["GET", "POST"])
@agent
def team(request: ActingRequest) -> HttpResponseBase:
    """Everybody's offices; a team leader gives one to a colleague."""
    officer = officer_of(request)
    form = PostForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            officers.give_post(
                niss=form.cleaned_data["niss"], office=form.cleaned_data["office"],
                by=officer.actor, may_give=officer.may_sign, now=clock.now(),
            )  # fmt: skip
        except NotYours as why:
            form.add_error(None, refusal(why))
        except UnknownOfficer:
            form.add_error("niss", _("Nobody is known under this number."))
        else:
            messages.success(request, _("Your colleague works for this office from now on."))
            return redirect("temporary_unemployment_desk:team")
    context = {"rows": officers.posts(), "form": form, "officer": officer, "current": "team"}
    return show(request, "team.html", context, status=422 if form.errors else 200)


@require_POST
@agent
def end(request: ActingRequest, post: int) -> HttpResponseBase:
    """A colleague works for an office no longer."""
    officer = officer_of(request)
    try:
        officers.take_post(post=post, by=officer.actor, may_give=officer.may_sign, now=clock.now())
    except NotYours as why:
        messages.error(request, refusal(why))
    except UnknownOfficer:
        raise Http404 from None
    else:
        messages.success(request, _("Your colleague works for this office no longer."))
    return redirect("temporary_unemployment_desk:team")


@require_GET
@agent
def sending(request: ActingRequest) -> HttpResponse:
    """The nights with their progress, and letters to employers without an open e-Box."""
    officer, now = officer_of(request), clock.now()
    rows = queries.to_post(officer.offices)
    numbers = {one.decision.communication.employer.number for one in rows}
    context = {
        "nights": queries.runs(kind="night"),
        "waiting": night.waiting(now),
        "rows": rows,
        "names": enterprises.names(numbers=numbers, language=words.language()),
        "officer": officer,
        "current": "sending",
    }
    return show(request, "sending.html", context)


@require_POST
@agent
def posted(request: ActingRequest, delivery: int) -> HttpResponseBase:
    """Somebody put a letter into the post."""
    officer = officer_of(request)
    if not officer.may_decide:
        messages.error(request, refusal(NotYours()))
    elif night.posted(
        delivery=delivery, offices=officer.offices, actor=officer.actor, now=clock.now()
    ):
        messages.success(request, _("The letter is noted as posted."))
    else:
        raise Http404
    return redirect("temporary_unemployment_desk:sending")
