"""Taking, asking, answering, closing, looking again: every state, every party, two at once."""

from datetime import date, timedelta
from typing import Any

import pytest

from guichet.audit.actors import Actor
from guichet.audit.models import Entry
from guichet.documents.models import Document
from guichet.eservices.career_break.models import Decision, Request
from guichet.eservices.career_break.office import deciding, officers, operations, queries
from guichet.eservices.career_break.office.models import Handling, Proposal, Question
from guichet.eservices.career_break.office.officers import NotYours, UnknownOfficer
from guichet.eservices.career_break.office.operations import Asking, TooSoon, UnknownQuestion
from guichet.eservices.career_break.steps import UnknownRequest
from guichet.rules.career_break.states import State, StepRefused
from tests.eservices.career_break import world
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.office.desk import COLLEAGUE, FAR, LEADER, READER, officer
from tests.eservices.career_break.world import FIRM, LUC, NADIA, NOW, OTHER

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("office"),
]
UNTIL = date(2025, 2, 28)
WORKER = Actor("person", LUC)


def asking(who: str = "worker") -> Asking:
    """A question about the household."""
    return Asking(who, "household", "Avec qui habitez-vous ?", UNTIL)


def asked(row: Request, who: str = "worker") -> Question:
    """A question that waits for its answer."""
    return operations.ask(ticket=row.ticket, asking=asking(who), officer=officer(), now=NOW)


def state_of(row: Request) -> str:
    """As it stands in the database."""
    row.refresh_from_db()
    return row.state


def test_several_files_are_taken_and_what_is_not_ours_is_left() -> None:
    first, second = desk.waiting(), desk.waiting(NADIA)

    taken = operations.take(
        tickets=[first.ticket, second.ticket, "04W000000000Z", first.ticket], officer=officer(),
        now=NOW,
    )  # fmt: skip

    assert taken == [first.ticket, second.ticket]
    assert Handling.objects.filter(officer_id=officer().person_id).count() == 2
    assert Entry.objects.filter(action="careerBreak.request.taken").count() == 2


@pytest.mark.parametrize("niss", [FAR, LEADER, READER])
def test_who_may_not_handle_a_file_takes_none(niss: str) -> None:
    row = desk.waiting()

    assert operations.take(tickets=[row.ticket], officer=officer(niss), now=NOW) == []
    assert state_of(row) == "wait_onem"


def test_a_file_changes_hands_and_says_so() -> None:
    row = desk.taken()

    assert operations.take(tickets=[row.ticket], officer=officer(), now=NOW) == []
    assert operations.take(tickets=[row.ticket], officer=officer(COLLEAGUE), now=NOW) == [
        row.ticket
    ]

    assert row.handling.officer.niss == COLLEAGUE
    assert Entry.objects.filter(action="careerBreak.request.handed").count() == 1


@pytest.mark.parametrize("who", ["worker", "employer"])
def test_a_question_waits_for_whom_it_asks_and_its_answer_goes_on(who: str) -> None:
    row = desk.taken()

    question = asked(row, who)

    assert state_of(row) == "wait_documents"
    made = Document.objects.get(reference=question.document)
    assert made.kind == "career_break.question"
    assert "Avec qui habitez-vous ?" in made.data["missing"]
    assert (made.person_id is None) == (who == "employer")

    by = WORKER if who == "worker" else world.sender().actor
    firm = FIRM if who == "employer" else ""
    operations.answer(question=question.pk, text="Seul.", actor=by, employer=firm, now=NOW)

    assert state_of(row) == "in_progress"
    question.refresh_from_db()
    assert (question.state, question.answer) == ("answered", "Seul.")


