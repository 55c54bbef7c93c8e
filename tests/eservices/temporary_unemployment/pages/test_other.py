"""Accident, force majeure, strike, white collars, and the reasons without a communication."""

import re
from datetime import date

import pytest
from django.test import Client

from guichet.eservices.temporary_unemployment.models import Difficulty, Draft
from guichet.platform.db import transaction
from guichet.registers.enterprises.models import Enterprise
from guichet.rules.temporary_unemployment.communication import Line
from guichet.rules.temporary_unemployment.kinds import Category, Reason, Regime
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.pages import walk
from tests.eservices.temporary_unemployment.pages.walk import (
    at,
    begun,
    checked,
    chosen,
    period,
    received,
    said,
    sent,
    step,
)
from tests.eservices.temporary_unemployment.world import ACTOR, ANNE, FIRM, clerk, moment

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
NATURE = {
    "accident_on": "18/04/2025", "first_day": "25/04/2025",
    "causes": "The furnace broke without any sign of it.",
}  # fmt: skip


def nature(client: Client, **boxes: str) -> str:
    """The nature of an accident up to the check."""
    place = begun(client, "T", "accident_nature")
    step(client, place, "place", walk.PLACE_BOXES)
    step(client, place, "accident", NATURE | boxes)
    return place


@pytest.mark.parametrize(("on", "is_late"), [("2025-04-22", False), ("2025-04-23", True)])
def test_sc43_the_nature_is_told_on_the_first_working_day_after(
    monkeypatch: pytest.MonkeyPatch, on: str, is_late: bool
) -> None:
    at(monkeypatch, moment(on))
    client = clerk()
    place = nature(client)

    page = checked(client, place)

    assert ("had to be communicated on 22/04/2025 at the latest" in page) is is_late
    received(sent(client, place, remarks="Easter."))


def test_sc44_a_suspension_within_the_seven_paid_days_gives_the_first_one_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at(monkeypatch, moment("2025-04-22"))
    client = clerk()
    place = nature(client, first_day="24/04/2025")
    assert "Start on 25/04/2025 instead." in checked(client, place)

    client.post(f"{place}check/", {"do": "apply-CTW-052:first_day"})

    assert received(sent(client, place)).first_day == date(2025, 4, 25)


@pytest.mark.parametrize(("on", "is_late"), [("2025-04-24", False), ("2025-04-25", True)])
def test_sc45_the_list_belongs_to_an_own_accident_and_comes_within_six_days(
    monkeypatch: pytest.MonkeyPatch, on: str, is_late: bool
) -> None:
    at(monkeypatch, moment("2025-04-22"))
    client = clerk()
    told = received(sent(client, nature(client)))
    at(monkeypatch, moment(on))
    client = clerk()
    place = begun(client, "T", "accident_list")
    step(client, place, "place", walk.PLACE_BOXES)
    assert told.ticket in client.get(f"{place}nature/").content.decode()
    step(client, place, "nature", {"nature_ticket": told.ticket})
    chosen(client, place, ANNE)

    page = checked(client, place)

    assert ("list of workers had to be communicated on 24/04/2025" in page) is is_late
    row = received(sent(client, place, remarks="Late."))
    assert row.nature_id == told.pk


def test_sc46_a_list_without_its_accident_stops_at_its_step() -> None:
    client = clerk()
    place = begun(client, "T", "accident_list")
    step(client, place, "place", walk.PLACE_BOXES)
    assert "No accident was communicated yet" in said(client.get(f"{place}nature/"))

    answer = step(client, place, "nature", {}, 422)

    assert "First communicate the nature of the technical accident" in said(answer)
    forged = step(client, place, "nature", {"nature_ticket": "05W000000000X"}, 422)
    assert "There is a problem" in said(forged)


@pytest.mark.parametrize(("last", "status"), [("01/05/2025", 422), ("30/04/2025", 302)])
def test_sc47_force_majeure_lasts_three_months_at_most(last: str, status: int) -> None:
    client = clerk()
    place = begun(client, "F", "force_majeure")
    step(client, place, "place", walk.PLACE_BOXES)
    boxes = {"first_day": "01/02/2025", "last_day": last, "causes": "The hall is under water."}

    answer = step(client, place, "force", boxes, status)

    if status == 422:
        assert "covers at most 3 months" in said(answer)
        client.post(f"{place}check/", {"do": "apply-CTW-061:last_day"})
        assert Draft.objects.get().typed["force"]["last_day"] == "30/04/2025"
    chosen(client, place, ANNE)
    received(sent(client, place, remarks="Water."))


@pytest.mark.parametrize("letter", ["FM", "V", "FV", "R", "D"])
def test_sc48_a_reason_without_communication_says_what_is_done_instead(letter: str) -> None:
    client = clerk()

    page = said(client.get(f"/temporary-unemployment/new/{letter}/"))

    assert "no communication is needed" in page
    assert "social risk declaration 2" in page
    assert "Stop here" in page
    forged = client.post(f"/temporary-unemployment/new/{letter}/", {"kind": "force_majeure"})
    assert forged.status_code == 404


def test_sc49_a_waiver_offers_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, moment("2021-07-20"))

    page = said(clerk().get("/temporary-unemployment/new/F/"))

    assert "In this period no communication is needed for this reason" in page
    assert "Stop here" in page
    assert "Begin" in page


