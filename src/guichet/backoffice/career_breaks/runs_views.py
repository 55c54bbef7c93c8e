"""Handing a month on for payment: what it would hold, what was handed on, what changed since."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.backoffice.career_breaks.entrance import (
    agent,
    noted,
    officer_of,
    refusal,
    show,
    ticket_shown,
)
from guichet.backoffice.career_breaks.recovery_forms import MonthForm, month_in
from guichet.eservices.career_break import words as service
from guichet.eservices.career_break.office.officers import NotYours
from guichet.eservices.career_break.recovery import ledger, queries, runs
from guichet.eservices.career_break.recovery.models import Run, Sent
from guichet.eservices.career_break.recovery.runs import Changed, MonthNotOver, NothingToSend
from guichet.kernel.period import Period
from guichet.platform import clock, csv_export, wording
from guichet.platform.paging import paging
from guichet.rules.career_break.payment_runs import Owed, Pair, may_be_sent

_REFUSED: Final = (NotYours, MonthNotOver, NothingToSend, Changed)
# Of what a month would hold, so many are shown; every one of them is in the sums.
_MOST_SHOWN: Final = 200


@require_GET
@agent
def listing(request: ActingRequest) -> HttpResponse:
    """Every run of the officer's offices, the last month first."""
    officer = officer_of(request)
    rows = queries.runs_of(officer.offices)
    page = paging(request.GET, total=rows.count())
    context = {
        "rows": rows[page.offset : page.offset + page.size], "paging": page, "officer": officer,
        "current": "payments",
    }  # fmt: skip
    return show(request, "runs.html", context)


@require_http_methods(["GET", "POST"])
@agent
def send(request: ActingRequest, office: str, month: str) -> HttpResponseBase:
    """What handing a month of an office on would hold; handing it on."""
    officer, now = officer_of(request), clock.now()
    form = MonthForm({"month": month})
    if office not in officer.offices or not form.is_valid():
        raise Http404
    days, today = month_in(month), clock.today(now)
    error = ""
    if request.method == "POST":
        try:
            run = runs.send(
                office=office, month=days, expected=_expected(request), officer=officer, now=now
            )
        except _REFUSED as why:
            error = _why(why)
        else:
            messages.success(request, _("The payments are handed on."))
            return redirect("career_break_desk:run", run.key)
    found = runs.prepared(office, month=days, today=today)
    shown = found.payments[:_MOST_SHOWN]
    noted(request, (row.person.niss for row in (*(one.row for one in shown), *found.too_much)))
    context = {
        "office": office, "month": days, "month_text": month, "found": found, "shown": shown,
        "error": error, "officer": officer, "current": "payments",
        "runs": queries.runs_of({office}, month=days.first_day),
        "may": officer.may_decide and may_be_sent(days, today=today),
        "is_over": may_be_sent(days, today=today),
    }  # fmt: skip
    return show(request, "send.html", context, status=409 if error else 200)


@require_GET
@agent
def run(request: ActingRequest, key: UUID) -> HttpResponse:
    """One run as it was handed on, beside what is due for the same month now."""
    officer = officer_of(request)
    one = _found(officer.offices, key)
    rows = queries.payments_of(one)
    page = paging(request.GET, total=one.count)
    shown = list(rows[page.offset : page.offset + page.size])
    noted(request, (each.request.person.niss for each in shown))
    context = {
        "run": one, "month": _days(one), "rows": _compared(one, shown), "paging": page,
        "officer": officer, "current": "payments",
    }  # fmt: skip
    return show(request, "run.html", context)


@require_GET
@agent
def csv(request: ActingRequest, key: UUID) -> HttpResponseBase:
    """Every payment of a run for a spreadsheet, as it was handed on."""
    one = _found(officer_of(request).offices, key)
    rows = list(queries.payments_of(one))
    noted(request, (each.request.person.niss for each in rows))
    return csv_export.download(
        name=f"career-break-payments-{one.office}-{one.month:%Y-%m}-{one.number}.csv",
        head=[
            _("Ticket number"), _("Name"), _("First name"), _("Type of interruption"), _("Régime"),
            _("Decision"), _("First day"), _("Last day"), _("Gross"), _("Tax"), _("Net"),
        ],
        rows=[_line(each) for each in rows],
    )  # fmt: skip


def _line(one: Sent) -> list[str]:
    row = one.request
    return [
        ticket_shown(row.ticket), row.person.family_name, row.person.given_name,
        str(service.LEAVES[row.leave]), str(service.REGIMES[row.regime]), str(one.decision),
        wording.day(one.first_day), wording.day(one.last_day), _amount(one.gross),
        _amount(one.gross - one.net), _amount(one.net),
    ]  # fmt: skip


def _amount(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100},{abs(cents) % 100:02d}"


def _compared(one: Run, shown: Iterable[Sent]) -> list[tuple[Sent, Owed]]:
    """Each payment with everything that went for its month, and what is due for it now."""
    month, today = _days(one), clock.today(clock.now())
    sums = runs.sums_of([each.request_id for each in shown], month=month)
    found = []
    for each in shown:
        known = ledger.known_on(each.request, today)
        due = runs.pair_of(ledger.due(each.request, known, month=month))
        found.append((each, Owed(due, sums.get(each.request_id, Pair()))))
    return found


def _days(one: Run) -> Period:
    return month_in(f"{one.month:%Y-%m}")


def _found(offices: Iterable[str], key: UUID) -> Run:
    one = queries.run(frozenset(offices), key=key)
    if one is None:
        raise Http404
    return one


def _expected(request: ActingRequest) -> tuple[int, int]:
    """What the officer looked at; nothing that could be handed on for anything else."""
    given: list[Any] = [request.POST.get(name, "") for name in ("count", "net")]
    if not all(one.isascii() and one.isdigit() and len(one) < 16 for one in given):
        return (0, 0)
    return int(given[0]), int(given[1])


def _why(why: Exception) -> str:
    said = {
        MonthNotOver: _("A month is handed on once it is over."),
        NothingToSend: _("Everything that is due for this month was handed on."),
        Changed: _(
            "What is to be handed on changed while you looked at it, or a colleague was quicker. "
            "Nothing was handed on: look at it again."
        ),
    }
    return str(said[type(why)]) if type(why) in said else refusal(why)