def test_a_question_is_answered_by_whom_it_asks_and_once() -> None:
    question = asked(desk.taken())

    for by, firm in (
        (Actor("person", NADIA), ""), (world.sender().actor, FIRM), (world.sender().actor, OTHER),
    ):  # fmt: skip
        with pytest.raises(UnknownQuestion):
            operations.answer(question=question.pk, text="x", actor=by, employer=firm, now=NOW)
    operations.answer(question=question.pk, text="Seul.", actor=WORKER, now=NOW)
    with pytest.raises(UnknownQuestion):
        operations.answer(question=question.pk, text="Encore.", actor=WORKER, now=NOW)


def test_the_employer_reads_that_the_file_is_being_handled_while_the_office_waits() -> None:
    row = desk.taken()
    asked(row)

    page = world.clerk().get(f"/career-break/requests/{row.ticket}/").content.decode()

    assert "Being handled by ONEM" in page
    for hidden in ("Waiting for an answer", "household", "habitez-vous"):
        assert hidden not in page


def test_an_unanswered_file_is_closed_as_refused_once_the_term_is_over() -> None:
    row = desk.taken()
    asked(row)
    after = desk.moment(UNTIL + timedelta(days=1))

    with pytest.raises(TooSoon):
        deciding.close_unanswered(ticket=row.ticket, officer=officer(), now=desk.moment(UNTIL, 22))
    waits = deciding.close_unanswered(ticket=row.ticket, officer=officer(), now=after)
    assert isinstance(waits, Proposal)
    assert (state_of(row), Question.objects.get().state) == ("wait_documents", "open")
    with pytest.raises(operations.ProposalWaiting):
        deciding.close_unanswered(ticket=row.ticket, officer=officer(), now=after)
    done = deciding.sign(proposal=waits.pk, officer=officer(LEADER), now=after)

    assert done.result == "refused"
    assert done.content["period"] is None
    assert state_of(row) == "closed"
    assert Question.objects.get().state == "closed"
    assert "complet" in done.content["motivation"] or "complete" in done.content["motivation"]


def test_an_answer_that_still_comes_is_heard_and_no_refusal_is_signed_over_it() -> None:
    row = desk.taken()
    question = asked(row)
    after = desk.moment(UNTIL + timedelta(days=1))
    waits = deciding.close_unanswered(ticket=row.ticket, officer=officer(), now=after)

    operations.answer(question=question.pk, text="Seul.", actor=WORKER, now=after)

    with pytest.raises(deciding.Overtaken):
        deciding.sign(proposal=waits.pk, officer=officer(LEADER), now=after)
    deciding.withdraw(proposal=waits.pk, officer=officer(), now=after)
    assert state_of(row) == "in_progress"


def test_a_question_has_a_term_to_come() -> None:
    row = desk.taken()

    with pytest.raises(TooSoon):
        operations.ask(
            ticket=row.ticket, asking=Asking("worker", "other", "x", world.TODAY),
            officer=officer(), now=NOW,
        )  # fmt: skip


_STATES = [one for one in State if one is not State.DRAFT]


def _acts(row: Request) -> dict[str, Any]:
    return {
        "take": lambda: operations.take(tickets=[row.ticket], officer=officer(), now=NOW),
        "ask": lambda: asked(row),
        "give_up": lambda: deciding.close_unanswered(
            ticket=row.ticket, officer=officer(), now=NOW + timedelta(days=90)
        ),
        "reopen": lambda: operations.reopen(
            ticket=row.ticket, reason="Revu.", officer=officer(), now=NOW
        ),
    }


_OPEN = {
    "take": ("wait_onem", "in_progress", "wait_documents"),
    "ask": ("in_progress",),
    "give_up": ("wait_documents",),
    "reopen": ("closed",),
}


@pytest.mark.parametrize("state", _STATES)
@pytest.mark.parametrize("step", [*_OPEN])
def test_each_step_is_open_from_its_states_only(step: str, state: State) -> None:
    row = desk.taken()
    if step == "give_up":
        asked(row)
    Handling.objects.all().delete()
    row.refresh_from_db()
    row.state = state.value
    row.save(update_fields=["state"])

    try:
        done = _acts(row)[step]()
    except StepRefused:
        done = None

    assert bool(done) == (state in _OPEN[step])
    if state not in _OPEN[step]:
        assert state_of(row) == state


