"""Posters: one for each address, sealed, in four languages, for the declarant only."""

import io
import re

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from guichet.documents import operations as documents
from guichet.documents import queries
from guichet.documents.models import Document
from guichet.eservices.works import posters
from guichet.kernel.works import reference_in
from guichet.platform import clock
from guichet.rules.works.declared import Place
from tests.eservices.works import world
from tests.eservices.works.world import NOW, OTHER, clerk, filed
from tests.standards import breaches

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
TWO = (
    Place(street="Wulpenkaai", house_number="52", postcode="9000", municipality="Gent"),
    Place(street="Rue Haute", house_number="1", postcode="5000", municipality="Namur"),
)


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: NOW)


def made(number: str, at: int = 1, **given: str) -> Document:
    """Ask for a poster on the page, and make it."""
    answer = clerk().post(f"/works/{number}/posters/{at}/", **given)  # type: ignore[arg-type]
    assert answer.status_code == 302
    reference = answer["Location"].split("/")[2]
    assert documents.make(reference=reference, now=NOW)
    return Document.objects.get(reference=reference)


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_p84_the_poster_of_an_address_meets_both_standards_in_each_language(language: str) -> None:
    row = filed(places=TWO)

    document = made(row.number, 2, HTTP_ACCEPT_LANGUAGE=language)

    pdf = queries.sealed_pdf(reference=document.reference)
    assert pdf is not None
    assert breaches(pdf) == []
    assert PdfFileReader(io.BytesIO(pdf)).root["/Lang"] == language
    assert document.language == language
    said = document.data
    assert said["address"] == "Rue Haute 1, 5000 Namur"
    assert [one["language"] for one in said["texts"]] == ["fr", "nl", "de", "en"]
    assert len({one["title"] for one in said["texts"]}) == 4


def test_the_code_of_a_poster_leads_to_the_site_and_says_which_address() -> None:
    row = filed(places=TWO)

    first, second = made(row.number).data["place"], made(row.number, 2).data["place"]

    assert re.search(rf"/s/{row.site_reference}/$", first)
    assert second == f"{first}?a=2"
    assert reference_in(second).signs == row.site_reference
    assert posters.place_of(row.site_reference, 0) == first


def test_an_address_that_is_not_there_and_another_firms_site_have_no_poster() -> None:
    row = filed()

    assert clerk().post(f"/works/{row.number}/posters/2/").status_code == 404
    assert clerk().post(f"/works/{row.number}/posters/0/").status_code == 404
    assert clerk(OTHER).post(f"/works/{row.number}/posters/1/").status_code == 404
    assert clerk().get(f"/works/{row.number}/posters/1/").status_code == 405
    assert Document.objects.count() == 0
