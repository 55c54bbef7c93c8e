"""Messages of Checkin@Work's web service that prove nothing, mean two things, or do harm."""

import copy
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import pytest
from lxml import etree

from guichet.access import channels
from guichet.access.permissions import CHECK_IN_AND_OUT
from guichet.access.signed_messages import DS, WSSE, WSU
from guichet.audit.models import Entry
from guichet.demo.fixtures import E1, E3
from guichet.eservices.presence.soap import calls
from guichet.eservices.presence.soap.envelope import LARGEST
from guichet.eservices.presence.soap.faults import ENVELOPE
from guichet.platform import clock
from tests.access.machine import TESTER, machine, rsa_key
from tests.doors import rest
from tests.eservices.presence.days_world import loaded, stored
from tests.eservices.presence.soap_world import (
    RSA_SHA1,
    Element,
    Wire,
    channel,
    enveloped,
    getting,
    item,
    registering,
    sign,
    signature_of,
    texts,
)
from tests.eservices.presence.validation_world import NOW

__all__ = ["rest"]
pytestmark = pytest.mark.django_db(databases=["default", "audit"])
_E: Final = f"{{{ENVELOPE}}}"
Change = Callable[[Element], object]


@pytest.fixture
def wire(rest: Any, monkeypatch: pytest.MonkeyPatch) -> Wire:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    loaded()
    return Wire(channel(), lambda: NOW)


def whole(wire: Wire) -> Element:
    """A good message that registers one presence."""
    root = enveloped(registering(item()), wire.sender, created=NOW)
    return sign(root, wire.sender)


def test_p75_unsigned_timestamp_wrong_certificate_or_no_permission(wire: Wire) -> None:
    unsigned = enveloped(registering(item()), wire.sender, created=NOW)
    sign(unsigned, wire.sender, parts=["body"])
    assert wire.fault(etree.tostring(unsigned)) == "SOA-01001"

    other = machine(enterprise_number=E3, key=rsa_key("soap"))
    mixed = enveloped(registering(item()), wire.sender, created=NOW)
    assert wire.fault(etree.tostring(sign(mixed, other))) == "SOA-01001"

    token_only = Wire(channel(E1, CHECK_IN_AND_OUT), lambda: NOW)
    assert token_only.fault(token_only.signed(registering(item()))) == "SOA-01002"
    assert Entry.objects.using("audit").filter(action="presence.message.refused").count() == 1
    assert stored() == 0


def _move_body(root: Element) -> None:
    """The signed body moves into the header; another one stands in its place."""
    body = root.find(f"{_E}Body")
    header = root.find(f"{_E}Header")
    assert body is not None
    assert header is not None
    forged = copy.deepcopy(body)
    forged.set(f"{{{WSU}}}Id", "forged")
    root.replace(body, forged)
    etree.SubElement(header, "Wrapper").append(body)


def _same_id(root: Element) -> None:
    _move_body(root)
    body = root.find(f"{_E}Body")
    assert body is not None
    body.set(f"{{{WSU}}}Id", "body")


def _no_id(root: Element) -> None:
    _move_body(root)
    body = root.find(f"{_E}Body")
    assert body is not None
    del body.attrib[f"{{{WSU}}}Id"]


def _in_the_signature(root: Element) -> None:
    """The signed body moves into an Object of the signature."""
    _move_body(root)
    signature, wrapper = signature_of(root), root.find(f"{_E}Header/Wrapper")
    assert wrapper is not None
    etree.SubElement(signature, f"{{{DS}}}Object").append(wrapper[0])


def _second_body(root: Element) -> None:
    body = root.find(f"{_E}Body")
    assert body is not None
    forged = copy.deepcopy(body)
    forged.attrib.clear()
    root.insert(1, forged)


def _other_stamp(root: Element) -> None:
    """The signed timestamp moves aside; a fresher one stands in its place."""
    stamp = root.find(f".//{{{WSU}}}Timestamp")
    assert stamp is not None
    parent = stamp.getparent()
    assert parent is not None
    fresh = copy.deepcopy(stamp)
    fresh.set(f"{{{WSU}}}Id", "fresh")
    parent.replace(stamp, fresh)
    etree.SubElement(parent, "Aside").append(stamp)


