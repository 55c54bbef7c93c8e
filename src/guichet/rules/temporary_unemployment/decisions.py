"""What the office answers to a communication: results, reasons in words, dates of the reasoning.

Everything that is read stands in ``catalogues/decisions_of_temporary_unemployment.yaml``. A
decision is seen from midnight in Brussels of the day after it was taken: whoever asks compares the
day, no job makes it visible. Codes of reasons are ours.

Source: online service "Chômage temporaire", after the declaration; Royal Decree of 25 November
1991, art. 142; Act of 11 April 1995, art. 23 (appeal).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from guichet.kernel.label import Label
from guichet.kernel.period import end_for
from guichet.rules import yaml_text
from guichet.rules.temporary_unemployment.figures import figure
from guichet.rules.temporary_unemployment.findings import MalformedFindings, placeholders
from guichet.rules.temporary_unemployment.states import Step

_FILE: Final = "decisions_of_temporary_unemployment.yaml"
_ONE_DAY: Final = timedelta(days=1)
_LANGUAGES: Final = ("nl", "fr", "de", "en")


class Result(StrEnum):
    """What is decided; the values are those of the states of a communication."""

    ACCEPTED = "accepted"
    PARTLY = "partially_accepted"
    REFUSED = "refused"

    @property
    def step(self) -> Step:
        """The step of a first decision."""
        return _STEPS[self]


_STEPS: Final[Mapping[Result, Step]] = MappingProxyType(
    {
        Result.ACCEPTED: Step.ACCEPT,
        Result.PARTLY: Step.ACCEPT_PARTLY,
        Result.REFUSED: Step.REFUSE,
    }
)


class Code(StrEnum):
    """Why something is not accepted; ``OTHER`` is explained in free text."""

    PRIOR_MISSING = "R01"
    PRIOR_LATE = "R02"
    FIRST_DAY_LATE = "R03"
    FIRST_DAY_EARLY = "R04"
    TOO_LONG = "R05"
    NO_WORK_WEEK = "R06"
    NOT_ECONOMIC = "R07"
    SUBCONTRACTED = "R08"
    NOT_TECHNICAL = "R09"
    WEATHER_NOT_PROVEN = "R10"
    NO_FORCE_MAJEURE = "R11"
    NOT_IN_DIFFICULTY = "R12"
    CREDIT_EXHAUSTED = "R13"
    NOT_ADMITTED = "R14"
    NOT_IDENTIFIED = "R15"
    IN_STRIKING_UNIT = "R16"
    DUPLICATE = "R17"
    REST_FIRST = "R18"
    OTHER = "R99"


class Dated(StrEnum):
    """A day of the reasoning, printed with its name."""

    START = "start"
    END = "end"
    LATEST_NOTICE = "latest_notice"
    NOTICE_GIVEN = "notice_given"
    RECEIVED = "received"
    FIRST_DAY = "first_day"
    WINDOW_OPENS = "window_opens"
    WINDOW_CLOSES = "window_closes"
    WAGE_FROM = "wage_from"
    WAGE_UNTIL = "wage_until"
    LAST_ALLOWED = "last_allowed"
    WEEK_FROM = "week_from"
    WEEK_UNTIL = "week_until"
    DIFFICULTY_SENT = "difficulty_sent"
    CREDIT_UNTIL = "credit_until"
    ACCIDENT = "accident"
    ACCEPTED_FROM = "accepted_from"
    ACCEPTED_UNTIL = "accepted_until"


class Consequence(StrEnum):
    """Who pays which days, and what the employer can do: a sentence of the letter."""

    ALL_ACCEPTED = "all_accepted"
    WAGE_BEFORE = "wage_before"
    WAGE_AFTER = "wage_after"
    WAGE_WORKERS = "wage_workers"
    WAGE_ALL = "wage_all"
    WAGE_CAPPED = "wage_capped"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A reason in words: its name, its law, and what the employer can do now."""

    name: Label
    law: Label
    now: Label


