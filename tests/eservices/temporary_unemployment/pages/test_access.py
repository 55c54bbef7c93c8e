"""Who may open the pages of communicating, whose they are, and what hostile input does to them."""

import re

import pytest
from django.test import Client

from guichet.documents import operations as documents
from guichet.documents.models import Document
from guichet.documents.queries import sealed_pdf
from guichet.eservices.temporary_unemployment.models import Communication, Draft
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.pages import walk
from tests.eservices.temporary_unemployment.pages.walk import begun, said
from tests.eservices.temporary_unemployment.world import (
    ANNE,
    FIRM,
    OTHER,
    STRANGER,
    clerk,
    expected,
)
from tests.portal.browsing import signed_in
from tests.standards import breaches

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
ONE, DRAFT = "communications/{ticket}/", "drafts/{draft}/"
PAGES = (
    ("GET", "new/"),
    ("GET", "new/E/"),
    ("POST", "new/E/"),
    ("GET", "drafts/"),
    ("GET", "representation/"),
    ("POST", "representation/"),
    ("GET", DRAFT + "place/"),
    ("POST", DRAFT + "period/"),
    ("GET", DRAFT + "period/deadlines/"),
    ("GET", DRAFT + "workers/"),
    ("GET", DRAFT + "workers/choose/"),
    ("POST", DRAFT + "workers/choose/"),
    ("GET", DRAFT + "check/"),
    ("POST", DRAFT + "check/"),
    ("POST", DRAFT + "forget/"),
    ("GET", ONE + "receipt/"),
    ("POST", ONE + "paper/"),
    ("POST", ONE + "modify/"),
    ("GET", ONE + "cancel/"),
    ("POST", ONE + "cancel/"),
    ("POST", ONE + "copy/"),
)
OWNED = tuple(page for page in PAGES if "{" in page[1])


def asked(client: Client, method: str, place: str) -> int:
    """The status of the answer, for the firm's own communication and draft."""
    draft = Draft.objects.order_by("changed_at").first()
    row = Communication.objects.order_by("pk").first()
    path = place.format(ticket=row.ticket if row else "", draft=draft.pk if draft else "")
    call = client.get if method == "GET" else client.post
    return int(call(f"/temporary-unemployment/{path}").status_code)


@pytest.fixture
def theirs(firm: None) -> None:
    """A communication and a draft of the firm."""
    world.sent(expected())
    begun(clerk(), "E", "expected")


@pytest.mark.usefixtures("theirs")
@pytest.mark.parametrize(("method", "place"), PAGES)
def test_only_who_communicates_for_an_enterprise_opens_a_page(method: str, place: str) -> None:
    assert asked(Client(), method, place) == (302 if method == "GET" else 403)
    assert asked(signed_in(ANNE), method, place) == 403
    assert asked(signed_in(STRANGER, FIRM), method, place) == 403


@pytest.mark.usefixtures("theirs")
@pytest.mark.parametrize(("method", "place"), OWNED)
def test_sc69_what_is_another_employers_is_as_unknown_as_none(method: str, place: str) -> None:
    foreign = clerk(OTHER)

    assert asked(foreign, method, place) == 404
    none = place.format(ticket="05W0000000000", draft="00000000-0000-4000-8000-000000000000")
    call = foreign.get if method == "GET" else foreign.post
    assert call(f"/temporary-unemployment/{none}").status_code == 404
    assert Draft.objects.count() == 1


def test_sc26_a_page_without_the_right_shows_nothing_of_the_employer() -> None:
    world.sent(expected())

    answer = signed_in(STRANGER, FIRM).get("/temporary-unemployment/new/")

    assert answer.status_code == 403
    assert "Dubois" not in answer.content.decode()


@pytest.mark.parametrize(
    "text", ["\0", "<script>x</script>", "{{ 7*7 }}", "'; DROP TABLE", "é" * 3_100]
)
def test_hostile_texts_are_kept_as_texts(text: str) -> None:
    client = clerk()
    place = begun(client, "E", "expected")
    for step, names in (
        ("place", ("establishment", "committee", "level", "own_reference")),
        ("period", ("posted_on", "first_day", "last_day", "weeks", "closures", "closure-0-first")),
        ("causes", ("causes", "no_subcontracting")),
        ("workers", ("section", "scope", "niss", "line-1-day")),
    ):
        boxes = dict.fromkeys(names, text) | {"do": "next"}
        assert client.post(f"{place}{step}/", boxes).status_code in (302, 422)
        page = client.get(f"{place}{step}/")
        assert page.status_code == 200
        assert "<script>x" not in page.content.decode()
    assert client.post(f"{place}check/", {"do": "send", "remarks": text}).status_code == 422
    assert not Communication.objects.exists()


