"""The register of works: sites, contracts, chains."""

from dataclasses import replace
from datetime import date, timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import IntegrityError, connection
from django.db.transaction import atomic

from guichet.audit.history import acting
from guichet.demo import numbers
from guichet.platform.models import Change
from guichet.registers.addresses import Address
from guichet.registers.changing import Outcome, RegisterRefused
from guichet.registers.works import models, operations, queries
from guichet.registers.works.queries import ContractRecord, SiteAddress, SiteRecord
from tests.registers.people import ACTOR, NOW, TODAY, firms, last_change

pytestmark = pytest.mark.django_db

REFERENCE = "1Y103CF8203SZ"
DECLARATION = numbers.declaration(1)
LAST = date(2026, 12, 31)
SITE = SiteRecord(
    REFERENCE,
    "Résidence",
    "cleaning",
    1,
    is_obliged=True,
    addresses=(
        SiteAddress(Address("Rue", "4", "", "5000", "Namur"), "92094", 4.8674, 50.4669),
        SiteAddress(Address("Quai", "", "", "5100", "Namur")),
    ),
)


def declare(site: SiteRecord = SITE) -> Outcome:
    return operations.declare_site(site=site, actor=ACTOR, now=NOW)


def declare_contract(firm: str, number: str = DECLARATION, **change: object) -> Outcome:
    contract = ContractRecord(number, firm, 100_00, TODAY, LAST)
    return operations.declare_contract(
        reference=REFERENCE,
        contract=replace(contract, **change),  # type: ignore[arg-type]
        actor=ACTOR,
        now=NOW,
    )


def add(
    enterprise: str,
    employed_by: int | None = None,
    number: str = DECLARATION,
    first_day: date = TODAY,
    last_day: date | None = LAST,
) -> int:
    return operations.add_intervention(
        declaration_number=number,
        enterprise=enterprise,
        employed_by=employed_by,
        first_day=first_day,
        last_day=last_day,
        actor=ACTOR,
        now=NOW,
    )


def test_a_declared_site_is_read_back_with_its_addresses_in_order() -> None:
    assert declare() is Outcome.ADDED
    assert declare() is Outcome.UNCHANGED
    assert queries.site(reference=REFERENCE) == SITE
    assert queries.activities() == {REFERENCE: "cleaning"}


def test_addresses_are_brought_up_to_date_one_by_one() -> None:
    declare()
    kept = models.Address.objects.get(position=1).id

    shorter = replace(SITE, addresses=SITE.addresses[:1])
    assert declare(shorter) is Outcome.CHANGED
    assert queries.site(reference=REFERENCE) == shorter
    assert models.Address.objects.get().id == kept


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reference": "1YI03CF8203SZ"}, "reference_invalid"),
        ({"reference": "1Y103CF820"}, "reference_invalid"),
        ({"activity": "baking"}, "works_site_activity_known"),
        ({"sector": 4}, "works_site_sector_known"),
        ({"tolerance_metres": 0}, "works_site_tolerance_positive"),
        ({"principal": "1000000120"}, "enterprise_unknown"),
        (
            {"addresses": (SiteAddress(Address(), longitude=200.0, latitude=50.0),)},
            "works_address_point_on_earth",
        ),
        (
            {"addresses": (SiteAddress(Address(), longitude=4.0),)},
            "works_address_point_on_earth",
        ),
        (
            {"addresses": (SiteAddress(Address(), longitude=float("nan"), latitude=5.0),)},
            "works_address_point_on_earth",
        ),
    ],
)
def test_a_wrong_site_is_refused_wholly(change: dict[str, object], code: str) -> None:
    with pytest.raises(RegisterRefused) as refusal:
        declare(replace(SITE, **change))  # type: ignore[arg-type]

    assert refusal.value.code == code
    assert not models.Site.objects.exists()
    assert not Change.objects.exists()


def test_the_obligation_may_change() -> None:
    declare()
    operations.set_obligation(reference=REFERENCE, is_obliged=False, actor=ACTOR, now=NOW)

    site = queries.site(reference=REFERENCE)
    assert site is not None
    assert site.is_obliged is False
    assert last_change()["works_reference"] == REFERENCE


def test_a_contract_touches_its_old_days_and_its_new_ones() -> None:
    [firm] = firms(1)
    declare()
    declare_contract(firm)
    later = LAST + timedelta(days=30)
    operations.change_contract_days(
        declaration_number=DECLARATION, first_day=LAST, last_day=later, actor=ACTOR, now=NOW
    )

    assert (last_change()["first_day"], last_change()["last_day"]) == (TODAY, later)
    [contract] = queries.contracts(reference=REFERENCE)
    assert (contract.first_day, contract.last_day) == (LAST, later)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"declaration_number": "X"}, "works_contract_declaration_number_well_formed"),
        ({"last_day": TODAY - timedelta(days=1)}, "works_contract_days_in_order"),
        ({"total_cost_cents": -1}, "works_contract_cost_not_negative"),
        ({"work_type": 9}, "works_contract_work_type_known"),
        ({"declarant": "1000000120"}, "enterprise_unknown"),
    ],
)
def test_a_wrong_contract_is_refused_with_a_stable_code(
    change: dict[str, object], code: str
) -> None:
    [firm] = firms(1)
    declare()
    with pytest.raises(RegisterRefused) as refusal:
        declare_contract(firm, **change)

    assert refusal.value.code == code
    assert queries.contracts(reference=REFERENCE) == ()


