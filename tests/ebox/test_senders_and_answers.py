"""Registered mail with its proof, further boxes, answers, searches that are kept, the registry."""

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from io import BytesIO
from typing import Any, Final

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openapi_schema_validator import OAS30Validator
from pyhanko.pdf_utils.reader import PdfFileReader

from guichet.access.permissions import EBOX_MESSAGES, EBOX_REGISTERED, EBOX_REGISTRY, EBOX_SENDER
from guichet.audit.models import Lookup
from guichet.demo import fixtures
from guichet.documents import operations as papers
from guichet.ebox import boxes, queries, replies, saved, upkeep
from guichet.ebox.models import Event, Message, Publication, Reply, SavedSearch
from guichet.ebox.replies import ReplyRefused
from guichet.platform import clock
from tests.access.machine import machine
from tests.database import REPOSITORY
from tests.doors import Rest, rest
from tests.ebox import boxes as of
from tests.ebox.boxes import FIRM, OTHER_FIRM, PDF, SENDER, at, message, put, reader
from tests.portal.browsing import NOW, signed_in
from tests.portal.world import CLERK
from tests.standards import breaches

__all__ = ["rest"]
pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("post_office"),
]
BASE: Final = "/REST/ebox/v2"
CONTRACT: Final = yaml.safe_load((REPOSITORY / "contracts/ebox-v2.yaml").read_text("utf-8"))
Headers = Callable[..., dict[str, str]]


@pytest.fixture
def sender(rest: Rest) -> Headers:
    """A token of the connected sender, or of another enterprise, with some scopes."""

    def header(*scopes: str, enterprise: str = SENDER) -> dict[str, str]:
        known = machine(enterprise_number=enterprise, permissions=["ebox", "ebox-publication"])
        of.let_read(known.client_id, enterprise)
        every = (EBOX_SENDER, EBOX_REGISTERED, EBOX_REGISTRY)
        return rest.caller(enterprise, scopes=scopes or every, of=known)

    return header


def _fits(value: Any, schema: str) -> None:
    whole = {"$ref": f"#/components/schemas/{schema}", "components": CONTRACT["components"]}
    assert not list(OAS30Validator(whole).iter_errors(value))
    assert set(value) <= set(CONTRACT["components"]["schemas"][schema]["properties"])


def _registered(header: Mapping[str, str], **given: Any) -> Any:
    wanted = {
        "recipient": {"eboxType": "citizen", "id": fixtures.W1},
        "senderOrganizationId": SENDER,
        "reference": "registered-1",
        "messageTypeId": "letter.registered",
        "language": "fr",
        "subject": "Mise en demeure",
        "attachments": [
            {"httpPartName": "upfile1", "fileName": "a.pdf", "mediaType": "application/pdf"}
        ],
    }
    parts = {"upfile1": SimpleUploadedFile("a.pdf", PDF)}
    return Client().post(
        f"{BASE}/publishRegisteredMail",
        {"messageToPublish": json.dumps(wanted | given), **parts},
        headers=dict(header),
    )


def _post(path: str, header: Mapping[str, str], body: Any, status: int = 200) -> Any:
    answer = Client().post(
        BASE + path, json.dumps(body), content_type="application/json", headers=dict(header)
    )
    assert answer.status_code == status, answer.content
    return answer.json()


def test_a_registered_message_has_a_sealed_proof_for_its_sender_alone(sender: Headers) -> None:
    assert _registered(sender()).status_code == 201
    row = Publication.objects.get()
    assert row.is_registered
    place = f"{BASE}/dispatchProofs/{row.proof}"
    assert Client().get(place, headers=sender()).status_code == 404  # not sealed yet

    papers.make(reference=row.proof, now=clock.now())

    answer = Client().get(place, headers=sender())
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert breaches(answer.content) == []
    root = PdfFileReader(BytesIO(answer.content)).root
    text = root["/AF"][0].get_object()["/EF"]["/F"].data.decode()
    for told in (str(row.uuid), fixtures.W1, row.evidence[0], "registered-1", SENDER):
        assert told in text
    status = _post("/searchMessageStatus", sender(), {"references": ["registered-1"]})
    assert status["items"][0]["dispatchProofId"] == row.proof
    _fits(status["items"][0], "MessageStatus")
    for stranger in (sender(enterprise=OTHER_FIRM), sender(EBOX_REGISTERED, enterprise=FIRM)):
        assert Client().get(place, headers=stranger).status_code == 404
    assert Client().get(place, headers=sender(EBOX_SENDER)).status_code == 403


