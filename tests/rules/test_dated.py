from __future__ import annotations

from datetime import date, timedelta

import pytest

from guichet.rules import dated
from guichet.rules.dated import MalformedParameter, Parameter, UnknownParameter

EXAMPLES = [
    pytest.param(parameter, example, id=f"{name}-{example.day}-{example.drafts}")
    for name, parameter in dated.parameters().items()
    for example in parameter.examples
]
ROWS = "  values: [{from: 2026-01-01, value: 1}]\n  examples: []"
HEAD = "x:\n  description: d\n  unit: u\n  source: s\n"


@pytest.mark.parametrize(("parameter", "example"), EXAMPLES)
def test_a_worked_example_gives_what_it_says(parameter: Parameter, example: dated.Example) -> None:
    assert dated.value(parameter.name, on=example.day, drafts=example.drafts) == example.value


@pytest.mark.parametrize("parameter", dated.parameters().values(), ids=lambda p: p.name)
def test_a_parameter_has_a_unit_a_source_and_an_example(parameter: Parameter) -> None:
    assert parameter.description
    assert parameter.unit
    assert parameter.source
    assert parameter.examples


@pytest.mark.parametrize("parameter", dated.parameters().values(), ids=lambda p: p.name)
def test_a_parameter_has_no_value_before_its_first_row(parameter: Parameter) -> None:
    with pytest.raises(UnknownParameter, match="has no value on"):
        parameter.on(parameter.rows[0].first_day - timedelta(days=1), drafts=True)


def test_a_threshold_changes_on_the_day_of_its_new_row() -> None:
    name = "presence.construction.threshold"

    assert dated.whole(name, on=date(2016, 2, 29)) == 80_000_000
    assert dated.whole(name, on=date(2016, 3, 1)) == 50_000_000


def test_a_draft_is_shown_on_demand_and_never_applied() -> None:
    name, day = "presence.construction.events", date(2027, 1, 1)

    assert dated.value(name, on=day) == "day"
    assert dated.value(name, on=day, drafts=True) == "inOut"


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(UnknownParameter, match="no parameter is called"):
        dated.value("presence.nothing", on=date(2026, 3, 2))


def test_a_figure_is_asked_for_by_its_kind() -> None:
    day = date(2026, 3, 2)

    assert dated.switch("presence.cleaning.threshold_follows_declaration", on=day) is True
    with pytest.raises(MalformedParameter, match="not a whole number"):
        dated.whole("presence.cleaning.threshold_follows_declaration", on=day)
    with pytest.raises(MalformedParameter, match="neither yes nor no"):
        dated.switch("presence.act.max_late", on=day)


def test_a_file_gives_its_parameters() -> None:
    assert dated.read(HEAD + ROWS)["x"].on(date(2026, 5, 1)) == 1


def test_a_name_in_two_files_is_refused() -> None:
    with pytest.raises(MalformedParameter, match="two files"):
        dated.read(HEAD + ROWS, known={"x"})


@pytest.mark.parametrize(
    "text",
    [
        "x:\n  unit: u\n  source: s\n" + ROWS,
        HEAD + "  values: []\n  examples: []",
        HEAD + "  values: [{from: 2026-01-01, value: 1.5}]\n  examples: []",
        HEAD + "  values: [{value: 1}]\n  examples: []",
        HEAD + "  values: [{from: 2026-02-01, value: 1}, {from: 2026-01-01, value: 2}]\n"
        "  examples: []",
        HEAD + "  values: [{from: 2026-01-01, value: 1}, {from: 2026-01-01, value: 2}]\n"
        "  examples: []",
        "x: 3",
    ],
)
def test_a_parameter_with_a_gap_is_refused(text: str) -> None:
    with pytest.raises(MalformedParameter, match="x"):
        dated.read(text)
