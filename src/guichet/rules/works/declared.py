"""What a declaration of works says, as plain values; what is not known yet is None or empty.

Names, choices and lengths: official glossary 2023/3, forms AVWDDT.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Final

IMMOVABLE: Final = 1
GUARDING: Final = 2
MEAT: Final = 3
SECTORS: Final = (IMMOVABLE, GUARDING, MEAT)
CLEANING: Final = 8
WORK_TYPES: Final = (1, 2, 3, 4, 5, 6, 7, 8, 99)
OTHER_WORK: Final = 99


class Dangerous(IntEnum):
    """The dangerous nature of works; the numbers are those of the message."""

    NONE = 0
    ASBESTOS = 1
    OTHER = 9


class Agreement(StrEnum):
    """How a postcode and a town fit: as the list says, belonging elsewhere, or unknown to us."""

    FITS = "fits"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A principal or a subcontractor: a number, else a VAT number, else a natural person.

    ``name``: needed without an enterprise number; ``language``: of the messages he gets.
    """

    number: str = ""
    vat_number: str = ""
    is_natural_person: bool = False
    name: str = field(default="", repr=False)
    language: str = "nl"

    @property
    def identity(self) -> str:
        """What tells two parties apart."""
        return self.number or self.vat_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A fixed address, or a point of a route."""

    street: str = ""
    house_number: str = ""
    box_number: str = ""
    postcode: str = ""
    municipality: str = ""
    country: str = "BE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A subcontractor. ``employer``: his place in the chain from zero, None for the declarant.

    ``known_as``: the key of the intervention in the register, once there is one; ``cents``: the
    amount of his part without VAT, where it is told.
    """

    party: Party
    employer: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    cents: int | None = None
    dangerous: int = Dangerous.NONE
    known_as: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom the office may ask."""

    first_name: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One contract of a declarant with a principal, at one site.

    ``site``: the number of a site that stands already, empty for a new one; ``cents``: without
    VAT, for continuous works in a year; ``late_reason``: None where nothing was said, 0 no
    reason, 1 a reason that stands in ``comment``.
    """

    declarant: str
    site: str = ""
    site_name: str = ""
    sector: int = IMMOVABLE
    work_type: int | None = None
    is_continuous: bool = False
    is_mobile: bool = False
    address_details: str = ""
    places: tuple[Place, ...] = ()
    principal: Party = Party()
    contact: Contact = Contact()
    cents: int | None = None
    is_cost_plus: bool = False
    signed_on: date | None = None
    first_day: date | None = None
    last_day: date | None = None
    late_reason: int | None = None
    dangerous: int = Dangerous.NONE
    comment: str = ""
    own_reference: str = ""
    chain: tuple[Link, ...] = ()

    @property
    def activity(self) -> str:
        """The activity under whose rules presences are registered."""
        if self.sector == MEAT:
            return "meat"
        if self.sector == GUARDING:
            return "guarding"
        return "cleaning" if self.work_type == CLEANING else "construction"


# Sign lengths by the name of the field here: (label in the message, most signs).
LENGTHS: Final[Mapping[str, tuple[str, int]]] = MappingProxyType(
    {
        "street": ("Street", 42),
        "house_number": ("HouseNbr", 10),
        "box_number": ("PostBox", 4),
        "postcode": ("ZIPCode", 9),
        "municipality": ("City", 40),
        "address_details": ("AddressDetails", 1000),
        "comment": ("Comment", 200),
        "own_reference": ("ReferenceNbr", 20),
        "contact.name": ("Name", 48),
        "contact.first_name": ("FirstName", 24),
        "contact.phone": ("PhoneNbr", 20),
        "contact.email": ("EmailAddress", 60),
        "party.name": ("Denomination", 96),
        "party.vat_number": ("VATNbr", 30),
    }
)