def _text(name: str, text: str) -> Change:
    def change(root: Element) -> None:
        [element] = [e for e in root.iter(etree.Element) if etree.QName(e).localname == name]
        element.text = text

    return change


def _attribute(path: str, value: str) -> Change:
    def change(root: Element) -> None:
        for element in root.iterfind(path):
            element.set("Algorithm", value)

    return change


def _indent(root: Element) -> None:
    etree.indent(root, space="  ")


def _without(name: str) -> Change:
    def change(root: Element) -> None:
        for element in list(root.iter(name)):
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)

    return change


def _twice(name: str) -> Change:
    def change(root: Element) -> None:
        element = next(root.iter(name))
        element.addnext(copy.deepcopy(element))

    return change


def _saml(root: Element) -> None:
    security = root.find(f".//{{{WSSE}}}Security")
    assert security is not None
    etree.SubElement(security, "{urn:oasis:names:tc:SAML:1.0:assertion}Assertion")


FORGED: Final[dict[str, Change]] = {
    "another body": _move_body,
    "another body with the same Id": _same_id,
    "another body without Id": _no_id,
    "the body inside the signature": _in_the_signature,
    "another timestamp": _other_stamp,
    "a changed body": _text("WorkPlaceId", "1Y103CFZGY9WZ"),
    "a changed timestamp": _text("Created", "2026-03-02T05:00:01Z"),
    "indented": _indent,
    "no header": _without(f"{_E}Header"),
    "no security": _without(f"{{{WSSE}}}Security"),
    "no timestamp": _without(f"{{{WSU}}}Timestamp"),
    "no token": _without(f"{{{WSSE}}}BinarySecurityToken"),
    "no signature": _without(f"{{{DS}}}Signature"),
    "no SignedInfo": _without(f"{{{DS}}}SignedInfo"),
    "no references": _without(f"{{{DS}}}Reference"),
    "two signatures": _twice(f"{{{DS}}}Signature"),
    "two tokens": _twice(f"{{{WSSE}}}BinarySecurityToken"),
    "two timestamps": _twice(f"{{{WSU}}}Timestamp"),
    "a token that is no base64": _text("BinarySecurityToken", "?"),
    "a token that is no certificate": _text("BinarySecurityToken", "AAAA"),
    "HMAC": _attribute(
        f".//{{{DS}}}SignatureMethod", "http://www.w3.org/2000/09/xmldsig#hmac-sha1"
    ),
    "SHA-1 digests": _attribute(
        f".//{{{DS}}}DigestMethod", "http://www.w3.org/2000/09/xmldsig#sha1"
    ),
    "XSLT": _attribute(f".//{{{DS}}}Transform", "http://www.w3.org/TR/1999/REC-xslt-19991116"),
    "other c14n": _attribute(
        f".//{{{DS}}}CanonicalizationMethod", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
    ),
    "SAML": _saml,
}


@pytest.mark.parametrize("name", FORGED)
def test_what_proves_nothing_is_refused(wire: Wire, name: str) -> None:
    root = etree.fromstring(etree.tostring(whole(wire)))
    FORGED[name](root)

    assert wire.fault(etree.tostring(root)) == "SOA-01001"
    assert stored() == 0


def test_two_bodies_are_no_envelope(wire: Wire) -> None:
    root = whole(wire)
    _second_body(root)

    assert wire.fault(etree.tostring(root)) == "SOA-03002"


def test_sha1_signatures_are_refused(wire: Wire) -> None:
    root = enveloped(registering(item()), wire.sender, created=NOW)
    sign(root, wire.sender, method=RSA_SHA1)

    assert wire.fault(etree.tostring(root)) == "SOA-01001"