def test_a_contract_belongs_to_one_site() -> None:
    [firm] = firms(1)
    declare()
    declare_contract(firm)
    declare(replace(SITE, reference="1Y103CF8204TZ"))

    with pytest.raises(RegisterRefused, match="contract_of_another_site"):
        operations.declare_contract(
            reference="1Y103CF8204TZ",
            contract=ContractRecord(DECLARATION, firm, 0, TODAY),
            actor=ACTOR,
            now=NOW,
        )
    with pytest.raises(RegisterRefused, match="site_unknown"):
        operations.declare_contract(
            reference="1Y103CFZGY9WZ",
            contract=ContractRecord(DECLARATION, firm, 0, TODAY),
            actor=ACTOR,
            now=NOW,
        )


def test_everybody_sees_himself_and_what_stands_below_him() -> None:
    declarant, left, right, below, deepest = firms(5)
    declare()
    declare_contract(declarant)
    at_left, _ = add(left), add(right)
    at_below = add(below, at_left)
    add(deepest, at_below)

    def below_of(firm: str) -> set[str]:
        return set(queries.contractors_below(reference=REFERENCE, enterprise=firm))

    assert below_of(declarant) == {declarant, left, right, below, deepest}
    assert below_of(left) == {left, below, deepest}
    assert below_of(right) == {right}
    assert below_of(below) == {below, deepest}
    assert below_of("1000000120") == {"1000000120"}


def test_the_principal_sees_every_contract_and_a_declarant_only_his_own() -> None:
    principal, first, second, subcontractor = firms(4)
    declare(replace(SITE, principal=principal))
    declare_contract(first)
    other = numbers.declaration(2)
    declare_contract(second, number=other)
    add(subcontractor, number=other)

    seen = {
        firm: queries.contractors_below(reference=REFERENCE, enterprise=firm)
        for firm in (principal, first, second)
    }
    assert seen == {
        principal: {principal, first, second, subcontractor},
        first: {first},
        second: {second, subcontractor},
    }


def test_the_sites_of_a_firm_are_those_of_the_day() -> None:
    declarant, subcontractor = firms(2)
    declare()
    declare_contract(declarant)
    yesterday = TODAY - timedelta(days=1)
    add(subcontractor, last_day=TODAY)

    assert queries.references_of(enterprise=declarant, on=LAST) == {REFERENCE}
    assert queries.references_of(enterprise=subcontractor, on=TODAY) == {REFERENCE}
    assert queries.references_of(enterprise=subcontractor, on=LAST) == frozenset()
    assert queries.references_of(enterprise=subcontractor) == {REFERENCE}
    assert queries.references_of(enterprise=declarant, on=yesterday) == frozenset()


def test_an_intervention_may_end_earlier() -> None:
    declarant, subcontractor = firms(2)
    declare()
    declare_contract(declarant)
    intervention = add(subcontractor)
    operations.change_intervention(
        intervention=intervention, first_day=TODAY, last_day=TODAY, actor=ACTOR, now=NOW
    )

    [contract] = queries.contracts(reference=REFERENCE)
    assert [each.last_day for each in contract.interventions] == [TODAY]
    assert (last_change()["first_day"], last_change()["last_day"]) == (TODAY, LAST)


def test_a_firm_stands_twice_only_under_different_employers_or_on_different_days() -> None:
    declarant, first, second = firms(3)
    declare()
    declare_contract(declarant)
    at_first = add(first)
    add(second)
    add(second, at_first)

    with pytest.raises(RegisterRefused, match="works_intervention_no_overlap"):
        add(second, at_first, first_day=LAST)
    add(second, at_first, first_day=LAST + timedelta(days=1), last_day=None)


def test_an_employer_stands_in_the_same_contract() -> None:
    declarant, first, second = firms(3)
    declare()
    declare_contract(declarant)
    other = numbers.declaration(2)
    declare_contract(declarant, number=other)
    at_first = add(first)

    with pytest.raises(RegisterRefused, match="works_intervention_employer_of_same_contract"):
        add(second, at_first, number=other)
    with pytest.raises(RegisterRefused, match="intervention_unknown"):
        add(second, at_first + 1_000)


def test_a_chain_cannot_be_bent_into_a_circle_not_even_by_hand() -> None:
    declarant, first, second = firms(3)
    declare()
    declare_contract(declarant)
    at_first = add(first)
    at_second = add(second, at_first)

    with pytest.raises(IntegrityError, match="employer_stands_earlier"), atomic(), acting(ACTOR):
        models.Intervention.objects.filter(id=at_first).update(employed_by=at_second)


@pytest.mark.parametrize(
    ("vat", "both"), [("DE123456789", False), ("x1", False), (None, False), ("FR1", True)]
)
def test_a_foreign_subcontractor_has_a_vat_number_instead(vat: str | None, both: bool) -> None:
    declarant, firm = firms(2)
    declare()
    declare_contract(declarant)

    def add_foreign() -> int:
        return operations.add_intervention(
            declaration_number=DECLARATION,
            enterprise=firm if both else None,
            foreign_vat_number=vat,
            first_day=TODAY,
            actor=ACTOR,
            now=NOW,
        )

    if vat == "DE123456789":
        add_foreign()
        seen = queries.contractors_below(reference=REFERENCE, enterprise=declarant)
        assert seen == {declarant, vat}
    else:
        with pytest.raises(RegisterRefused, match="works_intervention_one_contractor"):
            add_foreign()


@pytest.mark.django_db(transaction=True)
def test_who_listens_hears_of_each_changed_site() -> None:
    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as listener:
        listener.execute("LISTEN guichet_works")
        with atomic():
            declare()
        with atomic():
            operations.set_obligation(reference=REFERENCE, is_obliged=False, actor=ACTOR, now=NOW)
        heard = [notice.payload for notice in listener.notifies(timeout=10, stop_after=2)]

    assert heard == [REFERENCE, REFERENCE]


def test_changes_carry_the_number_of_their_transaction() -> None:
    declare()

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        [current] = cursor.fetchone() or (None,)
    assert Change.objects.get().recorded_in == current