def test_registered_mail_comes_by_its_own_path_and_no_other_message_does(sender: Headers) -> None:
    assert _registered(sender(EBOX_SENDER)).status_code == 403
    refused = _registered(sender(), messageTypeId="letter.official")
    assert refused.status_code == 400
    assert refused.json()["issues"][0]["name"] == "messageTypeId"
    assert not Publication.objects.exists()


def test_the_recipient_cannot_delete_it_and_the_proof_outlives_it(sender: Headers) -> None:
    _registered(sender())
    row = Message.objects.get()
    last = clock.now() + timedelta(days=3 * 366)

    assert upkeep.expire(now=last) == 1

    left = Publication.objects.get()
    assert left.removed_at == last
    assert left.proof
    assert left.evidence == row.publication.evidence


def test_a_message_is_linked_into_further_boxes_each_by_itself(sender: Headers) -> None:
    original = put(type="letter.official", business_data=(("dossier", "7"),))
    wanted = {
        "messageId": str(original),
        "senderOrganizationId": SENDER,
        "recipients": [
            {"recipient": {"eboxType": "enterprise", "id": OTHER_FIRM}, "reference": "l-1"},
            {"recipient": {"eboxType": "citizen", "id": fixtures.W1}, "reference": "l-2"},
            {"recipient": {"eboxType": "citizen", "id": CLERK}, "reference": "l-3"},
            {"recipient": {"eboxType": "enterprise", "id": "0712345631"}, "reference": "l-4"},
        ],
    }

    told = _post("/linkEboxMessage", sender(), wanted)["items"]

    assert [one.get("code", "") for one in told] == ["", "", "NO_DIGITAL_USER", "INVALID_INPUT"]
    for one in told:
        _fits(one, "LinkOutcome")
    linked = [message(one["messageId"]) for one in told[:2]]
    first = message(original)
    for row in linked:
        assert (row.subject, row.business_data) == (first.subject, first.business_data)
        assert [one.digest for one in queries.attachments(message_id=row.pk)] == [
            one.digest for one in queries.attachments(message_id=first.pk)
        ]
    again = _post("/linkEboxMessage", sender(), wanted)["items"]
    assert [one.get("messageId") for one in again] == [one.get("messageId") for one in told]
    assert Message.objects.count() == 3


@pytest.mark.parametrize("what", ["none", "foreign", "malformed", "registered"])
def test_what_cannot_be_linked_is_the_same_404(what: str, sender: Headers) -> None:
    if what == "registered":
        _registered(sender())
        number = str(Message.objects.get().uuid)
    else:
        number = {"none": "0" * 8 + "-0000-0000-0000-" + "0" * 12, "malformed": "x"}.get(
            what, str(put())
        )
    who = OTHER_FIRM if what == "foreign" else SENDER
    body = {
        "messageId": number,
        "senderOrganizationId": who,
        "recipients": [{"recipient": {"eboxType": "enterprise", "id": FIRM}, "reference": "l-1"}],
    }

    told = _post("/linkEboxMessage", sender(enterprise=who), body, 404)

    assert told["type"].endswith("resourceNotFound")


def test_linking_as_somebody_else_and_to_a_wrong_number_are_refused(sender: Headers) -> None:
    one = {"recipient": {"eboxType": "citizen", "id": "85073100131"}, "reference": "l-1"}
    body = {"messageId": str(put()), "senderOrganizationId": OTHER_FIRM, "recipients": [one]}

    assert _post("/linkEboxMessage", sender(), body, 403)["code"] == "INVALID_SENDER"

    told = _post("/linkEboxMessage", sender(), body | {"senderOrganizationId": SENDER}, 400)
    assert told["issues"][0]["name"] == "recipients[0].recipient.id"
    assert "85073100131" not in json.dumps(told)
    kind = {"recipient": {"eboxType": "ghost", "id": FIRM}, "reference": "l-1"}
    body |= {"senderOrganizationId": SENDER, "recipients": [kind]}
    told = _post("/linkEboxMessage", sender(), body, 400)
    assert told["issues"][0]["name"] == "recipients[0].recipient.eboxType"
    for recipients in ([], [one] * 101):
        _post("/linkEboxMessage", sender(), body | {"recipients": recipients}, 400)


def test_there_is_no_payment_data(sender: Headers) -> None:
    header = sender(EBOX_MESSAGES, enterprise=FIRM)

    answer = Client().get(f"{BASE}/ebox/messages/{put()}/paymentData", headers=header)

    assert answer.status_code == 404


