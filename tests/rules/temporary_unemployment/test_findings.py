"""The catalogue: complete in four languages, each code with its weight and law."""

import re
from pathlib import Path

import pytest

import guichet.rules.temporary_unemployment as room
from guichet.kernel.verdict import Severity
from guichet.rules.temporary_unemployment.faults import Way
from guichet.rules.temporary_unemployment.findings import (
    CATALOGUE,
    Count,
    MalformedFindings,
    found,
    read,
    sentence,
    word,
)
from guichet.rules.temporary_unemployment.force_majeure import MedicalBar
from guichet.rules.temporary_unemployment.kinds import (
    Category,
    Channel,
    Kind,
    NoticeKind,
    PaperGround,
    Reason,
    Regime,
)
from guichet.rules.temporary_unemployment.states import Refusal, State

BLOCKING = {
    "001", "002", "003", "005", "006", "007", "008", "010", "011", "012", "013", "016", "017",
    "030", "032", "034", "036", "046", "047", "048", "050", "054", "060", "061", "070", "080",
    "081", "082", "084", "090", "091", "092", "093", "094", "095",
}  # fmt: skip
INFORMING = {"019", "044", "062", "071"}


@pytest.mark.parametrize("code", CATALOGUE.codes)
def test_a_code_blocks_only_where_the_office_does(code: str) -> None:
    number = code.removeprefix("CTW-")
    severity = CATALOGUE.codes[code].severity

    assert (severity is Severity.BLOCK) is (number in BLOCKING)
    assert (severity is Severity.INFORM) is (number in INFORMING)


@pytest.mark.parametrize(
    "kind", [Reason, Kind, Category, Regime, NoticeKind, Channel, PaperGround, State, Refusal,
             MedicalBar]
)  # fmt: skip
def test_everything_that_is_named_has_a_word(kind: type[Reason]) -> None:
    for member in kind:
        assert word(member).de


def test_every_way_of_repair_has_a_sentence_and_no_other() -> None:
    assert {*CATALOGUE.repairs} == {*Way}


def test_every_code_of_the_checks_stands_in_the_catalogue() -> None:
    used = {
        code
        for path in Path(str(room.__file__)).parent.glob("check*.py")
        for code in re.findall(r'"(CTW-\d{3})"', path.read_text("utf-8"))
    }

    assert used <= {*CATALOGUE.codes}
    assert {code for code in CATALOGUE.codes if not code.startswith("CTW-09")} == used


@pytest.mark.parametrize("key", CATALOGUE.sentences)
def test_every_sentence_is_whole(key: str) -> None:
    for text in CATALOGUE.sentences[key].as_mapping().values():
        assert text[0].isupper() or text.startswith("{")
        assert text.endswith((".", ")."))


def test_numbers_carry_their_unit() -> None:
    one = found("CTW-071", "lines", line=1, days=Count(1, "day"))
    none = found("CTW-071", "lines", line=1, days=Count(0, "day"))

    assert "1 jour après" in sentence(one).fr
    assert "0 jour après" in sentence(none).fr
    assert "0 days after" in sentence(none).en


@pytest.mark.parametrize(
    "text",
    [
        "",
        "codes: {}",
        "{texts_of_law: {A: B}, codes: {C-1: [warn, A]}, sentences: {}, repairs: {}, words: {}}",
        "{texts_of_law: {A: B}, codes: {C-1: [odd, A]}, sentences: {}, repairs: {}, words: {}}",
    ],
)
def test_a_catalogue_with_a_gap_is_not_read(text: str) -> None:
    with pytest.raises(MalformedFindings):
        read(text)


def test_languages_that_show_unlike_things_are_told() -> None:
    unlike = "{nl: '{a}.', fr: '{a}.', de: '{a}.', en: '{b}.'}"

    with pytest.raises(MalformedFindings, match="unlike"):
        read(f"{{texts_of_law: {{}}, codes: {{}}, sentences: {{C: {unlike}}}, repairs: {{}}}}")
