"""REST ebox v2 at its door: scopes, filters, contents, events, publishing, hostile input."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final
from uuid import uuid4

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openapi_schema_validator import OAS30Validator
from openapi_spec_validator import validate

from guichet.access.permissions import (
    EBOX_CONSUMER,
    EBOX_MESSAGES,
    EBOX_SENDER,
    EBOX_SUMMARY,
)
from guichet.audit.actors import system
from guichet.audit.models import Lookup
from guichet.demo import fixtures, numbers
from guichet.ebox import queries
from guichet.ebox.contents import digest_of
from guichet.ebox.models import Event, Message, Publication
from guichet.platform.db import transaction
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord
from tests.access.machine import machine
from tests.database import REPOSITORY
from tests.doors import Rest, rest
from tests.ebox.boxes import FIRM, OTHER_FIRM, PDF, SENDER, let_read, message, put
from tests.portal.browsing import NOW

__all__ = ["rest"]
pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("post_office"),
]
BASE: Final = "/REST/ebox/v2"
CONTRACT: Final = yaml.safe_load((REPOSITORY / "contracts/ebox-v2.yaml").read_text("utf-8"))
READING: Final = (EBOX_SUMMARY, EBOX_MESSAGES, EBOX_CONSUMER)
GETS: Final = {
    "/ebox": {EBOX_SUMMARY, EBOX_MESSAGES},
    "/ebox/boxes": {EBOX_SUMMARY, EBOX_MESSAGES, EBOX_CONSUMER},
    "/ebox/messages": {EBOX_MESSAGES},
    "/ebox/messages/{m}": {EBOX_MESSAGES},
    "/ebox/messages/{m}/body": {EBOX_MESSAGES},
    "/ebox/messages/{m}/attachments": {EBOX_MESSAGES},
    "/ebox/messages/{m}/attachments/{a}": {EBOX_MESSAGES},
    "/ebox/messages/{m}/attachments/{a}/content": {EBOX_MESSAGES},
    "/events": {EBOX_MESSAGES, EBOX_CONSUMER},
    "/referenceData/messageTypes": {*READING, EBOX_SENDER},
    "/referenceData/senderApplications": {*READING, EBOX_SENDER},
    "/referenceData/senderOrganizations": {*READING, EBOX_SENDER},
}
Call = Callable[..., Any]


@pytest.fixture
def caller(rest: Rest) -> Callable[..., dict[str, str]]:
    """A token of an enterprise with some scopes."""

    def header(enterprise: str = FIRM, *scopes: str) -> dict[str, str]:
        known = machine(enterprise_number=enterprise, permissions=["ebox", "ebox-publication"])
        let_read(known.client_id, enterprise)
        return rest.caller(enterprise, scopes=scopes or READING, of=known)

    return header


def _fits(value: Any, schema: str) -> None:
    whole = {"$ref": f"#/components/schemas/{schema}", "components": CONTRACT["components"]}
    faults = list(OAS30Validator(whole).iter_errors(value))
    assert not faults, [f"{fault.json_path}: {fault.message}" for fault in faults]
    assert set(value) <= set(CONTRACT["components"]["schemas"][schema]["properties"])


def _get(path: str, header: Mapping[str, str], status: int = 200) -> Any:
    answer = Client().get(BASE + path, headers=dict(header))
    assert answer.status_code == status, answer.content
    if status >= 400:
        _fits(answer.json(), "Problem")
    is_json = answer["Content-Type"].endswith("json")
    return answer.json() if is_json else answer.content


def _place(path: str, uuid: Any) -> str:
    document = queries.attachments(message_id=message(uuid).pk)[0]
    return path.format(m=uuid, a=document.uuid)


def _wanted(**given: Any) -> dict[str, Any]:
    good = {
        "recipient": {"eboxType": "enterprise", "id": FIRM},
        "senderOrganizationId": SENDER,
        "reference": "r-1",
        "messageTypeId": "letter.official",
        "language": "fr",
        "subject": "Votre demande",
        "attachments": [
            {"httpPartName": "upfile1", "fileName": "a.pdf", "mediaType": "application/pdf",
             "digest": digest_of(PDF)}
        ],
    }  # fmt: skip
    return good | given


def _publish(header: Mapping[str, str], wanted: Any, files: int = 1, data: bytes = PDF) -> Any:
    parts: dict[str, Any] = {
        f"upfile{n}": SimpleUploadedFile("a.pdf", data) for n in range(1, files + 1)
    }
    text = wanted if isinstance(wanted, str) else json.dumps(wanted)
    return Client().post(
        f"{BASE}/publishMessage", {"messageToPublish": text, **parts}, headers=dict(header)
    )


@pytest.mark.usefixtures("rest")
def test_the_contract_is_valid_and_published() -> None:
    validate(CONTRACT)

    assert yaml.safe_load(_get("/doc/openapi.yaml", {})) == CONTRACT
    assert _get("/health", {}) == {"status": "UP"}


@pytest.mark.parametrize("path", GETS)
def test_each_path_wants_a_token_and_one_of_its_scopes(
    path: str, caller: Callable[..., dict[str, str]]
) -> None:
    place = _place(path, put(body="Texte"))

    _get(place, {}, 401)
    for scope in (*READING, EBOX_SENDER):
        _get(place, caller(FIRM, scope), 200 if scope in GETS[path] else 403)


@pytest.mark.parametrize("path", [path for path in GETS if "{m}" in path])
def test_a_foreign_message_and_none_are_the_same_404(
    path: str, caller: Callable[..., dict[str, str]]
) -> None:
    uuid = put(body="Texte")
    put(enterprise_number=OTHER_FIRM)
    header = caller(OTHER_FIRM)
    place = _place(path, uuid)

    answers = [
        _get(one, header, 404)
        for one in (place, place.replace(str(uuid), str(uuid4())),
                    place.replace(str(uuid), "1' OR 1=1"))
    ]  # fmt: skip
    for answer in answers:
        answer.pop("instance")
    assert answers[0] == answers[1]


def test_the_summary_the_list_and_the_contents(caller: Callable[..., dict[str, str]]) -> None:
    uuid = put(attention_niss=fixtures.W3, attention_name="X", business_data=(("dossier", "1"),))
    header = caller()
    told = _get("/ebox", header)
    _fits(told, "EboxSummary")
    assert (told["numberOfMessages"], told["numberOfUnreadMessages"]) == (1, 1)
    listed = _get("/ebox/messages", header)
    _fits(listed, "Messages")
    assert listed["items"][0]["readStatus"] == "UNREAD"
    documents = _get(_place("/ebox/messages/{m}/attachments", uuid), header)
    _fits(documents, "Attachments")
    assert documents["items"][0]["digest"] == digest_of(PDF)
    assert message(uuid).read_at is None

    assert _get(_place("/ebox/messages/{m}/attachments/{a}/content", uuid), header) == PDF

    assert message(uuid).read_at == NOW
    one = _get(f"/ebox/messages/{uuid}", header)
    _fits(one, "Message")
    assert one["readStatus"] == "READ"
    seen = Lookup.objects.using("audit").filter(niss=fixtures.W3, channel="rest")
    assert seen.filter(purpose="ebox.message").exists()


def test_sc86_words_are_found_without_accents_and_only_with_a_language(
    caller: Callable[..., dict[str, str]],
) -> None:
    put(subject="IMPOT 2025")
    header = caller()

    assert _get("/ebox/messages?q=imp%C3%B4t&qlang=fr", header)["total"] == 1
    assert _get("/ebox/messages?q=imp%C3%B4t&qlang=nl", header)["total"] == 0
    assert _get("/ebox/messages?q=imp%C3%B4t", header, 400)["code"] == "INVALID_INPUT"


@pytest.mark.parametrize(
    "query",
    ["pageSize=101", "page=0", "page=x", "readStatus=maybe", "visible=1", "receivedAfter=today",
     "unknown=1", "page=1&page=2", "qlang=xx"],
)  # fmt: skip
def test_sc87_a_wrong_page_size_or_query_is_invalid_input(
    query: str, caller: Callable[..., dict[str, str]]
) -> None:
    put()

    assert _get(f"/ebox/messages?{query}", caller(), 400)["code"] == "INVALID_INPUT"


@pytest.mark.parametrize(
    ("given", "files", "fault"),
    [
        ({"subject": "x" * 256}, 1, "subject"),
        ({}, 7, "upfile7"),
        ({"body": None}, 1, "body"),
        ({"senderOrganizationId": "2123456789"}, 1, "senderOrganizationId"),
        ({"unknown": 1}, 1, "unknown"),
        ({"recipient": {"eboxType": "x", "id": FIRM}}, 1, "recipient"),
        ({"recipient": {"eboxType": "citizen", "id": "00000000000"}}, 1, "recipient"),
        ({"messageTypeId": "letter.registered"}, 1, "messageTypeId"),
        ({"messageTypeId": "none"}, 1, "messageTypeId"),
        ({"attachments": []}, 1, "attachments"),
        ({"dueDate": "soon"}, 1, "dueDate"),
    ],
)
def test_sc88_what_breaks_the_limits_of_publishing_is_a_400(
    given: dict[str, Any], files: int, fault: str, caller: Callable[..., dict[str, str]]
) -> None:
    answer = _publish(caller(SENDER, EBOX_SENDER), _wanted(**given), files)

    assert answer.status_code == 400, answer.content
    assert answer.json()["code"] == "INVALID_INPUT"
    assert fault in answer.content.decode()
    assert not Publication.objects.exists()


def test_a41_a_wrong_number_a_replaced_one_and_an_unknown_member_are_told_apart(
    caller: Callable[..., dict[str, str]],
) -> None:
    former = numbers.bis(born_on=date(1990, 5, 12), is_female=False)
    maker = system("tests")
    with transaction():
        human = PersonRecord(former, "Marek", "Zieliński", date(1990, 5, 12))
        persons.register(person=human, actor=maker, now=NOW)
        persons.replace_number(old=former, new=fixtures.W1, actor=maker, now=NOW)
    header = caller(SENDER, EBOX_SENDER)

    def told(**given: Any) -> list[tuple[str, str, str | None]]:
        answer = _publish(header, _wanted(**given))
        assert answer.status_code == 400, answer.content
        assert former not in answer.content.decode()
        return [
            (one["type"].rsplit(":", 1)[-1], one["name"], one.get("replacedBy"))
            for one in answer.json()["issues"]
        ]

    wrong = {"eboxType": "citizen", "id": "00000000000"}
    assert told(recipient=wrong) == [("invalidStructure", "recipient.id", None)]
    old = {"eboxType": "citizen", "id": former}
    assert told(recipient=old) == [("replacedSsin", "recipient.id", fixtures.W1)]
    person = {"type": "person", "id": former, "name": "M. Z."}
    assert told(forTheAttentionOf=person) == [("replacedSsin", "forTheAttentionOf.id", fixtures.W1)]
    assert told(colour="red") == [("unknownInput", "colour", None)]
    assert not Publication.objects.exists()


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000, '{"a": 1e999}'])
def test_a_part_that_is_no_message_is_refused(
    text: str, caller: Callable[..., dict[str, str]]
) -> None:
    assert _publish(caller(SENDER, EBOX_SENDER), text).status_code == 400


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.pdf", b"PK\x03\x04 renamed"), ("a.exe", PDF), ("a.pdf", b""),
     ("a.pdf", b"%PDF-1.7 /OpenAction /JavaScript (x)"), ("../a.pdf", PDF)],
)  # fmt: skip
def test_a_document_that_is_not_what_it_says_is_refused(
    name: str, data: bytes, caller: Callable[..., dict[str, str]]
) -> None:
    part = {"httpPartName": "upfile1", "fileName": name, "mediaType": "application/pdf"}

    answer = _publish(caller(SENDER, EBOX_SENDER), _wanted(attachments=[part]), 1, data)

    assert answer.status_code == 400
    assert not Publication.objects.exists()


def test_another_digest_than_the_one_announced_is_refused(
    caller: Callable[..., dict[str, str]],
) -> None:
    answer = _publish(caller(SENDER, EBOX_SENDER), _wanted(), 1, b"%PDF-1.7 another letter")

    assert answer.status_code == 400


def test_the_same_publication_again_is_the_first_one(
    caller: Callable[..., dict[str, str]],
) -> None:
    header = caller(SENDER, EBOX_SENDER)

    first, second = _publish(header, _wanted()), _publish(header, _wanted())
    third = _publish(header, _wanted(subject="Autre"))

    assert (first.status_code, second.status_code, third.status_code) == (201, 201, 422)
    _fits(first.json(), "Publication")
    assert first.json() == second.json()
    assert second["Idempotency-Replayed"] == "true"
    assert Message.objects.count() == 1
    asked = Client().post(
        f"{BASE}/searchMessageStatus", json.dumps({"references": ["r-1", "none"]}),
        content_type="application/json", headers=header,
    )  # fmt: skip
    _fits(asked.json(), "MessageStatuses")
    assert [one["reference"] for one in asked.json()["items"]] == ["r-1"]


def test_sc89_a_box_never_opened_answers_no_digital_user(
    caller: Callable[..., dict[str, str]],
) -> None:
    wanted = _wanted(recipient={"eboxType": "citizen", "id": fixtures.W3})

    answer = _publish(caller(SENDER, EBOX_SENDER), wanted)

    assert answer.status_code == 422
    assert answer.json()["code"] == "NO_DIGITAL_USER"
    assert "paper" in answer.json()["detail"]
    assert fixtures.W3 not in answer.content.decode()


@pytest.mark.parametrize(("enterprise", "sender"), [(FIRM, SENDER), (FIRM, FIRM)])
def test_only_a_connected_sender_publishes_and_only_as_itself(
    enterprise: str, sender: str, caller: Callable[..., dict[str, str]]
) -> None:
    answer = _publish(caller(enterprise, EBOX_SENDER), _wanted(senderOrganizationId=sender))

    assert answer.status_code == 403
    assert answer.json()["code"] == "INVALID_SENDER"


def test_sc92_events_after_a_number_come_in_order_and_once(
    caller: Callable[..., dict[str, str]],
) -> None:
    for _ in range(3):
        put()
    put(enterprise_number=OTHER_FIRM)
    first = Event.objects.order_by("number").values_list("number", flat=True)[0]

    told = _get(f"/events?lastSequenceNbr={first}", caller())

    _fits(told, "Events")
    numbers = [one["sequenceNbr"] for one in told["items"]]
    assert numbers == [first + 1, first + 2]
    assert _get(f"/events?lastSequenceNbr={told['lastSequenceNbr']}", caller())["items"] == []
    _get("/events?lastSequenceNbr=-1", caller(), 400)


@pytest.mark.parametrize("body", ["{", '{"readStatus": "MAYBE"}', '{"other": 1}', "[]"])
def test_a_strange_change_is_refused(body: str, caller: Callable[..., dict[str, str]]) -> None:
    uuid = put()

    answer = Client().patch(
        f"{BASE}/ebox/messages/{uuid}", body, content_type="application/json", headers=caller()
    )

    assert answer.status_code == 400


def test_flags_are_changed_for_one_and_for_several(caller: Callable[..., dict[str, str]]) -> None:
    uuid, header = put(), caller()
    one = Client().patch(
        f"{BASE}/ebox/messages/{uuid}", '{"readStatus": "READ", "visible": false}',
        content_type="application/merge-patch+json", headers=header,
    )  # fmt: skip
    assert (one.json()["readStatus"], one.json()["visible"]) == ("READ", False)

    several = Client().patch(
        f"{BASE}/ebox/messages",
        json.dumps({"items": [{"messageId": str(uuid), "readStatus": "UNREAD"}]}),
        content_type="application/json", headers=header,
    )  # fmt: skip

    assert several.status_code == 204
    assert message(uuid).read_at is None
