"""Who consulted my data: periods, exports, words, and secret inquiries shown later."""

import ast
import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

import guichet
from guichet.access.privacy import lookups, purposes
from guichet.access.privacy.purposes import Purpose
from guichet.audit.actors import Actor, system
from guichet.audit.lookups import looked_up
from guichet.audit.purging import KEPT_YEARS
from guichet.demo import fixtures
from tests.portal.browsing import NOW, text, words
from tests.portal.world import CLERK, STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PLACE = "/who-consulted-my-data/"


def looked(niss: str = fixtures.W1, *, purpose: str = "presence.day", days: float = 0) -> None:
    looked_up(
        viewer=Actor("person", CLERK, fixtures.E1), subjects=[niss], purpose=purpose,
        channel="portal", now=NOW - timedelta(days=days),
    )  # fmt: skip


def test_a_period_shows_its_own_days_only(worker: Client, world: World) -> None:
    looked(days=0)
    looked(purpose="presence.list", days=10)

    page = text(worker, PLACE + "?first=2026-11-10&last=2026-11-20")

    assert "List of presences" in page
    assert "Presences of the day" not in page
    assert "Nobody consulted your data in these days" in text(worker, PLACE + "?last=2026-01-01")


@pytest.mark.parametrize("query", ["?first=x", "?first=2026-11-20&last=2026-11-10", "?last=%00"])
def test_a_period_that_is_none_is_told(worker: Client, query: str) -> None:
    answer = worker.get(PLACE + query)

    assert answer.status_code == 422
    assert "<title>Error:" in answer.content.decode()
    assert worker.get("/who-consulted-my-data.csv" + query).status_code == 404


def test_the_exports_hold_the_same_rows_of_oneself_alone(worker: Client, world: World) -> None:
    looked()
    looked(purpose="presence.list", days=3)
    looked(STAFF[0].niss, purpose="presence.hours")

    document = json.loads(worker.get("/who-consulted-my-data.json").content)
    answer = worker.get("/who-consulted-my-data.csv?first=2026-11-23")
    sheet = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]

    assert [row["purpose"] for row in document["consultations"]] == [
        "Presences of the day",
        "List of presences",
    ]
    assert document["consultations"][0]["organisation"] == "Cristal du Bocq Nettoyage"
    assert len(list(csv.reader(io.StringIO(sheet), delimiter=";"))) == 2
    for held in (str(document), sheet):
        assert CLERK not in held
        assert "Claerhout" not in held


def test_a_secret_inquiry_is_shown_a_year_later(worker: Client, world: World) -> None:
    looked(purpose="inspection.inquiry", days=364)
    assert "Nobody consulted your data" in text(worker, PLACE)
    assert json.loads(worker.get("/who-consulted-my-data.json").content) == {"consultations": []}

    looked(purpose="inspection.inquiry", days=366)

    assert "Inquiry of an inspection service" in text(worker, PLACE)


def test_a_service_adds_its_purposes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purposes, "_KNOWN", dict(purposes.known()))
    purposes.register({"a.b": Purpose("Because")})
    looked(purpose="a.b")
    looked(purpose="never.heard")

    rows = lookups.consultations(lookups.grouped(niss=fixtures.W1, now=NOW))

    assert {row.purpose for row in rows} == {"Because", "Consultation"}


def _purposes() -> Iterator[str]:
    """Every purpose that the code gives to a look-up as it stands."""
    for file in Path(guichet.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called in ("looked_up", "noted"):
                for given in node.keywords:
                    if given.arg == "purpose" and isinstance(given.value, ast.Constant):
                        yield str(given.value.value)


def test_every_purpose_in_the_code_has_its_words() -> None:
    found = set(_purposes())

    assert len(found) > 5
    assert found <= set(purposes.known())


def test_the_system_itself_is_named_as_such(worker: Client, world: World) -> None:
    looked_up(
        viewer=system("job"), subjects=[fixtures.W1], purpose="x.y", channel="portal", now=NOW
    )

    page = words(worker.get(PLACE).content.decode())
    assert "Guichet, automatic processing Consultation" in page


def test_the_page_says_how_long_a_consultation_is_readable(worker: Client) -> None:
    page = worker.get("/who-consulted-my-data/").content.decode()

    assert f"stands here for {KEPT_YEARS} years" in page
