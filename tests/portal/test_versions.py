"""What a decision makes of an act, in every reading of it; what was recorded stays visible."""

from datetime import date, timedelta
from typing import Any, Final

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from guichet.audit.actors import system
from guichet.demo import fixtures
from guichet.ebox import senders
from guichet.eservices.presence import day_queries, queries, validation
from guichet.eservices.presence.corrections import deciding
from guichet.eservices.presence.corrections.deciding import Granted, NothingLeft, OwnRequest
from guichet.eservices.presence.criteria import SearchBody, criteria
from guichet.eservices.presence.day_queries import ActRow
from guichet.eservices.presence.models import Act, Case
from guichet.eservices.presence.receipts import squares
from guichet.eservices.presence.visibility import View
from guichet.kernel.label import Label
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.presence_log import partitions
from guichet.registers.persons.models import Person
from guichet.rules.presence_corrections import Step, StepRefused
from tests.portal.browsing import NOW, text
from tests.portal.requests_world import AGENT, STAFF_NEW, ask, asked, decided
from tests.portal.world import STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
TODAY = clock.today(NOW)
VIEW: Final = View(fixtures.E1, 1)


def found(**wanted: object) -> list[Any]:
    """What the machines of E1 find of today."""
    window = {"startDate": TODAY.isoformat(), "endDate": TODAY.isoformat()}
    import msgspec

    body = msgspec.convert({"criteria": {"registrationDate": window, **wanted}}, SearchBody)
    asked_for = criteria(body=body, today=TODAY)
    return list(queries.search(view=VIEW, criteria=asked_for, page=1, page_size=50).acts)


def act_of(receipt: int) -> ActRow:
    """As it holds now."""
    act = day_queries.act(receipt=receipt, language="en")
    assert act is not None
    return act


def checked(now: Any = NOW) -> None:
    """The validation looks at what decisions changed, whatever transaction the tests run in."""
    connection.cursor().execute("UPDATE presence_version SET recorded_in = 0")
    validation.revalidate_corrected(now=now)


def earlier(clerk: Client, world: World) -> tuple[int, Case]:
    """Karim's IN of 07:58 became one of 07:30."""
    receipt = world.day(fixtures.W1, "07:58 12:00")[0]
    row = decided(asked(clerk, receipt, kind="changeTime", time="07:30"), Step.ACCEPT)
    return receipt, row


def test_p92_an_accepted_time_is_edited_in_every_reading_and_the_record_stays(
    clerk: Client, worker: Client, world: World
) -> None:
    def file(place: str) -> str:
        answer: Any = clerk.get(place)
        return b"".join(answer.streaming_content).decode()

    receipt, row = earlier(clerk, world)
    checked()

    [act] = [one for one in found() if one.receipt == receipt]
    assert clock.brussels(act.occurred_at).time().isoformat() == "07:30:00"
    assert (act.status, act.status_at, act.remarks, act.validity) == (
        "edited", NOW, ["ciao_907"], "validated",
    )  # fmt: skip
    read, _hidden = queries.visible_act(view=VIEW, receipt=receipt)
    assert read is not None
    assert (read.occurred_at, read.status) == (act.occurred_at, "edited")
    # The log itself says what it always said.
    logged = Act.objects.get(receipt=receipt)
    assert clock.brussels(logged.occurred_at).time().isoformat() == "07:58:00"
    for client, place in (
        (clerk, f"/presence/staff/registrations/{receipt}/"),
        (worker, f"/presence/my-registrations/{receipt}/"),
    ):
        said = text(client, place)
        assert "IN of 24 November at 07:30" in said
        assert "Recorded: 24/11/2026 07:58" in said
        assert "Corrected: 24/11/2026 07:30" in said
        assert f"by decision of 24/11/2026 15:40:00, request {row.number[:3]}" in said
        assert "The sheet proves it." in said
    assert "4:30" in text(clerk, "/presence/staff/hours/")
    assert "07:30" in text(clerk, "/presence/staff/")
    assert "Corrected by the NSSO" in text(clerk, "/presence/staff/registrations/")
    assert "4:30" in file("/presence/staff/hours.csv")
    assert "Corrected by the NSSO" in file("/presence/staff/registrations.csv")
    assert "07:30" in text(worker, "/presence/my-registrations/")