@pytest.mark.parametrize("day", ["01/01/0001", "31/12/9999", "01/01/1900"])
def test_days_nobody_means_are_told_and_break_nothing(day: str) -> None:
    client = clerk()
    place = begun(client, "E", "expected")
    walk.step(client, place, "place", walk.PLACE_BOXES)
    for name in ("posted_on", "first_day", "last_day", "closure-0-last"):
        boxes = walk.period("17/03/2025", "13/04/2025", "09/03/2025") | {
            "closure-0-first": "31/03/2025", name: day, "do": "next",
        }  # fmt: skip
        assert client.post(f"{place}period/", boxes).status_code in (302, 422)
        assert client.get(f"{place}period/deadlines/", boxes).status_code == 200
        assert client.get(f"{place}check/").status_code == 200


@pytest.mark.parametrize(
    "do", ["apply-", "apply-CTW-999:x", "page-99999999", "remove--1", "nonsense"]
)
def test_buttons_nobody_drew_do_nothing(do: str) -> None:
    client = clerk()
    place = begun(client, "E", "expected")
    walk.chosen(client, place, ANNE)

    for step in ("place", "workers", "workers/choose", "check"):
        assert client.post(f"{place}{step}/", {"do": do}).status_code in (200, 302, 422)
    assert client.get(f"{place}nonsense/").status_code == 404
    assert client.get(f"{place}weather/").status_code == 404


def test_no_number_of_a_worker_stands_in_an_address() -> None:
    client = clerk()
    place = walk.expected(client, "17/03/2025", "13/04/2025", "09/03/2025")
    for step in ("place", "period", "workers", "workers/choose", "check"):
        page = client.get(f"{place}{step}/").content.decode()
        assert not re.search(rf'(?:href|action)="[^"]*{ANNE}', page)


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
@pytest.mark.parametrize("which", ["poster", "council"])
def test_papers_are_made_of_the_same_entry_in_four_languages(which: str, language: str) -> None:
    row = world.sent(expected())

    answer = clerk().post(
        f"/temporary-unemployment/communications/{row.ticket}/paper/",
        {"paper": which, "language": language},
    )

    assert answer.status_code == 302
    document = Document.objects.get(kind=f"temporary_unemployment.{which}")
    assert document.language == language
    assert document.data["number"].startswith("05W-")
    assert documents.make(reference=document.reference, now=world.NOW)
    pdf = sealed_pdf(reference=document.reference)
    assert pdf is not None
    assert breaches(pdf) == []
    assert clerk(OTHER).get(answer["Location"]).status_code == 404


def test_the_receipt_names_office_content_and_number() -> None:
    row = world.sent(expected())
    document = Document.objects.get(reference=row.document)
    facts = dict(document.data["facts"])

    assert "Liège" in " ".join(facts.values())
    assert "09/03/2025\N{NO-BREAK SPACE}11:00:00" in facts.values()
    assert "Orders fell by a third since January." in facts.values()
    assert "02 515 44 44" in " ".join(facts.values())


def test_a_paper_that_is_not_offered_is_unknown() -> None:
    row = world.sent(expected())
    place = f"/temporary-unemployment/communications/{row.ticket}/paper/"

    for boxes in (
        {"paper": "receipt", "language": "fr"},
        {"paper": "poster", "language": "xx"},
        {},
    ):
        assert clerk().post(place, boxes).status_code == 404


def test_the_list_of_drafts_shows_the_own_ones_and_throws_one_away() -> None:
    client = clerk()
    begun(client, "E", "expected")
    begun(clerk(OTHER), "F", "force_majeure")

    page = said(client.get("/temporary-unemployment/drafts/"))

    assert "Expected communication" in page
    assert "force majeure" not in page
    draft = Draft.objects.get(employer__number=FIRM)
    client.post(f"/temporary-unemployment/drafts/{draft.pk}/forget/")
    assert not Draft.objects.filter(employer__number=FIRM).exists()
