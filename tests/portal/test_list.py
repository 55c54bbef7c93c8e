"""The list of registrations, its filters, one registration, the file."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guichet.audit.models import Lookup
from guichet.demo import fixtures
from guichet.eservices.presence import day_queries
from guichet.platform.csv_export import lines, safe
from tests.portal.browsing import text, words
from tests.portal.world import STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
LIST = "/presence/staff/registrations/"
RUI = STAFF[2].niss
PERIOD = {"first": "2026-11-18", "last": "2026-11-24"}


def _filtered(client: Client, **filters: str) -> str:
    response = client.post(LIST, {**PERIOD, **filters})
    assert response.status_code == 302, words(response.content.decode())
    return str(response["Location"])


def test_the_last_seven_days_are_shown_the_latest_first(clerk: Client, world: World) -> None:
    world.day(fixtures.W1, "07:00 12:00")
    world.day(RUI, "08:00", day=world.today - timedelta(days=6))
    world.day(STAFF[0].niss, "08:00", day=world.today - timedelta(days=7))

    page = text(clerk, LIST)

    assert "Registrations: 3, from 18/11/2026 to 24/11/2026" in page
    assert page.index("24/11/2026 12:00") < page.index("24/11/2026 07:00")
    assert "Nowicka" not in page


@pytest.mark.parametrize("typed", ["Silva", "DA SILVA-P", "91.08.05-999.42", "91080599942"])
def test_a_name_or_a_number_finds_the_worker_and_never_stands_in_the_address(
    clerk: Client, world: World, typed: str
) -> None:
    world.day(fixtures.W1, "07:00 12:00")
    world.day(RUI, "07:01 12:00")

    place = _filtered(clerk, worker=typed)

    assert typed not in place
    assert RUI not in place
    page = clerk.get(place).content.decode()
    assert "Da Silva-Peeters Rui" in page
    assert "Lemaire" not in words(page)
    assert not re.search(r'(href|action)="[^"]*(Silva|910805)', page)


def test_the_kept_name_belongs_to_one_session(clerk: Client, worker: Client, world: World) -> None:
    world.day(RUI, "07:01 12:00")
    place = _filtered(clerk, worker="nobody of that name")
    clerk.post("/sign-out/")

    [key] = parse_qs(urlsplit(place).query)["worker"]

    assert "nobody" not in key
    assert worker.get(place).status_code == 403


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"type": "in"}, 4),
        ({"type": "out"}, 3),
        ({"validity": "failed"}, 2),
        ({"validity": "pending"}, 1),
        ({"remark": "any"}, 2),
        ({"remark": "caw_1"}, 2),
        ({"remark": "caw_14"}, 0),
        ({"channel": "mobile_manual"}, 1),
        ({"site": fixtures.S4}, 2),
        ({"site": fixtures.S4, "type": "in"}, 1),
        ({"worker": "lemaire", "type": "in"}, 1),
        ({"scope": "sites"}, 8),
    ],
)
def test_every_filter_narrows_the_list(
    clerk: Client, world: World, filters: dict[str, str], found: int
) -> None:
    world.day(fixtures.W1, "07:00 12:00")
    world.day(RUI, "07:01 12:00", remarks=["caw_1"])
    world.day(STAFF[3].niss, "07:02 12:00", site=fixtures.S4)
    world.act(STAFF[4].niss, "in", world.at("07:03"), remarks=None, channel="mobile_manual")
    world.day(fixtures.W2, "07:10", employer=fixtures.E2)

    response = clerk.get(_filtered(clerk, **filters))

    page = words(response.content.decode())
    assert (f"Registrations: {found}," in page) or (found == 0 and "No registration found" in page)


def test_a_chip_takes_its_filter_away(clerk: Client, world: World) -> None:
    world.day(fixtures.W1, "07:00 12:00")
    page = clerk.get(_filtered(clerk, type="in")).content.decode()

    [without] = re.findall(r'<a href="([^"]+)">IN or OUT: IN', page)

    assert "Registrations: 2," in text(clerk, LIST + without.replace("&amp;", "&"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"first": "", "last": "2026-11-24"}, "Enter the first day."),
        ({"first": "2026-11-31"}, "Write a day as 24/11/2026."),
        ({"first": "2026-11-24", "last": "2026-11-23"}, "The last day is before the first one."),
        ({"first": "2026-10-24", "last": "2026-11-24"}, "A period has at most 31 days."),
        ({"validity": "perhaps"}, "perhaps is not one of the available choices"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_filter_that_makes_no_sense_is_a_422_that_says_why(
    clerk: Client, change: dict[str, str], said: str, method: str
) -> None:
    response = getattr(clerk, method)(LIST, PERIOD | change)

    page = response.content.decode()
    assert response.status_code == 422
    assert said in words(page)
    assert "<title>Error: " in page


@pytest.mark.parametrize("written", ["18/11/2026", "18.11.2026", "2026-11-18", "18/11/26"])
def test_a_day_may_be_written_in_the_usual_ways(clerk: Client, written: str) -> None:
    response = clerk.post(LIST, PERIOD | {"first": written})

    assert "first=2026-11-18" in response["Location"]


def test_pages_hold_each_registration_once(clerk: Client, world: World) -> None:
    for minute in range(30):
        world.act(fixtures.W1, "in", world.at(f"07:{minute:02d}"))

    pages = [clerk.get(f"{LIST}?page={page}").content.decode() for page in (1, 2)]

    seen = [re.findall(r"registrations/(\d{15})/", page) for page in pages]
    assert [len(receipts) for receipts in seen] == [25, 5]
    assert len({*seen[0], *seen[1]}) == 30
    assert 'rel="next"' in pages[0]
    assert 'rel="next"' not in pages[1]


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999", "9" * 30])
def test_a_page_that_does_not_exist_shows_one_that_does(
    clerk: Client, world: World, page: str
) -> None:
    world.day(fixtures.W1, "07:00 12:00")

    assert "Registrations: 2," in text(clerk, f"{LIST}?page={page}")


def test_a_long_list_is_counted_to_the_cap_only(
    clerk: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("day_queries", "paging"):
        monkeypatch.setattr(f"guichet.eservices.presence.{module}.COUNTED_TO", 27)
    for minute in range(60):
        world.act(fixtures.W1, "in", world.at(f"07:{minute:02d}"))

    first, third = text(clerk, LIST), text(clerk, f"{LIST}?page=3")

    assert "Registrations: more than 27," in first
    assert "Page 1 of 2+" in first
    assert third.count("IN Lemaire") == 10


def test_the_order_is_chosen_by_the_heads(clerk: Client, world: World) -> None:
    world.day(fixtures.W1, "07:00")
    world.day(RUI, "06:00")

    page = text(clerk, f"{LIST}?sort=worker")

    assert page.index("Da Silva") < page.index("Lemaire")
    assert set(day_queries.SORTS) == {"time", "-time", "worker", "-worker", "site", "-site"}


def test_the_list_asks_a_fixed_number_of_questions(
    clerk: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for niss in (fixtures.W1, RUI, STAFF[0].niss):
        world.day(niss, "07:00 12:00", remarks=["caw_1"])
    clerk.get(LIST)

    with django_assert_num_queries(4):
        clerk.get(LIST)


def test_one_registration_shows_every_fact_and_every_round(clerk: Client, world: World) -> None:
    [receipt] = world.day(RUI, "07:01:30", remarks=["caw_1"])
    world.verdict(receipt, world.at("07:01:30"), [])

    page = text(clerk, f"{LIST}{receipt}/")

    longitude, latitude = fixtures.S1_POINT
    point = f"{latitude:.5f}, {longitude:.5f}"
    for fact in (
        str(receipt), "24/11/2026 07:01:30", "24/11/2026 07:01:32", "Da Silva-Peeters Rui",
        "91.08.05-999.42", "0712345630", fixtures.S1, point, "Cleaning",
        "Software of the enterprise", "Checked: With a remark", "Checked again: Validated",
        "Ask the NSSO for a correction until 24 December",
    ):  # fmt: skip
        assert fact in page, fact


def test_looking_at_one_registration_is_noted(clerk: Client, world: World) -> None:
    [receipt] = world.day(RUI, "07:01")

    clerk.get(f"{LIST}{receipt}/")

    assert Lookup.objects.using("audit").filter(purpose="presence.act", niss=RUI).count() == 1


def test_the_file_holds_the_filtered_list_and_masks_the_staff_of_others(
    clerk: Client, world: World
) -> None:
    world.day(fixtures.W1, "07:00", remarks=["caw_1"])
    world.day(fixtures.W2, "07:10", employer=fixtures.E2)

    response = clerk.get("/presence/staff/registrations.csv", {"scope": "sites"})
    rows = [line.split(";") for line in b"".join(response).decode("utf-8-sig").splitlines()]

    assert response["Content-Disposition"] == 'attachment; filename="guichet-registrations.csv"'
    assert [row[4] for row in rows[1:]] == ["85.07.31-001.30", "01*********"]
    assert rows[1][10].startswith("caw_1 There is no relation")
    assert Lookup.objects.using("audit").filter(purpose="presence.export").count() == 2


def test_a_cell_that_looks_like_a_formula_is_not_run() -> None:
    assert safe("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert [safe(text) for text in ("+1", "-1", "@x", "\tx")] == ["'+1", "'-1", "'@x", "'\tx"]
    assert safe("Da Silva") == "Da Silva"
    assert list(lines(["a"], [["=1;2"]]))[1] == '"\'=1;2"\r\n'
