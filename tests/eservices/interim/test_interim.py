"""Interim@Work at its doors: what agencies declare by Dimona, and what the worker sees of it."""

import random
import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guichet.eservices.dimona import queries as dimona
from guichet.eservices.interim import months, queries
from guichet.platform import clock
from guichet.registers.employments import details
from guichet.rules import interim as rules
from guichet.rules.interim import State
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
        _relation("a", date(2026, 3, 31), date(2026, 4, 1), is_over_midnight=True),
        _relation("b", date(2026, 3, 31), date(2026, 3, 31)),
    ]

    march = months.month(relations, year=2026, number=3, on=TODAY, language="en")
    april = months.month(relations, year=2026, number=4, on=TODAY, language="en")

    last = next(cell for week in march.weeks for cell in week if cell and cell.day.day == 31)
    assert [one.reference for one in last.relations] == ["a", "b"]
    assert not any(cell.relations for week in april.weeks for cell in week if cell)


@pytest.mark.parametrize(
    ("hours", "days", "in_a_row"),
    [
        ({"startHour": "2200", "endHour": "0400"}, 1, 1),  # one night
        ({"startHour": "0800", "endHour": "1700"}, 2, 0),
        ({"startHour": "0800"}, 2, 0),  # at the flat rate by the day
    ],
)
def test_i10_two_days_of_occasional_work_are_two_and_a_night_is_one(
    karim: Client, hours: dict[str, str], days: int, in_a_row: int
) -> None:
    given = world.temp("EXT", endDate=day(2), **hours)
    number = said(given).period_id

    [found] = queries.relations(niss=KARIM, now=NOW, language="fr")
    assert len(rules.marked_days(found.span, on=TODAY)) == days
    shown = karim.get(f"/interimAtWork/v1/relations/p{number}").json()
    assert shown.get("successiveDayContracts", 0) == in_a_row
    period = dimona.period(number or 0)
    assert period is not None
    assert (dimona.day_contracts_in_a_row(period) or 0) == in_a_row


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
    assert "The agency changed the declaration 03/03/2026 - 05/03/2026" in whole
    assert "The agency declared the beginning 03/03/2026 - 07/03/2026" in whole
    assert "A relation is not a contract" in whole


def test_the_year_says_first_where_the_worker_is_declared_today(karim: Client) -> None:
    declared(3)
    assert "No temp agency declared you for today" in text(karim, YEAR)

    declared(0, 2)

    page = text(karim, YEAR)
    assert "declared by Firme 2" in page
    assert "No temp agency declared you for today" not in page
    assert "declared by Firme 2" not in text(karim, f"{YEAR}?year={TODAY.year + 1}")


def test_a_relation_taken_back_does_not_stand_for_today(karim: Client) -> None:
    said(world.cancel(declared(0), employer=AGENCY))

    assert "No temp agency declared you for today" in text(karim, YEAR)


def test_declared_hours_stand_in_the_list_and_a_lone_hour_has_no_second(karim: Client) -> None:
    night = _relation("p1", TODAY, TODAY, is_over_midnight=True)
    hours = [("", ""), ("1800", "0200"), ("0800", "")]
    shown = [replace(night, start_hour=start, end_hour=end).hours for start, end in hours]
    assert shown == ["", "18:00 \N{EN DASH} 02:00", "08:00"]

    given = world.temp("EXT", endDate=day(1), startHour="0700", endHour="1100")
    number = said(given).period_id
    assert "07:00 - 11:00" in text(karim, LIST)
    assert "07:00 - 11:00" in text(karim, f"/interim/relations/p{number}/")


def test_a_committee_that_dimona_does_not_tell_apart_is_named_in_words(karim: Client) -> None:
    number = declared(1, user={"enterpriseNumber": OTHER, "jointCommissionNumber": "XXX"})

    assert "another joint committee (XXX)" in text(karim, f"/interim/relations/p{number}/")


def test_one_relation_says_all_that_is_known_of_its_declaration(karim: Client) -> None:
    late = declared(-1)
    for at in (1, 2):  # the working days after today
        last = declared(at)
    changed = said(world.update(last, employer=AGENCY, endDate=day(3)))

    whole = text(karim, f"/interim/relations/p{late}/")
    assert f"NSSO number {world.ONSS[AGENCY]}" in whole
    assert "Declared 02/03/2026 10:00, late" in whole
    assert "What social security remarked" in whole
    assert "90373-460" in whole
    assert "Day contracts in a row" not in whole
    first = queries.relation(niss=KARIM, reference=f"p{last}", now=NOW, language="en")
    assert first is not None
    page = text(karim, f"/interim/relations/p{last}/")
    assert f"Declaration {changed.id}" in page
    assert "Last changed 02/03/2026 10:00" in page
    assert ", in time" in page


def test_i19_the_worker_sees_the_day_contracts_that_follow_each_other(karim: Client) -> None:
    numbers = [declared(at) for at in (1, 2, 3)]
    said(world.cancel(numbers[0], employer=AGENCY))
    other = {"enterpriseNumber": OTHER, "jointCommissionNumber": "XXX"}
    elsewhere = declared(4, user=other)

    assert "Day contracts in a row 2 with this user company" in text(
        karim, f"/interim/relations/p{numbers[2]}/"
    )
    for alone in (numbers[0], numbers[1], elsewhere):
        assert "Day contracts in a row" not in text(karim, f"/interim/relations/p{alone}/")


def test_the_list_is_turned_round_counts_days_and_leads_to_a_report(karim: Client) -> None:
    first, second = declared(1, 3), declared(8, 9)
    said(world.cancel(declared(15), employer=AGENCY))

    newest, oldest = (
        karim.get(f"{LIST}?{asked}").content.decode() for asked in ("", "sort=oldest")
    )

    assert "of one agency, 5 days declared, the newest first" in words(newest)
    assert "of one agency, 5 days declared, the oldest first" in words(oldest)
    assert newest.index(f"/p{second}/") < newest.index(f"/p{first}/")
    assert oldest.index(f"/p{first}/") < oldest.index(f"/p{second}/")
    assert f'href="/interim/relations/p{first}/report/"' in newest
    assert "sort=oldest" in oldest.split("Printable overview")[0]
    assert karim.get(f"{LIST}?sort=sideways").status_code == 422


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


def _only(state: State) -> str:
    found = queries.relations(niss=KARIM, now=NOW, language="en")
    [reference] = [one.reference for one in found if one.state is state]
    return reference


def _relation(
    reference: str, first: date, last: date, *, is_over_midnight: bool = False
) -> queries.Relation:
    span = rules.Span(first, last, is_over_midnight)
    return queries.Relation(
        reference=reference, agency=queries.Party(AGENCY, reference), user=None,
        worker_type="OTH", kind=rules.kind_of("OTH"), contract=rules.contract_of(span), span=span,
        start_hour="", end_hour="", planned_hours=None, state=State.PLANNED,
        moment=State.PLANNED, declared_at=datetime.now(tz=NOW.tzinfo), is_late=False,
    )  # fmt: skip
