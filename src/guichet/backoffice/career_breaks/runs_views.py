"""What was handed on for payment: every run, one of them, and what changed since."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.backoffice.career_breaks.entrance import (
    agent,
    noted,
    officer_of,
    show,
    ticket_shown,
)
from guichet.backoffice.career_breaks.preparing_views import left_shown, why_not
from guichet.backoffice.career_breaks.recovery_forms import MonthForm, month_in
from guichet.eservices.career_break import words as service
from guichet.eservices.career_break.office.officers import NotYours
from guichet.eservices.career_break.recovery import ledger, preparing, queries, runs
from guichet.eservices.career_break.recovery import words as recoveries
from guichet.eservices.career_break.recovery.models import Run, Sent
from guichet.eservices.career_break.recovery.preparing import MonthNotOver
from guichet.kernel.period import Period
from guichet.platform import clock, csv_export, wording
from guichet.platform.paging import paging
from guichet.rules.career_break.payment_runs import Owed, Pair, may_be_sent, whole_month

_REFUSED: Final = (NotYours, MonthNotOver)
_MOST_OTHERS: Final = 20
_PIECE: Final = 500


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
def month_of(request: ActingRequest, office: str, month: str) -> HttpResponseBase:
    """What was handed on for a month of an office; having what is still due prepared."""
    officer, now = officer_of(request), clock.now()
    form = MonthForm({"month": month})
    if office not in officer.offices or not form.is_valid():
        raise Http404
    days, error = month_in(month), ""
    if request.method == "POST":
        try:
            row = preparing.begin(office=office, month=days, officer=officer, now=now)
        except _REFUSED as why:
            error = why_not(why)
        else:
            return redirect("career_break_desk:preparation", row.key)
    first = days.first_day
    context = {
        "office": office, "month": days, "month_text": month, "error": error, "officer": officer,
        "current": "payments", "open": preparing.open_one(office, month=days),
        "runs": queries.runs_of({office}, month=first),
        "others": queries.preparations_of({office}, month=first).filter(run=None)[:_MOST_OTHERS],
        "skipped": queries.skipped(office, month=first), "recovery": recoveries,
        "is_over": may_be_sent(days, today=clock.today(now)),
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
    rows = rows.prefetch_related("request__decisions__letters", "request__recoveries")
    shown = list(rows[page.offset : page.offset + page.size])
    noted(request, (each.request.person.niss for each in shown))
    preparation = queries.preparations_of(officer.offices).filter(run=one).first()
    context = {
        "left": left_shown(preparation.left) if preparation else (),
        "run": one, "month": _days(one), "rows": _compared(one, shown), "paging": page,
        "officer": officer, "current": "payments",
    }  # fmt: skip
    return show(request, "run.html", context)


@require_GET
@agent
def csv(request: ActingRequest, key: UUID) -> HttpResponseBase:
    """Every payment of a run for a spreadsheet, as it was handed on."""
    one = _found(officer_of(request).offices, key)
    rows = queries.payments_of(one)
    noted(request, rows.values_list("request__person__niss", flat=True))
    return csv_export.download(
        name=f"career-break-payments-{one.office}-{one.month:%Y-%m}-{one.number}.csv",
        head=[
            _("Ticket number"), _("Name"), _("First name"), _("Type of interruption"), _("Régime"),
            _("Decision"), _("First day"), _("Last day"), _("Gross"), _("Tax"), _("Net"),
        ],
        rows=(_line(each) for each in rows.iterator(chunk_size=_PIECE)),
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
        due = preparing.pair_of(ledger.due(each.request, known, month=month))
        settled = ledger.settled(each.request, states=("decided", "dropped"))
        sent = sums.get(each.request_id, Pair())
        found.append((each, Owed(due, sent, settled.get(ledger.month_of(month), 0))))
    return found


def _days(one: Run) -> Period:
    return whole_month(one.month)


def _found(offices: Iterable[str], key: UUID) -> Run:
    one = queries.run(frozenset(offices), key=key)
    if one is None:
        raise Http404
    return one
