"""The desk for enterprises from abroad: numbers, receipt, who may, what is refused."""

from collections.abc import Callable, Iterator
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from guichet.audit.models import Entry, Lookup
from guichet.backoffice.enterprises import issuing
from guichet.backoffice.enterprises.models import Registration
from guichet.demo import fixtures, numbers
from guichet.kernel.enterprise import EnterpriseNumber
from guichet.kernel.niss import Niss
from guichet.registers.enterprises.models import Enterprise, Function
from guichet.registers.persons import operations as persons
from guichet.registers.persons.models import Person
from guichet.registers.persons.queries import PersonRecord
from tests.portal.browsing import NOW, signed_in, text, words
from tests.portal.world import ACTOR, CLERK

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
DESK = "enterprise_desk"
INDEX, NEW = "/desk/enterprises/", "/desk/enterprises/new/"
BORN = date(1983, 2, 17)
FILLED = {
    "name": "Wawel Czystość sp. z o.o.", "country": "PL", "vat_number": "PL 526-000-12-46",
    "street": "ulica Długa", "house_number": "7", "postcode": "31-146", "municipality": "Kraków",
    "language": "en", "given_name": "Marta", "family_name": "Zielińska",
    "birth_date": "1983-02-17", "sex": "female", "nationality": "PL",
    "email": "marta@example.org", "function": "director", "niss": "", "card_country": "",
    "means_country": "PL",
}  # fmt: skip


@pytest.fixture
def known(agent: Client) -> str:
    """Somebody of the register with the same name and birth date."""
    niss = numbers.niss(born_on=BORN, is_female=True)
    record = PersonRecord(niss, "Marta", "Zielinska", BORN, "fr")
    persons.register(person=record, actor=ACTOR, now=NOW)
    return niss


