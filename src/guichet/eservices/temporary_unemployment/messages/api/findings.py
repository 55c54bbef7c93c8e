"""What the rules say, for software: code, weight, place, sentence, what can be done instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext

from guichet.eservices.temporary_unemployment.messages.api.calling import spoken
from guichet.eservices.temporary_unemployment.messages.reading import Placed
from guichet.kernel.problem import In, Issue, Problem
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.findings import repair_sentence, sentence

PROBLEM: Final = "urn:problem-type:guichet:ctw:"
_LINE: Final = re.compile(r"lines\.([0-9]+)(?:\.([a-z_]+))?")
_POINTERS: Final[Mapping[str, str]] = {
    "kind": "/kind",
    "reason": "/reason",
    "enterprise": "/enterpriseNumber",
    "establishment": "/establishmentUnit/number",
    "postcode": "/establishmentUnit/postCode",
    "committee": "/jointCommission",
    "level": "/level",
    "posted_on": "/noticeDate",
    "notice_kind": "/noticeMode",
    "regime": "/regime",
    "first_day": "/startDate",
    "last_day": "/endDate",
    "excluded": "/excludedPeriods",
    "cycle": "/workPattern",
    "causes": "/reasonDescription",
    "no_subcontracting": "/hasNoSubcontracting",
    "accident_on": "/accidentDate",
    "nature_ticket": "/relatedTicket",
    "workplace": "/workplace",
    "nature_of_work": "/workNature",
    "weather": "/weatherNature",
    "why_impossible": "/impossibilityReason",
    "section": "/sectionName",
    "lines": "/workers",
    "remarks": "/comment",
    "own_reference": "/ownReference",
    "confirmed": "/isConfirmed",
}
_OF_WORKERS: Final[Mapping[str, str]] = {
    "niss": "ssin",
    "category": "category",
    "first_day": "firstEffectiveDay",
    "workplace": "workplace",
    "in_striking_unit": "isStrikeUnitMember",
    "circumstances": "circumstances",
    "usual_days": "workingDays",
}


def pointer(field: str) -> str:
    """The place of a field in the JSON of a communication, empty for the whole."""
    line = _LINE.fullmatch(field)
    if line is None:
        return _POINTERS.get(field, "")
    place = f"/workers/{int(line[1]) - 1}"
    member = _OF_WORKERS.get(line[2] or "")
    return f"{place}/{member}" if member else place


def of_fault(fault: Fault) -> dict[str, Any]:
    """One finding about a communication in JSON, in the language of the call."""
    return _told(fault) | {"pointer": pointer(fault.field)}


def of_placed(placed: Placed) -> dict[str, Any]:
    """One finding about a form of a file."""
    return _told(placed.fault) | {"path": placed.path}


def refused(faults: Iterable[Fault]) -> Problem:
    """422: what blocks and what warns, one issue each."""
    detail = gettext("The rules of temporary unemployment refuse this communication.")
    issues = tuple(_issue(one) for one in faults)
    return Problem(422, f"{PROBLEM}communicationRefused", "Communication Refused", detail, issues)


def _told(fault: Fault) -> dict[str, Any]:
    language = spoken()
    found = {
        "code": fault.code,
        "severity": fault.severity.value,
        "sentence": sentence(fault).in_language(language),
    }
    if fault.repair is not None:
        found["repair"] = repair_sentence(fault.repair).in_language(language)
    return found


def _issue(fault: Fault) -> Issue:
    told = of_fault(fault)
    name = told["pointer"].strip("/").replace("/", ".") or "body"
    return Issue(f"{PROBLEM}finding", "Finding", told.pop("sentence"), In.BODY, name, extras=told)
