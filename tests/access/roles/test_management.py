"""A company manages who may do what: through the pages, as its people would."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any, Final

import pytest
from django.db import connections
from django.db.transaction import atomic
from django.test import Client
from procrastinate import testing
from procrastinate.contrib.django import app as jobs
from pytest_django import DjangoAssertNumQueries

from guichet.access.models import Manager, Member, Right
from guichet.access.roles import operations, queries
from guichet.access.roles.changing import AccessRefused, Contact, Wanted
from guichet.audit.actors import Actor
from guichet.audit.models import Entry, Lookup
from guichet.demo import fixtures, numbers
from guichet.platform.db import savepoint, transaction
from guichet.platform.models import Dispatch
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord
from guichet.rules.access_management import Kind, Step
from tests.portal.browsing import NOW, signed_in, text, words
from tests.portal.world import ACTOR, STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
TODAY: Final = date(2026, 11, 24)
INGE: Final = numbers.niss(born_on=date(1975, 2, 3), is_female=True)
KOEN: Final = numbers.niss(born_on=date(1980, 2, 3), is_female=False)
EWA, JONAS, RUI = (person.niss for person in STAFF[:3])
CONTACT: Final = Contact("somebody@example.org", "", "fr")


def _actor(niss: str) -> Actor:
    return Actor(kind="person", id=niss, enterprise=fixtures.E1)


@pytest.fixture
def firm(world: World) -> World:
    """E1 with a director, Inge, and Koen, who is nothing there."""
    with atomic():
        for niss, given, family in ((INGE, "Inge", "Peeters"), (KOEN, "Koen", "Maes")):
            record = PersonRecord(niss, given, family, date(1975, 2, 3), "fr")
            persons.register(person=record, actor=ACTOR, now=NOW)
        enterprises.add_function(
            number=fixtures.E1, niss=INGE, function="director",
            first_day=TODAY - timedelta(days=900), actor=ACTOR, now=NOW,
        )  # fmt: skip
    return world


def _named(niss: str = INGE, **changed: Any) -> Manager:
    given: dict[str, Any] = {
        "enterprise_number": fixtures.E1, "niss": niss, "contact": CONTACT, "by": _actor(INGE),
        "is_sure_enough": True, "now": NOW,
    }  # fmt: skip
    return operations.name_main(**given | changed)


def _user(niss: str, *services: str, accepts: bool = True) -> Member:
    wanted = Wanted("employer", services, TODAY) if services else None
    row = operations.invite(
        enterprise_number=fixtures.E1, niss=niss, contact=CONTACT, wanted=wanted,
        by=_actor(INGE), now=NOW,
    )  # fmt: skip
    if accepts:
        operations.answer(enterprise_number=fixtures.E1, accepts=True, by=_actor(niss), now=NOW)
    row.refresh_from_db()
    return row


def test_a21_a_representative_names_the_main_manager_on_the_page(firm: World) -> None:
    client = signed_in(INGE)
    assert "No main access manager yet" in text(client, "/access/represent/")
    form = {"niss": INGE, "email": "i@example.org",
            "language": "fr"}  # fmt: skip

    answer = client.post(f"/access/represent/{fixtures.E1}/", form)

    assert answer.status_code == 302
    assert "Main access manager: Inge Peeters" in text(client, "/access/represent/")
    client.post("/act-for/", {"enterprise": fixtures.E1})
    assert client.get("/access/").status_code == 200
    assert client.get("/presence/staff/").status_code == 200


def test_a21_somebody_who_does_not_represent_the_enterprise_finds_no_such_page(
    firm: World,
) -> None:
    client = signed_in(KOEN)

    assert client.get(f"/access/represent/{fixtures.E1}/").status_code == 404
    assert client.post(f"/access/represent/{fixtures.E1}/", {}).status_code == 404
    with pytest.raises(AccessRefused, match="not_representative"):
        _named(KOEN, by=_actor(KOEN))


def test_a21_a_representative_signed_in_with_a_password_alone_is_refused(firm: World) -> None:
    client = signed_in(INGE, means="password", level=200)

    answer = client.post(
        f"/access/represent/{fixtures.E1}/",
        {"niss": INGE, "email": "i@example.org", "language": "fr"},
    )

    assert answer.status_code == 422
    assert "asks for a surer sign-in" in words(answer.content.decode())
    assert not Manager.objects.exists()


def test_a22_a_replaced_main_manager_has_nothing_left_at_once_and_users_keep_theirs(
    firm: World,
) -> None:
    _named(KOEN)
    operations.answer(enterprise_number=fixtures.E1, accepts=True, by=_actor(KOEN), now=NOW)
    koen = signed_in(KOEN, fixtures.E1)
    assert koen.get("/access/").status_code == 200
    operations.invite(
        enterprise_number=fixtures.E1, niss=EWA, contact=CONTACT,
        wanted=Wanted("employer", ("presence",), TODAY), by=_actor(KOEN), now=NOW,
    )  # fmt: skip
    operations.answer(enterprise_number=fixtures.E1, accepts=True, by=_actor(EWA), now=NOW)
    ewa = signed_in(EWA, fixtures.E1)

    _named(INGE)

    assert koen.get("/access/").status_code in (302, 403)
    assert signed_in(KOEN).post("/act-for/", {"enterprise": fixtures.E1}).status_code == 403
    assert ewa.get("/presence/staff/").status_code == 200
    assert Manager.objects.get(kind="main", withdrawn_at=None).person.niss == INGE


@pytest.mark.parametrize("step", ["block", "delete"])
def test_a23_the_last_main_manager_can_neither_block_nor_delete_himself(
    firm: World, step: str
) -> None:
    _named()
    client = signed_in(INGE, fixtures.E1)
    own = Member.objects.get(person__niss=INGE)

    answer = client.post(f"/access/people/{own.pk}/{step}/", follow=True)

    assert "cannot be removed or blocked" in words(answer.content.decode())
    own.refresh_from_db()
    assert own.state == "active"
    main = Manager.objects.get(kind="main")
    assert client.post(f"/access/managers/{main.pk}/dismiss/").status_code == 302
    assert Manager.objects.filter(kind="main", withdrawn_at=None).exists()


def test_a24_a_manager_of_temporary_unemployment_cannot_grant_dimona(firm: World) -> None:
    _named()
    ewa = _user(EWA)
    jonas = _user(JONAS)
    operations.appoint(
        enterprise_number=fixtures.E1, member=ewa.pk, kind=Kind.DOMAIN, quality="employer",
        services=("temporary_unemployment",), by=_actor(INGE), now=NOW,
    )  # fmt: skip
    client = signed_in(EWA, fixtures.E1)
    grant = {"quality": "employer", "first_day": "2026-11-24", "last_day": "", "confirm": "1"}

    refused = client.post(f"/access/people/{jonas.pk}/grant/", grant | {"services": ["dimona"]})
    given = client.post(
        f"/access/people/{jonas.pk}/grant/", grant | {"services": ["temporary_unemployment"]}
    )

    assert "outside what you manage" in words(refused.content.decode())
    assert given.status_code == 302
    held = set(Right.objects.filter(person__niss=JONAS).values_list("service", flat=True))
    assert held == {"temporary_unemployment"}
    assert client.post(f"/access/people/{jonas.pk}/block/", follow=True).status_code == 200
    jonas.refresh_from_db()
    assert jonas.state == "active"


def test_a25_who_is_blocked_by_a_manager_is_out_at_the_next_click(firm: World) -> None:
    _named()
    row = _user(EWA, "presence")
    ewa = signed_in(EWA, fixtures.E1)
    assert ewa.get("/presence/staff/").status_code == 200

    signed_in(INGE, fixtures.E1).post(f"/access/people/{row.pk}/block/")

    assert "is blocked" in ewa.get("/presence/staff/", follow=True).content.decode()
    assert ewa.get("/presence/staff/").status_code == 302


def test_a30_for_a_manager_without_belgian_number_codes_are_asked_by_mail_and_message(
    firm: World,
) -> None:
    connector = testing.InMemoryConnector()
    abroad = numbers.bis(born_on=date(1990, 4, 12), is_female=True)
    with savepoint():
        record = PersonRecord(abroad, "Ewa", "Nowak", date(1990, 4, 12), "en")
        persons.register(person=record, actor=ACTOR, now=NOW)

    with jobs.replace_connector(connector):
        _named(abroad, contact=Contact("e@example.org", "+48 600", "en"), posts_codes=True)

    [job] = [one for one in connector.jobs.values() if one["task_name"] == "csam.post_codes"]
    assert job["args"] == {
        "niss": abroad, "enterprise_number": fixtures.E1, "quality": "employer",
        "email": "e@example.org", "phone": "+48 600",
    }  # fmt: skip


def test_an_invited_person_has_nothing_until_he_accepts(firm: World) -> None:
    _named()
    _user(EWA, "presence", accepts=False)
    ewa = signed_in(EWA)
    assert ewa.post("/act-for/", {"enterprise": fixtures.E1}).status_code == 403
    assert "waits for your answer" in text(ewa, "/access/mine/")
    assert "offers you access" in text(ewa, "/")

    ewa.post(f"/access/mine/{fixtures.E1}/answer/", {"answer": "accept"})

    assert ewa.post("/act-for/", {"enterprise": fixtures.E1}).status_code == 302
    assert ewa.get("/presence/staff/").status_code == 200


def test_who_declines_has_nothing_and_nothing_waits(firm: World) -> None:
    _named()
    row = _user(EWA, "presence", accepts=False)

    signed_in(EWA).post(f"/access/mine/{fixtures.E1}/answer/", {"answer": "decline"})

    row.refresh_from_db()
    assert row.state == "deleted"
    assert not Right.objects.filter(person__niss=EWA, withdrawn_at=None).exists()
    assert signed_in(EWA).post(f"/access/mine/{fixtures.E1}/answer/").status_code == 404


def test_the_page_says_what_the_person_will_be_able_to_do_before_it_is_given(
    firm: World,
) -> None:
    _named()
    row = _user(EWA)
    client = signed_in(INGE, fixtures.E1)
    form = {"quality": "employer", "services": ["presence"], "first_day": "2026-11-24",
            "last_day": "2026-12-24"}  # fmt: skip

    preview = client.post(f"/access/people/{row.pk}/grant/", form)

    page = words(preview.content.decode())
    assert "From 24/11/2026 until 24/12/2026, both included." in page
    assert "See who registered, where and when, for the whole staff." in page
    assert not Right.objects.filter(person__niss=EWA).exists()
    assert (
        client.post(f"/access/people/{row.pk}/grant/", form | {"confirm": "1"}).status_code == 302
    )
    right = Right.objects.get(person__niss=EWA)
    assert (right.last_day, right.accepted_at) == (date(2026, 12, 24), None)
    assert "Ewa Nowicka: right given" in text(client, f"/access/people/{row.pk}/")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"services": []}, "Choose at least one service."),
        ({"first_day": ""}, "Enter the first day."),
        ({"first_day": "x"}, "Enter the first day as a date."),
        ({"last_day": "2026-11-01"}, "The last day is before the first one."),
        ({"first_day": "2026-01-01", "last_day": "2026-02-01"}, "The last day is over already."),
    ],
)
def test_a_wrong_grant_is_said_at_its_field(
    firm: World, changed: dict[str, Any], said: str
) -> None:
    _named()
    row = _user(EWA)
    form = {"quality": "employer", "services": ["presence"], "first_day": "2026-11-24",
            "last_day": ""} | changed  # fmt: skip

    answer = signed_in(INGE, fixtures.E1).post(f"/access/people/{row.pk}/grant/", form)

    assert answer.status_code == 422
    assert said in words(answer.content.decode())


def test_the_grid_shows_people_services_and_days_and_leaves_a_trace(firm: World) -> None:
    _named()
    _user(EWA, "presence")
    client = signed_in(INGE, fixtures.E1)

    page = text(client, "/access/")
    file = b"".join(client.get("/access/access.csv").streaming_content).decode()  # type: ignore[attr-defined]

    assert "2 people may act for" in page
    assert "Nowicka Ewa" in page
    assert "Nowicka Ewa" in file
    assert EWA not in page + file
    assert Lookup.objects.using("audit").filter(niss=EWA, purpose="access.grid").exists()


def test_the_grid_asks_as_often_for_many_people_as_for_few(
    firm: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _named()
    client = signed_in(INGE, fixtures.E1)
    client.get("/access/")
    with django_assert_num_queries(6):
        client.get("/access/")
    for niss in (EWA, JONAS, RUI):
        _user(niss, "presence", "dimona")

    with django_assert_num_queries(6):
        client.get("/access/")


def test_a_mail_about_a_change_holds_no_number_and_no_name_of_the_person(firm: World) -> None:
    _named()
    _user(EWA, "presence")

    sent = list(Dispatch.objects.filter(kind="mail").values_list("subject", "body"))
    assert sent
    assert all(EWA not in text and "Ewa" not in text for pair in sent for text in pair)


def test_a_first_connection_activates_the_manager(firm: World) -> None:
    manager = _named(KOEN)
    assert manager.activated_at is None
    with transaction():
        operations.activate_manager(
            niss=KOEN, enterprise_number=fixtures.E1, email="k@example.org", phone="",
            language="nl", now=NOW,
        )  # fmt: skip

    manager.refresh_from_db()
    assert manager.activated_at == NOW
    assert signed_in(KOEN, fixtures.E1).get("/access/").status_code == 200


def test_a_first_connection_without_a_main_manager_makes_one(firm: World) -> None:
    with transaction():
        operations.activate_manager(
            niss=KOEN, enterprise_number=fixtures.E1, email="k@example.org", phone="",
            language="nl", now=NOW,
        )  # fmt: skip

    assert Manager.objects.get().person.niss == KOEN
    assert Entry.objects.filter(action="access.role.activated").exists()


PAGES: Final = ("/access/", "/access/access.csv", "/access/people/new/", "/access/managers/")


@pytest.mark.parametrize("place", PAGES)
def test_pages_of_management_are_for_managers_only(firm: World, place: str) -> None:
    _named()
    _user(EWA, "presence")

    assert Client().get(place).status_code == 302
    assert signed_in(EWA).get(place).status_code == 403
    assert signed_in(EWA, fixtures.E1).get(place).status_code == 403
    assert signed_in(INGE, fixtures.E1).get(place).status_code == 200


def test_another_enterprises_user_right_and_manager_are_as_unknown_as_none(firm: World) -> None:
    _named()
    row = _user(EWA, "presence")
    right = Right.objects.get(person__niss=EWA, service="presence")
    post = Manager.objects.get()
    with savepoint():
        enterprises.add_function(
            number=fixtures.E3, niss=KOEN, function="manager",
            first_day=TODAY - timedelta(days=9), actor=ACTOR, now=NOW,
        )  # fmt: skip
    _named(KOEN, enterprise_number=fixtures.E3, by=_actor(KOEN))
    koen = signed_in(KOEN, fixtures.E3)
    form = {"quality": "employer", "services": ["presence"], "first_day": "2026-11-24",
            "confirm": "1"}  # fmt: skip

    def asked(member: int, right_id: int, manager: int) -> list[int]:
        return [
            koen.get(f"/access/people/{member}/").status_code,
            koen.get(f"/access/people/{member}/grant/").status_code,
            koen.post(f"/access/people/{member}/grant/", form).status_code,
            koen.get(f"/access/people/{member}/appoint/").status_code,
            koen.post(f"/access/people/{member}/block/").status_code,
            koen.post(f"/access/rights/{right_id}/withdraw/").status_code,
            koen.post(f"/access/managers/{manager}/dismiss/").status_code,
        ]

    assert asked(row.pk, right.pk, post.pk) == asked(10**6, 10**6, 10**6) == [404] * 7
    right.refresh_from_db()
    assert right.withdrawn_at is None


def test_a_right_taken_away_is_gone_at_the_next_click(firm: World) -> None:
    _named()
    _user(EWA, "presence")
    ewa = signed_in(EWA, fixtures.E1)
    right = Right.objects.get(person__niss=EWA, service="presence")

    signed_in(INGE, fixtures.E1).post(f"/access/rights/{right.pk}/withdraw/")

    assert ewa.get("/presence/staff/").status_code == 403


def test_a_number_that_is_none_is_said_at_its_field(firm: World) -> None:
    _named()
    client = signed_in(INGE, fixtures.E1)
    form = {"niss": "85.07.30-033.29", "email": "x", "language": "fr"}

    answer = client.post("/access/people/new/", form)

    page = words(answer.content.decode())
    assert answer.status_code == 422
    assert "eleven digits, as on the identity card" in page
    assert "like name@example.org" in page
    assert re.search(r'href="#id_niss"', answer.content.decode())


@pytest.mark.django_db(transaction=True, databases=["default", "audit"])
def test_two_who_remove_each_other_at_once_leave_one_manager(firm: World) -> None:
    _named()
    users = [_user(niss) for niss in (EWA, JONAS)]
    for row in users:
        operations.appoint(
            enterprise_number=fixtures.E1, member=row.pk, kind=Kind.CO, quality="employer",
            services=(), by=_actor(INGE), now=NOW,
        )  # fmt: skip

    def remove(pair: tuple[str, int]) -> bool:
        try:
            operations.change_user(
                enterprise_number=fixtures.E1, member=pair[1], step=Step.DELETE,
                by=_actor(pair[0]), now=NOW,
            )  # fmt: skip
        except AccessRefused:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(remove, [(EWA, users[1].pk), (JONAS, users[0].pk)]))

    assert sorted(done) == [False, True]
    left = queries.managers(enterprise_number=fixtures.E1)
    assert [row.kind for row in left] == ["main", "co"]


LOOKS = ("/access/", "/access/managers/")
CHANGES = ("/access/people/new/", "/access/people/1/", "/access/people/1/grant/")


def test_access_codes_are_enough_to_look_and_not_to_give_or_take_rights(firm: World) -> None:
    _named()
    member = _user(EWA).pk
    codes = signed_in(INGE, fixtures.E1, means="password", level=200)
    app = signed_in(INGE, fixtures.E1, means="app", level=300)
    nobody = signed_in(INGE, fixtures.E1, means="password", level=100)

    for place in LOOKS:
        assert codes.get(place).status_code == 200
        assert nobody.get(place)["Location"].startswith("/sign-in/step-up/")
    for place in CHANGES:
        shown = place.replace("/1/", f"/{member}/")
        assert "level=300" in codes.get(shown)["Location"]
        assert app.get(shown).status_code == 200
    answer = codes.post(f"/access/people/{member}/block/")
    assert answer["Location"].startswith("/sign-in/step-up/")
