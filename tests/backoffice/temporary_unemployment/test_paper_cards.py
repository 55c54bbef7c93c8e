"""Reasoned requests to keep paper control cards at the desk: who notes them, what is refused."""

from datetime import date

import pytest

from guichet.audit.models import Entry, Lookup
from guichet.eservices.temporary_unemployment.cards.models import PaperRequest
from guichet.eservices.temporary_unemployment.office import paper_cards
from guichet.platform.db import transaction
from guichet.registers.enterprises.models import Enterprise
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.office import desk
from tests.eservices.temporary_unemployment.office.desk import FAR, OFFICER, READER, at_desk
from tests.eservices.temporary_unemployment.world import ANNE, FIRM, NOW, THEIRS
from tests.portal.browsing import text, words

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("office"),
]
PLACE = "/desk/temporary-unemployment/paper/cards/"


@pytest.fixture(autouse=True)
def seat(office: None) -> None:
    """The firm has its registered seat in Liège."""
    with transaction(actor=world.ACTOR):
        Enterprise.objects.filter(number=FIRM).update(postcode="4000")


REQUEST = {
    "employer": FIRM, "worker": "", "first_month": "2025-02", "last_month": "2025-06",
    "asked_on": "03/02/2025", "reason": "The site has no network.",
}  # fmt: skip


def test_a_request_of_an_employer_is_noted_once_with_a_line_of_the_trail_and_taken_back() -> None:
    client = at_desk()

    answer = client.post(PLACE, REQUEST, follow=True)
    client.post(PLACE, REQUEST)

    assert "The request is noted." in words(answer.content.decode())
    row = PaperRequest.objects.get()
    assert (row.first_month, row.last_month) == (date(2025, 2, 1), date(2025, 6, 1))
    assert (row.person, row.office, row.noted_by.niss) == (None, "LIE", OFFICER)
    page = text(client, PLACE)
    assert "the employer" in page
    assert "February 2025 - June 2025" in page
    [entry] = Entry.objects.filter(action="temporaryUnemployment.paperCards.noted")
    assert "network" not in str(entry.detail)
    assert client.post(f"{PLACE}{row.pk}/take-back/").status_code == 302
    assert not PaperRequest.objects.exists()
    assert Entry.objects.filter(action="temporaryUnemployment.paperCards.takenBack").count() == 1
    assert client.post(f"{PLACE}{row.pk}/take-back/").status_code == 404


def test_a_workers_request_names_him_and_reading_the_list_leaves_a_trace() -> None:
    at_desk().post(PLACE, REQUEST | {"worker": ANNE})

    page = text(at_desk(READER), PLACE)

    assert PaperRequest.objects.get().person.niss == ANNE
    assert "Dubois" in page
    assert "Note a request" not in page
    looks = Lookup.objects.using("audit").filter(niss=ANNE, viewer_id=READER)
    assert looks.exists()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"employer": "0999999922"}, "No enterprise has this number"),
        ({"employer": "12"}, "no valid enterprise number"),
        ({"worker": "12"}, "no valid national number"),
        ({"worker": THEIRS}, "Dimona knows nobody of this number here"),
        ({"first_month": "2025-07"}, "Choose from the list"),
        ({"last_month": "2025-01"}, "lies before the first one"),
        ({"asked_on": "10/03/2025"}, "day to come"),
        ({"reason": "  "}, "Write the reason"),
    ],
)
def test_what_is_no_request_stores_nothing_and_says_why(given: dict[str, str], why: str) -> None:
    answer = at_desk().post(PLACE, REQUEST | given)

    assert answer.status_code == 422
    assert why in words(answer.content.decode())
    assert not PaperRequest.objects.exists()


@pytest.mark.parametrize("niss", [FAR, READER, desk.LEADER], ids=["far", "reader", "leader"])
def test_only_the_office_of_the_seat_notes_and_takes_back(niss: str) -> None:
    assert at_desk(niss).post(PLACE, REQUEST).status_code == 422
    assert not PaperRequest.objects.exists()

    at_desk().post(PLACE, REQUEST)
    row = PaperRequest.objects.get()
    answer = at_desk(niss).post(f"{PLACE}{row.pk}/take-back/", follow=True)
    assert "The office of the registered seat notes this request" in answer.content.decode()
    assert PaperRequest.objects.exists()


def test_nobody_notes_a_request_of_his_own() -> None:
    world.works_for(FIRM, OFFICER)

    answer = at_desk().post(PLACE, REQUEST | {"worker": OFFICER})

    assert answer.status_code == 422
    assert not PaperRequest.objects.exists()


def test_an_operation_refuses_months_outside_the_transition() -> None:
    asked = paper_cards.Asked(
        employer=FIRM, first_month=date(2025, 6, 1), last_month=date(2025, 7, 1),
        asked_on=date(2025, 3, 1), reason="No network.",
    )  # fmt: skip

    with pytest.raises(paper_cards.NotInTransition):
        paper_cards.note(asked=asked, officer=desk.officer(), now=NOW)