def test_sc50_a_strike_asks_whether_the_workers_are_in_the_unit_and_gives_a_number() -> None:
    client = clerk()
    place = begun(client, "G", "strike")
    step(client, place, "place", walk.PLACE_BOXES)
    boxes = {"day": "07/03/2025", "causes": "The suppliers stop the railway.",
             "workplace": "Quai 1, 4000 Liège"}  # fmt: skip
    step(client, place, "strike", boxes)
    chosen(client, place, ANNE)

    answer = step(client, place, "workers", {}, 422)

    assert "say whether the worker belongs to the striking unit" in said(answer)
    step(client, place, "workers", {"line-1-shown": "1", "line-1-unit": "no"})
    assert "communicated 2 days after the first day" in checked(client, place)
    receipt = sent(client, place)
    row = received(receipt)
    assert row.reason == Reason.STRIKE.value
    assert "09/03/2025 11:00:00" in said(client.get(receipt["Location"]))


def test_the_day_and_the_place_of_a_strike_are_asked_at_their_fields() -> None:
    client = clerk()
    place = begun(client, "G", "strike")
    step(client, place, "place", walk.PLACE_BOXES)

    page = step(client, place, "strike", {"causes": "The suppliers stop the railway."}, 422)

    links = re.findall(r'href="#id_(\w+)"', page.content.decode())
    assert links == ["day", "workplace"]
    assert "full address where the work would have been done" in said(page)


def white(client: Client, first: date, last: date, posted: date, **boxes: str) -> str:
    """A suspension of white collars up to the check."""
    place = begun(client, "SE", "expected")
    step(client, place, "place", {"establishment": world.PLACE, "committee": "200"})
    given = period(first, last, posted, **({"regime": "white_full"} | boxes))
    step(client, place, "period", given)
    step(client, place, "causes", walk.CAUSES)
    chosen(client, place, ANNE)
    line = {"line-1-shown": "1", "line-1-category": Category.WHITE.value}
    step(client, place, "workers", line)
    return place


def difficulty(sent_on: date, first: date | None = None, last: date | None = None) -> None:
    """A form C106A, recognised or not."""
    with transaction(actor=ACTOR):
        Difficulty(
            employer=Enterprise.objects.get(number=FIRM), form="C106A", ground="turnover",
            sent_on=sent_on, first_day=first, last_day=last, recorded_at=world.NOW,
        ).save()  # fmt: skip


def test_sc51_white_collars_without_a_recognition_are_warned_about() -> None:
    client = clerk()
    place = white(client, date(2025, 3, 17), date(2025, 3, 30), world.TODAY)

    assert "No recognition as enterprise in difficulty is known" in checked(client, place)


@pytest.mark.parametrize(("on", "is_early"), [("2025-09-14", True), ("2025-09-15", False)])
def test_sc52_fourteen_days_lie_between_the_form_and_the_communication(
    monkeypatch: pytest.MonkeyPatch, on: str, is_early: bool
) -> None:
    difficulty(date(2025, 9, 1))
    at(monkeypatch, moment(on))
    client = clerk()
    place = white(client, date(2025, 9, 29), date(2025, 10, 5), moment(on).date())

    page = checked(client, place)

    assert ("fourteen days after the form C106A of 01/09/2025" in page) is is_early


def used(weeks: int) -> None:
    """Anne's white-collar suspension of so many full weeks from 6 January 2025."""
    difficulty(date(2024, 9, 1), date(2024, 10, 1), date(2026, 12, 31))
    first = date(2025, 1, 6)
    told = world.changed(
        world.expected(moment("2024-12-20")), reason=Reason.WHITE_COLLAR, first_day=first,
        last_day=first + world.DAY * (7 * weeks - 1), committee="200", regime=Regime.WHITE_FULL,
        lines=(Line(niss=ANNE, category=Category.WHITE),),
    )  # fmt: skip
    world.sent(told)


def test_sc53_a_notice_that_touches_two_weeks_after_fifteen_exceeds_the_credit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    used(15)
    at(monkeypatch, moment("2025-05-20"))
    client = clerk()
    place = white(client, date(2025, 6, 5), date(2025, 6, 10), date(2025, 5, 20))

    assert "The credit of 2025 is exhausted" in checked(client, place)


def test_sc54_the_credit_is_full_again_in_the_next_year(monkeypatch: pytest.MonkeyPatch) -> None:
    used(16)
    at(monkeypatch, moment("2025-12-26"))
    client = clerk()
    place = white(client, date(2026, 1, 5), date(2026, 1, 18), date(2025, 12, 26))

    assert "The credit of" not in checked(client, place)


def test_sc55_a_single_day_of_work_a_week_stops_at_its_step() -> None:
    client = clerk()
    place = begun(client, "SE", "expected")
    step(client, place, "place", {"establishment": world.PLACE, "committee": "200"})
    boxes = period(date(2025, 3, 17), date(2025, 3, 30), world.TODAY, regime="white_reduced")

    answer = step(client, place, "period", boxes | {"work-0-0": "on"}, 422)

    assert "at least two days a week are worked" in said(answer)
