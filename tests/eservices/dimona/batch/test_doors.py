"""Files of declarations at their doors: D36 by REST, by the page, and who may do what."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import etree
from pytest_django import DjangoAssertNumQueries

from guichet.access.permissions import DIMONA, DIMONA_CONSULT, DIMONA_DECLARANT
from guichet.access.rights import give_right
from guichet.audit.models import Entry
from guichet.eservices.dimona import processing
from guichet.eservices.dimona.batch import operations
from guichet.eservices.dimona.batch.layout import NAMESPACE
from guichet.eservices.dimona.emergency import operations as emergency
from guichet.eservices.dimona.models import Declaration
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.exchanges.models import File
from tests.access.machine import machine
from tests.contracts.conformity import DIMONA as CONTRACT
from tests.contracts.conformity import assert_conforms
from tests.doors import Answer, Rest, rest
from tests.eservices.dimona import world
from tests.eservices.dimona.batch.files import whole, written
from tests.eservices.dimona.batch.test_reading import SCHEMA
from tests.eservices.dimona.test_api import lend
from tests.portal.browsing import signed_in, words

__all__ = ["rest"]
pytestmark = pytest.mark.django_db(databases=["default", "audit"])
BASE: Final = "/REST/dimona/v2"
BOTH: Final = (DIMONA_DECLARANT, DIMONA_CONSULT)
PAGE: Final = "/dimona/files/"
Caller = dict[str, str]


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: world.NOW)


def token(rest: Rest, enterprise: str = world.FIRM, scopes: tuple[str, ...] = BOTH) -> Caller:
    known = machine(enterprise_number=enterprise, permissions=(DIMONA,))
    return rest.caller(enterprise, scopes=scopes, of=known)


@pytest.fixture
def caller(rest: Rest) -> Caller:
    return token(rest)


def send(caller: Caller, content: bytes, kind: str = "application/xml") -> Answer:
    answer = Client().post(f"{BASE}/files", data=content, content_type=kind, headers=caller)
    return conforming("POST", "/files", answer)


def get(caller: Caller, path: str) -> Any:
    return conforming("GET", path, Client().get(BASE + path, headers=caller))


def conforming(verb: str, path: str, answer: Answer) -> Answer:
    assert_conforms(
        verb=verb, path=path, status=answer.status_code, headers=answer.headers,
        body=answer.content, file=CONTRACT,
    )  # fmt: skip
    return answer


def read_all() -> None:
    """What the worker does: read the files that wait, decide what they declare."""
    for row in File.objects.filter(state="received"):
        operations.read(file=row.pk, now=world.NOW)
    while processing.process(now=world.NOW).more:
        pass


def documents(caller: Caller, ticket: str) -> tuple[Any, Any]:
    """The receipt and the notifications; both follow the schema."""
    first = etree.fromstring(get(caller, f"/files/{ticket}/receipt").content)
    second = etree.fromstring(get(caller, f"/files/{ticket}/notifications").content)
    for one in (first, second):
        assert SCHEMA.validate(one), SCHEMA.error_log
    return first, second


def test_d36_a_file_of_a_thousand_forms_one_of_them_broken_is_answered_form_by_form(
    caller: Caller,
) -> None:
    forms: list[Any] = [world.cancel(600000000000 + at) for at in range(997)]
    forms[10:10] = [
        "<DimonaIn><Colour>red</Colour></DimonaIn>",
        world.an_in(),
        world.an_in(ssin="1"),
    ]
    content = written(forms, reference="wages-1")

    sent = send(caller, content)
    ticket = sent.json()["ticket"]
    assert sent.status_code == 201
    assert sent.json()["state"] == "received"
    read_all()

    state = get(caller, f"/files/{ticket}").json()
    assert (state["state"], state["forms"], state["refusedForms"]) == ("accepted", 1000, 1)
    assert (state["decidedForms"], state["isComplete"]) == (1000, True)
    receipt, told = documents(caller, ticket)
    assert (receipt.get("state"), receipt.get("forms")) == ("accepted", "1000")
    assert receipt.get("reference") == "wages-1"
    assert told.get("complete") == "true"
    assert [one.get("position") for one in told] == [str(at) for at in range(1, 1001)]
    assert [one.get("form") for one in told][9:13] == ["f10", "f11", "f12", "f13"]
    broken, good, wrong = told[10], told[11], told[12]
    assert broken.get("result") == "refused"
    assert dict(broken[0].attrib) == {"code": "unknownElement", "element": "DimonaIn/*"}
    assert good.get("result") == "A"
    assert good.get("period")
    assert wrong.get("result") == "B"
    assert [one.get("code") for one in wrong] == ["00024-003"]
    assert Declaration.objects.filter(channel="file", sender=world.FIRM).count() == 999


def test_d36_the_same_file_twice_is_declared_once(caller: Caller) -> None:
    content = written([world.an_in()])

    first, again = send(caller, content), send(caller, content)
    read_all()
    read_all()

    assert again.json()["ticket"] == first.json()["ticket"]
    assert again["Idempotency-Replayed"] == "true"
    assert Declaration.objects.count() == 1


def test_d36_another_file_under_the_same_reference_is_refused(caller: Caller, rest: Rest) -> None:
    send(caller, written([world.an_in()]))

    assert send(caller, written([world.an_in(), world.an_in()])).status_code == 422
    other = token(rest, world.OTHER)
    assert send(other, written([world.an_in(employer=world.OTHER)])).status_code == 201


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"no xml", "ACRF-901"),
        (b"<DimonaFile reference='a'/>", "ACRF-088"),
        (b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "ACRF-902"),
        (whole("<Form reference='a'>" + "<a>" * 5000), "ACRF-902"),
        (written([world.an_in()])[:-6], "ACRF-901"),
        (whole(""), "ACRF-905"),
    ],
)
def test_d36_a_file_that_breaks_the_frame_gets_a_receipt_and_declares_nothing(
    caller: Caller, content: bytes, code: str
) -> None:
    ticket = send(caller, content).json()["ticket"]
    read_all()

    assert get(caller, f"/files/{ticket}").json()["fault"] == code
    receipt, told = documents(caller, ticket)
    assert receipt[0].get("code") == code
    assert receipt[0].text
    assert (len(told), told.get("complete")) == (0, "false")
    assert not Declaration.objects.exists()


def test_an_employer_without_a_mandate_refuses_its_form_and_no_other(caller: Caller) -> None:
    content = written([world.an_in(), world.an_in(employer=world.OTHER)])
    ticket = send(caller, content).json()["ticket"]
    read_all()

    _receipt, told = documents(caller, ticket)

    assert [one.get("result") for one in told] == ["A", "refused"]
    assert told[1][0].get("code") == "noMandate"


def test_a_mandatary_declares_for_who_gave_the_mandate(rest: Rest) -> None:
    lend()  # of the firm, for the other one
    caller = token(rest, world.OTHER)
    ticket = send(caller, written([world.an_in()])).json()["ticket"]
    read_all()

    _receipt, told = documents(caller, ticket)

    assert [one.get("result") for one in told] == ["A"]


def test_d37_a_form_names_its_dossier_and_a_wrong_number_refuses_the_form_alone(
    caller: Caller,
) -> None:
    emergency.begin(reason="The register does not answer", actor=world.ACTOR, now=world.NOW)
    said = emergency.Announcement("in", "Karim Lemaire", world.TODAY, "Sofie")
    number = emergency.announce(
        enterprise=world.FIRM, sender=world.FIRM, said=said, actor=world.ACTOR, now=world.NOW
    )
    for at, given in enumerate((TicketNumber(number).formatted(), "x", "04E000000000Z")):
        content = written([world.an_in()], reference=f"file-{at}", dossier=given)
        assert SCHEMA.validate(etree.fromstring(content))
        ticket = send(caller, content).json()["ticket"]
        read_all()

        _receipt, [told] = documents(caller, ticket)

        if at == 0:
            assert Declaration.objects.get().dossier == number
        else:
            assert told.get("result") == "refused"
            assert told[0].get("code") == "dossierUnknown"
    assert Declaration.objects.count() == 1


@pytest.mark.parametrize("part", ["", "/receipt", "/notifications"])
def test_another_senders_file_and_none_are_the_same_404(
    caller: Caller, rest: Rest, part: str
) -> None:
    ticket = send(token(rest, world.OTHER), written([world.an_in()])).json()["ticket"]

    answers = {
        get(caller, f"/files/{one}{part}").content.replace(one.encode(), b"")
        for one in (ticket, "04B000000000Z", "1", "x" * 90)
    }

    bare = {re.sub(rb"urn:uuid:[0-9a-f-]+", b"", one) for one in answers}
    assert len(bare) == 1
    assert get(caller, f"/files/{ticket}{part}").status_code == 404


def test_who_may_only_consult_sends_no_file(rest: Rest) -> None:
    reader = token(rest, scopes=(DIMONA_CONSULT,))

    assert send(reader, written([world.an_in()])).status_code == 403
    assert not File.objects.exists()


def test_other_media_and_files_that_are_too_large_are_refused(caller: Caller) -> None:
    assert send(caller, b"{}", "application/json").status_code == 415
    large = b"x" * (10 * 1024 * 1024 + 1)
    assert send(caller, large).status_code == 413
    assert not File.objects.exists()


def test_a_file_leaves_its_lines_in_the_trail(caller: Caller) -> None:
    send(caller, written([world.an_in()]))
    read_all()

    actions = list(Entry.objects.order_by("pk").values_list("action", flat=True))
    assert "dimona.file.received" in actions
    assert "dimona.file.accepted" in actions
    assert actions.count("dimona.declaration.received") == 1


def test_the_schema_is_published(rest: Rest) -> None:
    answer = conforming("GET", "/doc/batchSchema", Client().get(f"{BASE}/doc/batchSchema"))

    assert etree.XMLSchema(etree.fromstring(answer.content))


# On the page


def clerk(*rights: str, enterprise: str = world.FIRM) -> Client:
    with transaction():
        for right in rights:
            give_right(
                niss=world.LOTTE, enterprise_number=enterprise, service=right,
                first_day=world.TODAY, actor=world.ACTOR, now=world.NOW,
            )  # fmt: skip
    return signed_in(world.LOTTE, enterprise)


def upload(client: Client, content: bytes) -> Any:
    file = SimpleUploadedFile("wages.xml", content, content_type="text/xml")
    return client.post(PAGE, {"file": file})


def test_d36_on_the_page_a_file_is_sent_followed_and_answered() -> None:
    client = clerk("dimona")
    assert "No file was sent yet" in words(client.get(PAGE).content.decode())

    sent = upload(client, written([world.an_in(), "<Colour/>"]))
    assert sent.status_code == 302
    waiting = client.get(sent["Location"]).content.decode()
    assert "Received, not read yet" in words(waiting)
    assert "http-equiv" in waiting
    read_all()

    done = client.get(sent["Location"]).content.decode()
    assert "2 of 2 forms have their answer" in words(done)
    assert "An element that the schema does not know" in words(done)
    assert "http-equiv" not in done
    assert world.KARIM not in done
    receipt = client.get(sent["Location"] + "receipt.xml")
    assert etree.fromstring(receipt.content).tag == f"{{{NAMESPACE}}}Receipt"
    assert "attachment" in receipt["Content-Disposition"]
    told = client.get(sent["Location"] + "notifications.xml")
    assert SCHEMA.validate(etree.fromstring(b"".join(told.streaming_content)))  # type: ignore[attr-defined]
    assert "ours-1" in words(client.get(PAGE).content.decode())


def test_a_refused_file_says_why_and_what_to_do() -> None:
    client = clerk("dimona")
    sent = upload(client, b"<a/>")
    read_all()

    page = words(client.get(sent["Location"]).content.decode())

    assert "Refused as a whole" in page
    assert "Use dimona-batch-v1.xsd." in page
    assert "Nothing of this file was declared." in page


@pytest.mark.parametrize("content", [b"", None])
def test_no_file_is_answered_beside_the_field(content: bytes | None) -> None:
    client = clerk("dimona")

    answer = client.post(PAGE, {}) if content is None else upload(client, content)

    assert answer.status_code == 422
    assert "file" in words(answer.content.decode()).lower()
    assert not File.objects.exists()


def test_the_same_reference_for_another_file_is_answered_beside_the_field() -> None:
    client = clerk("dimona")
    upload(client, written([world.an_in()]))

    answer = upload(client, written([world.cancel(1)]))

    assert answer.status_code == 422
    assert "stands for another file" in words(answer.content.decode())


def test_d39_who_only_consults_sends_no_file_and_sees_no_way_to() -> None:
    client = clerk("dimona_consult")

    assert "Send the file" not in client.get(PAGE).content.decode()
    assert upload(client, written([world.an_in()])).status_code == 403
    assert not File.objects.exists()


def test_another_enterprises_file_and_none_are_the_same_404() -> None:
    sent = upload(clerk("dimona", enterprise=world.OTHER), written([world.an_in()]))
    client = clerk("dimona")

    for place in (sent["Location"], PAGE + "04B000000000Z/", PAGE + "x/"):
        for part in ("", "receipt.xml", "notifications.xml"):
            assert client.get(place + part).status_code == 404


def test_a_long_file_is_shown_page_by_page_with_few_questions(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = clerk("dimona")
    sent = upload(client, written([world.cancel(600000000000 + at) for at in range(120)]))
    read_all()
    client.get(sent["Location"])

    with django_assert_max_num_queries(9):
        page = client.get(sent["Location"] + "?size=50&page=2").content.decode()

    assert "f51" in page
    assert "f50<" not in page


@pytest.mark.parametrize("role", ["visitor", "worker", "presence only", "consults", "declares"])
def test_d39_each_role_at_each_route_of_files(role: str) -> None:
    """Who may not look is refused; nobody is led to another's file."""
    sent = upload(clerk("dimona"), written([world.an_in()]))["Location"]
    client = {
        "visitor": Client,
        "worker": lambda: signed_in(world.KARIM),
        "presence only": lambda: _stranger("presence"),
        "consults": lambda: _stranger("dimona_consult"),
        "declares": lambda: _stranger("dimona"),
    }[role]()
    looks = {"visitor": 302, "consults": 200, "declares": 200}.get(role, 403)
    posts = {"declares": 422}.get(role, 403)

    for place in (PAGE, sent, sent + "receipt.xml", sent + "notifications.xml"):
        assert client.get(place).status_code == looks, place
    assert client.post(PAGE, {}).status_code == posts
    for place in (sent, sent + "receipt.xml", sent + "notifications.xml"):
        assert client.post(place, {}).status_code == 405


def _stranger(right: str) -> Client:
    with transaction():
        give_right(
            niss=world.PENSIONER, enterprise_number=world.FIRM, service=right,
            first_day=world.TODAY, actor=world.ACTOR, now=world.NOW,
        )  # fmt: skip
    return signed_in(world.PENSIONER, world.FIRM)