def test_a_message_is_taken_once_however_it_is_written(wire: Wire) -> None:
    raw = etree.tostring(whole(wire))

    assert wire.post(raw).status_code == 200
    assert wire.fault(raw) == "SOA-01001"
    spaced = raw.replace(b"<w:Security>", b"<w:Security >").replace(
        b"</ds:SignatureValue>", b"\n\n</ds:SignatureValue>"
    )
    value = etree.fromstring(raw).find(f".//{{{DS}}}SignatureValue")
    assert value is not None
    assert value.text
    assert wire.fault(spaced) == "SOA-01001"
    assert stored() == 1


@pytest.mark.parametrize(
    ("minutes", "is_fresh"), [(-11, False), (-9, True), (0, True), (4, True), (6, False)]
)
def test_a_timestamp_is_fresh(wire: Wire, minutes: int, is_fresh: bool) -> None:
    created = NOW + timedelta(minutes=minutes)
    root = sign(enveloped(registering(item()), wire.sender, created=created), wire.sender)

    assert (wire.post(etree.tostring(root)).status_code == 200) is is_fresh


def test_a_suspended_channel_and_a_withdrawn_certificate_prove_nothing(wire: Wire) -> None:
    body = getting(260302000000001)
    assert wire.post(wire.signed(body)).status_code == 200
    channels.suspend_channel(client_id=wire.sender.client_id, actor=TESTER, now=NOW)
    assert wire.fault(wire.signed(body)) == "SOA-01001"


def test_a_comment_cannot_divide_a_value(wire: Wire) -> None:
    raw = etree.tostring(whole(wire)).replace(b"1Y103CF8204TZ", b"1Y103<!-- x -->CF8204TZ")

    answer = wire.post(raw)

    assert answer.status_code == 200
    assert texts(etree.fromstring(answer.content), "WorkPlaceId") == ["1Y103CF8204TZ"]


DEEP: Final = b"<a>" * 1_000_000 + b"</a>" * 1_000_000
SOAP: Final = b'<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/">%b</e:Envelope>'
BOMB: Final = b'<!DOCTYPE e [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><e>&b;</e>'


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"hello", "SOA-03001"), (b"<a", "SOA-03001"), (DEEP, "SOA-03001"),
        (SOAP % (b"<e:Body>" + b"<a>" * 100_000), "SOA-03001"),
        (b"<a>" + b" " * LARGEST + b"</a>", "SOA-03001"), (BOMB, "SOA-03004"),
        (b"<a>" + b"x" * 25_000_000 + b"</a>", "SOA-03001"),
        (BOMB.decode().encode("utf-16"), "SOA-03001"),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', "SOA-03001"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "SOA-03004"),
        (SOAP % b"<?run this?><e:Body/>", "SOA-03004"),
        (b"<a/>", "SOA-03002"), (SOAP % b"", "SOA-03003"), (SOAP % b"<e:Header/>", "SOA-03003"),
        (b'<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body/></e:Envelope>',
         "SOA-03002"),
        (SOAP % b"<e:Body/><other/>", "SOA-03002"),
    ],
    ids=range(16),
)  # fmt: skip
def test_hostile_bytes_get_their_fault(wire: Wire, raw: bytes, expected: str) -> None:
    assert wire.fault(raw) == expected


def test_other_faults_of_form(wire: Wire) -> None:
    good = wire.signed(registering(item()))
    assert wire.fault(good, content_type="application/json") == "SOA-03004"
    assert wire.fault(wire.signed(None)) == "SOA-03003"
    assert wire.fault(wire.signed(etree.Element("other"))) == "SOA-03005"
    wrong = {"HTTP_SOAPACTION": '"http://socialsecurity.be/presenceregistration/v1/other"'}
    assert wire.fault(wire.signed(registering(item())), **wrong) == "SOA-03005"
    assert wire.fault(wire.signed(registering(item(RegistrationDate="x")))) == "SOA-03006"
    strange = registering(item(RegistrationDate="12026-03-02"))
    assert wire.fault(wire.signed(strange)) == "SOA-03006"


def test_an_accident_is_a_fault_without_its_cause(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(calls.operations, "register", fail)
    answer = wire.post(wire.signed(registering(item())))

    assert b"SOA-02001" in answer.content
    assert b"secret" not in answer.content
