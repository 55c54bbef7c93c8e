"""Software during an announced interruption: filing waits, the rest goes on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from guichet.access.counter import board as boards
from guichet.access.counter.models import Announcement
from guichet.eservices.career_break.models import Request
from tests.doors import Rest, rest
from tests.eservices.career_break.api.software import plain_wish, software, wish
from tests.eservices.career_break.test_outage import HOUR, announced
from tests.eservices.career_break.world import NOW

__all__ = ["rest"]
pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]


@pytest.fixture(autouse=True)
def board() -> Iterator[None]:
    """What is announced is read anew."""
    boards.forget()
    yield
    boards.forget()


def test_c76_filing_during_an_outage_is_a_503_that_says_when_and_stores_nothing(
    rest: Rest,
) -> None:
    payroll = software(rest)
    announced()

    answer = payroll.post("/requests", wish(), **{"Idempotency-Key": "once-and-only-once"})

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "3600"
    assert answer.json()["type"] == "urn:problem-type:belgif:serviceUnavailable"
    assert answer.json()["retryAfterSec"] == 3600
    assert Request.objects.count() == 0
    Announcement.objects.all().delete()
    boards.forget()
    again = payroll.post("/requests", wish(), **{"Idempotency-Key": "once-and-only-once"})
    assert again.status_code == 201


def test_c76_an_outage_without_an_end_is_asked_again_after_an_hour(rest: Rest) -> None:
    announced(ends_at=None)

    answer = software(rest).post("/requests", wish())

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3600")


def test_c76_checking_reading_and_changing_go_on_during_an_outage(rest: Rest) -> None:
    payroll = software(rest)
    ticket = payroll.filed()["ticket"]
    announced(begins_at=NOW - HOUR)

    assert payroll.post("/requests/check", plain_wish()).json()["right"]["isGranted"] is True
    assert payroll.get(f"/requests/{ticket}").status_code == 200
    changed = payroll.post(f"/requests/{ticket}/modifications", {"endDate": "2025-05-31"})
    assert changed.status_code == 201
