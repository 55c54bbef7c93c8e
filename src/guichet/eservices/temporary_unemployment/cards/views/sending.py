"""The last look before a card goes, the receipt, and a correction afterwards."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.sessions import ActingRequest
from guichet.eservices.temporary_unemployment.cards import (
    marking,
    months,
    reading,
    sending,
    sheets,
    words,
)
from guichet.eservices.temporary_unemployment.cards.bodies import Body
from guichet.eservices.temporary_unemployment.cards.forms import ReopenForm, SendForm
from guichet.eservices.temporary_unemployment.cards.sending import Changed, Told, as_sent
from guichet.eservices.temporary_unemployment.cards.sheets import Sheet
from guichet.eservices.temporary_unemployment.cards.views import showing
from guichet.eservices.temporary_unemployment.cards.views.showing import worker
from guichet.platform import clock
from guichet.rules.temporary_unemployment.card_days import DayState, counts
from guichet.rules.temporary_unemployment.card_sending import Early, StepRefused


@require_http_methods(["GET", "POST"])
@worker
def send(request: ActingRequest, employer: str, year: int, number: int) -> HttpResponseBase:
    """Every day by kind, who pays, and the declaration; then the card goes."""
    found = showing.own(request, employer, year, number)
    if not found.is_open and request.method == "GET":
        return showing.show(request, "closed.html", {"sheet": found, "one": None}, status=409)
    today = clock.today(clock.now())
    is_early = not found.window.is_open(today=today)
    chosen = sheets.preferred(person_id=request.acting.person_id)
    initial = {"seen": found.seen, "body": chosen.body}
    given = request.POST if request.method == "POST" else None
    form = SendForm(given, is_early=is_early, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            made = sending.send(
                key=showing.key(request, found), said=_said(form),
                actor=showing.himself(request), now=clock.now(),
            )  # fmt: skip
        except Changed:
            found = showing.own(request, employer, year, number)
            form = _again(request, found, is_early)
        except StepRefused as refusal:
            form.add_error(None, words.REFUSED[refusal.why])
        else:
            return redirect(
                "temporary_unemployment_mine:sent", employer, year, number, made.version
            )
    context = _summary(request, found, form, today)
    return showing.show(request, "send.html", context, status=422 if form.errors else 200)


@require_GET
@worker
def sent(
    request: ActingRequest, employer: str, year: int, number: int, version: int
) -> HttpResponse:
    """The receipt of a version: its ticket, its days, what happens next."""
    found = showing.own(request, employer, year, number)
    one = reading.sent_version(niss=request.acting.niss, found=found, version=version)
    if one is None:
        raise Http404
    states: dict[DayState, int] = {}
    marked = [day for day in one.days if day["marked"] or day["first"]]
    for day in one.days:
        state = DayState(day["state"])
        is_working = found.days[date.fromisoformat(day["day"]).day - 1].is_working
        if state is not DayState.UNEMPLOYED or is_working:
            states[state] = states.get(state, 0) + 1
    context = {"sheet": found, "one": one, "counts": states, "marked": marked, "as_date": _day}
    return showing.show(request, "sent.html", context)


@require_http_methods(["GET", "POST"])
@worker
def correct(request: ActingRequest, employer: str, year: int, number: int) -> HttpResponseBase:
    """Open a card that was sent again, with a reason."""
    found = showing.own(request, employer, year, number)
    form = ReopenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            marking.reopen(
                key=showing.key(request, found), reason=form.cleaned_data["reason"],
                actor=showing.himself(request), now=clock.now(),
            )  # fmt: skip
        except marking.UnknownCard:
            raise Http404 from None
        except StepRefused as refusal:
            form.add_error(None, words.REFUSED[refusal.why])
        else:
            messages.success(request, _("The card is open. Correct it, then send it again."))
            return redirect("temporary_unemployment_mine:card", employer, year, number)
    context = {"sheet": found, "form": form}
    return showing.show(request, "correct.html", context, status=422 if form.errors else 200)


@require_POST
@worker
def give_up(request: ActingRequest, employer: str, year: int, number: int) -> HttpResponseBase:
    """The correction is given up: what was sent holds."""
    found = showing.own(request, employer, year, number)
    try:
        marking.give_up(
            key=showing.key(request, found), actor=showing.himself(request), now=clock.now()
        )
    except (marking.UnknownCard, StepRefused):
        raise Http404 from None
    messages.success(request, _("The correction is given up. The card that you sent holds."))
    return redirect("temporary_unemployment_mine:card", employer, year, number)


def _said(form: SendForm) -> Told:
    given = form.cleaned_data
    return Told(
        seen=given["seen"],
        body=Body(given["body"]),
        language=showing.language(),
        early=form.ground,
        permission=given.get("permission", "").strip(),
    )


def _again(request: ActingRequest, found: Sheet, is_early: bool) -> SendForm:
    """The form with what was chosen, over the card as it is now."""
    given: Any = request.POST.copy()
    given["seen"] = found.seen
    given.pop("certified", None)
    form = SendForm(given, is_early=is_early)
    form.full_clean()
    form.errors.pop("certified", None)
    form.add_error(
        None, _("The card changed meanwhile. Look at it again, tick the box, and send it.")
    )
    return form


def _summary(request: ActingRequest, found: Sheet, form: SendForm, today: date) -> dict[str, Any]:
    early = Early(form["early"].value() or Early.NOT) if "early" in form.fields else Early.NOT
    days = as_sent(found, early=early, today=today)
    chosen = sheets.preferred(person_id=request.acting.person_id)
    late = [one for one in found.days if (mark := found.standing(one.day)) and one.is_marked
            and mark.is_late]  # fmt: skip
    return {
        "sheet": found,
        "form": form,
        "days": days,
        "counts": counts(days),
        "marked": [one for one in days if one.is_marked],
        "late": late,
        "allowance": months.allowance(days, chosen),
        "is_early": "early" in form.fields,
    }


def _day(text: str) -> date:
    return date.fromisoformat(text)
