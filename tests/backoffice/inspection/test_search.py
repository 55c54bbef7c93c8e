"""Searches of the inspection: who may, the purpose, what is shown, what it leaves behind."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guichet.access.privacy import lookups
from guichet.audit.models import Entry, Lookup
from guichet.backoffice.inspection import inquiries
from guichet.backoffice.inspection.models import Inquiry, Look, Search
from guichet.demo import fixtures
from guichet.platform import clock
from tests.portal.browsing import NOW, signed_in, text, words
from tests.portal.world import CLERK, STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
DESK = "inspection"
SEARCH, PURPOSE, LOOKS = "/inspection/search/", "/inspection/purpose/", "/inspection/looks/"
NOBODY = uuid.UUID(int=7)
PLACES = (
    SEARCH, PURPOSE, LOOKS, f"{SEARCH}{NOBODY}/", f"{SEARCH}{NOBODY}/results.csv",
    f"{SEARCH}{NOBODY}/results.xlsx", f"{SEARCH}{NOBODY}/files/{NOBODY}/",
    f"{SEARCH}{NOBODY}/files/{NOBODY}/download/", "/inspection/registrations/261124000000001/",
)  # fmt: skip
WHY = {"kind": "safety", "reference": "CP-2026-0418", "words": ""}
DAY = {"first": "2026-11-24", "last": "2026-11-24"}
SITE = {**WHY, **DAY, "site": fixtures.S1}


def found(client: Client, **given: str) -> str:
    """Search; the place of the results."""
    answer = client.post(SEARCH, {**WHY, **DAY, **given})
    assert answer.status_code == 302, words(answer.content.decode())
    return str(answer["Location"])


def refused(client: Client, **given: str) -> str:
    """Search; what the page says against it."""
    answer = client.post(SEARCH, {**SITE, **given})
    assert answer.status_code == 422
    return words(answer.content.decode())


@pytest.fixture
def presence(world: World) -> int:
    """W1 announced for today at S2, three days ahead, by the firm's own page."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT presence_ensure_day_month(%s)", [world.today])
        cursor.execute(
            "INSERT INTO presence_day (receipt, created_at, day, ssin, enterprise_number,"
            " works_reference, activity, channel, sender_enterprise) VALUES"
            " (261124900000001, %s, %s, %s, %s, %s, 'construction', 'assistant', %s)",
            [NOW - timedelta(days=3), world.today, fixtures.W1, fixtures.E1, fixtures.S2,
             fixtures.E1],
        )  # fmt: skip
    return 261124900000001


@pytest.mark.parametrize("place", PLACES)
def test_the_inspection_is_not_for_visitors_workers_employers_or_other_desks(
    worker: Client, clerk: Client, impostor: Client, place: str
) -> None:
    assert "level=400" in Client().get(place)["Location"]
    for client in (worker, clerk, impostor):
        assert client.get(place).status_code == 403


@pytest.mark.parametrize("place", [SEARCH, PURPOSE])
def test_nobody_else_states_a_purpose_or_searches(
    worker: Client, clerk: Client, impostor: Client, place: str
) -> None:
    for client in (Client(), worker, clerk, impostor):
        assert client.post(place, SITE).status_code == 403
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize("desk", ["contact_desk", "identification_desk", "enterprise_desk"])
def test_another_desk_of_an_institution_does_not_open_the_inspection(
    world: World, someone: Callable[..., Client], desk: str
) -> None:
    from tests.backoffice.conftest import _with_the_right

    _with_the_right(CLERK, fixtures.E1, "public_body", desk)
    client = someone(CLERK, fixtures.E1, quality="public_body")

    assert client.get(SEARCH).status_code == 403
    assert "/inspection/" not in client.get("/").content.decode()


def test_a_password_is_not_enough(agent: Client) -> None:
    client = signed_in(CLERK, fixtures.E1, quality="public_body", means="password", level=200)

    assert client.get(SEARCH)["Location"].startswith("/sign-in/step-up/")


def test_the_start_page_leads_to_the_inspection(agent: Client) -> None:
    assert "Inspection of presences" in text(agent, "/")


