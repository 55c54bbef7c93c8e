"""The words of faults and findings: complete, in four languages, with the values they show."""

import ast
import inspect
import re
from collections.abc import Iterator
from datetime import date
from types import ModuleType

import pytest

from guichet.rules.career_break import (
    answers,
    attachments,
    employers,
    entry,
    entry_dates,
    faults,
    hours,
    messages,
    notice,
    postponement,
    several,
)
from guichet.rules.career_break.answers import Ground
from guichet.rules.career_break.kinds import Leave, Regime
from guichet.rules.career_break.messages import MalformedCatalogue

ROOMS = (answers, attachments, employers, entry, entry_dates, hours, notice, postponement, several)
CODE = re.compile(r'"(V-[A-Z]{2}-\d\d)"')
MAKERS = ("blocking", "warning", "remark", "late", "judged")
LANGUAGES = ("nl", "fr", "de", "en")


def codes_in(room: ModuleType) -> Iterator[str]:
    yield from CODE.findall(inspect.getsource(room))


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.__name__.rpartition(".")[2])
def test_every_code_that_a_rule_names_has_words(room: ModuleType) -> None:
    known = {key.partition(".")[0] for key in messages.messages()}

    assert [code for code in codes_in(room) if code not in known] == []


def made_in(room: ModuleType) -> Iterator[tuple[str, frozenset[str]]]:
    """The key and the names of the values of each fault that a rule makes by its code."""
    for node in ast.walk(ast.parse(inspect.getsource(room))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id not in MAKERS or not isinstance(node.args[0], ast.Constant):
            continue
        code, names = str(node.args[0].value), frozenset(word.arg or "" for word in node.keywords)
        if len(node.args) < 3:
            yield code, names
        elif isinstance(node.args[2], ast.Constant) and node.args[2].value:
            yield f"{code}.{node.args[2].value!s}", names
        else:
            yield from ((key, names) for key in messages.messages() if key.startswith(code + "."))


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.__name__.rpartition(".")[2])
def test_the_words_show_the_values_that_the_rule_gives(room: ModuleType) -> None:
    made = list(made_in(room))

    assert made or room is employers
    for key, names in made:
        assert messages.placeholders(messages.messages()[key].en) == names, key


def test_every_ground_of_a_refusal_and_every_leave_without_one_has_words() -> None:
    wanted = [f"career_break.refusal.{ground}" for ground in Ground]
    wanted += [f"V-NO-07.{leave}" for leave in Leave if leave is not Leave.ORDINARY]
    wanted += ["career_break.amount.unknown", "career_break.amount.unverified"]

    assert [key for key in wanted if key not in messages.messages()] == []


@pytest.mark.parametrize("key", messages.messages())
def test_a_sentence_ends_and_has_no_loose_space(key: str) -> None:
    for words in messages.messages()[key].as_mapping().values():
        assert words == " ".join(words.split(" ")).strip()
        assert words[-1] in ".?!"
        assert "'" not in words
    french = messages.messages()[key].fr
    assert re.search(r"(?<!\u00a0)[:;?!]", french) is None


@pytest.mark.parametrize("leave", Leave)
@pytest.mark.parametrize("regime", Regime)
def test_the_answer_about_a_refusal_can_be_said(leave: Leave, regime: Regime) -> None:
    for workers in (3, 200):
        asked = notice.Notice(
            leave=leave,
            regime=regime,
            start=date(2026, 6, 1),
            notified_on=date(2026, 3, 2),
            workers=workers,
            used_half_months=20,
        )
        for finding in answers.refusal(asked).findings:
            assert messages.sentence(finding.key, finding.inputs, language="fr")
        for fault in answers.refusal_faults(asked, answered_on=date(2026, 3, 3), reasons=""):
            assert messages.sentence(fault.key, fault.values, language="nl")


def test_a_sentence_shows_its_values() -> None:
    late = faults.warning("V-NT-03", "notified_on", last=date(2025, 7, 1))

    found = [messages.sentence(late.key, late.values, language=code) for code in LANGUAGES]

    assert all("01/07/2025" in words for words in found)
    assert len(set(found)) == len(LANGUAGES)


def test_c17_rule_the_words_do_not_tell_a_wrong_number_from_another_employers_worker() -> None:
    found = messages.messages()

    assert found["V-NI-02"] == found["V-NI-03"]


@pytest.mark.parametrize(
    "text",
    [
        "x: {nl: a, fr: b, de: c}",
        "x: {nl: a, fr: b, de: c, en: d, es: e}",
        "x: {nl: '{one}', fr: b, de: c, en: d}",
        "x: 3",
        "[]",
    ],
)
def test_a_catalogue_with_a_gap_is_refused(text: str) -> None:
    with pytest.raises(MalformedCatalogue):
        messages.read(text)


def test_faults_weigh_what_they_say_and_hide_nothing_in_their_values() -> None:
    made = faults.blocking("V-TX-01", "comment", most=200)

    assert faults.any_blocks([made])
    assert not faults.any_blocks([faults.warning("V-DT-04", "first_day")])
    assert made == faults.blocking("V-TX-01", "comment", most=200)
    assert len({made, faults.blocking("V-TX-01", "comment", most=200)}) == 1
    with pytest.raises(TypeError):
        made.values["most"] = 1  # type: ignore[index]
