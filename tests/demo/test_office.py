"""Managers, users, desks and accounts of the demonstration."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from guichet.access.models import Manager, Member, Right
from guichet.access.rights import in_force
from guichet.access.roles import operations as roles
from guichet.audit.actors import Actor
from guichet.audit.models import Entry
from guichet.csam.codes import operations as codes
from guichet.csam.codes.jobs import post_codes
from guichet.csam.codes.models import Account
from guichet.demo import accounts, fixtures, numbers, office, people
from guichet.demo.firms import CLAIR_MATIN, INSTITUTION, QUATRE_NUAGES
from guichet.demo.personas import PERSONAS
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.platform.models import Dispatch
from guichet.registers.addresses import Address
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord
from guichet.rules import access_codes
from guichet.rules.access_codes import Profile
from guichet.rules.access_management import Step
from tests.portal.browsing import text

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 14, 40, tzinfo=UTC)
CLOUDS, MORNING = numbers.enterprise(QUATRE_NUAGES), numbers.enterprise(CLAIR_MATIN)
BODY = numbers.enterprise(INSTITUTION)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "audit"])


@pytest.fixture
def firms() -> None:
    """What a load of an earlier release left behind: the two firms and the people of the day."""
    everybody = [(one.niss, one.given_name, one.family_name, one.language)
                 for one in people.EVERYBODY]  # fmt: skip
    everybody.append((fixtures.WS, "Fatima", "Bouzid-Maes", "fr"))
    with transaction(actor=fixtures.ACTOR):
        for number, name in ((CLOUDS, "Quatre-Nuages"), (MORNING, "Clair-Matin")):
            address = Address("Rue du Four", "7", "", "5000", "Namur")
            record = EnterpriseRecord(number, name_fr=name, language="fr", address=address)
            enterprises.register(enterprise=record, actor=fixtures.ACTOR, now=NOW)
        for niss, given, family, language in everybody:
            person = PersonRecord(niss, given, family, language=language)
            persons.register(person=person, actor=fixtures.ACTOR, now=NOW)


def _furnish(days: int = 0) -> None:
    office.furnish(today=TODAY + timedelta(days=days), now=NOW + timedelta(days=days))


def _rights(niss: str, number: str) -> set[str]:
    rows = Right.objects.filter(in_force(NOW), person__niss=niss, enterprise__number=number)
    return set(rows.values_list("service", flat=True))


def _count() -> dict[str, int]:
    kinds: tuple[Any, ...] = (Manager, Member, Right, Account, Dispatch, Entry)
    return {kind.__name__: kind.objects.count() for kind in kinds}


@pytest.mark.usefixtures("firms")
def test_inge_manages_the_access_of_her_firm() -> None:
    _furnish()

    [manager] = Manager.objects.filter(enterprise__number=CLOUDS)
    assert (manager.person.niss, manager.kind) == (people.INGE.niss, "main")
    assert {"access_management", "presence", "chaman"} <= _rights(people.INGE.niss, CLOUDS)
    states = dict(
        Member.objects.filter(enterprise__number=CLOUDS).values_list("person__niss", "state")
    )
    assert states == {
        people.INGE.niss: "active",
        people.SOFIE.niss: "active",
        people.NOOR.niss: "active",
        people.BRUNO.niss: "invited",
    }


@pytest.mark.usefixtures("firms")
def test_one_right_ends_soon_and_one_invitation_waits() -> None:
    _furnish()

    [ends] = Right.objects.filter(person__niss=people.NOOR.niss)
    assert ends.last_day == TODAY + timedelta(days=9)
    assert _rights(people.NOOR.niss, CLOUDS) == {"presence"}
    [waits] = Right.objects.filter(person__niss=people.BRUNO.niss)
    assert waits.accepted_at is None
    assert _rights(people.BRUNO.niss, CLOUDS) == set()


@pytest.mark.usefixtures("firms")
def test_each_desk_of_the_institution_has_its_person() -> None:
    _furnish()

    found = {known.niss: _rights(known.niss, BODY) for known in people.OFFICE}

    assert found[people.DENIS.niss] == {"contact_desk", "correction_desk", "dimona_desk"}
    assert found[people.HANNE.niss] == {"identification_desk"}
    assert found[people.OTTO.niss] == {"enterprise_desk"}
    qualities = Right.objects.filter(enterprise__number=BODY).values_list("quality", flat=True)
    assert set(qualities) == {"public_body"}


@pytest.mark.usefixtures("firms")
def test_codes_for_the_manager_of_another_firm_are_on_their_way_and_come_as_letters() -> None:
    _furnish()

    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'csam.post_codes'")
        [[args]] = cursor.fetchall()
    given = json.loads(args)
    assert given["niss"] == people.THIERRY.niss
    assert given["enterprise_number"] == MORNING
    post_codes(**given)
    assert Dispatch.objects.filter(kind="letter").count() == 2
    account = Account.objects.get(person__niss=people.THIERRY.niss)
    assert (account.state, account.enterprise_number) == ("provisional", MORNING)


@pytest.mark.usefixtures("firms")
def test_every_persona_signs_in_with_the_password_that_is_printed() -> None:
    _furnish()

    for persona in PERSONAS:
        name = accounts.USER_NAMES[persona.niss]
        given = {"password": accounts.PASSWORD, "source": name, "now": NOW}
        account = codes.check_password(user_name=name, **given)
        assert account.person is not None
        assert account.person.niss == persona.niss


@pytest.mark.parametrize("profile", Profile)
def test_the_password_and_the_user_names_are_good_by_the_rules(profile: Profile) -> None:
    for name in accounts.USER_NAMES.values():
        assert not access_codes.user_name_findings(name, on=TODAY)
        assert not access_codes.password_findings(
            accounts.PASSWORD,
            on=TODAY,
            profile=profile,
            user_name=name,
            breached=lambda _password: False,
        )


@pytest.mark.usefixtures("firms")
def test_what_stands_already_is_left_as_it_is() -> None:
    _furnish()
    before = _count()

    _furnish()
    _furnish(days=30)

    assert _count() == before


@pytest.mark.usefixtures("firms")
def test_what_a_visitor_changed_is_not_undone() -> None:
    _furnish()
    inge = Actor(kind="person", id=people.INGE.niss, enterprise=CLOUDS)
    noor = Member.objects.get(person__niss=people.NOOR.niss)
    roles.change_user(enterprise_number=CLOUDS, member=noor.pk, step=Step.DELETE, by=inge, now=NOW)
    bruno = Actor(kind="person", id=people.BRUNO.niss)
    roles.answer(enterprise_number=CLOUDS, accepts=False, by=bruno, now=NOW)
    before = _count()

    _furnish(days=1)

    assert _count() == before


@pytest.mark.usefixtures("firms")
@pytest.mark.parametrize("persona", PERSONAS[-4:], ids=lambda one: one.key)
def test_the_new_personas_open_what_they_are_there_for(
    persona: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    _furnish()
    client = Client()

    opened = client.post(f"/demo/personas/{persona.key}/", {"first": "1"})

    assert opened["Location"] == persona.first_url
    assert persona.name.split()[0] in client.get("/").content.decode()
    assert text(client, persona.first_url)
