"""The codes of faults: their weight, their law, and their sentences in four languages.

Everything stands in ``catalogues/law_of_temporary_unemployment.yaml``. Codes are ours. Days are
written ``17/03/2025``, in German ``17.03.2025``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib.resources import files
from string import Formatter
from types import MappingProxyType
from typing import Any, Final

from guichet.kernel.label import Label
from guichet.kernel.ticket import InvalidNumber, TicketNumber
from guichet.kernel.verdict import LegalSource, Severity
from guichet.rules import yaml_text
from guichet.rules.temporary_unemployment.faults import Fault, Repair
from guichet.rules.temporary_unemployment.spans import Span

_LANGUAGES: Final = ("nl", "fr", "de", "en")
_FILE: Final = "law_of_temporary_unemployment.yaml"


class MalformedFindings(ValueError):
    """The catalogue has a gap, or languages that show unlike things."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its unit: ``day``, ``week`` or ``month``."""

    number: int
    unit: str

    @classmethod
    def of_span(cls, span: Span) -> Count:
        """The number and unit of a duration."""
        return cls(span.number, span.unit.value)


@dataclass(frozen=True, slots=True)
class Code:
    """What a code weighs, and where its rule stands."""

    severity: Severity
    source: LegalSource


@dataclass(frozen=True, slots=True)
class _Catalogue:
    codes: Mapping[str, Code]
    sentences: Mapping[str, Label]
    repairs: Mapping[str, Label]
    words: Mapping[str, Label]


def found(
    code: str, field: str, variant: str = "", *, repair: Repair | None = None, **inputs: object
) -> Fault:
    """A fault with the weight and the law of its code; raises KeyError for an unknown code."""
    known = CATALOGUE.codes[code]
    return Fault(code, field, known.severity, known.source, variant, inputs, repair)


def sentence(fault: Fault) -> Label:
    """The sentence of a fault, its inputs filled in; raises KeyError."""
    label = CATALOGUE.sentences[fault.key]
    return Label(**{code: _filled(label, fault.inputs, code) for code in _LANGUAGES})


def repair_sentence(repair: Repair) -> Label:
    """What can be done instead, in a sentence."""
    label = CATALOGUE.repairs[repair.way]
    return Label(**{code: _filled(label, repair.values, code) for code in _LANGUAGES})


def word(value: StrEnum) -> Label:
    """The official word for a reason, a kind, a régime, a state or why a step is refused."""
    return CATALOGUE.words[f"{type(value).__name__}.{value}"]


def placeholders(text: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def read(text: str) -> _Catalogue:
    """The catalogue of a text in YAML; raises MalformedFindings."""
    try:
        raw = yaml_text.plain(text)
        codes = {code: _code(raw["texts_of_law"], *row) for code, row in raw["codes"].items()}
        sentences, repairs = _labels(raw["sentences"]), _labels(raw["repairs"])
        words = {
            f"{kind}.{code}": Label(**label)
            for kind, group in raw["words"].items()
            for code, label in group.items()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as gap:
        raise MalformedFindings(str(gap)) from gap
    if missing := {key.partition(".")[0] for key in sentences}.symmetric_difference(codes):
        raise MalformedFindings(f"codes and sentences differ: {sorted(missing)}")
    return _Catalogue(
        MappingProxyType(codes),
        MappingProxyType(sentences),
        MappingProxyType(repairs),
        MappingProxyType(words),
    )


def _code(laws: Mapping[str, str], severity: str, law: str, article: str | None = None) -> Code:
    return Code(Severity(severity), LegalSource(laws[law], article))


def _labels(rows: Mapping[str, Any]) -> dict[str, Label]:
    labels = {key: Label(**fields) for key, fields in rows.items()}
    for key, label in labels.items():
        if len({placeholders(text) for text in label.as_mapping().values()}) > 1:
            raise MalformedFindings(f"{key}: the languages have unlike placeholders")
    return labels


def _filled(label: Label, inputs: Mapping[str, object], code: str) -> str:
    shown = {name: _shown(value, code) for name, value in inputs.items()}
    if "ticket" in shown:
        shown["ticket"] = _grouped(shown["ticket"])
    return label.in_language(code).format_map(shown)


def _grouped(ticket: str) -> str:
    """A ticket as people read it; what is none stays as it is."""
    try:
        return TicketNumber(ticket).formatted()
    except InvalidNumber:
        return ticket


def _shown(value: object, code: str) -> str:
    match value:
        case date():
            return value.strftime("%d.%m.%Y" if code == "de" else "%d/%m/%Y")
        case StrEnum():
            return word(value).in_language(code)
        case Count(number, unit):
            return f"{number} {_unit(unit, number, code)}"
        case _:
            return str(value)


def _unit(unit: str, number: int, code: str) -> str:
    # French counts nothing in the singular, the other languages in the plural.
    is_one = number == 1 or (number == 0 and code == "fr")
    return CATALOGUE.words[f"Unit.{unit}" if is_one else f"Units.{unit}"].in_language(code)


CATALOGUE: Final = read(
    files("guichet.rules").joinpath("catalogues", _FILE).read_text(encoding="utf-8")
)
