"""The simulator at its doors: by a button, in pieces, with rows, with anything typed."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guichet.eservices.career_break.credit.forms.fields import LATEST
from guichet.eservices.career_break.credit.forms.simulator import SimulatorForm
from guichet.eservices.career_break.credit.lefts import offered
from guichet.rules.career_break.kinds import Leave, Motive, Regime
from tests.eservices.career_break import world
from tests.eservices.career_break.credit.asking import (
    OPEN,
    OWN,
    answer,
    asked,
    before,
    planned,
    verdicts,
)
from tests.eservices.career_break.walk import said
from tests.eservices.career_break.world import LUC
from tests.portal.browsing import signed_in

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
PL = "parental"
AUTUMN = (PL, "half", "01/10/2025", "30/11/2025")
MONTH = asked(PL, "full", "01/09/2025", "30/09/2025")
PART = {"headers": {"X-Guichet-Part": "answer"}}


def test_a_visitor_asks_without_signing_in_and_nothing_stands_in_the_address() -> None:
    page = Client().get(OPEN)

    assert page.status_code == 200
    assert b'method="post"' in page.content
    assert Client().get(OWN).status_code == 302


def test_who_is_signed_in_finds_his_job_and_his_breaks_filled_in() -> None:
    world.filed()
    browser = signed_in(LUC)

    page = browser.get(OWN).content.decode()
    assert 'value="2015-05-12"' in page
    assert "1 break stands in your dossier" in page

    given = MONTH | {"last_day": "2025-12-31"}
    assert "0 months" in answer(
        given | {"last_day": "2025-11-30"}, client=browser, place=OWN
    )  # one month used before, three wished
    assert verdicts(answer(given, client=browser, place=OWN))[0] == "No"


def test_while_typing_only_the_answer_comes_and_what_lacks_is_no_mistake() -> None:
    whole = Client().post(OPEN, MONTH, **PART)
    lacks = Client().post(OPEN, {"leave": PL}, **PART)

    assert whole.status_code == lacks.status_code == 200
    assert b"<html" not in whole.content
    assert b'id="cr-whole"' in whole.content
    assert b"Choose a r\xc3\xa9gime" in lacks.content


def test_what_lacks_is_told_at_the_button() -> None:
    page = Client().post(OPEN, {"do": "answer"})

    assert page.status_code == 422
    assert "There is a problem" in said(page)


def test_a_nearest_end_is_taken_by_its_button() -> None:
    wrong = asked(PL, "fifth", "01/09/2025", "31/12/2025")

    page = answer(wrong | {"do": "end:2026-01-31"})

    assert "01/09/2025 - 31/01/2026" in page
    assert verdicts(page)[0] == "Yes"


def test_a_forged_end_is_no_day() -> None:
    assert Client().post(OPEN, MONTH | {"do": "end:never"}).status_code == 422


def test_rows_are_added_and_removed_without_losing_what_was_typed() -> None:
    rows = planned(
        (PL, "half", "01/10/2025", "30/11/2025"), (PL, "full", "01/01/2026", "31/01/2026")
    )

    more = Client().post(OPEN, MONTH | rows | {"do": "add-plan"}).content.decode()
    fewer = Client().post(OPEN, MONTH | rows | {"do": "drop-plan-0"}).content.decode()

    assert 'name="plan-2-leave"' in more
    assert 'value="2025-09-01"' in more
    assert 'name="plan-1-leave"' not in fewer
    assert 'value="2026-01-01"' in fewer


def test_a_plan_is_checked_together() -> None:
    fits = planned(
        (PL, "half", "01/10/2025", "30/11/2025"), (PL, "full", "01/01/2026", "28/02/2026")
    )
    over = planned(
        (PL, "half", "01/10/2025", "30/11/2025"), (PL, "full", "01/01/2026", "31/03/2026")
    )

    assert "Not possible like this" not in answer(MONTH | fits)
    assert "Not possible like this" in answer(MONTH | over)


def test_the_order_of_the_rows_of_a_plan_does_not_matter() -> None:
    first = (PL, "half", "01/10/2025", "30/11/2025")
    second = (PL, "full", "01/01/2026", "31/01/2026")

    one, other = (answer(MONTH | planned(*rows)) for rows in ((first, second), (second, first)))

    assert _plan(one) == _plan(other)


def test_two_periods_of_a_plan_that_overlap_are_told() -> None:
    rows = planned((PL, "half", "15/09/2025", "14/11/2025"))

    assert "overlaps another period" in answer(MONTH | rows)


def test_a_break_that_is_listed_is_taken_off() -> None:
    rows = before((PL, "full", "01/01/2025", "31/03/2025"))

    assert "0 months" in answer(MONTH | rows)


def test_a_visitor_asks_a_hundred_and_twenty_times_a_minute() -> None:
    answers = [Client().post(OPEN, {"leave": PL}, **PART).status_code for _try in range(121)]

    assert set(answers[:120]) == {200}
    assert answers[120] == 429


_NAMES = sorted(SimulatorForm.base_fields)
_BOXES = [f"{name}_{at}" for name in ("contract", "full_time", "former") for at in (0, 1)]
_ROWS = [f"{row}-0-{name}" for row in ("plan", "before")
         for name in ("leave", "whom", "regime", "first_day", "count", "last_day")]  # fmt: skip
_VALUES = st.one_of(
    st.sampled_from([*Leave, *Regime, *Motive, "yes", "no", "other", "public", "private", "some"]),
    st.dates().map(str),
    st.integers(-5, 10**6).map(str),
    st.text(max_size=12),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(st.sampled_from([*_NAMES, *_BOXES, *_ROWS]), _VALUES, max_size=30),
       st.sampled_from([0, 1, 1, 2]))  # fmt: skip
def test_whatever_is_typed_is_answered(typed: dict[str, str], rows: int) -> None:
    wild = {name: str(value).replace("\x00", "?") for name, value in typed.items()}
    counts = {"plan_count": str(rows), "before_count": str(rows)}

    page = Client(REMOTE_ADDR=f"198.51.100.{hash(str(wild)) % 250}").post(
        OPEN, MONTH | wild | counts
    )

    assert page.status_code in (200, 422)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    wish=st.tuples(st.sampled_from(tuple(Leave)), st.sampled_from(tuple(Regime))),
    motive=st.sampled_from(tuple(Motive)),
    first=st.dates(min_value=date(2002, 1, 1), max_value=date(2099, 12, 31)),
    count=st.integers(1, 480),
    sector=st.sampled_from(("private", "public")),
)
def test_every_leave_in_every_regime_at_any_time_is_answered(
    wish: tuple[Leave, Regime], motive: Motive, first: date, count: int, sector: str
) -> None:
    leave, regime = wish
    given = MONTH | {
        "leave": leave, "regime": regime, "motive": motive, "first_day": first.isoformat(),
        "last_day": "", "count": str(count), "sector": sector, "notice_on": "",
    }  # fmt: skip

    page = Client(REMOTE_ADDR=f"203.0.113.{count % 250}").post(OPEN, given)

    assert page.status_code == (200 if regime in offered(leave, on=LATEST) else 422)


def _plan(page: str) -> str:
    return page.split("Your plan, by its days", 1)[1].split("Computed on", 1)[0]
