"""The portal in a real browser: what a person does, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.portal.visits import Told, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LIST = "/presence/staff/registrations/"


@pytest.mark.parametrize("has_script", [True, False])
def test_the_language_is_switched_on_the_same_page_and_query(
    visit: Visit, filled: Told, has_script: bool
) -> None:
    page = visit("clerk", java_script_enabled=has_script)
    page.goto(f"{LIST}?first={filled.day}&last={filled.day}&type=in")

    page.get_by_role("button", name="Français").click()

    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page).to_have_url(re.compile(r"type=in"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Enregistrements de mon personnel")
    page.goto("/glossary/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Glossaire")


def test_without_javascript_the_filters_and_the_tenant_work(visit: Visit, filled: Told) -> None:
    page = visit("switcher", java_script_enabled=False)
    page.goto(f"{LIST}?first={filled.day}&last={filled.day}")

    page.get_by_label("Worker").fill("nowicka")
    page.get_by_role("button", name="Search").click()

    expect(page.locator("tbody tr")).to_have_count(4)
    assert "nowicka" not in page.url
    page.locator("summary", has_text="You act for").click()
    page.get_by_role("button", name="Weiße Tanne Gebäudepflege").click()
    expect(page.get_by_text("You now act for Weiße Tanne Gebäudepflege.")).to_be_visible()


def test_from_a_remark_on_the_day_to_the_registration_and_its_repair(
    visit: Visit, filled: Told
) -> None:
    page = visit("clerk")
    page.goto(f"/presence/staff/?day={filled.day}")

    row = page.get_by_role("row", name=re.compile("Da Silva-Peeters Rui"))
    row.get_by_role("link", name=re.compile("07:01")).click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("IN of")
    expect(page.get_by_text("File or correct the Dimona")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("delete|change|enter"))).to_have_count(0)


def test_the_skip_link_is_the_first_stop_and_leads_to_the_main_part(visit: Visit) -> None:
    page = visit("worker")
    page.goto("/presence/my-registrations/")

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_the_menus_of_the_head_open_and_close_by_keyboard(visit: Visit) -> None:
    page = visit("clerk")
    page.goto("/")
    menu = page.locator("summary", has_text="You act for")

    menu.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="myself")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("button", name="myself")).to_be_hidden()
    expect(menu).to_be_focused()


def test_the_focus_is_always_seen(visit: Visit, filled: Told) -> None:
    page = visit("clerk")
    page.goto(f"/presence/staff/?day={filled.day}")

    for _ in range(25):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", page.evaluate("document.activeElement.outerHTML")


def test_after_a_refused_form_the_focus_is_on_the_summary_and_its_link_on_the_field(
    visit: Visit, filled: Told
) -> None:
    page = visit("clerk")
    page.goto(LIST)
    page.get_by_label("From").fill("2026-02-10")
    page.get_by_label("To", exact=True).fill("2026-02-01")
    page.get_by_role("button", name="Search").click()

    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    page.get_by_role("link", name="The last day is before the first one.").click()

    expect(page.get_by_label("To", exact=True)).to_be_focused()


def test_who_is_in_a_field_already_stays_there_when_the_script_comes_late(
    visit: Visit, filled: Told
) -> None:
    page = visit("clerk")
    late: list[Route] = []
    page.route("**/guichet/pages*.js", lambda route: late.append(route))  # noqa: PLW0108
    page.goto(f"{LIST}?first=2026-02-10&last=2026-02-01", wait_until="commit")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    field = page.get_by_label("To", exact=True)
    field.fill("2026-02-11")

    late[0].continue_()
    page.wait_for_load_state("load")

    expect(field).to_be_focused()


def test_the_file_is_downloaded(visit: Visit, filled: Told) -> None:
    page = visit("clerk")
    page.goto(f"{LIST}?first={filled.day}&last={filled.day}")

    with page.expect_download() as download:
        page.get_by_role("link", name="Export as CSV").click()

    assert download.value.suggested_filename == "guichet-registrations.csv"


def test_signing_out_leads_to_the_choice_of_persons(visit: Visit, filled: Told) -> None:
    page = visit(None)
    page.goto("/presence/my-registrations/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Who do you want to be?")
    assert "next=" in page.url


def test_a_printed_page_has_no_menu_and_keeps_the_demonstration_strip(
    visit: Visit, filled: Told
) -> None:
    page = visit("clerk")
    page.goto(f"/presence/staff/?day={filled.day}")

    page.emulate_media(media="print")

    expect(page.get_by_text("Demonstration: fictitious data.")).to_be_visible()
    expect(page.locator(".g-nav")).to_be_hidden()
    expect(page.locator(".g-lang")).to_be_hidden()


@pytest.mark.parametrize("place", ["/", "/presence/staff/?day={day}", LIST])
def test_a_page_is_light_and_its_files_are_hashed(visit: Visit, filled: Told, place: str) -> None:
    page: Page = visit("clerk")
    weights: dict[str, int] = {}
    page.on("response", lambda answer: weights.update({answer.url: len(answer.body())}))

    page.goto(place.format(day=filled.day), wait_until="networkidle")

    files = [url for url in weights if "/static/" in url]
    assert files
    assert all(re.search(r"\.[0-9a-f]{12}\.", url) for url in files)
    assert sum(weights.values()) < 400_000  # uncompressed; on the wire about a third
