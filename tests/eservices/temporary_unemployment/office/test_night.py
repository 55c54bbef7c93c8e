"""The night, and what the employer sees: each way once, broken off or not; one letter all over."""

import base64
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from lxml import etree

from guichet.audit.models import Entry
from guichet.documents import queries as sealed
from guichet.ebox import publishing, senders
from guichet.ebox.contents import CONTENTS
from guichet.ebox.models import Attachment, Message
from guichet.eservices.temporary_unemployment import operations
from guichet.eservices.temporary_unemployment.messages.models import Answer
from guichet.eservices.temporary_unemployment.messages.queries import decision_message
from guichet.eservices.temporary_unemployment.models import Communication, Happening
from guichet.eservices.temporary_unemployment.office import (
    channels,
    deciding,
    figures,
    jobs,
    night,
    nights,
    queries,
)
from guichet.eservices.temporary_unemployment.office.models import Decision, Delivery, Run
from guichet.eservices.temporary_unemployment.office.night import Part
from guichet.eservices.temporary_unemployment.operations import Refused
from guichet.kernel.label import Label
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.rules.temporary_unemployment.communication import Line
from guichet.rules.temporary_unemployment.decisions import Code, Result
from guichet.rules.temporary_unemployment.kinds import Channel
from tests.ebox.boxes import manage
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.messages import house
from tests.eservices.temporary_unemployment.office import desk
from tests.eservices.temporary_unemployment.office.desk import LEADER, officer
from tests.eservices.temporary_unemployment.world import ACTOR, ANNE, FIRM, LUC, NOW
from tests.portal.browsing import text, words

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("office"),
]
NIGHT = datetime(2025, 3, 10, 1, 0, tzinfo=UTC)
Given = list[tuple[str, bytes]]


@pytest.fixture
def sender() -> None:
    """The office sends by e-Box; the firm's box is there."""
    name = Label("RVA", "ONEM", "LfA", "ONEM")
    with transaction():
        senders.connect(
            number=desk.ONEM, name=name, actor=ACTOR, now=NOW,
            applications={night.APPLICATION: name},
        )  # fmt: skip
    manage(world.CLERK, FIRM, now=NOW)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Given:
    """A channel that keeps what it is given."""
    kept: Given = []

    def keep(decision: Decision, pdf: bytes, now: datetime) -> bool:
        kept.append((decision.number, pdf))
        return True

    monkeypatch.setattr(channels, "_KNOWN", {Channel.BATCH.value: keep})
    monkeypatch.setattr(channels, "discover", lambda name: None)
    return kept


def by_software() -> Decision:
    """A decision on what came in a file."""
    row = world.sent(world.expected(channel=Channel.BATCH), by=world.sender(channel=Channel.BATCH))
    deciding.take(tickets=[row.ticket], officer=officer(), now=NOW)
    return deciding.decide(
        ticket=row.ticket, decided=desk.proposed(row), officer=officer(), now=NOW
    )


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The clerk's browser at a moment."""
    monkeypatch.setattr(clock, "now", lambda: moment)
    return world.clerk()


def test_the_night_begins_at_two_in_brussels() -> None:
    assert not night.is_time(datetime(2025, 3, 10, 0, 59, tzinfo=UTC))
    assert night.is_time(NIGHT)
    assert night.is_time(datetime(2025, 7, 10, 0, 0, tzinfo=UTC))


