"""The card of a month, and one day of it."""

from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.eservices.temporary_unemployment.cards import marking, months, reading, sheets, words
from guichet.eservices.temporary_unemployment.cards.forms import DayForm
from guichet.eservices.temporary_unemployment.cards.marking import NotApplicable, ReasonNeeded
from guichet.eservices.temporary_unemployment.cards.sheets import Sheet
from guichet.eservices.temporary_unemployment.cards.views import showing
from guichet.eservices.temporary_unemployment.cards.views.showing import worker
from guichet.platform import clock, wording
from guichet.rules.temporary_unemployment.card_days import CardDay, DayState, counts, is_late
from guichet.rules.temporary_unemployment.card_sending import StepRefused

_ONE_DAY: Final = timedelta(days=1)


@require_GET
@worker
def card(request: ActingRequest, employer: str, year: int, number: int) -> HttpResponse:
    """The month: today first, then the calendar, the same days as a list, what was changed."""
    found = showing.own(request, employer, year, number)
    now = clock.now()
    today = clock.today(now)
    chosen = sheets.preferred(person_id=request.acting.person_id)
    cells = months.as_cells(found, on=today, language=showing.language())
    is_late_now = is_late(
        state=DayState.WORK, day=today, starts_at=chosen.usual_start, marked_at=now
    )
    before = (found.month - _ONE_DAY).replace(day=1)
    following = (found.month + 31 * _ONE_DAY).replace(day=1)
    context = {
        "sheet": found,
        "weeks": months.weeks(found, on=today, language=showing.language()),
        "cells": cells,
        "now_cell": next((one for one in cells if one.is_today and one.one.is_applicable), None),
        "usual_start": chosen.usual_start,
        "is_late_now": is_late_now,
        "counts": counts(found.days),
        "sendings": reading.sendings(niss=request.acting.niss, found=found),
        "before": _neighbour(request, found, before),
        "following": _neighbour(request, found, following),
    }
    return showing.show(request, "card.html", context)


@require_http_methods(["GET", "POST"])
@worker
def day(
    request: ActingRequest, employer: str, year: int, number: int, day: int
) -> HttpResponseBase:
    """Mark one day, or the days from it on."""
    found = showing.own(request, employer, year, number)
    one = found.day(day)
    if one is None:
        raise Http404
    if not found.is_open or not one.is_applicable:
        return showing.show(request, "closed.html", {"sheet": found, "one": one}, status=409)
    form = DayForm(
        request.POST if request.method == "POST" else None, sheet=found, day=one.day,
        initial=_initial(request, found, one),
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        answer = _marked(request, found, one, form)
        if answer is not None:
            return answer
    context = {"sheet": found, "one": one, "form": form, "standing": found.standing(one.day)}
    return showing.show(request, "day.html", context, status=422 if form.errors else 200)


def _marked(
    request: ActingRequest, found: Sheet, one: CardDay, form: DayForm
) -> HttpResponseBase | None:
    """Where the page goes once the day is marked; None: the form says what lacks."""
    wanted = form.wanted()
    try:
        count = marking.mark(
            key=showing.key(request, found), wanted=wanted, actor=showing.himself(request),
            now=clock.now(),
        )  # fmt: skip
    except ReasonNeeded as needed:
        form.add_error("reason", _why(needed))
        return None
    except NotApplicable:
        form.add_error("until", _("None of these days is a day on which you can mark that."))
        return None
    except StepRefused:  # sent meanwhile, in another window
        return showing.show(request, "closed.html", {"sheet": found, "one": one}, status=409)
    messages.success(request, _told(wanted, count))
    month = found.month
    return redirect("temporary_unemployment_mine:card", found.employer, month.year, month.month)


def _why(needed: ReasonNeeded) -> str:
    if needed.is_late:
        return _("The work has begun: write why you mark it late. The mark is shown as late.")
    return _("This day was marked before: write why you change it.")


def _told(wanted: marking.Wanted, count: int) -> str:
    said = {
        "day": wording.long_day(wanted.day, year=False),
        "state": words.STATES[wanted.state],
        "count": count,
    }
    if count <= 1:
        return _("%(day)s: %(state)s.") % said
    return ngettext(
        "%(count)d day from %(day)s on: %(state)s.",
        "%(count)d days from %(day)s on: %(state)s.",
        count,
    ) % said  # fmt: skip


def _initial(request: ActingRequest, found: Sheet, one: CardDay) -> dict[str, Any]:
    standing = found.standing(one.day) if one.is_marked else None
    if standing is not None and standing.starts_at is not None:
        start = standing.starts_at
    else:
        start = sheets.preferred(person_id=request.acting.person_id).usual_start
    return {"state": one.state.value, "starts_at": f"{start:%H:%M}"}


def _neighbour(request: ActingRequest, found: Sheet, month: Any) -> Any:
    """The month beside it, where there is a card of it."""
    other = sheets.sheet(
        niss=request.acting.niss, employer=found.employer, month=month, now=clock.now()
    )
    return month if other is not None else None
