"""Payroll software of the tests: every answer is held against the published contract."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.test import Client

from guichet.access.mandates.models import Lent, Mandate
from guichet.access.permissions import (
    CAREER_BREAK,
    CAREER_BREAK_CONSULT,
    CAREER_BREAK_DECLARANT,
)
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person
from tests.access.machine import machine
from tests.contracts.conformity import CAREER_BREAK as CONTRACT
from tests.contracts.conformity import assert_conforms
from tests.doors import Answer, Rest
from tests.eservices.career_break import world

BASE: Final = "/REST/careerBreak/v1"
BOTH: Final = (CAREER_BREAK_DECLARANT, CAREER_BREAK_CONSULT)


@dataclass
class Software:
    """A program with a token; ``headers``: what goes with every call of it."""

    headers: dict[str, str] = field(default_factory=dict)

    def post(self, path: str, body: Any, **headers: str) -> Answer:
        """POST below the base; a body that is not bytes goes as JSON."""
        return self.send("POST", path, body, **headers)

    def put(self, path: str, body: Any, **headers: str) -> Answer:
        """PUT below the base."""
        return self.send("PUT", path, body, **headers)

    def send(self, verb: str, path: str, body: Any, **headers: str) -> Answer:
        """Any verb with a body."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        kind = headers.pop("content_type", "application/json")
        answer = Client().generic(
            verb, BASE + path, data, content_type=kind, headers={**self.headers, **headers}
        )
        return conforming(verb, path, answer)

    def get(self, path: str, **headers: str) -> Answer:
        """GET below the base."""
        answer = Client().get(BASE + path, headers={**self.headers, **headers})
        return conforming("GET", path, answer)

    def filed(self, **changed: Any) -> dict[str, Any]:
        """A request that was taken."""
        answer = self.post("/requests", wish(**changed))
        assert answer.status_code == 201, answer.content
        found: dict[str, Any] = answer.json()
        return found


def software(rest: Rest, enterprise: str = world.FIRM, scopes: tuple[str, ...] = BOTH) -> Software:
    """A program of an enterprise with a channel of its own."""
    known = machine(enterprise_number=enterprise, permissions=(CAREER_BREAK,))
    return Software(rest.caller(enterprise, scopes=scopes, of=known))


def conforming(verb: str, path: str, answer: Answer) -> Answer:
    """The answer, which the contract describes."""
    assert_conforms(
        verb=verb, path=path, status=answer.status_code, headers=answer.headers,
        body=answer.content, file=CONTRACT,
    )  # fmt: skip
    return answer


def wish(**changed: Any) -> dict[str, Any]:
    """A full parental leave of one month; a change to None leaves a member out."""
    sound: dict[str, Any] = {
        "worker": {"ssin": world.LUC, "workerCode": "blue", "jointCommission": "121"},
        "type": "parental",
        "regime": "full",
        "startDate": "2025-04-01",
        "endDate": "2025-04-30",
        "weeklyMinutes": {"contract": 2400, "fullTime": 2400},
        "noticeDate": "2025-01-20",
        "isCertified": True,
    }
    return {name: value for name, value in (sound | changed).items() if value is not None}


def plain_wish(**changed: Any) -> dict[str, Any]:
    """The same without what only filing asks."""
    return wish(isCertified=None, **changed)


def lend(mandator: str = world.FIRM, mandatary: str = world.OTHER) -> Lent:
    """A mandate for career breaks in force."""
    given = {
        "mandator": Enterprise.objects.get(number=mandator),
        "mandatary": Enterprise.objects.get(number=mandatary),
        "first_day": date(2025, 1, 1),
    }
    made = Mandate.objects.create(
        **given, domains=["career_break"], status="active", made_by="mandator",
        maker=Person.objects.get(niss=world.CLERK), language="fr", made_at=world.NOW,
    )  # fmt: skip
    return Lent.objects.create(
        **given, mandate=made, domain="career_break", permissions=["career_break"],
        is_exclusive=False,
    )  # fmt: skip


def codes(answer: Answer) -> list[str]:
    """The codes of what a refusal says."""
    return [one.get("code", "") for one in answer.json()["issues"]]
