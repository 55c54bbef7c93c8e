"""Decisions: as the rules propose, as the officer says, revised by somebody else, seen the day
after; every step from every state by everybody."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from guichet.audit.models import Entry
from guichet.documents.models import Document
from guichet.eservices.temporary_unemployment import operations as core
from guichet.eservices.temporary_unemployment import queries as received
from guichet.eservices.temporary_unemployment.models import Communication, Happening
from guichet.eservices.temporary_unemployment.office import (
    channels,
    counters,
    deciding,
    judging,
    queries,
)
from guichet.eservices.temporary_unemployment.office.deciding import (
    Decided,
    Gap,
    Incomplete,
    SamePerson,
    UnknownCommunication,
)
from guichet.eservices.temporary_unemployment.office.models import Decision, Delivery, Handling
from guichet.eservices.temporary_unemployment.office.officers import NotYours, OwnFile
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from guichet.rules.temporary_unemployment.communication import Line
from guichet.rules.temporary_unemployment.decisions import Code, Result
from guichet.rules.temporary_unemployment.kinds import Channel
from guichet.rules.temporary_unemployment.proposing import Share
from guichet.rules.temporary_unemployment.states import DECIDED, NEXT, State, StepRefused
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.office import desk
from tests.eservices.temporary_unemployment.office.desk import (
    COLLEAGUE,
    FAR,
    LEADER,
    OFFICER,
    READER,
    officer,
)
from tests.eservices.temporary_unemployment.world import ANNE, LUC, NOW, TODAY

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("office"),
]
TOMORROW = TODAY + timedelta(days=1)
UNKNOWN = TicketNumber.generate(prefix="05W", sequence=987_654).signs
LATE = {"posted_on": date(2025, 3, 12)}


def late() -> Any:
    """A notice of 12 March for a start on 17 March."""
    return world.expected(world.moment("2025-03-12"), **LATE)


def revised(row: Communication, by: str = LEADER, now: datetime = NOW, **given: Any) -> Decision:
    """A second decision."""
    return deciding.decide(
        ticket=row.ticket,
        decided=desk.proposed(row, now, **{"why": "New facts."} | given),
        officer=officer(by),
        now=now,
    )


def test_a_communication_in_order_is_accepted_with_its_number_and_its_letter() -> None:
    done = desk.decided()

    assert (done.number, done.result, done.codes) == ("LIE-2025-000001", "accepted", [])
    assert (done.accepted_from, done.accepted_until) == (date(2025, 3, 17), date(2025, 4, 13))
    assert done.communication.state == State.UNDER_REVIEW  # as it was read
    row = Communication.objects.get()
    assert (row.state, row.decided_on) == ("accepted", TODAY)
    assert Document.objects.get(reference=done.document).subjects == [ANNE]
    assert [one.way for one in queries.deliveries(row)] == ["ebox"]
    [step] = Happening.objects.filter(step="accept")
    assert step.detail == {"decision": done.number}
    entry = Entry.objects.get(action="temporaryUnemployment.communication.decided")
    assert ANNE not in str(entry.detail)


def test_a_late_notice_is_partly_accepted_from_the_eighth_day_with_r02() -> None:
    done = desk.decided(late(), world.moment("2025-03-13"))

    assert (done.result, done.codes) == ("partially_accepted", ["R02"])
    assert done.accepted_from == date(2025, 3, 24)
    days = dict(done.content["days"])
    assert days["dernier jour pour la notification"] == "09/03/2025"
    assert any("23/03/2025" in line for line in done.content["wages"])


def test_numbers_count_on_by_office_and_year() -> None:
    with transaction.atomic():
        assert counters.take(office="LIE", year=2025, count=2) == [
            "LIE-2025-000001", "LIE-2025-000002",
        ]  # fmt: skip
        assert counters.take(office="LIE", year=2025) == ["LIE-2025-000003"]
        assert counters.take(office="MON", year=2025) == ["MON-2025-000001"]
        assert counters.take(office="LIE", year=2026) == ["LIE-2026-000001"]


def test_sc64_the_result_is_seen_from_midnight_and_not_a_second_before() -> None:
    at = datetime(2025, 3, 19, 9, 0, tzinfo=UTC)
    done = desk.decided(world.expected(), at)
    row = Communication.objects.get()

    for moment, seen in (
        (datetime(2025, 3, 19, 22, 59, 59, tzinfo=UTC), False),
        (datetime(2025, 3, 19, 23, 0, tzinfo=UTC), True),
    ):
        today = clock.today(moment)
        assert bool(queries.decisions_shown(row, today=today)) is seen
        assert (received.shown_state(row, today=today) is State.ACCEPTED) is seen
        found = queries.decision_shown(row=row, number=done.number, today=today)
        assert (found is not None) is seen
        assert (queries.held([done.document], today=today) == set()) is seen
        assert bool(queries.latest_shown([row.pk], today=today)) is seen
    assert received.shown_state(row, today=date(2025, 3, 19)) is State.UNDER_REVIEW


def test_sc68_a_revised_decision_stands_first_and_the_former_stays() -> None:
    first = desk.decided()
    row = Communication.objects.get()
    later = NOW + timedelta(days=3)

    second = revised(
        row, now=later, result=Result.REFUSED, codes=(Code.SUBCONTRACTED,), text="Inspection."
    )

    assert [one.number for one in queries.decisions_shown(row, today=TODAY + timedelta(4))] == [
        second.number, first.number,
    ]  # fmt: skip
    assert first.number in second.content["replaces"]
    row.refresh_from_db()
    assert row.state == "revised"
    assert queries.decisions_shown(row, today=TODAY + timedelta(3)) == [first]


def test_a_decision_is_never_written_over() -> None:
    done = desk.decided()

    for change in ("UPDATE {} SET result = 'refused'", "DELETE FROM {}"):
        with (
            pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor,
        ):  # fmt: skip
            cursor.execute(change.format("temporary_unemployment_decision"))
    assert Decision.objects.get().number == done.number


def test_what_nobody_saw_yet_is_not_sent_when_it_is_revised() -> None:
    first = desk.decided()

    second = revised(Communication.objects.get())

    assert Delivery.objects.get(decision=first).state == "withdrawn"
    assert Delivery.objects.get(decision=second).state == "waiting"


def test_nobody_revises_his_own_decision_and_only_who_may_does() -> None:
    desk.decided()
    row = Communication.objects.get()

    for niss in (OFFICER, COLLEAGUE, FAR, READER):
        with pytest.raises(NotYours):
            revised(row, niss)
    with pytest.raises(Incomplete) as missing:
        revised(row, why="  ")
    assert missing.value.gaps == (Gap.WHY_MISSING,)
    revised(row)
    with pytest.raises(SamePerson):
        revised(row)


@pytest.mark.parametrize(
    ("given", "gap"),
    [
        ({"result": Result.ACCEPTED, "codes": (Code.PRIOR_LATE,)}, Gap.CODE_UNWANTED),
        ({"result": Result.REFUSED, "codes": ()}, Gap.CODE_MISSING),
        ({"result": Result.REFUSED, "codes": (Code.OTHER,)}, Gap.TEXT_MISSING),
        ({"accepted_from": date(2025, 3, 16)}, Gap.DAYS_OUTSIDE),
        ({"accepted_until": date(2025, 4, 14)}, Gap.DAYS_OUTSIDE),
        ({"accepted_from": date(2025, 4, 2), "accepted_until": date(2025, 4, 1)},
         Gap.DAYS_OUTSIDE),
        ({"accepted_from": None}, Gap.DAYS_MISSING),
        ({"result": Result.PARTLY, "codes": (Code.TOO_LONG,)}, Gap.NOTHING_LESS),
    ],
)  # fmt: skip
def test_a_decision_with_a_gap_is_not_taken(given: dict[str, Any], gap: Gap) -> None:
    row = desk.taken()

    with pytest.raises(Incomplete) as missing:
        deciding.decide(
            ticket=row.ticket, decided=desk.proposed(row, **given), officer=officer(), now=NOW
        )

    assert gap in missing.value.gaps
    assert not Decision.objects.exists()


def test_other_reasons_have_their_own_words() -> None:
    done = desk.decided(result=Result.REFUSED, codes=(Code.OTHER,), text="  Nous expliquons. ")

    assert done.content["text"] == "Nous expliquons."
    assert done.accepted_from is None


def test_workers_can_be_decided_apart() -> None:
    lines = (Line(niss=ANNE), Line(niss=LUC))
    share = Share(line=2, result=Result.REFUSED, code=Code.NOT_IDENTIFIED)

    done = desk.decided(
        world.expected(lines=lines), result=Result.PARTLY, codes=(Code.NOT_IDENTIFIED,),
        shares=(share,),
    )  # fmt: skip

    assert done.shares[0]["line"] == 2
    letter = deciding.letter_of(done)
    assert "R15" in letter["workers"]["rows"][1][3]
    assert "R15" not in letter["workers"]["rows"][0][3]


ROLES = {"desk": OFFICER, "far": FAR, "sign": LEADER, "read": READER}


STORED = [
    one for one in State if one not in (State.DRAFT, State.SUBMITTED, State.REJECTED)
]  # fmt: skip


@pytest.mark.parametrize("state", STORED)
def test_every_decision_from_every_state_by_every_role(state: State) -> None:
    for role, result in product(ROLES, Result):
        _tried(_in(state), state, role, result)


def _in(state: State) -> Communication:
    """A new communication that is in this state."""
    row = world.sent(world.expected(), confirmed=True)
    given: dict[str, Any] = {"state": state.value}
    if state is State.CANCELLED:
        given["cancellation_ticket"] = row.ticket
    Communication.objects.filter(pk=row.pk).update(**given)
    return row


def _tried(row: Communication, state: State, role: str, result: Result) -> None:
    codes = () if result is Result.ACCEPTED else (Code.PRIOR_LATE,)
    wanted = Decided(
        result=result, codes=codes, accepted_from=date(2025, 3, 24),
        accepted_until=date(2025, 4, 13), why="Anew.",
    )  # fmt: skip
    may = role == ("sign" if state in DECIDED else "desk")
    opened = state is State.UNDER_REVIEW

    def act() -> Decision:
        return deciding.decide(
            ticket=row.ticket, decided=wanted, officer=officer(ROLES[role]), now=NOW
        )

    if not may:
        with pytest.raises(NotYours):
            act()
    elif not opened:
        # In a decided state without a decision there is nothing to revise either.
        with pytest.raises(StepRefused):
            act()
    else:
        act()
    row.refresh_from_db()
    reached = opened and may
    assert row.state == (NEXT[state, result.step].value if reached else state.value)
    assert Decision.objects.filter(communication=row).count() == int(reached)


@pytest.mark.parametrize("role", ROLES)
def test_taking_is_for_officers_of_the_office(role: str) -> None:
    row = world.sent(world.expected())

    taken = deciding.take(
        tickets=[row.ticket, row.ticket, UNKNOWN, "x"], officer=officer(ROLES[role]), now=NOW
    )

    assert taken == ([row.ticket] if role == "desk" else [])
    assert Handling.objects.count() == len(taken)


def test_a_colleague_takes_over_and_twice_is_once() -> None:
    row = desk.taken()

    assert deciding.take(tickets=[row.ticket], officer=officer(), now=NOW) == []
    assert deciding.take(tickets=[row.ticket], officer=officer(COLLEAGUE), now=NOW)
    assert Handling.objects.get().officer.niss == COLLEAGUE


def test_nobody_handles_what_names_himself() -> None:
    row = world.sent(world.expected(lines=(Line(niss=OFFICER),)))

    assert deciding.take(tickets=[row.ticket], officer=officer(), now=NOW) == []
    deciding.take(tickets=[row.ticket], officer=officer(COLLEAGUE), now=NOW)
    with pytest.raises(OwnFile):
        deciding.decide(ticket=row.ticket, decided=desk.proposed(row), officer=officer(), now=NOW)


def test_the_ticket_of_nothing_is_unknown() -> None:
    with pytest.raises(UnknownCommunication):
        deciding.decide(
            ticket=UNKNOWN, decided=Decided(result=Result.ACCEPTED), officer=officer(), now=NOW
        )


def test_a_communication_that_was_cancelled_meanwhile_is_not_decided() -> None:
    row = desk.taken()
    wanted = desk.proposed(row)
    core.cancel(ticket=row.ticket, sender=world.sender(), now=NOW)

    with pytest.raises(StepRefused):
        deciding.decide(ticket=row.ticket, decided=wanted, officer=officer(), now=NOW)

    assert not Decision.objects.exists()


def test_what_came_by_software_goes_back_by_it_too() -> None:
    told = world.expected(channel=Channel.BATCH)
    row = world.sent(told, by=world.sender(channel=Channel.BATCH))
    deciding.take(tickets=[row.ticket], officer=officer(), now=NOW)

    deciding.decide(ticket=row.ticket, decided=desk.proposed(row), officer=officer(), now=NOW)

    ways = {one.way: one.due_on for one in queries.deliveries(row)}
    assert ways == {"ebox": TOMORROW, "message": TOMORROW}
    assert not channels.has_way_back("web")


def test_an_announcement_that_came_meanwhile_counts() -> None:
    day = date(2025, 3, 17)
    row = world.sent(world.first_day(day, world.moment("2025-03-17")))
    before = judging.case(row, now=NOW).proposal
    world.sent(world.expected(world.moment("2025-03-18")))

    after = judging.case(row, now=world.moment("2025-03-18")).proposal

    assert (before.result, before.codes) == (Result.REFUSED, (Code.PRIOR_MISSING,))
    assert after.result is Result.ACCEPTED


def test_many_are_judged_as_one_by_one() -> None:
    rows = [world.sent(world.expected()), world.sent(late())]

    together = [one.proposal for one in judging.cases(rows, now=NOW)]

    assert together == [judging.case(row, now=NOW).proposal for row in rows]
    assert judging.cases([], now=NOW) == []
