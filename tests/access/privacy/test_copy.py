"""The copy of one's own data: everything held, of nobody else, for a program and for a reader."""

import io
import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import override
from pyhanko.pdf_utils.reader import PdfFileReader

from guichet.access.privacy import sections
from guichet.audit.models import Lookup
from guichet.demo import fixtures
from tests.portal.browsing import NOW, text
from tests.portal.world import STAFF, World
from tests.standards import breaches

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
JSON, PDF = "/privacy/my-data.json", "/privacy/my-data.pdf"


def test_the_page_says_what_is_in_it(worker: Client) -> None:
    page = text(worker, "/privacy/my-data/")

    assert "Register of persons" in page
    assert "Presences (Check In and Out at Work)" in page


def test_the_copy_holds_every_section_and_nobody_else(
    worker: Client, clerk: Client, world: World
) -> None:
    world.day(fixtures.W1, "07:00 12:00", day=world.today - timedelta(days=1))
    world.day(STAFF[0].niss, "07:00 12:00", day=world.today - timedelta(days=1))
    clerk.get("/presence/staff/?day=2026-11-23")

    answer = worker.get(JSON)
    copied = json.loads(answer.content)

    assert answer["Cache-Control"] == "no-store"
    assert set(copied) == {"madeAt"} | {section.key for section in sections.sections()}
    [person] = copied["person"]
    assert person["ssin"] == fixtures.W1
    assert len(copied["presences"]) == 2
    assert copied["employments"]
    assert [row["action"] for row in copied["actions"]] == ["access.session.opened"]
    assert copied["lookups"][0]["organisation"] == "Cristal du Bocq Nettoyage"
    for other in (STAFF[0].niss, "Nowicka", "Claerhout"):
        assert other not in answer.content.decode()


def test_taking_a_copy_is_noted(worker: Client) -> None:
    worker.get(JSON)

    [noted] = Lookup.objects.using("audit").filter(purpose="privacy.copy")
    assert (noted.niss, noted.viewer_id) == (fixtures.W1, fixtures.W1)


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_the_document_can_be_read_aloud_and_carries_its_data(
    worker: Client, world: World, language: str
) -> None:
    world.day(fixtures.W1, "07:00 12:00")

    answer = worker.get(PDF, headers={"Accept-Language": language})

    assert answer["Content-Type"] == "application/pdf"
    root = PdfFileReader(io.BytesIO(answer.content)).root
    assert str(root["/Lang"])[:2] == language
    assert root["/MarkInfo"]["/Marked"]
    assert breaches(answer.content) == []


def test_what_is_empty_is_left_out_of_the_document(worker: Client, world: World) -> None:
    acting = worker.get("/privacy/my-data/").wsgi_request.acting  # type: ignore[attr-defined]

    with override("en"):
        for section in sections.as_document(acting=acting, now=NOW):
            for row in section["rows"]:
                assert all(shown not in ("", "None") for _label, shown in row)


@pytest.mark.parametrize("place", [JSON, PDF, "/privacy/my-data/", "/who-consulted-my-data.json"])
def test_a_visitor_is_led_to_the_start_page(place: str) -> None:
    answer = Client().get(place)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/?next=")


@pytest.mark.parametrize("place", ["/privacy/my-data.xml", "/who-consulted-my-data.pdf"])
def test_another_form_does_not_exist(worker: Client, place: str) -> None:
    assert worker.get(place).status_code == 404