def test_p95_an_inspector_sees_persons_senders_and_receipt_times_and_the_look_is_noted(
    agent: Client, world: World
) -> None:
    [first, _] = world.day(fixtures.W1, "06:58 12:02")
    world.act(fixtures.W2, "in", world.at("07:10:05"), employer=fixtures.E2, remarks=["caw_1"])
    world.day(STAFF[0].niss, "07:00", site=fixtures.S4)

    said = text(agent, found(agent, site=fixtures.S1))

    assert "3 registrations" in said
    assert "Lemaire Karim 85.07.31-001.30" in said
    assert "IN 24/11/2026 06:58:00 received 24/11/2026 06:58:02 2 seconds later" in said
    assert "Zilvermeeuw Gebouwendienst 0876543270" in said
    assert "The person Software of the enterprise" in said
    assert str(first) in said
    assert "There is no relation between the worker and the enterprise" in said
    assert "Nowicka" not in said
    assert "Planned" not in said
    assert "CP-2026-0418" in said
    rows = Lookup.objects.using("audit").filter(purpose="inspection.safety")
    assert set(rows.values_list("niss", flat=True)) == {fixtures.W1, fixtures.W2}
    [look] = Look.objects.using("audit").filter(what="search")
    assert look.persons == 2
    assert Entry.objects.get(action="inspection.search.asked").detail["kind"] == "safety"


def test_the_person_reads_who_looked_at_once_or_when_the_check_is_over(
    agent: Client, worker: Client, world: World
) -> None:
    world.day(fixtures.W1, "06:58")
    text(agent, found(agent, site=fixtures.S1))
    text(agent, found(agent, site=fixtures.S1, kind="check"))

    said = text(worker, "/who-consulted-my-data/")

    assert "Accident or safety, by an inspection service" in said
    assert "CP-2026-0418" not in said
    assert "Planned check" not in said
    for days, is_shown in ((29, False), (31, True)):
        rows = lookups.grouped(niss=fixtures.W1, now=NOW + timedelta(days=days))
        assert ("inspection.check" in {row["purpose"] for row in rows}) is is_shown


def test_both_logs_are_searched_and_a_day_says_on_which_side_it_was_announced(
    agent: Client, world: World, presence: int
) -> None:
    world.day(fixtures.W1, "06:58")

    said = text(agent, found(agent, worker="85.07.31-001.30"))
    only_days = text(agent, found(agent, worker=fixtures.W1, log="days"))
    only_acts = text(agent, found(agent, worker=fixtures.W1, log="acts"))

    assert "2 registrations" in said
    assert "Day 24/11/2026 received 21/11/2026 15:40:00 3 days before" in said
    assert "Cristal du Bocq Nettoyage Assistant" in said
    assert str(presence) in only_days
    assert str(presence) not in only_acts


@pytest.mark.parametrize(
    ("criteria", "count"),
    [
        ({"worker": "lemaire"}, 2),
        ({"worker": "LEMAIRE kar"}, 2),
        ({"enterprise": "0876.543.270"}, 1),
        ({"enterprise": "BE 0712.345.630"}, 2),
        ({"site": f"https://x.example/s/{fixtures.S1}?k=1"}, 3),
        ({"site": fixtures.S1, "remark": "caw_1"}, 1),
        ({"site": fixtures.S1, "remark": "any"}, 1),
        ({"remark": "caw_1"}, 1),
        ({"site": fixtures.S1, "validity": "validated"}, 2),
        ({"site": fixtures.S1, "activity": "cleaning"}, 3),
        ({"site": fixtures.S1, "activity": "meat"}, 0),
        ({"site": fixtures.S1, "validity": "cancelled", "log": "acts"}, 0),
        ({"enterprise": "PL0000000000"}, 0),
    ],
)
def test_every_criterion_narrows(
    agent: Client, world: World, criteria: dict[str, str], count: int
) -> None:
    world.day(fixtures.W1, "06:58 12:02")
    world.act(fixtures.W2, "in", world.at("07:10"), employer=fixtures.E2, remarks=["caw_1"])

    said = text(agent, found(agent, **criteria))

    heads = {0: "No registration found", 1: "One registration"}
    assert heads.get(count, f"{count} registrations") in said


