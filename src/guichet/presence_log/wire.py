"""The body of registerInBulk: its types, and how its bytes are read.

What the JSON layer settles, each with a test: a duplicated member, the last one wins; NaN,
Infinity, a byte-order mark, bytes that are not UTF-8, lone surrogates, trailing text, numbers out
of range and nesting without end are not JSON here; nanoseconds are rounded to microseconds; a
date-time needs an offset. Patterns end in ``\\Z`` because ``$`` lets a final newline pass, and
spell digits out because ``\\d`` knows those of every script.
"""

from datetime import datetime
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

MAX_ITEMS: Final = 200
BODY_LIMIT: Final = 1024 * 1024

# Any letter case is read, lower case is written: a client in the field sends capitals.
Kind = Literal["in", "out", "IN", "OUT", "In", "Out", "iN", "oUt", "ouT", "OuT", "OUt", "oUT"]
Ssin = Annotated[str, Meta(pattern=r"\A[0-9]{11}\Z")]
Moment = Annotated[datetime, Meta(tz=True)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]
Latitude = Annotated[float, Meta(ge=-90, le=90)]
# PostgreSQL stores no U+0000; other control characters have no place in an address.
AddressText = Annotated[str, Meta(max_length=250, pattern=r"\A[^\x00-\x1f\x7f]*\Z")]


class Coordinates(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """A point in degrees of WGS 84; outside Belgium is allowed."""

    longitude: Longitude
    latitude: Latitude


class Address(msgspec.Struct, forbid_unknown_fields=True, rename="camel", gc=False):
    """The address at which somebody works, as far as the sender knows it."""

    post_code: AddressText | None = None
    municipality_name: AddressText | None = None
    street_name: AddressText | None = None
    house_number: AddressText | None = None
    box_number: AddressText | None = None


class PlaceOfWork(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """Exactly one of the two; which is a matter of each act, not of the schema."""

    coordinates: Coordinates | None = None
    address: Address | None = None


class Employer(msgspec.Struct, forbid_unknown_fields=True, rename="camel", gc=False):
    """Exactly one of the two; the numbers are judged act by act, not by the schema."""

    enterprise_number: str | None = None
    foreign_vat_number: str | None = None


class Item(msgspec.Struct, forbid_unknown_fields=True, rename="camel", gc=False):
    """One act as submitted. Only the first three members are demanded by the schema."""

    registration_date: Moment
    ssin: Ssin
    type: Kind
    employer: Employer | None = None
    place_of_work: PlaceOfWork | None = None
    contractual_relationship_reference: str | None = None
    custom_reference: str | None = None


class Lot(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """The whole body."""

    items: Annotated[list[Item], Meta(min_length=1, max_length=MAX_ITEMS)]


DECODER: Final = msgspec.json.Decoder(Lot)
EMPTY_ADDRESS: Final = Address()