@pytest.mark.parametrize("niss", [FAR, LEADER, READER])
@pytest.mark.parametrize("step", ["ask", "give_up", "reopen"])
def test_steps_belong_to_the_officers_of_the_office(step: str, niss: str) -> None:
    row = desk.taken()
    other = officer(niss)
    acts = {
        "ask": lambda: operations.ask(ticket=row.ticket, asking=asking(), officer=other, now=NOW),
        "give_up": lambda: deciding.close_unanswered(ticket=row.ticket, officer=other, now=NOW),
        "reopen": lambda: operations.reopen(ticket=row.ticket, reason="x", officer=other, now=NOW),
    }

    with pytest.raises(NotYours):
        acts[step]()


def test_no_such_file_is_told_as_such() -> None:
    with pytest.raises(UnknownRequest):
        operations.ask(ticket="nonsense", asking=asking(), officer=officer(), now=NOW)


def test_the_list_holds_what_was_asked_for() -> None:
    desk.waiting()
    desk.taken(NADIA, worker={"language": "de"})
    wanted = queries.Wanted
    today = world.TODAY

    def found(**given: Any) -> int:
        return queries.count(wanted(today=today, **given))

    assert found() == 2
    assert (found(offices=("MON",)), found(offices=("LIE",))) == (2, 0)
    assert (found(leave="parental"), found(leave="ordinary")) == (2, 0)
    assert (found(language="de"), found(language="fr"), found(language="nl")) == (1, 1, 0)
    assert found(holder="mine", officer=officer().person_id) == 1
    assert found(holder="mine", officer=officer(COLLEAGUE).person_id) == 0
    assert found(holder="nobody") == 1
    assert (found(days=0), found(days=1)) == (2, 0)
    assert found(has_started=True) == 0
    assert found(is_ready=True) == 2
    assert found(states=("closed",)) == 0


def test_the_terms_change_their_colour_with_the_days() -> None:
    row = desk.waiting()

    def tone(days: int) -> tuple[str, int]:
        due = queries.due(row, today=world.TODAY + timedelta(days=days))
        assert due is not None
        return due.tone, due.target_left

    assert tone(0) == ("green", 30)
    assert tone(23) == ("amber", 7)
    assert tone(30) == ("amber", 0)
    assert tone(31) == ("red", -1)


def test_who_works_where_is_said_by_a_team_leader() -> None:
    with pytest.raises(NotYours):
        officers.give_post(niss=READER, office="MON", by=world.ACTOR, may_give=False, now=NOW)
    with pytest.raises(UnknownOfficer):
        officers.give_post(niss=READER, office="XXX", by=world.ACTOR, may_give=True, now=NOW)
    first = officers.give_post(niss=READER, office="MON", by=world.ACTOR, may_give=True, now=NOW)
    again = officers.give_post(niss=READER, office="MON", by=world.ACTOR, may_give=True, now=NOW)

    assert first.pk == again.pk
    assert officer(READER).offices == {"MON"}
    officers.take_post(post=first.pk, by=world.ACTOR, may_give=True, now=NOW)
    with pytest.raises(UnknownOfficer):
        officers.take_post(post=first.pk, by=world.ACTOR, may_give=True, now=NOW)
    assert officer(READER).offices == frozenset()


def test_the_worker_knows_a_decision_from_the_day_of_its_letter_on() -> None:
    row = desk.taken()
    deciding.decide(ticket=row.ticket, decided=desk.proposed(row), officer=officer(), now=NOW)

    assert queries.sent_decision(row, today=world.TODAY) is None
    known = queries.sent_decision(row, today=world.TODAY + timedelta(days=1))
    assert isinstance(known, Decision)
