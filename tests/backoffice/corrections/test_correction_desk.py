"""The desk of the NSSO: the queue, one request with its evidence, the decision; who may."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guichet.audit.models import Entry, Lookup
from guichet.demo import fixtures
from guichet.documents.attachments.models import Attachment
from guichet.eservices.presence import day_queries
from guichet.eservices.presence.models import Case, Correction
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from guichet.rules.presence_corrections import Step
from tests.documents.attachments import samples
from tests.portal.browsing import text, words
from tests.portal.requests_world import OWN_NEW, STAFF_NEW, ask, asked, decided
from tests.portal.world import STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
DESK = "correction_desk"
QUEUE = "/desk/corrections/"
UNKNOWN = TicketNumber.generate(prefix="26P", sequence=7).signs


def place(row: Case) -> str:
    """The page of a request at the desk."""
    return f"{QUEUE}{row.number}/"


def taken(desk: Client, row: Case) -> Case:
    """In review."""
    assert desk.post(f"{place(row)}take/").status_code == 302
    row.refresh_from_db()
    return row


def act_of(receipt: int) -> Any:
    """As it holds now."""
    return day_queries.act(receipt=receipt, language="en")


@pytest.mark.parametrize("where", [QUEUE, f"{QUEUE}{UNKNOWN}/"])
def test_the_desk_is_for_institutions_with_the_right(
    where: str, clerk: Client, worker: Client, impostor: Client
) -> None:
    assert Client().get(where).status_code == 302
    for client in (worker, clerk, impostor):
        assert client.get(where).status_code == 403
        assert client.post(f"{QUEUE}{UNKNOWN}/take/").status_code == 403


def test_p92_a_request_is_taken_granted_and_the_act_reads_edited(
    other_agent: Client, clerk: Client, world: World
) -> None:
    receipt = world.day(fixtures.W1, "07:58 12:00")[0]
    row = asked(clerk, receipt, kind="changeTime", time="07:30")
    assert row.number in other_agent.get(QUEUE).content.decode()

    taken(other_agent, row)
    page = text(other_agent, place(row))
    answer = other_agent.post(place(row), {"outcome": "accept", "reason": "The sheet is signed."})

    for fact in ("sheet.pdf", "07:58:00", "07:30:00", "Clock of the device", "Lemaire", "forgot"):
        assert fact in page
    assert answer["Location"] == place(row)
    act = act_of(receipt)
    assert (act.status, clock.brussels(act.occurred_at).minute) == ("edited", 30)
    said = text(other_agent, place(row))
    assert "The sheet is signed." in said
    assert "Decide and tell" not in said
    assert "Granted" in text(clerk, f"/presence/staff/requests/{row.number}/")


def test_a_decision_has_a_reason_and_the_request_was_taken(
    other_agent: Client, clerk: Client, world: World
) -> None:
    row = asked(clerk, world.day(fixtures.W1, "07:58")[0], kind="cancel")
    untaken = other_agent.post(place(row), {"outcome": "accept", "reason": "Yes."})
    taken(other_agent, row)

    silent = other_agent.post(place(row), {"outcome": "accept", "reason": " "})
    open_ended = other_agent.post(place(row), {"reason": "Yes."})
    in_part = other_agent.post(place(row), {"outcome": "acceptPartly", "reason": "Yes."})
    again = other_agent.post(f"{place(row)}take/", follow=True)

    assert "take it first" in words(untaken.content.decode())
    assert "Write the reason" in words(silent.content.decode())
    assert "Choose a decision." in words(open_ended.content.decode())
    assert "Choose a decision." in words(in_part.content.decode())
    assert {one.status_code for one in (untaken, silent, open_ended, in_part)} == {422}
    assert "examines this request already" in again.content.decode()
    row.refresh_from_db()
    assert row.state == "inReview"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"time": "07:30"}, "grant it as asked"),
        ({"time": ""}, "Say what is granted."),
        ({"time": "7h"}, "Enter a time"),
        ({"time": "23:59"}, "still to come"),
    ],
)
def test_in_part_is_something_else_than_what_was_asked(
    other_agent: Client, clerk: Client, world: World, given: dict[str, str], said: str
) -> None:
    receipt = world.day(fixtures.W1, "07:58")[0]
    row = taken(other_agent, asked(clerk, receipt, kind="changeTime", time="07:30"))

    answer = other_agent.post(
        place(row), {"outcome": "acceptPartly", "reason": "The sheet says so."} | given
    )

    assert answer.status_code == 422
    assert said in words(answer.content.decode())
    assert "The sheet says so." in answer.content.decode()


def test_the_agents_values_are_granted_in_part(
    other_agent: Client, clerk: Client, world: World
) -> None:
    first, second = world.day(fixtures.W1, "07:58 12:00")
    row = asked(clerk, first, kind="changeSite", site=fixtures.S4, also=[str(second)])
    taken(other_agent, row)

    answer = other_agent.post(
        place(row),
        {"outcome": "acceptPartly", "reason": "Only the IN.", "site": fixtures.S4,
         "receipts": [str(first)]},
    )  # fmt: skip

    assert answer.status_code == 302
    assert [act_of(one).works_reference for one in (first, second)] == [fixtures.S4, fixtures.S1]
    row.refresh_from_db()
    assert row.state == "partlyAccepted"


def test_a_missing_act_is_added_and_a_refusal_adds_nothing(
    other_agent: Client, world: World, someone: Callable[..., Client]
) -> None:
    world.receipts_from(1_000_000)
    receipt = world.day(fixtures.WS, "07:00", employer=fixtures.E4)[0]
    own = someone(fixtures.WS)
    missing = {"type": "out", "day": f"{world.today}", "site": fixtures.S1}
    for hour in ("12:00", "13:00"):
        assert ask(
            own, f"{OWN_NEW}?receipt={receipt}&missing=1", time=hour, **missing
        ).status_code == 302  # fmt: skip
    noon, one = Case.objects.order_by("pk")

    for row, outcome in ((noon, "accept"), (one, "refuse")):
        taken(other_agent, row)
        other_agent.post(place(row), {"outcome": outcome, "reason": "As the sheet says."})

    assert "12:00" in text(own, "/presence/my-registrations/")
    assert "13:00" not in text(own, "/presence/my-registrations/")
    assert "As the sheet says." in text(own, f"/presence/requests/{one.number}/")


def test_the_queue_is_sorted_by_the_last_day_and_filtered(
    other_agent: Client, clerk: Client, world: World
) -> None:
    today = asked(clerk, world.day(fixtures.W1, "07:58")[0], kind="cancel")
    old = world.day(STAFF[0].niss, "07:58", day=world.today - timedelta(days=20))[0]
    first = asked(clerk, old, kind="changeSite", site=fixtures.S4)
    decided(asked(clerk, world.day(STAFF[1].niss, "07:58")[0], kind="cancel"), Step.REFUSE)

    def listed(query: str) -> list[str]:
        page = other_agent.get(QUEUE + query).content.decode()
        known = {row.number: page.find(f"{QUEUE}{row.number}/") for row in Case.objects.all()}
        return sorted((one for one in known if known[one] >= 0), key=known.__getitem__)

    assert listed("") == [first.number, today.number]
    assert listed("?kind=cancel") == [today.number]
    assert listed(f"?enterprise={fixtures.E3}") == []
    assert listed(f"?enterprise={fixtures.E1}&show=new") == [first.number, today.number]
    assert len(listed("?show=decided")) == 1
    assert other_agent.get(QUEUE + "?show=all").status_code == 404
    assert other_agent.get(QUEUE + "?enterprise=12").status_code == 422
    assert other_agent.get(QUEUE + "?kind=mood").status_code == 422


def test_a_document_is_opened_by_the_agent_and_leaves_a_line(
    other_agent: Client, clerk: Client, world: World
) -> None:
    row = asked(clerk, world.day(fixtures.W1, "07:58")[0], kind="cancel")
    where = f"{place(row)}files/{Attachment.objects.get().pk}/"

    served = other_agent.get(where)

    assert served.content == samples.pdf()
    assert "sandbox" in served["Content-Security-Policy"]
    assert Entry.objects.filter(action="presence.case.documentOpened").count() == 1
    assert other_agent.get(f"{place(row)}files/{uuid4()}/").status_code == 404
    assert other_agent.get(f"{QUEUE}{UNKNOWN}/").status_code == 404
    assert other_agent.get(f"{QUEUE}nonsense/").status_code == 404


def test_each_look_at_a_person_is_kept_with_its_purpose(
    other_agent: Client, clerk: Client, world: World
) -> None:
    row = asked(clerk, world.day(fixtures.W1, "07:58")[0], kind="cancel")
    kept = Lookup.objects.using("audit").filter(purpose="presence.decision", niss=fixtures.W1)
    before = kept.count()

    other_agent.get(QUEUE)
    other_agent.get(place(row))

    assert kept.count() == before + 2


def test_nobody_decides_on_his_own_request(agent: Client, clerk: Client, world: World) -> None:
    # Sofie sits at the desk and is the clerk who asked.
    row = taken(agent, asked(clerk, world.day(fixtures.W1, "07:58")[0], kind="cancel"))

    answer = agent.post(place(row), {"outcome": "accept", "reason": "Yes."})

    assert answer.status_code == 422
    assert "a colleague decides" in words(answer.content.decode())


def test_what_was_withdrawn_meanwhile_is_said(
    other_agent: Client, clerk: Client, world: World
) -> None:
    row = taken(other_agent, asked(clerk, world.day(fixtures.W1, "07:58")[0], kind="cancel"))
    clerk.post(f"/presence/staff/requests/{row.number}/withdraw/")

    answer = other_agent.post(place(row), {"outcome": "accept", "reason": "Yes."})

    assert answer.status_code == 422
    assert "This request was withdrawn." in words(answer.content.decode())


def test_the_start_page_says_what_is_open(other_agent: Client, clerk: Client, world: World) -> None:
    asked(clerk, world.day(fixtures.W1, "07:58")[0], kind="cancel")

    assert "One request for a correction is open" in text(other_agent, "/")


def test_the_queue_costs_the_same_whatever_stands_in_it(
    other_agent: Client,
    clerk: Client,
    world: World,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    asked(clerk, world.day(STAFF[0].niss, "07:58")[0], kind="cancel")
    other_agent.get(QUEUE)
    with django_assert_num_queries(6):
        other_agent.get(QUEUE)
    for person in STAFF[1:5]:
        asked(clerk, world.day(person.niss, "07:58")[0], kind="cancel")

    with django_assert_num_queries(6):
        answer = other_agent.get(QUEUE)

    assert "5 requests" in answer.content.decode()


def test_a_report_of_a_worker_stands_beside_the_request(
    other_agent: Client, clerk: Client, worker: Client, world: World
) -> None:
    receipt = world.day(fixtures.W1, "07:58")[0]
    worker.post(
        f"/presence/my-registrations/{receipt}/mistake/",
        {"kind": "changeTime", "time": "07:30", "reason": "deviceFailure", "words": "It broke."},
    )
    report = Correction.objects.get()
    ask(clerk, f"{STAFF_NEW}?report={report.pk}", kind="changeTime", time="07:30")
    row = taken(other_agent, Case.objects.get())

    assert "It broke." in text(other_agent, place(row))
    other_agent.post(place(row), {"outcome": "accept", "reason": "Proved."})
    report.refresh_from_db()
    assert report.state == "accepted"
    assert "Granted" in text(worker, f"/presence/corrections/{report.pk}/")
