"""REST dimona v1, for software that has not moved yet: v2 under its older names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import msgspec
from django.http import HttpResponse

from guichet.access.guard import CallerRequest, token_required
from guichet.eservices.dimona import answers, api, wire
from guichet.kernel import problem as documents
from guichet.platform.problems import ProblemRaised, decoded, issue, only_query, problems
from guichet.rules.dimona.catalogue import ANOMALIES, Class

BASE: Final = "/REST/dimona/v1"
_NEWER: Final = {
    "startingDate": "startDate",
    "endingDate": "endDate",
    "startingHour": "startHour",
    "endingHour": "endHour",
    "dimonaFeatures": "features",
    "dimonaNumber": "periodId",
}
_OLDER: Final = {new: old for old, new in _NEWER.items()}


@problems(methods=("POST",))
@token_required(api.DECLARANTS)
def declare(request: CallerRequest) -> HttpResponse:
    """POST /declarations"""
    only_query(request)
    given = decoded(request, dict[str, Any], limit=api.LARGEST)
    try:
        body = msgspec.convert(renamed(given, _NEWER), wire.Body)
    except msgspec.ValidationError as fault:
        found = issue(str(fault))
        named = replace(found, name=_older_path(found.name))
        raise ProblemRaised(documents.bad_request(issues=[named])) from None
    return api.created(api.take(request, body), base=BASE)


@problems(methods=("GET",))
@token_required(api.READERS)
def declaration(request: CallerRequest, number: str) -> HttpResponse:
    """GET /declarations/{id}"""
    only_query(request)
    record = api.visible(request.caller, number)
    spoken = api.language(request)
    found = answers.declaration(record, language=spoken)
    del found["declarationStatus"]
    texts = {code: answers.anomaly(code, language=spoken) for code in record.anomalies}
    is_blocking = record.result == "B"
    status: dict[str, Any] = {
        "declarationId": record.id,
        "result": record.result,
        "anomaliesCollection": [
            text
            for code, text in texts.items()
            if is_blocking or ANOMALIES[code].anomaly_class is Class.BLOCKING
        ],
        "informationsCollection": [] if is_blocking else list(texts.values()),
    }
    if record.period_id is not None and record.result in ("A", "W"):
        status["dimonaNumber"] = record.period_id
    place = answers.href("declarations", record.id, base=BASE)
    whole = renamed(found, _OLDER) | {"href": place, "status": status}
    return api.in_words(whole, language=spoken)


def _older_path(path: str | None) -> str | None:
    """The place of a fault by the names that were sent."""
    return path and ".".join(_OLDER.get(part, part) for part in path.split("."))


def renamed(value: Any, names: dict[str, str]) -> Any:
    """The same JSON with other names of members, however deep."""
    if isinstance(value, dict):
        return {names.get(name, name): renamed(each, names) for name, each in value.items()}
    if isinstance(value, list):
        return [renamed(each, names) for each in value]
    return value
