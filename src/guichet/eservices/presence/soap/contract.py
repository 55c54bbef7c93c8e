"""What the web service promises: its WSDL and schemas, and messages checked against them."""

import functools
from typing import Final

from django.conf import settings
from lxml import etree

MESSAGES: Final = "http://socialsecurity.be/presenceregistration/v1"
TYPES: Final = "http://socialsecurity.be/presenceregistration/schemas/v1"
ERRORS: Final = "http://socialsecurity.be/errors/v1"
SCHEMAS: Final = (
    "PresenceRegistration_protocol_v1.xsd",
    "PresenceRegistration_types_v1.xsd",
    "socsec-errors-schema-v1.xsd",
)
PATH: Final = "/PresenceRegistration/v1"
_FOLDER: Final = "PresenceRegistration"
_PUBLISHED: Final = "http://services.localhost:8001"


@functools.cache
def file(name: str) -> bytes:
    """One file of the contract as it stands in the repository."""
    content: bytes = (settings.REPOSITORY / "contracts" / _FOLDER / name).read_bytes()
    return content


def wsdl(*, services_url: str) -> bytes:
    """The WSDL with the address at which this service answers."""
    document = file("PresenceRegistration_v1.wsdl")
    return document.replace(_PUBLISHED.encode(), services_url.encode())


def fits(message: etree._Element) -> bool:
    """Whether a message is as the schema has it."""
    # A schema keeps the complaints of its last check: each check has its own.
    return bool(etree.XMLSchema(_document()).validate(message))


@functools.cache
def _document() -> etree._ElementTree:
    folder = settings.REPOSITORY / "contracts" / _FOLDER
    return etree.parse(str(folder / SCHEMAS[0]))
