"""Every status that the contract promises for an operation is one that the service gives."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any, Final

import pytest
from django.db import connection
from django.db.utils import OperationalError

from guichet.access import guard
from guichet.access.permissions import CAREER_BREAK_CONSULT
from guichet.eservices.career_break.models import Request
from tests.contracts.conformity import contract
from tests.documents.attachments import samples
from tests.doors import Rest, rest
from tests.eservices.career_break import world
from tests.eservices.career_break.api.software import (
    CONTRACT,
    Software,
    plain_wish,
    software,
    wish,
)
from tests.eservices.career_break.notices import notice_world

__all__ = ["rest"]
pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm", "sealed_by_us"),
]
UNKNOWN: Final = "04B-ZZZZZZZ-ZZ-Z"
PARAMETERS: Final = {
    "name": "n", "emailAddress": "a@example.be", "sector": "private", "isNoticeTaken": True,
}  # fmt: skip
TEXT: Final = "text/plain"
FILE: Final = {
    "document": "other", "fileName": "a.pdf", "description": "proof",
    "content": base64.b64encode(samples.pdf()).decode(),
}  # fmt: skip


@dataclass
class Seen:
    """What was answered, by operation; ``of``: the path of the contract that is asked."""

    program: Software
    statuses: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def ask(self, verb: str, of: str, path: str = "", body: Any = None, **headers: str) -> int:
        """One call, held against the contract."""
        path = path or of
        if verb == "GET":
            answer = self.program.get(path, **headers)
        else:
            answer = self.program.send(verb, path, body, **headers)
        self.statuses.setdefault((of, verb.lower()), set()).add(str(answer.status_code))
        return answer.status_code


def other_verb(verb: str) -> str:
    return "PATCH" if verb != "PATCH" else "DELETE"


def test_every_status_of_the_contract_is_given(rest: Rest, monkeypatch: pytest.MonkeyPatch) -> None:
    payroll = software(rest)
    seen = Seen(payroll)
    open_one, done = payroll.filed()["ticket"], payroll.filed(
        startDate="2025-06-01", endDate="2025-06-30"
    )["ticket"]  # fmt: skip
    world.completed(Request.objects.get(ticket=done.replace("-", "")))
    notice = notice_world.sent(niss=world.NADIA).ticket
    one, step = "/requests/{ticket}", "/requests/{ticket}/{what}"
    calls: list[tuple[str, str, str, Any]] = [
        ("POST", "/requests/check", "/requests/check", plain_wish()),
        ("POST", "/requests", "/requests", wish(startDate="2025-07-01", endDate="2025-07-31")),
        ("POST", "/requests/search", "/requests/search", {}),
        ("GET", one, f"/requests/{open_one}", None),
        ("POST", step.replace("{what}", "modifications"), f"/requests/{open_one}/modifications",
         {"endDate": "2025-05-31"}),
        ("POST", step.replace("{what}", "cancellations"), f"/requests/{open_one}/cancellations",
         {"isConfirmed": True}),
        ("GET", "/employers/{enterpriseNumber}/parameters",
         f"/employers/{world.FIRM}/parameters", None),
        ("PUT", "/employers/{enterpriseNumber}/parameters",
         f"/employers/{world.FIRM}/parameters", PARAMETERS),
        ("POST", "/notices/search", "/notices/search", {}),
        ("GET", "/notices/{ticket}", f"/notices/{notice}", None),
        ("POST", "/notices/{ticket}/answers", f"/notices/{notice}/answers",
         {"answer": "accept", "isCertified": True}),
        ("POST", step.replace("{what}", "attachments"), f"/requests/{done}/attachments", FILE),
        ("GET", "/ping/secure", "/ping/secure", None),
        ("GET", "/health", "/health", None),
        ("GET", "/doc/openapi.yaml", "/doc/openapi.yaml", None),
    ]  # fmt: skip

    for verb, of, path, body in calls:
        seen.ask(verb, of, path, body)
        if path not in ("/health", "/doc/openapi.yaml"):
            seen.ask(verb, of, f"{path}?colour=red", body)
            seen.ask(verb, of, path, body, Authorization="")
        seen.ask(verb, of, path, body, Accept="image/png")
        if body is not None:
            seen.ask(verb, of, path, b"x", content_type=TEXT)
            large = 3_200_000 if path.endswith("attachments") else 70_000
            seen.ask(verb, of, path, b" " * large)
        wrong = payroll.send(other_verb(verb), path, {})
        if wrong.status_code == 405:
            seen.statuses[of, verb.lower()].add("405")
    seen.program = software(rest, scopes=())
    for verb, of, path, body in calls[:-2]:
        seen.ask(verb, of, path, body)
    _refused_by_rules(seen, payroll, software(rest, world.BARE), done)
    _unknown(seen, payroll, calls)
    _away(seen, payroll, calls, monkeypatch)

    promised = {
        (path, verb): set(operation["responses"]) - {"default"}
        for path, verbs in contract(CONTRACT)["paths"].items()
        for verb, operation in verbs.items()
        if verb != "parameters"
    }
    missing = {
        name: sorted(codes - seen.statuses.get(name, set())) for name, codes in promised.items()
    }
    assert {name: codes for name, codes in missing.items() if codes} == {}


def _refused_by_rules(seen: Seen, payroll: Software, bare: Software, done: str) -> None:
    """What rules, states and keys refuse: 409 and 422."""
    seen.program = bare
    seen.ask("POST", "/requests", body=wish())
    seen.ask("POST", "/requests/check", body=plain_wish())
    seen.program = payroll
    seen.ask("POST", "/requests", body=wish(endDate="2025-04-12"))
    seen.ask("POST", "/requests/search", body={"types": []})
    for what, body in (
        ("modifications", {"endDate": "2025-06-30"}),
        ("cancellations", {"isConfirmed": True}),
    ):
        seen.ask("POST", f"/requests/{{ticket}}/{what}", f"/requests/{done}/{what}", body)
    fresh = payroll.filed(startDate="2025-05-01", endDate="2025-05-31")["ticket"]
    seen.ask("POST", "/requests/{ticket}/modifications", f"/requests/{fresh}/modifications",
             {"endDate": "2025-05-31"})  # fmt: skip
    seen.ask("POST", "/requests/{ticket}/cancellations", f"/requests/{fresh}/cancellations", {})
    closed = payroll.filed(startDate="2025-03-01", endDate="2025-03-31")["ticket"]
    at = "/requests/{ticket}/attachments"
    seen.ask("POST", at, f"/requests/{closed}/attachments", FILE | {"description": ""})
    payroll.post(f"/requests/{closed}/cancellations", {"isConfirmed": True})
    seen.ask("POST", at, f"/requests/{closed}/attachments", FILE)
    asked = notice_world.sent(niss=world.BIS).ticket
    for body in ({"answer": "accept"}, {"answer": "accept", "isCertified": True}) * 2:
        seen.ask("POST", "/notices/{ticket}/answers", f"/notices/{asked}/answers", body)
    seen.ask("PUT", "/employers/{enterpriseNumber}/parameters",
             f"/employers/{world.FIRM}/parameters", PARAMETERS | {"name": " "})  # fmt: skip


def _unknown(seen: Seen, payroll: Software, calls: list[tuple[str, str, str, Any]]) -> None:
    """Tickets and employers that nobody has, and a notice of nobody."""
    seen.program = payroll
    for verb, of, path, body in calls:
        if "{" in of:
            tail = of.partition("}")[2]
            head = path.split("/")[1]
            prefix = "26C" if head == "notices" else "04B"
            number = world.BARE if head == "employers" else _sound(prefix)
            seen.ask(verb, of, f"/{head}/{number}{tail}", body)
    seen.ask("POST", "/requests", body=wish(noticeTicket=UNKNOWN))


def _sound(prefix: str) -> str:
    from guichet.kernel.ticket import TicketNumber

    return TicketNumber.generate(prefix=prefix, sequence=34**7).signs


def _away(
    seen: Seen, payroll: Software, calls: list[tuple[str, str, str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """The database does not answer: 503 everywhere."""

    def away(*_args: object, **_given: object) -> None:
        raise OperationalError

    seen.program = payroll
    with monkeypatch.context() as patched:
        patched.setattr(guard, "snapshot_of", away)
        for verb, of, path, body in calls[:-2]:
            seen.ask(verb, of, path, body)
    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", away)
        seen.ask("GET", "/health")


def test_a_reader_is_told_which_scope_he_lacks(rest: Rest) -> None:
    reader = software(rest, scopes=(CAREER_BREAK_CONSULT,))

    answer = reader.put(f"/employers/{world.FIRM}/parameters", PARAMETERS)

    assert answer.status_code == 403
    assert answer["WWW-Authenticate"].endswith(
        'scope="scope:guichet:career-break:request:declarant"'
    )
