"""Whom an employer informs besides the workers, of what and by when."""

from datetime import date

import pytest

from guichet.rules.temporary_unemployment.communication import Communication
from guichet.rules.temporary_unemployment.informing import (
    Bodies,
    What,
    Whom,
    copy_of_form,
    information,
    is_due,
    whom,
)
from guichet.rules.temporary_unemployment.kinds import Kind, Reason
from tests.rules.temporary_unemployment.builder import expected, first_day, said, white
from tests.rules.temporary_unemployment.days import day

BOTH = Bodies(has_works_council=True, has_union_delegation=True)
DELEGATION = Bodies(has_works_council=False, has_union_delegation=True)
NEITHER = Bodies(has_works_council=False, has_union_delegation=False)


def nature(accident: str, sent: str) -> Communication:
    """The nature of an accident."""
    return said(
        Kind.ACCIDENT_NATURE, Reason.ACCIDENT, sent, accident_on=day(accident),
        causes="The press broke its shaft.", lines=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("bodies", "body"),
    [
        (None, Whom.EITHER),
        (BOTH, Whom.WORKS_COUNCIL),
        (Bodies(has_works_council=True, has_union_delegation=False), Whom.WORKS_COUNCIL),
        (DELEGATION, Whom.UNION_DELEGATION),
        (NEITHER, None),
    ],
)
def test_the_works_council_is_informed_failing_that_the_union_delegation(
    bodies: Bodies | None, body: Whom | None
) -> None:
    assert whom(bodies) is body
    for found in (
        information(expected(), bodies=bodies),
        information(nature("2025-04-18", "2025-04-22"), bodies=bodies),
        copy_of_form(day("2025-03-03"), bodies=bodies),
    ):
        assert (None if found is None else found.whom) is body


def test_the_economic_causes_are_told_on_the_day_of_the_notice() -> None:
    found = information(expected("2025-03-07", sent="2025-03-10"), bodies=BOTH)

    assert found is not None
    assert (found.what, found.by) == (What.ECONOMIC_CAUSES, day("2025-03-07"))
    assert found.source.article == "art. 51"
    without = information(expected("2025-03-07", posted_on=None), bodies=BOTH)
    assert without is not None
    assert without.by == day("2025-03-07")


@pytest.mark.parametrize(
    ("accident", "by"),
    [
        ("2025-04-18", "2025-04-22"),
        ("2025-05-28", "2025-06-01"),
        ("2025-12-24", "2025-12-28"),
        ("2026-05-13", "2026-05-17"),
    ],
)
def test_wx58_wx60_wx61_wx63_the_nature_of_an_accident_is_told_within_four_days(
    accident: str, by: str
) -> None:
    found = information(nature(accident, accident), bodies=DELEGATION)

    assert found is not None
    assert (found.what, found.by, found.source.article) == (What.ACCIDENT, day(by), "art. 49")


def test_a_copy_of_the_form_goes_on_the_day_on_which_it_is_sent() -> None:
    found = copy_of_form(day("2025-03-03"), bodies=DELEGATION)

    assert found is not None
    assert (found.what, found.by) == (What.DIFFICULTY, day("2025-03-03"))
    assert found.source.article == "art. 77/3"


@pytest.mark.parametrize(
    "other",
    [
        white("2025-01-20", "2025-02-02"),
        first_day(Reason.ECONOMIC, "2025-03-17", "2025-03-17"),
        first_day(Reason.WEATHER, "2025-03-17", "2025-03-17"),
        said(Kind.ACCIDENT_LIST, Reason.ACCIDENT, "2025-04-24"),
        said(Kind.FORCE_MAJEURE, Reason.FORCE_MAJEURE, "2025-02-01", first_day=day("2025-02-01")),
    ],
    ids=["white collars", "first day", "weather", "list", "force majeure"],
)
def test_nothing_else_makes_an_information_due(other: Communication) -> None:
    assert information(other, bodies=BOTH) is None


@pytest.mark.parametrize(
    ("told_on", "today", "due"),
    [
        ("2025-04-22", "2025-04-19", True),
        ("2025-04-19", "2025-04-22", True),
        ("2025-04-19", "2025-04-23", False),
        ("2025-04-24", "2025-04-24", True),
        ("2025-04-24", "2025-04-25", False),
    ],
)
def test_it_is_due_to_its_last_day_and_on_the_day_the_office_is_told(
    told_on: str, today: str, due: bool
) -> None:
    one = information(nature("2025-04-18", "2025-04-22"), bodies=BOTH)
    assert one is not None

    now = date.fromisoformat(today)
    assert is_due(one, told_on=date.fromisoformat(told_on), today=now) is due
