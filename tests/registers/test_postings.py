"""The register of postings."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from guichet.demo import numbers
from guichet.registers.addresses import Address
from guichet.registers.changing import Outcome, RegisterRefused
from guichet.registers.postings import operations, queries
from guichet.registers.postings.queries import PostingPlace, PostingRecord
from tests.registers.people import (
    ACTOR,
    FIRM,
    LOTTE,
    MAREK,
    NOW,
    TODAY,
    a_firm,
    a_person,
    last_change,
)

pytestmark = pytest.mark.django_db

LAST = date(2026, 6, 30)
RECORD = PostingRecord(
    number=numbers.limosa(1),
    niss=MAREK,
    first_day=TODAY,
    last_day=LAST,
    foreign_vat_number="PL0000000000",
    client=FIRM,
    places=(
        PostingPlace(kind="site", works_reference="1Y103CF8203SZ"),
        PostingPlace(kind="mobile", description="Rue", address=Address("Rue", "4")),
    ),
)


@pytest.fixture(autouse=True)
def _worker_and_client() -> None:
    a_person(MAREK, "Zieliński", "Marek")
    a_firm()


def declare(record: PostingRecord = RECORD) -> Outcome:
    return operations.declare(posting=record, actor=ACTOR, now=NOW)


def test_a_declaration_is_read_back_with_its_places() -> None:
    assert declare() is Outcome.ADDED
    assert declare() is Outcome.UNCHANGED
    assert queries.posting(number=RECORD.number) == RECORD


def test_a_posting_counts_from_its_first_day_to_its_last() -> None:
    declare()

    day = timedelta(days=1)
    held = [
        bool(queries.postings_of(niss=MAREK, on=each))
        for each in (TODAY - day, TODAY, LAST, LAST + day)
    ]
    assert held == [False, True, True, False]


def test_a_cancelled_declaration_counts_for_nothing() -> None:
    declare()
    operations.cancel(number=RECORD.number, actor=ACTOR, now=NOW)

    assert queries.postings_of(niss=MAREK) == ()
    assert last_change() == {
        "kind": "posting",
        "niss": MAREK,
        "enterprise_number": None,
        "works_reference": None,
        "first_day": TODAY,
        "last_day": LAST,
    }


def test_fewer_places_leave_none_behind() -> None:
    declare()

    assert declare(replace(RECORD, places=RECORD.places[:1])) is Outcome.CHANGED
    posting = queries.posting(number=RECORD.number)
    assert posting is not None
    assert len(posting.places) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"number": "123"}, "postings_limosa_number_well_formed"),
        ({"niss": LOTTE}, "person_unknown"),
        ({"client": "1000000120"}, "enterprise_unknown"),
        ({"last_day": TODAY - timedelta(days=1)}, "postings_limosa_days_in_order"),
        ({"foreign_vat_number": ""}, "postings_limosa_has_an_employer"),
        ({"foreign_vat_number": "123"}, "postings_limosa_foreign_vat_number_well_formed"),
        ({"kind": "tourist"}, "postings_limosa_kind_known"),
        ({"places": (PostingPlace(kind="moon"),)}, "postings_place_kind_known"),
    ],
)
def test_a_wrong_declaration_is_refused_wholly(change: dict[str, object], code: str) -> None:
    with pytest.raises(RegisterRefused) as refusal:
        declare(replace(RECORD, **change))  # type: ignore[arg-type]

    assert refusal.value.code == code
    assert queries.postings_of(niss=MAREK) == ()


def test_a_declaration_belongs_to_one_worker() -> None:
    declare()
    a_person(LOTTE, "Claes", "Lotte")

    with pytest.raises(RegisterRefused, match="posting_of_another"):
        declare(replace(RECORD, niss=LOTTE))
    with pytest.raises(RegisterRefused, match="posting_unknown"):
        operations.cancel(number=numbers.limosa(2), actor=ACTOR, now=NOW)
