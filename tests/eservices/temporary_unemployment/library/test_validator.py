"""The validator: a file is read in memory, answered in the reader's language, and forgotten."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guichet.audit.models import Entry
from guichet.eservices.temporary_unemployment.library.techlib import examples, validating, views
from guichet.platform import clock
from tests.eservices.temporary_unemployment.library.reading import AT, plain, visitor
from tests.portal.browsing import words

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PLACE = AT + "library/validator/"
GOOD = examples.BY_KEY["expected"].make()
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
BOMB = b"".join(
    b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"x") for n in range(30)
)


@pytest.fixture(autouse=True)
def at_that_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: examples.RECEIVED_AT)


def answer(content: bytes, language: str = "en", status: int = 200, name: str = "a.xml") -> str:
    """What the page says to a file."""
    file = SimpleUploadedFile(name, content, content_type="text/xml")
    return said(visitor(language).post(PLACE, {"file": file}), status)


def said(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    return plain(words(response.content.decode()))


def test_a_file_in_order_would_be_received() -> None:
    text = answer(GOOD)

    assert "The file would be taken 1 form" in text
    assert "Form 1: Expected communication 2025-CT-0017" in text
    assert "Would be received" in text
    assert "with remarks" not in text


def test_sc2_sc61_a_late_notice_comes_back_as_a_remark_with_its_place() -> None:
    late = GOOD.replace(b"2025-03-17", b"2025-03-14").replace(b"2025-04-13", b"2025-04-10")

    text = answer(late, "fr")

    assert "Serait reçu, avec des remarques" in text
    assert "CTW-014 Avertit: La notification a 1 jour de retard" in text.replace(" :", ":")
    assert "/TWCT/Form[1]/NotificationDate" in text


def test_sc60_a_wrong_number_refuses_its_form_and_not_its_neighbour() -> None:
    first = GOOD.decode().partition("<Form>")[2].rpartition("</Form>")[0]
    wrong = first.replace("85073003328", "85073003329")
    content = f"<TWCT><Form>{wrong}</Form><Form>{first}</Form></TWCT>".encode()

    text = answer(content, "nl")

    assert "CTW-003" in text
    assert "/TWCT/Form[1]/NaturalPerson[1]/INSS" in text
    assert "85073003329" not in text
    assert text.count("Zou worden ontvangen") == 1


def test_a_pasted_text_is_checked_too() -> None:
    text = said(visitor().post(PLACE, {"text": GOOD.decode()}))

    assert "The file would be taken" in text


def test_a_cancellation_is_only_read() -> None:
    text = answer(examples.BY_KEY["cancellation"].make())

    assert "A cancellation: only the service knows whether it is possible" in text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"no xml at all", "not well-formed XML"),
        (HEAD + b"<TWCT><Form>", "not well-formed XML"),
        (HEAD + b"<WECH><Form/></WECH>", "not that of a file of communications"),
        (HEAD + b"<TWCT></TWCT>", "holds no form"),
        (HEAD + b'<!DOCTYPE TWCT SYSTEM "http://192.0.2.1/x"><TWCT/>', "document type"),
        (HEAD + b'<!DOCTYPE T [<!ENTITY x SYSTEM "file:///etc/passwd">]><TWCT>&x;</TWCT>',
         "document type"),
        (HEAD + b"<!DOCTYPE T [" + BOMB + b"]><TWCT>&a29;</TWCT>", "document type"),
        ("<TWCT/>".encode("utf-16"), "not UTF-8"),
        (b"\xef\xbb\xbf" + GOOD, "not UTF-8"),
        (b"\x00" * 64, "not UTF-8"),
        (b"PK\x03\x04" + b"\xff" * 512, "not well-formed XML"),
        (HEAD + b"<TWCT>" + b"<Form><a/></Form>" * 201 + b"</TWCT>", "too many forms"),
        (HEAD + b"<" * 100_000, "not well-formed XML"),
        (HEAD + b"<TWCT>" + b"<Form>" * 5_000, "not well-formed XML"),
    ],
    ids=["text", "open", "other", "empty", "doctype", "entity", "bomb", "utf16", "mark", "zeros",
         "zip", "many", "angles", "deep"],
)  # fmt: skip
def test_sc63_sc94_what_is_no_file_of_communications_is_refused_with_a_sentence(
    content: bytes, sentence: str
) -> None:
    text = answer(content)

    assert "The file would be refused as a whole" in text
    assert sentence in text
    assert "passwd" not in text


def test_sc62_an_empty_block_refuses_the_file_at_its_line() -> None:
    after = b"</NoSubcontractingDeclaration>"

    text = answer(GOOD.replace(after, after + b"\n<Workplace/>"))

    assert "A block is empty" in text
    assert "/TWCT/Form[1]/Workplace" in text
    assert "Line " in text


def test_what_a_file_holds_is_never_repeated() -> None:
    content = GOOD.replace(b"<LastName>Dubois", b"<LastName>&lt;script&gt;alert(1)")

    page = visitor().post(PLACE, {"text": content.decode()}).content.decode()

    report = page.split('id="report"')[1].split("<form")[0]
    assert "alert(1)" not in report
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Choose a file, or paste its content."),
        ({"text": "x" * (validating.LARGEST + 1)}, "The content is larger than 2 MB."),
        ({"file": SimpleUploadedFile("a.xml", b"")}, "Choose a file, or paste its content."),
    ],
    ids=["nothing", "large", "empty"],
)
def test_an_entry_that_cannot_be_read_is_said_at_its_field(
    given: dict[str, Any], sentence: str
) -> None:
    response = visitor().post(PLACE, given)

    assert sentence in said(response, 422)
    assert "govuk-error-summary" in response.content.decode()


def test_a_large_file_is_refused_before_it_is_parsed() -> None:
    text = answer(b" " * (validating.LARGEST + 1), status=422)

    assert "The content is larger than 2 MB." in text


def test_nothing_is_kept_and_nobody_is_looked_up(django_assert_max_num_queries: Any) -> None:
    before = Entry.objects.count()

    with django_assert_max_num_queries(4):
        answer(GOOD)

    assert Entry.objects.count() == before


def test_a_form_of_another_site_is_refused() -> None:
    assert Client(enforce_csrf_checks=True).post(PLACE, {"text": "x"}).status_code == 403


def test_who_checks_without_end_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "_TRIES", 1)

    answer(GOOD)
    file = SimpleUploadedFile("a.xml", GOOD)
    response = visitor().post(PLACE, {"file": file})

    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "Try again in an hour" in said(response, 429)
