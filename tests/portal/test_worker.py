"""What a worker sees: his own registrations, and nothing that changes them."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from guichet.audit.actors import Actor
from guichet.audit.lookups import looked_up
from guichet.demo import fixtures
from guichet.platform import clock
from tests.portal.browsing import NOW, signed_in, text, words
from tests.portal.world import CLERK, STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
OWN, CONSULTED = "/presence/my-registrations/", "/who-consulted-my-data/"


def test_p32_a_worker_can_only_report_a_mistake(worker: Client, world: World) -> None:
    [_, out] = world.day(fixtures.W1, "07:00 12:00")
    page = worker.get(f"{OWN}{out}/").content.decode()

    assert "Tell your employer what is wrong, until 24 December" in words(page)
    forms = re.findall(r"<form[^>]*>", page.split("<main")[1].split("</main>")[0])
    assert forms == []
    for method in ("post", "put", "patch", "delete"):
        assert getattr(worker, method)(f"{OWN}{out}/").status_code == 405


@pytest.mark.parametrize(("days", "said"), [(30, "until 24 November"), (31, "ended on")])
def test_p32_the_thirtieth_day_is_the_last_one_to_report(
    worker: Client, world: World, days: int, said: str
) -> None:
    [receipt] = world.day(fixtures.W1, "07:00", day=world.today - timedelta(days=days))

    assert said in text(worker, f"{OWN}{receipt}/")


def test_p96_a_worker_sees_only_his_own_acts_and_anothers_id_is_a_404(
    worker: Client, world: World
) -> None:
    [own] = world.day(fixtures.W1, "07:00")
    [foreign] = world.day(STAFF[0].niss, "08:00")

    assert f"{own}" in worker.get(OWN).content.decode()
    assert f"{foreign}" not in worker.get(OWN).content.decode()
    assert worker.get(f"{OWN}{own}/").status_code == 200
    assert worker.get(f"{OWN}{foreign}/").status_code == 404
    assert worker.get(f"{OWN}{own + 7}/").status_code == 404


def test_p16_a_worker_sees_hours_and_breaks_of_his_day(worker: Client, world: World) -> None:
    world.day(fixtures.W1, "06:00 09:00 09:15 14:00")

    page = text(worker, OWN)

    assert "7 h 45 of work" in page
    assert "15 min of break" in page


def test_a_remark_is_explained_with_what_to_do(worker: Client, world: World) -> None:
    world.day(fixtures.W1, "07:00 12:00", remarks=["caw_1"])

    page = text(worker, OWN)

    assert "no Dimona declaration of this employer covers this person" in page
    assert "What to do: File or correct the Dimona" in page


def test_without_registrations_the_page_says_what_to_do(worker: Client) -> None:
    page = text(worker, OWN)

    assert "No registrations in this period" in page
    assert "<table" not in worker.get(OWN).content.decode()


def test_a_period_and_a_site_narrow_the_days(worker: Client, world: World) -> None:
    yesterday = world.today - timedelta(days=1)
    world.day(fixtures.W1, "07:00 12:00", day=yesterday)
    world.day(fixtures.W1, "08:00 12:00", site=fixtures.S4)

    page = text(worker, f"{OWN}?first={yesterday}&last={yesterday}")

    assert "Monday 23 November" in page
    assert "Tuesday 24 November" not in page
    assert "Monday 23" not in text(worker, f"{OWN}?site={fixtures.S4}")


def test_more_than_25_days_fill_two_pages(worker: Client, world: World) -> None:
    for days in range(28):
        world.day(fixtures.W1, "07:00 12:00", day=world.today - timedelta(days=days))
    period = f"first={world.today - timedelta(days=30)}&last={world.today}"

    assert "Page 1 of 2" in text(worker, f"{OWN}?{period}")
    assert "Page" not in text(worker, f"{OWN}?{period}&size=50")


def test_a_period_without_order_is_a_422(worker: Client) -> None:
    response = worker.get(f"{OWN}?first=2026-11-24&last=2026-11-01")

    assert response.status_code == 422
    assert "The last day is before the first one." in words(response.content.decode())


def test_a43_each_consultation_is_shown_with_the_organisation_and_never_the_viewer(
    clerk: Client, worker: Client, world: World
) -> None:
    world.day(fixtures.W1, "07:00 12:00")
    clerk.get("/presence/staff/")
    clerk.get("/presence/staff/registrations/")
    clerk.get("/presence/staff/registrations/")

    page = text(worker, CONSULTED)

    assert "Cristal du Bocq Nettoyage List of presences pages 2 24/11/2026 15:40" in page
    assert "Cristal du Bocq Nettoyage Presences of the day pages 1 24/11/2026 15:40" in page
    assert "Claerhout" not in page
    assert CLERK not in page


def test_a43_consultations_of_others_are_not_shown(worker: Client, world: World) -> None:
    looked_up(
        viewer=Actor(kind="person", id=CLERK, enterprise=fixtures.E1), subjects=[STAFF[0].niss],
        purpose="presence.day", channel="portal", now=NOW,
    )  # fmt: skip

    assert "Nobody consulted your data" in text(worker, CONSULTED)


def test_the_start_page_of_a_worker_names_the_day_to_look_at(worker: Client, world: World) -> None:
    world.day(fixtures.W1, "07:00", day=world.today - timedelta(days=2))

    page = text(worker, "/")

    assert "Hello Karim, one thing is waiting for you" in page
    assert "Sunday 22 November: look at your registrations" in page
    assert "until 22 December" in page


def test_the_start_page_of_an_employer_counts_missing_outs_and_who_is_there(
    clerk: Client, world: World
) -> None:
    world.day(STAFF[1].niss, "07:02", day=clock.today(NOW) - timedelta(days=1))
    world.day(fixtures.W1, "07:00")

    page = text(clerk, "/")

    assert "29 days One OUT is missing" in page
    assert "Verbeeck Jonas. They can still report it until 23 December." in page
    assert "1 person present" in page


def test_the_start_page_without_anything_to_do_says_so(worker: Client) -> None:
    page = text(worker, "/")

    assert "nothing is waiting for you" in page
    assert "Nothing to do" in page


@pytest.mark.parametrize("place", [OWN, f"{OWN}{{receipt}}/", "/privacy/my-data/",
                                   "/privacy/my-data.json", "/privacy/my-data.pdf"])  # fmt: skip
def test_with_a_password_alone_what_is_ones_own_asks_for_a_surer_sign_in(
    world: World, place: str
) -> None:
    [receipt] = world.day(fixtures.W1, "07:00", day=world.today)
    own = place.format(receipt=receipt)
    sure = signed_in(fixtures.W1, means="app", level=400)
    unsure = signed_in(fixtures.W1, means="password", level=200)

    led = unsure.get(own)

    assert led.status_code == 302
    assert led["Location"].startswith("/sign-in/step-up/?")
    assert "level=300" in led["Location"]
    assert sure.get(own).status_code == 200


def test_with_a_password_alone_the_start_page_shows_the_way_to_a_service_and_no_fact_of_it(
    world: World,
) -> None:
    yesterday = world.today - timedelta(days=1)
    world.day(STAFF[0].niss, "07:00", day=yesterday)
    world.day(fixtures.W1, "07:00", day=yesterday)

    for niss, enterprise in ((fixtures.W1, None), (CLERK, fixtures.E1)):
        sure = text(signed_in(niss, enterprise, means="app", level=400), "/")
        unsure = text(signed_in(niss, enterprise, means="password", level=200), "/")

        assert "My registrations" in unsure
        assert "look at your registrations" in sure or "OUTs are missing" in sure
        assert "look at your registrations" not in unsure
        assert "OUTs are missing" not in unsure
        assert "site now" not in unsure
