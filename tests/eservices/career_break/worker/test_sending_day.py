"""A decision is known from its sending day: not at once, and never when it was held back."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.urls import reverse

from guichet.eservices.career_break import decided, dossier
from guichet.eservices.career_break.models import Decision, Request
from guichet.eservices.career_break.office import deciding, operations
from guichet.platform import clock
from guichet.registers.persons.models import Person
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.walk import said
from tests.eservices.career_break.worker.mine import himself, place
from tests.eservices.career_break.world import LUC, NOW, TODAY

Put = Callable[[datetime], None]
pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
# Decided on Tuesday, sent on Wednesday.
SENT_ON = date(2025, 1, 29)
NEXT_DAY = desk.moment(SENT_ON)


@pytest.fixture
def row() -> Request:
    """A file that was refused today."""
    desk.furnish()
    row = desk.taken(LUC)
    deciding.sign(proposal=_proposed(row), officer=desk.officer(desk.LEADER), now=NOW)
    row.refresh_from_db()
    assert row.state == "closed"
    return row


def _proposed(row: Request) -> int:
    made = deciding.decide(
        ticket=row.ticket, decided=desk.refusal(row), officer=desk.officer(), now=NOW
    )
    return made.pk


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Put:
    """Put the clock of the pages on a moment."""

    def put(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    put(NOW)
    return put


def test_a_decision_of_today_is_not_on_the_workers_pages(row: Request, at: Put) -> None:
    client = himself()

    home, file = said(client.get("/career-break/mine/")), said(client.get(place(row)))

    for page in (home, file):
        assert "Being handled by ONEM" in page
        assert "ONEM acts now" in page
        assert "Refused" not in page
        assert "ONEM decided" not in page
    assert client.get(place(row, "decisions/1/")).status_code == 404


def test_it_is_there_from_its_sending_day(row: Request, at: Put) -> None:
    at(NEXT_DAY)
    client = himself()

    assert "Refused" in said(client.get("/career-break/mine/"))
    assert "ONEM decided" in said(client.get(place(row)))
    assert client.get(place(row, "decisions/1/")).status_code == 200


def test_one_that_was_held_back_never_shows(row: Request, at: Put) -> None:
    operations.reopen(ticket=row.ticket, reason="Une erreur.", officer=desk.officer(), now=NOW)
    at(NEXT_DAY)
    client = himself()

    file = said(client.get(place(row)))

    assert "ONEM decided" not in file
    assert "looks at your file again" not in file
    assert "Refused" not in said(client.get("/career-break/mine/"))
    assert client.get(place(row, "decisions/1/")).status_code == 404


def test_a_new_decision_on_a_known_one_hides_only_itself(row: Request, at: Put) -> None:
    at(NEXT_DAY)
    operations.reopen(ticket=row.ticket, reason="Un recours.", officer=desk.officer(), now=NEXT_DAY)
    row.refresh_from_db()
    other = deciding.decide(
        ticket=row.ticket, decided=desk.proposed(row, why="Le lien est prouvé."),
        officer=desk.officer(), now=NEXT_DAY,
    )  # fmt: skip
    deciding.sign(proposal=other.pk, officer=desk.officer(desk.LEADER), now=NEXT_DAY)
    row.refresh_from_db()

    known = decided.standing(row, today=SENT_ON)

    assert known.state == "in_progress"
    assert [one.result for one in known.decisions] == ["refused"]
    told = [one.event for one in known.shown(row.versions.order_by("number"))]
    assert told[-2:] == ["decided", "reopened"]


def test_the_credit_of_the_worker_knows_a_refusal_from_its_sending_day(row: Request) -> None:
    person = Person.objects.get(niss=LUC)

    assert len(dossier.history(person, known_on=TODAY)) == 1
    assert dossier.history(person, known_on=SENT_ON) == ()
    assert dossier.history(person) == ()  # the office knows its own


def test_a_decision_that_was_held_back_ends_nothing(row: Request) -> None:
    operations.reopen(ticket=row.ticket, reason="Une erreur.", officer=desk.officer(), now=NOW)

    assert len(dossier.history(Person.objects.get(niss=LUC))) == 1


def test_the_letter_is_among_the_documents_from_its_sending_day(row: Request, at: Put) -> None:
    page = reverse("documents:detail", args=[Decision.objects.get().document])
    assert page not in himself().get(reverse("documents:mine")).content.decode()
    assert himself().get(page).status_code == 404

    at(NEXT_DAY)

    assert page in himself().get(reverse("documents:mine")).content.decode()
    assert himself().get(page).status_code == 200
