"""Who works for which office, and the letters that somebody posts."""

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.sessions import ActingRequest
from guichet.backoffice.career_breaks.entrance import (
    agent,
    noted,
    officer_of,
    refusal,
    show,
)
from guichet.backoffice.career_breaks.forms import PostForm
from guichet.eservices.career_break.office import letters, officers
from guichet.eservices.career_break.office.officers import NotYours, UnknownOfficer
from guichet.eservices.career_break.recovery import letters as recovery_letters
from guichet.platform import clock

_MOST: Final = 200


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
            return redirect("career_break_desk:team")
    context = {
        "rows": officers.posts(), "form": form, "officer": officer, "current": "team",
    }  # fmt: skip
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
    return redirect("career_break_desk:team")


@require_GET
@agent
def to_post(request: ActingRequest) -> HttpResponse:
    """Letters for people without an open e-Box."""
    officer = officer_of(request)
    rows = list(letters.to_post(officer.offices)[:_MOST])
    of_recoveries = list(recovery_letters.to_post(officer.offices)[:_MOST])
    noted(request, (one.request.person.niss for one in rows))
    noted(request, (one.recovery.request.person.niss for one in of_recoveries))
    context = {
        "rows": rows, "of_recoveries": of_recoveries, "officer": officer, "current": "letters",
    }  # fmt: skip
    return show(request, "letters.html", context)


@require_POST
@agent
def posted(request: ActingRequest, letter: int) -> HttpResponseBase:
    """Somebody put a letter into the post."""
    return _posted(request, letter, letters.posted)


@require_POST
@agent
def posted_recovery(request: ActingRequest, letter: int) -> HttpResponseBase:
    """Somebody put the letter of a recovery into the post."""
    return _posted(request, letter, recovery_letters.posted)


def _posted(request: ActingRequest, letter: int, note: Callable[..., bool]) -> HttpResponseBase:
    officer = officer_of(request)
    if not officer.may_decide:
        messages.error(request, refusal(NotYours()))
    elif note(letter=letter, offices=officer.offices, actor=officer.actor, now=clock.now()):
        messages.success(request, _("The letter is noted as posted."))
    else:
        raise Http404
    return redirect("career_break_desk:to-post")
