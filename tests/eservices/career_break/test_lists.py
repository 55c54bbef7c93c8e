"""The list of the overview as a file and on paper, every order, and looking at one request."""

import csv
import html
import io
import re
import zipfile
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guichet.audit.models import Lookup
from guichet.eservices.career_break import search
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.pages import exporting
from guichet.platform.db import transaction
from tests.eservices.career_break import world
from tests.eservices.career_break.test_overview import LISTS, many
from tests.eservices.career_break.walk import said
from tests.eservices.career_break.world import ACTOR, ELSEWHERE, LUC, NADIA, OTHER, STRANGER, clerk
from tests.portal.browsing import signed_in

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
HERE = "/career-break/"
CSV, XLSX, PAPER = f"{HERE}list.csv", f"{HERE}list.xlsx", f"{HERE}list/"


def cells(answer: Any) -> list[list[str]]:
    """The rows of a file, its head included."""
    if answer["Content-Type"].startswith("text/csv"):
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text), delimiter=";"))
    rows = re.findall(r"<row .*?</row>", sheet_of(answer))
    return [[texts.get(column, "") for column in "ABCDEFGHIJK"] for texts in map(_texts, rows)]


def sheet_of(answer: Any) -> str:
    """The only sheet of a file for Excel, as it is written."""
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def _texts(row: str) -> dict[str, str]:
    found = re.findall(r'<c r="([A-K])\d+"[^>]* t="inlineStr"><is><t[^>]*>(.*?)</t>', row)
    return {column: html.unescape(text) for column, text in found}


@pytest.mark.parametrize("place", [CSV, XLSX])
def test_the_whole_result_is_a_file_with_the_filters_and_the_order_of_the_page(place: str) -> None:
    first, second = world.filed(), world.filed(NADIA)
    world.filed(ELSEWHERE, enterprise=OTHER)
    client = clerk()

    head, *rows = cells(client.get(f"{place}?order=worker"))

    assert head[0] == "National number"
    assert len(head) == 11
    assert [row[1] for row in rows] == ["Peeters", "Vandermeulen"]
    assert [row[3].replace("-", "") for row in rows] == [second.ticket, first.ticket]
    assert rows[0][4:8] == ["Parental leave", "Full interruption", "01/04/2025", "30/04/2025"]
    assert rows[0][9] == "Waiting for information from the worker"
    [_head, *none] = cells(client.get(f"{place}?leave=palliative"))
    assert none == []
    one = cells(client.get(f"{place}?ticket={first.ticket.lower()}"))
    assert [row[1] for row in one[1:]] == ["Vandermeulen"]
    seen = Lookup.objects.using("audit").filter(purpose="careerBreak.request")
    assert {LUC, NADIA} == {row.niss for row in seen}


def test_a_file_is_saved_and_runs_nothing() -> None:
    row = world.filed()
    with transaction(actor=ACTOR):
        row.person.family_name = '=cmd|"/c calc"!A1'
        row.person.save()

    answer = clerk().get(CSV)
    sheet = clerk().get(XLSX)

    assert answer["Content-Disposition"] == 'attachment; filename="guichet-career-break.csv"'
    assert cells(answer)[1][1].startswith("'=")
    assert sheet["X-Content-Type-Options"] == "nosniff"
    assert cells(sheet)[1][1].startswith("=cmd")  # a text
    assert "<f>" not in sheet_of(sheet)


@pytest.mark.parametrize("place", [CSV, XLSX, PAPER])
def test_a_search_that_makes_no_sense_gives_no_file(place: str) -> None:
    answer = clerk().get(f"{place}?since=1/2/2025&until=1/1/2025")

    assert answer.status_code == 422
    assert "makes no sense" in said(answer)


def test_a_list_that_is_too_long_for_a_file_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    many(3)
    monkeypatch.setattr(exporting, "MOST", 2)
    monkeypatch.setattr(exporting, "MOST_ON_PAPER", 2)

    answer = clerk().get(CSV)

    assert answer.status_code == 422
    assert "finds 3 requests; a file holds 2" in said(answer)
    assert "The first 2 of 3" in said(clerk().get(PAPER))


@pytest.mark.parametrize("place", [CSV, XLSX, PAPER])
def test_a_list_is_for_who_has_the_right_and_holds_nothing_of_others(place: str) -> None:
    world.filed()

    assert Client().get(place).status_code == 302
    assert signed_in(STRANGER, world.FIRM).get(place).status_code == 403
    foreign = clerk(OTHER).get(place)
    assert foreign.status_code == 200
    if place == PAPER:
        assert "No record." in said(foreign)
    else:
        assert cells(foreign)[1:] == []


def test_a_number_that_is_searched_for_narrows_the_file_of_this_session_only() -> None:
    world.filed()
    world.filed(NADIA)
    client = clerk()
    client.post(HERE, LISTS | {"niss": LUC})

    assert [row[1] for row in cells(client.get(f"{CSV}?worker=1"))[1:]] == ["Vandermeulen"]
    assert cells(clerk().get(f"{CSV}?worker=1"))[1:] == []


def test_the_list_on_paper_has_every_row_and_no_search() -> None:
    many(60)
    client = clerk()

    page = client.get(PAPER)

    assert said(page).count("04W-") == 60
    assert b"<form" not in page.content.split(b"<main")[1].split(b"</main>")[0]


@pytest.mark.parametrize("place", [CSV, XLSX, PAPER])
def test_a_list_costs_the_same_for_few_and_for_many(
    place: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many(200)
    client = clerk()
    client.get(HERE)

    with django_assert_num_queries(3):
        answer = client.get(place)
        if place == CSV:
            b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # streamed


@pytest.mark.parametrize("order", [*search.ORDERS])
def test_every_column_orders_the_list_both_ways(order: str) -> None:
    world.filed()
    paper = world.filed(NADIA, leave="medical_assistance", first_day=world.date(2025, 5, 1),
                        last_day=world.date(2025, 5, 31))  # fmt: skip
    with transaction(actor=ACTOR):
        Request.objects.filter(pk=paper.pk).update(state="closed", office="zzz", regime="half")
    client = clerk()

    page = client.get(HERE).content.decode()
    up = [row[1] for row in cells(client.get(f"{CSV}?order={order}"))[1:]]
    down = [row[1] for row in cells(client.get(f"{CSV}?order=-{order}"))[1:]]

    assert f"order=-{order}" in page or f"order={order}" in page
    assert sorted(up) == ["Peeters", "Vandermeulen"]
    assert up == down[::-1] or order == "filed"  # filed in the same instant: the newest first


def test_a_request_is_chosen_to_look_at_whatever_its_state() -> None:
    row, foreign = world.filed(), world.filed(ELSEWHERE, enterprise=OTHER)
    world.completed(row)
    client = clerk()

    page = client.get(f"{HERE}consultation/")

    assert "Vandermeulen" in said(page)
    assert "Secrète" not in said(page)
    chosen = client.get(f"{HERE}consultation/?request={row.ticket}&next=1")
    assert chosen["Location"] == f"/career-break/requests/{row.ticket}/"
    assert client.get(f"{HERE}consultation/?next=1").status_code == 422
    assert client.get(f"{HERE}consultation/?request={foreign.ticket}&next=1").status_code == 422
    assert 'href="/career-break/consultation/"' in client.get(HERE).content.decode()
