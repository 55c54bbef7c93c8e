"""Documents are for those they were issued to: every route, role and foreign object."""

from collections.abc import Callable

import pytest
from django.db import connections
from django.test import Client

from guichet.audit.models import Lookup
from guichet.demo import fixtures
from guichet.documents import operations, rendering
from guichet.documents.kinds import Kind, register
from guichet.documents.operations import ATTEMPTS, Recipient
from tests.documents import papers
from tests.portal.browsing import NOW, signed_in, text
from tests.portal.world import CLERK, STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
EWA = STAFF[0].niss
FIRM = Recipient(enterprise_number=fixtures.E1)
PLACES = ("", "document.pdf")
register(Kind("tests.wages", "Wages", permission="wages"))


def _place(reference: str, rest: str = "") -> str:
    return f"/documents/{reference}/{rest}"


def test_the_recipient_finds_and_opens_his_document(world: World, worker: Client) -> None:
    reference = papers.issued()

    assert "Attestation" in text(worker, "/documents/")
    assert papers.code(reference) in text(worker, _place(reference))
    response = worker.get(_place(reference, "document.pdf"))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert response["Content-Disposition"].startswith("attachment; ")


@pytest.mark.parametrize("rest", PLACES)
def test_a_visitor_is_led_to_the_sign_in(world: World, rest: str) -> None:
    response = Client().get(_place(papers.issued(), rest))

    assert response.status_code == 302
    assert "next=" in response["Location"]


@pytest.mark.parametrize("rest", PLACES)
def test_anothers_document_and_none_are_the_same_404(
    world: World, clerk: Client, someone: Callable[..., Client], rest: str
) -> None:
    for_karim, for_firm = papers.issued(), papers.issued(recipient=FIRM)
    strangers = (
        (someone(EWA), for_karim),
        (someone(EWA), for_firm),
        (clerk, for_karim),  # acts for the firm, not for a person
        (someone(CLERK), for_firm),  # acts for herself, not for the firm
        (someone(CLERK, fixtures.E3), for_firm),  # for another firm
    )
    nothing = clerk.get(_place("0" * 16, rest))

    for browser, reference in strangers:
        response = browser.get(_place(reference, rest))
        assert response.status_code == 404
    assert nothing.status_code == 404


def test_a_document_of_the_enterprise_is_read_by_who_acts_for_it_and_leaves_a_trace(
    world: World, clerk: Client
) -> None:
    reference = papers.issued(recipient=FIRM, subjects=[EWA, fixtures.W1])

    assert clerk.get(_place(reference, "document.pdf")).status_code == 200

    connections["audit"].ensure_connection()
    seen = Lookup.objects.using("audit").filter(purpose="documents.download")
    assert {row.niss for row in seen} == {EWA, fixtures.W1}
    assert {row.viewer_enterprise for row in seen} == {fixtures.E1}


def test_reading_ones_own_document_is_no_look_at_somebody_else(
    world: World, worker: Client
) -> None:
    worker.get(_place(papers.issued(), "document.pdf"))

    assert not Lookup.objects.using("audit").filter(purpose="documents.download").exists()


def test_a_kind_may_ask_for_a_right(world: World, clerk: Client) -> None:
    reference = papers.issued(recipient=FIRM, kind="tests.wages")

    assert clerk.get(_place(reference)).status_code == 404
    assert "No documents yet" in text(clerk, "/documents/")


def test_while_it_is_being_made_there_is_nothing_to_open(world: World, worker: Client) -> None:
    reference = papers.asked()

    assert "The document is being made and sealed." in text(worker, _place(reference))
    assert worker.get(_place(reference, "document.pdf")).status_code == 404


def test_a_failure_is_said_and_can_be_tried_again(
    world: World,
    worker: Client,
    someone: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reference = papers.asked()
    with monkeypatch.context() as away:
        away.setattr(rendering, "made", _away)
        for _ in range(ATTEMPTS):
            operations.make(reference=reference, now=NOW)
    said = text(worker, _place(reference))
    assert "Could not be made" in said
    assert "The authority that stamps the time does not answer." in said

    assert someone(EWA).post(_place(reference, "again/")).status_code == 404
    assert worker.get(_place(reference, "again/")).status_code == 405
    assert worker.post(_place(reference, "again/")).status_code == 302

    assert "is being made" in text(worker, _place(reference))
    operations.make(reference=reference, now=NOW)
    assert worker.get(_place(reference, "document.pdf")).status_code == 200


@pytest.mark.parametrize("reference", ["x", "0" * 15, "U" * 16, "%00", "..%2f"])
def test_what_is_no_reference_is_no_page(worker: Client, reference: str) -> None:
    assert worker.get(_place(reference)).status_code == 404


def _away(document: object) -> rendering.Made:
    raise OSError


@pytest.mark.parametrize("place", ["", "0000000000000000/", "0000000000000000/document.pdf"])
def test_access_codes_alone_do_not_open_documents(world: World, place: str) -> None:
    codes = signed_in(fixtures.W1, means="password", level=200)

    answer = codes.get(f"/documents/{place}")

    assert "level=300" in answer["Location"]