def test_the_registry_tells_open_preferred_and_nothing_else(sender: Headers) -> None:
    boxes.prefer(
        box_id=reader(fixtures.W2).box_id, language="fr", mails_wanted="daily", code_word="",
        actor=of.himself(fixtures.W2), now=NOW, is_exclusive=True,
    )  # fmt: skip
    asked = [
        ("citizen", fixtures.W1, "ACTIVATED"),
        ("citizen", fixtures.W2, "PREFERRED"),
        ("citizen", CLERK, "BYPASS"),
        ("enterprise", FIRM, "BYPASS"),
        ("enterprise", "0999999922", "BYPASS"),
    ]
    users = {"users": [{"eboxType": kind, "id": number} for kind, number, _ in asked]}

    told = _post("/federationRegistry/checkDigitalUsers", sender(), users)["items"]

    assert [one["digitalUserStatus"] for one in told] == [status for *_, status in asked]
    assert [one["id"] for one in told] == [number for _, number, _ in asked]
    for one in told:
        _fits(one, "DigitalUser")
    put()  # the box of the enterprise opens by its first message
    told = _post("/federationRegistry/checkDigitalUsers", sender(), users)["items"]
    assert told[3]["digitalUserStatus"] == "ACTIVATED"
    seen = Lookup.objects.using("audit").filter(purpose="ebox.registry")
    assert seen.exists()
    for scope in (EBOX_SENDER, EBOX_REGISTERED, EBOX_MESSAGES):
        _post("/federationRegistry/checkDigitalUsers", sender(scope), users, 403)


def test_an_answer_reaches_the_sender_once_and_in_order(sender: Headers) -> None:
    uuid = put(type="letter.question", reference="q-1", niss=fixtures.W1)
    person = of.person(fixtures.W1)
    before = reader(fixtures.W1)
    for text in ("Oui.", "Oui.", "Voir aussi\nla suite."):
        replies.reply(
            reader=before, message=uuid, text=text, person_id=person.pk,
            actor=of.himself(fixtures.W1), now=NOW,
        )  # fmt: skip

    answer = Client().get(f"{BASE}/replies", headers=sender()).json()

    assert [one["text"] for one in answer["items"]] == ["Oui.", "Voir aussi\nla suite."]
    for one in answer["items"]:
        _fits(one, "Reply")
        assert (one["reference"], one["messageId"]) == ("q-1", str(uuid))
        assert one["author"]["id"] == fixtures.W1
    later = Client().get(
        f"{BASE}/replies?lastSequenceNbr={answer['lastSequenceNbr']}", headers=sender()
    )
    assert later.json()["items"] == []
    stranger = Client().get(f"{BASE}/replies", headers=sender(enterprise=OTHER_FIRM))
    assert stranger.json()["items"] == []
    assert Client().get(f"{BASE}/replies", headers=sender(EBOX_REGISTRY)).status_code == 403
    assert Lookup.objects.using("audit").filter(purpose="ebox.reply").exists()


def test_more_than_ten_answers_and_an_answer_to_another_kind_are_refused() -> None:
    person = of.person(fixtures.W1)

    def answer(uuid: Any, text: str) -> None:
        replies.reply(
            reader=reader(fixtures.W1), message=uuid, text=text, person_id=person.pk,
            actor=of.himself(fixtures.W1), now=NOW,
        )  # fmt: skip

    question = put(type="letter.question", niss=fixtures.W1)
    for number in range(replies.MOST):
        answer(question, f"{number}")
    with pytest.raises(ReplyRefused, match="many"):
        answer(question, "one more")
    with pytest.raises(ReplyRefused, match="not_answered"):
        answer(put(niss=fixtures.W1), "no")
    assert Reply.objects.count() == replies.MOST


def test_sc82_an_unread_message_about_to_expire_is_announced_seven_days_before() -> None:
    day = date(2026, 11, 24)
    unread = put(type="message.general", now=at(day))
    read = put(type="message.general", now=at(day))
    Message.objects.filter(uuid=read).update(read_at=at(day, "11:00"))
    expires_on = message(unread).expires_on

    alerts = []
    for days in (8, 7, 6):
        upkeep.night(now=at(expires_on - timedelta(days=days), "02:06"))
        alerts.append(Event.objects.filter(kind="documentExpirationAlert").count())

    assert alerts == [0, 1, 1]


def test_a_question_is_answered_on_its_page() -> None:
    uuid = put(type="letter.question", niss=fixtures.W1)
    person = signed_in(fixtures.W1)
    place = f"/ebox/messages/{uuid}/"

    empty = person.post(f"{place}reply/", {"text": ""})
    long = person.post(f"{place}reply/", {"text": "a" * 4001})
    done = person.post(f"{place}reply/", {"text": "Je viens <b>demain</b>."}, follow=True)

    assert (empty.status_code, long.status_code) == (422, 422)
    assert "a" * 4001 in long.content.decode()  # nothing that was typed is lost
    text = done.content.decode()
    assert "Je viens &lt;b&gt;demain&lt;/b&gt;." in text
    assert person.get(place).status_code == 200
    assert signed_in(fixtures.W2).post(f"{place}reply/", {"text": "x"}).status_code == 404
    other = put(niss=fixtures.W1)
    refused = person.post(f"/ebox/messages/{other}/reply/", {"text": "Bonjour"})
    assert refused.status_code == 422
    assert Reply.objects.count() == 1


