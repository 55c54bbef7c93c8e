"""Interim@Work at its doors: what agencies declare by Dimona, and what the worker sees of it."""

import json
import random
import re
import shutil
import subprocess
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guichet.eservices.interim import months, queries
from guichet.eservices.interim.models import Feed
from guichet.platform import clock, throttle
from guichet.registers.employments import details
from guichet.rules import interim as rules
from guichet.rules.interim import State
from tests.database import REPOSITORY
from tests.eservices.dimona import world
from tests.eservices.dimona.world import AGENCY, BIS, KARIM, NEW, NOW, OTHER, TODAY, USER, day, said
from tests.portal.browsing import signed_in, text, words

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
YEAR, LIST, FEED = "/interim/", "/interim/list/", "/interim/feed/"
PLACES = (YEAR, LIST, FEED, "/interim/2026/3/", "/interim/relations/p1/")


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def karim() -> Client:
    """A worker whom agencies lend."""
    return signed_in(KARIM)


def declared(first: int = 1, last: int | None = None, **more: Any) -> int:
    """A temp work period from and until so many days after today; its number."""
    given = {"startDate": day(first), "endDate": day(first if last is None else last)} | more
    record = said(world.temp(**given))
    assert record.result in ("A", "W"), world.answered(record)
    assert record.period_id is not None
    return record.period_id


@pytest.mark.parametrize("place", PLACES)
def test_a_visitor_is_led_to_the_sign_in(place: str) -> None:
    assert "level=300" in Client().get(place)["Location"]


@pytest.mark.parametrize("place", PLACES)
def test_i16_a_password_is_not_enough_and_the_paper_card_is(place: str) -> None:
    assert (
        signed_in(KARIM, means="password", level=200)
        .get(place)["Location"]
        .startswith("/sign-in/step-up/")
    )
    assert signed_in(KARIM, means="card", level=300).get(place).status_code in (200, 404)


def test_i01_a_declared_relation_is_in_the_calendar_at_once(karim: Client) -> None:
    number = declared(1)

    page = karim.get(YEAR).content.decode()

    assert "Firme 3" in words(page)  # the user company
    assert re.search(r'class="is-brand"[^>]*><a[^>]*>3<b aria-hidden="true">I</b>', page)
    assert f"/interim/relations/p{number}/" in page


def test_i06_a_wrong_company_is_cancelled_and_declared_anew_and_both_are_seen(
    karim: Client,
) -> None:
    wrong = declared(1)
    assert world.answered(said(world.cancel(wrong, employer=AGENCY))) == "A"
    right = said(world.temp(user={"enterpriseNumber": OTHER, "jointCommissionNumber": "302"}))
    assert right.result == "A"

    page = karim.get(LIST).content.decode()

    assert 'class="is-off"' in page
    assert "by the agency, on 02/03/2026" in words(page)
    assert "2 relations" in words(page)
    assert "Firme 1" in words(page)


@pytest.mark.parametrize(("field", "value"), [("first", "2024-12-31"), ("last", "2028-01-01")])
def test_i07_days_outside_the_three_years_are_explained(
    karim: Client, field: str, value: str
) -> None:
    answer = karim.get(LIST, {field: value})

    assert answer.status_code == 422
    said_there = words(answer.content.decode())
    assert "choose a day from 01/01/2025 to 31/12/2027" in said_there


@pytest.mark.parametrize(
    "asked", ["first=x", "first=31/02/2026", "kind=king", "state=x", "agency=1"]
)
def test_a_filter_that_cannot_be_is_said_on_its_field(karim: Client, asked: str) -> None:
    answer = karim.get(f"{LIST}?{asked}")

    assert answer.status_code == 422
    assert "Error: " in answer.content.decode().split("</title>")[0]


def test_i08_filters_narrow_together_and_an_empty_result_leads_back(karim: Client) -> None:
    declared(1)
    declared(2, user={"enterpriseNumber": OTHER, "jointCommissionNumber": "XXX"})

    both = text(karim, f"{LIST}?agency={AGENCY}&user={OTHER}&kind=temporary&state=planned")
    none = text(karim, f"{LIST}?agency={AGENCY}&user={OTHER}&kind=student")

    assert "One relation" in both
    assert "Firme 1" in both
    assert "No relation fits" in none
    assert f'href="{LIST}"' in karim.get(f"{LIST}?kind=student").content.decode()


