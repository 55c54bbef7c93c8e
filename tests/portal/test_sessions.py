"""Signing in, going on for another enterprise, the end of a session."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from guichet.access.identification.models import Session
from guichet.access.rights import give_right
from guichet.access.sessions import LIFETIME, NoRight, UnknownPerson
from guichet.audit.models import Entry
from guichet.demo import fixtures, personas
from guichet.platform import clock
from guichet.platform.db import savepoint
from tests.portal.browsing import NOW
from tests.portal.world import ACTOR, CLERK, STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
Someone = Callable[..., Client]
COOKIE = settings.SESSION_COOKIE_NAME
STAFF_DAY = "/presence/staff/"


def test_a_persona_signs_in_with_one_click_and_goes_where_it_says(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    persona = next(one for one in personas.PERSONAS if one.enterprise_number is None)
    monkeypatch.setattr("guichet.demo.views.PERSONAS", (_as_karim(persona),))
    client = Client()

    response = client.post(f"/demo/personas/{persona.key}/", {"first": "1"})

    assert response["Location"] == persona.first_url
    assert "Karim Lemaire" in client.get("/").content.decode()


def test_a_second_click_makes_somebody_else_with_a_new_session(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    persona = _as_karim(personas.PERSONAS[0])
    monkeypatch.setattr("guichet.demo.views.PERSONAS", (persona,))
    client = Client()
    client.post(f"/demo/personas/{persona.key}/")
    first = client.cookies[COOKIE].value

    client.post(f"/demo/personas/{persona.key}/")

    assert client.cookies[COOKIE].value != first


@pytest.mark.parametrize("place", ["https://elsewhere.example/", "//elsewhere.example/", "x"])
def test_a_foreign_place_to_go_to_is_forgotten(
    world: World, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    persona = _as_karim(personas.PERSONAS[0])
    monkeypatch.setattr("guichet.demo.views.PERSONAS", (persona,))

    response = Client().post(f"/demo/personas/{persona.key}/", {"next": place})

    assert response["Location"] == "/"


def test_an_unknown_persona_is_a_404(db: None) -> None:
    assert Client().post("/demo/personas/nobody-at-all/").status_code == 404


def test_nobody_signs_in_for_an_enterprise_without_a_right(world: World, someone: Someone) -> None:
    with pytest.raises(NoRight):
        someone(fixtures.W1, fixtures.E1)


def test_nobody_signs_in_who_is_not_in_the_register(world: World, someone: Someone) -> None:
    with pytest.raises(UnknownPerson):
        someone("93051822361")


def test_a_session_ends_after_its_time(clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert clerk.get(STAFF_DAY).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: NOW + LIFETIME)

    assert clerk.get(STAFF_DAY).status_code == 302


def test_signing_out_leaves_nothing_of_the_session(clerk: Client) -> None:
    before = clerk.cookies[COOKIE].value

    clerk.post("/sign-out/")

    assert clerk.get(STAFF_DAY).status_code == 302
    stolen = Client()
    stolen.cookies[COOKIE] = before
    assert stolen.get(STAFF_DAY).status_code == 302


def test_switching_the_tenant_changes_the_session_and_the_data(clerk: Client, world: World) -> None:
    world.day(fixtures.W1, "07:00 12:00")
    before = clerk.cookies[COOKIE].value

    clerk.post("/act-for/", {"enterprise": fixtures.E3})

    assert clerk.cookies[COOKIE].value != before
    page = clerk.get(STAFF_DAY).content.decode()
    assert "Weiße Tanne" in page
    assert "Lemaire" not in page


def test_nobody_switches_to_a_tenant_that_is_not_his(clerk: Client) -> None:
    assert clerk.post("/act-for/", {"enterprise": fixtures.E2}).status_code == 403


def test_acting_for_oneself_closes_the_pages_of_the_employer(clerk: Client) -> None:
    clerk.post("/act-for/", {"enterprise": ""})

    assert clerk.get(STAFF_DAY).status_code == 403


def test_a_right_that_ended_is_gone_at_the_next_click(
    world: World, someone: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    with savepoint():
        give_right(
            niss=STAFF[0].niss, enterprise_number=fixtures.E1, service="presence",
            first_day=world.today, last_day=world.today, actor=ACTOR, now=NOW,
        )  # fmt: skip
    client = someone(STAFF[0].niss, fixtures.E1)
    assert client.get(STAFF_DAY).status_code == 200

    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=9))
    Session.objects.update(last_seen_at=clock.now())  # somebody was there all evening

    assert client.get(STAFF_DAY).status_code == 403


def test_a_right_for_another_service_does_not_open_presence(world: World, someone: Someone) -> None:
    with savepoint():
        give_right(
            niss=STAFF[0].niss, enterprise_number=fixtures.E1, service="dimona",
            first_day=world.today, actor=ACTOR, now=NOW,
        )  # fmt: skip

    assert someone(STAFF[0].niss, fixtures.E1).get(STAFF_DAY).status_code == 403


def test_opening_a_session_leaves_a_line_without_a_number_in_its_target(clerk: Client) -> None:
    entry = Entry.objects.get(action="access.session.opened")

    assert entry.actor_id == CLERK
    assert CLERK not in entry.target


def _as_karim(persona: personas.Persona) -> personas.Persona:
    return personas.Persona(
        **{
            name: getattr(persona, name)
            for name in ("key", "name", "role", "story", "first_step", "first_url")
        },
        niss=fixtures.W1,
        enterprise_number=None,
    )


def test_without_demonstration_data_the_picker_says_what_to_do(db: None) -> None:
    client = Client()
    key = personas.PERSONAS[0].key

    response = client.post(f"/demo/personas/{key}/", follow=True)

    page = response.content.decode()
    assert 'role="alert"' in page
    assert "guichet demo load" in page
