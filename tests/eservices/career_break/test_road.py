"""One step of a request: who read it before somebody else changed it is told so."""

import pytest

from guichet.eservices.career_break import operations, steps
from guichet.eservices.career_break.models import Request, Version
from guichet.rules.career_break.states import Party, Step, StepRefused
from tests.eservices.career_break import world
from tests.eservices.career_break.world import ACTOR, NOW

pytestmark = pytest.mark.django_db


def test_a_request_read_before_somebody_changed_it_is_overtaken() -> None:
    world.build()
    row = world.filed()
    world.modified(Request.objects.get(pk=row.pk))

    with pytest.raises(StepRefused) as refusal:
        steps.move(row, Step.COMPLETE, Party.WORKER, now=NOW)

    assert refusal.value.why == "overtaken"
    assert Request.objects.get(pk=row.pk).state == "wait_worker"


def test_a_request_read_before_it_was_cancelled_is_refused_in_the_words_of_its_state() -> None:
    world.build()
    row = world.filed()
    operations.cancel(ticket=row.ticket, sender=world.sender(), now=NOW)

    with pytest.raises(StepRefused) as refusal:
        steps.move(row, Step.COMPLETE, Party.WORKER, now=NOW)

    assert refusal.value.why == "cancelled"


def test_a_step_carried_out_leaves_its_version() -> None:
    world.build()
    row = world.filed()

    steps.carry_out(row, Step.WITHDRAW, Party.WORKER, event="withdrawn", actor=ACTOR, now=NOW)

    last = Version.objects.filter(request=row).latest("number")
    assert (last.event, last.state, last.number) == ("withdrawn", "cancelled", row.version)
