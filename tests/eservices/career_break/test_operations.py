"""Requests are made once, changed while they may be, and nothing of it is lost."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.db import transaction as django_transaction

from guichet.audit.actors import Actor
from guichet.audit.models import Entry
from guichet.documents.models import Document
from guichet.eservices.career_break import drafting, operations
from guichet.eservices.career_break.content import OtherEmployer, asked_of, plain
from guichet.eservices.career_break.models import Draft, Notice, Part, Request, Version
from guichet.eservices.career_break.operations import NoParameters, Refused
from guichet.eservices.career_break.steps import UnknownRequest
from guichet.kernel.ticket import TicketNumber
from guichet.platform.db import transaction
from guichet.platform.models import Dispatch
from guichet.rules.career_break.states import StepRefused
from tests.eservices.career_break import world
from tests.eservices.career_break.world import ACTOR, FIRM, LUC, NADIA, NOW, OTHER, sender


@pytest.fixture(autouse=True)
def _registers(db: None) -> None:
    world.build()


def test_a_request_has_a_ticket_a_version_a_document_and_a_line_in_the_trail() -> None:
    row = world.filed()

    number = TicketNumber.parse(row.ticket)
    assert number.prefix == "04W"
    assert (row.state, row.version, row.channel) == ("wait_worker", 1, "portal")
    assert [one.event for one in row.versions.all()] == ["confirmed"]
    assert Document.objects.get(reference=row.document).kind == "career_break.part"
    assert (
        Entry.objects.filter(action="careerBreak.request.confirmed", target=row.ticket).count() == 1
    )
    assert Draft.objects.count() == 0


def test_c40_confirming_a_draft_twice_makes_one_request() -> None:
    draft = drafting.begin(niss=LUC, worker={}, sender=sender(), now=NOW)

    first = operations.confirm(key=draft.pk, asked=world.asked(), sender=sender(), now=NOW)
    again = operations.confirm(key=draft.pk, asked=world.asked(), sender=sender(), now=NOW)

    assert again.ticket == first.ticket
    assert Request.objects.count() == 1


def test_c42_a_confirmation_goes_once_to_the_address_of_the_parameters() -> None:
    world.filed(wants_mail=True)
    world.filed(NADIA, wants_mail=False)

    [mail] = Dispatch.objects.filter(recipient="personnel@example.be")
    assert LUC not in mail.body
    assert "Vandermeulen" not in mail.body


def test_c44_a_request_that_overlaps_another_one_names_its_ticket() -> None:
    row = world.filed()

    with pytest.raises(Refused) as refused:
        world.filed(first_day=date(2025, 4, 30), last_day=date(2025, 5, 29))

    [fault] = [one for one in refused.value.faults if one.blocks]
    assert fault.code == "V-DT-07"
    assert fault.values["ticket"] == TicketNumber(row.ticket).formatted()
    world.filed(first_day=date(2025, 5, 1), last_day=date(2025, 5, 31))


def test_the_database_itself_refuses_an_overlap() -> None:
    row = world.filed()
    row.pk, row.ticket, row.draft = None, "04W002AKJ7ERZ", uuid4()

    with pytest.raises(IntegrityError, match="no_overlap"), django_transaction.atomic():
        row.save(force_insert=True)


def test_c47_another_end_keeps_the_former_one_and_gets_a_ticket_of_its_own() -> None:
    row = world.filed(first_day=date(2025, 3, 1), last_day=date(2025, 4, 30))

    part = operations.modify_end(
        ticket=row.ticket, last_day=date(2025, 5, 31), comment="Plus tard", sender=sender(), now=NOW
    )

    row.refresh_from_db()
    assert row.last_day == date(2025, 5, 31)
    assert part.ticket != row.ticket
    assert TicketNumber.parse(part.ticket).prefix == "04W"
    kept = Version.objects.filter(request=row).order_by("number")
    assert [one.last_day for one in kept] == [date(2025, 4, 30), date(2025, 5, 31)]
    assert kept[1].said == {"comment": "Plus tard"}
    assert asked_of(row.content).last_day == date(2025, 5, 31)


def test_the_same_end_is_no_change() -> None:
    row = world.filed()

    with pytest.raises(Refused, match="V-MO-01"):
        operations.modify_end(
            ticket=row.ticket, last_day=row.last_day or date.min, comment="", sender=sender(),
            now=NOW,
        )  # fmt: skip
    assert Part.objects.count() == 0


def test_a_cancelled_request_leaves_its_days_free() -> None:
    row = world.filed()

    part = operations.cancel(ticket=row.ticket, sender=sender(), now=NOW)

    row.refresh_from_db()
    assert row.state == "cancelled"
    assert part.kind == "cancellation"
    assert world.filed().ticket != row.ticket


@pytest.mark.parametrize("step", ["cancel", "modify"])
def test_c49_what_the_worker_completed_stays_as_it_is(step: str) -> None:
    row = world.completed(world.filed())

    def act() -> None:
        if step == "cancel":
            operations.cancel(ticket=row.ticket, sender=sender(), now=NOW)
            return
        operations.modify_end(
            ticket=row.ticket, last_day=date(2025, 5, 31), comment="", sender=sender(), now=NOW
        )

    with pytest.raises(StepRefused) as refused:
        act()

    assert refused.value.why == "worker_completed"
    row.refresh_from_db()
    assert row.state == "wait_onem"
    assert Part.objects.count() == 0


def test_a_file_goes_from_the_worker_to_an_officer() -> None:
    row = world.completed(world.filed())
    assert row.completed_at == NOW

    taken = world.taken(row)

    assert taken.state == "in_progress"
    assert [one.event for one in row.versions.order_by("number")] == [
        "confirmed", "completed", "taken",
    ]  # fmt: skip


def test_nothing_of_another_employer_can_be_touched() -> None:
    row = world.filed()
    draft = drafting.begin(niss=LUC, worker={}, sender=sender(), now=NOW)
    by = sender(OTHER)

    with pytest.raises(UnknownRequest):
        operations.cancel(ticket=row.ticket, sender=by, now=NOW)
    with pytest.raises(UnknownRequest):
        operations.modify_end(
            ticket=row.ticket, last_day=date(2025, 5, 31), comment="", sender=by, now=NOW
        )
    with pytest.raises(UnknownRequest):
        drafting.keep(key=draft.pk, step="type", typed={}, sender=by, now=NOW)
    with pytest.raises(UnknownRequest):
        operations.confirm(key=draft.pk, asked=world.asked(), sender=by, now=NOW)
    with pytest.raises(UnknownRequest):
        drafting.forget(key=draft.pk, sender=by, now=NOW)
    stranger = Actor("person", NADIA)
    with pytest.raises(UnknownRequest):
        operations.complete(ticket=row.ticket, said={}, actor=stranger, now=NOW)


def test_without_parameters_nothing_is_confirmed() -> None:
    by = sender(world.BARE)
    draft = drafting.begin(niss=LUC, worker={}, sender=by, now=NOW)

    with pytest.raises(NoParameters):
        operations.confirm(key=draft.pk, asked=world.asked(), sender=by, now=NOW)
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_parameters_are_kept_once_with_what_changed() -> None:
    operations.keep_parameters(
        contact=replace(world.CONTACT, sector="public"), sender=sender(), now=NOW
    )

    line = Entry.objects.filter(action="careerBreak.parameters.changed", target=FIRM).latest("id")
    assert line.detail == {"changed": {"sector": ["private", "public"]}}


def test_of_two_open_notices_for_the_same_days_the_database_keeps_one() -> None:
    row = world.filed()
    given = {
        "employer": row.employer, "person": row.person, "leave": "parental", "regime": "half",
        "sent_at": NOW, "changed_at": NOW,
    }  # fmt: skip
    days = {"first_day": date(2025, 6, 1), "last_day": date(2025, 7, 31)}
    with transaction(actor=ACTOR):
        Notice.objects.create(ticket="26C0079PJ66CZ", **days, **given)
    with pytest.raises(IntegrityError, match="one_open"), transaction(actor=ACTOR):
        Notice.objects.create(ticket="26C0079PJ77CZ", **days, **given)


def test_what_is_asked_survives_json() -> None:
    full = world.asked(
        weeks=((date(2025, 4, 1), date(2025, 4, 7)),),
        others=(OtherEmployer(name="Ailleurs", contract_minutes=600),),
        details={"relation": "household"},
    )

    assert asked_of(plain(full)) == full


def test_a_draft_that_nobody_went_on_with_is_gone_after_thirty_days() -> None:
    worker = {"worker_code": "blue", "committee": "121"}
    drafting.begin(niss=LUC, worker=worker, sender=sender(), now=NOW)
    kept = drafting.begin(niss=NADIA, worker=worker, sender=sender(), now=NOW + world.DAY)
    over = NOW + timedelta(days=30)

    assert drafting.forget_old(now=over - timedelta(seconds=1)) == 0
    assert drafting.forget_old(now=over) == 1

    assert list(Draft.objects.values_list("pk", flat=True)) == [kept.pk]
