"""Two officers at the same moment: the database says who was first."""

from datetime import date

import pytest

from guichet.audit.actors import Actor
from guichet.eservices.career_break import operations as requests
from guichet.eservices.career_break.models import Decision
from guichet.eservices.career_break.office import deciding, operations
from guichet.eservices.career_break.office.models import Handling, Proposal, Question
from guichet.eservices.career_break.office.operations import ProposalWaiting
from guichet.rules.career_break.decisions import Result
from guichet.rules.career_break.states import StepRefused
from tests.eservices.career_break import world
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.office.desk import COLLEAGUE, LEADER, officer
from tests.eservices.career_break.test_at_once import at_once
from tests.eservices.career_break.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _office() -> None:
    world.build()
    desk.furnish()


def test_a_file_that_two_officers_take_at_once_has_one_of_them() -> None:
    row = desk.waiting()
    first, second = officer(), officer(COLLEAGUE)

    found = at_once(
        lambda: operations.take(tickets=[row.ticket], officer=first, now=NOW),
        lambda: operations.take(tickets=[row.ticket], officer=second, now=NOW),
    )

    assert not any(isinstance(one, Exception) for one in found), found
    row.refresh_from_db()
    assert row.state == "in_progress"
    assert row.versions.filter(event="taken").count() == 1
    assert Handling.objects.count() == 1


def test_a_file_that_two_officers_decide_at_once_has_one_decision() -> None:
    row = desk.taken()
    wanted = desk.proposed(row)
    first, second = officer(), officer(COLLEAGUE)

    done = at_once(
        lambda: deciding.decide(ticket=row.ticket, decided=wanted, officer=first, now=NOW),
        lambda: deciding.decide(ticket=row.ticket, decided=wanted, officer=second, now=NOW),
    )

    assert sorted(type(one).__name__ for one in done) == ["Decision", "StepRefused"]
    assert Decision.objects.count() == 1


def test_two_proposals_at_once_leave_one() -> None:
    row = desk.taken()
    wanted = desk.proposed(row, result=Result.REFUSED, paid=(), why="Non.")
    first, second = officer(), officer(COLLEAGUE)

    done = at_once(
        lambda: deciding.decide(ticket=row.ticket, decided=wanted, officer=first, now=NOW),
        lambda: deciding.decide(ticket=row.ticket, decided=wanted, officer=second, now=NOW),
    )

    assert [one for one in done if isinstance(one, ProposalWaiting)]
    assert Proposal.objects.filter(state="waiting").count() == 1


def test_a_signature_and_a_refusal_to_sign_at_once_leave_one_of_them() -> None:
    row = desk.taken()
    wanted = desk.proposed(row, result=Result.REFUSED, paid=(), why="Non.")
    proposal = deciding.decide(ticket=row.ticket, decided=wanted, officer=officer(), now=NOW)
    leader = officer(LEADER)

    at_once(
        lambda: deciding.sign(proposal=proposal.pk, officer=leader, now=NOW),
        lambda: deciding.send_back(proposal=proposal.pk, reason="x", officer=leader, now=NOW),
    )

    kept = Proposal.objects.get()
    assert Decision.objects.count() == (1 if kept.state == "signed" else 0)
    assert kept.state in ("signed", "sent_back")


def test_a_question_and_a_decision_at_once_leave_one_of_them() -> None:
    row = desk.taken()
    wanted = desk.proposed(row)
    asking = operations.Asking("worker", "household", "", date(2025, 2, 28))
    first, second = officer(), officer(COLLEAGUE)

    done = at_once(
        lambda: deciding.decide(ticket=row.ticket, decided=wanted, officer=first, now=NOW),
        lambda: operations.ask(ticket=row.ticket, asking=asking, officer=second, now=NOW),
    )

    assert len([one for one in done if isinstance(one, StepRefused)]) == 1
    assert Decision.objects.count() + Question.objects.count() == 1


@pytest.mark.parametrize("state", ["wait_onem", "in_progress"])
def test_an_employer_changes_nothing_while_the_office_acts(state: str) -> None:
    row = desk.waiting() if state == "wait_onem" else desk.taken()
    wanted = None if state == "wait_onem" else desk.proposed(row)
    by = officer()

    def act() -> object:
        if wanted is None:
            return operations.take(tickets=[row.ticket], officer=by, now=NOW)
        return deciding.decide(ticket=row.ticket, decided=wanted, officer=by, now=NOW)

    changed, cancelled, done = at_once(
        lambda: world.modified(row),
        lambda: requests.cancel(ticket=row.ticket, sender=world.sender(), now=NOW),
        act,
    )

    for one in (changed, cancelled):
        assert isinstance(one, StepRefused)
        assert one.why in ("worker_completed", "closed")
    assert not isinstance(done, Exception), done
    row.refresh_from_db()
    assert row.last_day == date(2025, 4, 30)
    assert row.state == ("in_progress" if wanted is None else "closed")


def test_an_answer_and_the_signature_under_a_refusal_at_once_leave_one_of_them() -> None:
    row = desk.taken()
    asking = operations.Asking("worker", "household", "", date(2025, 2, 28))
    question = operations.ask(ticket=row.ticket, asking=asking, officer=officer(), now=NOW)
    late = desk.moment(date(2025, 3, 10))
    waits = deciding.close_unanswered(ticket=row.ticket, officer=officer(), now=late)
    leader, worker = officer(LEADER), Actor("person", world.LUC)

    answered, signed = at_once(
        lambda: operations.answer(question=question.pk, text="Seul.", actor=worker, now=late),
        lambda: deciding.sign(proposal=waits.pk, officer=leader, now=late),
    )

    row.refresh_from_db()
    question.refresh_from_db()
    if isinstance(signed, Decision):
        assert (row.state, question.state) == ("closed", "closed")
        assert isinstance(answered, Exception)
    else:
        assert (row.state, question.state) == ("in_progress", "answered")
        assert Decision.objects.count() == 0


def test_two_who_reopen_at_once_reopen_once() -> None:
    row = desk.taken()
    deciding.decide(ticket=row.ticket, decided=desk.proposed(row), officer=officer(), now=NOW)
    first, second = officer(), officer(COLLEAGUE)

    done = at_once(
        lambda: operations.reopen(ticket=row.ticket, reason="a", officer=first, now=NOW),
        lambda: operations.reopen(ticket=row.ticket, reason="b", officer=second, now=NOW),
    )

    assert len([one for one in done if isinstance(one, StepRefused)]) == 1
    assert row.versions.filter(event="reopened").count() == 1
