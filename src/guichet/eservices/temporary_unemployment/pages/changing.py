"""Changing, withdrawing and copying a communication that was received."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from guichet.access.sessions import ActingRequest
from guichet.eservices.temporary_unemployment import changing, drafting, operations, typed, words
from guichet.eservices.temporary_unemployment.forms import parts
from guichet.eservices.temporary_unemployment.models import Communication
from guichet.eservices.temporary_unemployment.operations import Refused
from guichet.eservices.temporary_unemployment.pages import asking
from guichet.platform import clock
from guichet.rules.temporary_unemployment.faults import Fault, needs_remark
from guichet.rules.temporary_unemployment.kinds import Kind, Reason

_REMARK = 1_000


class CancelForm(forms.Form):
    """Why; compulsory when the withdrawal comes late."""

    remark = parts.text(
        gettext_lazy("Remarks"), _REMARK,
        hint=gettext_lazy("The office reads them. They are compulsory when there is a warning."),
    )  # fmt: skip


@require_POST
@asking.guarded
def modify(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """A draft that takes the place of the communication once it is sent."""
    row = asking.own(request, ticket)
    if not changing.is_open(row, today=clock.today(clock.now())):
        raise Http404
    return _drafted(request, row, changing.boxes_of(row), changes=row)


@require_POST
@asking.guarded
def copy(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """The same workers for the next month."""
    row = asking.own(request, ticket)
    if not changing.may_copy(row):
        raise Http404
    boxes = changing.next_month(row, today=clock.today(clock.now()))
    return _drafted(request, row, boxes, step=typed.MONTH)


@require_http_methods(["GET", "POST"])
@asking.guarded
def cancel(request: ActingRequest, ticket: str) -> HttpResponseBase:
    """What speaks against a withdrawal, and the withdrawal."""
    row = asking.own(request, ticket)
    now = clock.now()
    faults = operations.cancellation_faults(row, now=now)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or any(one.blocks for one in faults):
        status = 200 if request.method == "GET" else 422
        return _page(request, row, form, faults, status=status)
    form.is_valid()
    remark = str(form.cleaned_data.get("remark", "")).replace("\0", "").strip()
    if needs_remark(faults) and not remark:
        form.add_error("remark", _("Explain why you send it all the same."))
    elif len(remark) > _REMARK:
        form.add_error("remark", _("Write at most 1,000 signs."))
    if form.errors:
        return _page(request, row, form, faults, status=422)
    try:
        operations.cancel(
            ticket=row.ticket, sender=asking.sender_of(request), now=now, remark=remark
        )
    except Refused as refusal:
        return _page(request, row, form, refusal.faults, status=422)
    return redirect("temporary_unemployment:receipt", row.ticket)


def _drafted(
    request: ActingRequest,
    row: Communication,
    boxes: dict[str, Any],
    *,
    changes: Communication | None = None,
    step: str = "",
) -> HttpResponseBase:
    kind, reason = Kind(row.kind), Reason(row.reason)
    draft = drafting.begin(
        kind=kind, reason=reason, sender=asking.sender_of(request), now=clock.now(),
        typed=boxes, changes=changes,
    )  # fmt: skip
    first = step or typed.steps_of(kind, reason)[1]
    return redirect("temporary_unemployment:step", draft.pk, first)


def _page(
    request: ActingRequest,
    row: Communication,
    form: CancelForm,
    faults: tuple[Fault, ...],
    *,
    status: int,
) -> HttpResponse:
    context = {
        "row": row, "form": form, "blocking": [one for one in faults if one.blocks],
        "warning": [one for one in faults if not one.blocks], "words": words,
    }  # fmt: skip
    return asking.show(request, "cancel.html", context, status=status)