def test_p92_worker_and_employer_are_informed_by_the_ebox(clerk: Client, world: World) -> None:
    label = Label("Office", "Office", "Office", "Office")
    with transaction():
        senders.connect(
            number=fixtures.E3, name=label, actor=system("tests"), now=NOW,
            applications={"presence": label},
        )  # fmt: skip

    receipt, row = earlier(clerk, world)

    told = [
        job.args for job in ProcrastinateJob.objects.filter(task_name="ebox.publish").order_by("id")
    ]
    assert [one.get("niss") or one["enterprise_number"] for one in told] == [
        fixtures.W1, fixtures.W1, fixtures.E1,
    ]  # fmt: skip
    assert "The sheet proves it." in told[1]["body"]
    assert told[2]["message_type"] == "presence.correction-staff"
    assert fixtures.W1 not in told[2]["body"]
    assert "Lemaire" not in told[2]["body"] + told[2]["subject"]
    assert f"/presence/staff/requests/{row.number}/" in told[2]["body"]
    assert receipt


def test_a_missing_out_becomes_an_act_with_status_edited(clerk: Client, world: World) -> None:
    receipt = world.day(fixtures.W1, "07:00")[0]
    place = f"{STAFF_NEW}?receipt={receipt}&missing=1"
    ask(clerk, place, type="out", day=TODAY.isoformat(), time="15:00", site=fixtures.S1)

    decided(Case.objects.get(), Step.ACCEPT)

    [added] = [one for one in found() if one.type == "out"]
    assert (added.status, added.channel, added.ssin) == ("edited", "correction", fixtures.W1)
    assert added.address is not None
    page = text(clerk, f"/presence/staff/registrations/{added.receipt}/")
    assert "Decision of the NSSO" in page
    assert "The sheet proves it." in page
    assert "8:00" in text(clerk, "/presence/staff/hours/")


def test_a_cancelled_act_is_shown_and_counts_nowhere(
    clerk: Client, worker: Client, world: World
) -> None:
    receipts = world.day(fixtures.W1, "06:00 07:00 07:30 12:00")
    row = asked(clerk, receipts[0], kind="cancel", also=[str(receipts[1])])

    decided(row, Step.ACCEPT)

    assert "4:30" in text(clerk, "/presence/staff/hours/")
    assert "06:00" not in text(clerk, "/presence/staff/")
    assert "Cancelled by the NSSO" in text(worker, "/presence/my-registrations/")
    assert {one.receipt: one.status for one in found()} == dict(
        zip(receipts, ["cancelled", "cancelled", "registered", "registered"], strict=True)
    )
    assert [one.receipt for one in found(status={"code": "cancelled"})] == receipts[1::-1]
    assert "counts in no hours" in text(clerk, f"/presence/staff/registrations/{receipts[0]}/")
    assert squares.of_act(act_of(receipts[0])) is None
    assert clerk.get(f"{STAFF_NEW}?receipt={receipts[0]}").status_code == 404


def test_who_was_cancelled_is_not_on_site(clerk: Client, world: World) -> None:
    receipt = world.day(fixtures.W1, "07:00")[0]
    assert "Lemaire" in text(clerk, "/presence/staff/on-site/")

    decided(asked(clerk, receipt, kind="cancel"), Step.ACCEPT)

    assert "Lemaire" not in text(clerk, "/presence/staff/on-site/")
    assert "Lemaire" not in text(clerk, "/presence/staff/")


def test_another_site_and_another_employer_are_found_where_they_are_now(
    clerk: Client, world: World
) -> None:
    first, second = world.day(fixtures.W1, "07:00 12:00")
    decided(asked(clerk, first, kind="changeSite", site=fixtures.S4), Step.ACCEPT)
    decided(asked(clerk, second, kind="changeEmployer", employer=fixtures.E2), Step.ACCEPT)

    assert [one.receipt for one in found(contractualRelationshipReference=fixtures.S4)] == [first]
    own = {"enterpriseNumber": fixtures.E1}
    assert [one.receipt for one in found(employer=own)] == [first]
    assert [one.receipt for one in found(status={"code": "edited"})] == [first]
    assert [one.receipt for one in found(status={"code": "registered"})] == []


