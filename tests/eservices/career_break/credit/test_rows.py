"""Rows of periods, planned and taken before: any leave, régime and day is answered."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from guichet.eservices.career_break.credit.lefts import offered
from guichet.rules.career_break.kinds import Leave, Regime
from tests.eservices.career_break.credit.asking import OPEN, asked, before, planned

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
KINDS = [leave.value for leave in Leave if leave is not Leave.TIME_CREDIT] + ["time_credit:child"]
MONTH = asked("parental", "full", "01/09/2025", "30/09/2025")


@pytest.mark.parametrize("leave", KINDS)
@pytest.mark.parametrize("regime", [regime.value for regime in Regime])
def test_a_row_has_a_regime_of_its_leave_or_is_told_so(leave: str, regime: str) -> None:
    exists = Regime(regime) in offered(Leave(leave.partition(":")[0]), on=date(2025, 10, 1))
    row = (leave, regime, "01/10/2025", "30/11/2025")
    earlier = (leave, regime, "01/01/1999", "28/02/1999")

    for rows in (planned(row), before(earlier)):
        page = Client().post(OPEN, MONTH | rows)
        assert page.status_code == (200 if exists else 422)
        assert ("does not exist for this leave" in page.content.decode()) is not exists


@pytest.mark.parametrize("leave", KINDS)
def test_no_plan_begins_before_the_rules_do(leave: str) -> None:
    row = (leave, "fifth", "31/12/2001", "31/05/2002")

    page = Client().post(OPEN, MONTH | planned(row))

    assert page.status_code == 422
    assert "Enter a day from 2002 to 2099." in page.content.decode()
    part = Client().post(OPEN, MONTH | planned(row), headers={"X-Guichet-Part": "answer"})
    assert part.status_code == 200


@pytest.mark.parametrize(("first", "last"), [("01/01/1985", "31/12/1985"),
                                             ("01/12/2001", "31/01/2002")])  # fmt: skip
def test_a_break_before_may_lie_before_the_rules(first: str, last: str) -> None:
    page = Client().post(OPEN, MONTH | before(("ordinary", "full", first, last)))

    assert page.status_code == 200
