"""For whom an earlier break was, as the worker said it once: in his part, and at the desk."""

from datetime import date

import pytest

from guichet.audit.actors import Actor
from guichet.eservices.career_break.credit import placing
from guichet.eservices.career_break.credit.forms.simulator import SimulatorForm, whom_choices
from guichet.eservices.career_break.credit.placing import NEW, Placed
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.office import judging
from guichet.eservices.career_break.said import Cared
from guichet.eservices.career_break.worker import reading
from tests.eservices.career_break import world
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.walk import said
from tests.eservices.career_break.worker import mine
from tests.eservices.career_break.world import LUC, NOW, TODAY

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]


def told() -> tuple[Request, Request]:
    """A break of which the worker said for whom it was, and a later one that waits for him."""
    first = world.filed(first_day=date(2025, 3, 1), last_day=date(2025, 3, 31))
    placed = Placed(ticket=first.ticket, whom=NEW, name="Noé", born_on=date(2021, 5, 3))
    placing.place(placed=placed, actor=Actor("person", LUC), now=NOW)
    return first, world.filed(first_day=date(2025, 6, 1), last_day=date(2025, 6, 30))


def test_the_worker_is_not_asked_again_and_finds_the_name() -> None:
    _first, row = told()

    case = reading.case(row, today=TODAY)

    assert [one.name for one in case.people.values()] == ["Noé"]
    assert case.to_place() == ()
    page = said(mine.himself().get(mine.place(row, "person/")))
    assert "Noé" in page


def test_the_credit_of_another_child_stays_whole() -> None:
    first, row = told()
    child = {"who": "new", **mine.CHILD}
    desk.furnish()
    mine.sent(row, person=child)

    case = judging.case(Request.objects.get(pk=row.pk))

    assert case.before is not None
    assert case.before.tightest is not None
    assert case.before.tightest.used == 0
    assert first.ticket in [one.ticket for one in case.taken if one.is_told]


def test_the_officer_reads_that_it_is_the_workers_word() -> None:
    _first, row = told()
    desk.furnish()
    mine.sent(row, person={"who": "new", **mine.CHILD})

    page = said(desk.at_desk().get(f"/desk/career-breaks/{row.ticket}/"))

    assert "Noé as the worker said" in page


def test_nobody_reads_the_key_of_a_person_without_a_name() -> None:
    found = whom_choices({"4f1c": Cared(key="4f1c"), "a2": Cared(key="a2", name="Zoé")})

    assert [str(text) for _key, text in found[:2]] == ["Somebody without a name (1)", "Zoé"]


def test_faults_stand_in_the_order_of_the_page() -> None:
    form = SimulatorForm({"contract_0": "x"}, today=TODAY)

    assert list(form.errors) == ["leave", "regime", "first_day", "contract"]
    assert set(form.fields) == set(SimulatorForm.field_order)
