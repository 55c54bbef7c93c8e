"""The reasons of the two doors: their codes, their law, and their sentences in four languages.

A key is a rule and, where one rule has several sentences, which one: ``PL-03.step``. Laws and
sentences stand in ``catalogues/law_of_career_breaks.yaml``; a sentence under ``*.step`` serves
every rule that has none of its own. Inputs are plain values; no name and no number of a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from guichet.kernel.label import Label
from guichet.kernel.verdict import Finding, LegalSource, Severity
from guichet.rules import yaml_text
from guichet.rules.career_break.credits import Amount

_LANGUAGES: Final = ("nl", "fr", "de", "en")
_ENDS: Final = "ends"


class MalformedFindings(ValueError):
    """The catalogue of findings has a gap."""


class Missing(StrEnum):
    """What is not known here and will be checked later."""

    NOTICE = "notice"
    EMPLOYED_SINCE = "employed_since"
    HOURS = "hours"
    HOURS_BEFORE = "hours_before"
    OTHER_JOBS = "other_jobs"
    DAYS = "days"
    FEW_DAYS_AGREEMENT = "few_days_agreement"
    LAST_DAY = "last_day"
    HEAD_COUNT = "head_count"
    HISTORY = "history"
    WHO_FOR = "who_for"
    BIRTH_OF_CHILD = "birth_of_child"
    BIRTH_OF_WORKER = "birth_of_worker"
    DISABILITY = "disability"
    PARENTAGE = "parentage"
    PLACEMENT = "placement"
    RELATION = "relation"
    FIRST_IN_LINE = "first_in_line"
    RECOGNITION = "recognition"
    TRAINING = "training"
    PARENTAL_USED = "parental_used"
    SINGLE_PARENT = "single_parent"
    CAREER = "career"
    EXCEPTION = "exception"
    GROUND = "ground"
    SECTOR_AGREEMENT = "sector_agreement"
    AUTHORITY = "authority"
    STATUTE = "statute"
    ACTIVITY = "activity"
    RESIDENCE = "residence"


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its unit: ``month``, ``week`` or ``year``."""

    number: int
    unit: str


@dataclass(frozen=True, slots=True)
class _Catalogue:
    laws: Mapping[str, LegalSource]
    texts: Mapping[str, Label]
    words: Mapping[str, Label]
    entries: Mapping[str, str]


def found(key: str, severity: Severity, **inputs: object) -> Finding:
    """A finding with the law of its rule; raises KeyError for a key that is not catalogued."""
    rule, _dot, _sentence = key.partition(".")
    return Finding(key, severity, CATALOGUE.laws[rule], inputs)


def unknown(rule: str, missing: Missing) -> Finding:
    """What a rule would need and nobody said: never a guess, never a block."""
    return found(f"{rule}.unknown", Severity.INFORM, missing=missing)


def is_unknown(finding: Finding) -> bool:
    """Whether a finding only says that something is checked later."""
    return finding.key.endswith(".unknown")


def rule_of(finding: Finding) -> str:
    """The rule of a finding, ``PL-03`` for instance."""
    return finding.key.partition(".")[0]


def entry_code(finding: Finding) -> str | None:
    """The check at entry that says the same, ``V-DU-02`` for instance; None where there is none."""
    sentence = f"*.{finding.key.partition('.')[2]}"
    return CATALOGUE.entries.get(finding.key, CATALOGUE.entries.get(sentence))


def sentence(finding: Finding) -> Label:
    """The whole sentence of a finding, its inputs filled in, in every language."""
    label = text_of(finding.key)
    return Label(**{code: _filled(label, finding, code) for code in _LANGUAGES})


def text_of(key: str) -> Label:
    """The sentence of a key with its placeholders; raises KeyError."""
    if key in CATALOGUE.texts:
        return CATALOGUE.texts[key]
    return CATALOGUE.texts[f"*.{key.partition('.')[2]}"]


def word(value: StrEnum) -> Label:
    """The official word for a leave, a régime, a ground or what is missing."""
    return CATALOGUE.words[f"{type(value).__name__}.{value}"]


def read(text: str) -> _Catalogue:
    """The catalogue of a text in YAML; raises MalformedFindings."""
    try:
        raw = yaml_text.plain(text)
        names = raw["texts_of_law"]
        laws = {rule: _law(names, where) for rule, where in raw["laws"].items()}
        texts = {key: Label(**each) for key, each in raw["sentences"].items()}
        words = {
            f"{kind}.{code}": Label(**label)
            for kind, group in raw["words"].items()
            for code, label in group.items()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as gap:
        raise MalformedFindings(str(gap)) from gap
    return _Catalogue(
        MappingProxyType(laws),
        MappingProxyType(texts),
        MappingProxyType(words),
        MappingProxyType(raw["entries"]),
    )


def _law(names: Mapping[str, Any], where: list[str]) -> LegalSource:
    name, *article = where
    return LegalSource(names[name], article[0] if article else None)


def _filled(label: Label, finding: Finding, code: str) -> str:
    shown = {name: _shown(value, code) for name, value in finding.inputs.items()}
    text = label.in_language(code).format_map(shown)
    if finding.inputs.get(_ENDS):
        ends = CATALOGUE.texts["ENDS"].in_language(code).format_map(shown)
        return f"{text} {ends}"
    return text


def _shown(value: object, code: str) -> str:
    match value:
        case date():
            return value.strftime("%d.%m.%Y" if code == "de" else "%d/%m/%Y")
        case StrEnum():
            return word(value).in_language(code)
        case Count(number, unit):
            return f"{number} {_unit(unit, number, code)}"
        case Amount():
            return _amount(value, code)
        case tuple():
            return _joined([_shown(each, code) for each in value], code)
        case _:
            return str(value)


def _amount(amount: Amount, code: str) -> str:
    parts = [
        f"{number} {_unit(unit, number, code)}"
        for unit, number in (("month", amount.months), ("week", amount.weeks), ("day", amount.days))
        if number
    ]
    joiner = CATALOGUE.words["Join.and"].in_language(code)
    return f" {joiner} ".join(parts) or f"0 {_unit('month', 0, code)}"


def _joined(parts: list[str], code: str) -> str:
    joiner = CATALOGUE.words["Join.or"].in_language(code)
    return f" {joiner} ".join([", ".join(parts[:-1]), *parts[-1:]] if len(parts) > 1 else parts)


def _unit(unit: str, number: int, code: str) -> str:
    # French counts nothing in the singular, the other languages in the plural.
    is_one = number == 1 or (number == 0 and code == "fr")
    return CATALOGUE.words[f"Unit.{unit}" if is_one else f"Units.{unit}"].in_language(code)


CATALOGUE: Final = read(
    files("guichet.rules")
    .joinpath("catalogues", "law_of_career_breaks.yaml")
    .read_text(encoding="utf-8")
)