@pytest.mark.parametrize(
    ("given", "repair"),
    [
        ({"kind": ""}, "Choose the purpose of the look-up."),
        ({"kind": "curiosity"}, "Choose a purpose from the list."),
        ({"reference": " "}, "Enter the reference of the file, or why there is none."),
        ({"first": ""}, "Enter the first day."),
        ({"last": ""}, "Enter the last day."),
        ({"last": "2026-11-23"}, "The last day is before the first one."),
        ({"first": "2026-10-01"}, "A period has at most 31 days."),
        ({"site": "here"}, "A site number has thirteen signs"),
        ({"enterprise": "0712345631"}, "Enter ten digits"),
        ({"worker": "xq"}, "No register knows a person by this name or number."),
        ({"worker": "12345"}, "No register knows a person by this name or number."),
        ({"worker": "\x00"}, ""),
        ({"site": ""}, "Enter a site, a person or an enterprise, or choose a remark."),
        ({"site": "", "remark": "any", "first": "2026-11-23"}, "search one day at a time"),
        ({"remark": "zz"}, "zz"),
        ({"log": "'; DROP TABLE presence_act; --"}, "DROP"),
        ({"words": "x" * 201}, "The words have more than 200 signs: make them shorter."),
    ],
)
def test_a_bad_search_names_the_field_and_keeps_what_was_typed(
    agent: Client, given: dict[str, str], repair: str
) -> None:
    if given == {"worker": "\x00"}:
        assert agent.post(SEARCH, SITE | given).status_code in (302, 422)
        return

    said = refused(agent, **given)

    assert repair in said
    assert not Search.objects.exists()
    answer = agent.post(SEARCH, SITE | given).content.decode()
    if given.get("reference", "x").strip():
        assert 'value="CP-2026-0418"' in answer


def test_faults_in_purpose_and_criteria_stand_in_one_summary(agent: Client) -> None:
    page = agent.post(SEARCH, SITE | {"reference": "", "first": ""}).content.decode()

    assert page.count('class="govuk-error-summary"') == 1
    assert page.count("There is a problem") == 1
    summary = page.partition('class="govuk-error-summary"')[2].partition("</ul>")[0]
    links = re.findall(r'href="#([\w-]+)"', summary)
    assert links == ["id_reference", "id_first"]
    assert all(f'id="{each}"' in page for each in links)