@pytest.fixture
def no_issuer(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installation that is no simulation and has plugged nothing in."""
    production = SimpleNamespace(ENVIRONMENT=SimpleNamespace(simulation=False))
    monkeypatch.setattr(issuing, "settings", production)
    yield
    issuing._PLUGGED.clear()


def _registered(client: Client, **given: str) -> str:
    """Register; the place of the receipt."""
    answer = client.post(NEW, FILLED | given)
    assert answer.status_code == 302, words(answer.content.decode())
    return str(answer["Location"])


@pytest.mark.parametrize("place", [INDEX, NEW, INDEX + "1990000097/"])
def test_the_desk_is_not_for_visitors_workers_or_employers(
    worker: Client, clerk: Client, impostor: Client, place: str
) -> None:
    assert "level=400" in Client().get(place)["Location"]
    for client in (worker, clerk, impostor):
        assert client.get(place).status_code == 403


def test_nobody_else_registers_anything(worker: Client, clerk: Client, impostor: Client) -> None:
    for client in (Client(), worker, clerk, impostor):
        assert client.post(NEW, FILLED).status_code == 403
    assert not Registration.objects.exists()


def test_a_password_is_not_enough_for_the_desk(agent: Client) -> None:
    client = signed_in(CLERK, fixtures.E1, quality="public_body", means="password", level=200)

    assert client.get(NEW)["Location"].startswith("/sign-in/step-up/")


def test_an_enterprise_gets_its_number_and_its_representative_a_bis_number(agent: Client) -> None:
    place = _registered(agent)

    row = Registration.objects.get()
    number = EnterpriseNumber.parse(row.enterprise.number)
    niss = Niss.parse(row.person.niss)
    assert niss.is_bis
    assert (row.vat_number, row.desk.number, row.agent.niss) == ("PL5260001246", fixtures.E1, CLERK)
    said = text(agent, place)
    assert number.formatted() in said
    assert niss.formatted() in said
    assert "Poland" in said
    assert "ulica Długa 7, 31-146 Kraków" in said
    function = Function.objects.get(enterprise=row.enterprise)
    assert (function.person, function.function) == (row.person, "director")


def test_two_enterprises_get_two_numbers_one_after_the_other(agent: Client) -> None:
    _registered(agent)
    _registered(agent, vat_number="", given_name="Ewa", birth_date="1984-02-17")

    first, second = Registration.objects.order_by("pk")
    assert int(second.enterprise.number[:8]) == int(first.enterprise.number[:8]) + 1
    assert first.person != second.person


def test_the_representative_names_himself_main_access_manager(agent: Client) -> None:
    from guichet.access.models import Manager

    _registered(agent)
    row = Registration.objects.get()
    client = signed_in(row.person.niss, means="eidas", level=400)

    page = text(client, "/access/represent/")
    assert "Wawel" in page
    answer = client.post(
        f"/access/represent/{row.enterprise.number}/",
        {"niss": row.person.niss, "email": "marta@example.org", "phone": "", "language": "en"},
    )
    assert answer.status_code == 302, words(answer.content.decode())
    assert Manager.objects.filter(enterprise=row.enterprise, person=row.person).exists()


@pytest.mark.parametrize(
    ("card", "means", "there", "absent"),
    [
        ("BE", "", ["Belgian electronic identity card", "itsme"], ["eIDAS", "BelgianID"]),
        ("LU", "LU", ["eIDAS"], ["itsme", "BelgianID", "card reader"]),
        ("NL", "", ["BelgianID"], ["itsme", "eIDAS"]),
        ("", "PL", ["eIDAS"], ["itsme", "BelgianID"]),
        ("", "", ["BelgianID"], ["itsme", "eIDAS"]),
    ],
)
def test_the_receipt_says_which_means_are_open_to_the_representative(
    agent: Client, card: str, means: str, there: list[str], absent: list[str]
) -> None:
    place = _registered(agent, card_country=card, means_country=means)

    said = text(agent, place)
    for word in there:
        assert word in said
    for word in absent:
        assert word not in said


def test_somebody_of_the_register_is_asked_about_and_keeps_his_number(
    agent: Client, known: str
) -> None:
    asked = agent.post(NEW, FILLED)
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "Is this person known already?" in words(page)
    assert known in page
    assert 'value="ulica Długa"' in page
    assert not Registration.objects.exists()

    before = Person.objects.count()
    _registered(agent, same=known)

    assert Registration.objects.get().person.niss == known
    assert Person.objects.count() == before
    assert "BIS number of the person, new" not in text(agent, _place())


def test_none_of_them_is_somebody_new(agent: Client, known: str) -> None:
    _registered(agent, same="new")

    row = Registration.objects.get()
    assert row.person_is_new
    assert row.person.niss != known


@pytest.mark.parametrize("same", ["", "85073003328", "x"])
def test_the_question_wants_an_answer_of_the_list(agent: Client, known: str, same: str) -> None:
    answer = agent.post(NEW, FILLED | {"same": same})

    assert answer.status_code == 422
    assert "Say whether it is one of these people." in answer.content.decode()
    assert not Registration.objects.exists()


def test_looking_for_the_same_person_and_at_a_receipt_is_noted(agent: Client, known: str) -> None:
    agent.post(NEW, FILLED)
    _registered(agent, same=known)
    text(agent, _place())

    noted = Lookup.objects.using("audit").filter(purpose="enterprises.registration", niss=known)
    assert noted.count() == 3
    assert Entry.objects.filter(action="enterprises.foreignRegistered").count() == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": " "}, "Enter the name of the enterprise."),
        ({"country": ""}, "Choose the country of establishment."),
        ({"country": "BE"}, "Choose the country of establishment."),
        ({"country": "XX"}, "Choose the country of establishment."),
        ({"vat_number": "PL?"}, "Enter the VAT number in letters and figures"),
        ({"vat_number": "1" * 41}, "40"),
        ({"street": ""}, "Enter the street."),
        ({"house_number": ""}, "Enter the house number."),
        ({"postcode": ""}, "Enter the postcode."),
        ({"municipality": ""}, "Enter the municipality."),
        ({"language": ""}, "Choose a language."),
        ({"given_name": "A\nB"}, "Write it on one line."),
        ({"family_name": ""}, "Enter the family name as on the document."),
        ({"birth_date": "2027-01-01"}, "Nobody who signs in was born on this day."),
        ({"birth_date": "x"}, "Enter the date of birth as a date."),
        ({"nationality": ""}, "Choose the nationality."),
        ({"email": "marta"}, "Enter an e-mail address like"),
        ({"function": ""}, "Choose the function."),
        ({"function": "king"}, "king"),
        ({"niss": "85073003329"}, "This is not a number of a person."),
        ({"niss": "85073003328"}, "No register knows this person"),
        ({"means_country": "BE"}, "Choose a country of the list."),
    ],
)
def test_what_cannot_be_registered_says_which_field_and_keeps_the_rest(
    agent: Client, given: dict[str, str], said: str
) -> None:
    enterprises = Enterprise.objects.count()

    answer = agent.post(NEW, FILLED | given)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "Error: " in page.split("</title>")[0]
    assert 'value="31-146"' in page or "postcode" in given
    assert (Registration.objects.count(), Enterprise.objects.count()) == (0, enterprises)


def test_one_vat_number_is_registered_once(agent: Client, other_agent: Client) -> None:
    _registered(agent)
    people = Person.objects.count()

    given = FILLED | {"vat_number": "pl5260001246", "given_name": "Ewa", "birth_date": "1984-02-17"}
    answer = other_agent.post(NEW, given)

    assert answer.status_code == 422
    assert "is registered already" in answer.content.decode()
    assert Person.objects.count() == people  # the number that was given on the way is nobody's


def test_another_desks_registration_and_none_are_the_same_404(
    agent: Client, other_agent: Client
) -> None:
    place = _registered(agent)

    foreign, absent = other_agent.get(place), other_agent.get(INDEX + "1990000097/")

    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert words(foreign.content.decode()) == words(absent.content.decode())
    assert "No registration yet" in text(other_agent, INDEX)
    assert "Wawel" in text(agent, INDEX)
    assert "Zieli" not in text(agent, INDEX)


def test_in_production_nobody_gets_a_number_without_the_register(
    agent: Client, no_issuer: None, known: str
) -> None:
    answer = agent.post(NEW, FILLED | {"same": known})

    assert answer.status_code == 422
    assert "No enterprise number can be given in this installation." in answer.content.decode()


def test_an_installation_plugs_its_register_in(agent: Client, no_issuer: None, known: str) -> None:
    class Register:
        def issue(self, *, name: str, country: str, vat_number: str) -> EnterpriseNumber:
            assert (country, vat_number) == ("PL", "PL5260001246")
            return EnterpriseNumber.of_sequence(7_654_321)

    issuing.plug_in(Register())

    _registered(agent, same=known)

    given = EnterpriseNumber.of_sequence(7_654_321).digits
    assert Registration.objects.get().enterprise.number == given


def test_only_the_agents_of_the_desk_see_the_tile(
    agent: Client, someone: Callable[..., Client]
) -> None:
    assert "Enterprises from abroad" in text(agent, "/")
    assert "Enterprises from abroad" not in text(someone(fixtures.W1), "/")


def _place() -> str:
    return f"{INDEX}{Registration.objects.get().enterprise.number}/"
