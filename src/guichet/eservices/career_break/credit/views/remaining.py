"""What is left: one pot for each leave and person, each unit with the period that used it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guichet.access.sessions import ActingRequest
from guichet.eservices.career_break.credit import knowing, placing, words
from guichet.eservices.career_break.credit.forms.placing import PlaceForm
from guichet.eservices.career_break.credit.knowing import Known
from guichet.eservices.career_break.credit.remaining import Pot, pots
from guichet.eservices.career_break.credit.views import shared
from guichet.platform import clock
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.career_break.findings import CATALOGUE
from guichet.rules.career_break.kinds import Leave


@require_GET
@shared.own
def remaining(request: ActingRequest) -> HttpResponse:
    """Every credit of who is signed in, as bars and as tables."""
    return _page(request, shared.known_of(request))


@require_POST
@shared.own
def for_whom(request: ActingRequest) -> HttpResponseBase:
    """For whom one earlier period was taken; the figures follow."""
    known = shared.known_of(request)
    form = PlaceForm(request.POST, people=known.people, untold=knowing.untold(known))
    if not form.is_valid():
        return _page(request, known, form, status=422)
    try:
        placing.place(placed=form.placed(), actor=request.acting.actor, now=clock.now())
    except placing.NotToPlace:
        messages.error(request, _("For this period it is told already."))
    else:
        messages.success(request, _("Thank you. The figures are computed anew."))
    return redirect("career_break_credit:remaining")


def _page(
    request: ActingRequest, known: Known, form: PlaceForm | None = None, *, status: int = 200
) -> HttpResponse:
    now = clock.now()
    untold = knowing.untold(known)
    numbers = {one.employer for one in known.taken or () if one.employer}
    context = {
        "pots": [_shown(pot) for pot in pots(known, on=clock.today(now))],
        "untold": untold,
        "form": form or PlaceForm(people=known.people, untold=untold),
        "names": enterprises.names(numbers=sorted(numbers), language=shared.language()),
        "computed_at": now,
    }
    return shared.show(request, "remaining.html", context, status=status)


def _shown(pot: Pot) -> dict[str, Any]:
    total = pot.total or 1
    shares = [
        (min(100.0, round(100 * use.cost / total, 2)), "cr-open" if use.is_untold else "cr-used")
        for use in pot.uses
    ]
    return {
        "pot": pot,
        "title": words.pot_of(pot),
        "shares": shares,
        "law": CATALOGUE.laws[_RULES[pot.leave]],
        "counts": words.counting(pot.leave),
    }


_RULES = {
    Leave.TIME_CREDIT: "TC-11",
    Leave.PARENTAL: "PL-CREDIT",
    Leave.MEDICAL_ASSISTANCE: "MA-CREDIT",
    Leave.PALLIATIVE: "PC-03",
    Leave.INFORMAL_CARER: "IC-02",
    Leave.ORDINARY: "CB-04",
}
