"""Figures of the law, each with the day from which it holds, its unit and its source.

They stand in ``parameters/*.yaml``, which a jurist can read and change. A row may be a *draft*:
announced, not yet law. Drafts are shown to people and never applied, unless asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from guichet.rules import yaml_text

Scalar = int | str | bool | tuple[str, ...] | None


class UnknownParameter(LookupError):
    """No parameter of that name, or no value in force on that day."""


class MalformedParameter(ValueError):
    """A parameter file does not say what it must say."""


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value in force from a day on, until the next row.

    ``is_verified``: false for a figure that was computed or remembered, and never read where it is
    published.
    """

    first_day: date
    value: Scalar
    is_draft: bool
    note: str | None
    is_verified: bool = True


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example that stands beside the rows: the value on a day."""

    day: date
    value: Scalar
    drafts: bool


@dataclass(frozen=True, slots=True)
class Parameter:
    """One figure with its history, oldest row first."""

    name: str
    description: str
    unit: str
    source: str
    rows: tuple[DatedValue, ...]
    examples: tuple[Example, ...]

    def on(self, day: date, *, drafts: bool = False) -> Scalar:
        """The value in force on ``day``; raises UnknownParameter before the first row."""
        return self.row_on(day, drafts=drafts).value

    def row_on(self, day: date, *, drafts: bool = False) -> DatedValue:
        """The row in force on ``day``; raises UnknownParameter before the first one."""
        for row in reversed(self.rows):
            if row.first_day <= day and (drafts or not row.is_draft):
                return row
        raise UnknownParameter(f"{self.name} has no value on {day.isoformat()}")


def value(name: str, *, on: date, drafts: bool = False) -> Scalar:
    """The value of a parameter on a day; raises UnknownParameter."""
    return parameter(name).on(on, drafts=drafts)


def whole(name: str, *, on: date, drafts: bool = False) -> int:
    """The value of a parameter that is a whole number in its unit; raises UnknownParameter."""
    found = value(name, on=on, drafts=drafts)
    if type(found) is not int:
        raise MalformedParameter(f"{name} is not a whole number")
    return found


def switch(name: str, *, on: date, drafts: bool = False) -> bool:
    """The value of a parameter that is yes or no; raises UnknownParameter."""
    found = value(name, on=on, drafts=drafts)
    if not isinstance(found, bool):
        raise MalformedParameter(f"{name} is neither yes nor no")
    return found


def parameter(name: str) -> Parameter:
    """A parameter with its whole history; raises UnknownParameter."""
    try:
        return parameters()[name]
    except KeyError:
        raise UnknownParameter(f"no parameter is called {name}") from None


@cache
def parameters() -> Mapping[str, Parameter]:
    """Every parameter by name; the files are read once."""
    found: dict[str, Parameter] = {}
    folder = files("guichet.rules").joinpath("parameters")
    texts = [entry for entry in folder.iterdir() if entry.name.endswith(".yaml")]
    for entry in sorted(texts, key=lambda entry: entry.name):
        found |= read(entry.read_text(encoding="utf-8"), known=found.keys())
    return MappingProxyType(found)


def read(text: str, *, known: Any = ()) -> dict[str, Parameter]:
    """The parameters of one file; raises MalformedParameter for a gap or a name in ``known``."""
    found: dict[str, Parameter] = {}
    for name, fields in yaml_text.plain(text).items():
        if name in known:
            raise MalformedParameter(f"{name} stands in two files")
        try:
            found[name] = _parameter(name, fields)
        except (KeyError, TypeError) as gap:
            raise MalformedParameter(f"{name}: {gap}") from gap
    return found


def _parameter(name: str, fields: dict[str, Any]) -> Parameter:
    rows = tuple(_row(row) for row in fields["values"])
    days = [row.first_day for row in rows]
    if not rows or sorted(set(days)) != days:
        raise MalformedParameter(f"{name}: the rows must follow each other in time")
    examples = tuple(
        Example(example["day"], _scalar(example["value"]), bool(example.get("drafts", False)))
        for example in fields["examples"]
    )
    return Parameter(name, fields["description"], fields["unit"], fields["source"], rows, examples)


def _row(row: dict[str, Any]) -> DatedValue:
    return DatedValue(
        row["from"],
        _scalar(row["value"]),
        is_draft=bool(row.get("draft", False)),
        note=row.get("note"),
        is_verified=bool(row.get("verified", True)),
    )


def _scalar(raw: Any) -> Scalar:
    if isinstance(raw, list):
        return tuple(str(each) for each in raw)
    if raw is None or isinstance(raw, int | str):
        return raw
    raise TypeError("a value is a whole number, a text, yes or no, a list of texts, or nothing")
