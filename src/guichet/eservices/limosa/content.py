"""A declaration as JSON keeps it, and back."""

from dataclasses import asdict
from datetime import date
from typing import Any, Final

from guichet.rules.limosa_declarations import Declared, Place

_DAYS: Final = ("birth_date", "first_day", "last_day")


def plain(declared: Declared) -> dict[str, Any]:
    """Plain JSON values."""
    found = asdict(declared)
    return found | {name: found[name].isoformat() if found[name] else None for name in _DAYS}


def declared_of(content: dict[str, Any]) -> Declared:
    """What `plain` made plain."""
    days = {name: date.fromisoformat(content[name]) if content[name] else None for name in _DAYS}
    places = tuple(Place(**one) for one in content["places"])
    return Declared(**(content | days | {"places": places}))
