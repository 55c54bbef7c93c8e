"""What the employer is told of the identity of his workers: the list, and the list as a file."""

from collections.abc import Iterable, Iterator
from typing import Final

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from guichet.access.sessions import ActingRequest
from guichet.eservices.dimona.batch import idflux
from guichet.eservices.dimona.identities import queries
from guichet.eservices.dimona.identities.queries import Idflux
from guichet.eservices.dimona.pages import asking, words
from guichet.eservices.dimona.pages.asking import consulting
from guichet.eservices.dimona.pages.files import TYPES
from guichet.kernel.niss import Niss
from guichet.platform import clock, csv_export, wording
from guichet.platform.paging import paging

MOST: Final = 2_000
_PURPOSE: Final = "dimona.identities"


@require_GET
@consulting
def listing(request: ActingRequest) -> HttpResponseBase:
    """Every change of which the employer was told, the newest first."""
    employer = asking.employer_of(request)
    page = paging(request.GET, total=queries.count(employer=employer))
    rows = queries.listed(employer=employer, limit=page.size, offset=page.offset)
    _note(request, rows)
    context = {
        "rows": rows,
        "paging": page,
        "given": {"size": request.GET.get("size", "")},
        "most": MOST if page.total > MOST else 0,
    }
    return asking.show(request, "identity-changes.html", context)


@require_GET
@consulting
def download(request: ActingRequest, file_type: str) -> HttpResponseBase:
    """The list as a table or as XML: the newest ones, as many as one file takes."""
    employer = asking.employer_of(request)
    rows = queries.listed(employer=employer, limit=MOST)
    _note(request, rows)
    text = (
        csv_export.lines(_head(), _lines(rows))
        if file_type == "csv"
        else idflux.document(rows, employer=employer)
    )
    response = StreamingHttpResponse(text, content_type=TYPES[file_type])
    response["Content-Disposition"] = f'attachment; filename="identity-changes.{file_type}"'
    return response


def _note(request: ActingRequest, rows: list[Idflux]) -> None:
    asking.noted(request.acting, queries.subjects(rows), purpose=_PURPOSE, now=clock.now())


def _head() -> list[str]:
    return [
        _("Number"), _("Day"), _("Reason (code)"), _("Reason in words"),
        _("National number before"), _("Family name before"), _("Given name before"),
        _("Birth date before"), _("National number"), _("Family name"), _("Given name"),
        _("Birth date"), _("Number of the period"), _("Declaration"),
    ]  # fmt: skip


def _lines(rows: Iterable[Idflux]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        cells = [
            text
            for one in (row.outdated, row.valid)
            for text in (
                Niss(one.niss).formatted() if one.niss else "",
                one.family_name,
                one.given_name,
                wording.day(one.birth_date) if one.birth_date else "",
            )
        ]
        head = row.id, wording.day(clock.today(row.at)), row.reason, words.CHANGED[row.reason]
        yield (*head, *cells, row.period, row.declaration)
