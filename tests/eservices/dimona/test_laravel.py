"""D34: the requests of laravel-dimona, in its order, against a running server with its worker.

What that client sends and reads is written out here member by member: it was never asked to change.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
import requests

from guichet.access.permissions import DIMONA
from tests.access.machine import form
from tests.database import REPOSITORY
from tests.doors import Machines
from tests.eservices.dimona import world
from tests.live import Live

pytestmark = pytest.mark.slow

SCOPES: Final = "scope:dimona:declaration:declarant scope:dimona:declaration:consult"
# Tomorrow by any clock of Belgium, and the days after it.
TOMORROW: Final = (datetime.now(UTC) + timedelta(days=2)).date()


class Client:
    """The client: a form call for its token, JSON for the rest, no redirect ever followed."""

    def __init__(self, live: Live) -> None:
        self._base = f"{live.services}/REST/dimona/v2/"
        self._oauth = f"{live.services}/REST/oauth/v5/token"
        known = Machines(live).channel(world.FIRM, permissions=(DIMONA,))
        sent = form(known.assertion(audience=self._oauth), scope=SCOPES)
        answer = requests.post(self._oauth, data=sent, timeout=30)
        assert answer.status_code // 100 == 2, answer.text
        self._headers = {
            "Authorization": f"Bearer {answer.json()['access_token']}",
            "Accept": "application/json",
        }

    def declare(self, body: dict[str, Any]) -> str:
        """POST; the text after ``declarations/`` of ``Location``."""
        answer = requests.post(
            f"{self._base}declarations",
            json=body,
            headers=self._headers,
            timeout=30,
            allow_redirects=False,
        )
        assert answer.status_code // 100 == 2, answer.text
        return answer.headers["Location"].partition("declarations/")[2]

    def poll(self, reference: str) -> dict[str, Any]:
        """GET until it is no longer 404: the status of the first answer."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            answer = requests.get(
                f"{self._base}declarations/{reference}", headers=self._headers, timeout=30
            )
            if answer.status_code == 200:
                status: dict[str, Any] = answer.json()["declarationStatus"]
                return status
            assert answer.status_code == 404, answer.text
            time.sleep(0.05)
        raise AssertionError("no answer within half a minute")

    def until_decided(self, reference: str) -> tuple[set[str], dict[str, Any]]:
        """Poll on while the answer is S; the letters seen on the way, and the last status."""
        deadline = time.monotonic() + 30
        seen: set[str] = set()
        while time.monotonic() < deadline:
            status = self.poll(reference)
            seen.add(status["result"])
            if status["result"] != "S":
                return seen, status
            time.sleep(0.2)
        raise AssertionError("Sigedis did not answer within half a minute")


def codes(status: dict[str, Any]) -> list[str]:
    return [each["code"] for each in status["anomalies"] or []]


@pytest.fixture(scope="module")
def client(live: Live) -> Iterator[Client]:
    subprocess.run(
        [sys.executable, "-m", "tests.eservices.dimona.live_world"],
        env=live.variables | {"PYTHONPATH": f"{REPOSITORY / 'src'}:{REPOSITORY}"},
        cwd=live.var,
        check=True,
        capture_output=True,
    )
    live.start("worker")
    try:
        yield Client(live)
    finally:
        live.stop("worker")


def an_in(worker_type: str, ssin: str, **act: Any) -> dict[str, Any]:
    return {
        "employer": {"enterpriseNumber": world.FIRM},
        "worker": {"ssin": ssin},
        "dimonaIn": {
            "features": {"jointCommissionNumber": "XXX", "workerType": worker_type},
            "startDate": TOMORROW.isoformat(),
            **act,
        },
    }


PLACE: Final = {
    "name": "Shop",
    "address": {
        "street": "Rue Neuve",
        "houseNumber": "1",
        "boxNumber": None,
        "postCode": "1000",
        "municipality": {"code": 21004, "name": "Bruxelles"},
        "country": 150,
    },
}


def test_d34_in_then_update_then_cancel_run_as_the_client_sends_them(client: Client) -> None:
    day = TOMORROW.isoformat()
    student = an_in(
        "STU", world.LOTTE, endDate=day, plannedHoursNumber=8.0, studentPlaceOfWork=PLACE
    )
    opened = client.poll(client.declare(student))
    assert opened["result"] == "A"
    period = opened["period"]["id"]
    assert isinstance(period, int)

    same_days = {"periodId": period, "startDate": day, "endDate": day, "plannedHoursNumber": 6.0}
    own = {"employer": {"enterpriseNumber": world.FIRM}}
    changed = client.poll(client.declare({**own, "dimonaUpdate": same_days}))
    assert (changed["result"], changed["period"]["id"]) == ("A", period)

    gone = {**own, "dimonaCancel": {"periodId": period}}
    assert client.poll(client.declare(gone))["result"] == "A"
    refused = client.poll(client.declare(gone))
    assert refused["result"] == "B"
    assert codes(refused) == ["00913-355"]  # the client takes this as cancelled


def test_d34_a_flexi_job_that_is_not_open_becomes_ordinary_work(client: Client) -> None:
    hours = {"startHour": "1800", "endHour": "2330"}
    flexi = an_in("FLX", world.KARIM, endDate=TOMORROW.isoformat(), **hours)
    remarked = client.poll(client.declare(flexi))
    assert remarked["result"] == "W"
    assert "90017-510" in codes(remarked)

    own = {"employer": {"enterpriseNumber": world.FIRM}}
    cancelled = {**own, "dimonaCancel": {"periodId": remarked["period"]["id"]}}
    assert client.poll(client.declare(cancelled))["result"] == "A"
    other = an_in("OTH", world.KARIM, endDate=TOMORROW.isoformat())
    other["dimonaIn"]["features"]["jointCommissionNumber"] = 140
    assert client.poll(client.declare(other))["result"] == "A"


def test_d34_refusals_and_waiting_answers_are_the_ones_it_knows(client: Client) -> None:
    nothing = an_in("STU", world.LOTTE, endDate=TOMORROW.isoformat(), plannedHoursNumber=None)
    refused = client.poll(client.declare(nothing))
    assert refused["result"] == "B"
    assert codes(refused) == ["01135-001"]
    assert set(refused["anomalies"][0]) >= {"code", "descriptionFr", "descriptionNl"}

    described = an_in("OTH", "")
    described["worker"] = world.IDENTITY
    seen, last = client.until_decided(client.declare(described))
    assert seen == {"S", "A"}
    assert last["period"]["id"] > 2**31


def test_the_payroll_of_the_demonstration_declares_as_software_does(
    client: Client, live: Live
) -> None:
    told = Machines(live).command(
        "demo_declare", "--enterprise", world.OTHER, "--ssin", world.LOTTE
    )

    assert json.loads(told)["result"] == "A"
