"""Establishments that closed: what the pages offer, what they say, what stays readable."""

from datetime import date

import pytest

from guichet.eservices.temporary_unemployment.forms.steps import offered
from guichet.registers.enterprises.queries import EstablishmentRecord
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.pages import walk
from tests.eservices.temporary_unemployment.pages.walk import begun, received, said, sent, step
from tests.eservices.temporary_unemployment.world import BRUSSELS, EUPEN, PLACE, TODAY, clerk

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
FIRST, LAST = date(2025, 3, 17), date(2025, 4, 13)


def options(page: str) -> set[str]:
    """The establishments that a page offers."""
    return {number for number in (PLACE, EUPEN, BRUSSELS) if f'value="{number}"' in page}


@pytest.mark.parametrize(
    ("on", "chosen", "names"),
    [
        ("2025-03-01", "", "open later"),
        ("2025-02-28", "", "open closed"),
        ("2025-03-17", "closed", "open closed later"),
        ("2024-12-31", "", "open closed"),
        ("", "", "open closed later"),
    ],
)
def test_what_is_offered_was_open_on_the_day_that_is_told(on: str, chosen: str, names: str) -> None:
    places = (
        EstablishmentRecord("open", "firm"),
        EstablishmentRecord("closed", "firm", last_day=date(2025, 2, 28)),
        EstablishmentRecord("later", "firm", first_day=date(2025, 3, 1)),
        EstablishmentRecord("long ago", "firm", last_day=date(2023, 3, 8)),
    )
    day = date.fromisoformat(on) if on else None

    found = offered(places, on=day, today=TODAY, chosen=chosen)

    assert [one.number for one in found] == [
        one.number for one in places if one.number in names.split() or one.number == chosen
    ]


def test_a_closed_establishment_is_no_choice_for_a_day_after_its_closing() -> None:
    world.shut(date(2025, 2, 28), EUPEN)
    client = clerk()
    place = begun(client, "E", "expected")

    early = client.get(f"{place}place/").content.decode()
    assert options(early) == {PLACE, EUPEN, BRUSSELS}
    assert "closed since 01/03/2025" in early
    step(client, place, "place", walk.PLACE_BOXES)
    step(client, place, "period", walk.period(FIRST, LAST, TODAY))
    assert options(client.get(f"{place}place/").content.decode()) == {PLACE, BRUSSELS}


def test_the_page_tells_that_it_is_closed_and_that_another_can_be_chosen() -> None:
    client = clerk()
    place = walk.expected(client, FIRST, LAST, TODAY)
    world.shut(date(2025, 3, 14))

    checked = walk.checked(client, place)
    assert "The last day of this establishment unit is 14/03/2025" in checked
    assert "Choose another establishment unit." in checked
    refused = said(step(client, place, "place", walk.PLACE_BOXES, 422))
    assert "on 17/03/2025 it is closed. Choose another establishment unit." in refused
    step(client, place, "place", {"establishment": EUPEN, "committee": "111"})
    row = received(sent(client, place))
    assert row.establishment == EUPEN


def test_the_last_establishment_is_not_proposed_again_once_it_is_closed() -> None:
    world.sent(world.expected())
    world.shut(date(2025, 3, 8))
    world.shut(date(2025, 3, 8), EUPEN)
    client = clerk()

    place = begun(client, "E", "expected")

    assert f'value="{BRUSSELS}" selected' in client.get(f"{place}place/").content.decode()


def test_a_communication_stays_readable_with_the_closing_of_its_place() -> None:
    row = world.sent(world.expected())
    world.shut(date(2025, 3, 8))
    client = clerk()
    one = f"/temporary-unemployment/communications/{row.ticket}/"

    assert "closed since 09/03/2025" in said(client.get(one))
    assert "closed since 09/03/2025" in said(client.get(f"{one}receipt/"))
    world.shut(date(2025, 3, 20))
    assert "open until 20/03/2025" in said(client.get(one))


def test_the_days_off_of_a_year_are_those_of_the_establishments_open_in_it() -> None:
    world.shut(date(2024, 6, 30), EUPEN)
    client = clerk()

    pages = {
        year: said(client.get(f"/temporary-unemployment/closed-days/{year}/"))
        for year in (2024, 2025)
    }

    assert "Eupen, closed since 01/07/2024" in pages[2024]
    assert "Eupen" not in pages[2025]
    kept = client.get(f"/temporary-unemployment/closed-days/2025/{EUPEN}/")
    assert "Eupen" in said(kept)
