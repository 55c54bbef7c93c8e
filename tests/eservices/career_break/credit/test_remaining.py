"""The remaining credit: what each period took, for whom, and what a worker says of it."""

from datetime import date

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from guichet.audit.models import Lookup
from guichet.eservices.career_break.credit.knowing import Known
from guichet.eservices.career_break.credit.models import ForWhom
from guichet.eservices.career_break.credit.remaining import pots
from guichet.eservices.career_break.dossier import Taken
from guichet.kernel.period import Period
from guichet.kernel.ticket import TicketNumber
from guichet.rules.career_break.facts import EarlierBreak
from guichet.rules.career_break.kinds import Leave, Regime
from tests.eservices.career_break import world
from tests.eservices.career_break.walk import said
from tests.eservices.career_break.world import LUC, NADIA
from tests.portal.browsing import signed_in

PAGE = "/career-break/credit/"


@pytest.fixture
def luc(firm: None) -> Client:
    """A browser in which Luc is signed in."""
    return signed_in(LUC)


@pytest.mark.django_db(databases=["default", "audit"])
def test_each_unit_stands_with_the_period_that_used_it(luc: Client) -> None:
    row = world.filed()

    page = said(luc.get(PAGE))

    assert TicketNumber(row.ticket).formatted() in page
    assert "20 of 80" in page
    assert "3 months" in page
    assert "Computed on 28/01/2025" in page
    assert Lookup.objects.using("audit").filter(niss=LUC, purpose="careerBreak.credit").exists()


@pytest.mark.django_db(databases=["default", "audit"])
def test_a_period_for_nobody_known_counts_for_everybody_until_it_is_told(luc: Client) -> None:
    row = world.filed()
    page = said(luc.get(PAGE))
    assert "we do not know for whom" in page
    assert "Cautious" in page

    told = {"period": row.ticket, "whom": "new", "name": "Emma", "born_on": "2020-05-04"}
    answer = luc.post(f"{PAGE}for-whom/", told, follow=True)

    page = said(answer)
    assert "Parental leave, Emma" in page
    assert "Cautious" not in page
    assert "4 months" in page  # for another child
    assert luc.post(f"{PAGE}for-whom/", told).status_code == 422
    assert ForWhom.objects.count() == 1


@pytest.mark.django_db(databases=["default", "audit"])
def test_nobody_says_for_whom_somebody_else_took_a_break(luc: Client) -> None:
    row = world.filed(NADIA)

    answer = luc.post(f"{PAGE}for-whom/", {"period": row.ticket, "whom": "new", "name": "X"})

    assert answer.status_code == 422
    assert TicketNumber(row.ticket).formatted() not in said(luc.get(PAGE))
    assert not ForWhom.objects.exists()


@pytest.mark.django_db(databases=["default", "audit"])
def test_a_new_person_needs_a_name(luc: Client) -> None:
    row = world.filed()

    assert luc.post(f"{PAGE}for-whom/", {"period": row.ticket, "whom": "new"}).status_code == 422


THEMATIC = (Leave.PARENTAL, Leave.MEDICAL_ASSISTANCE, Leave.PALLIATIVE, Leave.INFORMAL_CARER)
breaks = st.builds(
    lambda leave, regime, start, months, person: Taken(
        "", "", "closed",
        EarlierBreak(
            leave=leave, regime=regime, period=Period.of_months(start, months), person=person
        ),
    ),
    st.sampled_from((*THEMATIC, Leave.TIME_CREDIT, Leave.ORDINARY)),
    st.sampled_from((Regime.FULL, Regime.HALF, Regime.FIFTH)),
    st.dates(date(2019, 1, 1), date(2026, 1, 1)),
    st.integers(1, 60),
    st.sampled_from((None, "one", "two")),
)  # fmt: skip


@given(st.lists(breaks, max_size=8))
def test_no_credit_is_negative_and_each_bar_adds_up(taken: list[Taken]) -> None:
    found = pots(Known(taken=tuple(taken)), on=date(2026, 3, 1))

    for pot in found:
        assert 0 <= pot.left <= pot.total
        assert pot.used == min(pot.total, sum(use.cost for use in pot.uses))
        assert all(left.amount.months >= 0 for left in pot.lefts)


@given(st.lists(breaks, max_size=6), breaks)
def test_a_break_more_never_leaves_more_in_any_credit(taken: list[Taken], more: Taken) -> None:
    on = date(2026, 3, 1)
    before = {pot.key: pot.left for pot in pots(Known(taken=tuple(taken)), on=on)}
    after = {pot.key: pot.left for pot in pots(Known(taken=(*taken, more)), on=on)}

    assert all(after[key] <= left for key, left in before.items() if key in after)