def test_a_pdf_is_shown_in_its_page_and_nothing_else_is() -> None:
    uuid = put(
        niss=fixtures.W1, documents=(of.document(), of.document("a.csv", b"a;b\n1;2\n",
        media_type="text/csv")),
    )  # fmt: skip
    first, second = queries.attachments(message_id=message(uuid).pk)
    person = signed_in(fixtures.W1)
    place = f"/ebox/messages/{uuid}/"

    plain, shown = person.get(place), person.get(f"{place}?show={first.uuid}")
    framed = person.get(f"{place}documents/{first.uuid}/?shown=1")
    table = person.get(f"{place}documents/{second.uuid}/?shown=1")

    assert "<iframe" not in plain.content.decode()
    assert "frame-src 'none'" in plain["Content-Security-Policy"]
    assert f"{place}documents/{first.uuid}/?shown=1" in shown.content.decode()
    assert "frame-src 'self'" in shown["Content-Security-Policy"]
    assert "<iframe" not in person.get(f"{place}?show={second.uuid}").content.decode()
    assert framed["Content-Disposition"].startswith("inline")
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert table["Content-Disposition"].startswith("attachment")
    assert table["X-Frame-Options"] == "DENY"


def test_a_search_is_kept_used_renewed_and_removed() -> None:
    put(niss=fixtures.W1, subject="Crédit-temps")
    put(niss=fixtures.W1, subject="Chômage")
    person = signed_in(fixtures.W1)
    wanted = {"text": "credit", "sort": "subject", "name": "Mon crédit"}

    kept = person.post("/ebox/searches/", wanted)

    assert kept["Location"].startswith("/ebox/?search=")
    assert "credit" not in kept["Location"].lower()
    text = person.get(kept["Location"]).content.decode()
    assert "Crédit-temps" in text
    assert "Chômage" not in text
    person.post("/ebox/searches/", wanted | {"text": "chomage", "name": "MON CREDIT"})
    assert "Crédit-temps" not in person.get(kept["Location"]).content.decode()
    assert SavedSearch.objects.count() == 1
    number = SavedSearch.objects.get().pk
    other = signed_in(fixtures.W2)
    assert "Mon" not in other.get(f"/ebox/?search={number}").content.decode()
    assert other.post(f"/ebox/searches/{number}/remove/").status_code == 404
    assert person.post(f"/ebox/searches/{number}/remove/").status_code == 302
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("name", ["", " ", "a" * 61, "a\x07b"])
def test_a_search_without_a_good_name_is_not_kept_and_keeps_its_filters(name: str) -> None:
    put(niss=fixtures.W1)

    answer = signed_in(fixtures.W1).post("/ebox/searches/", {"text": "demande", "name": name})

    assert answer.status_code == 422
    assert 'value="demande"' in answer.content.decode()
    assert not SavedSearch.objects.exists()


def test_a_reader_keeps_twenty_searches() -> None:
    put(niss=fixtures.W1)
    box, person = reader(fixtures.W1).box_id, of.person(fixtures.W1)
    for number in range(saved.MOST):
        saved.keep(
            box_id=box, person_id=person.pk, name=f"s{number}", filters={"text": "x"}, now=NOW
        )

    answer = signed_in(fixtures.W1).post("/ebox/searches/", {"text": "y", "name": "one more"})

    assert answer.status_code == 422
    assert SavedSearch.objects.count() == saved.MOST


def test_the_head_of_every_page_counts_what_is_unread() -> None:
    for _number in range(2):
        put(niss=fixtures.W1)
    person = signed_in(fixtures.W1)

    text = person.get("/ebox/preferences/").content.decode()

    assert '<span class="g-num" aria-hidden="true">2</span>' in text
    Message.objects.update(read_at=NOW)
    assert "g-num" not in person.get("/ebox/preferences/").content.decode()


def test_the_head_counts_only_what_the_reader_may_see() -> None:
    put(type="decision.unemployment")
    put()

    def count(niss: str) -> bool:
        text = signed_in(niss, FIRM).get("/ebox/").content.decode()
        return '<span class="g-num" aria-hidden="true">2</span>' in text

    assert not count(CLERK)
    assert count(of.PERSONNEL)
