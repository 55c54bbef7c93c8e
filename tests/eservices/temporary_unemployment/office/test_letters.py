"""The letter: sealed, archivable and readable aloud, in the language of the region, not before."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from guichet.documents import operations as documents
from guichet.documents import queries as sealed
from guichet.documents.models import Document
from guichet.eservices.temporary_unemployment.office import deciding, letter_texts, letters
from guichet.eservices.temporary_unemployment.office.models import Decision
from guichet.kernel.document_code import DocumentCode
from guichet.platform import clock
from guichet.rules.temporary_unemployment.communication import Line
from guichet.rules.temporary_unemployment.decisions import Code, Result
from guichet.rules.temporary_unemployment.office_contacts import Contact
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.office import desk
from tests.eservices.temporary_unemployment.office.desk import LEADER, officer
from tests.eservices.temporary_unemployment.world import ANNE, LUC, NOW
from tests.portal.browsing import words
from tests.standards import breaches

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("office"),
]
TOMORROW = NOW + timedelta(days=1)


def late(**given: Any) -> Any:
    """A notice of 12 March for a start on 17 March."""
    return world.expected(
        world.moment("2025-03-12"), **{"posted_on": date(2025, 3, 12)} | given
    )  # fmt: skip


def made(done: Decision) -> bytes:
    """The sealed letter."""
    assert documents.make(reference=done.document, now=NOW)
    pdf = sealed.sealed_pdf(reference=done.document)
    assert pdf is not None
    return pdf


def text_of(done: Decision) -> str:
    """Everything that the letter says."""
    return json.dumps(Document.objects.get(reference=done.document).data, ensure_ascii=False)


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
@pytest.mark.parametrize("workers", [0, 90])
def test_the_letter_keeps_both_profiles_in_every_language(
    language: str, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters, "language_of", lambda row: language)
    lines = (Line(niss=ANNE), Line(niss=LUC))[:workers]
    told = late(lines=lines) if lines else late(lines=(), section="Finition")
    row = desk.taken(told, world.moment("2025-03-13"))
    if workers > 2:
        from guichet.eservices.temporary_unemployment.models import Line as Row

        first = Row.objects.get(communication=row, number=1)
        for number in range(3, workers + 1):
            first.pk, first.number = None, number
            first.save(force_insert=True)

    done = deciding.decide(
        ticket=row.ticket, decided=desk.proposed(row, text="Une phrase.\n\nUne autre."),
        officer=officer(), now=world.moment("2025-03-13"),
    )  # fmt: skip
    pdf = made(done)

    assert breaches(pdf) == []
    assert done.language == language


def test_a_refusal_and_an_acceptance_keep_both_profiles() -> None:
    accepted = desk.decided()
    refused = deciding.decide(
        ticket=accepted.communication.ticket, officer=officer(LEADER), now=NOW,
        decided=desk.proposed(
            accepted.communication, result=Result.REFUSED, codes=(Code.OTHER,), text="Voilà.",
            why="Inspection",
        ),
    )  # fmt: skip

    for done in (accepted, refused):
        pdf = made(done)
        assert breaches(pdf) == []


@pytest.mark.parametrize(
    ("postcode", "wanted", "language"),
    [("4000", "nl", "fr"), ("4700", "fr", "de"), ("1000", "nl", "nl"), ("1000", "fr", "fr"),
     ("1000", "de", "fr"), ("9000", "fr", "nl")],
)  # fmt: skip
def test_sc66_the_language_is_that_of_the_region_and_in_brussels_that_of_the_employer(
    postcode: str, wanted: str, language: str
) -> None:
    told = replace(world.expected(), language=wanted)
    row = world.sent(world.changed(told, postcode=postcode))

    assert letters.language_of(row) == language


def test_sc66_a_letter_for_eupen_is_german() -> None:
    told = world.expected(establishment=world.EUPEN, postcode="4700")

    done = desk.decided(told)

    assert done.language == "de"
    for said in ("Entscheidung", "Angenommen", "wirtschaftlichen Gründen"):
        assert said in text_of(done)


def test_sc67_a_partly_accepted_decision_says_from_when_why_and_by_which_days() -> None:
    done = desk.decided(late(), world.moment("2025-03-13"))

    said = text_of(done)

    for fact in (
        "24/03/2025", "R02", "loi du 3 juillet 1978, art. 51 et 77/4", "09/03/2025", "12/03/2025",
        "17/03/2025", "23/03/2025", "LIE-2025-000001", done.communication.own_reference,
    ):  # fmt: skip
        assert fact in said


def test_numbers_of_workers_are_masked_and_the_ticket_is_there_twice() -> None:
    done = desk.decided()
    data = Document.objects.get(reference=done.document).data

    assert data["workers"]["rows"][0][0] == "Dubois Anne"
    assert data["workers"]["rows"][0][1] == letter_texts.masked(ANNE)
    assert letter_texts.masked("85073003328") == "85.07.30-***-28"
    assert ANNE not in text_of(done)
    assert data["ticket"].replace("-", "") == done.communication.ticket
    assert data["bars"].startswith("<svg")


def test_the_name_of_the_file_says_the_ticket_the_language_and_the_version() -> None:
    done = desk.decided()
    ticket = done.communication.ticket

    assert letter_texts.file_name(done) == f"decision_{ticket}_FR.pdf"
    done.version = 2
    assert letter_texts.file_name(done) == f"decision_{ticket}_FR_2.pdf"


def test_sc64_neither_the_list_of_documents_nor_the_verifier_knows_it_before_its_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done = desk.decided()
    pdf = made(done)
    digest = Document.objects.get(reference=done.document).digest
    code = DocumentCode(done.document).formatted()

    def seen() -> tuple[bool, ...]:
        client = world.clerk()
        return (
            done.document in client.get("/documents/").content.decode(),
            client.get(f"/documents/{done.document}/").status_code == 200,
            client.get(f"/documents/{done.document}/document.pdf").status_code == 200,
            sealed.known(reference=done.document) is not None,
            sealed.known(digest=digest) is not None,
            "Decision of ONEM" in words(
                Client().get("/verify/", {"code": code}).content.decode()
            ),
        )  # fmt: skip

    assert seen() == (False,) * 6
    monkeypatch.setattr(clock, "now", lambda: TOMORROW)
    assert seen() == (True,) * 6
    assert pdf == sealed.sealed_pdf(reference=done.document)


def test_the_message_names_nobody_and_no_result() -> None:
    done = desk.decided()

    subject, body = letter_texts.message(done)

    for hidden in (ANNE, "Dubois", "ccept"):
        assert hidden not in subject + body


def test_the_letter_says_how_the_office_is_reached_and_never_by_an_unverified_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done = desk.decided()
    facts = [fact for _name, fact in deciding.letter_of(done)["facts"]]
    assert any(fact.endswith("www.onem.be") for fact in facts)

    known = Contact("Quai 1", "4000 Liège", "04 000 00 00", is_verified=True)
    monkeypatch.setattr(letter_texts, "contact", lambda code, on: known)

    facts = [fact for _name, fact in deciding.letter_of(done)["facts"]]
    assert facts[-2:] == ["Quai 1, 4000 Liège", "04 000 00 00"]
