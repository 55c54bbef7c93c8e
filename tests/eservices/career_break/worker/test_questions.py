"""What ONEM asks a worker stands on his pages with its term, and leads to the answer."""

from datetime import date

import pytest

from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.office import operations
from guichet.eservices.career_break.office.models import Question
from guichet.eservices.career_break.office.operations import Asking
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.walk import said
from tests.eservices.career_break.worker.mine import himself, place
from tests.eservices.career_break.world import LUC, NOW

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]


def asked(addressee: str = "worker") -> tuple[Request, Question]:
    """A file about which somebody was asked; four weeks are left to answer."""
    desk.furnish()
    row = desk.taken(LUC)
    asking = Asking(addressee, "household", "Avec qui vivez-vous ?", date(2025, 2, 25))
    return row, operations.ask(ticket=row.ticket, asking=asking, officer=desk.officer(), now=NOW)


def test_a_question_leads_from_home_and_file_to_its_answer() -> None:
    row, question = asked()
    client = himself()
    answer = f"/career-break/questions/{question.pk}/"

    for where in ("/career-break/mine/", place(row)):
        page = client.get(where)
        assert f'href="{answer}"' in page.content.decode(), where
        assert "Answer by 25/02/2025 (28 days left)" in said(page), where
        assert "You act now: ONEM asked" in said(page), where
    assert said(client.get("/career-break/mine/")).startswith("One request waits for you")
    assert client.get(answer).status_code == 200


def test_once_answered_it_is_gone() -> None:
    row, question = asked()
    client = himself()

    client.post(f"/career-break/questions/{question.pk}/", {"text": "Avec ma fille."})

    assert "questions/" not in client.get("/career-break/mine/").content.decode()
    assert "ONEM acts now" in said(client.get(place(row)))


def test_a_question_to_the_employer_asks_nothing_of_the_worker() -> None:
    row, question = asked("employer")
    client = himself()

    for where in ("/career-break/mine/", place(row)):
        page = client.get(where)
        assert f"/career-break/questions/{question.pk}/" not in page.content.decode()
        assert "ONEM asked your employer" in said(page)
