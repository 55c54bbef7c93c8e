"""Messages of Checkin@Work's web service: made, signed rightly or wrongly, sent, and read."""

import base64
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import xmlsec
from django.conf import settings
from django.test import Client
from lxml import etree

from guichet.access.permissions import CHECKIN_AT_WORK
from guichet.access.signed_messages import DS, WSSE, WSU
from guichet.demo.fixtures import E1, S2, W1
from guichet.eservices.presence.soap import contract
from guichet.eservices.presence.soap.contract import ERRORS, MESSAGES, TYPES
from guichet.eservices.presence.soap.faults import ENVELOPE
from tests.access.machine import Machine, der, machine, private_pem

Element = etree._Element
RSA_SHA1: Final = xmlsec.constants.TransformRsaSha1
PATH: Final = contract.PATH
_X509: Final = (
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3"
)


def channel(enterprise: str = E1, *permissions: str) -> Machine:
    """A channel that may call the service, unless it is given other permissions."""
    return machine(enterprise_number=enterprise, permissions=permissions or (CHECKIN_AT_WORK,))


def fields(parent: Element, **given: Any) -> Element:
    """Children in the types' namespace; an underscore stands for none, lists and dicts nest."""
    for name, value in given.items():
        for one in value if isinstance(value, list) else [value]:
            child = etree.SubElement(parent, f"{{{TYPES}}}{name}")
            if isinstance(one, dict):
                fields(child, **one)
            else:
                child.text = str(one)
    return parent


def message(name: str, child: str, *items: dict[str, Any]) -> Element:
    """A request with its items."""
    root = etree.Element(f"{{{MESSAGES}}}{name}", nsmap={"m": MESSAGES, "t": TYPES})
    for one in items:
        fields(etree.SubElement(root, f"{{{MESSAGES}}}{child}"), **one)
    return root


def registering(*items: dict[str, Any]) -> Element:
    """registerPresences of these."""
    return message("RegisterPresencesRequest", "PresenceRegistrationRequest", *items)


def item(**given: Any) -> dict[str, Any]:
    """W1 of E1 at S2, in the order of the schema; None leaves a member out."""
    members: dict[str, Any] = {
        "RegistrationDate": None, "INSS": W1, "CompanyID": int(E1), "LimosaId": None,
        "WorkPlaceId": S2, "ClientPresenceRegistrationReference": None,
    }  # fmt: skip
    return {name: value for name, value in (members | given).items() if value is not None}


def cancelling(*pairs: tuple[int, str]) -> Element:
    """cancelPresences of these receipts, for these reasons."""
    return message(
        "CancelPresencesRequest", "CancelPresenceRequest",
        *({"PresenceRegistrationId": number, "CancellationReason": why} for number, why in pairs),
    )  # fmt: skip


def period(first: str, last: str) -> dict[str, str]:
    """A period of a search."""
    return {"RegistrationPeriodStartDate": first, "RegistrationPeriodEndDate": last}


def searching(
    *periods: dict[str, str],
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    **further: Any,
) -> Element:
    """searchPresences; ``before`` and ``after`` the periods, ``further`` beside the criteria."""
    criteria: dict[str, Any] = dict(before or {})
    if periods:
        criteria["RegistrationPeriodList"] = {"RegistrationPeriod": list(periods)}
    criteria |= after or {}
    asked = {"SearchPresenceRegistrationCriteria": criteria, **further}
    return message("SearchPresencesRequest", "SearchPresenceRequest", asked)


def getting(number: int) -> Element:
    """getPresenceRegistration of one."""
    name = "GetPresenceRegistrationRequest"
    return message(name, name, {"PresenceRegistrationId": number})


