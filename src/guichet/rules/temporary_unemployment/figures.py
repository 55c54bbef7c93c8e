"""Figures of temporary unemployment by short name: ``temporary_unemployment.`` before each."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from guichet.rules.dated import value, whole

_PREFIX: Final = "temporary_unemployment"


@lru_cache(maxsize=4_096)
def figure(name: str, *, on: date) -> int:
    """A whole number in force on a day; raises UnknownParameter before the first row."""
    return whole(f"{_PREFIX}.{name}", on=on)


@lru_cache(maxsize=1_024)
def names(name: str, *, on: date) -> tuple[str, ...]:
    """The texts of a list in force on a day, none where the row says nothing.

    Raises UnknownParameter before the first row.
    """
    found = value(f"{_PREFIX}.{name}", on=on)
    return found if isinstance(found, tuple) else ()