@dataclass(frozen=True, slots=True)
class _Catalogue:
    meanings: Mapping[Code, Meaning]
    results: Mapping[Result, Label]
    days: Mapping[Dated, Label]
    sentences: Mapping[str, Label]


def available_from(decided_on: date) -> date:
    """The day from whose midnight in Brussels a decision may be seen."""
    return decided_on + _ONE_DAY


def appeal_until(decided_on: date) -> date:
    """The last day of an appeal: months from the day on which the decision can be read."""
    months = figure("decision.appeal_months", on=decided_on)
    return end_for(available_from(decided_on), months=months)


def decision_number(*, office: str, year: int, sequence: int) -> str:
    """``LIE-2025-004512``; an unknown office gives ``ONE``."""
    return f"{office or 'ONE'}-{year}-{sequence:06d}"


def meaning(code: Code) -> Meaning:
    """A reason in words."""
    return CATALOGUE.meanings[code]


def result_word(result: Result) -> Label:
    """The official word for a result."""
    return CATALOGUE.results[result]


def day_word(day: Dated) -> Label:
    """What a day of the reasoning is called."""
    return CATALOGUE.days[day]


def sentence(key: str, **days: date) -> Label:
    """A sentence of the letter with its days filled in; raises KeyError."""
    label = CATALOGUE.sentences[key]
    return Label(**{code: _filled(label.in_language(code), days, code) for code in _LANGUAGES})


def read(text: str) -> _Catalogue:
    """The catalogue of a text in YAML; raises MalformedFindings."""
    try:
        raw = yaml_text.plain(text)
        return _Catalogue(
            MappingProxyType({Code(k): _meaning(raw["texts_of_law"], v)
                              for k, v in raw["codes"].items()}),
            MappingProxyType({Result(k): Label(**v) for k, v in raw["results"].items()}),
            MappingProxyType({Dated(k): Label(**v) for k, v in raw["days"].items()}),
            MappingProxyType(_sentences(raw["sentences"])),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as gap:
        raise MalformedFindings(str(gap)) from gap


def _meaning(laws: Mapping[str, Mapping[str, str]], raw: Mapping[str, Any]) -> Meaning:
    law, *articles = raw["law"]
    text = {code: _law(laws[law][code], articles, code) for code in _LANGUAGES}
    return Meaning(Label(**raw["name"]), Label(**text), Label(**raw["now"]))


def _law(text: str, articles: Sequence[str], code: str) -> str:
    """``loi du 3 juillet 1978, art. 51 et 77/4``."""
    told = [text]
    for article in articles:
        words = [_JOINED.get(word, {}).get(code, word) for word in article.split()]
        told.append(f"{_ARTICLE[code]} {' '.join(words)}")
    return ", ".join(told)


_ARTICLE: Final = {"nl": "art.", "fr": "art.", "de": "Art.", "en": "art."}
_JOINED: Final[Mapping[str, Mapping[str, str]]] = {
    "and": {"nl": "en", "fr": "et", "de": "und"},
    "to": {"nl": "tot", "fr": "à", "de": "bis"},
}


def _sentences(rows: Mapping[str, Any]) -> dict[str, Label]:
    labels = {key: Label(**fields) for key, fields in rows.items()}
    for key, label in labels.items():
        if len({placeholders(text) for text in label.as_mapping().values()}) > 1:
            raise MalformedFindings(f"{key}: the languages have unlike placeholders")
    return labels


def _filled(text: str, days: Mapping[str, date], code: str) -> str:
    pattern = "%d.%m.%Y" if code == "de" else "%d/%m/%Y"
    return text.format_map({name: day.strftime(pattern) for name, day in days.items()})


CATALOGUE: Final = read(
    files("guichet.rules").joinpath("catalogues", _FILE).read_text(encoding="utf-8")
)