def enveloped(body: Element | None, sender: Machine, *, created: datetime) -> Element:
    """An envelope with token and timestamp; nothing is signed yet."""
    root = etree.Element(f"{{{ENVELOPE}}}Envelope", nsmap={"s": ENVELOPE, "u": WSU, "w": WSSE})
    security = etree.SubElement(
        etree.SubElement(root, f"{{{ENVELOPE}}}Header"), f"{{{WSSE}}}Security"
    )
    token = etree.SubElement(security, f"{{{WSSE}}}BinarySecurityToken", ValueType=_X509)
    token.text = base64.encodebytes(der(sender.certificate)).decode()
    stamp = etree.SubElement(security, f"{{{WSU}}}Timestamp", {f"{{{WSU}}}Id": "stamp"})
    for name, moment in (("Created", created), ("Expires", created + timedelta(minutes=5))):
        etree.SubElement(stamp, f"{{{WSU}}}{name}").text = moment.astimezone(UTC).strftime(
            "%Y-%m-%dT%H:%M:%SZ"
        )
    holder = etree.SubElement(root, f"{{{ENVELOPE}}}Body", {f"{{{WSU}}}Id": "body"})
    if body is not None:
        holder.append(body)
    return root


def sign(
    root: Element,
    sender: Machine,
    *,
    parts: Sequence[str] = ("stamp", "body"),
    method: Any = xmlsec.constants.TransformRsaSha256,
) -> Element:
    """Sign the parts with these Ids."""
    security = root.find(f".//{{{WSSE}}}Security")
    assert security is not None
    signature = xmlsec.template.create(root, xmlsec.constants.TransformExclC14N, method)
    security.append(signature)
    context = xmlsec.SignatureContext()
    for one in parts:
        reference = xmlsec.template.add_reference(
            signature, xmlsec.constants.TransformSha256, uri=f"#{one}"
        )
        xmlsec.template.add_transform(reference, xmlsec.constants.TransformExclC14N)
        [element] = [e for e in root.iter(etree.Element) if e.get(f"{{{WSU}}}Id") == one]
        context.register_id(element, "Id", WSU)
    context.key = xmlsec.Key.from_memory(private_pem(sender.key), xmlsec.constants.KeyDataFormatPem)
    context.sign(signature)
    return root


class Wire:
    """Sends messages as one channel does, at one moment; checks every answer by the schema."""

    def __init__(self, sender: Machine, now: Callable[[], datetime]) -> None:
        self.sender = sender
        self.now = now
        self._client = Client()
        self._sent = 0

    def signed(self, body: Element | None) -> bytes:
        """A message as it should be; two alike are never the same."""
        self._sent += 1
        created = self.now() - timedelta(seconds=self._sent % 200)
        return etree.tostring(sign(enveloped(body, self.sender, created=created), self.sender))

    def post(self, raw: bytes, **headers: str) -> Any:
        """The answer to these bytes."""
        given = {"content_type": "text/xml; charset=utf-8"} | headers
        return self._client.post(PATH, data=raw, **given)  # type: ignore[arg-type]

    def call(self, body: Element) -> Element:
        """What the body of a good answer holds."""
        answer = self.post(self.signed(body))
        assert answer.status_code == 200, answer.content
        found = etree.fromstring(answer.content)[0][0]
        assert contract.fits(found), answer.content
        return found

    def fault(self, raw: bytes, **headers: str) -> str:
        """The code of the fault with which these bytes are answered."""
        answer = self.post(raw, **headers)
        assert answer.status_code == 500, answer.content
        return code_of(answer.content)


def code_of(content: bytes) -> str:
    """The code in a fault that follows the schema of errors."""
    folder = settings.REPOSITORY / "contracts" / "PresenceRegistration"
    schema = etree.XMLSchema(file=str(folder / "socsec-errors-schema-v1.xsd"))
    detail = etree.fromstring(content)[0][0].find("detail")
    assert detail is not None
    schema.assertValid(detail[0])
    return str(detail[0].findtext(f"{{{ERRORS}}}Code"))


def texts(parent: Element, name: str) -> list[str]:
    """The texts of every descendant of this name in the types' namespace."""
    return [one.text or "" for one in parent.iter(f"{{{TYPES}}}{name}")]


def signature_of(root: Element) -> Element:
    """The signature in an envelope."""
    found = root.find(f".//{{{DS}}}Signature")
    assert found is not None
    return found
