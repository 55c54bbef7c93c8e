"""Declaring works on the pages: the steps, what is refused, the receipt, the list, one of them."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guichet.eservices.works import operations
from guichet.eservices.works.models import Declaration, Version
from guichet.kernel.base34 import check_holds
from guichet.platform import clock
from guichet.registers.works import queries as register
from guichet.rules.works.declared import Place
from tests.eservices.works import world
from tests.eservices.works.world import BUILDER, NOW, OTHER, OWNER, PAINTER, ROOFER, clerk, walk
from tests.portal.browsing import signed_in, text, words

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def ines() -> Client:
    """The clerk of the builder."""
    return clerk()


def test_p84_works_of_620000_euro_with_two_subcontractors_get_their_numbers(ines: Client) -> None:
    page = words(walk(ines))
    assert "A declaration is needed" in page
    assert "Everybody must register" in page
    assert "more than 500 000.00 euro" in page

    answer = ines.post("/works/declare/new/check/", {"do": "send"})

    row = Declaration.objects.get()
    assert answer["Location"] == f"/works/{row.number}/receipt/"
    receipt = text(ines, answer["Location"])
    assert row.number.startswith("9B0")
    assert row.contract_number == f"{row.number}1"
    assert check_holds(row.site_reference)
    for number in (row.number, row.contract_number, row.site_reference):
        assert number in receipt
    site = register.site(reference=row.site_reference)
    assert site is not None
    assert (site.is_obliged, site.activity, site.principal) == (True, "construction", OWNER)
    contract = register.contract(declaration_number=row.number)
    assert contract is not None
    first, second = contract.interventions
    assert (first.enterprise, second.enterprise) == (ROOFER, PAINTER)
    assert (first.employed_by, second.employed_by) == (None, first.id)


@pytest.mark.parametrize(
    ("cents", "rows", "says"),
    [
        ("29999", 0, "No declaration is needed"),
        ("30000", 0, "A declaration is needed"),
        ("4999", 1, "No declaration is needed"),
        ("5000", 1, "A declaration is needed"),
        ("100", 2, "A declaration is needed"),
    ],
)
def test_p89_the_steps_say_whether_a_declaration_is_needed_and_why(
    ines: Client, cents: str, rows: int, says: str
) -> None:
    chain = {"rows": str(rows)} | ({} if rows else {"r0-firm": "", "r1-firm": ""})

    page = words(walk(ines, works={"cents": cents}, chain=chain))

    assert says in page
    assert ("You need not declare" in page) == says.startswith("No")
    assert Declaration.objects.count() == 0


@pytest.mark.parametrize(
    ("step", "typed", "says"),
    [
        ("who", {"principal_number": "0712345631"}, "This is no enterprise number"),
        ("who", {"principal_number": world.UNKNOWN}, "does not know this number"),
        ("who", {"principal_number": ""}, "Enter the enterprise number of the principal"),
        ("who", {"contact_phone": ""}, "Enter a telephone number"),
        ("who", {"contact_email": "nobody"}, "Enter an e-mail address like"),
        ("works", {"cents": "many"}, "Write an amount in euro"),
        ("works", {"last_day": "2026-03-02"}, "The works end before they begin"),
        ("works", {"first_day": "2026-03-01"}, "This declaration is late"),
        ("works", {"first_day": "yesterday"}, "Write a day as 24/11/2026"),
        ("works", {"work_type": ""}, "Choose the kind of works"),
        ("works", {"site": "1Y103CF8204TZ"}, "No site of this principal"),
        ("places", {"r0-municipality": "Namur"}, "The postcode 9000 does not belong to Namur"),
        ("places", {"is_mobile": "1"}, "Describe where the works are"),
        ("places", {"r0-street": ""}, "Describe where the works are"),
        ("chain", {"r0-firm": ""}, "Enter the enterprise number of the subcontractor"),
        ("chain", {"r1-last_day": "2026-03-01"}, "The subcontractor ends before he begins"),
        ("chain", {"r1-firm": ROOFER}, "The employer of a subcontractor is the declarant"),
    ],
)
def test_what_is_refused_names_the_field_and_the_repair_and_loses_nothing(
    ines: Client, step: str, typed: dict[str, str], says: str
) -> None:
    walk(ines)

    answer = ines.post(f"/works/declare/new/{step}/", world.ALL[step] | typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in words(page)
    for link in re.findall(r"govuk-error-summary.*?</div>", page, re.S):
        assert all(f'id="{one}"' in page for one in re.findall(r'href="#([^"]+)"', link))
    for typed_text in (world.ALL[step] | typed).values():
        if len(typed_text) > 3:
            assert typed_text in page
    again = ines.get(f"/works/declare/new/{step}/").content.decode()
    assert all(one in again for one in typed.values() if len(one) > 3)
    assert Declaration.objects.count() == 0


def test_a_draft_that_is_not_whole_is_not_sent(ines: Client) -> None:
    ines.post("/works/declare/new/who/", world.WHO)

    answer = ines.post("/works/declare/new/check/", {"do": "send"})

    assert answer.status_code == 422
    assert "Enter the amount of the contract" in words(answer.content.decode())
    assert Declaration.objects.count() == 0


def test_rows_are_added_and_removed_and_whoever_worked_for_a_removed_one_moves_up(
    ines: Client,
) -> None:
    walk(ines)
    place = "/works/declare/new/chain/"

    ines.post(place, world.CHAIN | {"do": "add"})
    assert 'name="rows" value="3"' in ines.get(place).content.decode()
    ines.post(place, world.CHAIN | {"do": "remove-0"})

    page = ines.get(place).content.decode()
    assert 'name="rows" value="1"' in page
    assert PAINTER in page
    assert f'value="{ROOFER}"' not in page
    assert ines.post(place, {"rows": "1", "r0-firm": PAINTER, "r0-employer": "",
                             "r0-first_day": "2026-03-03"}).status_code == 302  # fmt: skip


def test_going_back_judges_nothing_and_keeps_what_was_typed(ines: Client) -> None:
    answer = ines.post("/works/declare/new/works/", world.WHAT | {"cents": "lots", "do": "back"})

    assert answer["Location"] == "/works/declare/new/who/"
    page = ines.get("/works/declare/new/works/")
    assert page.status_code == 200
    assert 'value="lots"' in page.content.decode()
    assert "Write an amount" not in page.content.decode()


def test_a_draft_stays_with_the_enterprise_for_which_it_was_begun(ines: Client) -> None:
    ines.post("/works/declare/new/who/", world.WHO)

    assert ines.post("/act-for/", {"enterprise": OTHER}).status_code == 302
    page = ines.get("/works/declare/new/who/").content.decode()

    assert "ines@example.org" not in page


def test_the_list_is_searched_by_number_name_place_and_subcontractor(ines: Client) -> None:
    one = world.filed()
    school = Place(street="Rue Haute", house_number="1", postcode="5000", municipality="Namur")
    world.filed(site_name="École des Tilleuls", chain=(), places=(school,))

    assert "2 declarations" in text(ines, "/works/")
    for wanted in (one.number, one.site_reference, "wulp", "wulpenkaai", ROOFER, "gent wulp"):
        found = text(ines, f"/works/?text={wanted}")
        assert "One declaration" in found, wanted
        assert "Campus De Wulp" in found
    assert "No declaration found" in text(ines, "/works/?text=nothing")
    assert "No declaration found" in text(ines, "/works/?state=cancelled")
    assert "No declaration found" in text(ines, "/works/?state=running")
    assert ines.get("/works/?state=none").status_code == 422


def test_the_list_costs_the_same_however_long_it_is(
    ines: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _count in range(2):
        world.filed(chain=())
    ines.get("/works/")
    with django_assert_num_queries(5):
        ines.get("/works/")
    for _count in range(30):
        world.filed(chain=())

    with django_assert_num_queries(5):
        page = ines.get("/works/").content.decode()

    assert "Page 1 of 2" in words(page)


def test_one_declaration_shows_its_chain_and_its_history(
    ines: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    row = world.filed()
    ines.get(f"/works/{row.number}/")

    with django_assert_num_queries(6):
        page = ines.get(f"/works/{row.number}/").content.decode()

    said = words(page)
    assert f"Dakwerken Hoog {ROOFER}" in said
    assert said.index(ROOFER) < said.index(PAINTER)
    assert "Declaration filed" in said
    assert "620 000.00 euro" in said


def test_a_change_keeps_the_former_version(ines: Client) -> None:
    row = world.filed()

    answer = ines.post(f"/works/{row.number}/change/")
    assert answer["Location"] == f"/works/declare/{row.number}/chain/"
    walk(ines, row.number, chain={"rows": "1"}, works={"cents": "400000"})
    sent = ines.post(f"/works/declare/{row.number}/check/", {"do": "send"})

    assert sent["Location"] == f"/works/{row.number}/"
    row.refresh_from_db()
    assert (row.version, row.cents) == (2, 40_000_000)
    page = text(ines, f"/works/{row.number}/")
    assert "Declaration changed" in page
    assert PAINTER not in page
    assert PAINTER in text(ines, f"/works/{row.number}/versions/1/")
    site = register.site(reference=row.site_reference)
    assert site is not None
    assert not site.is_obliged
    contract = register.contract(declaration_number=row.number)
    assert contract is not None
    assert [one.enterprise for one in contract.interventions] == [ROOFER]


def test_a_change_that_crosses_another_one_is_begun_anew(ines: Client) -> None:
    row = world.filed()
    ines.post(f"/works/{row.number}/change/")
    walk(ines, row.number)
    operations.change(
        number=row.number, declared=world.works(chain=()), version=1, sender=world.sender(), now=NOW
    )

    answer = ines.post(f"/works/declare/{row.number}/check/", {"do": "send"}, follow=True)

    assert "Somebody else changed this declaration meanwhile" in answer.content.decode()
    assert Version.objects.filter(declaration=row).count() == 2


def test_a_declaration_is_cancelled_with_a_reason(ines: Client) -> None:
    row = world.filed()
    place = f"/works/{row.number}/cancel/"

    assert ines.post(place, {"reason": ""}).status_code == 422
    answer = ines.post(place, {"reason": "The principal gave it up."}, follow=True)

    assert "The declaration is cancelled" in answer.content.decode()
    assert register.contract(declaration_number=row.number) is None
    assert ines.get(place).status_code == 404
    assert ines.post(f"/works/declare/{row.number}/check/", {"do": "send"}).status_code == 404


_PLACES = (
    "/works/",
    "/works/declare/new/who/",
    "/works/declare/new/works/",
    "/works/declare/new/places/",
    "/works/declare/new/chain/",
    "/works/declare/new/check/",
    "/works/{number}/",
    "/works/{number}/receipt/",
    "/works/{number}/cancel/",
    "/works/{number}/versions/1/",
)


@pytest.mark.parametrize("place", _PLACES)
def test_every_page_asks_for_somebody_for_an_enterprise_and_for_the_right(place: str) -> None:
    row = world.filed()
    where = place.format(number=row.number)

    assert Client().get(where).status_code == 302
    assert signed_in(world.CLERK).get(where).status_code == 403
    assert clerk().get(where).status_code == 200


@pytest.mark.parametrize("place", _PLACES[6:])
def test_another_enterprises_declaration_and_none_are_the_same_404(place: str) -> None:
    row = world.filed()
    other = clerk(OTHER)

    answers = [other.get(place.format(number=one)) for one in (row.number, "9B0000000KJRZ", "x")]

    assert [one.status_code for one in answers] == [404] * 3
    assert other.post(f"/works/{row.number}/change/").status_code == 404
    assert other.post(f"/works/{row.number}/cancel/", {"reason": "mine"}).status_code == 404
    row.refresh_from_db()
    assert row.state == "active"


def test_what_the_register_holds_is_taken_over_once() -> None:
    from guichet.demo import fixtures

    fixtures.load_fixtures(today=world.TODAY, now=NOW)
    actor = world.sender().actor

    assert operations.take_over(actor=actor, now=NOW) == 4
    assert operations.take_over(actor=actor, now=NOW) == 0
    assert Declaration.objects.filter(declarant__number=fixtures.E1).count() == 4
    assert Declaration.objects.filter(declarant__number=BUILDER).count() == 0
