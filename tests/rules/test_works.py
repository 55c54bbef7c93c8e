"""Who must declare works, which sites are obliged, and every anomaly of a declaration."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.verdict import Severity
from guichet.rules.works.anomalies import Facts, anomalies, is_late
from guichet.rules.works.declared import (
    Agreement,
    Contact,
    Declaration,
    Link,
    Party,
    Place,
)
from guichet.rules.works.needed import Amounts, needed, obliged

FILED = date(2026, 3, 2)
FIRST, LAST = date(2026, 3, 3), date(2026, 6, 10)
A, B, C, D = "1900020063", "1900020162", "1900020261", "1900020360"
AFTER = date(2026, 6, 11)
PLACE = Place(street="Wulpenkaai", house_number="52", postcode="9000", municipality="Gent")


def link(firm: str, employer: int | None = None, **given: Any) -> Link:
    return Link(
        party=Party(number=firm), employer=employer,
        **{"first_day": FIRST, "last_day": LAST} | given,
    )  # fmt: skip


def works(**given: Any) -> Declaration:
    declared = Declaration(
        declarant=A, work_type=1, places=(PLACE,), principal=Party(number=D),
        contact=Contact(first_name="Inès", name="Delvaux", phone="081 00 00 00"),
        cents=62_000_000, signed_on=date(2026, 2, 20), first_day=FIRST, last_day=LAST,
        chain=(link(B), link(C, 0)),
    )  # fmt: skip
    return replace(declared, **given)


def codes(declared: Declaration, **facts: Any) -> list[tuple[str, str]]:
    known = {"filed_on": FILED, "known": frozenset({A, B, C, D})}
    return [
        (one.code, one.field) for one in anomalies(declared=declared, facts=Facts(**known | facts))
    ]


@pytest.mark.parametrize(
    ("sector", "cents", "subcontractors", "wanted", "why"),
    [
        (1, 2_999_999, 0, False, "works.exempt.amount"),
        (1, 3_000_000, 0, True, "works.needed.amount"),
        (1, 499_999, 1, False, "works.exempt.one"),
        (1, 500_000, 1, True, "works.needed.one"),
        (1, 1, 2, True, "works.needed.several"),
        (2, 2_999_999, 0, False, "works.exempt.amount"),
        (3, 1, 0, True, "works.needed.meat"),
    ],
)
def test_p89_who_must_declare_and_why(
    sector: int, cents: int, subcontractors: int, wanted: bool, why: str
) -> None:
    verdict = needed(sector=sector, amounts=Amounts(cents, subcontractors), on=FIRST)

    assert verdict.outcome is wanted
    assert [one.key for one in verdict.findings] == [why]


@pytest.mark.parametrize(
    ("begun_on", "contracts", "wanted"),
    [
        (date(2026, 3, 3), [50_000_000], False),
        (date(2026, 3, 3), [50_000_001], True),
        (date(2026, 3, 3), [48_000_000, 2_000_000], False),
        (date(2026, 3, 3), [48_000_000, 2_000_001], True),
        (date(2016, 3, 1), [80_000_000], True),
        (date(2016, 2, 29), [80_000_000], False),
        (date(2016, 2, 29), [80_000_001], True),
        (date(2014, 3, 31), [90_000_000], False),
    ],
)
def test_p85_construction_is_obliged_strictly_above_the_bound_of_the_day_it_began(
    begun_on: date, contracts: list[int], wanted: bool
) -> None:
    every = [Amounts(cents, 0) for cents in contracts]

    verdict = obliged(activity="construction", sector=1, contracts=every, begun_on=begun_on)

    assert verdict.outcome is wanted


@pytest.mark.parametrize(
    ("activity", "sector", "cents", "count", "wanted"),
    [
        ("cleaning", 1, 3_000_000, 0, True),
        ("cleaning", 1, 2_999_999, 0, False),
        ("cleaning", 1, 500_000, 1, True),
        ("cleaning", 1, 499_999, 1, False),
        ("meat", 3, 1, 0, True),
        ("guarding", 2, 90_000_000, 9, False),
    ],
)
def test_other_activities_are_obliged_by_rules_of_their_own(
    activity: str, sector: int, cents: int, count: int, wanted: bool
) -> None:
    every = [Amounts(cents, count)]

    verdict = obliged(activity=activity, sector=sector, contracts=every, begun_on=FIRST)

    assert verdict.outcome is wanted
    assert len(verdict.findings) == 1


def test_a_sound_declaration_has_no_anomaly() -> None:
    assert codes(works()) == []


def _place(**given: Any) -> tuple[Place, ...]:
    return (replace(PLACE, **given),)


def _contact(**given: Any) -> Contact:
    return replace(works().contact, **given)


FAULTS: list[tuple[dict[str, Any], str, str]] = [
    ({"sector": 4}, "WorksGlobalProjectSector-008", "sector"),
    ({"work_type": None}, "WorksGlobalProjectType-001", "work_type"),
    ({"work_type": 9}, "WorksGlobalProjectType-008", "work_type"),
    ({"address_details": "x" * 1001}, "AddressDetails-093", "address_details"),
    ({"comment": "x" * 201}, "Comment-093", "comment"),
    ({"own_reference": "x" * 21}, "ReferenceNbr-093", "own_reference"),
    ({"is_mobile": True}, "00925-001", "address_details"),
    ({"places": _place(street="")}, "00925-001", "address_details"),
    ({"places": _place(house_number="")}, "00925-001", "address_details"),
    ({"places": ()}, "SiteAddress-001", "places"),
    ({"places": (PLACE,) * 101}, "SiteAddress-093", "places"),
    ({"places": _place(postcode="")}, "ZIPCode-001", "places.0.postcode"),
    ({"places": _place(municipality="")}, "City-001", "places.0.municipality"),
    ({"places": _place(country="FR")}, "Country-008", "places.0.country"),
    ({"places": _place(street="x" * 43)}, "Street-093", "places.0.street"),
    ({"places": _place(box_number="x" * 5)}, "PostBox-093", "places.0.box_number"),
    ({"principal": Party()}, "WorksGlobalProjectOwnerId-364", "principal.number"),
    ({"principal": Party(number="0712345631")}, "CompanyID-003", "principal.number"),
    ({"principal": Party(number="0712345630")}, "CompanyID-008", "principal.number"),
    ({"principal": Party(vat_number="P", name="P")}, "VATNbr-003", "principal.vat_number"),
    ({"principal": Party(vat_number="BE07123", name="P")}, "VATNbr-003", "principal.vat_number"),
    ({"principal": Party(vat_number="PL0000000000")}, "Denomination-001", "principal.name"),
    ({"principal": Party(is_natural_person=True)}, "Denomination-001", "principal.name"),
    ({"principal": Party(vat_number="PL00", name="x" * 97)}, "Denomination-093", "principal.name"),
    ({"contact": _contact(name="")}, "Name-001", "contact.name"),
    ({"contact": _contact(first_name=" ")}, "FirstName-001", "contact.first_name"),
    ({"contact": _contact(phone="")}, "PhoneNbr-001", "contact.phone"),
    ({"contact": _contact(phone="0" * 21)}, "PhoneNbr-093", "contact.phone"),
    ({"cents": None}, "WorksContractTotalCost-001", "cents"),
    ({"cents": 0}, "WorksContractTotalCost-008", "cents"),
    ({"cents": -1}, "WorksContractTotalCost-008", "cents"),
    ({"cents": 10**12}, "WorksContractTotalCost-093", "cents"),
    ({"dangerous": 2}, "DangerousConstrWorkNature-008", "dangerous"),
    ({"first_day": None}, "WorksContractStartDate-001", "first_day"),
    ({"last_day": None}, "00928-001", "last_day"),
    ({"last_day": FILED, "chain": ()}, "00928-014", "last_day"),
    ({"is_continuous": True, "last_day": date(2031, 3, 4)}, "00928-008", "last_day"),
    ({"signed_on": date(2026, 3, 4)}, "ContractSignatureDate-008", "signed_on"),
    ({"first_day": date(2026, 3, 1)}, "00931-001", "late_reason"),
    ({"dangerous": 1}, "00931-001", "late_reason"),
    ({"first_day": date(2026, 3, 1), "late_reason": 2}, "00931-008", "late_reason"),
    ({"chain": (link(B, 0),)}, "90573-003", "chain.0.employer"),
    ({"chain": (link(B, 1), link(C))}, "90573-003", "chain.0.employer"),
    ({"chain": (link(B), link(C, 5))}, "90573-003", "chain.1.employer"),
    ({"chain": (link(B), link(C, -1))}, "90573-003", "chain.1.employer"),
    ({"chain": (link(A),)}, "90573-003", "chain.0.employer"),
    ({"chain": (link(B), link(B, 0))}, "90573-003", "chain.1.employer"),
    ({"chain": (link(B), link(B))}, "SubcontractorId-003", "chain.1.number"),
    ({"chain": (link(""),)}, "SubcontractorId-364", "chain.0.number"),
    ({"chain": (link(B),) * 501}, "SubcontractorId-093", "chain"),
    ({"chain": (link(B, cents=-1),)}, "SubcontractorActivityInfo-008", "chain.0.cents"),
    ({"chain": (link(B, dangerous=5),)}, "DangerousConstrWorkNature-008", "chain.0.dangerous"),
    ({"chain": (link(B, first_day=None),)}, "InterventionStartDate-001", "chain.0.first_day"),
    ({"chain": (link(B, last_day=FILED),)}, "InterventionEndDate-014", "chain.0.last_day"),
    ({"chain": (link(B, first_day=FILED),)}, "InterventionStartDate-008", "chain.0.first_day"),
    ({"chain": (link(B, last_day=AFTER),)}, "InterventionEndDate-008", "chain.0.last_day"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "code", "field"), FAULTS)
def test_each_fault_has_its_anomaly_and_its_field(
    given: dict[str, Any], code: str, field: str
) -> None:
    assert (code, field) in codes(works(**given))


@pytest.mark.parametrize(("_given", "code", "_field"), FAULTS)
def test_each_anomaly_has_a_sentence(_given: dict[str, Any], code: str, _field: str) -> None:
    from guichet.eservices.works import words

    assert code in words.known_codes()


def test_p86_an_employer_who_stands_later_is_90573_003() -> None:
    assert codes(works(chain=(link(C, 1), link(B)))) == [("90573-003", "chain.0.employer")]


def test_p87_a_postcode_of_another_town_is_90488_160_and_an_unknown_part_only_warns() -> None:
    facts = Facts(filed_on=FILED, known=frozenset({A, B, C, D}))

    for agreement, severity in (
        (Agreement.ELSEWHERE, Severity.BLOCK),
        (Agreement.UNKNOWN, Severity.WARN),
    ):
        [found] = anomalies(declared=works(), facts=replace(facts, agreements=(agreement,)))
        assert (found.code, found.severity) == ("90488-160", severity)


def test_p88_a_late_declaration_without_reason_and_an_end_before_the_start() -> None:
    late = works(first_day=date(2026, 3, 1))
    assert codes(late) == [("00931-001", "late_reason")]
    assert codes(replace(late, late_reason=0)) == []
    assert codes(replace(late, late_reason=1)) == [("Comment-001", "comment")]
    upside_down = works(last_day=FILED, chain=())
    assert codes(upside_down) == [("00928-014", "last_day")]


def test_p90_mobile_works_without_a_description_are_00925_001() -> None:
    assert codes(works(is_mobile=True)) == [("00925-001", "address_details")]
    assert codes(works(is_mobile=True, address_details="Ring of Gent")) == []


def test_a_site_that_does_not_fit_and_a_subcontractor_who_has_begun() -> None:
    assert codes(works(), site_fits=False) == [("WorksPlaceId-008", "site")]
    begun = works(
        first_day=date(2026, 3, 1), late_reason=0, chain=(link(B, first_day=date(2026, 3, 1)),)
    )
    assert codes(begun) == [("InterventionStartDate-053", "chain.0.first_day")]
    known = replace(begun, chain=(replace(begun.chain[0], known_as=7),))
    assert codes(known) == []


@pytest.mark.parametrize(
    ("first", "dangerous", "late"),
    [
        (date(2026, 3, 2), 0, False),
        (date(2026, 3, 1), 0, True),
        (date(2026, 3, 16), 1, False),
        (date(2026, 3, 15), 1, True),
    ],
)
def test_asbestos_is_declared_fourteen_days_before(first: date, dangerous: int, late: bool) -> None:
    assert is_late(declared=works(first_day=first, dangerous=dangerous), filed_on=FILED) is late


firms = st.sampled_from([A, B, C, D])
chains = st.lists(st.tuples(firms, st.one_of(st.none(), st.integers(-2, 9))), max_size=8)


@given(shape=chains)
def test_an_accepted_chain_is_a_tree_in_which_nobody_works_for_himself(
    shape: list[tuple[str, int | None]],
) -> None:
    declared = works(chain=tuple(link(firm, employer) for firm, employer in shape))

    if codes(declared):
        return
    for at, one in enumerate(declared.chain):
        assert one.employer is None or 0 <= one.employer < at
        above = A if one.employer is None else declared.chain[one.employer].party.number
        assert above != one.party.number


@given(cents=st.integers(0, 10**11), more=st.integers(0, 10**11), count=st.integers(0, 3))
def test_a_greater_amount_or_one_more_subcontractor_never_frees(
    cents: int, more: int, count: int
) -> None:
    before = needed(sector=1, amounts=Amounts(cents, 0), on=FIRST).outcome
    after = needed(sector=1, amounts=Amounts(cents + more, 0), on=FIRST).outcome
    assert before <= after
    one = [Amounts(cents, count)]
    two = [*one, Amounts(more, 0)]
    kinds = {"activity": "construction", "sector": 1, "begun_on": FIRST}
    assert obliged(contracts=one, **kinds).outcome <= obliged(contracts=two, **kinds).outcome  # type: ignore[arg-type]
