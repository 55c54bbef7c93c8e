"""The page of duties: what the facts say, for whom, and nobody named."""

from collections.abc import Callable

import pytest
from django.test import Client

from guichet.demo.fixtures import E2, E3, W1, W2
from tests.portal.browsing import signed_in, text
from tests.portal.world import CLERK, STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PAGE = "/presence/staff/duties/"


def test_an_employer_reads_what_is_to_be_done(clerk: Client, world: World) -> None:
    world.day(W1, "07:00 12:00")
    world.act(STAFF[0].niss, "in", world.at("07:00"), remarks=["ciao_21"])
    world.day(W2, "07:00 12:00", employer=E2)

    page = text(clerk, PAGE)

    assert "3 registrations, 1 of them with a remark." in page
    assert "2 of 7 people with a Dimona today have registered." in page
    assert "Cannot be seen here" in page
    assert "You looked at registrations of 0 of your people." in page
    assert "Nowicka" not in page

    clerk.get("/presence/staff/")
    assert "You looked at registrations of 2 of your people." in text(clerk, PAGE)


def test_a_firm_reads_of_itself_only(
    clerk: Client, world: World, someone: Callable[..., Client]
) -> None:
    world.day(W1, "07:00 12:00")

    assert "0 registrations, 0 of them with a remark." in text(signed_in(CLERK, E3), PAGE)
    assert someone(W1).get(PAGE).status_code in (302, 403)
