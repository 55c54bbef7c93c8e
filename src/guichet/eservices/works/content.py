"""A declaration as plain JSON, as it is stored and as it comes back."""

from typing import Any

import msgspec

from guichet.rules.works.declared import Declaration


def plain(declared: Declaration) -> dict[str, Any]:
    """Members and values that JSON has."""
    found: dict[str, Any] = msgspec.to_builtins(declared)
    return found


def declared_of(stored: Any) -> Declaration:
    """The declaration behind what `plain` gave."""
    return msgspec.convert(stored, Declaration)
