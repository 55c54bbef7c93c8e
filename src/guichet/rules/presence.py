"""The business layer of an act of presence: which acts are refused, and with which code.

A schema breach (a missing member, eleven digits that are not digits) refuses the whole call and
is judged elsewhere. Here one act is judged by itself: nothing of a refused act is stored, and
what a register would say never refuses an act, it becomes a remark afterwards.

Several thousand acts each second pass here, hence plain values in and plain values out.
Source: manual of the service, pages 14 and 18-29 as quoted by its client; domain rule 3.1.4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from guichet.kernel import base34
from guichet.kernel.enterprise import enterprise_check_holds
from guichet.kernel.moments import elapsed
from guichet.kernel.niss import niss_check_holds

_FOREIGN_VAT: Final = re.compile(r"\A[A-Z]{2}[^\x00-\x1f]{1,28}\Z")
_CUSTOM_REFERENCE_MAX: Final = 64
_CREATION: Final = "error.presence-registration.creation."


class Refusal(StrEnum):
    """The ``errorCode`` of an act that is not created."""

    REGISTRATION_DATE = _CREATION + "registration-date"
    SSIN = _CREATION + "ssin"
    EMPLOYER = _CREATION + "employer"
    ENTERPRISE_NUMBER = _CREATION + "enterprise-number"
    FOREIGN_VAT_NUMBER = _CREATION + "foreign-vat-number"
    PLACE_OF_WORK = _CREATION + "place-of-work"
    CONTRACTUAL_RELATIONSHIP_REFERENCE = _CREATION + "contractual-relationship-reference"
    CUSTOM_REFERENCE = _CREATION + "custom-reference"
    NOT_AUTHORIZED = _CREATION + "not-authorized"

    @property
    def description(self) -> str:
        """The ``errorDescription``; never repeats what was sent."""
        return DESCRIPTIONS[self]


DESCRIPTIONS: Final[Mapping[Refusal, str]] = MappingProxyType(
    {
        Refusal.REGISTRATION_DATE: (
            "registration date is not valid: it lies in the future or more than 10 minutes back"
        ),
        Refusal.SSIN: "ssin is not valid",
        Refusal.EMPLOYER: (
            "employer is not valid: exactly one of enterprise number and foreign VAT number"
        ),
        Refusal.ENTERPRISE_NUMBER: "enterprise number is not valid",
        Refusal.FOREIGN_VAT_NUMBER: "foreign VAT number is not valid",
        Refusal.PLACE_OF_WORK: (
            "place of work is not valid: exactly one of coordinates and address"
        ),
        Refusal.CONTRACTUAL_RELATIONSHIP_REFERENCE: (
            "contractual relationship reference is not valid"
        ),
        Refusal.CUSTOM_REFERENCE: "custom reference is not valid: at most 64 signs",
        Refusal.NOT_AUTHORIZED: "not authorized to register for this employer",
    }
)


@dataclass(frozen=True, slots=True)
class Profile:
    """How strictly an installation judges.

    The bounds are seconds, both inclusive: the figures of ``parameters/presence.yaml``. With the
    strict switches off, a number with wrong check signs is created and gets a remark: the real
    service behaves so, and its manual's own examples need it.
    """

    site_ref_strict: bool = False
    ssin_strict: bool = False
    max_late_seconds: int = 600
    max_future_seconds: int = 60
    max_late: timedelta = field(init=False)
    max_future: timedelta = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "max_late", timedelta(seconds=self.max_late_seconds))
        object.__setattr__(self, "max_future", timedelta(seconds=-self.max_future_seconds))


def refusals(
    *,
    occurred_at: datetime,
    received_at: datetime,
    ssin: str,
    enterprise_number: str | None,
    foreign_vat_number: str | None,
    has_coordinates: bool,
    has_address: bool,
    reference: str,
    custom_reference: str | None,
    profile: Profile,
) -> tuple[Refusal, ...]:
    """Why this act is not created, in the order of its members; empty when it is.

    ``occurred_at`` and ``received_at`` are aware; the second is the moment the request reached
    us, so that a slow queue does not punish the worker. ``has_address`` is the answer of
    ``address_says_something``. A point outside Belgium is no reason to refuse.
    """
    late = elapsed(occurred_at, received_at)
    found: list[Refusal] = []
    if not profile.max_future <= late <= profile.max_late:
        found.append(Refusal.REGISTRATION_DATE)
    if profile.ssin_strict and not niss_check_holds(ssin):
        found.append(Refusal.SSIN)
    found += _employer(enterprise_number, foreign_vat_number)
    if has_coordinates is has_address:
        found.append(Refusal.PLACE_OF_WORK)
    if not _reference_holds(reference, strict=profile.site_ref_strict):
        found.append(Refusal.CONTRACTUAL_RELATIONSHIP_REFERENCE)
    if custom_reference is not None and not custom_reference_holds(custom_reference):
        found.append(Refusal.CUSTOM_REFERENCE)
    return tuple(found)


def address_says_something(*members: str | None) -> bool:
    """Whether an address has at least one member with a sign in it.

    An address of which every member is null or blank counts as no address: answers of the
    service print one beside coordinates, and clients send back what they have read.
    """
    return any(member is not None and member.strip() for member in members)


def custom_reference_holds(text: str) -> bool:
    """Whether a sender's own reference fits: at most 64 signs, no control character."""
    return len(text) <= _CUSTOM_REFERENCE_MAX and text.isprintable()


def _employer(enterprise_number: str | None, foreign_vat_number: str | None) -> list[Refusal]:
    if (enterprise_number is None) is (foreign_vat_number is None):
        return [Refusal.EMPLOYER]
    if enterprise_number is not None and not enterprise_check_holds(enterprise_number):
        return [Refusal.ENTERPRISE_NUMBER]
    if foreign_vat_number is not None and _FOREIGN_VAT.match(foreign_vat_number) is None:
        return [Refusal.FOREIGN_VAT_NUMBER]
    return []


def _reference_holds(reference: str, *, strict: bool) -> bool:
    return base34.check_holds(reference) if strict else base34.is_well_formed(reference)
