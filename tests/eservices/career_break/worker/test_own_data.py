"""The copy of a worker's own data holds his requests, his words, decisions, notices, changes."""

import json
from datetime import date
from typing import Any

import pytest

from guichet.audit.actors import Actor
from guichet.eservices.career_break.office import deciding
from guichet.eservices.career_break.worker import changes
from guichet.platform import clock
from tests.eservices.career_break import world
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.world import LUC, NADIA, NOW
from tests.portal.browsing import signed_in

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
MINE = ("careerBreakRequests", "careerBreakParts", "careerBreakDecisions", "careerBreakNotices",
        "careerBreakChanges")  # fmt: skip


def copied(niss: str) -> dict[str, Any]:
    answer = signed_in(niss).get("/privacy/my-data.json")
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(b"".join(answer) if answer.streaming else answer.content)
    return found


def test_the_copy_holds_all_of_it_and_nothing_of_anybody_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk.furnish()
    row = desk.taken(LUC)
    deciding.decide(ticket=row.ticket, decided=desk.proposed(row), officer=desk.officer(), now=NOW)
    world.notice(LUC)
    changes.report(
        ticket=row.ticket, kind="pension", from_day=date(2025, 4, 15),
        content={"pension": "survivor"}, language="fr", actor=Actor("person", LUC), now=NOW,
    )  # fmt: skip

    today = copied(LUC)
    stranger = copied(NADIA)
    monkeypatch.setattr(clock, "now", lambda: desk.moment(date(2025, 1, 29)))
    later = copied(LUC)

    counts = {name: len(today[name]) for name in MINE if name != "careerBreakParts"}
    assert counts == {
        "careerBreakRequests": 1, "careerBreakDecisions": 0, "careerBreakNotices": 1,
        "careerBreakChanges": 1,
    }  # fmt: skip
    assert "Zoé" in str(today["careerBreakParts"])
    [decision] = later["careerBreakDecisions"]
    assert "allowance" in decision["result"]
    assert not any(stranger[name] for name in MINE)