def test_in_part_the_agents_values_hold_and_a_refusal_changes_nothing(
    clerk: Client, world: World
) -> None:
    first, second = world.day(fixtures.W1, "07:58 15:00")
    row = asked(clerk, first, kind="changeTime", time="07:00")
    less = Granted((first,), "in", world.at("07:30"), fixtures.S1, fixtures.E1, None)

    decided(row, Step.ACCEPT_PARTLY, granted=less)
    refused = decided(asked(clerk, second, kind="cancel"), Step.REFUSE)

    moments = {one.receipt: (clock.brussels(one.occurred_at).hour, one.status) for one in found()}
    assert moments == {first: (7, "edited"), second: (15, "registered")}
    assert refused.decision == "The sheet proves it."
    assert "Granted in part" in text(clerk, f"/presence/staff/requests/{row.number}/")


def test_a_second_correction_stands_on_the_first(clerk: Client, world: World) -> None:
    receipt, _row = earlier(clerk, world)

    decided(asked(clerk, receipt, kind="changeSite", site=fixtures.S4), Step.ACCEPT)

    [act] = [one for one in found() if one.receipt == receipt]
    assert (clock.brussels(act.occurred_at).minute, act.works_reference) == (30, fixtures.S4)
    said = text(clerk, f"/presence/staff/registrations/{receipt}/").partition("Recorded: ")[2]
    assert said.index("07:58") < said.index("Corrected: ") < said.rindex("Trois-Fontaines")
    assert said.count("Corrected: ") == 2


def test_what_stands_beside_a_corrected_act_is_looked_at_again(clerk: Client, world: World) -> None:
    first = world.day(fixtures.W1, "07:00")[0]
    second = world.act(fixtures.W1, "in", world.at("07:05"), remarks=["ciao_21"])

    decided(asked(clerk, first, kind="cancel"), Step.ACCEPT)
    checked()

    remarks = {one.receipt: one.remarks for one in found()}
    assert remarks[second] == []


def test_nobody_decides_for_himself_nor_twice_nor_what_was_not_taken(
    clerk: Client, world: World
) -> None:
    row = asked(clerk, world.day(AGENT, "07:58")[0], kind="cancel")
    other = asked(clerk, world.day(fixtures.W1, "07:58")[0], kind="cancel")

    with pytest.raises(OwnRequest):
        decided(row, Step.ACCEPT)
    with pytest.raises(StepRefused):
        _decide(other)
    decided(other, Step.ACCEPT)
    with pytest.raises(StepRefused):
        _decide(other)


def test_an_act_that_was_cancelled_meanwhile_cannot_be_changed(clerk: Client, world: World) -> None:
    receipt = world.day(fixtures.W1, "07:58")[0]
    change = asked(clerk, receipt, kind="changeTime", time="07:30")
    cancel = asked(clerk, receipt, kind="cancel")
    decided(cancel, Step.ACCEPT)

    with pytest.raises(NothingLeft):
        decided(change, Step.ACCEPT)

    change.refresh_from_db()
    assert change.state == "inReview"


def test_versions_go_with_the_acts_when_their_term_is_over(clerk: Client, world: World) -> None:
    earlier(clerk, world)
    following = date(TODAY.year + (TODAY.month == 12), TODAY.month % 12 + 1, 1)

    connection.ensure_connection()
    partitions.drop_before(connection=connection.connection, month=following)

    assert found() == []


def test_a_day_costs_the_same_whatever_was_corrected(
    clerk: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for person in STAFF[:3]:
        receipt = world.day(person.niss, "07:58 12:00")[0]
        decided(asked(clerk, receipt, kind="changeTime", time="07:30"), Step.ACCEPT)

    # The day, one statement for all acts whatever their versions; two more say who is expected.
    clerk.get("/presence/staff/")
    with django_assert_num_queries(4):
        clerk.get("/presence/staff/")
    assert len(found()) == 6


def _decide(row: Case) -> None:
    person = Person.objects.get(niss=AGENT)
    deciding.decide(
        number=row.number, step=Step.ACCEPT, granted=None, reason="Yes.", person_id=person.pk,
        actor=system("tests"), now=NOW + timedelta(minutes=1),
    )  # fmt: skip
