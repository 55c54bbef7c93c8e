"""The day of the staff, who is on site, hours for payroll."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guichet.audit.models import Lookup
from guichet.demo import fixtures
from guichet.registers.works.models import Site
from tests.portal.browsing import NOW, text
from tests.portal.world import CLERK, STAFF, World, fill

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
DAY, HOURS, ON_SITE = "/presence/staff/", "/presence/staff/hours/", "/presence/staff/on-site/"
RUI = STAFF[2].niss


def test_p16_break_of_15_minutes_and_presence_of_7_h_45(clerk: Client, world: World) -> None:
    world.day(fixtures.W1, "06:00 09:00 09:15 14:00")

    day, hours = text(clerk, DAY), text(clerk, HOURS)

    assert "7:45 0:15 Validated" in day
    assert "06:00-09:00 09:15-14:00 09:00-09:15 0:15 7:45" in hours


def test_p22_an_act_after_midnight_stays_with_the_shift_that_began_before(
    clerk: Client, world: World
) -> None:
    yesterday = world.today - timedelta(days=1)
    world.act(fixtures.W1, "in", world.at("22:00", day=yesterday))
    world.act(fixtures.W1, "out", world.at("05:30"))

    assert "7:30" in text(clerk, f"{DAY}?day={yesterday}")
    assert "No registrations on this day" in text(clerk, DAY)


def test_p23_the_night_of_the_october_change_counts_real_hours(clerk: Client, world: World) -> None:
    world.act(fixtures.W1, "in", datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    world.act(fixtures.W1, "out", datetime(2026, 10, 25, 1, 30, tzinfo=UTC))

    assert "02:30-02:30 - none - none 1:00" in text(
        clerk, f"{HOURS}?first=2026-10-25&last=2026-10-25"
    )


def test_p30_the_same_act_sent_twice_counts_once_in_the_hours(clerk: Client, world: World) -> None:
    world.day(fixtures.W1, "07:00 12:00")
    world.act(fixtures.W1, "in", world.at("07:00"), remarks=["caw_14"])
    world.act(fixtures.W1, "out", world.at("12:00"), remarks=["caw_14"])

    hours = text(clerk, HOURS)

    assert "Hours worked 5:00" in hours
    assert hours.count("07:00-12:00") == 1


def test_a_stretch_that_still_runs_is_not_called_absent(clerk: Client, world: World) -> None:
    world.day(fixtures.W1, "12:30")

    assert "Résidence du Vieux-Saule 12:30- present" in text(clerk, HOURS)


def test_a_remark_is_explained_in_words_and_comes_first(clerk: Client, world: World) -> None:
    world.day(fixtures.W1, "07:00 12:00")
    world.day(RUI, "07:01 11:58", remarks=["caw_1"])

    page = text(clerk, DAY)

    assert "One day to look at" in page
    assert "no Dimona declaration of this employer covers this person" in page
    assert page.index("Da Silva-Peeters Rui") < page.index("Lemaire Karim")


def test_an_in_of_yesterday_without_out_is_shown_today_and_is_not_a_presence(
    clerk: Client, world: World
) -> None:
    world.day(fixtures.W1, "07:02", day=world.today - timedelta(days=1))

    page = text(clerk, DAY)

    assert "OUT missing 1" in page
    assert "Present at 15:40 0" in page
    assert text(clerk, ON_SITE).startswith("Nobody is on site")


def test_whoever_has_an_in_without_out_is_on_site_with_the_hour(
    clerk: Client, world: World
) -> None:
    fill(world, now=NOW)

    page = text(clerk, ON_SITE)

    assert page.startswith("3 people are on site")
    assert "Lemaire Karim Cristal du Bocq Nettoyage 12:31" in page
    assert "Verbeeck" not in page


def test_own_staff_only_until_everybody_is_asked_and_then_numbers_are_masked(
    clerk: Client, world: World
) -> None:
    world.day(fixtures.W1, "07:00 12:00")
    world.day(fixtures.W2, "07:10 12:00", employer=fixtures.E2)

    own, everybody = text(clerk, DAY), text(clerk, f"{DAY}?scope=sites")

    assert "Claes" not in own
    assert "Claes Lotte 01********* Zilvermeeuw Gebouwendienst" in everybody
    assert "85.07.31-001.30" in everybody


def test_a_subcontractor_does_not_see_the_staff_of_the_declarant(
    world: World, someone: Callable[..., Client]
) -> None:
    world.day(fixtures.W1, "07:00 12:00")
    other = someone(CLERK, fixtures.E3)

    assert "Lemaire" not in text(other, f"{DAY}?scope=sites")


def test_a_site_is_chosen_and_the_others_are_left_out(clerk: Client, world: World) -> None:
    world.day(fixtures.W1, "07:00 12:00")
    world.day(RUI, "07:00 12:00", site=fixtures.S4)

    page = text(clerk, f"{DAY}?site={fixtures.S4}")

    assert "Da Silva" in page
    assert "Lemaire" not in page


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "2023-12-31", "2027-01-01", "1/2"])
def test_a_day_without_a_page_is_a_404(clerk: Client, day: str) -> None:
    assert clerk.get(DAY, {"day": day}).status_code == 404


def test_consulting_a_day_is_noted_for_each_worker_shown(clerk: Client, world: World) -> None:
    world.day(fixtures.W1, "07:00 12:00")
    world.day(RUI, "07:00 12:00")

    clerk.get(DAY)

    noted = Lookup.objects.using("audit").filter(purpose="presence.day")
    assert {one.niss for one in noted} == {fixtures.W1, RUI}
    assert {one.viewer_enterprise for one in noted} == {fixtures.E1}


@pytest.mark.parametrize(
    ("place", "queries"), [(DAY, 5), (f"{DAY}?scope=sites", 8), (ON_SITE, 2), (HOURS, 4), ("/", 7)]
)
def test_a_page_asks_a_fixed_number_of_questions(
    clerk: Client,
    world: World,
    django_assert_num_queries: DjangoAssertNumQueries,
    place: str,
    queries: int,
) -> None:
    fill(world, now=NOW)
    clerk.get(place)  # the components and the catalogue are read once

    with django_assert_num_queries(queries):
        clerk.get(place)


def test_hours_of_a_period_that_is_too_long_are_refused(clerk: Client) -> None:
    response = clerk.get(f"{HOURS}?first=2026-10-01&last=2026-11-24")

    assert response.status_code == 422
    assert "at most 31 days" in response.content.decode()


def test_hours_of_31_days_are_given(clerk: Client, world: World) -> None:
    world.day(fixtures.W1, "07:00 12:00", day=date(2026, 11, 1))

    assert "01/11/2026" in text(clerk, f"{HOURS}?first=2026-10-25&last=2026-11-24")


def test_the_file_of_hours_holds_a_line_for_each_day(clerk: Client, world: World) -> None:
    world.day(fixtures.W1, "06:00 09:00 09:15 14:00")

    response = clerk.get("/presence/staff/hours.csv")
    site = Site.objects.get(reference=fixtures.S1).name
    lines = b"".join(response).decode("utf-8-sig").splitlines()

    assert lines[1].split(";")[:9] == [
        "24/11/2026", "85.07.31-001.30", "Lemaire Karim", site,
        "06:00-09:00 09:15-14:00", "09:00-09:15", "7:45", "0:15", "465",
    ]  # fmt: skip
    assert (
        Lookup.objects.using("audit").filter(purpose="presence.export", niss=fixtures.W1).count()
        == 1
    )


def test_more_acts_than_a_page_reads_are_refused_and_not_left_out(
    clerk: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guichet.eservices.presence.day_queries.MOST_ACTS", 3)
    world.day(fixtures.W1, "06:00 09:00 09:15 14:00")

    response = clerk.get(HOURS)

    assert response.status_code == 400
    assert "Choose fewer days" in response.content.decode()
