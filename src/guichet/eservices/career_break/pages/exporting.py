"""The list of the overview as a file for a spreadsheet, and as a page to print."""

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from guichet.access.sessions import ActingRequest
from guichet.eservices.career_break import decided, search, words
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.pages import asking, narrowing
from guichet.kernel.niss import Niss
from guichet.platform import clock, csv_export, spreadsheet, wording

# The largest employer has some twenty thousand requests in two years.
MOST: Final = 20_000
MOST_ON_PAPER: Final = 1_000
_NAME: Final = "guichet-career-break"


@require_GET
@asking.guarded
def list_file(request: ActingRequest, form: str) -> HttpResponseBase:
    """Every request that the search finds, in its order; ``form``: csv or xlsx."""
    _form, wanted = narrowing.asked(request)
    if wanted is None:
        return _refused(request, 0)
    count = search.count(wanted)
    if count > MOST:
        return _refused(request, count)
    rows = search.page(wanted, order=narrowing.order(request), limit=MOST, offset=0)
    asking.noted(request, [row.person.niss for row in rows])
    told, states = _Told(), decided.known_states(rows, today=clock.today(clock.now()))
    lines = [_line(row, told, states[row.pk]) for row in rows]
    if form == "csv":
        return csv_export.download(name=f"{_NAME}.csv", head=_head(), rows=lines)
    target = io.BytesIO()
    spreadsheet.write(target, name=str(_("Requests")), head=_head(), rows=lines)
    response = HttpResponse(target.getvalue(), content_type=spreadsheet.MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{_NAME}.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_GET
@asking.guarded
def on_paper(request: ActingRequest) -> HttpResponse:
    """The whole list on one page, without search and menus, up to a thousand requests."""
    _form, wanted = narrowing.asked(request)
    if wanted is None:
        return _refused(request, 0)
    count = search.count(wanted)
    rows = search.page(wanted, order=narrowing.order(request), limit=MOST_ON_PAPER, offset=0)
    asking.noted(request, [row.person.niss for row in rows])
    told, states = _Told(), decided.known_states(rows, today=clock.today(clock.now()))
    context = {
        "rows": [_printed(row, told, states[row.pk]) for row in rows],
        "count": count,
        "given": narrowing.given(request),
        "since": wanted.since,
        "until": wanted.until,
    }
    return asking.show(request, "list.html", context)


def _refused(request: ActingRequest, count: int) -> HttpResponse:
    context = {"count": count, "most": MOST, "given": narrowing.given(request)}
    return asking.show(request, "no_file.html", context, status=422)


def _head() -> Sequence[str]:
    return (
        _("National number"), _("Name"), _("First name"), _("Ticket number"),
        _("Type of interruption"), _("Régime"), _("Start date"), _("End date"),
        _("Date of introduction"), pgettext("of a request", "State"), _("Office of ONEM"),
    )  # fmt: skip


class _Told(dict[tuple[str, str], str]):
    """The words of a long list, each looked up once in the language of the page."""

    def __missing__(self, key: tuple[str, str]) -> str:
        kind, code = key
        of: Mapping[str, Callable[[str], Any]] = {
            "leave": words.LEAVES.__getitem__, "regime": words.REGIMES.__getitem__,
            "state": words.state, "office": words.office,
        }  # fmt: skip
        text = self[key] = str(of[kind](code))
        return text


def _line(row: Request, told: _Told, state: str) -> Sequence[str]:
    person = row.person
    return (
        Niss(person.niss).formatted(), person.family_name, person.given_name,
        asking.ticket(row.ticket) if row.ticket else "", told["leave", row.leave],
        told["regime", row.regime], wording.day(row.first_day),
        wording.day(row.last_day) if row.last_day else "", wording.day(row.filed_at),
        told["state", state], told["office", row.office],
    )  # fmt: skip


def _printed(row: Request, told: _Told, state: str) -> Sequence[str]:
    """A row of the page, ready: what a template looks up a thousand times costs the most."""
    _number, family_name, given_name, *rest = _line(row, told, state)
    return (f"{family_name} {given_name}", asking.niss(row.person.niss), *rest)
