"""A decision that is not sent yet: for the employer and his software the file is being handled."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from guichet.access.webhooks import operations as webhooks
from guichet.access.webhooks.models import Delivery
from guichet.eservices.career_break import events, webhook_kinds
from guichet.eservices.career_break import operations as requests
from guichet.eservices.career_break.models import Decision, Request
from guichet.eservices.career_break.office import deciding, operations
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from guichet.rules.career_break.states import State, StepRefused
from tests.doors import Rest, rest
from tests.eservices.career_break import world
from tests.eservices.career_break.api.software import Software, software
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.office.desk import officer
from tests.eservices.career_break.world import NOW
from tests.portal.browsing import text

__all__ = ["rest"]
pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("office"),
]
HERE = "/career-break/"
LATER = NOW + timedelta(days=5)


@pytest.fixture
def done() -> Request:
    """A file on which the office decided just now."""
    row = desk.taken()
    made = deciding.decide(
        ticket=row.ticket, decided=desk.proposed(row), officer=officer(), now=NOW
    )
    assert isinstance(made, Decision)
    row.refresh_from_db()
    assert row.state == State.CLOSED
    return row


@pytest.fixture
def listening() -> None:
    """Software of the firm hears of closed and of reopened files."""
    webhooks.subscribe(
        enterprise_number=world.FIRM, address="https://software.example.be/in",
        kinds=[webhook_kinds.CLOSED, webhook_kinds.REOPENED], actor=world.ACTOR, now=NOW,
    )  # fmt: skip


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def pages(row: Request) -> dict[str, str]:
    """What the employer reads: the file, the lists, and the refusal of a change."""
    client = world.clerk()
    narrow = f"{HERE}?state=in_progress"
    return {
        "file": text(client, f"{HERE}requests/{row.ticket}/"),
        "list": text(client, narrow),
        "closed": text(client, f"{HERE}?state=closed"),
        "csv": b"".join(client.get(f"{HERE}list.csv")).decode("utf-8-sig", "replace"),
        "change": client.get(f"{HERE}requests/{row.ticket}/cancel/").content.decode(),
    }


def test_on_its_day_the_order_by_state_tells_nothing_either(done: Request) -> None:
    waits = world.taken(world.completed(world.filed(niss=world.NADIA)))

    for order, first in (("state", waits), ("-state", waits)):
        page = world.clerk().get(f"{HERE}?order={order}").content.decode()
        assert page.index(first.ticket) < page.index(done.ticket), order


def test_on_its_day_the_pages_of_the_employer_show_nothing_of_a_decision(
    done: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, ticket = pages(done), TicketNumber(done.ticket).formatted()
    for name in ("file", "csv", "change"):
        assert "losed" not in found[name], name
    assert ticket in found["list"]
    assert ticket not in found["closed"]

    at(LATER, monkeypatch)
    found = pages(done)
    assert "Closed by ONEM" in found["file"]
    assert ticket not in found["list"]
    assert ticket in found["closed"]


def asked(caller: Software, row: Request) -> tuple[str, str, list[str]]:
    """Status in the search and of the request, and the events."""
    found = caller.post("/requests/search", {"statuses": ["inProgress", "closed"]}).json()
    read = caller.get(f"/requests/{row.ticket}").json()
    return found["items"][0]["status"], read["status"], [one["event"] for one in read["versions"]]


def test_on_its_day_software_is_told_that_the_file_is_being_handled(
    done: Request, rest: Rest, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = software(rest)
    assert asked(caller, done)[:2] == ("inProgress", "inProgress")
    assert "closed" not in asked(caller, done)[2]
    refused = caller.post(f"/requests/{done.ticket}/cancellations", {"isConfirmed": True})
    assert "losed" not in refused.content.decode()

    at(LATER, monkeypatch)
    assert asked(software(rest), done)[:2] == ("closed", "closed")


def test_a_refusal_names_the_state_that_is_known(done: Request) -> None:
    for moment, why in ((NOW, "worker_completed"), (LATER, "closed")):
        with pytest.raises(StepRefused) as refused:
            requests.cancel(ticket=done.ticket, sender=world.sender(), now=moment)
        assert refused.value.why == why


@pytest.mark.usefixtures("listening")
def test_software_hears_of_a_decision_on_the_day_on_which_it_is_sent(done: Request) -> None:
    [job] = ProcrastinateJob.objects.filter(task_name=events.JOB)
    assert job.scheduled_at > NOW
    assert not Delivery.objects.exists()

    assert events.tell_closed(**job.args, now=NOW) == 0
    assert events.tell_closed(**job.args, now=job.scheduled_at) == 1
    assert Delivery.objects.get().kind == webhook_kinds.CLOSED


@pytest.mark.usefixtures("listening")
def test_software_never_hears_of_a_decision_that_was_held_back(done: Request) -> None:
    operations.reopen(ticket=done.ticket, reason="A slip.", officer=officer(), now=NOW)

    [job] = ProcrastinateJob.objects.filter(task_name=events.JOB)
    assert events.tell_closed(**job.args, now=LATER) == 0
    assert not Delivery.objects.exists()
