"""Asking the NSSO for a correction: who may, until when, with what; and the page of a request."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guichet.audit.models import Entry, Lookup
from guichet.demo import fixtures
from guichet.documents.attachments.models import Attachment
from guichet.eservices.presence.corrections import operations
from guichet.eservices.presence.models import Case, Correction
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from guichet.registers.persons.models import Person
from guichet.rules.presence_corrections import Step
from tests.portal.browsing import NOW, text, words
from tests.portal.requests_world import (
    GOOD,
    OWN_NEW,
    STAFF_NEW,
    ask,
    asked,
    attach,
    decided,
)  # fmt: skip
from tests.portal.world import CLERK, STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
TODAY = clock.today(NOW)
LIST = "/presence/staff/requests/"


def forgotten(world: World, *, days: int) -> tuple[int, date]:
    """An IN of so many days ago that no OUT followed."""
    day = TODAY - timedelta(days=days)
    [receipt] = world.day(fixtures.W1, "07:00", day=day)
    return receipt, day


def missing_out(client: Client, receipt: int, day: date, **given: object) -> Any:
    """Ask for the OUT of that day."""
    place = f"{STAFF_NEW}?receipt={receipt}&missing=1"
    return ask(
        client, place, type="out", day=day.isoformat(), time="15:30", site=fixtures.S1, **given
    )


def test_p91_a_forgotten_out_of_29_days_ago_is_accepted_for_review(
    clerk: Client, world: World
) -> None:
    receipt, day = forgotten(world, days=29)

    answer = missing_out(clerk, receipt, day)

    row = Case.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"{LIST}{row.number}/"
    assert TicketNumber.parse(row.number).signs == row.number
    assert (row.kind, row.type, row.state, row.receipts) == ("add", "out", "submitted", [])
    assert clock.brussels(row.occurred_at).isoformat() == f"{day}T15:30:00+01:00"
    assert row.last_day == day + timedelta(days=30)
    assert [one.applied_to for one in Attachment.objects.all()] == [row.number]
    said = text(clerk, f"{LIST}{row.number}/")
    assert "With the NSSO" in said
    assert "sheet.pdf" in said


def test_p91_on_day_30_it_is_still_in_time_and_on_day_31_refused_as_late_with_the_last_day_told(
    clerk: Client, world: World
) -> None:
    in_time, on_30 = forgotten(world, days=30)
    late, on_31 = forgotten(world, days=31)

    assert missing_out(clerk, in_time, on_30).status_code == 302
    answer = missing_out(clerk, late, on_31)

    assert answer.status_code == 422
    page = words(answer.content.decode())
    assert f"The NSSO could be asked until {on_31 + timedelta(days=30):%d/%m/%Y}" in page
    assert "forgot her badge" in answer.content.decode()
    assert Case.objects.count() == 1


def test_p91_the_last_second_of_the_last_day_counts(
    someone: Callable[..., Client], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt, day = forgotten(world, days=30)
    monkeypatch.setattr(clock, "now", lambda: world.at("23:59:59"))
    late = someone(CLERK, fixtures.E1)

    assert missing_out(late, receipt, day).status_code == 302


def test_p93_a_self_employed_person_files_for_herself_and_follows_it(
    world: World, someone: Callable[..., Client]
) -> None:
    receipt = world.day(fixtures.WS, "07:58 16:00", employer=fixtures.E4)[0]
    own = someone(fixtures.WS)
    assert "Ask the NSSO" in text(own, f"/presence/my-registrations/{receipt}/")

    row = asked(own, receipt, place=OWN_NEW, kind="changeTime", time="07:30")

    assert row.enterprise_number == ""
    assert row.filed_by.niss == fixtures.WS
    assert "Asked by the person himself" in text(own, f"/presence/requests/{row.number}/")
    assert (
        TicketNumber(row.number).formatted() in own.get("/presence/corrections/").content.decode()
    )


def test_p93_an_employee_is_sent_to_his_employer(world: World, worker: Client) -> None:
    receipt = world.day(fixtures.W1, "07:00 15:00")[0]
    place = f"{OWN_NEW}?receipt={receipt}"

    answers = [worker.get(place), ask(worker, place, kind="cancel")]

    there = f"/presence/my-registrations/{receipt}/mistake/"
    assert [answer["Location"] for answer in answers] == [there, there]
    assert "he asks the NSSO" in worker.get(there).content.decode()
    assert not Case.objects.exists()


def test_p94_without_a_document_it_is_refused_and_nothing_is_lost(
    clerk: Client, world: World
) -> None:
    receipt = world.day(fixtures.W1, "07:58 15:00")[0]

    answer = ask(
        clerk, f"{STAFF_NEW}?receipt={receipt}", kind="changeTime", time="07:30", attached=[]
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "A supporting document is needed" in words(page)
    assert GOOD["words"] in page
    assert 'value="07:30"' in page
    assert not Case.objects.exists()


def test_what_was_typed_waits_while_a_document_is_attached(clerk: Client, world: World) -> None:
    receipt = world.day(fixtures.W1, "07:58 15:00")[0]
    place = f"{STAFF_NEW}?receipt={receipt}"

    aside = clerk.post(place, GOOD | {"kind": "changeTime", "time": "07:30", "attach": "yes"})
    assert aside["Location"].startswith("/attachments/presence-correction/?next=")
    attached = attach(clerk)
    page = clerk.get(place).content.decode()

    assert GOOD["words"] in page
    assert 'value="07:30"' in page
    assert "sheet.pdf" in page
    clerk.post(place, GOOD | {"kind": "changeTime", "time": "07:30", "remove": attached})
    assert "sheet.pdf" not in clerk.get(place).content.decode()


def test_a_report_of_a_worker_is_prefilled_and_follows_its_request(
    clerk: Client, worker: Client, world: World
) -> None:
    receipt = world.day(fixtures.W1, "07:58 15:00")[0]
    worker.post(
        f"/presence/my-registrations/{receipt}/mistake/",
        {"kind": "changeTime", "time": "07:30", "reason": "deviceFailure", "words": "Broken."},
    )
    report = Correction.objects.get()
    place = f"{STAFF_NEW}?report={report.pk}"
    assert place in clerk.get("/presence/staff/corrections/").content.decode()
    page = clerk.get(place).content.decode()
    assert 'value="07:30"' in page
    assert "Broken." in page

    answer = ask(clerk, place, kind="changeTime", time="07:30")
    row = Case.objects.get()
    report.refresh_from_db()

    assert answer.status_code == 302
    assert (row.report_id, row.receipts, report.state) == (report.pk, [receipt], "submitted")
    mine = f"/presence/corrections/{report.pk}/"
    assert "Asked of the NSSO" in text(worker, mine)
    assert f"/presence/requests/{row.number}/" in worker.get(mine).content.decode()
    assert worker.post(mine, {"step": "withdraw"}).status_code == 409
    assert clerk.get(place).status_code == 404

    clerk.post(f"{LIST}{row.number}/withdraw/")
    report.refresh_from_db()

    assert report.state == "reported"
    assert clerk.get(place).status_code == 200


def test_the_worker_sees_the_request_about_him_but_not_the_documents(
    clerk: Client, worker: Client, world: World
) -> None:
    row = asked(clerk, world.day(fixtures.W1, "07:58")[0], kind="cancel")
    document = Attachment.objects.get()
    own = f"/presence/requests/{row.number}/"

    said = text(worker, own)

    assert "The registration should not exist" in said
    assert "sheet.pdf" not in said
    assert "Withdraw" not in said
    assert worker.get(f"{own}files/{document.pk}/").status_code == 404
    assert worker.post(f"{own}withdraw/").status_code == 404
    served = clerk.get(f"{LIST}{row.number}/files/{document.pk}/")
    assert served.status_code == 200
    assert "attachment" in served["Content-Disposition"]


def test_another_firms_request_and_none_are_the_same_404(
    clerk: Client, world: World, someone: Callable[..., Client]
) -> None:
    row = asked(clerk, world.day(fixtures.W1, "07:58")[0], kind="cancel")
    other = someone(CLERK, fixtures.E3)
    stranger = someone(STAFF[0].niss)
    unknown = TicketNumber.generate(prefix="26P", sequence=5).signs
    file = f"files/{Attachment.objects.get().pk}/"

    for number in (row.number, unknown, "nonsense"):
        assert other.get(f"{LIST}{number}/").status_code == 404
        assert other.get(f"{LIST}{number}/{file}").status_code == 404
        assert other.post(f"{LIST}{number}/withdraw/").status_code == 404
        assert stranger.get(f"/presence/requests/{number}/").status_code == 404
    assert clerk.get(f"{LIST}{row.number}/files/{uuid4()}/").status_code == 404
    row.refresh_from_db()
    assert row.state == "submitted"


@pytest.mark.parametrize("query", ["", "?receipt=x", "?receipt=1", "?report=99", "?report=9e9"])
def test_a_request_about_nothing_is_a_404(clerk: Client, worker: Client, query: str) -> None:
    assert clerk.get(STAFF_NEW + query).status_code == 404
    assert worker.get(OWN_NEW + query).status_code == 404


def test_only_the_own_staff_is_asked_about(
    clerk: Client, world: World, someone: Callable[..., Client]
) -> None:
    receipt = world.day(fixtures.W2, "07:00", employer=fixtures.E2)[0]

    # E1 declared the site and sees the act; the correction is the employer's to ask.
    assert clerk.get(f"/presence/staff/registrations/{receipt}/").status_code == 200
    assert clerk.get(f"{STAFF_NEW}?receipt={receipt}").status_code == 404
    assert someone(fixtures.W1).get(f"{OWN_NEW}?receipt={receipt}").status_code == 404
    assert someone(fixtures.W1).get(f"{STAFF_NEW}?receipt={receipt}").status_code == 403


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Choose what is wrong."),
        ({"kind": "changeTime"}, "Enter the right time"),
        ({"kind": "changeTime", "time": "25:00"}, "Enter a time"),
        ({"kind": "changeTime", "time": "07:58"}, "registered already"),
        ({"kind": "changeTime", "time": "23:00"}, "still to come"),
        ({"kind": "changeSite"}, "Enter the number of the right site."),
        ({"kind": "changeSite", "site": "nonsense"}, "not the number of a site"),
        ({"kind": "changeSite", "site": fixtures.S1}, "registered already"),
        ({"kind": "changeEmployer", "employer": "12"}, "not the number of an enterprise"),
        ({"kind": "add"}, "Choose what is wrong."),
        ({"kind": "cancel", "reason": "mood"}, "Choose why it went wrong."),
        ({"kind": "cancel", "also": ["1"]}, "Choose registrations of the list."),
        ({"kind": "cancel", "words": "x" * 2001}, "2000 signs"),
        ({"kind": "cancel", "attached": [str(uuid4())]}, "is gone"),
        ({"kind": "cancel", "attached": ["' OR 1=1"]}, "is gone"),
    ],
)
def test_what_is_not_understood_is_said_at_its_field(
    clerk: Client, world: World, given: dict[str, object], said: str
) -> None:
    receipt = world.day(fixtures.W1, "07:58 12:00")[0]

    answer = ask(clerk, f"{STAFF_NEW}?receipt={receipt}", **given)

    assert answer.status_code == 422
    assert said in words(answer.content.decode())
    assert not Case.objects.exists()


def test_one_fault_of_a_whole_day_is_one_request(clerk: Client, world: World) -> None:
    receipts = world.day(fixtures.W1, "07:58 12:00 12:30 15:00")

    row = asked(
        clerk, receipts[0], kind="changeSite", site=fixtures.S4,
        also=[str(one) for one in receipts[1:]],
    )  # fmt: skip

    assert row.receipts == receipts
    assert row.works_reference == fixtures.S4


def test_the_same_is_not_asked_twice(clerk: Client, world: World) -> None:
    receipt = world.day(fixtures.W1, "07:58")[0]
    row = asked(clerk, receipt, kind="changeTime", time="07:30")

    again = ask(clerk, f"{STAFF_NEW}?receipt={receipt}", kind="changeTime", time="07:31")

    assert again.status_code == 422
    assert TicketNumber(row.number).formatted() in again.content.decode()
    assert Case.objects.count() == 1


def test_a_request_is_withdrawn_until_it_is_decided(clerk: Client, world: World) -> None:
    first, second = world.day(fixtures.W1, "07:58 15:00")
    withdrawn = asked(clerk, first, kind="cancel")
    refused = decided(asked(clerk, second, kind="cancel"), Step.REFUSE)

    answers = [
        clerk.post(f"{LIST}{row.number}/withdraw/") for row in (withdrawn, withdrawn, refused)
    ]

    assert [answer.status_code for answer in answers] == [302, 409, 409]
    assert "This request was withdrawn." in answers[1].content.decode()
    assert "this request is not granted" in answers[2].content.decode()
    withdrawn.refresh_from_db()
    assert withdrawn.state == "withdrawn"
    done = Entry.objects.filter(action__startswith="presence.case.").order_by("id")
    assert [one.action.rpartition(".")[2] for one in done] == [
        "filed", "filed", "taken", "decided", "withdrawn",
    ]  # fmt: skip


def test_a_report_that_nobody_sent_by_its_last_day_ends(
    clerk: Client, worker: Client, world: World
) -> None:
    for client_of, hour in ((fixtures.W1, "07:58"), (fixtures.W1, "12:00")):
        receipt = world.day(client_of, hour)[0]
        worker.post(
            f"/presence/my-registrations/{receipt}/mistake/",
            {"kind": "cancel", "reason": "other", "words": "Not me."},
        )
    sent, left = Correction.objects.order_by("pk")
    assert ask(clerk, f"{STAFF_NEW}?report={sent.pk}", kind="cancel").status_code == 302

    last = world.at("23:59:59", day=left.last_day)
    ended = [operations.expire(now=last), operations.expire(now=last + timedelta(seconds=1))]

    states = dict(Correction.objects.values_list("pk", "state"))
    assert (ended, states) == ([0, 1], {sent.pk: "submitted", left.pk: "expired"})
    assert "Not sent in time" in text(worker, f"/presence/corrections/{left.pk}/")


def test_looking_at_a_request_leaves_a_trace(clerk: Client, world: World) -> None:
    row = asked(clerk, world.day(fixtures.W1, "07:58")[0], kind="cancel")
    kept = Lookup.objects.using("audit")
    before = kept.filter(purpose="presence.request", niss=fixtures.W1).count()

    clerk.get(f"{LIST}{row.number}/")
    clerk.get(LIST)

    after = kept.filter(purpose="presence.request", niss=fixtures.W1).count()
    assert after == before + 2


def test_the_list_costs_the_same_whatever_stands_in_it(
    clerk: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked(clerk, world.day(STAFF[0].niss, "07:58")[0], kind="cancel")
    clerk.get(LIST)
    with django_assert_num_queries(6):
        clerk.get(LIST)
    for person in STAFF[1:5]:
        asked(clerk, world.day(person.niss, "07:58")[0], kind="cancel")

    with django_assert_num_queries(6):
        answer = clerk.get(LIST)

    assert "5 requests" in answer.content.decode()
    assert Person.objects.filter(niss=STAFF[0].niss).exists()
