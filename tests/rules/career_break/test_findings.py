"""The words of the rules: complete in four languages, and what they show is filled in."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import guichet.rules.career_break as room
from guichet.kernel.verdict import Severity
from guichet.rules.career_break.credits import Amount
from guichet.rules.career_break.facts import Career
from guichet.rules.career_break.findings import (
    CATALOGUE,
    Count,
    MalformedFindings,
    Missing,
    entry_code,
    found,
    read,
    rule_of,
    sentence,
    text_of,
    unknown,
    word,
)
from guichet.rules.career_break.kinds import Exception55, Leave, Motive, Regime
from guichet.rules.career_break.rights import right
from tests.rules.career_break.builder import day, wish

LANGUAGES = ("nl", "fr", "de", "en")
KEYS = {
    key
    for path in Path(str(room.__file__)).parent.glob("*.py")
    for key in re.findall(r'found\(\s*"([A-Z0-9-]+(?:\.[a-z_]+)?)"', path.read_text("utf-8"))
}
INPUTS = {
    "ends": (date(2026, 10, 31), date(2026, 12, 31)),
    "first": date(2026, 3, 1),
    "last": date(2026, 3, 31),
    "since": date(2026, 3, 1),
    "until": date(2026, 5, 1),
    "notice": date(2026, 1, 1),
    "earliest": date(2026, 2, 1),
    "reached": date(2030, 1, 1),
    "regime": Regime.HALF,
    "possible": (Regime.HALF, Regime.FIFTH),
    "leave": Leave.PARENTAL,
    "ground": Exception55.HEAVY_JOB,
    "missing": Missing.HISTORY,
    "limit": Count(2, "month"),
    "asked": Count(3, "month"),
    "months": Count(12, "month"),
    "longer": Count(24, "month"),
    "window": Count(15, "month"),
    "age": Count(12, "year"),
    "least": Count(55, "year"),
    "years": Count(31, "year"),
    "has": Count(25, "year"),
    "left": Amount(1, weeks=2),
    "paid": Amount(0),
    "days": 4,
    "workers": 10,
    "hours": 360,
    "credits": 27,
}


@pytest.mark.parametrize("key", sorted({*KEYS, *CATALOGUE.texts} - {"ENDS"}))
def test_every_sentence_is_filled_in_every_language(key: str) -> None:
    rule = f"PL-03{key[1:]}" if key.startswith("*") else key
    label = sentence(found(rule, Severity.BLOCK, **INPUTS))

    assert text_of(rule).en
    for language in LANGUAGES:
        text = label.in_language(language)
        assert not re.search(r"[{}]", text)
        assert text[0].isupper()
        assert text.endswith(".")


@pytest.mark.parametrize("key", sorted(CATALOGUE.texts))
def test_every_language_shows_the_same_inputs(key: str) -> None:
    texts = CATALOGUE.texts[key].as_mapping().values()

    assert len({frozenset(re.findall(r"{(\w+)}", text)) for text in texts}) == 1


@pytest.mark.parametrize("kind", [Leave, Regime, Motive, Exception55, Missing])
def test_everything_that_a_sentence_names_has_a_word(kind: type[Leave]) -> None:
    for member in kind:
        assert word(member).en


def test_the_nearest_ends_stand_in_the_sentence() -> None:
    verdict = right(wish(Leave.PARENTAL, Regime.HALF, "01/09/2025", "30/11/2025"))
    [finding] = verdict.of(Severity.BLOCK)
    label = sentence(finding)

    assert rule_of(finding) == "PL-03"
    assert str(finding.source) == "Royal Decree of 29 October 1997, art. 2"
    assert entry_code(finding) == "V-DU-02"
    assert "31/10/2025 or 31/12/2025" in label.en
    assert "31/10/2025 ou 31/12/2025" in label.fr
    assert "31/10/2025 of 31/12/2025" in label.nl
    assert "31.10.2025 oder 31.12.2025" in label.de
    assert "2 months" in label.en


def test_a_career_shorter_than_an_end_of_career_needs_is_warned_of_at_entry() -> None:
    short = wish(
        Leave.END_OF_CAREER, Regime.HALF, "01/05/2026", None, notice_on=day("10/01/2026"),
        born_on=day("01/01/1966"), career=Career(years=20),
    )  # fmt: skip

    [finding] = right(short).of(Severity.BLOCK)

    assert (rule_of(finding), entry_code(finding)) == ("EOC-06", "V-AG-02")


def test_what_is_left_is_said_in_months_and_weeks() -> None:
    finding = found("PL-CREDIT.person", Severity.BLOCK, left=Amount(2, weeks=1), regime=Regime.FULL)

    assert "2 months and 1 week" in sentence(finding).en
    assert "2 mois et 1 semaine" in sentence(finding).fr
    nothing = found("PL-CREDIT.person", Severity.BLOCK, left=Amount(0), regime=Regime.FULL)
    assert "0 Monate" in sentence(nothing).de


def test_what_is_unknown_is_named_and_only_informs() -> None:
    finding = unknown("PL-07", Missing.BIRTH_OF_CHILD)

    assert finding.severity is Severity.INFORM
    assert "date of birth of the child" in sentence(finding).en
    assert entry_code(finding) is None


@pytest.mark.parametrize(
    "text", ["", "laws: {}", "{texts_of_law: {}, laws: {X: [Y]}, sentences: {}, words: {}}"]
)
def test_a_catalogue_with_a_gap_is_not_read(text: str) -> None:
    with pytest.raises(MalformedFindings):
        read(text)
