"""The figures of the law at the desk: in force, coming, past; with source and mark."""

from datetime import date

import pytest

from guichet.eservices.career_break.office import law_figures
from tests.eservices.career_break.office.desk import READER, at_desk
from tests.portal.browsing import text

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("office"),
]
DESK = "/desk/career-breaks/"


def test_every_figure_stands_with_its_value_day_source_and_mark() -> None:
    page = text(at_desk(READER), f"{DESK}parameters/")

    for said in (
        "Thematic leave, a full break, without supplement 1 017.76 EUR 01/05/2024 Not verified",
        "net amounts of 1 November 2023 as the press published them",
        "Amounts and taxes",
    ):
        assert said in page, said
    terms = text(at_desk(READER), f"{DESK}parameters/?topic=office")
    assert "Act of 11 April 1995, charter of the socially insured, art. 23" in terms
    assert "Thematic leave, a full break, without supplement" not in terms.partition("Topics")[2]


def test_what_changes_next_is_said_first() -> None:
    page = text(at_desk(), f"{DESK}parameters/")

    changes = page.partition("Source")[0]
    assert "01/02/2025 Thematic leave, a full break, without supplement 1 017.76 EUR" in changes
    assert changes.index("01/02/2025") < changes.index("01/01/2026")


def test_a_figure_has_its_whole_history() -> None:
    page = text(at_desk(), f"{DESK}parameters/amount.thematic.full.standard/")

    rows = [page.index(day) for day in ("01/03/2026", "01/02/2025", "01/05/2024", "01/11/2023")]
    assert rows == sorted(rows)
    assert "to come" in page
    assert "in force" in page
    assert at_desk().get(f"{DESK}parameters/no.such/").status_code == 404


def test_every_figure_has_a_topic_and_none_is_lost() -> None:
    found = law_figures.by_topic(on=date(2026, 3, 1))

    names = [one.parameter.name for rows in found.values() for one in rows]
    assert len(names) == len(set(names)) > 150
    assert all(found.values())
