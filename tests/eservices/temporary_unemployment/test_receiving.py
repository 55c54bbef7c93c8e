"""Receiving, changing and cancelling: what is stored, what is refused, who comes first."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guichet.audit.models import Entry
from guichet.eservices.temporary_unemployment import judging, operations, queries, steps
from guichet.eservices.temporary_unemployment.content import fault_of, plain_fault
from guichet.eservices.temporary_unemployment.models import Communication, Happening, Line
from guichet.eservices.temporary_unemployment.operations import Refused, Unseen, mark
from guichet.kernel.ticket import TicketNumber
from guichet.platform.db import transaction
from guichet.rules.temporary_unemployment.communication import Line as Said
from guichet.rules.temporary_unemployment.faults import needs_remark
from guichet.rules.temporary_unemployment.kinds import Channel, Kind, Reason
from guichet.rules.temporary_unemployment.states import Party, State, Step
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.world import (
    ACTOR,
    ANNE,
    FIRM,
    LUC,
    NOW,
    OTHER,
    SECRETARIAT,
    THEIRS,
    UNKNOWN,
    expected,
    first_day,
    moment,
    sender,
    sent,
)

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]


def keys(row: Communication) -> list[str]:
    """What was warned about at the receipt."""
    return [fault.key for fault in queries.warnings(row)]


def test_sc1_a_notice_in_time_is_received_without_a_warning_and_has_a_ticket_at_once() -> None:
    row = sent(expected(), seen=())
    assert (row.state, keys(row), row.told_on) == ("received", [], date(2025, 3, 9))
    assert str(TicketNumber.parse(row.ticket).signs).startswith("05W")
    assert row.office == "LIE"
    [entry] = Entry.objects.filter(action="temporaryUnemployment.communication.received")
    assert entry.target == row.ticket


def test_sc2_a_late_notice_is_told_with_its_cost_and_received_after_a_remark() -> None:
    told = expected(moment("2025-03-10"))
    with pytest.raises(Unseen) as told_first:
        sent(told, seen=())
    [fault] = told_first.value.faults
    assert fault.code == "CTW-014"
    assert needs_remark([fault])
    assert not Communication.objects.exists()
    row = sent(world.changed(told, remarks="The board decided late."), seen=[mark(fault)])
    assert keys(row) == ["CTW-014"]
    assert row.remarks == "The board decided late."
    [kept] = queries.warnings(row)
    assert kept == fault
    assert kept.inputs["wage_until"] == date(2025, 3, 23)


def test_a_fault_comes_back_from_json_as_it_was() -> None:
    told = expected(moment("2025-03-10"), last_day=date(2025, 4, 20), lines=(Said(niss=UNKNOWN),))
    for fault in judging.judge(told=told, sender=FIRM, now=told.said.received_at):
        again = fault_of(plain_fault(fault))
        assert again == fault
        assert dict(again.inputs) == dict(fault.inputs)


def test_sc10_without_the_undertaking_nothing_is_stored() -> None:
    with pytest.raises(Refused) as refused:
        sent(expected(no_subcontracting=False))
    assert [one.key for one in refused.value.faults] == ["CTW-017"]
    assert not Communication.objects.exists()


def test_sc16_moving_the_start_keeps_the_end_and_the_day_of_receipt() -> None:
    late = sent(expected(moment("2025-03-10")))
    told = expected(moment("2025-03-11"), first_day=date(2025, 3, 18), posted_on=date(2025, 3, 10),
                    changes=late.ticket)  # fmt: skip
    row = sent(told, seen=())
    late.refresh_from_db()
    assert (keys(row), row.told_on, late.state) == ([], date(2025, 3, 10), "modified")
    assert row.changes == late
    [happened] = Happening.objects.all()
    assert (happened.step, happened.detail) == ("modify", {"by": row.ticket})


def test_sc17_a_cancelled_one_stays_readable_and_the_new_one_has_its_own_ticket() -> None:
    late = sent(expected(moment("2025-03-10")))
    gone = operations.cancel(ticket=late.ticket, sender=sender(), now=moment("2025-03-11"))
    new = sent(expected(moment("2025-03-12"), first_day=date(2025, 3, 24)), seen=())
    assert gone.state == "cancelled"
    assert gone.cancellation_ticket.startswith("05C")
    assert new.ticket != late.ticket
    found = queries.communication(ticket=gone.cancellation_ticket, employer=FIRM)
    assert found == gone
    with pytest.raises(Refused):
        operations.cancel(ticket=late.ticket, sender=sender(), now=moment("2025-03-11"))


def test_sc34_a_second_reason_in_the_month_needs_no_communication() -> None:
    sent(expected(), seen=())
    sent(first_day(date(2025, 3, 17), moment("2025-03-17")), seen=())
    again = first_day(date(2025, 3, 20), moment("2025-03-20"), Reason.WEATHER)
    assert keys(sent(again, seen=())) == ["CTW-044"]


def test_a_first_day_that_came_too_early_is_as_if_never_told() -> None:
    sent(expected(), seen=())
    early = sent(first_day(date(2025, 3, 27), moment("2025-03-17")))
    assert Line.objects.get(communication=early).outcome == "too_early"
    row = sent(first_day(date(2025, 3, 27), moment("2025-03-26"), remarks="again"))
    assert keys(row) == []
    assert Line.objects.get(communication=row).accepted_from == date(2025, 3, 27)


def test_sc37_an_announcement_is_missed_for_economic_causes_only() -> None:
    assert keys(sent(first_day(date(2025, 3, 17), moment("2025-03-17")))) == ["CTW-043"]
    weather = first_day(date(2025, 4, 17), moment("2025-04-17"), Reason.WEATHER)
    assert keys(sent(weather)) == []


def test_sc26_a_mandate_that_ended_shows_nothing_of_the_employer() -> None:
    by = sender(sender=SECRETARIAT, channel=Channel.BATCH)
    told = world.changed(expected(), channel=Channel.BATCH)
    [outcome] = operations.communicate_many(batch=[told], sender=by, now=NOW)
    assert [one.key for one in outcome.faults] == ["CTW-002"]
    assert not outcome.is_taken


def test_sc32_a_bridge_day_stretches_the_window() -> None:
    world.closed(date(2025, 5, 2))
    start = {"first_day": date(2025, 5, 5), "last_day": date(2025, 5, 30)}
    sent(expected(moment("2025-04-25"), **start), seen=())
    on_time = first_day(date(2025, 5, 5), moment("2025-05-06"))
    assert judging.judge(told=on_time, sender=FIRM, now=on_time.said.received_at) == ()
    late = first_day(date(2025, 5, 5), moment("2025-05-07"))
    [fault] = judging.judge(told=late, sender=FIRM, now=late.said.received_at)
    assert (fault.code, fault.inputs["accepted"]) == ("CTW-042", date(2025, 5, 6))


def test_sc39_a_first_day_is_cancelled_in_its_window_or_with_a_warning() -> None:
    sent(expected(last_day=date(2025, 4, 30)))
    one = sent(first_day(date(2025, 4, 22), moment("2025-04-14")))
    known = queries.communication(ticket=one.ticket, employer=FIRM)
    assert operations.cancellation_faults(known, now=moment("2025-04-23")) == ()
    [late] = operations.cancellation_faults(known, now=moment("2025-04-24"))
    assert late.code == "CTW-083"
    operations.cancel(ticket=one.ticket, sender=sender(), now=moment("2025-04-24"))
    assert Happening.objects.get().detail["warned"] == ["CTW-083"]


def test_sc60_a_refused_form_stops_none_of_its_neighbours() -> None:
    by = sender(channel=Channel.BATCH)
    batch = [
        world.changed(
            expected(), channel=Channel.BATCH, first_day=date(2025, 3, 17) + timedelta(days=at),
            lines=(Said(niss=ANNE if at != 7 else "85073003329"),),
        )
        for at in range(10)
    ]  # fmt: skip
    outcomes = operations.communicate_many(batch=batch, sender=by, now=NOW)
    assert [one.is_taken for one in outcomes].count(True) == 9
    assert [one.key for one in outcomes[7].faults if one.blocks] == ["CTW-003"]
    assert outcomes[7].faults[0].field == "lines.1.niss"
    assert Communication.objects.count() == 9 == len({one.ticket for one in outcomes}) - 1
    [entry] = Entry.objects.filter(action="temporaryUnemployment.batch.received")
    assert entry.detail == {"forms": 10, "taken": 9}


def test_a_later_form_of_a_batch_knows_an_earlier_one() -> None:
    by = sender(channel=Channel.BATCH)
    batch = [
        world.changed(expected(), channel=Channel.BATCH),
        world.changed(first_day(date(2025, 3, 17), moment("2025-03-17")), channel=Channel.BATCH),
        world.changed(expected(), channel=Channel.BATCH),
    ]
    announced, first, same = operations.communicate_many(batch=batch, sender=by, now=NOW)
    assert announced.faults == first.faults == ()
    assert "CTW-084" in [one.key for one in same.faults]
    assert not same.is_taken


def test_a_batch_changes_and_withdraws_what_it_names() -> None:
    old, other = sent(expected()), sent(expected(lines=(Said(niss=LUC),)))
    by = sender(channel=Channel.REST)
    batch = [
        world.changed(expected(), channel=Channel.REST, changes=old.ticket,
                      first_day=date(2025, 3, 20)),
        replace(expected(), cancels=other.ticket),
        replace(expected(), cancels=other.ticket),
    ]  # fmt: skip
    new, gone, again = operations.communicate_many(batch=batch, sender=by, now=NOW)
    assert new.ticket.startswith("05B")
    assert gone.ticket.startswith("05C")
    assert [one.key for one in again.faults] == ["CTW-082.cancel"]
    states = dict(Communication.objects.values_list("ticket", "state"))
    assert (states[old.ticket], states[other.ticket]) == ("modified", "cancelled")


def test_sc69_another_employers_ticket_is_no_ticket() -> None:
    row = sent(expected())
    assert queries.communication(ticket=row.ticket, employer=OTHER) is None
    with pytest.raises(Refused) as refused:
        operations.cancel(ticket=row.ticket, sender=sender(OTHER), now=NOW)
    assert [one.key for one in refused.value.faults] == ["CTW-082.cancel"]


def test_sc69_lines_of_a_batch_are_one_statement_and_none_without_anothers_ticket() -> None:
    theirs = [sent(expected(lines=(Said(niss=niss),))) for niss in (ANNE, LUC)]

    def statements(tickets: list[str]) -> list[str]:
        batch = [
            world.changed(expected(enterprise=OTHER, lines=(Said(niss=THEIRS),)), changes=ticket)
            for ticket in tickets
        ]
        with CaptureQueriesContext(connection) as caught:
            operations.communicate_many(batch=batch, sender=sender(OTHER), now=NOW)
        return [one["sql"] for one in caught if "communication.refused" in one["sql"]]

    assert statements([""]) == []
    [lines] = statements([one.ticket for one in theirs])
    assert all(one.ticket in lines for one in theirs)


def test_sc70_the_same_within_a_day_asks_for_confirmation() -> None:
    sent(expected())
    with pytest.raises(Refused) as refused:
        sent(expected())
    assert "CTW-084" in [one.key for one in refused.value.faults]
    assert "CTW-024" in keys(sent(expected(), confirmed=True))


def test_one_draft_makes_one_communication_however_often_it_is_sent() -> None:
    draft = uuid4()
    first = sent(expected(), draft=draft)
    assert sent(expected(), draft=draft) == first
    assert Communication.objects.count() == 1


def test_workers_without_a_relation_are_warned_about() -> None:
    row = sent(expected(lines=(Said(niss=ANNE), Said(niss=UNKNOWN), Said(niss=THEIRS))))
    assert [(one.code, one.field) for one in queries.warnings(row)] == [
        ("CTW-004", "lines.2.niss"),
        ("CTW-004", "lines.3.niss"),
    ]


def test_the_stored_communication_is_what_was_told() -> None:
    told = expected()
    row = sent(told)
    again = queries.told_of(row)
    assert replace(again, said=again.said) == told
    assert again.digest == told.digest


def test_every_step_from_every_state_is_taken_or_stays_shut() -> None:
    for step in Step:
        for state in State:
            if state in (State.DRAFT, State.SUBMITTED, State.REJECTED):
                continue
            row = sent(expected(remarks=f"{step} {state}", section=f"{step}{state}"),
                       confirmed=True)  # fmt: skip
            given = {"state": state.value}
            if state is State.CANCELLED:
                given["cancellation_ticket"] = f"05C{row.ticket[3:]}"
            Communication.objects.filter(pk=row.pk).update(**given)
            party = Party.OFFICER if step in _OFFICE else Party.EMPLOYER
            _is_taken_or_shut(row, state, step, party)


_OFFICE = (Step.RECORD, Step.TAKE, Step.ACCEPT, Step.ACCEPT_PARTLY, Step.REFUSE, Step.REVISE)


def _is_taken_or_shut(row: Communication, state: State, step: Step, party: Party) -> None:
    from guichet.rules.temporary_unemployment.states import NEXT, may

    values = {"cancellation_ticket": f"05C{row.ticket[3:]}"} if step is Step.CANCEL else {}
    if step in (Step.SUBMIT, Step.RECORD, Step.RECEIVE, Step.REJECT):
        assert not may(state=state, step=step, party=party)
        return
    with transaction(actor=ACTOR):
        took = steps.took(
            key=row.pk, step=step, party=party, channel=Channel.WEB, by=ACTOR, now=NOW,
            with_values=values,
        )  # fmt: skip
    assert took is may(state=state, step=step, party=party)
    row.refresh_from_db()
    assert row.state == (NEXT[state, step] if took else state)


def test_sc64_a_decision_is_seen_at_midnight_of_the_day_after() -> None:
    row = sent(expected())
    at = moment("2025-03-19")
    with transaction(actor=ACTOR):
        steps.move(key=row.pk, step=Step.TAKE, by=ACTOR, now=at)
        steps.move(key=row.pk, step=Step.ACCEPT, by=ACTOR, now=at)
    row.refresh_from_db()
    assert row.state == "accepted"
    assert queries.shown_state(row, today=date(2025, 3, 19)) is State.UNDER_REVIEW
    assert queries.shown_state(row, today=date(2025, 3, 20)) is State.ACCEPTED
    with transaction(actor=ACTOR):
        steps.move(key=row.pk, step=Step.REVISE, by=ACTOR, now=moment("2025-03-21"))
        steps.move(key=row.pk, step=Step.REVISE, by=ACTOR, now=moment("2025-03-21"))
    row.refresh_from_db()
    assert queries.shown_state(row, today=date(2025, 3, 21)) is State.ACCEPTED
    assert queries.shown_state(row, today=date(2025, 3, 22)) is State.REVISED


def test_what_is_told_of_a_worker_is_found_by_his_numbers() -> None:
    row = sent(expected())
    sent(expected(lines=(Said(niss=LUC),)))
    [line] = queries.about_worker(
        numbers=[ANNE], first_day=date(2025, 4, 1), last_day=date(2025, 4, 30)
    )
    assert line.communication == row
    assert row.kind == Kind.EXPECTED
    assert not queries.about_worker(
        numbers=[ANNE], first_day=date(2025, 5, 1), last_day=date(2025, 5, 31)
    )


def test_the_overview_shows_the_own_communications_only() -> None:
    row = sent(expected())
    page = world.clerk().get("/temporary-unemployment/")
    assert TicketNumber(row.ticket).formatted() in page.content.decode()
    page = world.clerk(OTHER).get("/temporary-unemployment/")
    assert TicketNumber(row.ticket).formatted() not in page.content.decode()
