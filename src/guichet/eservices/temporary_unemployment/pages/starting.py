"""Where a communication begins: why, then what is communicated for it and by when."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.sessions import ActingRequest
from guichet.eservices.temporary_unemployment import (
    changing,
    drafting,
    queries,
    representing,
    typed,
)
from guichet.eservices.temporary_unemployment.models import Draft
from guichet.eservices.temporary_unemployment.pages import asking
from guichet.eservices.temporary_unemployment.phrases import (
    ABOUT,
    INFORM,
    INFORMED,
    INSTEAD,
    WHEN,
)
from guichet.eservices.temporary_unemployment.queries import Criteria
from guichet.platform import clock
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.temporary_unemployment import informing
from guichet.rules.temporary_unemployment.findings import found
from guichet.rules.temporary_unemployment.force_majeure import is_waived
from guichet.rules.temporary_unemployment.kinds import Kind, Reason
from guichet.rules.temporary_unemployment.reasons import ROWS, is_communicated, takes

_AHEAD: Final = (Reason.ECONOMIC, Reason.WHITE_COLLAR)
_DRAFTS: Final = 50


@require_GET
@asking.guarded
def reasons(request: ActingRequest) -> HttpResponse:
    """The eleven reasons, with for whom they are."""
    context = {"reasons": [(one, ROWS[one], ABOUT[one]) for one in Reason]}
    return asking.show(request, "reasons.html", context)


@require_http_methods(["GET", "POST"])
@asking.guarded
def kinds(request: ActingRequest, reason: str) -> HttpResponseBase:
    """What is communicated for a reason, in order; a POST begins one of them."""
    if reason not in tuple(Reason):
        raise Http404
    chosen = Reason(reason)
    if request.method == "POST":
        return _begun(request, chosen)
    today = clock.today(clock.now())
    context: dict[str, Any] = {
        "reason": chosen,
        "about": ABOUT[chosen],
        "row": ROWS[chosen],
        "kinds": [(kind, _when(kind, chosen)) for kind in ROWS[chosen].kinds],
        "today": today,
        **_informed(asking.employer_of(request), chosen),
        "instead": INSTEAD.get(chosen, ""),
        "nothing": None if is_communicated(chosen) else found("CTW-032", "reason", reason=chosen),
        "waived": found("CTW-062", "reason", reason=chosen)
        if is_waived(reason=chosen, on=today) else None,
    }  # fmt: skip
    return asking.show(request, "kinds.html", context)


@require_GET
@asking.guarded
def drafts(request: ActingRequest) -> HttpResponse:
    """What somebody began, the latest first."""
    rows = Draft.objects.filter(employer__number=asking.employer_of(request))
    rows = rows.select_related("changes").order_by("-changed_at")[:_DRAFTS]
    shown = [
        (row, typed.steps_of(Kind(row.kind), Reason(row.reason))[0], row.changed_at + drafting.KEPT)
        for row in rows
    ]
    return asking.show(request, "drafts.html", {"rows": shown})


@require_POST
@asking.guarded
def forget(request: ActingRequest, key: Any) -> HttpResponseBase:
    """Throw a draft away from the list."""
    try:
        drafting.forget(key=key, sender=asking.sender_of(request), now=clock.now())
    except drafting.UnknownDraft:
        raise Http404 from None
    return redirect("temporary_unemployment:drafts")


def _informed(employer: str, reason: Reason) -> dict[str, Any]:
    """Whom the employer informs of what, beside the communication of which it is due."""
    bodies = representing.bodies(employer)
    body = informing.whom(bodies)
    dues = informing.BESIDE.get(reason, {}) if body is not None else {}
    return {
        "inform": {
            kind: (INFORM[body], INFORMED[what], informing.LAW[what])
            for kind, what in dues.items()
            if body is not None
        },
        "untold": bodies is None,
    }


def _begun(request: ActingRequest, reason: Reason) -> HttpResponseBase:
    text = request.POST.get("kind", "")
    if (
        text not in tuple(Kind)
        or text == Kind.DIFFICULTY
        or not takes(reason=reason, kind=Kind(text))
    ):
        raise Http404
    kind, now = Kind(text), clock.now()
    boxes = _due(request, kind, reason) if request.POST.get("due") else {}
    draft = drafting.begin(
        kind=kind, reason=reason, sender=asking.sender_of(request), now=now,
        typed=boxes or {typed.PLACE: _usual_place(asking.employer_of(request), clock.today(now))},
    )  # fmt: skip
    first = typed.MONTH if boxes else typed.steps_of(kind, reason)[0]
    return redirect("temporary_unemployment:step", draft.pk, first)


def _due(request: ActingRequest, kind: Kind, reason: Reason) -> dict[str, Any]:
    """What an announcement makes due today, filled in; nothing where that was told meanwhile."""
    row = asking.own(request, request.POST["due"])
    if kind is not Kind.FIRST_DAY or row.kind != Kind.EXPECTED or row.reason != reason:
        raise Http404
    return changing.of_due(row, today=clock.today(clock.now()))


def _usual_place(employer: str, today: date) -> dict[str, str]:
    """Where the last communication was about; else the only establishment that is open."""
    places = enterprises.establishments(number=employer)
    is_open = [one.number for one in places if one.is_open(today)]
    only = is_open[0] if len(is_open) == 1 else ""
    last = queries.chosen(Criteria(employer=employer)).first()
    if last is None:
        return {"establishment": only} if only else {}
    closed = any(one.number == last.establishment and one.is_closed(today) for one in places)
    return {
        "establishment": only if closed else last.establishment, "committee": last.committee,
        "level": last.level, "language": last.language,
    }  # fmt: skip


def _when(kind: Kind, reason: Reason) -> Any:
    ahead = kind is not Kind.FIRST_DAY or reason in _AHEAD
    return WHEN[kind, ahead]
