"""Figures of career breaks by short name: ``career_break.`` stands before each."""

from __future__ import annotations

from datetime import date

from guichet.rules.dated import UnknownParameter, switch, value, whole


def figure(name: str, *, on: date) -> int:
    """A whole number in force on a day; raises UnknownParameter before the first row."""
    return whole(f"career_break.{name}", on=on)


def figure_or_none(name: str, *, on: date) -> int | None:
    """A whole number, or None where there is no row, or a row that says there is none."""
    try:
        found = value(f"career_break.{name}", on=on)
    except UnknownParameter:
        return None
    return found if type(found) is int else None


def is_on(name: str, *, on: date) -> bool:
    """Whether a rule that can be switched holds on a day; raises UnknownParameter."""
    return switch(f"career_break.{name}", on=on)


def names(name: str, *, on: date) -> tuple[str, ...]:
    """The codes of a list in force on a day; raises UnknownParameter."""
    found = value(f"career_break.{name}", on=on)
    return found if isinstance(found, tuple) else ()
