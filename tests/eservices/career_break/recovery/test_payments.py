"""A month of payments at the desk: its pages, what it adds up to, the same as a file."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from guichet.backoffice.career_breaks import payments_views
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.office.operations import reopen
from guichet.eservices.career_break.recovery import monthly
from guichet.eservices.career_break.recovery.monthly import Total
from guichet.kernel.period import Period
from guichet.platform import clock
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.office.desk import at_desk, officer
from tests.eservices.career_break.recovery.paid import LATER, Put, granted
from tests.eservices.career_break.walk import said
from tests.eservices.career_break.world import NADIA

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("office", "at"),
]
DESK = "/desk/career-breaks/"
MAY = Period(date(2025, 5, 1), date(2025, 5, 31))


def test_a_month_of_payments_lists_the_files_of_ones_offices(row: Request, at: Put) -> None:
    page = said(at_desk().get(f"{DESK}payments/?month=2025-05"))

    assert "Luc Vandermeulen" in page
    assert "932.96 EUR" in page
    for month in ("2025-07", "2025-03"):
        assert "Luc" not in said(at_desk().get(f"{DESK}payments/?month={month}"))
    assert "Luc" not in said(at_desk(desk.FAR).get(f"{DESK}payments/?month=2025-05"))
    refused = at_desk().get(f"{DESK}payments/?month=2025-13")
    assert refused.status_code == 422
    assert "Payments of the month" not in said(refused)


def test_a_month_adds_up_and_says_what_is_held(row: Request) -> None:
    other = granted(NADIA)
    reopen(ticket=other.ticket, reason="x", officer=officer(), now=LATER)

    may = said(at_desk().get(f"{DESK}payments/?month=2025-05")).partition("Totals of the month")[2]
    june = said(at_desk().get(f"{DESK}payments/?month=2025-06")).partition("Totals of the month")[2]

    # Twice 1 038.12 gross, 932.96 net.
    whole = "All together 2 2 076.24 EUR 210.32 EUR 1 865.92 EUR"
    assert f"{whole} 0.00 EUR" in may
    assert f"{whole} 932.96 EUR" in june


def test_a_large_month_is_added_up_when_somebody_asks(
    row: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(payments_views, "_MOST_ADDED", 0)
    page = at_desk().get(f"{DESK}payments/?month=2025-05")

    assert "All together" not in said(page)
    assert "totals=1" in page.content.decode()
    assert "All together" in said(at_desk().get(f"{DESK}payments/?month=2025-05&totals=1"))


def test_the_file_has_every_payment_with_its_amounts(row: Request) -> None:
    granted(NADIA)

    answer = at_desk().get(f"{DESK}payments.csv?month=2025-05")
    text = b"".join(answer).decode("utf-8-sig")  # type: ignore[arg-type]  # it streams
    head, *lines = csv.reader(io.StringIO(text), delimiter=";")

    assert head[0] == "Ticket number"
    assert len(lines) == 2
    assert [line[8:11] for line in lines] == [["1038,12", "105,16", "932,96"]] * 2
    assert lines[1][1] == "Vandermeulen"
    assert at_desk(desk.FAR).get(f"{DESK}payments.csv?month=2025-05").getvalue().count(b"\n") == 1
    assert at_desk().get(f"{DESK}payments.csv?month=x")["Location"] == f"{DESK}payments/"


def test_a_payment_without_an_amount_is_counted_and_not_summed(row: Request) -> None:
    [(_row, one)] = monthly.every({"MON"}, month=MAY, today=clock.today(LATER))
    unknown = replace(one, line=replace(one.line, gross=None, net=None))

    assert Total().plus(one).plus(unknown) == Total(2, 103_812, 93_296, 0, 1)
