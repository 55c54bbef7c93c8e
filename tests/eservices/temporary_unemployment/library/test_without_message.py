"""What the public calculator says of reasons of which nothing is communicated beforehand."""

import re

import pytest

from tests.eservices.temporary_unemployment.library.test_dates import asked, table
from tests.portal.browsing import words

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
# Days of closure, holidays left, days a week, used before; covered, unemployed, unpaid, left.
CLOSURES = """
15 6 5 0 6 9 0 11
15 15 5 0 15 0 0 20
15 20 5 0 15 0 0 20
20 0 5 0 0 20 0 0
21 0 5 0 0 20 1 0
24 0 6 0 0 24 0 0
25 0 6 0 0 24 1 0
15 6 5 15 6 5 4 0
15 6 5 20 6 0 9 0
15 6 5 30 6 0 9 0
1 0 1 3 0 1 0 0
""".strip().splitlines()


def counted(page: str) -> list[int]:
    """The column of days."""
    return [int(days) for days in re.findall(r"<strong>(\d+)</strong>", page)]


def verdict(page: str) -> str:
    """What stands in the answer."""
    return words(page).partition("The answer")[2]


@pytest.mark.parametrize("line", CLOSURES)
def test_a_closure_is_covered_by_holidays_first_and_four_weeks_a_year_at_most(line: str) -> None:
    days, left, week, used, *expected = (int(part) for part in line.split())

    page = asked("closure", day="2025-07-07", days=days, left=left, week=week, used=used)

    assert counted(page) == expected
    assert ("The holidays cover the closure" in verdict(page)) == (expected[1:3] == [0, 0])
    assert ("More than the year gives" in verdict(page)) == (expected[2] > 0)
    assert "Nothing is communicated to the office beforehand" in verdict(page)


@pytest.mark.parametrize(
    ("entered", "closed", "construction", "said"),
    [
        ("2025-03-01", "2025-07-07", "", "Unemployment is possible"),
        ("2024-01-01", "2025-07-07", "", "Unemployment is possible"),
        ("2023-12-31", "2025-07-07", "", "Only somebody who entered service"),
        ("2025-03-01", "2025-07-07", "on", "In the construction sector"),
        ("2025-07-07", "2025-07-07", "", "Unemployment is possible"),
        ("2025-07-08", "2025-07-07", "", "The closure is before"),
    ],
)
def test_a_closure_for_rest_gives_unemployment_to_who_is_new(
    entered: str, closed: str, construction: str, said: str
) -> None:
    page = asked("rest", entered=entered, day=closed, construction=construction)

    assert said in verdict(page)


WELL = {"case": "temporary", "since": "2024-09-01", "age": "40", "doctor": "on"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Unemployment is possible"),
        ({"since": "2024-09-17"}, "Unemployment is possible"),
        ({"since": "2024-09-18"}, "The incapacity is too recent"),
        ({"doctor": ""}, "The occupational doctor or a doctor of the office"),
        ({"other": "on"}, "There is other work"),
        ({"age": "65"}, "Unemployment is possible"),
        ({"age": "66"}, "At this age"),
        ({"case": "permanent"}, "Who is unfit for good"),
        ({"case": "permanent", "path": "on", "doctor": ""}, "Unemployment is possible"),
        ({"case": "appeal", "doctor": ""}, "Unemployment is possible"),
        ({"case": "appeal", "age": "66"}, "At this age"),
    ],
)
def test_medical_force_majeure_names_what_is_missing(given: dict[str, str], said: str) -> None:
    page = asked("medical", day="2025-03-17", **WELL | given)

    assert said in verdict(page)
    assert ("No unemployment" in verdict(page)) == (said != "Unemployment is possible")


def test_the_end_of_the_wait_is_a_day_of_the_calendar() -> None:
    page = asked("medical", day="2025-03-17", **WELL)

    assert table(page)["The first 6 months of the incapacity are over from"] == "2025-03-01"
    assert "March 2025" in page


@pytest.mark.parametrize(
    ("question", "given", "said"),
    [
        ("closure", {"days": "0"}, "Enter a whole number from 1 to 60."),
        ("closure", {"days": "2,5"}, "Enter a whole number from 1 to 60."),
        ("closure", {"days": "9" * 400}, "Enter a whole number from 1 to 60."),
        ("closure", {"left": ""}, "Enter a whole number from 0 to 99."),
        ("closure", {"week": "7"}, "Enter a whole number from 1 to 6."),
        ("rest", {"entered": ""}, "Enter a day."),
        ("medical", {"day": "2022-11-27"}, "Choose a day from 28 November 2022 on."),
        ("medical", {"since": "2025-03-18"}, "The incapacity begins before the unemployment."),
        ("medical", {"case": "x"}, "Choose one of the list."),
        ("medical", {"age": "-1"}, "Enter a whole number from 15 to 99."),
    ],
)
def test_a_wrong_entry_is_said_at_its_field(
    question: str, given: dict[str, str], said: str
) -> None:
    whole = {
        "closure": {"day": "2025-07-07", "days": "15", "left": "6", "week": "5", "used": "0"},
        "rest": {"entered": "2025-03-01", "day": "2025-07-07"},
        "medical": WELL | {"day": "2025-03-17"},
    }
    page = asked(question, status=422, **whole[question] | given)

    assert said in page
    assert 'id="answer"' not in page
