"""Who sees which acts: the search and the reading of one act agree on every case."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest

from guichet.audit.actors import system
from guichet.demo import fixtures as world
from guichet.demo.numbers import enterprise, niss, works_reference
from guichet.eservices.presence import queries
from guichet.eservices.presence.criteria import Criteria
from guichet.eservices.presence.visibility import Link, view_of
from guichet.platform.db import transaction
from guichet.registers.addresses import Address
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord
from guichet.registers.works import operations as works
from guichet.registers.works.queries import SiteAddress, SiteRecord
from tests.doors import stored

pytestmark = pytest.mark.django_db

SIX: Final = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
TODAY: Final = date(2026, 3, 2)
CHANNEL: Final = 7
TESTER: Final = system("tests")


@pytest.fixture
def fixtures() -> world.Fixtures:
    return world.load_fixtures(today=TODAY, now=SIX)


def seen(caller: str, *, channel: int = CHANNEL) -> set[int]:
    """What the caller finds; each act in it, and none outside it, can also be read by number."""
    view = view_of(enterprise_number=caller, channel=channel)
    everything = Criteria(SIX - timedelta(days=15), SIX + timedelta(days=15))
    page = queries.search(view=view, criteria=everything, page=1, page_size=200)
    found = {act.receipt for act in page.acts}
    for receipt in ALL:
        act, _ = queries.visible_act(view=view, receipt=receipt)
        assert (act is not None) is (receipt in found)
    return found


ALL: Final[list[int]] = []


@pytest.fixture(autouse=True)
def _none_yet() -> None:
    ALL.clear()


def ends(fixtures: world.Fixtures, intervention: int, last_day: date) -> None:
    with transaction():
        works.change_intervention(
            intervention=intervention,
            first_day=fixtures.first_day,
            last_day=last_day,
            actor=TESTER,
            now=SIX,
        )


def act(**traits: Any) -> int:
    receipt = stored(traits.pop("occurred_at", SIX), **traits)
    ALL.append(receipt)
    return receipt


@pytest.mark.usefixtures("fixtures")
def test_an_employer_sees_its_own_staff_on_any_site() -> None:
    mine = {act(employer=world.E3, site=site) for site in (world.S1, world.S2, "1Y1ZZZZZZZZZZ")}
    act(employer=world.E2)

    assert seen(world.E3) == mine


@pytest.mark.usefixtures("fixtures")
def test_p59_a_subcontractor_sees_its_chain_and_the_declarant_sees_the_site() -> None:
    own = act(employer=world.E2, ssin=world.W2)
    below = act(employer=world.E4, ssin=world.WS)
    declarants = act(employer=world.E1)
    strangers = act(employer=world.E3, ssin=world.W3)

    assert seen(world.E2) == {own, below}
    assert seen(world.E4) == {below}
    assert seen(world.E1) == {own, below, declarants, strangers}


@pytest.mark.usefixtures("fixtures")
def test_a_subcontractor_of_one_site_sees_nothing_of_another() -> None:
    act(employer=world.E4, site=world.S2)

    assert seen(world.E2) == set()


def test_a_chain_is_seen_while_the_contracts_last(fixtures: world.Fixtures) -> None:
    ends(fixtures, fixtures.e4_at_s1, TODAY - timedelta(days=3))
    during = act(employer=world.E4, occurred_at=SIX - timedelta(days=3))
    act(employer=world.E4, occurred_at=SIX - timedelta(days=2))

    assert seen(world.E2) == {during}


def test_the_last_day_of_a_chain_ends_at_midnight_in_brussels(fixtures: world.Fixtures) -> None:
    ends(fixtures, fixtures.e4_at_s1, TODAY)
    midnight = datetime(2026, 3, 2, 23, 0, tzinfo=UTC)
    before = act(employer=world.E4, occurred_at=midnight - timedelta(minutes=1))
    act(employer=world.E4, occurred_at=midnight)

    assert seen(world.E2) == {before}


def test_nobody_sees_the_chain_of_a_subcontractor_that_has_left(fixtures: world.Fixtures) -> None:
    ends(fixtures, fixtures.e2_at_s1, TODAY - timedelta(days=3))
    act(employer=world.E4)

    assert seen(world.E2) == set()


def test_a_foreign_subcontractor_is_seen_by_whom_it_works_for(fixtures: world.Fixtures) -> None:
    with transaction():
        works.add_intervention(
            declaration_number=world.DECLARATIONS[world.S2],
            foreign_vat_number=world.FOREIGN_VAT,
            employed_by=fixtures.e2_at_s2,
            first_day=TODAY,
            last_day=None,
            actor=TESTER,
            now=SIX,
        )
    foreign = act(employer=None, foreign_vat_number=world.FOREIGN_VAT, site=world.S2)
    act(employer=None, foreign_vat_number="PL9999999999", site=world.S2)

    assert seen(world.E2) == {foreign}


@pytest.mark.usefixtures("fixtures")
def test_a_principal_sees_everybody_on_its_sites() -> None:
    principal, reference = enterprise(8_001), works_reference(8_001)
    with transaction():
        enterprises.register(
            enterprise=EnterpriseRecord(principal, name_nl="Havenmeester"), actor=TESTER, now=SIX
        )
        works.declare_site(
            site=SiteRecord(
                reference,
                "Kade",
                "cleaning",
                1,
                is_obliged=True,
                principal=principal,
                addresses=(SiteAddress(Address("Kade", "1", "", "9000", "Gent"), "44021"),),
            ),
            actor=TESTER,
            now=SIX,
        )
    there = {act(employer=number, site=reference) for number in (world.E1, world.E3)}
    act(employer=world.E1)

    assert seen(principal) == there


@pytest.mark.usefixtures("fixtures")
def test_an_interim_agency_sees_the_workers_it_lends_where_it_lends_them() -> None:
    agency, worker = enterprise(8_002), niss(born_on=date(1990, 1, 2), is_female=True)
    with transaction():
        enterprises.register(
            enterprise=EnterpriseRecord(agency, name_nl="Handen Uit"), actor=TESTER, now=SIX
        )
        persons.register(
            person=PersonRecord(worker, "Noor", "Peeters", date(1990, 1, 2), "nl"),
            actor=TESTER,
            now=SIX,
        )
        employments.declare(
            employment=EmploymentRecord(
                niss=worker,
                employer=agency,
                joint_committee="322",
                worker_type="OTH",
                first_day=TODAY,
                last_day=TODAY,
                user_enterprise=world.E3,
            ),
            actor=TESTER,
            now=SIX,
        )
    lent = act(ssin=worker, employer=world.E3, site=world.S3)
    act(ssin=worker, employer=world.E3, occurred_at=SIX - timedelta(days=1))
    act(ssin=worker, employer=world.E2)
    act(ssin=world.W3, employer=world.E3)

    assert seen(agency) == {lent}


def test_a_sender_sees_what_its_own_channel_sent() -> None:
    sent = act(employer=world.E1, sender=CHANNEL)
    act(employer=world.E1, sender=CHANNEL + 1)
    act(employer=world.E1)

    assert seen("1900000069") == {sent}


def test_an_enterprise_without_any_part_sees_nothing() -> None:
    act()

    assert seen("1900000069") == set()


def test_the_links_of_a_chain_carry_the_days_of_the_chain_above(fixtures: world.Fixtures) -> None:
    view = view_of(enterprise_number=world.E2, channel=CHANNEL)

    assert view.chain == (Link(world.S1, world.E4, None, fixtures.first_day, fixtures.last_day),)
