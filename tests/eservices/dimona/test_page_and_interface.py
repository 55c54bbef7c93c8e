"""The pages and the interface for software say the same of a period, a declaration and a list."""

from typing import Any

import pytest
from django.test import Client

from guichet.access.rights import give_right
from guichet.eservices.dimona import processing
from guichet.platform import clock, wording
from guichet.platform.clock import BRUSSELS
from guichet.rules.dimona.catalogue import ANOMALIES
from tests.doors import at_portal, rest
from tests.eservices.dimona import world
from tests.eservices.dimona.test_api import BOTH, Caller, coming, get, post, reference, token
from tests.eservices.dimona.world import FIRM, KARIM, LOTTE, OTHER
from tests.portal.browsing import signed_in
from tests.portal.browsing import text as said_at

__all__ = ["rest"]
pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: world.NOW)
    world.build()


@pytest.fixture
def caller(rest: Any) -> Caller:
    """The software of the firm."""
    return token(rest, FIRM, BOTH)


@pytest.fixture
def reader() -> Client:
    """Somebody of the firm who may consult."""
    give_right(
        niss=KARIM, enterprise_number=FIRM, service="dimona_consult",
        first_day=world.TODAY - world.DAY, actor=world.ACTOR, now=clock.now(),
    )  # fmt: skip
    with at_portal():
        return signed_in(KARIM, FIRM)


def text(client: Client, place: str) -> str:
    """What a page says."""
    with at_portal():
        return said_at(client, place)


def declared(caller: Caller, body: Any) -> dict[str, Any]:
    """A declaration through the interface; its answer there."""
    number = reference(post(caller, body))
    processing.process(now=clock.now())
    found: dict[str, Any] = get(caller, f"/declarations/{number}").json()
    return found


def student(hours: int) -> dict[str, Any]:
    start = clock.today(clock.now()) + 2 * world.DAY
    return coming("STU", ssin=LOTTE, endDate=start.isoformat(), plannedHoursNumber=hours)


def test_a_period_has_the_same_facts_on_its_page(caller: Caller, reader: Client) -> None:
    number = declared(caller, student(900))["declarationStatus"]["period"]["id"]

    told = get(caller, f"/periods/{number}").json()

    page = text(reader, f"/dimona/periods/{number}/")
    day = clock.today(clock.now()) + 2 * world.DAY
    assert (told["startDate"], told["endDate"]) == (day.isoformat(), day.isoformat())
    assert page.count(wording.day(day)) >= 2
    assert told["features"] == {"jointCommissionNumber": "XXX", "workerType": "STU"}
    assert "STU" in page
    assert f"Planned hours {told['plannedHoursNumber']}" in page
    [remark] = told["anomalies"]
    assert remark["code"] in page
    assert ANOMALIES[remark["code"]].label.in_language("en") in page
    [quota] = told["quotas"]
    assert f"Beyond the quota: {quota['exceedingHours']}" in page
    assert (told["isLate"], told["isCancelled"]) == (False, False)


@pytest.mark.parametrize("sort", ["accepted", "remarked", "refused"])
def test_a_declaration_has_the_same_answer_on_its_page(
    caller: Caller, reader: Client, sort: str
) -> None:
    bodies = {
        "accepted": coming(), "remarked": student(900), "refused": coming(committee="200"),
    }  # fmt: skip

    told = declared(caller, bodies[sort])["declarationStatus"]

    page = text(reader, f"/dimona/declarations/{told['declarationId']}/")
    said = {"A": "Accepted", "W": "Accepted with remarks", "B": "Refused"}[told["result"]]
    assert said in page
    for remark in told["anomalies"]:
        assert remark["code"] in page
        assert ANOMALIES[remark["code"]].label.in_language("en") in page
    if told["result"] != "B":
        assert str(told["period"]["id"]) in page


def test_the_list_of_the_page_is_the_search_of_the_interface(
    caller: Caller, reader: Client
) -> None:
    for count in range(3):
        start = (clock.now().astimezone(BRUSSELS).date() + (count + 2) * world.DAY).isoformat()
        declared(caller, coming(startDate=start, endDate=start))
    gone = declared(caller, coming(ssin=LOTTE))["declarationStatus"]["period"]["id"]
    declared(caller, {"employer": {"enterpriseNumber": FIRM}, "dimonaCancel": {"periodId": gone}})

    asked = {"employer": {"enterpriseNumber": FIRM}}
    told = post(caller, asked, "/periods/search").json()

    page = text(reader, "/dimona/")
    assert f"{told['total']} periods" in page
    assert gone in [one["id"] for one in told["items"]]
    for one in told["items"]:
        assert str(one["id"]) in page


def test_d06_hours_beyond_the_quota_are_for_those_who_may_consult(
    rest: Any, caller: Caller, reader: Client
) -> None:
    found = declared(caller, student(900))
    number = found["declarationStatus"]["declarationId"]
    period = found["declarationStatus"]["period"]["id"]
    assert found["declarationStatus"]["quotas"] == [{"type": "STUDENT", "exceedingHours": 250}]
    assert "Beyond the quota: 250" in text(reader, f"/dimona/declarations/{number}/")

    others = token(rest, OTHER)
    for path in (f"/declarations/{number}", f"/periods/{period}"):
        assert get({}, path).status_code == 401
        assert get(others, path).status_code == 404
    with at_portal():
        for client in (Client(), signed_in(LOTTE)):
            assert client.get(f"/dimona/declarations/{number}/").status_code in (302, 403)
