"""What was only typed goes once its request came to nothing; what was sent stays as the part."""

from datetime import UTC, datetime

import pytest

from guichet.access.privacy import sections
from guichet.audit import purging
from guichet.audit.actors import Actor
from guichet.audit.models import Entry
from guichet.eservices.career_break.models import Request, WorkerPart
from guichet.eservices.career_break.worker import jobs, keeping, sending
from guichet.platform import clock
from tests.eservices.career_break import world
from tests.eservices.career_break.worker import mine
from tests.eservices.career_break.world import LUC, NADIA, NOW

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
# Six months after the end of 28 January.
LAST, NEXT = datetime(2025, 7, 28, 21, tzinfo=UTC), datetime(2025, 7, 28, 22, 30, tzinfo=UTC)


def put(row: Request, state: str) -> None:
    Request.objects.filter(pk=row.pk).update(state=state)


@pytest.mark.parametrize("state", ["cancelled", "expired"])
def test_what_was_never_sent_goes_with_its_term(state: str) -> None:
    row = mine.typed(world.filed())
    put(row, state)

    assert keeping.forget_typed(now=LAST) == 0
    assert keeping.forget_typed(now=NEXT) == 1

    assert not WorkerPart.objects.exists()
    assert Request.objects.filter(pk=row.pk).exists()
    assert Entry.objects.get(action="careerBreak.typed.forgotten").detail == {"parts": 1}
    assert keeping.forget_typed(now=NEXT) == 0


def test_a_worker_who_withdrew_is_forgotten_too() -> None:
    row = mine.typed(world.filed())
    sending.withdraw(ticket=row.ticket, actor=Actor("person", LUC), now=NOW)

    assert keeping.forget_typed(now=NEXT) == 1


def test_of_a_closed_request_the_boxes_go_and_the_part_stays() -> None:
    row = mine.sent()
    put(row, "closed")

    assert keeping.forget_typed(now=NEXT) == 1
    assert keeping.forget_typed(now=NEXT) == 0

    part = WorkerPart.objects.get()
    assert part.typed == {}
    assert part.content["person"]["name"] == "Zoé Vandermeulen"


@pytest.mark.parametrize("state", ["wait_worker", "wait_onem", "in_progress", "wait_documents"])
def test_what_is_under_way_stays(state: str) -> None:
    put(mine.typed(world.filed()), state)
    put(mine.sent(world.filed(NADIA)), state)

    assert keeping.forget_typed(now=datetime(2045, 1, 1, tzinfo=UTC)) == 0


@pytest.mark.parametrize("who", ["worker", "employer"])
def test_a_hold_keeps_it(who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    put(mine.typed(world.filed()), "cancelled")
    held = {"niss": LUC} if who == "worker" else {"enterprise_number": world.FIRM}
    number = purging.place_hold(reason="a case", actor=world.ACTOR, now=NOW, **held)

    assert keeping.forget_typed(now=NEXT) == 0
    purging.lift_hold(number=number, actor=world.ACTOR, now=NOW)
    monkeypatch.setattr(clock, "now", lambda: NEXT)
    jobs.forget_typed(0)
    assert not WorkerPart.objects.exists()


def test_the_copy_of_ones_data_holds_what_is_only_typed() -> None:
    mine.typed(world.filed())
    mine.typed(world.filed(NADIA), NADIA)
    [section] = [one for one in sections.sections() if one.key == "careerBreakTyped"]

    class Luc:
        niss = LUC

    def copied() -> str:
        return str([dict(one) for one in section.read(Luc(), NOW)])  # type: ignore[arg-type]  # his number

    assert "Zoé Vandermeulen" in copied()
    assert copied().count(mine.GOOD_IBAN) == 1
    WorkerPart.objects.filter(request__person__niss=LUC).update(content={}, sent_at=NOW)
    assert copied() == "[]"
