"""The decision on a communication, and what its letter will say."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.backoffice.temporary_unemployment import showing
from guichet.backoffice.temporary_unemployment.deciding_form import DecideForm
from guichet.backoffice.temporary_unemployment.entrance import (
    REFUSED,
    agent,
    gap_words,
    noted,
    officer_of,
    refusal,
    row_of,
    show,
)
from guichet.eservices.temporary_unemployment.models import Communication
from guichet.eservices.temporary_unemployment.office import deciding, judging, letters
from guichet.eservices.temporary_unemployment.office.deciding import Incomplete
from guichet.eservices.temporary_unemployment.office.officers import Officer
from guichet.platform import clock
from guichet.platform.pages import LANGUAGE_NAMES
from guichet.rules.temporary_unemployment.states import DECIDED, State


@require_http_methods(["GET", "POST"])
@agent
def decide(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """Decide, or revise; ``do``: show the letter first, or decide."""
    row, officer, now = row_of(ticket), officer_of(request), clock.now()
    case, is_revision = judging.case(row, now=now), State(row.state) in DECIDED
    data = request.POST if request.method == "POST" else None
    form = DecideForm(data, case=case, is_revision=is_revision)
    preview: dict[str, Any] | None = None
    if form.is_valid():
        if request.POST.get("do") == "preview":
            preview = _preview(form, case, now=now)
        elif _decided(form, row, officer):
            messages.success(
                request,
                _("The decision is taken. The employer reads it from tomorrow on."),
            )
            return redirect("temporary_unemployment_desk:file", row.ticket)
    noted(request, [line.niss for line in case.lines])
    opened = showing.open_steps(row, officer, holder=0)
    context = {
        "row": row, "case": case, "form": form, "officer": officer, "current": "",
        "preview": preview, "is_revision": is_revision,
        "may": bool(opened & {"decide", "revise"}),
        "spoken": LANGUAGE_NAMES[letters.language_of(row)],
    }  # fmt: skip
    return show(request, "decide.html", context, status=422 if form.errors else 200)


def _preview(form: DecideForm, case: judging.Case, *, now: Any) -> dict[str, Any] | None:
    """What the letter would say; None, and the gaps at their fields, when it cannot be taken."""
    decided = form.decided()
    missing = deciding.gaps(case, decided)
    _say(form, missing)
    return None if missing else deciding.preview(case, decided, today=clock.today(now))


def _decided(form: DecideForm, row: Communication, officer: Officer) -> bool:
    """Take the decision; what stands in its way is said on the form."""
    try:
        deciding.decide(ticket=row.ticket, decided=form.decided(), officer=officer, now=clock.now())
    except Incomplete as missing:
        _say(form, missing.gaps)
        return False
    except REFUSED as why:
        form.add_error(None, refusal(why))
        return False
    return True


def _say(form: DecideForm, missing: tuple[deciding.Gap, ...]) -> None:
    for gap in missing:
        field, text = gap_words(gap)
        form.add_error(field if field in form.fields else None, text)
