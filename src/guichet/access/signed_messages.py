"""Reading the signature of a SOAP message (WS-Security, X.509 token) so that nothing slips past it.

The body and the timestamp that are handed back are the very elements that were signed: nothing is
looked up again by name or by Id. No Django here. Source: OASIS WS-Security 1.0, X.509 Certificate
Token Profile; specification 1.11 of the SOAP service PresenceRegistration.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import xmlsec
from lxml import etree

Element = etree._Element

_WSS: Final = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss"
WSSE: Final = f"{_WSS}-wssecurity-secext-1.0.xsd"
WSU: Final = f"{_WSS}-wssecurity-utility-1.0.xsd"
DS: Final = "http://www.w3.org/2000/09/xmldsig#"
_X509: Final = f"{_WSS}-x509-token-profile-1.0#X509v3"
_ENVELOPED: Final = f"{DS}enveloped-signature"
_EXCLUSIVE: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"
_SIGNATURES: Final = {
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
}
_DIGESTS: Final = {
    "http://www.w3.org/2001/04/xmlenc#sha256",
    "http://www.w3.org/2001/04/xmlenc#sha512",
}
_SAML: Final = re.compile(r"urn:oasis:names:tc:SAML:[\d.]+:assertion")
_REFERENCES: Final = 5
_LONGEST_TOKEN: Final = 20_000
# Clocks differ: five minutes either way, and no message lives longer than an hour.
GRACE: Final = timedelta(minutes=5)
LONGEST_LIFE: Final = timedelta(hours=1)
_MOMENT: Final = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", re.ASCII
)


class SignatureRefused(Exception):
    """The message does not prove who sent it; `str()` is a sentence for its maker."""


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """A message whose parts stand where they must; `verify` says whether they are signed."""

    body: Element
    timestamp: Element
    signature: Element
    signed: tuple[Element, ...]
    certificate: bytes

    @property
    def thumbprint(self) -> str:
        """SHA-256 of the certificate in DER form, 64 hexadecimal digits in lower case."""
        return hashlib.sha256(self.certificate).hexdigest()

    def digest(self) -> str:
        """What is the same for a message sent twice, however its signature is written.

        Of what is signed and not of the signature's value: base64 has many forms, and an ECDSA
        signature a valid twin.
        """
        info = self.signature.find(f"{{{DS}}}SignedInfo")
        assert info is not None
        plain: bytes = etree.tostring(info, method="c14n", exclusive=True, with_comments=False)
        return hashlib.sha256(plain).hexdigest()

    def verify(self) -> None:
        """Check the signature with the message's own certificate; raises SignatureRefused.

        Whose certificate it is, the caller asks by `thumbprint`.
        """
        context = xmlsec.SignatureContext()
        try:
            context.key = xmlsec.Key.from_memory(
                self.certificate, xmlsec.constants.KeyDataFormatCertDer
            )
            for one in self.signed:
                context.register_id(one, "Id", WSU if f"{{{WSU}}}Id" in one.attrib else None)
            context.verify(self.signature)
        except (xmlsec.Error, ValueError, TypeError):
            raise SignatureRefused("The signature does not fit the message.") from None

    def expires_at(self, *, now: datetime) -> datetime:
        """When the message is too old, grace included; raises SignatureRefused if not fresh."""
        created = _moment(self.timestamp, "Created")
        expires = min(_moment(self.timestamp, "Expires"), created + LONGEST_LIFE)
        if created > now + GRACE:
            raise SignatureRefused("The timestamp lies in the future; set the clock right.")
        if expires <= created or now >= expires + GRACE:
            raise SignatureRefused("The timestamp has expired; sign each message when it is sent.")
        return expires + GRACE


def read(*, envelope: Element, header: Element | None, body: Element) -> SignedMessage:
    """Find what is signed and refuse what could mean something else; raises SignatureRefused.

    ``header`` and ``body`` are the only ones of this ``envelope``.
    """
    security = _one(header, f"{{{WSSE}}}Security", "The message has no WS-Security header.")
    if any(_SAML.fullmatch(etree.QName(child).namespace or "") for child in security):
        raise SignatureRefused(
            "SAML assertions are not accepted here: sign with the X.509 certificate of a channel."
        )
    timestamp = _one(security, f"{{{WSU}}}Timestamp", "The message has no timestamp.")
    token = _one(security, f"{{{WSSE}}}BinarySecurityToken", "The message has no X.509 token.")
    signature = _one(security, f"{{{DS}}}Signature", "The message has no signature.")
    ids = _ids(envelope)
    signed = _signed(signature, ids)
    if not any(one is body for one in signed):
        raise SignatureRefused("The body is not signed.")
    if not any(one is timestamp for one in signed):
        raise SignatureRefused("The timestamp is not signed.")
    return SignedMessage(body, timestamp, signature, signed, _certificate(token))


def _one(parent: Element | None, name: str, sentence: str) -> Element:
    found = [] if parent is None else parent.findall(name)
    if len(found) != 1:
        raise SignatureRefused(sentence if not found else "A part of the header stands twice.")
    return found[0]


def _ids(envelope: Element) -> dict[str, Element]:
    """Every Id of the document, whatever its namespace; each may stand once."""
    found: dict[str, Element] = {}
    for element in envelope.iter(etree.Element):
        for name, value in element.attrib.items():
            if etree.QName(name).localname.lower() != "id":
                continue
            if str(value) in found and found[str(value)] is not element:
                raise SignatureRefused("Two elements have the same Id.")
            found[str(value)] = element
    return found


def _signed(signature: Element, ids: dict[str, Element]) -> tuple[Element, ...]:
    info = _one(signature, f"{{{DS}}}SignedInfo", "The signature names nothing.")
    _check_algorithm(info, "CanonicalizationMethod", {_EXCLUSIVE})
    _check_algorithm(info, "SignatureMethod", _SIGNATURES)
    references = info.findall(f"{{{DS}}}Reference")
    if not 1 <= len(references) <= _REFERENCES:
        raise SignatureRefused("The signature names too many parts, or none.")
    return tuple(_referenced(one, ids) for one in references)


def _referenced(reference: Element, ids: dict[str, Element]) -> Element:
    uri = reference.get("URI", "")
    element = ids.get(uri[1:]) if uri.startswith("#") else None
    if element is None:
        raise SignatureRefused("The signature names a part that is not in the message.")
    if element.get(f"{{{WSU}}}Id", element.get("Id")) != uri[1:]:
        raise SignatureRefused("A signed part is named by its wsu:Id.")
    _check_algorithm(reference, "DigestMethod", _DIGESTS)
    transforms = reference.findall(f"{{{DS}}}Transforms/{{{DS}}}Transform")
    named = [one.get("Algorithm") for one in transforms]
    # Some libraries name the enveloped signature too: it takes nothing out of these parts.
    if named not in ([_EXCLUSIVE], [_ENVELOPED, _EXCLUSIVE]):
        raise SignatureRefused("The transform of a signed part is exclusive canonicalisation.")
    return element


def _check_algorithm(parent: Element, name: str, allowed: set[str]) -> None:
    method = _one(parent, f"{{{DS}}}{name}", f"The signature lacks {name}.")
    if method.get("Algorithm") not in allowed:
        raise SignatureRefused(f"{name} is not accepted: use SHA-256 and exclusive XML c14n.")


def _certificate(token: Element) -> bytes:
    text = "".join((token.text or "").split())
    if token.get("ValueType") != _X509 or len(token) or len(text) > _LONGEST_TOKEN:
        raise SignatureRefused("The token is not one X.509 certificate (X509v3).")
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise SignatureRefused("The token is not in base64.") from None


def _moment(timestamp: Element, name: str) -> datetime:
    element = _one(timestamp, f"{{{WSU}}}{name}", f"The timestamp lacks {name}.")
    text = (element.text or "").strip()
    if not _MOMENT.fullmatch(text):
        raise SignatureRefused(f"{name} is not a moment with its offset.")
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        raise SignatureRefused(f"{name} is not a moment.") from None
