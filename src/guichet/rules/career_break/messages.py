"""The words of faults and findings of career breaks, in four languages.

They stand in ``catalogues/career_break_entry.yaml``, by the key of the fault. Days are written
``01/09/2025``, as the forms ask for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType
from typing import Final

from guichet.kernel.label import Label
from guichet.rules import yaml_text

_FILE: Final = "career_break_entry.yaml"


class MalformedCatalogue(ValueError):
    """The catalogue of messages has a gap or unlike placeholders."""


def sentence(key: str, values: Mapping[str, object], *, language: str) -> str:
    """The words of a fault or finding with its values; raises KeyError for an unknown key."""
    shown = {name: _shown(value) for name, value in values.items()}
    return messages()[key].in_language(language).format_map(shown)


@cache
def messages() -> Mapping[str, Label]:
    """Every message by its key; the file is read once."""
    text = files("guichet.rules").joinpath("catalogues", _FILE).read_text("utf-8")
    return MappingProxyType(read(text))


def read(text: str) -> dict[str, Label]:
    """The messages of a catalogue; raises MalformedCatalogue."""
    try:
        found = {key: Label(**fields) for key, fields in yaml_text.plain(text).items()}
    except (AttributeError, TypeError, ValueError) as gap:
        raise MalformedCatalogue(str(gap)) from gap
    for key, label in found.items():
        if len({placeholders(words) for words in label.as_mapping().values()}) > 1:
            raise MalformedCatalogue(f"{key}: the languages have unlike placeholders")
    return found


def placeholders(text: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _shown(value: object) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
