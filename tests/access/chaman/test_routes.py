"""Every page of channels for every role, and objects of others."""

import itertools

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from guichet.access.chaman import urls, users
from guichet.access.chaman.models import TechnicalUser
from guichet.access.models import Channel
from guichet.audit.actors import Actor
from guichet.demo import fixtures
from guichet.platform import clock
from tests.access.chaman.browsing import CONTACT, sender
from tests.access.machine import Machine, machine

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

PLAIN = ("", "sender/", "new/", "users/", "users/new/")
OF_A_CHANNEL = ("", "permissions/", "suspend/", "resume/", "certificates/new/", "withdraw/")
OF_A_USER = ("password/", "block/")


def _of_channel(made: Machine, rest: str) -> str:
    rest = f"certificates/{made.thumbprint}/{rest}" if rest == "withdraw/" else rest
    return f"/channels/of/{made.client_id}/{rest}"


def _places(made: Machine, user_name: str) -> list[str]:
    places = [f"/channels/{rest}" for rest in PLAIN]
    places += [_of_channel(made, rest) for rest in OF_A_CHANNEL]
    return places + [f"/channels/users/{user_name}/{rest}" for rest in OF_A_USER]


def _user(name: str, enterprise: str) -> str:
    actor = Actor("person", "00000000000", enterprise)
    users.create_with_password(user_name=name, actor=actor, now=clock.now())
    return name


def test_the_pages_named_here_are_all_there_are() -> None:
    routes = {pattern.name for pattern in urls.urlpatterns}

    assert len(routes) == len(PLAIN) + len(OF_A_CHANNEL) + len(OF_A_USER) + 1
    assert get_resolver("guichet.config.urls_portal")


def test_a_visitor_is_led_to_the_start_page(manager: Client) -> None:
    sender()
    made = machine(enterprise_number=fixtures.E1)

    for place in _places(made, _user("dupont01", fixtures.E1)):
        answer = Client().get(place)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/?next=")


def test_only_a_manager_of_channels_opens_the_pages(
    manager: Client, colleague: Client, worker: Client
) -> None:
    sender()
    made = machine(enterprise_number=fixtures.E1)

    for place in _places(made, _user("dupont01", fixtures.E1)):
        assert manager.get(place).status_code == 200, place
        assert colleague.get(place).status_code == 403
        assert worker.get(place).status_code == 403
        assert colleague.post(place, CONTACT).status_code in (403, 405)
    assert colleague.post("/channels/test-certificate/").status_code == 403
    assert manager.get("/channels/test-certificate/").status_code == 405


def test_what_belongs_to_another_enterprise_is_as_unknown_as_nothing(
    manager: Client, stranger: Client
) -> None:
    for enterprise in (fixtures.E1, fixtures.E3):
        sender(enterprise)
    made, foreign = machine(enterprise_number=fixtures.E1), _user("dupont01", fixtures.E1)
    nothing = Machine("self_service_chaman_000001_aaaaaaaaaa", made.key, made.certificate)
    pages = [(_of_channel(made, rest), _of_channel(nothing, rest)) for rest in OF_A_CHANNEL] + [
        (f"/channels/users/{foreign}/{rest}", f"/channels/users/nobody00/{rest}")
        for rest in OF_A_USER
    ]
    given = {"permissions": [], "reason": "x", "step": "block"}

    for (theirs, none), method in itertools.product(pages, ("get", "post")):
        answers = [getattr(stranger, method)(place, given) for place in (theirs, none)]
        if theirs.endswith(f"/{made.client_id}/") and method == "post":
            assert [answer.status_code for answer in answers] == [405, 405]
            continue
        assert [answer.status_code for answer in answers] == [404, 404], theirs
        first, second = (_main(answer.content.decode()) for answer in answers)
        assert first == second

    assert Channel.objects.get().state == "active"
    assert Channel.objects.get().permissions
    assert TechnicalUser.objects.get().state == "active"
    assert "self_service" not in stranger.get("/channels/").content.decode()
    assert foreign not in stranger.get("/channels/users/").content.decode()


def test_every_change_wants_the_token_of_the_form(manager: Client) -> None:
    sender()
    made = machine(enterprise_number=fixtures.E1)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = manager.cookies

    assert strict.post(_of_channel(made, "suspend/")).status_code == 403
    assert Channel.objects.get().state == "active"


@pytest.mark.parametrize("count", [1, 4])
def test_pages_ask_the_database_as_often_for_one_channel_as_for_many(
    manager: Client, count: int
) -> None:
    from tests.access.machine import ec_key

    sender()
    made = [
        machine(key=ec_key(f"key {index}"), enterprise_number=fixtures.E1) for index in range(count)
    ]
    _asked(manager, "/channels/")

    counts = [_asked(manager, place) for place in ("/channels/", _of_channel(made[0], ""))]

    assert counts == [6, 5]


def _asked(client: Client, place: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(place).status_code == 200
    return len(queries)


def _main(page: str) -> str:
    return page.split("<main", 1)[1].split("</main>", 1)[0]