def test_sc65_the_letter_goes_back_by_its_channel_byte_for_byte_as_on_the_page(
    sender: None, given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = by_software()

    assert nights.run(now=NOW) is None
    assert nights.run(now=NIGHT) is not None

    page = at(NIGHT, monkeypatch).get(
        f"/temporary-unemployment/communications/{done.communication.ticket}/decision/"
        f"{done.number}/document.pdf"
    )
    [(number, pdf)] = given
    [message] = Message.objects.all()
    attached = Attachment.objects.get(message=message)
    assert number == done.number
    assert pdf == page.content == sealed.sealed_pdf(reference=done.document)
    assert CONTENTS.read(attached.digest) == pdf
    assert attached.file_name in page["Content-Disposition"]
    assert {row.state for row in queries.deliveries(done.communication)} == {"sent"}


def test_the_message_has_its_own_type_and_names_nobody(sender: None) -> None:
    desk.decided()

    nights.run(now=NIGHT)

    [message] = Message.objects.all()
    assert (message.type, message.level, message.service) == (
        "decision.unemployment", 2, "temporary_unemployment",
    )  # fmt: skip
    for hidden in (ANNE, "Dubois", "ccept"):
        assert hidden not in message.subject + message.body


def test_a_night_that_runs_twice_or_was_broken_off_sends_each_once(
    sender: None, given: Given
) -> None:
    first = by_software()
    desk.decided(world.expected(lines=(Line(niss=LUC),)))
    assert night.deliver(decision=first.pk, sender=night.sender_number(), now=NIGHT)

    run = nights.run(now=NIGHT)

    assert run is not None
    assert (run.total, run.done, run.left, run.state) == (1, 1, 0, "done")
    assert nights.run(now=NIGHT) is None
    assert Message.objects.count() == 2
    assert len(given) == 1
    assert not Delivery.objects.filter(state="waiting").exists()


def test_parts_share_the_work(sender: None) -> None:
    for niss in (ANNE, LUC):
        desk.decided(world.expected(lines=(Line(niss=niss),)))
    with transaction():
        run = Run.objects.create(kind="night", state="running", total=2, started_at=NIGHT)

    done = [night.deliver_part(part=Part(at_, 2), run=run.pk, now=NIGHT) for at_ in range(2)]

    run.refresh_from_db()
    assert (sum(done), run.done) == (2, 2)
    assert Message.objects.count() == 2


def test_a_closed_channel_leaves_the_e_box_and_the_page(
    sender: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channels, "_KNOWN", {})
    monkeypatch.setattr(channels, "discover", lambda name: None)
    done = by_software()

    nights.run(now=NIGHT)

    states = {row.way: row.state for row in queries.deliveries(done.communication)}
    assert states == {"ebox": "sent", "message": "closed"}


def test_without_a_sender_everything_waits_and_is_tried_again(given: Given) -> None:
    by_software()

    run = nights.run(now=NIGHT)

    assert run is not None
    assert (run.done, run.left) == (0, 1)
    waiting = Delivery.objects.get(way="ebox")
    assert (waiting.state, waiting.attempts, waiting.problem) == ("waiting", 1, "no_sender")
    assert len(given) == 1


def test_a_box_that_is_not_open_gets_paper(
    sender: None, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    def closed(**given: object) -> None:
        raise publishing.NoDigitalUser

    monkeypatch.setattr(publishing, "deliver", closed)
    desk.decided()

    nights.run(now=NIGHT)

    assert Delivery.objects.get().state == "paper"
    assert len(queries.to_post(["LIE"])) == 1


def test_the_job_runs_the_night_only_after_two(
    sender: None, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    desk.decided()
    monkeypatch.setattr(clock, "now", lambda: NIGHT - timedelta(hours=2))
    jobs.deliver(0)
    assert not Run.objects.exists()

    monkeypatch.setattr(clock, "now", lambda: NIGHT)
    jobs.deliver(0)

    assert Run.objects.get().done == 1
    assert Entry.objects.filter(action="temporaryUnemployment.decision.sent").count() == 1


def test_the_job_of_many_decides_as_the_officer_who_asked() -> None:
    row = world.sent(world.expected())
    with transaction():
        run = Run.objects.create(
            kind="decisions", total=1, started_at=NOW, started_by_id=officer().person_id,
            wanted={"keys": [row.pk], "enterprise": desk.ONEM, "filter": {}},
        )  # fmt: skip

    jobs.decide_many(run=run.pk)
    jobs.decide_many(run=run.pk)
    jobs.decide_many(run=0)

    run.refresh_from_db()
    assert (run.state, run.done) == ("done", 1)
    assert Decision.objects.get().decided_by_id == officer().person_id


def test_sc64_the_employer_reads_under_examination_until_midnight(
    sender: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = desk.decided()
    where = f"/temporary-unemployment/communications/{done.communication.ticket}/decision/"
    letter = f"{where}{done.number}/document.pdf"
    evening = datetime(2025, 3, 9, 22, 59, 59, tzinfo=UTC)

    client = at(evening, monkeypatch)
    page = text(client, where)
    assert "Under examination" in page
    assert "No decision can be read yet" in page
    assert done.number not in page
    assert client.get(letter).status_code == 404

    client = at(evening + timedelta(seconds=1), monkeypatch)
    assert done.number in text(client, where)
    assert client.get(letter).content.startswith(b"%PDF")


def test_sc68_the_employer_reads_both_the_newest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    first = desk.decided()
    row = Communication.objects.get()
    second = deciding.decide(
        ticket=row.ticket, officer=officer(LEADER), now=NOW + timedelta(days=2),
        decided=desk.proposed(
            row, result=Result.REFUSED, codes=(Code.SUBCONTRACTED,), why="Inspection"
        ),
    )  # fmt: skip
    where = f"/temporary-unemployment/communications/{row.ticket}/decision/"

    page = text(at(NOW + timedelta(days=3), monkeypatch), where)

    assert page.index(second.number) < page.index(first.number)
    assert "replaced" in page
    assert "Inspection" not in page


def test_sc69_anothers_decision_is_as_unknown_as_none() -> None:
    done = desk.decided()
    where = f"/temporary-unemployment/communications/{done.communication.ticket}/decision/"

    other = world.clerk(world.OTHER)
    for address in (where, f"{where}{done.number}/document.pdf"):
        assert other.get(address).status_code == 404
    assert "No decision" in words(world.clerk().get(where).content.decode())


def test_sc65_the_message_of_the_decision_holds_the_letter_of_the_page(sender: None) -> None:
    house.build()
    done = by_software()

    nights.run(now=NIGHT)

    answer = Answer.objects.get(kind="DEFI", communication=done.communication.ticket)
    told = etree.fromstring(decision_message(enterprise=FIRM, number=answer.pk) or b"")
    content = told.findtext(".//Content") or ""
    assert base64.b64decode(content) == sealed.sealed_pdf(reference=done.document)
    assert told.findtext(".//DecisionNbr") == done.number
    assert told.findtext(".//DecisionResult") == "1"
    assert told.findtext(".//AcceptedFrom") == "2025-03-17"
    assert {row.state for row in queries.deliveries(done.communication)} == {"sent"}


def test_on_its_day_a_decision_hides_behind_a_withdrawal_and_is_void(sender: None) -> None:
    done = desk.decided()
    row = done.communication
    page = text(world.clerk(), f"/temporary-unemployment/communications/{row.ticket}/cancel/")
    assert "CTW-082" not in page

    gone = operations.cancel(ticket=row.ticket, sender=world.sender(), now=NOW)

    assert (gone.state, gone.decided_on, gone.shown_before) == ("cancelled", None, "")
    step = Happening.objects.get(step="cancel")
    assert (step.before, step.after) == ("under_review", "cancelled")
    assert nights.run(now=NIGHT) is None
    assert set(Delivery.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert not Message.objects.exists()
    assert queries.decisions_shown(gone, today=clock.today(NIGHT)) == []
    assert queries.held([done.document], today=clock.today(NIGHT)) == {done.document}
    assert figures.table(by="result", since=world.TODAY, until=world.TODAY) == []


def test_on_its_day_a_decision_hides_behind_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    done = desk.decided()
    told = world.expected(changes=done.communication.ticket, last_day=date(2025, 4, 6))

    new = world.sent(told, seen=())

    old = Communication.objects.get(pk=done.communication_id)
    assert (old.state, new.state, new.changes) == ("modified", "received", old)
    client = at(NOW + timedelta(days=1), monkeypatch)
    where = f"/temporary-unemployment/communications/{old.ticket}/"
    assert done.number not in text(client, where + "decision/")
    assert "accepted" not in text(client, where).lower()
    assert "void" in text(desk.at_desk(), f"/desk/temporary-unemployment/{old.ticket}/")


def test_the_day_after_a_decision_nothing_is_withdrawn_any_more() -> None:
    row = desk.decided().communication

    with pytest.raises(Refused) as refused:
        operations.cancel(ticket=row.ticket, sender=world.sender(), now=NOW + timedelta(days=1))

    assert [one.key for one in refused.value.faults] == ["CTW-082.cancel"]
    assert Communication.objects.get().state == "accepted"


def test_what_was_revised_on_a_later_day_stays_decided() -> None:
    row = desk.decided().communication
    later = NOW + timedelta(days=2)
    deciding.decide(
        ticket=row.ticket, decided=desk.proposed(row, later, why="New facts."),
        officer=officer(LEADER), now=later,
    )  # fmt: skip

    with pytest.raises(Refused):
        operations.cancel(ticket=row.ticket, sender=world.sender(), now=later)
