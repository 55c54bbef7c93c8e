"""What machines read beside the letter: language, the personnel file's members, names of v1."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from guichet.eservices.dimona import answers
from guichet.eservices.dimona.queries import DeclarationRecord
from guichet.platform import clock
from tests.doors import rest
from tests.eservices.dimona import world
from tests.eservices.dimona.test_api import (
    V1,
    V2,
    Caller,
    _registers,
    caller,
    coming,
    decided,
    get,
    issues,
    kinds,
    post,
)

__all__ = ["_registers", "caller", "rest"]
pytestmark = pytest.mark.django_db(databases=["default", "audit"])
ASKED = {"employer": {"enterpriseNumber": world.FIRM}}


@pytest.mark.parametrize(
    ("wanted", "language", "text"),
    [
        ("de-BE", "de", "Jugendlicher"),
        ("fr", "fr", "jeune"),
        ("es", "en", "young person"),
        ("nl;q=0.5, en", "en", "young person"),
    ],
)
def test_a42_a_text_says_in_which_language_it_is(
    caller: Caller, wanted: str, language: str, text: str
) -> None:
    status = decided(caller, coming(ssin=world.YOUNG))["declarationStatus"]
    headers = {**caller, "Accept-Language": wanted}
    places = [
        f"{V2}/declarations/{status['declarationId']}",
        f"{V2}/periods/{status['period']['id']}",
        f"{V1}/declarations/{status['declarationId']}",
    ]

    found = [Client().get(place, headers=headers) for place in places]
    found.append(post(caller, ASKED, "/periods/search", **{"Accept-Language": wanted}))

    for answer in found:
        assert answer["Content-Language"] == language
        assert "Accept-Language" in answer["Vary"]
        assert answer["Cache-Control"] == "no-store"
        assert text in answer.content.decode()


def test_a_window_that_ends_before_it_begins_is_refused(caller: Caller) -> None:
    window = {"period": {"startDate": "2026-03-02", "endDate": "2026-03-01"}}

    for what in ("periods", "relations", "declarations"):
        [issue] = issues(post(caller, ASKED | window, f"/{what}/search"))
        assert issue["type"].endswith("invalidPeriod")
    same = {"period": {"startDate": "2026-03-02", "endDate": "2026-03-02"}}
    assert post(caller, ASKED | same, "/periods/search").status_code == 200


def test_a_period_says_when_it_was_declared_and_which_measure_it_has(caller: Caller) -> None:
    """The members of the personnel file: last change, starter job (2) and flexi-job (99)."""
    young = decided(caller, coming(ssin=world.YOUNG))["declarationStatus"]["period"]["id"]
    ageless = coming(ssin=world.add_ageless())
    unknown = decided(caller, ageless)["declarationStatus"]["period"]["id"]
    end = coming()["dimonaIn"]["startDate"]
    flexi = coming("FLX", ssin=world.LOTTE, endDate=end, startHour="1800", endHour="2200")
    second = decided(caller, flexi)["declarationStatus"]["period"]["id"]
    plain = decided(caller, coming())["declarationStatus"]["period"]["id"]

    assert get(caller, f"/periods/{young}").json()["employmentMeasure"] == {
        "code": "2",
        "isMet": True,
    }
    unproven = get(caller, f"/periods/{unknown}").json()["employmentMeasure"]
    assert unproven == {"code": "2", "isMet": False}
    measured = get(caller, f"/periods/{second}").json()
    assert measured["employmentMeasure"]["code"] == "99"
    found = get(caller, f"/periods/{plain}").json()
    assert "employmentMeasure" not in found
    assert datetime.fromisoformat(found["declaredAt"]) <= clock.now()
    assert datetime.fromisoformat(found["changedAt"]) <= clock.now()


def test_a_fault_in_v1_stands_at_the_name_that_was_sent(caller: Caller) -> None:
    def sent(act: dict[str, Any]) -> Any:
        return post(caller, {"dimonaIn": act}, f"{V1}/declarations")

    wrong_day = sent({"startingDate": "2026-02-30"})
    assert kinds(wrong_day) == [("schemaViolation", "dimonaIn.startingDate")]
    unknown = sent({"dimonaFeatures": {"colour": "red"}})
    assert kinds(unknown) == [("unknownInput", "dimonaIn.dimonaFeatures.colour")]


@pytest.mark.parametrize(
    ("worker_type", "quota", "member"),
    [
        ("T17", "ARTICLE17", "exceedingDays"),
        ("O17", "ARTICLE17", "exceedingHours"),
        ("STU", "STUDENT", "exceedingHours"),
        ("EXT", "HORECA_WORKER", "exceedingDays"),
    ],
)
def test_what_exceeds_a_quota_is_told_in_its_unit(
    worker_type: str, quota: str, member: str
) -> None:
    moment = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    record = DeclarationRecord(
        id=1, kind="in", received_at=moment, processed_at=moment, channel="rest",
        sender=world.FIRM, employer=world.FIRM, niss=world.KARIM,
        body=world.an_in(worker_type), result="B", anomalies=("90017-369",),
        excess=[{"quota": quota, "amount": 3}], period_id=None, registration_id=None,
        before=None, after=None, dossier="",
    )  # fmt: skip

    [told] = answers.status(record, language="fr")["quotas"]

    assert told == {"type": quota, member: 3}
