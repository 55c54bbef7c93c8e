"""The same worker on two telephones at the same moment: the database says who was first."""

from datetime import date

import pytest

from guichet.eservices.temporary_unemployment.cards.models import Card, Mark, Sending
from guichet.rules.temporary_unemployment.card_sending import StepRefused
from tests.eservices.career_break.test_at_once import at_once
from tests.eservices.temporary_unemployment.cards import world
from tests.eservices.temporary_unemployment.cards.world import at, card, mark, send

pytestmark = pytest.mark.django_db(transaction=True)
OPENS = at(28)


@pytest.fixture(autouse=True)
def _registers() -> None:
    world.build()


def test_two_first_marks_at_once_open_one_card() -> None:
    found = at_once(lambda: mark(12), lambda: mark(13, "holiday"))

    assert not any(isinstance(one, Exception) for one in found), found
    assert Card.objects.count() == 1
    assert Mark.objects.count() == 2


def test_the_same_mark_at_once_is_one() -> None:
    mark(11, "holiday")
    found = at_once(lambda: mark(12), lambda: mark(12))

    assert sorted(found) == [0, 1]
    assert Mark.objects.filter(day=date(2025, 3, 12)).count() == 1


def test_a_card_that_is_sent_twice_at_once_goes_once() -> None:
    seen = card(now=OPENS).seen

    found = at_once(lambda: send(now=OPENS, seen=seen), lambda: send(now=OPENS, seen=seen))

    assert not any(isinstance(one, Exception) for one in found), found
    assert len({one.ticket for one in found}) == 1
    assert Sending.objects.count() == 1


def test_a_mark_and_the_sending_at_once_leave_a_card_that_says_what_was_sent() -> None:
    seen = card(now=OPENS).seen
    found = at_once(lambda: mark(31, "holiday", now=OPENS), lambda: send(now=OPENS, seen=seen))

    refused = [one for one in found if isinstance(one, Exception)]
    assert len(refused) == 1  # the mark came too late, or the sending saw another card
    assert isinstance(refused[0], StepRefused) == Sending.objects.exists()
