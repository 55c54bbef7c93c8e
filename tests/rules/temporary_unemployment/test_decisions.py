"""What the office says: reasons, results and days in words, when a decision is seen, its number."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.rules.temporary_unemployment.decisions import (
    CATALOGUE,
    Code,
    Consequence,
    Dated,
    Result,
    appeal_until,
    available_from,
    day_word,
    decision_number,
    meaning,
    read,
    result_word,
    sentence,
)
from guichet.rules.temporary_unemployment.findings import MalformedFindings
from guichet.rules.temporary_unemployment.states import NEXT, State
from tests.rules.temporary_unemployment.days import day

LANGUAGES = ("nl", "fr", "de", "en")


@pytest.mark.parametrize("code", Code)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_a_name_a_law_and_something_to_do_now(code: Code, language: str) -> None:
    told = meaning(code)

    assert told.name.in_language(language)
    assert told.now.in_language(language).endswith(".")
    assert told.law.in_language(language)


def test_a_law_is_named_as_the_reader_names_it() -> None:
    law = meaning(Code.NOT_ADMITTED).law

    assert law.fr == "loi du 3 juillet 1978, art. 26 à 28 et 49 à 51"
    assert law.de == "Gesetz vom 3. Juli 1978, Art. 26 bis 28 und 49 bis 51"
    assert meaning(Code.FIRST_DAY_LATE).law.nl == "koninklijk besluit van 20 september 2012"


def test_the_codes_are_those_of_the_office_and_no_other() -> None:
    numbers = [f"R{number:02d}" for number in (*range(1, 19), 99)]

    assert [code.value for code in Code] == numbers
    assert {*CATALOGUE.meanings} == {*Code}


def test_every_result_day_and_consequence_has_words() -> None:
    assert {*CATALOGUE.results} == {*Result}
    assert {*CATALOGUE.days} == {*Dated}
    for one in Consequence:
        assert one.value in CATALOGUE.sentences
    for result in Result:
        assert f"result.{result.value}" in CATALOGUE.sentences
        assert result_word(result).de
    assert day_word(Dated.LATEST_NOTICE).en == "latest notice"


@pytest.mark.parametrize("result", Result)
def test_a_result_is_the_state_that_its_step_leads_to(result: Result) -> None:
    assert NEXT[State.UNDER_REVIEW, result.step].value == result.value


def test_days_are_written_as_the_reader_writes_them() -> None:
    told = sentence("wage_before", first=day("2025-03-17"), last=day("2025-03-23"))

    assert "17/03/2025" in told.fr
    assert "17.03.2025" in told.de


def test_a_decision_is_seen_the_day_after_and_can_be_appealed_for_three_months() -> None:
    assert available_from(day("2025-03-19")) == day("2025-03-20")
    assert appeal_until(day("2025-03-19")) == day("2025-06-19")


@given(taken=st.dates(date(2018, 1, 1), date(2035, 12, 31)), apart=st.integers(-400, 400))
def test_no_decision_is_ever_seen_on_its_own_day_or_before(taken: date, apart: int) -> None:
    assert (available_from(taken) <= taken + timedelta(days=apart)) is (apart >= 1)


def test_a_number_names_the_office_and_the_year() -> None:
    assert decision_number(office="LIE", year=2025, sequence=4512) == "LIE-2025-004512"
    assert decision_number(office="", year=2025, sequence=1) == "ONE-2025-000001"


@pytest.mark.parametrize(
    "text",
    [
        "codes: {}",
        "{texts_of_law: {}, codes: {R00: {}}, results: {}, days: {}, sentences: {}}",
        "{texts_of_law: {}, codes: {}, results: {}, days: {}, sentences:"
        " {a: {nl: '{x}', fr: '{x}', de: '{x}', en: b}}}",
    ],
)
def test_a_catalogue_with_a_gap_is_refused(text: str) -> None:
    with pytest.raises(MalformedFindings):
        read(text)
