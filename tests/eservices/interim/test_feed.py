"""The calendar feed: read by programs that are not ours, behind an address that can be ended."""

import json
import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import icalendar
import pytest
from django.test import Client

from guichet.eservices.interim.models import Feed
from guichet.platform import clock, throttle
from tests.database import REPOSITORY
from tests.eservices.dimona import world
from tests.eservices.dimona.world import AGENCY, KARIM, NOW, TODAY, said
from tests.eservices.interim.test_interim import FEED, declared
from tests.portal.browsing import signed_in, text

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def karim() -> Client:
    """A worker whom agencies lend."""
    return signed_in(KARIM)


def test_the_feed_is_read_by_another_program_and_holds_no_number(karim: Client) -> None:
    declared(1)
    declared(2, 6)
    gone = declared(10)
    said(world.cancel(gone, employer=AGENCY))
    place = _address(karim)

    answer = Client().get(place)

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert KARIM not in answer.content.decode()
    read = icalendar.Calendar.from_ical(answer.content)
    events = sorted(read.walk("VEVENT"), key=lambda one: one.decoded("dtstart"))
    assert [(one.decoded("dtstart"), one.decoded("dtend")) for one in events] == [
        (TODAY + timedelta(days=first), TODAY + timedelta(days=end))
        for first, end in ((1, 2), (2, 7), (10, 11))
    ]
    assert [str(one["status"]) for one in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert str(events[0]["summary"]) == "Temporary work: Firme 3"
    assert "not a contract" in str(events[0]["description"])


@pytest.mark.slow  # needs the front-end packages, as the browser tests do
def test_a_parser_that_is_not_ours_reads_the_same_calendar(karim: Client) -> None:
    node, modules = shutil.which("node"), REPOSITORY / "assets/node_modules"
    assert node is not None, "no node here; the front-end packages need it too"
    assert (modules / "ical.js").is_dir(), "ical.js is not installed: make test installs it"
    declared(1)
    declared(2, 6)
    said(world.cancel(declared(10), employer=AGENCY))
    feed = Client().get(_address(karim)).content
    ours = sorted(
        icalendar.Calendar.from_ical(feed).walk("VEVENT"), key=lambda one: one.decoded("dtstart")
    )

    program = [node, str(Path(__file__).with_name("read_calendar.mjs")), str(modules)]
    done = subprocess.run(program, input=feed, capture_output=True, check=True)

    told = json.loads(done.stdout)
    assert told["version"] == "2.0"
    assert ours
    assert [
        (one["first"], one["end"], one["isDate"], one["summary"], one["description"], one["status"])
        for one in told["events"]
    ] == [
        (
            one.decoded("dtstart").isoformat(), one.decoded("dtend").isoformat(), True,
            str(one["summary"]), str(one["description"]), str(one["status"]),
        )
        for one in ours
    ]  # fmt: skip


def test_a_new_address_ends_the_former_and_an_ended_one_opens_nothing(karim: Client) -> None:
    first = _address(karim)
    second = _address(karim)

    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert second.rsplit("/", 1)[1].removesuffix(".ics") not in Feed.objects.get().secret
    karim.post("/interim/feed/end/")
    assert Client().get(second).status_code == 404
    assert "Make an address" in text(karim, FEED)
    assert Client().get("/interim/calendar/x.ics").status_code == 404


def _address(client: Client) -> str:
    page = client.post("/interim/feed/new/").content.decode()
    [place] = re.findall(r'href="http://testserver(/interim/calendar/[^"]+)"', page)
    throttle.forget(key=f"interim.feed:{place.rsplit('/', 1)[1].removesuffix('.ics')}")
    return str(place)
