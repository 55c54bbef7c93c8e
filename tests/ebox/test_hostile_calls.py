"""Calls of the e-Box interface that no honest program makes: refused with a reason, never a 500.

Sources: R-EB-4 (what makes a message read), SC84, SC87, SC88 and the limits of publishing.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guichet.access.permissions import EBOX_MESSAGES, EBOX_SENDER, EBOX_SUMMARY
from guichet.ebox import queries, reading
from guichet.ebox.models import Event, Publication, Reading
from guichet.rules.ebox import Act
from tests.access.machine import machine
from tests.doors import Rest, rest
from tests.ebox import boxes as of
from tests.ebox.boxes import FIRM, PDF, SENDER, TESTS, message, put
from tests.portal.browsing import NOW

__all__ = ["rest"]
pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("post_office"),
]
BASE: Final = "/REST/ebox/v2"
Headers = Callable[..., dict[str, str]]


@pytest.fixture
def caller(rest: Rest) -> Headers:
    """A token of an enterprise with some scopes."""

    def header(enterprise: str = FIRM, *scopes: str) -> dict[str, str]:
        known = machine(enterprise_number=enterprise, permissions=("ebox", "ebox-publication"))
        of.let_read(known.client_id, enterprise)
        return rest.caller(enterprise, scopes=scopes or (EBOX_SUMMARY, EBOX_MESSAGES), of=known)

    return header


def wanted(**given: Any) -> str:
    """What is published, as the part of the call."""
    good = {
        "recipient": {"eboxType": "enterprise", "id": FIRM},
        "senderOrganizationId": SENDER,
        "reference": "r-1",
        "messageTypeId": "letter.official",
        "language": "fr",
        "subject": "Votre demande",
        "attachments": [
            {"httpPartName": "upfile1", "fileName": "a.pdf", "mediaType": "application/pdf"}
        ],
    }
    return json.dumps(good | given)


def publish(header: dict[str, str], **parts: Any) -> Any:
    """Send a multipart body."""
    return Client().post(f"{BASE}/publishMessage", parts, headers=header)


def file() -> SimpleUploadedFile:
    """The letter."""
    return SimpleUploadedFile("a.pdf", PDF)


def place_of(uuid: UUID) -> str:
    """The address of the main document."""
    [main] = queries.attachments(message_id=message(uuid).pk)
    return f"{BASE}/ebox/messages/{uuid}/attachments/{main.uuid}/content"


def test_sc84_asking_for_the_head_of_a_document_is_not_reading_it(caller: Headers) -> None:
    letter, text = put(), put(documents=(), body="Texte")
    header = caller()

    heads = [
        Client().head(place, headers=header)
        for place in (place_of(letter), f"{BASE}/ebox/messages/{text}/body")
    ]

    assert [one.status_code for one in heads] == [200, 200]
    assert heads[0].headers["Content-Length"] == str(len(PDF))
    assert not Reading.objects.exists()
    assert {message(letter).read_at, message(text).read_at} == {None}
    assert Client().get(place_of(letter), headers=header).content == PDF
    assert message(letter).read_at == NOW


def test_a_flag_that_somebody_sets_is_no_consultation_for_the_sender() -> None:
    uuid, reader, later = put(), of.reader(), NOW + timedelta(hours=1)
    reading.carry_out(reader=reader, messages=[uuid], act=Act.MARK_READ, actor=TESTS, now=NOW)
    assert message(uuid).read_at == NOW
    assert Publication.objects.get(uuid=uuid).consulted_at is None

    [main] = queries.attachments(message_id=message(uuid).pk)
    for at in (later, later + timedelta(hours=1)):
        reading.open_document(reader=reader, message=uuid, document=main.uuid, actor=TESTS, now=at)

    assert Publication.objects.get(uuid=uuid).consulted_at == later
    assert message(uuid).read_at == NOW
    assert Event.objects.filter(message_uuid=uuid, kind="readDocument").count() == 1


@pytest.mark.parametrize(
    "query",
    [
        "q=a%00b&qlang=fr",
        "messageTypeId=%00",
        "senderOrganizationId=0%00",
        "expiredBefore=9999-12-31T23:59:59-12:00",
        "expiredAfter=0001-01-01T00:00:00%2B14:00",
        "receivedBefore=9999-12-31T23:59:59Z",
    ],
)
def test_sc87_signs_and_days_that_no_database_takes_are_a_400(query: str, caller: Headers) -> None:
    answer = Client().get(f"{BASE}/ebox/messages?{query}", headers=caller())

    assert (answer.status_code, answer.json()["code"]) == (400, "INVALID_INPUT")


@pytest.mark.parametrize(
    "sender", ["2308357159", "0123", "02068811001", "٠١٢٣٤٥٦٧٨٩", f"{SENDER}\n", ""]
)
def test_sc88_what_is_no_number_of_a_sender_is_a_400(sender: str, caller: Headers) -> None:
    answer = publish(
        caller(SENDER, EBOX_SENDER),
        messageToPublish=wanted(senderOrganizationId=sender),
        upfile1=file(),
    )

    assert (answer.status_code, answer.json()["code"]) == (400, "INVALID_INPUT")


@pytest.mark.parametrize(
    "sign", ["\u2028", "\u2029", "\u0085", "\x7f"], ids=lambda sign: f"{ord(sign):x}"
)
def test_a_subject_is_one_line(sign: str, caller: Headers) -> None:
    answer = publish(
        caller(SENDER, EBOX_SENDER),
        messageToPublish=wanted(subject=f"Votre{sign}demande"),
        upfile1=file(),
    )

    assert answer.status_code == 400
    assert answer.json()["issues"][0]["name"] == "subject"
    assert not Publication.objects.exists()


def test_parts_that_come_twice_are_not_guessed(caller: Headers) -> None:
    header = caller(SENDER, EBOX_SENDER)
    twice = [wanted(reference="one"), wanted(reference="two")]

    answers = [
        publish(header, messageToPublish=twice, upfile1=file()),
        publish(header, messageToPublish=wanted(), upfile1=[file(), file()]),
    ]

    assert [one.status_code for one in answers] == [400, 400]
    assert [one.json()["issues"][0]["name"] for one in answers] == ["messageToPublish", "upfile1"]
    assert not Publication.objects.exists()


def test_a_body_that_is_no_multipart_or_holds_too_many_parts_is_a_400(caller: Headers) -> None:
    header = caller(SENDER, EBOX_SENDER)
    place, kind = f"{BASE}/publishMessage", "multipart/form-data"

    answers = [
        Client().post(place, b"abc", content_type=kind, headers=header),
        publish(header, **{f"upfile{number}": file() for number in range(1, 151)}),
        publish(header, **{f"field{number}": "1" for number in range(1_100)}),
    ]

    assert [one.status_code for one in answers] == [400, 400, 400]
    assert {one.json()["code"] for one in answers} == {"INVALID_INPUT"}
