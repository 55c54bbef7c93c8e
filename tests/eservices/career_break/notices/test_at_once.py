"""Two people at the same moment: the database says who was first, and tells the second."""

from datetime import date

import pytest

from guichet.eservices.career_break.models import Draft, Notice
from guichet.eservices.career_break.notices import answering, sending
from guichet.eservices.career_break.notices.content import Answer
from guichet.eservices.career_break.operations import Refused
from guichet.rules.career_break.states import StepRefused
from tests.eservices.career_break import world
from tests.eservices.career_break.notices import notice_world as here
from tests.eservices.career_break.test_at_once import at_once
from tests.eservices.career_break.world import FIRM, NOW

pytestmark = pytest.mark.django_db(transaction=True)


def accept(row: Notice) -> object:
    return answering.accept(ticket=row.ticket, ebox_for_all=False, sender=world.sender(), now=NOW)


def postpone(row: Notice) -> object:
    wanted = answering.Wanted(Answer(reasons=here.REASONS), date(2025, 6, 15))
    return answering.postpone(ticket=row.ticket, wanted=wanted, sender=world.sender(), now=NOW)


def withdraw(row: Notice) -> object:
    return sending.withdraw(ticket=row.ticket, worker=here.worker(), now=NOW)


def test_of_two_answers_at_once_one_counts() -> None:
    world.build()
    row = here.sent()

    found = at_once(lambda: accept(row), lambda: postpone(row))

    row.refresh_from_db()
    [refused] = [one for one in found if isinstance(one, StepRefused)]
    assert refused.state == row.state
    assert row.answer["kind"] == row.state
    assert Draft.objects.count() == (row.state == "accepted")
    assert (row.first_day == date(2025, 6, 15)) is (row.state == "postponed")


def test_withdrawing_while_it_is_accepted_leaves_one_of_them() -> None:
    world.build()
    row = here.sent()

    found = at_once(lambda: accept(row), lambda: withdraw(row))

    row.refresh_from_db()
    [refused] = [one for one in found if isinstance(one, StepRefused)]
    assert row.state in ("accepted", "withdrawn")
    assert refused.state == row.state
    assert Draft.objects.count() == (row.state == "accepted")


def test_c65_two_notices_for_the_same_days_at_once_are_one() -> None:
    world.build()
    wishes = [here.wish(), here.wish()]

    found = at_once(*(
        lambda wish=wish: sending.send(employer=FIRM, wish=wish, worker=here.worker(), now=NOW)
        for wish in wishes
    ))  # fmt: skip

    assert sorted(type(one).__name__ for one in found) == ["Notice", "Refused"]
    [refused] = [one for one in found if isinstance(one, Refused)]
    assert [one.code for one in refused.faults] == ["V-NO-08"]
    assert Notice.objects.count() == 1


def test_the_same_form_sent_twice_at_once_is_one_notice() -> None:
    world.build()
    wish = here.wish()

    def send() -> object:
        return sending.send(employer=FIRM, wish=wish, worker=here.worker(), now=NOW)

    first, second = at_once(send, send)

    assert isinstance(first, Notice)
    assert isinstance(second, Notice)
    assert first.ticket == second.ticket
    assert Notice.objects.count() == 1
