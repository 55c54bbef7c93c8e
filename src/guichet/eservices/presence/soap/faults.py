"""Faults of the web service: the platform's codes, in the shape of its errors schema.

Source: specification 1.11 of the SOAP service PresenceRegistration (SOA-00001 to SOA-03007).
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from lxml import etree

from guichet.eservices.presence.soap.contract import ERRORS

ENVELOPE: Final = "http://schemas.xmlsoap.org/soap/envelope/"


@dataclass(frozen=True, slots=True)
class _Kind:
    code: str
    text: str
    is_consumers: bool = True
    retry: bool = False


class Code(Enum):
    """What went wrong, who mends it, and whether the same message may be sent again."""

    NOT_AUTHENTICATED = _Kind("SOA-01001", "The message does not prove who sent it.")
    NOT_AUTHORISED = _Kind("SOA-01002", "This channel may not call this service.")
    UNEXPECTED = _Kind("SOA-02001", "The service failed; do not send this again.", False)
    TEMPORARY = _Kind("SOA-02002", "The service is busy; send this again later.", False, True)
    MALFORMED = _Kind("SOA-03001", "The message is not well-formed XML.")
    NOT_SOAP = _Kind("SOA-03002", "The message is not a SOAP 1.1 envelope.")
    NO_BODY = _Kind("SOA-03003", "The message has no body, or an empty one.")
    NOT_WSI = _Kind("SOA-03004", "The message does not follow WS-I Basic Profile.")
    NOT_WSDL = _Kind("SOA-03005", "The WSDL has no such operation.")
    NOT_XSD = _Kind("SOA-03006", "The message does not follow the schema.")
    CONTENT = _Kind("SOA-03007", "The contents of the message contradict each other.")


class Fault(Exception):
    """The call ends with this fault; ``detail`` says more than the sentence of its code."""

    def __init__(self, code: Code, detail: str = "") -> None:
        super().__init__(code.value.code)
        self.code = code
        self.detail = detail


def rendered(fault: Fault, *, trace_id: str, environment: str) -> bytes:
    """The envelope that carries a fault; ``environment``: ``simulation`` or ``production``."""
    kind = fault.code.value
    envelope = etree.Element(f"{{{ENVELOPE}}}Envelope", nsmap={"soapenv": ENVELOPE})
    body = etree.SubElement(envelope, f"{{{ENVELOPE}}}Body")
    element = etree.SubElement(body, f"{{{ENVELOPE}}}Fault")
    side = "Client" if kind.is_consumers else "Server"
    etree.SubElement(element, "faultcode").text = f"soapenv:{side}"
    etree.SubElement(element, "faultstring").text = f"{kind.code}: {kind.text}"
    detail = etree.SubElement(element, "detail")
    name = f"{{{ERRORS}}}SystemError"
    error = etree.SubElement(detail, name, nsmap={"err": ERRORS}, Id=trace_id)
    for member, text in (
        ("Origin", "Consumer" if kind.is_consumers else "Provider"),
        ("Code", kind.code),
        ("Message", f"{kind.text} {fault.detail}".strip()),
        ("Retry", "true" if kind.retry else "false"),
        ("Environment", environment.capitalize()),
    ):
        etree.SubElement(error, f"{{{ERRORS}}}{member}").text = text
    return bytes(etree.tostring(envelope, xml_declaration=True, encoding="UTF-8"))
