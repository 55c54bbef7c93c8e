"""What a worker prefers: who pays him, when his work begins, his hours."""

from datetime import time
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.eservices.temporary_unemployment.cards import sending, sheets
from guichet.eservices.temporary_unemployment.cards.forms import ChoiceForm
from guichet.eservices.temporary_unemployment.cards.sheets import Preferred
from guichet.eservices.temporary_unemployment.cards.views import showing
from guichet.eservices.temporary_unemployment.cards.views.showing import worker
from guichet.platform import clock


@require_http_methods(["GET", "POST"])
@worker
def choices(request: ActingRequest) -> HttpResponseBase:
    """Look at them and change them."""
    showing.noted(request, showing.MINE)
    chosen = sheets.preferred(person_id=request.acting.person_id)
    given = request.POST if request.method == "POST" else None
    form = ChoiceForm(given, initial=_initial(chosen))
    if form.is_bound and form.is_valid():
        sending.choose(
            person_id=request.acting.person_id, chosen=form.chosen(),
            actor=showing.himself(request), now=clock.now(),
        )  # fmt: skip
        messages.success(request, _("Your choices are kept."))
        return redirect("temporary_unemployment_mine:home")
    status = 422 if form.errors else 200
    return showing.show(request, "choices.html", {"form": form}, status=status)


def _initial(chosen: Preferred) -> dict[str, Any]:
    return {
        "body": chosen.body,
        "usual_start": _hour(chosen.usual_start),
        "weekly": _hours(chosen.weekly_minutes),
        "daily": _hours(chosen.daily_minutes),
    }


def _hour(value: time) -> str:
    return f"{value:%H:%M}"


def _hours(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes // 60}:{minutes % 60:02d}"
