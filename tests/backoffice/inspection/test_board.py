"""The map and its table, the signals with their evidence, one site: what is shown, to whom."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guichet.audit.models import Lookup
from guichet.backoffice.inspection import signal_queries, signal_words
from guichet.backoffice.inspection.models import Look
from guichet.demo import fixtures
from guichet.rules.presence_signals import Kind, Signal, Weight
from tests.portal.browsing import NOW, text, words
from tests.portal.world import STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
DESK = "inspection"
BOARD, POINTS = "/inspection/", "/inspection/sites.geojson"
SITE = f"/inspection/sites/{fixtures.S1}/"
WHY = {"kind": "safety", "reference": "CP-2026-0418", "words": "", "next": SITE}


def seen(*, kind: Kind, site: str | None = None) -> list[Signal]:
    """The signals of a kind now, at a site if given."""
    return [
        one
        for one in signal_queries.signals(now=NOW)
        if one.kind is kind and site in (None, one.works_reference)
    ]


def points(client: Client, **given: str) -> dict[str, dict[str, object]]:
    """The properties of the points by name."""
    found = json.loads(client.get(POINTS, given).content)
    return {one["properties"]["name"]: one["properties"] for one in found["features"]}


@pytest.mark.parametrize("place", [BOARD, POINTS, SITE, "/inspection/sites/1Y1ZZZZZZZZZZ/"])
def test_map_and_sites_are_for_inspectors_only(
    worker: Client, clerk: Client, impostor: Client, place: str
) -> None:
    assert "level=400" in Client().get(place)["Location"]
    for client in (worker, clerk, impostor):
        assert client.get(place).status_code == 403


def test_the_table_says_what_the_map_says_and_shows_no_person(agent: Client, world: World) -> None:
    world.day(fixtures.W1, "06:58")
    world.act(fixtures.W2, "in", world.at("07:10"), employer=fixtures.E2, remarks=["caw_1"])

    said, mapped = text(agent, BOARD), points(agent)

    row = "Résidence du Vieux-Saule 1Y103CF8203SZ 1000 Bruxelles Cleaning"
    assert f"{row} Cristal du Bocq Nettoyage 2 1" in said
    assert mapped["Résidence du Vieux-Saule"]["persons"] == 2
    assert set(mapped) == {
        "Résidence du Vieux-Saule", "Campus De Wulp", "Tannenhang-Siedlung",
        "Atelier des Trois-Fontaines",
    }  # fmt: skip
    assert all(name in said for name in mapped)
    for one in ("Lemaire", fixtures.W1, "85.07.31"):
        assert one not in said
        assert one not in json.dumps(mapped)
    assert not Look.objects.using("audit").exists()


def test_the_points_are_asked_again_for_nothing(agent: Client, world: World) -> None:
    first = agent.get(POINTS)

    again = agent.get(POINTS, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    world.day(fixtures.W1, "06:58")
    assert agent.get(POINTS, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"activity": "construction"}, {"Campus De Wulp", "Tannenhang-Siedlung"}),
        ({"activity": "meat"}, set()),
        ({"signal": "missingOut"}, set()),
        (
            {"signal": "empty", "activity": "cleaning"},
            {"Résidence du Vieux-Saule", "Atelier des Trois-Fontaines"},
        ),
    ],
)
def test_filters_narrow_the_map_and_the_table(
    agent: Client, world: World, given: dict[str, str], names: set[str]
) -> None:
    assert set(points(agent, **given)) == names
    said = words(agent.get(BOARD, given).content.decode())
    table = said.split("The map as a table", 1)[1]
    assert {name for name in names if name in table} == names
    if not names:
        assert "No works run today that fit." in table


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("name", "Atelier des Trois-Fontaines"),
        ("-name", "Tannenhang-Siedlung"),
        ("place", "Résidence du Vieux-Saule"),
        ("-place", "Campus De Wulp"),
        ("-persons", "Résidence du Vieux-Saule"),
        ("-remarks", "Résidence du Vieux-Saule"),
        ("signals", "Campus De Wulp"),
        ("activity", "Atelier des Trois-Fontaines"),
    ],
)
def test_the_table_is_sorted(agent: Client, world: World, sort: str, first: str) -> None:
    world.act(fixtures.W1, "in", world.at("07:00"), remarks=["caw_1"])

    page = agent.get(BOARD, {"sort": sort}).content.decode()

    assert first in page.split("in-sites", 1)[1].split("<tbody>", 1)[1].split("</a>", 1)[0]


@pytest.mark.parametrize(
    "given",
    [
        {"activity": "x' OR 1=1"}, {"signal": "\x00"}, {"sort": "name; DROP"}, {"page": "-1"},
        {"page": "9" * 40}, {"page": "²"}, {"sort": "--name"},
    ],
)  # fmt: skip
def test_hostile_parameters_ask_nothing(agent: Client, world: World, given: dict[str, str]) -> None:
    assert agent.get(BOARD, given).status_code == 200
    assert len(points(agent, **given)) == 4


def test_the_pages_of_the_table_hold_every_site(
    agent: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guichet.backoffice.inspection.views.board.ROWS", 3)

    first, second = (text(agent, f"{BOARD}?sort=name&page={page}") for page in (1, 2))

    assert "Page 1 of 2" in first
    assert "Tannenhang-Siedlung 1Y1" not in first.split("The map as a table", 1)[1]
    assert "Tannenhang-Siedlung 1Y1" in second.split("The map as a table", 1)[1]


def test_the_board_costs_the_same_whatever_it_holds(
    agent: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(7):
        agent.get(BOARD)
    for person in STAFF:
        world.day(person.niss, "06:58 12:00", channel="mobile_manual")
    with django_assert_num_queries(7):
        agent.get(BOARD)


def test_declared_works_run_and_nobody_came(agent: Client, world: World) -> None:
    for back in (1, 4, 5):
        for person in STAFF[:4]:
            world.day(person.niss, "07:00 15:00", day=world.today - timedelta(days=back))

    [usual] = seen(kind=Kind.EMPTY, site=fixtures.S1)
    [never] = seen(kind=Kind.EMPTY, site=fixtures.S2)

    assert (usual.weight, usual.persons, usual.days) == (Weight.STRONG, 4, 3)
    assert never.weight is Weight.WEAK
    assert seen(kind=Kind.EMPTY, site=fixtures.S3) == []  # not obliged
    said = text(agent, BOARD)
    assert "On 3 days of the last 14 somebody was here by 09:00; persons on such a day: 4." in said
    assert "Figure: a working day, from 09:00 on." in said
    world.day(fixtures.W1, "15:30")
    assert seen(kind=Kind.EMPTY, site=fixtures.S1) == []


def test_nobody_is_missed_before_nine(world: World) -> None:
    early = NOW.replace(hour=7, minute=59)

    found = signal_queries.signals(now=early)

    assert [one for one in found if one.kind is Kind.EMPTY] == []


def test_one_phone_registers_a_crew(agent: Client, world: World) -> None:
    receipts = [
        world.act(person.niss, "in", world.at(f"07:0{n // 2}:{n % 2}0"), channel="mobile_manual")
        for n, person in enumerate(STAFF)
    ]

    [one] = seen(kind=Kind.ONE_DEVICE)

    assert (one.persons, one.receipts) == (6, tuple(receipts))
    said = text(agent, BOARD)
    assert "6 persons from 07:00:00 to 07:02:10, from the same sender and exactly" in said
    assert "Figure: 6 persons within 5 minutes." in said
    assert str(receipts[0]) in said


def test_a_crew_in_line_before_a_device_of_the_site_is_no_signal(world: World) -> None:
    for n, person in enumerate(STAFF):
        world.act(person.niss, "in", world.at(f"07:00:{n}0"), channel="kiosk")

    assert seen(kind=Kind.ONE_DEVICE) == []


def test_an_out_is_missing_for_days_unless_a_correction_was_asked(world: World) -> None:
    day = world.today - timedelta(days=4)
    receipt = world.act(STAFF[0].niss, "in", world.at("07:00", day=day), remarks=["ciao_902"])
    world.act(STAFF[1].niss, "in", world.at("07:00"), remarks=["ciao_902"])
    assert seen(kind=Kind.MISSING_OUT) == []  # one is forgotten, the other is of today
    late = world.act(STAFF[2].niss, "in", world.at("07:30", day=day), remarks=["ciao_902"])

    [one] = seen(kind=Kind.MISSING_OUT)

    assert (one.persons, one.days, one.receipts) == (2, 4, (receipt, late))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO presence_correction (person_id, key, part, kind, reason, words, receipt,"
            " type, step, occurred_at, works_reference, enterprise_number, state, prepared_at,"
            " reported_at, last_day) SELECT id, gen_random_uuid(), 0, 'changeTime', 'forgotten',"
            " '', %s, 'out', 'done', %s, %s, %s, 'reported', %s, %s, %s FROM persons_person"
            " WHERE niss = %s",
            [receipt, world.at("15:00", day=day), fixtures.S1, fixtures.E1, NOW, NOW,
             date(2026, 12, 20), STAFF[0].niss],
        )  # fmt: skip
    assert seen(kind=Kind.MISSING_OUT) == []


def test_somebody_without_dimona_comes_on_several_days(agent: Client, world: World) -> None:
    for back in (0, 1, 2):
        day = world.today - timedelta(days=back)
        world.act(fixtures.W2, "in", world.at("07:00", day=day), remarks=["caw_1"])
    world.act(STAFF[0].niss, "in", world.at("07:00"), remarks=["caw_1"])

    [one] = seen(kind=Kind.NO_DIMONA)

    assert (one.persons, one.days, len(one.receipts)) == (1, 3, 3)
    assert "1 person without a Dimona of the employer, on up to 3 days" in text(agent, BOARD)


def test_one_person_at_two_far_sites(agent: Client, world: World) -> None:
    world.day(STAFF[0].niss, "07:00")
    receipt = world.act(STAFF[0].niss, "in", world.at("07:20"), site=fixtures.S4)
    with connection.cursor() as cursor:  # the act itself was made in Charleroi
        cursor.execute(
            "UPDATE presence_act SET longitude = 4.4446, latitude = 50.4114 WHERE receipt = %s",
            [receipt],
        )

    [one] = seen(kind=Kind.TWO_PLACES)

    assert (one.works_reference, one.elsewhere) == (fixtures.S4, fixtures.S1)
    said = text(agent, BOARD)
    assert "One person at Résidence du Vieux-Saule at 07:00 and here at 07:20: 49 km apart." in said


def test_a_site_asks_a_purpose_and_shows_chain_people_and_days(agent: Client, world: World) -> None:
    [first, *_] = world.day(fixtures.W1, "06:58")
    world.day(STAFF[0].niss, "07:00 12:00")
    world.day(fixtures.W2, "07:10", employer=fixtures.E2, day=world.today - timedelta(days=1))
    world.act(fixtures.W3, "in", world.at("08:00"), employer=fixtures.E3, remarks=["caw_12"])
    assert agent.get(SITE)["Location"].startswith("/inspection/purpose/?next=")
    agent.post("/inspection/purpose/", WHY)

    said = text(agent, SITE)

    assert "2 persons are there now" in said
    assert "Lemaire Karim 85.07.31-001.30" in said
    assert "Nowicka" not in said
    chain = said.split("Contractors", 1)[1]
    assert "Cristal du Bocq Nettoyage 0712345630 25/09/2026 - 20/09/2027 2 2" in chain
    assert "Level 1: Zilvermeeuw Gebouwendienst 0876543270" in chain
    assert "Level 2: Bouzid-Maes Vitrerie" in chain
    assert "Registered here, in no chain of the site Weiße Tanne Gebäudepflege" in said
    assert "compulsory" in said
    assert "48 000 euro without VAT" in said
    assert "24/11/2026 3 1 23/11/2026 1 0" in said
    assert "in no chain" in said
    assert "CP-2026-0418" in said
    look = Look.objects.using("audit").get(what="site")
    assert (look.target, look.persons) == (fixtures.S1, 2)
    shown = Lookup.objects.using("audit").filter(purpose="inspection.safety")
    assert set(shown.values_list("niss", flat=True)) == {fixtures.W1, fixtures.W3}
    assert str(first) in agent.get(SITE).content.decode()


@pytest.mark.parametrize(
    "given", [{"first": "x"}, {"first": "2026-11-24", "last": "2026-11-01"}, {"first": "1"}]
)
def test_a_period_that_makes_no_sense_is_refused(
    agent: Client, world: World, given: dict[str, str]
) -> None:
    agent.post("/inspection/purpose/", WHY)

    assert agent.get(SITE, given).status_code == 422


@pytest.mark.parametrize("reference", ["1Y1ZZZZZZZZZZ", "x", "1Y103CF8203SZ-", "%00"])
def test_an_unknown_site_is_not_found(agent: Client, world: World, reference: str) -> None:
    agent.post("/inspection/purpose/", WHY)

    assert agent.get(f"/inspection/sites/{reference}/").status_code == 404


def test_a_site_costs_the_same_whatever_it_holds(
    agent: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    agent.post("/inspection/purpose/", WHY)
    world.day(fixtures.W1, "06:58")
    with django_assert_num_queries(19):
        agent.get(SITE)
    for person in STAFF:
        world.day(person.niss, "06:58 12:00 12:30")
    with django_assert_num_queries(19):
        agent.get(SITE)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
@pytest.mark.parametrize("persons", [1, 7])
def test_every_signal_has_its_sentences_in_four_languages(
    kind: Kind, language: str, persons: int
) -> None:
    from django.utils import translation

    one = Signal(
        kind, Weight.STRONG, fixtures.S1, figure=540, within=14, persons=persons, days=persons,
        metres=50_000, first_at=NOW, last_at=NOW, elsewhere=fixtures.S4,
    )  # fmt: skip
    with translation.override(language):
        said = (signal_words.seen(one), signal_words.against(one), str(signal_words.TITLES[kind]))

    assert all(said)
    assert not any("%(" in text_ for text_ in said)
    if language != "en":
        with translation.override("en"):
            assert said[0] != signal_words.seen(one)
