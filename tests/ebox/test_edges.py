"""Edges of the e-Box: last moments, several changes at once, bytes and signs, odd references."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import pytest
from django.test import Client

from guichet.access.permissions import EBOX_MESSAGES, EBOX_SENDER, EBOX_SUMMARY
from guichet.demo import fixtures
from guichet.ebox import boxes, publishing, queries, reading, upkeep
from guichet.ebox.boxes import CodeRefused
from guichet.ebox.checking import PublicationRefused
from guichet.ebox.models import Box, Event, Message, Publication
from guichet.ebox.publishing import NoDigitalUser, ReferenceReused
from guichet.ebox.reading import UnknownMessage
from guichet.platform import clock
from guichet.rules.ebox import Act, ActRefused
from tests.access.machine import machine
from tests.doors import Rest, rest
from tests.ebox import boxes as of
from tests.ebox.boxes import FIRM, MANAGER, OTHER_FIRM, SENDER, TESTS, at, draft, message, put
from tests.portal.browsing import NOW, signed_in

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


def patch(path: str, body: Any, header: Mapping[str, str]) -> Any:
    """Change flags."""
    return Client().patch(
        f"{BASE}{path}", body, content_type="application/json", headers=dict(header)
    )


def test_several_changes_are_all_or_none(caller: Headers) -> None:
    mine, foreign = put(), put(enterprise_number=OTHER_FIRM)
    items = [{"messageId": str(one), "readStatus": "READ"} for one in (mine, foreign)]

    answer = patch("/ebox/messages", {"items": items}, caller())

    assert answer.status_code == 404
    assert message(mine).read_at is None
    assert not Event.objects.filter(message_uuid=mine, kind="readDocument").exists()


@pytest.mark.parametrize(
    "body",
    [
        {"readStatus": None},
        {"visible": "false"},
        {"visible": None},
        {"readStatus": "read"},
        {"items": []},
        {"subject": "x"},
    ],
)
def test_a_change_of_another_form_is_refused_and_changes_nothing(
    body: Any, caller: Headers
) -> None:
    uuid = put()

    answer = patch(f"/ebox/messages/{uuid}", body, caller())

    assert answer.status_code == 400
    assert (message(uuid).read_at, message(uuid).is_visible) == (None, True)


@pytest.mark.parametrize("published", [date(2026, 9, 29), date(2026, 4, 25)])
def test_eb1_a_message_is_gone_at_midnight_in_belgium_also_when_the_clock_changes(
    published: date, caller: Headers
) -> None:
    uuid = put(now=at(published))
    expires = message(uuid).expires_on
    midnight = datetime.combine(expires, datetime.min.time(), clock.BRUSSELS)
    last, reader = midnight - timedelta(seconds=1), of.reader()

    assert queries.message(reader=reader, uuid=uuid, now=last)
    assert upkeep.expire(now=last) == 0
    assert queries.message(reader=reader, uuid=uuid, now=midnight) is None
    document = queries.attachments(message_id=message(uuid).pk)[0]
    with pytest.raises(UnknownMessage):
        reading.open_document(
            reader=reader, message=uuid, document=document.uuid, actor=TESTS, now=midnight
        )
    assert upkeep.expire(now=midnight) == 1
    assert Publication.objects.get(uuid=uuid).removed_at == midnight


def test_eb11_a_registered_message_is_never_deleted_not_even_among_others() -> None:
    free = put()
    kept = put(type="letter.registered", registered=True)
    reader = of.reader()

    with pytest.raises(ActRefused, match="registered"):
        reading.carry_out(
            reader=reader, messages=[free, kept], act=Act.DELETE, actor=TESTS, now=NOW
        )

    assert message(free).deleted_at is None


def test_eb11_the_proof_of_a_registered_message_outlives_it() -> None:
    uuid = put(now=at(date(2026, 1, 5)), type="letter.registered", registered=True)
    expires = message(uuid).expires_on

    upkeep.expire(now=at(expires, "00:00"))

    row = Publication.objects.get(uuid=uuid)
    assert (row.is_registered, bool(row.proof), len(row.evidence)) == (True, True, 1)


def test_eb7_a_box_never_opened_leaves_nothing_behind() -> None:
    before = Box.objects.count(), Publication.objects.count()

    with pytest.raises(NoDigitalUser):
        publishing.publish(message=draft(niss=fixtures.W3), actor=TESTS, now=NOW)
    with pytest.raises(NoDigitalUser):
        publishing.publish(message=draft(enterprise_number=SENDER), actor=TESTS, now=NOW)

    assert (Box.objects.count(), Publication.objects.count()) == before


def test_eb8_the_same_call_again_after_the_consent_was_withdrawn_is_the_first_one() -> None:
    letter = draft(niss=fixtures.W1, reference="once")
    first = publishing.publish(message=letter, actor=TESTS, now=NOW)
    box = boxes.of_person(person_id=of.person(fixtures.W1).pk)
    assert box is not None
    boxes.withdraw(box_id=box.pk, actor=TESTS, now=NOW)

    again = publishing.publish(message=letter, actor=TESTS, now=NOW + timedelta(hours=1))

    assert (again.uuid, again.is_new, again.published_at) == (first.uuid, False, NOW)
    with pytest.raises(NoDigitalUser):
        publishing.publish(message=draft(niss=fixtures.W1), actor=TESTS, now=NOW)


@pytest.mark.parametrize(
    "changed",
    [
        {"subject": "Votre demande "},
        {"language": "nl"},
        {"enterprise_number": OTHER_FIRM},
        {"documents": (of.document("autre.pdf"),)},
        {"documents": (of.document(data=b"%PDF-1.7 another letter"),)},
        {"documents": (of.document(), of.document("b.pdf"))},
        {"due_on": date(2026, 12, 31)},
        {"body": "Texte"},
        {"business_data": (("dossier", "2"),)},
    ],
)
def test_a_reference_stands_for_its_message_to_the_last_sign(changed: dict[str, Any]) -> None:
    publishing.publish(message=draft(reference="ref"), actor=TESTS, now=NOW)

    with pytest.raises((ReferenceReused, PublicationRefused)):
        publishing.publish(message=draft(reference="ref", **changed), actor=TESTS, now=NOW)

    assert Message.objects.count() == 1


def test_the_reference_of_an_expired_message_is_not_free_again() -> None:
    old = put(now=at(date(2025, 1, 6)), reference="ref")
    upkeep.expire(now=NOW)
    assert not Message.objects.filter(uuid=old).exists()

    with pytest.raises(ReferenceReused):
        put(reference="ref", subject="Autre")
    assert put(reference="ref") == old


@pytest.mark.parametrize(
    ("given", "is_good"),
    [
        ({"business_data": (("clé", "é" * 128),)}, True),
        ({"business_data": (("clé", "é" * 129),)}, False),
        ({"business_data": (("é" * 129, "x"),)}, False),
        ({"subject": "é" * 255}, True),
        ({"subject": "é" * 256}, False),
        ({"subject": " "}, False),
        ({"subject": "a\u202eb"}, True),
        ({"subject": "a\nb"}, False),
        ({"attention_niss": fixtures.W3, "attention_name": "é" * 100}, True),
        ({"attention_niss": fixtures.W3, "attention_name": "é" * 101}, False),
        ({"documents": (of.document("é" * 76 + ".pdf"),)}, True),
        ({"documents": (of.document("é" * 77 + ".pdf"),)}, False),
        ({"documents": (of.document("../a.pdf"),)}, False),
        ({"documents": (of.document("a\u202efdp.exe.pdf"),)}, False),
        ({"documents": tuple(of.document(f"{n}.pdf") for n in range(6))}, True),
        ({"documents": tuple(of.document(f"{n}.pdf") for n in range(7))}, False),
        ({"documents": (), "body": "  "}, False),
    ],
)
def test_sc88_limits_are_counted_in_signs_and_business_data_in_bytes(
    given: dict[str, Any], is_good: bool
) -> None:
    if is_good:
        assert put(**given)
        return
    with pytest.raises(PublicationRefused):
        put(**given)
    assert not Publication.objects.exists()


@pytest.mark.parametrize(("seconds", "fault"), [(1_799, ""), (1_800, "late")])
def test_eb9_a_code_is_good_for_thirty_minutes_less_a_moment(seconds: int, fault: str) -> None:
    box = of.ask(fixtures.W3, now=NOW)
    code, moment = of.code(), NOW + timedelta(seconds=seconds)

    if not fault:
        assert boxes.confirm(box_id=box.pk, code=code, actor=TESTS, now=moment)
        return
    with pytest.raises(CodeRefused, match=fault):
        boxes.confirm(box_id=box.pk, code=code, actor=TESTS, now=moment)


def test_eb9_a_new_code_makes_the_old_one_worthless_and_the_tries_fresh() -> None:
    box = of.ask(fixtures.W3, now=NOW)
    old = of.code()
    for _at in range(5):
        with pytest.raises(CodeRefused, match="wrong"):
            boxes.confirm(box_id=box.pk, code="x", actor=TESTS, now=NOW)
    with pytest.raises(CodeRefused, match="tries"):
        boxes.confirm(box_id=box.pk, code=old, actor=TESTS, now=NOW)

    of.ask(fixtures.W3, now=NOW)
    new = of.code()

    if old != new:
        with pytest.raises(CodeRefused, match="wrong"):
            boxes.confirm(box_id=box.pk, code=old, actor=TESTS, now=NOW)
    assert boxes.confirm(box_id=box.pk, code=new, actor=TESTS, now=NOW)


def test_eb2_a_reminder_and_an_alert_come_on_their_day_and_not_the_night_before() -> None:
    published = date(2026, 3, 10)
    uuid = put(now=at(published, "23:59"))
    row = message(uuid)
    told = Event.objects.filter(message_uuid=uuid)

    upkeep.night(now=at(date(2026, 3, 25), "01:59"))
    assert not told.filter(kind="newDocumentReminder").exists()
    upkeep.night(now=at(date(2026, 3, 25), "02:00"))
    assert told.filter(kind="newDocumentReminder").count() == 1
    alert = row.expires_on - timedelta(days=7)
    upkeep.night(now=at(alert, "01:59"))
    assert not told.filter(kind="documentExpirationAlert").exists()
    upkeep.night(now=at(alert, "02:00"))
    upkeep.night(now=at(alert, "03:00"))
    assert told.filter(kind="documentExpirationAlert").count() == 1


def test_eb3_the_night_in_which_two_o_clock_does_not_exist_has_its_mail_too() -> None:
    put(now=datetime(2026, 3, 28, 15, 0, tzinfo=UTC))

    assert upkeep.night(now=datetime(2026, 3, 29, 0, 59, tzinfo=UTC)) == 0  # 01:59
    assert upkeep.night(now=datetime(2026, 3, 29, 1, 6, tzinfo=UTC)) == 1  # 03:06


def test_eb4_a_second_document_does_not_make_it_read_by_the_interface(caller: Headers) -> None:
    uuid = put(documents=(of.document(), of.document("annexe.pdf", b"%PDF-1.4 x")))
    first, second = queries.attachments(message_id=message(uuid).pk)
    header = caller()
    place = f"{BASE}/ebox/messages/{uuid}/attachments"

    assert Client().get(f"{place}/{second.uuid}/content", headers=header).status_code == 200
    assert message(uuid).read_at is None
    assert Client().get(f"{place}/{first.uuid}", headers=header).status_code == 200
    assert message(uuid).read_at is None
    assert Client().get(f"{place}/{first.uuid}/content", headers=header).status_code == 200
    assert message(uuid).read_at


def test_a_document_of_another_message_of_the_same_box_is_a_404(caller: Headers) -> None:
    one, other = put(), put(documents=(of.document("b.pdf"),))
    document = queries.attachments(message_id=message(other).pk)[0]
    header = caller()

    for wanted in (document.uuid, uuid4()):
        place = f"{BASE}/ebox/messages/{one}/attachments/{wanted}"
        assert Client().get(place, headers=header).status_code == 404
        assert Client().get(f"{place}/content", headers=header).status_code == 404
        page = f"/ebox/messages/{one}/documents/{wanted}/"
        assert _at_portal(page) == 404


def _at_portal(page: str) -> int:
    from tests.doors import at_portal

    with at_portal():
        return signed_in(MANAGER, FIRM).get(page).status_code


@pytest.mark.parametrize("query", ["page=0", "pageSize=101", "page=1&page=2", "receivedBefore=x",
                                   "receivedBefore=2026-01-01T00:00:00", "visible=1", "q=x",
                                   "q=x&qlang=en", "unknown=1", "readStatus=read"])  # fmt: skip
def test_sc87_every_other_query_is_a_400(query: str, caller: Headers) -> None:
    answer = Client().get(f"{BASE}/ebox/messages?{query}", headers=caller())

    assert answer.status_code == 400
    assert answer.json()["code"] == "INVALID_INPUT"


def test_words_with_signs_of_patterns_find_themselves_only(caller: Headers) -> None:
    put(subject="50% de l'allocation")
    put(subject="Autre lettre")
    header = caller()

    for word, count in (("50%25", 1), ("%25", 1), ("_", 0), ("%5C", 0), ("L%27ALLOCATION", 1)):
        answer = Client().get(f"{BASE}/ebox/messages?q={word}&qlang=fr", headers=header)
        assert answer.json()["total"] == count, word


def test_one_link_twice_into_one_box_is_two_references_or_one_message(caller: Headers) -> None:
    uuid, header = put(), caller(SENDER, EBOX_SENDER)
    recipient = {"eboxType": "enterprise", "id": OTHER_FIRM}
    wanted = {
        "messageId": str(uuid),
        "senderOrganizationId": SENDER,
        "recipients": [{"recipient": recipient, "reference": name} for name in ("a", "b", "a")],
    }

    answer = Client().post(
        f"{BASE}/linkEboxMessage", wanted, content_type="application/json", headers=header
    )

    first, second, third = answer.json()["items"]
    assert first["messageId"] == third["messageId"] != second["messageId"]
    assert Message.objects.filter(box__enterprise__number=OTHER_FIRM).count() == 2
