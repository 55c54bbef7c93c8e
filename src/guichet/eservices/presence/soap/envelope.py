"""Taking a SOAP 1.1 envelope apart, however hostile, and wrapping an answer."""

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from guichet.eservices.presence.soap.faults import ENVELOPE, Code, Fault

# 200 registrations with their signature are a quarter of this.
LARGEST: Final = 2 * 1024 * 1024
_DECLARED: Final = re.compile(rb"""\A<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ENCODINGS: Final = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_MARK: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Envelope:
    """The parts of a message."""

    root: etree._Element
    header: etree._Element | None
    body: etree._Element

    @property
    def message(self) -> etree._Element:
        """What the body carries; raises Fault when it is not one element."""
        children = list(self.body)
        if not children:
            raise Fault(Code.NO_BODY)
        if len(children) > 1:
            raise Fault(Code.NOT_WSI, "The body holds one element.")
        return children[0]


def opened(raw: bytes) -> Envelope:
    """The envelope in these bytes; raises Fault.

    Comments are dropped before anything is read: what is signed leaves them out, so they must
    not be able to divide a value either.
    """
    root = _parsed(_plain(raw))
    if root.tag != f"{{{ENVELOPE}}}Envelope":
        raise Fault(Code.NOT_SOAP)
    headers = root.findall(f"{{{ENVELOPE}}}Header")
    bodies = root.findall(f"{{{ENVELOPE}}}Body")
    if not bodies:
        raise Fault(Code.NO_BODY)
    if len(bodies) > 1 or len(headers) > 1 or len(root) != len(bodies) + len(headers):
        raise Fault(Code.NOT_SOAP, "An envelope holds one header and one body.")
    return Envelope(root, headers[0] if headers else None, bodies[0])


def wrapped(answer: etree._Element) -> bytes:
    """The bytes of an envelope around an answer."""
    envelope = etree.Element(f"{{{ENVELOPE}}}Envelope", nsmap={"soapenv": ENVELOPE})
    etree.SubElement(envelope, f"{{{ENVELOPE}}}Body").append(answer)
    return bytes(etree.tostring(envelope, xml_declaration=True, encoding="UTF-8"))


def _plain(raw: bytes) -> bytes:
    if len(raw) > LARGEST:
        raise Fault(Code.MALFORMED, f"A message has at most {LARGEST} bytes.")
    text = raw.removeprefix(_MARK)
    declared = _DECLARED.match(text)
    is_other = declared is not None and declared[1].lower() not in _ENCODINGS
    # In another encoding a document type could hide from the look below.
    if not text.startswith(b"<") or b"\0" in text or is_other:
        raise Fault(Code.MALFORMED, "The message is XML in UTF-8.")
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise Fault(Code.NOT_WSI, "A message has no document type.")
    return text


def _parsed(text: bytes) -> etree._Element:
    # Without huge_tree libxml2 itself stops at 256 levels.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError:
        raise Fault(Code.MALFORMED) from None
    if next(root.iter(etree.PI, etree.Entity), None) is not None:
        raise Fault(Code.NOT_WSI, "A message has no processing instruction.")
    return root
