"""Every route says who may use it, and means it."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from guichet.demo import fixtures
from guichet.platform.routes import declared
from tests.portal.world import CLERK, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

LIST = "/presence/staff/registrations/"
EMPLOYER_PAGES = (
    "/presence/staff/",
    "/presence/staff/on-site/",
    "/presence/staff/registrations/",
    "/presence/staff/registrations.csv",
    "/presence/staff/hours/",
    "/presence/staff/hours.csv",
    "/presence/staff/hours.xlsx",
    "/presence/staff/files/",
    "/presence/staff/expected/",
    "/presence/staff/duties/",
    "/presence/staff/agreements/",
    "/presence/staff/kit/",
    "/presence/limosa/",
)
WORKER_PAGES = ("/presence/my-registrations/", "/presence/corrections/", "/who-consulted-my-data/")
PUBLIC_PAGES = (
    "/",
    "/help/",
    "/glossary/",
    "/accessibility/",
    "/privacy/",
    "/demo/personas/",
    "/demo/outbox/",
    "/demo/kiosk/",
)


def _routes(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns)
        else:
            yield pattern


def test_every_portal_route_declares_its_access() -> None:
    routes = list(_routes(get_resolver("guichet.config.urls_portal").url_patterns))

    silent = [str(route.pattern) for route in routes if declared(route.callback) is None]

    assert silent == []
    assert len(routes) > 15


@pytest.mark.parametrize("place", PUBLIC_PAGES)
def test_a_public_page_opens_for_a_visitor(place: str) -> None:
    assert Client().get(place).status_code == 200


@pytest.mark.parametrize("place", EMPLOYER_PAGES + WORKER_PAGES)
def test_a_visitor_is_led_to_the_start_page_and_back(place: str) -> None:
    response = Client().get(place)

    assert response.status_code == 302
    assert response["Location"].startswith("/?next=%2F")


@pytest.mark.parametrize("place", EMPLOYER_PAGES)
def test_a_worker_is_refused_the_pages_of_an_employer(worker: Client, place: str) -> None:
    response = worker.get(place)

    assert response.status_code == 403
    assert "for employers" in response.content.decode()


@pytest.mark.parametrize("place", EMPLOYER_PAGES + WORKER_PAGES)
def test_the_clerk_may_open_the_pages_of_his_enterprise(clerk: Client, place: str) -> None:
    assert clerk.get(place).status_code == 200


def test_another_tenants_act_and_no_act_are_the_same_404(
    clerk: Client, world: World, someone: Callable[..., Client]
) -> None:
    [foreign] = world.day(fixtures.W3, "07:00", employer=fixtures.E3, site=fixtures.S3)
    unknown = foreign + 500
    other = someone(CLERK, fixtures.E3)

    # E1 declared every site of the fixtures and sees them; E3 sees its own staff only.
    mine = world.day(fixtures.W1, "07:00")[0]
    answers = [
        other.get(f"/presence/staff/registrations/{receipt}/") for receipt in (mine, unknown)
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    first, second = (_without_what_differs(answer.content.decode()) for answer in answers)
    assert first == second
    assert other.get(f"/presence/staff/registrations/{foreign}/").status_code == 200


@pytest.mark.parametrize("receipt", ["1", "999999999999999", "261345000000001"])
def test_a_number_that_is_no_receipt_is_a_404(clerk: Client, receipt: str) -> None:
    assert clerk.get(f"/presence/staff/registrations/{receipt}/").status_code == 404


def test_p26_there_is_no_way_to_enter_an_act_for_a_worker(clerk: Client) -> None:
    for place in EMPLOYER_PAGES[:3]:
        page = clerk.get(place).content.decode()
        assert "enter" not in page.split("<main")[1].split("</main>")[0].lower().split()

    response = clerk.post("/presence/staff/registrations/enter/", {"ssin": fixtures.W1})

    assert response.status_code == 403
    assert "Only the worker registers" in response.content.decode()


def test_p26_no_page_of_presence_takes_a_post_but_the_filters(clerk: Client) -> None:
    asks = ("tions/", "limosa/")  # the filters of a list, the number of an L1: nothing is stored
    places = [place for place in EMPLOYER_PAGES + WORKER_PAGES if not place.endswith(asks)]

    answers = {clerk.post(place, {"ssin": fixtures.W1}).status_code for place in places}

    assert answers == {405}
    assert clerk.post(LIST, {"first": "2026-11-24", "last": "2026-11-24"}).status_code == 302
    assert Client(enforce_csrf_checks=True).post(LIST, {}).status_code == 403


def _without_what_differs(page: str) -> str:
    """The page without form tokens, nonce and the address to come back to."""
    lines = page.splitlines()
    return "\n".join(
        line
        for line in lines
        if "csrfmiddlewaretoken" not in line and "nonce" not in line and 'name="next"' not in line
    )
