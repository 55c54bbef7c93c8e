"""Two people at a recovery at the same moment: the database says who was first."""

import pytest

from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.recovery import operations
from guichet.eservices.career_break.recovery.models import Letter, Recovery
from guichet.eservices.career_break.recovery.operations import Outcome
from guichet.rules.career_break.states import StepRefused
from tests.eservices.career_break import world
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.office.desk import COLLEAGUE, OFFICER, officer
from tests.eservices.career_break.recovery.paid import ENDED, LATER, decided, granted, heard, opened
from tests.eservices.career_break.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def row() -> Request:
    world.build()
    desk.furnish()
    return granted()


def test_of_two_recoveries_opened_at_once_one_is_open(row: Request) -> None:
    people = officer(OFFICER), officer(COLLEAGUE)

    done = at_once(*(
        lambda by=by: operations.invite(ticket=row.ticket, opening=ENDED, officer=by, now=LATER)
        for by in people
    ))  # fmt: skip

    assert sorted(type(one).__name__ for one in done) == ["AlreadyOpen", "Recovery"]
    assert Recovery.objects.count() == Letter.objects.count() == 1


def test_two_decisions_on_a_recovery_at_once_are_one(row: Request) -> None:
    recovery = opened(row)
    heard(recovery)
    by = officer(COLLEAGUE)

    done = at_once(
        lambda: decided(row, recovery),
        lambda: operations.decide(
            ticket=row.ticket, key=recovery.key, outcome=Outcome(cents=None, motivation="x"),
            officer=by, now=LATER,
        ),
    )  # fmt: skip

    assert sorted(type(one).__name__ for one in done) == ["Recovery", "UnknownRecovery"]
    assert Letter.objects.filter(kind="decision").count() == 1


def test_an_answer_that_comes_with_the_decision_is_before_it_or_told(row: Request) -> None:
    recovery = opened(row)
    heard(recovery)

    _answered, done = at_once(lambda: heard(recovery), lambda: decided(row, recovery))

    assert isinstance(done, Recovery)
    assert not isinstance(done, StepRefused)
    found = Recovery.objects.get()
    assert (found.state, found.asked_back) == ("decided", recovery.amount)
