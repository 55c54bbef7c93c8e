"""A month of payments at the office: a page, its totals, the same as a file."""

from collections.abc import Iterable
from typing import Any, Final

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from guichet.access.sessions import ActingRequest
from guichet.backoffice.career_breaks.entrance import agent, noted, officer_of, show, ticket_shown
from guichet.backoffice.career_breaks.recovery_forms import MonthForm, month_in
from guichet.eservices.career_break import words as service
from guichet.eservices.career_break.recovery import monthly, queries
from guichet.eservices.career_break.recovery import words as recoveries
from guichet.eservices.career_break.recovery.monthly import Payment
from guichet.kernel.money import Money
from guichet.platform import clock, csv_export, wording
from guichet.platform.paging import paging
from guichet.rules.career_break.payment_runs import may_be_sent

# More than so many payments are added up when somebody asks for it, not with every page.
_MOST_ADDED: Final = 1_000


@require_GET
@agent
def payments(request: ActingRequest) -> HttpResponse:
    """A month of payments of the officer's offices, and the recoveries that are open there."""
    officer, today = officer_of(request), clock.today(clock.now())
    form = MonthForm(request.GET if "month" in request.GET else {"month": f"{today:%Y-%m}"})
    offices = officer.offices
    context: dict[str, Any] = {
        "form": form, "rows": (), "officer": officer, "current": "payments",
        "recoveries": queries.open_in(offices), "recovery": recoveries, "paging": None,
        "given": {}, "totals": None,
    }  # fmt: skip
    if not form.is_valid():
        return show(request, "payments.html", context, status=422)
    month = month_in(form.cleaned_data["month"])
    page = paging(request.GET, total=monthly.count(offices, month=month))
    rows = monthly.page(offices, month=month, today=today, limit=page.size, offset=page.offset)
    noted(request, (row.person.niss for row, _one in rows))
    context |= {
        "rows": rows, "paging": page, "month": month,
        "given": {"month": form.cleaned_data["month"]},
        "runs": queries.runs_of(offices, month=month.first_day),
        "is_over": may_be_sent(month, today=today),
    }  # fmt: skip
    if page.total <= _MOST_ADDED or request.GET.get("totals") == "1":
        found = monthly.every(offices, month=month, today=today)
        context["totals"], context["whole"] = monthly.totals(found)
    return show(request, "payments.html", context)


@require_GET
@agent
def csv(request: ActingRequest) -> HttpResponseBase:
    """Every payment of the month for a spreadsheet; amounts with a comma, as the page has them."""
    officer, today = officer_of(request), clock.today(clock.now())
    form = MonthForm(request.GET)
    if not form.is_valid():
        return redirect("career_break_desk:payments")
    month = month_in(form.cleaned_data["month"])
    found = list(monthly.every(officer.offices, month=month, today=today))
    noted(request, (row.person.niss for row, _one in found))
    return csv_export.download(
        name=f"career-break-payments-{form.cleaned_data['month']}.csv",
        head=[
            _("Ticket number"), _("Name"), _("First name"), _("Type of interruption"), _("Régime"),
            _("Office"), _("First day"), _("Last day"), _("Gross"), _("Tax"), _("Net"), _("State"),
            _("Pay day"),
        ],
        rows=_lines(found),
    )  # fmt: skip


def _lines(found: Iterable[Payment]) -> list[list[str]]:
    lines = []
    for row, one in found:
        gross, net = one.line.gross, one.line.net
        days = one.line.period
        tax = None if gross is None or net is None else Money(gross.cents - net.cents)
        lines.append(
            [
                ticket_shown(row.ticket), row.person.family_name, row.person.given_name,
                str(service.LEAVES[row.leave]), str(service.REGIMES[row.regime]),
                service.office(row.office), wording.day(days.first_day),
                wording.day(days.last_day), _amount(gross), _amount(tax), _amount(net),
                str(recoveries.MONTHS[one.state]), wording.day(one.on),
            ]
        )  # fmt: skip
    return lines


def _amount(money: Money | None) -> str:
    return "" if money is None else f"{money.cents // 100},{money.cents % 100:02d}"
