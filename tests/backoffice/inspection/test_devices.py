"""Devices and alternative methods for an inspector: who may, what stands there, page after page."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guichet.audit.models import Lookup
from guichet.backoffice.inspection import device_queries
from guichet.backoffice.inspection.models import Look
from guichet.demo.fixtures import E1, E2, S1, S2, W1
from guichet.documents.attachments.models import Attachment
from guichet.eservices.presence.kiosk import devices, methods
from guichet.eservices.presence.kiosk.models import Method
from guichet.platform import clock
from tests.eservices.presence.days_world import months
from tests.portal.browsing import NOW, text, words
from tests.portal.devices import given, reader, row
from tests.portal.world import ACTOR, CLERK, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
DESK = "inspection"
DEVICES, METHODS, PURPOSE = "/inspection/devices/", "/inspection/methods/", "/inspection/purpose/"
NOBODY = uuid.UUID(int=7)
PLACES = (
    DEVICES, METHODS, f"{METHODS}{NOBODY}/", f"{METHODS}{NOBODY}/documents/{NOBODY}/",
)  # fmt: skip
TODAY = clock.today(NOW)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def declared(clerk: Client, **changed: str) -> Method:
    """A method of E1 with one document, from the page of its clerk."""
    data = {
        "site": S2, "name": "Track and trace", "description": "The vans tell who is in them.",
        "guarantees": "Each driver logs on with his card.", "origin": "Signed by the van.",
        "proof": "A list on a tablet.", "first": TODAY.isoformat(), "last": "", "is_equal": "on",
        "document": SimpleUploadedFile("proof.pdf", PDF, content_type="application/pdf"),
    } | changed  # fmt: skip
    answer = clerk.post("/presence/methods/new/", data)
    assert answer.status_code == 302, words(answer.content.decode())
    return Method.objects.order_by("pk").last()  # type: ignore[return-value]  # it was made above


def with_a_purpose(agent: Client) -> Client:
    answer = agent.post(PURPOSE, {"kind": "safety", "reference": "CP-7", "words": ""})
    assert answer.status_code == 302
    return agent


def rows_of(client: Client, place: str) -> list[str]:
    """The rows of the table, each as its words."""
    page = client.get(place)
    assert page.status_code == 200
    body = page.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    return [words(f"<main>{one}</main>") for one in body.split("</tr>") if one.strip()]


@pytest.mark.parametrize("place", PLACES)
def test_these_pages_are_not_for_visitors_workers_employers_or_other_desks(
    worker: Client, clerk: Client, impostor: Client, place: str
) -> None:
    assert "level=400" in Client().get(place)["Location"]
    for client in (worker, clerk, impostor):
        assert client.get(place).status_code == 403


@pytest.mark.parametrize("desk", ["contact_desk", "identification_desk", "enterprise_desk"])
def test_another_desk_of_an_institution_sees_none_of_them(
    world: World, someone: Callable[..., Client], desk: str
) -> None:
    from tests.backoffice.conftest import _with_the_right

    _with_the_right(CLERK, E1, "public_body", desk)
    client = someone(CLERK, E1, quality="public_body")

    assert [client.get(place).status_code for place in PLACES] == [403] * len(PLACES)


@pytest.mark.parametrize("place", [DEVICES, METHODS])
def test_nothing_is_changed_by_these_pages(agent: Client, place: str) -> None:
    assert agent.post(place, {}).status_code == 405


def test_devices_stand_by_site_with_state_last_sign_and_what_they_registered(
    agent: Client, world: World
) -> None:
    months("2026-10-01", "2027-02-01")
    gate, quiet = reader(), reader(site=S1, reads=("badge",))
    given(W1)
    message = gate.message("77001122")
    for _twice in range(2):
        assert gate.send([message, gate.message("77001122")]).status_code == 200
    devices.end(number=row(quiet).number, enterprise=E1, actor=ACTOR, now=NOW)

    first, second = rows_of(agent, DEVICES)

    assert S1 in first
    assert "Ended" in first
    assert first.endswith(" 0")
    assert "Campus De Wulp" in second
    assert "At work" in second
    assert "24/11/2026" in second
    assert "Badge, Card with a QR code, Identity card (eID)" in second
    # The same presence said three times has one receipt.
    assert second.endswith(" 1")
    page = agent.get(DEVICES).content.decode()
    assert f'href="/inspection/sites/{S2}/"' in page
    assert not Look.objects.using("audit").exists()
    assert not Lookup.objects.using("audit").filter(purpose__startswith="inspection").exists()
    assert W1 not in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (f"site={S1}", [S1]),
        (f"enterprise={E2}", [S2]),
        (f"enterprise=BE{E1[:4]}.{E1[4:7]}.{E1[7:]}", [S1, S2]),
        ("state=ended", [S1]),
        ("kind=reader", [S1, S2, S2]),
        ("kind=kiosk", []),
        (f"site={S2}&state=active&enterprise={E1}", [S2]),
    ],
)
def test_filters_narrow_the_devices(
    agent: Client, world: World, asked: str, found: list[str]
) -> None:
    reader()
    reader(enterprise=E2)
    devices.end(number=row(reader(site=S1)).number, enterprise=E1, actor=ACTOR, now=NOW)

    lines = rows_of(agent, f"{DEVICES}?{asked}")

    assert [site for line in lines for site in (S1, S2) if site in line] == found
    if not found:
        assert "No firm has enrolled a device that fits." in text(agent, f"{DEVICES}?{asked}")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (f"{DEVICES}?site=x", "A site number has thirteen signs"),
        (f"{DEVICES}?enterprise=12", "Enter ten digits"),
        (f"{DEVICES}?state=gone", "Select a valid choice"),
        (f"{DEVICES}?enterprise=%00", "Null characters"),
        (f"{METHODS}?site=x", "A site number has thirteen signs"),
        (f"{METHODS}?state=gone", "Select a valid choice"),
    ],
)
def test_a_filter_that_means_nothing_says_so_and_is_kept(
    agent: Client, place: str, said: str
) -> None:
    answer = agent.get(place)

    assert answer.status_code == 422
    assert said in words(answer.content.decode())


@pytest.mark.parametrize(
    "after", ["", "x", "-", f"{S1}", f"{S1}-x", "1-1-1", f"{S1}-{10**18}", "\x00-1", "²-1"]
)
def test_a_place_that_is_none_is_not_found(agent: Client, after: str) -> None:
    assert agent.get(DEVICES, {"after": after}).status_code == 404
    assert agent.get(METHODS, {"after": after}).status_code == 404


def paged(agent: Client, place: str) -> list[list[str]]:
    """The rows of each page, as one follows the link to the next."""
    pages = []
    while place:
        pages.append(rows_of(agent, place))
        page = agent.get(place).content.decode()
        found = re.search(r'rel="next" href="([^"]+)"', page)
        root = place.partition("?")[0]
        place = root + found[1].replace("&amp;", "&") if found else ""
    return pages


def test_every_device_and_every_method_stands_on_one_page_and_the_filter_stays(
    agent: Client, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("device_queries.PAGE", "views.devices.PAGE"):
        monkeypatch.setattr(f"guichet.backoffice.inspection.{name}", 2)
    signers = [reader() for _each in range(3)] + [reader(site=S1) for _each in range(2)]
    made = [declared(clerk, name=f"Method {letter}") for letter in "abcde"]

    by_site, filtered = paged(agent, DEVICES), paged(agent, f"{DEVICES}?site={S2}")
    listed = paged(agent, METHODS)

    assert [len(page) for page in by_site] == [2, 2, 1]
    assert all(sum(one.number in line for page in by_site for line in page) == 1 for one in signers)
    assert [len(page) for page in filtered] == [2, 1]
    assert [line.split(" 2")[0] for page in listed for line in page] == [
        one.name for one in reversed(made)
    ]


def test_a_page_costs_the_same_whatever_it_holds(
    agent: Client, clerk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked = []
    for _more in range(2):
        reader(), reader(site=S1)
        declared(clerk)
        declared(clerk, site="")
        for place in (DEVICES, METHODS):
            agent.get(place)
            with django_assert_num_queries(7, exact=False) as queries:
                agent.get(place)
            asked.append(len(queries))

    assert asked[:2] == asked[2:]


def test_methods_stand_with_firm_period_state_and_number_of_proofs(
    agent: Client, clerk: Client
) -> None:
    declared(clerk)
    coming = declared(clerk, name="Gate arms", site="",
                      first=(TODAY + timedelta(days=3)).isoformat())  # fmt: skip
    ended = declared(clerk, name="Paper book")
    methods.end(number=ended.number, enterprise=E1, actor=ACTOR, now=NOW)

    lines = rows_of(agent, METHODS)

    assert [line.partition(" 2")[0] for line in lines] == [
        "Paper book", "Gate arms", "Track and trace"
    ]  # fmt: skip
    assert "Every site of the firm" in lines[1]
    assert "Campus De Wulp" in lines[2]
    assert E1 in lines[2]
    assert lines[2].endswith("In force 1")
    for state, name in (("inForce", "Track"), ("coming", coming.name), ("ended", ended.name)):
        [line] = rows_of(agent, f"{METHODS}?state={state}")
        assert line.startswith(name)
    assert rows_of(agent, f"{METHODS}?state=over") == []
    assert rows_of(agent, f"{METHODS}?enterprise={E2}") == []
    assert "Sofie" not in "".join(lines)


@pytest.mark.parametrize("first", [-9, 0, 3])
@pytest.mark.parametrize("last", [None, -2, 0, 5])
@pytest.mark.parametrize("is_ended", [False, True])
def test_the_filter_on_states_means_what_the_page_says(
    clerk: Client, first: int, last: int | None, is_ended: bool
) -> None:
    made = declared(clerk)
    first_day = TODAY + timedelta(days=first)
    last_day = None if last is None else max(first_day, TODAY + timedelta(days=last))
    Method.objects.filter(pk=made.pk).update(
        first_day=first_day, last_day=last_day, ended_at=NOW if is_ended else None
    )
    told = methods.state(Method.objects.get(), today=TODAY)

    for state in ("inForce", "coming", "over", "ended"):
        lines = device_queries.declared(
            asked=device_queries.Asked(state=state), language="en", today=TODAY, after=None
        )
        assert [line.state for line in lines] == ([told] if state == told else [])


def test_a_method_with_its_proof_asks_a_purpose_and_the_look_is_noted(
    agent: Client, clerk: Client
) -> None:
    made = declared(clerk)
    place, file = f"{METHODS}{made.number}/", Attachment.objects.get()
    proof = f"{place}documents/{file.pk}/"
    for asked in (place, proof):
        assert agent.get(asked)["Location"].startswith(PURPOSE)
    with_a_purpose(agent)

    page, fetched = text(agent, place), agent.get(proof)

    assert "Signed by the van." in page
    assert "Sofie Claerhout" in page
    assert "CP-7" in page
    assert proof in agent.get(place).content.decode()
    assert fetched.content == PDF
    assert fetched["Content-Disposition"].startswith("attachment")
    noted = Lookup.objects.using("audit").filter(purpose="inspection.safety")
    assert {one.niss for one in noted} == {CLERK}
    looks: Any = Look.objects.using("audit")
    assert set(looks.values_list("what", "target", "persons")) == {
        ("method", str(made.number), 1), ("document", str(made.number), 0)
    }  # fmt: skip
    assert "Document of a method" in text(agent, "/inspection/looks/")


def test_another_methods_document_and_none_are_the_same_404(agent: Client, clerk: Client) -> None:
    first, second = declared(clerk), declared(clerk)
    theirs = Attachment.objects.get(applied_to=str(second.number))
    with_a_purpose(agent)

    for place in (
        f"{METHODS}{first.number}/documents/{theirs.pk}/",
        f"{METHODS}{first.number}/documents/{NOBODY}/",
        f"{METHODS}{NOBODY}/documents/{theirs.pk}/",
        f"{METHODS}{NOBODY}/",
    ):
        assert agent.get(place).status_code == 404


def test_the_page_of_a_site_leads_to_its_devices(agent: Client, world: World) -> None:
    with_a_purpose(agent)

    page = agent.get(f"/inspection/sites/{S1}/").content.decode()

    assert f'href="{DEVICES}?site={S1}"' in page
