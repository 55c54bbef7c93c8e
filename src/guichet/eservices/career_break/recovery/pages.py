"""A recovery as its worker sees it: what it is about, his answer, what was decided."""

from datetime import date
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.access.services import BY_KEY
from guichet.access.sessions import ActingRequest, acting_required
from guichet.audit.actors import Actor
from guichet.audit.lookups import looked_up
from guichet.eservices.career_break import words as service
from guichet.eservices.career_break.office import words as office
from guichet.eservices.career_break.recovery import operations, queries, words
from guichet.eservices.career_break.recovery.forms import DefenceForm
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from guichet.rules.career_break import recovering

worker: Final = acting_required(kind="worker", policy=BY_KEY["career-break"].policy)
_PURPOSE: Final = "careerBreak.mine"


@require_http_methods(["GET", "POST"])
@worker
def recovery(request: ActingRequest, key: UUID) -> HttpResponseBase:
    """One of the reader's own recoveries; he answers as long as nothing is decided."""
    acting, now = request.acting, clock.now()
    himself = Actor("person", acting.niss)
    row = queries.one_of_worker(niss=acting.niss, key=key)
    if row is None:
        raise Http404
    today = clock.today(now)
    form = DefenceForm(
        request.POST if request.method == "POST" else None,
        most=recovering.most_instalments(on=today),
    )
    if form.is_bound and form.is_valid():
        try:
            operations.defend(key=key, actor=himself, now=now, **form.cleaned_data)
        except operations.UnknownRecovery:
            messages.error(request, _("ONEM has decided meanwhile. Read the decision."))
        else:
            messages.success(request, _("Your answer is with ONEM. It decides afterwards."))
        return redirect("career_break_recovery:recovery", key)
    looked_up(viewer=himself, subjects=[acting.niss], purpose=_PURPOSE, channel="portal", now=now)
    context = {
        "row": row, "form": form, "words": words, "service": service, "euros": office.euros,
        "months": [(date.fromisoformat(one[0]), date.fromisoformat(one[1]), *one[2:])
                   for one in row.months],
        "parts_due": [(date.fromisoformat(until), cents) for until, cents in row.instalments],
        "ticket": TicketNumber(row.request.ticket).formatted(),
        "is_late": today > row.answer_by,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "career_break_recovery/recovery.html", context, status=status)
