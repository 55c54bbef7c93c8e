"""The statistics of the office: a picture, the same as a table, the same as a file."""

from datetime import date
from typing import Any, Final

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from guichet.access.sessions import ActingRequest
from guichet.backoffice.career_breaks.entrance import agent, officer_of, show
from guichet.eservices.career_break import words as service
from guichet.eservices.career_break.office import figures as counted
from guichet.eservices.career_break.office import words
from guichet.eservices.career_break.office.figures import Row
from guichet.kernel.period import months_before
from guichet.platform import clock, csv_export
from guichet.rules.career_break.figures import figure

_MONTHS: Final = {"1": 1, "3": 3, "12": 12}


@require_GET
@agent
def figures(request: ActingRequest) -> HttpResponse:
    """By office, type, régime or result, over one, three or twelve months."""
    by, months, since, until = _asked(request)
    rows = counted.table(by=by, since=since, until=until)
    context = {
        "rows": [(_name(by, one), one) for one in rows],
        "by": by,
        "months": months,
        "since": since,
        "until": until,
        "dimensions": _dimensions(),
        "spans": [*_MONTHS],
        "least": figure("office.least_count", on=until),
        "officer": officer_of(request),
        "current": "figures",
    }
    return show(request, "figures.html", context)


@require_GET
@agent
def csv(request: ActingRequest) -> HttpResponseBase:
    """The same table for a spreadsheet; what is too small to be shown is left empty."""
    by, _months, since, until = _asked(request)
    rows = counted.table(by=by, since=since, until=until)
    head = [_dimensions()[by], _("Decided"), _("Median in days"), _("Waiting now")]
    lines = [[_name(by, one), one.decided, one.median_days, one.backlog] for one in rows]
    return csv_export.download(name=f"career-breaks-{by}.csv", head=head, rows=lines)


def _asked(request: ActingRequest) -> tuple[str, str, date, date]:
    by = request.GET.get("by", "office")
    months = request.GET.get("months", "12")
    by = by if by in counted.BY else "office"
    months = months if months in _MONTHS else "12"
    until = clock.today(clock.now())
    return by, months, months_before(until, months=_MONTHS[months]), until


def _dimensions() -> dict[str, str]:
    return {
        "office": _("Office"), "leave": _("Type of interruption"), "regime": _("Régime"),
        "result": _("Result"),
    }  # fmt: skip


def _name(by: str, row: Row) -> str:
    names: dict[str, Any] = {
        "leave": service.LEAVES, "regime": service.REGIMES, "result": words.RESULTS,
    }  # fmt: skip
    if by == "office":
        return service.office(row.key) or _("No office")
    return str(names[by].get(row.key, row.key))
