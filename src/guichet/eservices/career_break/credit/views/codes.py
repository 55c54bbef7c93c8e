"""The worker's codes: making one, seeing by whom it was opened, taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.sessions import ActingRequest
from guichet.eservices.career_break.credit import attesting, proving, queries
from guichet.eservices.career_break.credit.forms.codes import ChooseForm
from guichet.eservices.career_break.credit.models import Attestation
from guichet.eservices.career_break.credit.remaining import pots
from guichet.eservices.career_break.credit.views import shared
from guichet.kernel.credit_code import CreditCode
from guichet.platform import clock
from guichet.registers.enterprises import queries as enterprises


@require_GET
@shared.own
def codes(request: ActingRequest) -> HttpResponse:
    """Every code of who is signed in: open, opened by whom, revoked, too old."""
    rows = queries.codes_of(niss=request.acting.niss)
    context = {"rows": rows, "names": _names(rows), "state_of": _state, "shown": proving.shown}
    return shared.show(request, "codes.html", context)


@require_http_methods(["GET", "POST"])
@shared.own
def new(request: ActingRequest) -> HttpResponseBase:
    """Choose what the code tells; the figures are those of this moment."""
    now = clock.now()
    found = pots(shared.known_of(request), on=clock.today(now))
    form = ChooseForm(request.POST if request.method == "POST" else None, pots=found)
    if form.is_valid():
        chosen = [one for one in found if one.key in form.cleaned_data["pots"]]
        try:
            made = attesting.make(
                person=shared.person_of(request),
                lines=proving.lines(chosen),
                actor=request.acting.actor,
                now=now,
            )
        except attesting.TooManyCodes:
            form.add_error(None, _("You have too many open codes. Revoke one of them first."))
        else:
            return redirect("career_break_credit:code", made.key)
    return shared.show(request, "new_code.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@shared.own
def code(request: ActingRequest, key: UUID) -> HttpResponse:
    """One code, large enough to be read out, and what it tells."""
    row = queries.code_of(key=key, niss=request.acting.niss)
    if row is None:
        raise Http404
    context = {
        "row": row,
        "code": CreditCode(row.code).formatted(),
        "lines": proving.shown(row.content),
        "state": _state(row),
        "names": _names([row]),
    }
    return shared.show(request, "code.html", context)


@require_POST
@shared.own
def revoke(request: ActingRequest, key: UUID) -> HttpResponseBase:
    """From now on it opens for nobody."""
    try:
        attesting.revoke(key=key, actor=request.acting.actor, now=clock.now())
    except attesting.UnknownAttestation:
        raise Http404 from None
    except attesting.NotOpen:
        messages.info(request, _("This code opens no more already."))
    else:
        messages.success(request, _("The code is revoked: it opens for nobody any more."))
    return redirect("career_break_credit:codes")


def _state(row: Attestation) -> str:
    if row.revoked_at is not None:
        return "revoked"
    if row.shown_until < clock.today(clock.now()):
        return "over"
    return "used" if row.used_by_id else "open"


def _names(rows: list[Attestation]) -> dict[str, str]:
    numbers = sorted({row.used_by.number for row in rows if row.used_by})
    return dict(enterprises.names(numbers=numbers, language=shared.language()))