def test_a_name_that_many_have_is_asked_for_more(
    agent: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guichet.backoffice.inspection.people._MOST", 0)

    assert "enter the number, or more of it" in refused(agent, worker="lemaire")


def test_pages_follow_each_other_and_hold_each_row_once(
    agent: Client, world: World, presence: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guichet.backoffice.inspection.views.search.PAGE", 2)
    receipts = world.day(fixtures.W1, "06:58 12:02 12:31 16:00")
    place, seen = found(agent, worker=fixtures.W1), []

    page = agent.get(place).content.decode()
    seen += re.findall(r"registrations/(\d{15})/", page)
    while match := re.search(r'rel="next" href="(\?after=[\d-]+)"', page):
        page = agent.get(place + match[1]).content.decode()
        seen += re.findall(r"registrations/(\d{15})/", page)

    assert seen == [str(each) for each in [*reversed(receipts), presence]]


@pytest.mark.parametrize(
    "after", ["", "x", "1", "1-", "-1", "1-x", "9" * 30 + "-1", "²-1", "1-2-3"]
)
def test_a_place_of_nowhere_is_unknown(agent: Client, world: World, after: str) -> None:
    place = found(agent, site=fixtures.S1)

    assert agent.get(place, {"after": after}).status_code == 404


def test_a_search_belongs_to_the_inspector_who_asked(agent: Client, other_agent: Client) -> None:
    place = found(agent, site=fixtures.S1)

    assert agent.get(place).status_code == 200
    for each in (place, f"{place}results.csv", f"{SEARCH}{NOBODY}/"):
        assert other_agent.get(each).status_code == 404


def test_a_search_ends_with_its_day_of_work(
    agent: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = found(agent, site=fixtures.S1)
    monkeypatch.setattr(inquiries, "LASTS", timedelta(0))

    for each in (place, f"{place}results.csv"):
        answer = agent.get(each)
        assert (answer.status_code, answer["Location"]) == (302, SEARCH)


def test_the_file_holds_the_same_rows_under_the_same_purpose(agent: Client, world: World) -> None:
    [receipt] = world.day(fixtures.W1, "06:58", remarks=["caw_1"])
    place = found(agent, site=fixtures.S1)

    answer = agent.get(f"{place}results.csv")

    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]  # a stream
    assert len(lines) == 2
    assert lines[1].startswith(f"{receipt};IN;24/11/2026")
    assert "85.07.31-001.30" in lines[1]
    assert "2 seconds later" in lines[1]
    assert Look.objects.using("audit").filter(what="file", persons=1).count() == 1
    assert Lookup.objects.using("audit").filter(purpose="inspection.safety").count() == 1


def test_a_registration_asks_a_purpose_first_and_is_then_shown_whole(
    agent: Client, world: World
) -> None:
    [receipt] = world.day(fixtures.W1, "06:58", remarks=["caw_1"])
    place = f"/inspection/registrations/{receipt}/"

    asked = agent.get(place)
    assert asked["Location"] == f"{PURPOSE}?next=%2Finspection%2Fregistrations%2F{receipt}%2F"
    answer = agent.post(asked["Location"], WHY | {"next": place})

    assert answer["Location"] == place
    said = text(agent, place)
    assert f"Registration {receipt}" in said
    assert "Checks With a remark" in said
    assert "CP-2026-0418" in said
    assert Look.objects.using("audit").get(what="registration").target == str(receipt)
    assert agent.get("/inspection/registrations/261124999999999/").status_code == 404
    assert agent.get("/inspection/registrations/1/").status_code == 404


def test_a_presence_of_a_day_is_shown_too(agent: Client, world: World, presence: int) -> None:
    agent.post(PURPOSE, WHY | {"next": LOOKS})

    said = text(agent, f"/inspection/registrations/{presence}/")

    assert "Campus De Wulp" in said
    assert "Nobody has checked it yet." in said


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example/", "x", "/\\evil"])
def test_the_purpose_leads_nowhere_else(agent: Client, place: str) -> None:
    answer = agent.post(PURPOSE, WHY | {"next": place})

    assert answer["Location"] == SEARCH


def test_a_purpose_that_lacks_its_reference_is_refused(agent: Client) -> None:
    answer = agent.post(PURPOSE, WHY | {"reference": ""})

    assert answer.status_code == 422
    assert "Enter the reference of the file" in words(answer.content.decode())


def test_one_sees_ones_own_looks_and_nobody_elses(
    agent: Client, other_agent: Client, world: World
) -> None:
    world.day(fixtures.W1, "06:58")
    agent.get(found(agent, site=fixtures.S1))

    assert "Search Accident or safety of people CP-2026-0418 1" in text(agent, LOOKS)
    assert "No look-up yet" in text(other_agent, LOOKS)


def test_the_same_purpose_goes_on_and_another_one_is_another_inquiry(agent: Client) -> None:
    found(agent, site=fixtures.S1)
    found(agent, site=fixtures.S2)
    assert Inquiry.objects.count() == 1

    found(agent, site=fixtures.S2, reference="CP-2026-0419")
    assert Inquiry.objects.count() == 2
    assert 'value="CP-2026-0419"' in agent.get(SEARCH).content.decode()


def test_what_was_noted_is_never_changed(agent: Client, world: World) -> None:
    found(agent, site=fixtures.S1)

    for row in (Inquiry.objects.get(), Search.objects.get()):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Inquiry.objects.update(reference="another")


def test_a_page_of_results_costs_the_same_whatever_it_holds(
    agent: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = found(agent, site=fixtures.S1)
    world.day(fixtures.W1, "06:58")
    with django_assert_num_queries(5):
        agent.get(place)
    world.day(STAFF[0].niss, "06:58 07:00 07:10 07:20")
    world.day(fixtures.W2, "06:58 07:00", employer=fixtures.E2)
    with django_assert_num_queries(5):
        agent.get(place)


def test_the_person_who_is_searched_stands_in_no_address_and_in_no_trail(
    agent: Client, world: World
) -> None:
    place = found(agent, worker=fixtures.W1)

    assert fixtures.W1 not in place
    entry = Entry.objects.get(action="inspection.search.asked")
    assert fixtures.W1 not in f"{entry.detail}{entry.target}{entry.reason}"
    assert clock.today(NOW).isoformat() == DAY["first"]
