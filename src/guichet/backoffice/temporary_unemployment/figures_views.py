"""The statistics of the office: a picture, the same as a table, the same as a file."""

from datetime import date
from typing import Final

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from guichet.access.sessions import ActingRequest
from guichet.backoffice.temporary_unemployment.entrance import (
    agent,
    code,
    officer_of,
    result,
    show,
)
from guichet.eservices.temporary_unemployment import words
from guichet.eservices.temporary_unemployment.office import figures as counted
from guichet.eservices.temporary_unemployment.office.figures import Row
from guichet.kernel.period import months_before
from guichet.platform import clock, csv_export

_MONTHS: Final = {"1": 1, "3": 3, "12": 12}


@require_GET
@agent
def figures(request: ActingRequest) -> HttpResponse:
    """By office, reason, kind, channel, result or code, over one, three or twelve months."""
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
        "officer": officer_of(request),
        "current": "figures",
    }
    return show(request, "figures.html", context)


@require_GET
@agent
def csv(request: ActingRequest) -> HttpResponseBase:
    """The same table for a spreadsheet."""
    by, _months, since, until = _asked(request)
    rows = counted.table(by=by, since=since, until=until)
    head = [
        _dimensions()[by], pgettext("communications", "Received"), _("Decided"), _("Workers"),
        _("Median in days"), _("Waiting now"),
    ]  # fmt: skip
    lines = [
        [_name(by, one), one.received, one.decided, one.workers, one.median_days, one.backlog]
        for one in rows
    ]
    name = f"temporary-unemployment-{by}.csv"
    return csv_export.download(name=name, head=head, rows=lines)


def _asked(request: ActingRequest) -> tuple[str, str, date, date]:
    by = request.GET.get("by", "office")
    months = request.GET.get("months", "12")
    by = by if by in counted.BY else "office"
    months = months if months in _MONTHS else "12"
    until = clock.today(clock.now())
    return by, months, months_before(until, months=_MONTHS[months]), until


def _dimensions() -> dict[str, str]:
    return {
        "office": _("Office"),
        "reason": pgettext("temporary unemployment", "Reason"),
        "kind": _("Communication"),
        "channel": _("Came by"),
        "result": pgettext("decision", "Result"),
        "code": _("Main reason of the decision"),
    }


def _name(by: str, row: Row) -> str:
    match by:
        case "office":
            return words.office(row.key) or _("No office")
        case "reason":
            return words.reason(row.key)
        case "kind":
            return words.kind(row.key)
        case "channel":
            return words.channel(row.key)
        case "result":
            return result(row.key)
        case _:
            return code(row.key) if row.key != "none" else _("Accepted, without a reason")
