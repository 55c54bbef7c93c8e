"""What weighs on what: changes, forms of one file, temp workers, and what came first."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from guichet.eservices.temporary_unemployment import changing, following, judging, operations
from guichet.eservices.temporary_unemployment.content import Told
from guichet.eservices.temporary_unemployment.messages import telling
from guichet.eservices.temporary_unemployment.messages.models import Delivery
from guichet.eservices.temporary_unemployment.office import judging as office
from guichet.eservices.temporary_unemployment.operations import Outcome
from guichet.kernel.period import Period
from guichet.platform.db import transaction
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.rules.temporary_unemployment.communication import Line
from guichet.rules.temporary_unemployment.decisions import Result
from guichet.rules.temporary_unemployment.kinds import Category, Channel, Reason, Regime
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.world import (
    ACTOR,
    ANNE,
    FIRM,
    NOW,
    OTHER,
    STRANGER,
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


def of_file(*batch: Told) -> tuple[Outcome, ...]:
    """Received as the forms of one file."""
    told = [world.changed(one, channel=Channel.BATCH) for one in batch]
    by = sender(channel=Channel.BATCH)
    return operations.communicate_many(batch=told, sender=by, now=told[0].said.received_at)


def keys(outcome: Outcome) -> list[str]:
    """What was found of a form."""
    return [one.key for one in outcome.faults]


def frost(day: str, sent_on: str) -> Told:
    """A first day of bad weather."""
    return first_day(date.fromisoformat(day), moment(sent_on), Reason.WEATHER)


def test_a_first_day_that_is_changed_is_not_called_superfluous() -> None:
    first = sent(frost("2025-03-18", "2025-03-18"))
    again = frost("2025-03-19", "2025-03-19")
    changed = world.changed(again, changes=first.ticket)

    def judged(told: Told) -> list[str]:
        found = judging.judge(told=told, sender=FIRM, now=told.said.received_at)
        return [one.key for one in found]

    assert (judged(again), judged(changed)) == (["CTW-044"], [])


def test_what_is_withdrawn_in_a_file_can_be_sent_again_in_the_same_file() -> None:
    frozen = world.changed(frost("2025-03-18", "2025-03-18"), channel=Channel.BATCH)
    old = operations.communicate_many(
        batch=[frozen], sender=sender(channel=Channel.BATCH), now=frozen.said.received_at
    )[0]

    gone, new = of_file(replace(frozen, cancels=old.ticket), frozen)

    assert gone.is_taken
    assert (new.is_taken, keys(new)) == (True, [])


def test_a_first_day_that_came_too_early_does_not_make_the_right_one_superfluous() -> None:
    now = moment("2025-03-18")
    early, right = (first_day(date(2025, 3, day), now, Reason.WEATHER) for day in (25, 19))

    too_early, on_time = of_file(early, right)

    assert keys(too_early) == ["CTW-041"]
    assert keys(on_time) == []


def test_the_office_weighs_the_later_one_on_the_earlier_and_not_the_other_way_round() -> None:
    earlier = sent(expected())
    later = sent(
        expected(moment("2025-03-10"), first_day=date(2025, 4, 7), last_day=date(2025, 4, 20))
    )

    first, second = office.cases([earlier, later], now=moment("2025-03-12"))

    assert [one.key for one in first.faults] == []
    assert "CTW-024" in [one.key for one in second.faults]


def test_a_credit_that_a_later_one_exhausts_is_whole_for_the_first() -> None:
    white = {
        "reason": Reason.WHITE_COLLAR, "committee": "200", "regime": Regime.WHITE_FULL,
        "lines": (Line(niss=ANNE, category=Category.WHITE),),
    }  # fmt: skip
    ten = {"first_day": date(2025, 3, 24), "last_day": date(2025, 6, 1)}
    ten_more = {"first_day": date(2025, 6, 2), "last_day": date(2025, 8, 10)}
    first, second = (sent(expected(**white | days)) for days in (ten, ten_more))

    cases = office.cases([first, second], now=moment("2025-03-12"))

    exhausted = [{one.key for one in case.faults} & {"CTW-026"} for case in cases]
    assert exhausted == [set(), {"CTW-026"}]


def test_the_office_does_not_find_a_first_day_superfluous_because_of_itself() -> None:
    row = sent(frost("2025-03-18", "2025-03-18"))

    assert office.case(row, now=moment("2025-03-20")).faults == ()


def test_a_temp_worker_is_known_from_dimona_in_every_channel() -> None:
    record = EmploymentRecord(
        niss=STRANGER, employer=FIRM, joint_committee="322", worker_type="BCW",
        user_enterprise=OTHER, first_day=date(2024, 1, 1),
    )  # fmt: skip
    with transaction(actor=ACTOR):
        employments.declare(employment=record, actor=ACTOR, now=NOW)
    temp = expected(lines=(Line(niss=ANNE), Line(niss=STRANGER)))

    [refused] = of_file(temp)
    assert keys(refused) == ["CTW-036"]
    assert refused.faults[0].field == "lines.2.is_agency"

    permanent = expected(
        enterprise=OTHER, establishment=world.ELSEWHERE_PLACE, postcode="9000",
        lines=(Line(niss=world.THEIRS),),
    )  # fmt: skip
    sent(permanent)
    [taken] = of_file(temp)
    assert (taken.is_taken, keys(taken)) == (True, [])


def test_an_accepted_announcement_stays_whole_when_another_follows() -> None:
    row = sent(expected())
    sent(expected(moment("2025-03-10"), first_day=date(2025, 4, 14), last_day=date(2025, 4, 20)))

    assert office.case(row, now=moment("2025-03-12")).proposal.result is Result.ACCEPTED


def test_a_start_that_moves_keeps_its_first_receipt_only_in_the_same_scheme() -> None:
    cycle = (frozenset({0, 1}),)
    old = sent(expected(regime=Regime.LARGE, cycle=cycle))
    later = {"first_day": date(2025, 3, 20), "changes": old.ticket, "posted_on": date(2025, 3, 9)}

    def judged(**other: Any) -> list[str]:
        told = world.changed(expected(moment("2025-03-12"), **later), **other)
        return [one.key for one in judging.judge(told=told, sender=FIRM, now=told.said.received_at)]

    assert judged(regime=Regime.LARGE, cycle=cycle) == []
    # Another scheme is told on the 12th: not the day of the notice.
    assert judged() == ["CTW-015"]


def test_a_trial_of_a_file_knows_its_earlier_forms_as_a_real_one_does() -> None:
    batch = [
        world.changed(one, channel=Channel.BATCH)
        for one in (expected(), first_day(date(2025, 3, 17), moment("2025-03-17")))
    ]
    delivery = Delivery(
        surrounding="S",
        enterprise=FIRM,
        language="fr",
        channel="sftp",
        actor=f"system|tests|{FIRM}",
    )

    answers = telling._judged(batch, delivery, NOW)

    assert [[one.key for one in faults] for _ticket, faults in answers] == [[], []]


def test_the_month_of_a_worker_shows_neither_days_of_work_nor_a_closure_nor_a_bridge_day() -> None:
    world.closed(date(2025, 3, 28))
    monday_and_tuesday = (frozenset({0, 1}),)
    cut = Period(date(2025, 3, 24), date(2025, 3, 26))
    sent(expected(regime=Regime.LARGE, cycle=monday_and_tuesday, excluded=(cut,)), seen=())

    [month] = following.months_of_workers(
        employer=FIRM, month=date(2025, 3, 1), today=date(2025, 3, 9)
    )

    assert sorted(day.day for day in month.announced) == [19, 20, 21, 27]


def test_a_copy_for_the_next_month_begins_on_a_working_day_of_the_firm() -> None:
    row = sent(frost("2025-03-18", "2025-03-18"))
    world.closed(date(2025, 4, 1))

    boxes = changing.next_month(row, today=date(2025, 3, 20))

    assert boxes["month"]["day"] == "02/04/2025"


def test_a_form_for_a_closed_establishment_stops_and_its_neighbours_go_on() -> None:
    world.shut(date(2025, 3, 16))
    here, before = expected(), expected(first_day=date(2025, 3, 10), last_day=date(2025, 3, 16))
    there = expected(establishment=world.EUPEN, postcode="4700", lines=(Line(niss=world.LUC),))

    closed, late, elsewhere = of_file(here, before, there)

    assert (closed.ticket, keys(closed)) == ("", ["CTW-008.closed"])
    assert late.ticket
    assert keys(elsewhere) == []


def test_what_was_told_of_an_establishment_stands_when_it_closes() -> None:
    row = sent(expected())
    world.shut(date(2025, 3, 10))

    operations.cancel(ticket=row.ticket, sender=sender(), remark="", now=NOW)

    row.refresh_from_db()
    assert row.cancelled_at is not None
