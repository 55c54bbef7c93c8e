"""A run of payments while it is prepared and until it is signed: its progress, what it holds."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.backoffice.career_breaks.entrance import agent, noted, officer_of, refusal, show
from guichet.backoffice.career_breaks.forms import ReasonForm
from guichet.eservices.career_break.office.deciding import SamePerson
from guichet.eservices.career_break.office.officers import NotYours, Officer, OwnFile
from guichet.eservices.career_break.recovery import queries, runs
from guichet.eservices.career_break.recovery import words as recoveries
from guichet.eservices.career_break.recovery.models import Preparation
from guichet.eservices.career_break.recovery.preparing import MonthNotOver
from guichet.eservices.career_break.recovery.runs import Changed, NothingToSend, UnknownPreparation
from guichet.platform import clock
from guichet.platform.paging import paging
from guichet.rules.career_break.payment_runs import NotOpen, State, whole_month

_REFUSED: Final = (SamePerson, NotYours, OwnFile, NotOpen, NothingToSend, Changed,
                   UnknownPreparation)  # fmt: skip
_SECONDS: Final = 2
# Of what is left of other months, so many files are named; the sums are those of all.
_MOST_LEFT: Final = 50


class Left(NamedTuple):
    """What is left of a month: files and cents to be handed on, files and cents too much."""

    month: date
    more: int
    more_net: int
    less: int
    less_net: int


@require_http_methods(["GET", "POST"])
@agent
def preparation(request: ActingRequest, key: UUID) -> HttpResponseBase:
    """One run before it is handed on; ``do``: sign it, send it back, withdraw it."""
    officer = officer_of(request)
    row = _found(officer, key)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    form = ReasonForm(request.POST if do == "back" else None)
    error = ""
    if do and (do != "back" or form.is_valid()):
        try:
            return _ended(request, do, row, form, officer)
        except _REFUSED as why:
            error = why_not(why)
            row = _found(officer, key)
    context = _shown(request, row, officer) | {"form": form, "error": error}
    return show(request, "preparation.html", context, status=_status(form, error))


def left_shown(left: Sequence[Sequence[Any]]) -> list[Left]:
    """What is left of each month, as the pages show it."""
    return [Left(date.fromisoformat(f"{month}-01"), *each) for month, *each in left]


def why_not(why: Exception) -> str:
    """Why a run was not prepared, signed or sent back, in words for the officer."""
    said = {
        MonthNotOver: _(
            "A month is handed on once it is over, and as long as what went for it is kept."
        ),
        SamePerson: _("You had this run prepared: somebody else signs it."),
        OwnFile: _("This run holds a payment to yourself: a colleague signs it."),
        NotYours: _("You have no right to do this for this office."),
        NotOpen: _("This run was signed, sent back or withdrawn meanwhile, or is not ready yet."),
        UnknownPreparation: _("Only who had a run prepared withdraws it."),
        NothingToSend: _(
            "Everything of this run changed after it was prepared: "
            "it is to be withdrawn or sent back."
        ),
        Changed: _(
            "What is to be handed on changed while you looked at it, or a colleague was quicker. "
            "Nothing was handed on: look at it again."
        ),
    }
    return str(said[type(why)]) if type(why) in said else refusal(why)


def _ended(
    request: ActingRequest, do: str, row: Preparation, form: ReasonForm, officer: Officer
) -> HttpResponseBase:
    now = clock.now()
    if do == "sign":
        run = runs.send(key=row.key, expected=_expected(request), officer=officer, now=now)
        messages.success(request, _("The payments are handed on."))
        return redirect("career_break_desk:run", run.key)
    if do == "back":
        reason = form.cleaned_data["reason"]
        runs.send_back(key=row.key, reason=reason, officer=officer, now=now)
        messages.success(request, _("The run went back to your colleague."))
    elif do == "withdraw":
        runs.withdraw(key=row.key, officer=officer, now=now)
        messages.success(request, _("The run is withdrawn; have it prepared anew."))
    else:
        raise Http404
    return redirect("career_break_desk:preparation", row.key)


def _shown(request: ActingRequest, row: Preparation, officer: Officer) -> dict[str, Any]:
    is_open, is_ready = row.state in (State.PREPARING, State.READY), row.state == State.READY
    page = paging(request.GET, total=row.count if is_ready else 0)
    shown = list(queries.prepared(row)[page.offset : page.offset + page.size]) if is_ready else []
    others = list(queries.left_of(row)[:_MOST_LEFT]) if is_ready else []
    _noted(request, [*shown, *others])
    is_own = row.prepared_by_id == officer.person_id
    is_still = request.GET.get("still") == "yes"
    return {
        "one": row, "month": whole_month(row.month), "officer": officer, "current": "payments",
        "rows": shown, "paging": page, "left": left_shown(row.left), "others": others,
        "standing": runs.standing(row) if is_ready else None, "recovery": recoveries,
        "is_own": is_own, "is_open": is_open, "may": officer.may_sign and not is_own,
        "looks_again": _SECONDS if row.state == State.PREPARING and not is_still else 0,
    }  # fmt: skip


def _noted(request: ActingRequest, lines: Iterable[Any]) -> None:
    noted(request, (one.request.person.niss for one in lines))


def _status(form: ReasonForm, error: str) -> int:
    if form.errors:
        return 422
    return 409 if error else 200


def _found(officer: Officer, key: UUID) -> Preparation:
    row = queries.preparation(officer.offices, key=key)
    if row is None:
        raise Http404
    return row


def _expected(request: ActingRequest) -> tuple[int, int]:
    """What the officer looked at; nothing that could be handed on for anything else."""
    given: list[Any] = [request.POST.get(name, "") for name in ("count", "net")]
    if not all(one.isascii() and one.isdigit() and len(one) < 16 for one in given):
        return (0, 0)
    return int(given[0]), int(given[1])
