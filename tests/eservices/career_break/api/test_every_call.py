"""One program walks through every call of the contract, as payroll software would."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import pytest

from tests.contracts.conformity import CAREER_BREAK, contract
from tests.documents.attachments import samples
from tests.doors import Answer, Rest, rest
from tests.eservices.career_break import world
from tests.eservices.career_break.api.software import Software, plain_wish, software, wish
from tests.eservices.career_break.notices.notice_world import REASONS

__all__ = ["rest"]
pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm", "sealed_by_us"),
]
_VERBS: Final = ("get", "put", "post")


@dataclass
class Walk:
    """What was called, by the names of the contract."""

    payroll: Software
    called: set[str] = field(default_factory=set)

    def __call__(self, verb: str, path: str, body: Any = None, *, status: int = 200) -> Any:
        """One call and its answer; the contract is held against it."""
        answer: Answer = (
            self.payroll.get(path) if verb == "GET" else self.payroll.send(verb, path, body)
        )
        assert answer.status_code == status, answer.content
        self.called.add(_name(verb, path))
        is_json = answer.headers["Content-Type"].startswith("application/json")
        return answer.json() if is_json else answer.content


def test_a_program_makes_every_call_of_the_contract(rest: Rest) -> None:
    call = Walk(software(rest))
    notice = world.notice(answer_by=date(2025, 2, 28))
    number = world.FIRM

    assert call("GET", "/health") == {"status": "UP"}
    assert b"openapi: 3.0.3" in call("GET", "/doc/openapi.yaml")
    assert call("GET", "/ping/secure") == {"status": "UP"}
    known = call("GET", f"/employers/{number}/parameters")
    told = {name: value for name, value in known.items() if name != "changedAt"}
    kept = call("PUT", f"/employers/{number}/parameters", told)
    assert told.items() <= kept.items()

    verdict = call("POST", "/requests/check", plain_wish())
    assert verdict["isAcceptable"] is True
    assert {"right", "allowance", "findings"} <= verdict.keys()
    filed = call("POST", "/requests", wish(), status=201)
    ticket = filed["ticket"]
    longer = call("POST", f"/requests/{ticket}/modifications", {"endDate": "2025-05-31"},
                  status=201)  # fmt: skip
    other = {"document": "other", "fileName": "lettre.pdf", "description": "Une lettre",
             "content": base64.b64encode(samples.pdf()).decode()}  # fmt: skip
    file = call("POST", f"/requests/{ticket}/attachments", other, status=201)
    read = call("GET", f"/requests/{ticket}")
    assert [one["event"] for one in read["versions"]] == ["confirmed", "modified", "attached"]
    assert len({ticket, longer["ticket"], file["ticket"]}) == 3
    assert call("GET", f"/requests/{file['ticket']}")["ticket"] == ticket
    assert call("POST", "/requests/search", {})["total"] == 1
    call("POST", f"/requests/{ticket}/cancellations", {"isConfirmed": True}, status=201)

    assert call("POST", "/notices/search", {})["total"] == 1
    place = f"/notices/{notice.ticket}"
    assert call("GET", place)["status"] == "pending"
    answer = {"answer": "postpone", "newStartDate": "2025-07-01", "reasons": REASONS}
    assert call("POST", f"{place}/answers", answer, status=201)["status"] == "postponed"

    assert call.called == {
        operation["operationId"]
        for path in contract(CAREER_BREAK)["paths"].values()
        for verb, operation in path.items()
        if verb in _VERBS
    }


def _name(verb: str, path: str) -> str:
    """The operation of the contract behind an address."""
    for known, verbs in contract(CAREER_BREAK)["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", known), path) and verb.lower() in verbs:
            return str(verbs[verb.lower()]["operationId"])
    raise AssertionError(f"{verb} {path} is not in the contract")
