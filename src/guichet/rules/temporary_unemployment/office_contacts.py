"""Address and phone number of the competent office, for a receipt.

Source: parameter ``temporary_unemployment.office_contacts``, not official: what is shown says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from guichet.rules import dated

PARAMETER: Final = "temporary_unemployment.office_contacts"
_FIELDS: Final = 4


@dataclass(frozen=True, slots=True)
class Contact:
    """``is_verified``: whether the address was read from an official list."""

    street: str
    town: str
    phone: str
    is_verified: bool


def contact(code: str, *, on: date) -> Contact | None:
    """How an office is reached; None for an unknown one, or before the first list."""
    try:
        row = dated.parameter(PARAMETER).row_on(on)
    except dated.UnknownParameter:
        return None
    for line in row.value if isinstance(row.value, tuple) else ():
        parts = [part.strip() for part in line.split(";")]
        if len(parts) == _FIELDS and parts[0] == code:
            return Contact(parts[1], parts[2], parts[3], row.is_verified)
    return None
