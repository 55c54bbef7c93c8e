"""Checking the L1 of a posted worker: I23, who is shown what, and what a bad code answers."""

import pytest
from django.test import Client

from guichet.audit.actors import system
from guichet.audit.models import Lookup
from guichet.demo import fixtures, numbers
from guichet.platform.db import transaction
from guichet.registers.persons.models import Person
from guichet.registers.postings import operations as postings
from guichet.registers.postings.queries import PostingPlace, PostingRecord, posting
from tests.portal.browsing import NOW, words
from tests.portal.world import World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PLACE = "/presence/limosa/"
CODE = "https://www.example.org/l1?d=%7B%22nr%22%3A%22{number}%22%7D&v=2"


def looked(client: Client, code: str, day: str = "2026-11-24", status: int = 200) -> str:
    answer = client.post(PLACE, {"code": code, "day": day})
    assert answer.status_code == status, answer.content
    return words(answer.content.decode())


def told() -> list[str]:
    rows = Lookup.objects.using("audit").filter(purpose="presence.limosa")
    return [row.niss for row in rows]


@pytest.mark.parametrize(
    "given",
    ["{number}", " {number} ", "parted", CODE, "https://x.example/?a=1&n={number}&w=12345"],
)
def test_i23_an_l1_is_found_by_its_number_and_by_its_code(
    clerk: Client, world: World, given: str
) -> None:
    number = fixtures.LIMOSA
    if given == "parted":
        given = f"{number[:4]} {number[4:9]}.{number[9:15]}-{number[15:]}"

    page = looked(clerk, given.format(number=number))

    assert "Valid on this day" in page
    assert fixtures.FOREIGN_VAT in page
    assert fixtures.S1 in page
    assert fixtures.WB not in page
    assert told() == [fixtures.WB]


def test_i23_a_wrong_check_warns_and_refuses_nothing(clerk: Client, world: World) -> None:
    wrong = f"{int(fixtures.LIMOSA) + 1:017d}"

    page = looked(clerk, wrong)

    assert "The check digits of the number are wrong" in page
    assert "Not found for your enterprise" in page
    assert told() == []


def test_i23_an_expired_a_coming_and_a_withdrawn_one_are_told_apart(
    clerk: Client, world: World
) -> None:
    assert "Expired on this day" in looked(clerk, fixtures.LIMOSA, "2036-01-01")
    assert "Not valid yet on this day" in looked(clerk, fixtures.LIMOSA, "2016-01-01")
    with transaction():
        postings.cancel(number=fixtures.LIMOSA, actor=system("tests"), now=NOW)
    assert "Withdrawn" in looked(clerk, fixtures.LIMOSA)


@pytest.mark.parametrize(
    ("code", "repair"),
    [
        ("https://x.example/?n=%7B%2", "the signs after a percent sign are wrong"),
        ("https://x.example/?n=%ZZ", "the signs after a percent sign are wrong"),
        ("https://x.example/?n=%C3%28", "the signs after a percent sign are wrong"),
        ("https://x.example/?n=1234", "no Limosa number in it"),
        ("<script>", "no Limosa number in it"),
        ("http://x/?a=11111111111111111&b=22222222222222222", "several numbers"),
        ("", "Enter the number of the L1."),
        ("1" * 5000, "too long"),
        ("1\x002", "Null characters are not allowed."),
    ],
)
def test_i23_a_broken_code_is_answered_in_words_beside_the_field(
    clerk: Client, world: World, code: str, repair: str
) -> None:
    page = looked(clerk, code, status=422)

    assert repair in page
    assert told() == []


def test_a_declaration_that_concerns_others_is_as_unknown_as_none(
    world: World, clerk: Client
) -> None:
    stranger = _declared(client=None, sites=())
    nowhere = numbers.limosa(77)

    for number in (stranger, nowhere):
        page = looked(clerk, number)
        assert "Not found for your enterprise" in page
        assert "Warszawa" not in page
    assert told() == []


def test_a_contractor_in_the_chain_of_the_site_sees_it(clerk: Client, world: World) -> None:
    number = _declared(client=None, sites=(fixtures.S1,))

    assert "Valid on this day" in looked(clerk, number)


def test_a_contractor_sees_the_site_that_concerns_him_and_not_the_others_nor_the_client(
    clerk: Client, world: World
) -> None:
    elsewhere = "1Y103CF8999ZZ"
    number = _declared(client=fixtures.E3, sites=(fixtures.S1, elsewhere))

    page = looked(clerk, number)

    assert "Valid on this day" in page
    assert fixtures.S1 in page
    for kept_back in (elsewhere, fixtures.E3, "Client"):
        assert kept_back not in page
    assert told() == [fixtures.WB]


def test_the_client_sees_every_place_and_of_the_worker_the_name_alone(
    clerk: Client, world: World
) -> None:
    elsewhere = "1Y103CF8999ZZ"
    number = _declared(client=fixtures.E1, sites=(fixtures.S1, elsewhere))

    page = looked(clerk, number)

    person = Person.objects.get(niss=fixtures.WB)
    assert f"{person.family_name} {person.given_name}" in page
    assert fixtures.FOREIGN_VAT in page
    assert elsewhere in page
    assert fixtures.WB[:2] + "*" not in page
    assert "*" not in page.split("Worker")[-1].split("Employer")[0]


@pytest.mark.parametrize("day", ["2036-01-01", "2026-11-24"])
def test_a_form_that_is_worth_nothing_tells_its_days_and_nobody(
    clerk: Client, world: World, day: str
) -> None:
    if day == "2026-11-24":
        with transaction():
            postings.cancel(number=fixtures.LIMOSA, actor=system("tests"), now=NOW)
    person = Person.objects.get(niss=fixtures.WB)

    page = looked(clerk, fixtures.LIMOSA, day)

    assert "Period" in page
    for kept_back in (person.family_name, fixtures.FOREIGN_VAT, "Places of work"):
        assert kept_back not in page
    assert told() == [fixtures.WB]


def _declared(*, client: str | None, sites: tuple[str, ...]) -> str:
    one = posting(number=fixtures.LIMOSA)
    assert one is not None
    number = numbers.limosa(78)
    places = tuple(PostingPlace(kind="site", works_reference=site) for site in sites)
    record = PostingRecord(
        number=number,
        niss=fixtures.WB,
        first_day=one.first_day,
        last_day=one.last_day,
        foreign_vat_number=fixtures.FOREIGN_VAT,
        client=client,
        places=places,
    )
    with transaction():
        postings.declare(posting=record, actor=system("tests"), now=NOW)
    return number


def test_somebody_without_the_right_does_not_look(worker: Client, world: World) -> None:
    refused = worker.post(PLACE, {"code": fixtures.LIMOSA, "day": "2026-11-24"})
    assert refused.status_code == 403
    assert told() == []
