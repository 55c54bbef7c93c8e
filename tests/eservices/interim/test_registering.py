"""Who registers the presence of an interim worker: said to the worker and to his agency."""

from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client

from guichet.access.rights import give_right
from guichet.eservices.interim import queries as interim
from guichet.platform import clock
from guichet.registers.arrangements import operations
from guichet.rules.presence_arrangements import Step
from tests.eservices.dimona import world
from tests.eservices.dimona.world import AGENCY, FIRM, KARIM, NOW, TODAY, USER, said
from tests.portal.browsing import signed_in, text
from tests.registers.arrangements_world import (
    ACTOR,
    CLEANING,
    MEAT,
    agreement,
    recorded,
    site,
)

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
HEADING = "Who registers the presence"


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def period() -> int:
    """A period of tomorrow of Karim, lent to the user company."""
    record = said(world.temp())
    assert record.period_id is not None
    return record.period_id


def worker_reads(period: int) -> str:
    return text(signed_in(KARIM), f"/interim/relations/p{period}/")


def agency_reads(period: int) -> str:
    give_right(
        niss=world.PENSIONER, enterprise_number=AGENCY, service="dimona",
        first_day=TODAY - world.DAY, actor=world.ACTOR, now=NOW,
    )  # fmt: skip
    return text(signed_in(world.PENSIONER, AGENCY), f"/dimona/periods/{period}/")


def agree(**given: object) -> UUID:
    return recorded(agreement(USER, AGENCY, **given), now=NOW)


def test_without_an_agreement_the_law_is_told_on_both_pages(period: int) -> None:
    site(CLEANING, "cleaning", declarant=USER, now=NOW, name="Hôpital")
    site(MEAT, "meat", declarant=USER, now=NOW, name="Abattoir")

    own, agencys = worker_reads(period), agency_reads(period)

    assert "Where Cleaning Who registers You yourself Who gives the means Firme 3" in own
    assert "Where Cleaning Who registers The worker himself" in agencys
    for page in (own, agencys):
        assert "Where Meat sector Who registers Firme 3" in page
        assert "Without another agreement the user company registers the interim workers" in page
        assert "Abattoir" not in page
        assert "Hôpital" not in page


def test_an_agreement_changes_what_both_read_and_one_that_is_contested_does_not(
    period: int,
) -> None:
    site(MEAT, "meat", declarant=USER, now=NOW, name="Abattoir")
    number = agree(works_reference=MEAT)

    for page in (worker_reads(period), agency_reads(period)):
        assert "Where Abattoir Who registers Firme 2 Who gives the means Firme 2" in page
        assert "Software of one of the parties" in page
        assert "the other one has not confirmed it" in page

    with transaction.atomic():
        operations.step(
            number=number, step=Step.CONTEST, enterprise=AGENCY, answer="No.", actor=ACTOR, now=NOW
        )
    for page in (worker_reads(period), agency_reads(period)):
        assert "Where Abattoir Who registers Firme 3" in page
        assert "that the other one contests" in page


def test_where_no_site_of_the_user_is_known_that_is_said(period: int) -> None:
    site(MEAT, "meat", declarant=FIRM, now=NOW, name="Abattoir")

    for page in (worker_reads(period), agency_reads(period)):
        assert HEADING in page
        assert "no site where presences are registered is known" in page


def test_a_cancelled_relation_and_one_without_a_user_company_say_nothing(period: int) -> None:
    assert world.answered(said(world.cancel(period, employer=AGENCY))) == "A"
    other = said(world.an_in(employer=AGENCY)).period_id
    assert other is not None

    assert HEADING not in worker_reads(period)
    assert HEADING not in agency_reads(period)
    assert HEADING not in agency_reads(other)
    found = interim.relation(niss=KARIM, reference=f"p{period}", now=NOW, language="en")
    assert found is not None


def test_the_worker_of_another_relation_does_not_read_it(period: int) -> None:
    assert signed_in(world.LOTTE).get(f"/interim/relations/p{period}/").status_code == 404
    assert isinstance(signed_in(KARIM), Client)
