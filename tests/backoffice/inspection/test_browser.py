"""The inspection in a browser: P95, by keyboard, without script, narrow, in four languages."""

import re
from uuid import uuid4

import psycopg
import pytest
from playwright.sync_api import Page, expect

from guichet.demo import fixtures
from tests.browser import LOOKS, PHONE, faults, fits
from tests.live import Live
from tests.portal.visits import Told, Visit, filled, visit

__all__ = ["filled", "visit"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
SEARCH = "/inspection/search/"


def _search(page: Page, day: str) -> None:
    page.goto(SEARCH)
    page.locator("[name=kind]").select_option("safety")
    page.locator("[name=reference]").fill("CP-2026-0418")
    page.locator("[name=first]").fill(day)
    page.locator("[name=last]").fill(day)
    page.locator("[name=site]").fill(fixtures.S1)
    page.locator("main form button").click()
    expect(page.locator(".in-list")).to_be_visible()


@pytest.mark.parametrize("has_script", [True, False])
def test_p95_an_inspector_searches_by_site_and_day_and_the_worker_reads_it(
    visit: Visit, filled: Told, has_script: bool
) -> None:
    page = visit("agent", java_script_enabled=has_script)
    _search(page, filled.day)

    row = page.locator(".in-list tbody tr").filter(has_text="Nowicka").first
    expect(row).to_contain_text("2 seconds later")
    expect(row).to_contain_text("Software of the enterprise")
    expect(page.locator(".in-purpose")).to_contain_text("CP-2026-0418")
    row.get_by_role("link").click()
    expect(page.get_by_role("heading", name=re.compile(r"^Registration \d{15}$"))).to_be_visible()
    if has_script:
        assert faults(page) == []

    worker = visit("worker")
    worker.goto("/who-consulted-my-data/")
    told = worker.locator("tr").filter(has_text="Accident or safety, by an inspection service")
    expect(told.first).to_be_visible()


def test_a_search_is_asked_by_keyboard_alone(visit: Visit, filled: Told) -> None:
    page = visit("agent")
    # A link of the site prepares site and period; how dates are typed is the browser's affair.
    page.goto(f"{SEARCH}?site={fixtures.S1}&first={filled.day}&last={filled.day}")
    page.locator("[name=kind]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("CP-1")
    page.keyboard.press("Enter")

    expect(page.locator(".in-list")).to_be_visible()
    expect(page.locator(".in-purpose")).to_contain_text("CP-1")


@pytest.mark.parametrize("look", LOOKS)
def test_results_have_no_fault_that_a_program_finds(visit: Visit, filled: Told, look: str) -> None:
    page = visit("agent", **LOOKS[look])
    _search(page, filled.day)

    assert faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("language", ["fr-BE", "nl-BE", "de-BE"])
def test_results_fit_a_narrow_screen_in_every_language(
    visit: Visit, filled: Told, language: str
) -> None:
    page = visit("agent", locale=language, viewport={"width": 320, "height": 800})
    _search(page, filled.day)

    assert page.locator("html").get_attribute("lang") == language[:2]
    assert fits(page)


@pytest.mark.parametrize("language", ["en-BE", "fr-BE", "nl-BE", "de-BE"])
def test_the_file_of_a_search_has_no_fault_and_fits_a_narrow_screen(
    visit: Visit, filled: Told, live: Live, language: str
) -> None:
    page = visit("agent", locale=language, viewport={"width": 320, "height": 800})
    _search(page, filled.day)
    with psycopg.connect(live.dsn) as connection:
        row = connection.execute(
            "INSERT INTO inspection_file (number, search_id, form, language, actor, state, total,"
            " rows, left_off, made_at) SELECT gen_random_uuid(), id, 'csv', 'en', '', 'waiting',"
            " 250000, 42000, 0, now() FROM inspection_search ORDER BY id DESC LIMIT 1"
            " RETURNING number"
        ).fetchone()
    assert row is not None
    place = f"{page.url.partition('?')[0]}files/{row[0]}/"
    for state, left_off in (("waiting", 0), ("done", 150_000), ("failed", 0)):
        with psycopg.connect(live.dsn) as connection:
            connection.execute(
                "UPDATE inspection_file SET state = %s, left_off = %s", [state, left_off]
            )
        page.goto(place)
        expect(page.locator("#far")).to_be_visible()
        assert page.locator("progress").count() == (1 if state == "waiting" else 0)
        assert faults(page) == [], state
        assert fits(page), state


def test_a_refused_search_says_what_is_missing_beside_the_field(visit: Visit) -> None:
    page = visit("agent", viewport=PHONE)
    page.goto(SEARCH)
    page.locator("[name=reference]").fill("")
    page.locator("main form button").click()

    refusal = page.get_by_role(
        "link", name="Enter the reference of the file, or why there is none."
    )
    expect(refusal).to_be_visible()
    assert faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("language", ["en-BE", "fr-BE", "nl-BE", "de-BE"])
def test_devices_and_methods_have_no_fault_and_fit_a_narrow_screen(
    visit: Visit, filled: Told, live: Live, language: str
) -> None:
    with psycopg.connect(live.dsn) as connection:
        connection.execute("SELECT set_config('guichet.actor', 'system|tests|', true)")
        connection.execute("DELETE FROM presence_method")
        connection.execute(
            "WITH made AS (INSERT INTO presence_device (number, kind, name, works_reference,"
            " enterprise_number, reads, public_key, code_hash, state, made_by_id, made_at)"
            " SELECT %s, 'kiosk', 'Site office', %s, %s, '{badge,card,eid}', '', '',"
            " 'waiting', id, now() FROM persons_person LIMIT 1 RETURNING id)"
            " INSERT INTO presence_device_heard (device_id, counter) SELECT id, 0 FROM made",
            [f"44444444-4444-4444-8444-44444444{uuid4().hex[:4]}", fixtures.S2, fixtures.E1],
        )
        connection.execute(
            "INSERT INTO presence_method (number, enterprise_number, works_reference, name,"
            " description, guarantees, origin, proof, first_day, declared_by_id, declared_at)"
            " SELECT gen_random_uuid(), %s, '', 'Track and trace', 'The vans tell.', 'A card.',"
            " 'Signed.', 'A list.', current_date, id, now() FROM persons_person LIMIT 1",
            [fixtures.E1],
        )
    page = visit("agent", locale=language, viewport={"width": 320, "height": 800})
    for place in ("/inspection/devices/", "/inspection/methods/"):
        page.goto(place)
        expect(page.locator(".in-list tbody tr").first).to_be_visible()
        assert faults(page) == [], place
        assert fits(page), place
    page.goto("/inspection/purpose/")
    page.locator("[name=kind]").select_option("safety")
    page.locator("[name=reference]").fill("CP-1")
    page.locator("main form button").click()
    page.goto("/inspection/methods/")
    page.locator(".in-list tbody a").first.click()
    expect(page.locator(".in-facts")).to_be_visible()
    assert faults(page) == []
    assert fits(page)
