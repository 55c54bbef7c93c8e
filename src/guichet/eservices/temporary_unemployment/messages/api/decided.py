"""REST ctw v1, decisions: those that went back to the sender."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final

from django.http import HttpResponse

from guichet.access.guard import CallerRequest
from guichet.eservices.temporary_unemployment.messages import queries
from guichet.eservices.temporary_unemployment.messages.api import calling
from guichet.eservices.temporary_unemployment.messages.api.calling import (
    READERS,
    XML,
    as_json,
    call,
)
from guichet.eservices.temporary_unemployment.messages.queries import DecisionRecord
from guichet.kernel import problem as documents
from guichet.kernel.problem import In
from guichet.platform.problems import ProblemRaised, only_query

_RESULTS: Final = {
    "accepted": "accepted",
    "refused": "refused",
    "partially_accepted": "partiallyAccepted",
}


@call("GET", READERS)
def listing(request: CallerRequest) -> HttpResponse:
    """GET /decisions"""
    given = only_query(request, "since", "page", "pageSize")
    number, size = calling.paging(given)
    since = given.get("since")
    rows, total = queries.decisions(
        enterprise=request.caller.enterprise_number,
        since=_moment(since) if since is not None else None,
        limit=size,
        offset=(number - 1) * size,
    )
    path = "/decisions" if since is None else f"/decisions?since={_escaped(since)}"
    items = [_shown(row) for row in rows]
    return as_json(calling.page_of(items, path=path, number=number, size=size, total=total))


@call("GET", READERS, offered=XML)
def message(request: CallerRequest, number: str) -> HttpResponse:
    """GET /decisions/{number}"""
    only_query(request)
    data = None
    if re.fullmatch(r"[0-9]{1,18}", number, re.ASCII):
        data = queries.decision_message(
            enterprise=request.caller.enterprise_number, number=int(number)
        )
    if data is None:
        raise ProblemRaised(documents.resource_not_found(name="number"))
    return HttpResponse(data, content_type=XML, headers={"Cache-Control": "no-store"})


def _escaped(since: str) -> str:
    return since.replace(" ", "+").replace("+", "%2B")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))  # a plus that was not escaped
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        issue = documents.invalid_structure(
            name="since", detail="Not a moment with its offset", location=In.QUERY
        )
        raise ProblemRaised(documents.bad_request(issues=[issue]))
    return moment


def _shown(row: DecisionRecord) -> dict[str, Any]:
    says = dict(row.says)
    found: dict[str, Any] = {
        "href": calling.place(f"/decisions/{row.id}"),
        "ticket": row.ticket,
        "madeAt": row.made_at.isoformat(timespec="milliseconds"),
    }
    return found | says | {"result": _RESULTS[str(says["result"])]}