def test_a_day_and_a_part_of_a_name_narrow_too(karim: Client) -> None:
    declared(1)
    declared(3, 4)

    assert "One relation" in text(karim, f"{LIST}?first={day(4)}&last={day(4)}")
    assert "2 relations" in text(karim, f"{LIST}?words=firme 3")
    assert "No relation fits" in text(karim, f"{LIST}?words=zebra")


@pytest.mark.parametrize("seed", range(6))
def test_i09_calendar_and_list_show_the_same_relations(karim: Client, seed: int) -> None:
    chance = random.Random(seed)  # no secret
    at = chance.randint(1, 5)
    made = 0
    while made < 12 and at < 290:
        length = chance.choice((0, 0, 0, 4, 6))
        declared(at, at + length)
        at += length + chance.randint(1, 9)
        made += 1

    found = queries.relations(niss=KARIM, now=NOW, language="en")
    year = months.months(found, year=2026, on=TODAY, language="en")
    marked = {
        one.reference
        for month in year
        for week in month.weeks
        for cell in week
        if cell
        for one in cell.relations
    }

    assert {one.reference for one in queries.in_year(found, 2026)} == marked
    assert len(marked) == made
    assert f"{made} relations" in text(karim, LIST)


def test_i10_two_agencies_on_a_day_and_a_night_over_the_end_of_a_month(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    relations = [
        _relation("a", date(2026, 3, 31), date(2026, 4, 1), has_hours=True),
        _relation("b", date(2026, 3, 31), date(2026, 3, 31)),
    ]

    march = months.month(relations, year=2026, number=3, on=TODAY, language="en")
    april = months.month(relations, year=2026, number=4, on=TODAY, language="en")

    last = next(cell for week in march.weeks for cell in week if cell and cell.day.day == 31)
    assert [one.reference for one in last.relations] == ["a", "b"]
    assert not any(cell.relations for week in april.weeks for cell in week if cell)


def test_i11_work_outside_temporary_work_is_never_shown(karim: Client) -> None:
    assert said(world.an_in()).result == "A"

    assert "No agency declared anything for you" in text(karim, YEAR)
    assert "No agency declared anything for you" in text(karim, LIST)


def test_i12_refused_is_not_shown_late_is_said_and_waiting_is_in_treatment(
    karim: Client,
) -> None:
    assert said(world.temp(endDate=None)).result == "B"
    assert "No agency declared anything" in text(karim, LIST)

    declared(-1)
    world.send(world.temp(startDate=day(5), endDate=day(5)))

    page = text(karim, LIST)
    assert "Declared late" in page
    assert "In treatment" in page
    assert "can delay your allowances" in text(karim, f"/interim/relations/{_only(State.LATE)}/")


def test_i17_another_persons_relation_and_none_are_the_same_404_and_noted(
    karim: Client, caplog: pytest.LogCaptureFixture
) -> None:
    number = declared(1, ssin=world.LOTTE)

    foreign = karim.get(f"/interim/relations/p{number}/")
    absent = karim.get("/interim/relations/p100000000097/")

    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert words(foreign.content.decode()) == words(absent.content.decode())
    assert caplog.messages.count("a relation was asked for that is not one of the reader's") == 2
    assert KARIM not in caplog.text


def test_i20_relations_under_a_replaced_number_are_seen_too() -> None:
    from guichet.audit.actors import system
    from guichet.platform.db import transaction
    from guichet.registers.employments import operations as employments
    from guichet.registers.employments.queries import EmploymentRecord

    actor = system("tests")
    with transaction(actor=actor):
        under_both = [
            EmploymentRecord(BIS, AGENCY, "322", "OTH", date(2025, 5, 5), date(2025, 5, 5), USER),
            EmploymentRecord(NEW, AGENCY, "322", "OTH", date(2026, 1, 5), date(2026, 1, 5), USER),
        ]
        for one in under_both:
            employments.declare(employment=one, actor=actor, now=NOW)

    assert "2 relations" in text(signed_in(NEW), LIST)


def test_i22_a_cell_says_agency_company_and_state_aloud(karim: Client) -> None:
    declared(1)

    page = karim.get(YEAR).content.decode()

    hidden = re.findall(
        r'<span class="govuk-visually-hidden">, ([^<]*Firme[^<]*)</span></a></td>', page
    )
    assert hidden == ["Temporary work, Firme 2, Firme 3, Declared, planned"]


def test_a_changed_end_says_what_it_was_and_the_page_of_the_relation_its_history(
    karim: Client,
) -> None:
    number = declared(1, 5)
    changed = said(world.update(number, employer=AGENCY, endDate=day(3)))
    assert changed.result in ("A", "W"), world.answered(changed)

    page = text(karim, LIST)
    whole = text(karim, f"/interim/relations/p{number}/")

    assert "until 05/03/2026 instead of 07/03/2026" in page
    assert "The agency changed the declaration: 03/03/2026 - 05/03/2026" in whole
    assert "The agency declared the beginning: 03/03/2026 - 07/03/2026" in whole
    assert "A relation is not a contract" in whole


@pytest.mark.parametrize("place", [YEAR, LIST, "/interim/2026/3/"])
def test_the_notice_that_a_relation_is_no_contract_stands_everywhere(
    karim: Client, place: str
) -> None:
    declared(1)

    assert "A relation is not a contract and does not replace one" in text(karim, place)


@pytest.mark.parametrize(
    ("place", "status"),
    [
        ("/interim/?year=2024", 404), ("/interim/?year=2028", 404), ("/interim/?year=x", 404),
        ("/interim/?year=2025", 200), ("/interim/2027/12/", 200), ("/interim/2025/1/", 200),
        ("/interim/2024/12/", 404), ("/interim/2026/13/", 404), ("/interim/2026/0/", 404),
        ("/interim/?agency=nobody", 200), ("/interim/?kind=%00", 200),
    ],
)  # fmt: skip
def test_years_and_months_of_the_window_have_a_page_and_no_others(
    karim: Client, place: str, status: int
) -> None:
    assert karim.get(place).status_code == status


def test_the_months_lead_to_each_other_and_end_with_the_window(karim: Client) -> None:
    declared(1)

    page = karim.get("/interim/2026/3/").content.decode()

    assert 'href="/interim/2026/2/"' in page
    assert 'href="/interim/2026/4/"' in page
    assert "Firme 3" in words(page)
    assert 'rel="prev"' not in karim.get("/interim/2025/1/").content.decode()
    assert 'rel="next"' not in karim.get("/interim/2027/12/").content.decode()


def test_300_relations_cost_a_fixed_number_of_questions(
    karim: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    declared(1)
    karim.get(YEAR)
    with django_assert_num_queries(9):
        karim.get(YEAR)
    for at in range(2, 8):
        declared(at)

    with django_assert_num_queries(9):
        karim.get(YEAR)


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


def test_without_dimona_the_register_alone_is_shown(
    karim: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    declared(1)
    monkeypatch.setattr(details, "_SOURCES", [])

    assert "One relation" in text(karim, LIST)


def test_the_start_page_of_a_worker_leads_there(karim: Client) -> None:
    assert 'href="/interim/"' in karim.get("/").content.decode()


def test_page_in_the_national_languages(karim: Client) -> None:
    declared(1)
    for code, said_there in (
        ("fr", "ne remplace en rien un contrat"), ("nl", "vervangt"), ("de", "ersetzt"),
    ):  # fmt: skip
        karim.cookies["guichet_language"] = code
        assert said_there in text(karim, YEAR)


def _address(client: Client) -> str:
    page = client.post("/interim/feed/new/").content.decode()
    [place] = re.findall(r'href="http://testserver(/interim/calendar/[^"]+)"', page)
    throttle.forget(key=f"interim.feed:{place.rsplit('/', 1)[1].removesuffix('.ics')}")
    return str(place)


def _only(state: State) -> str:
    found = queries.relations(niss=KARIM, now=NOW, language="en")
    [reference] = [one.reference for one in found if one.state is state]
    return reference


def _relation(
    reference: str, first: date, last: date, *, has_hours: bool = False
) -> queries.Relation:
    span = rules.Span(first, last, has_hours)
    return queries.Relation(
        reference=reference, agency=queries.Party(AGENCY, reference), user=None,
        worker_type="OTH", kind=rules.kind_of("OTH"), contract=rules.contract_of(span), span=span,
        start_hour="", end_hour="", planned_hours=None, state=State.PLANNED,
        moment=State.PLANNED, declared_at=datetime.now(tz=NOW.tzinfo), is_late=False,
    )  # fmt: skip
