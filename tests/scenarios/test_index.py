"""The page of scenarios is true."""

from __future__ import annotations

import pytest
import yaml

from tests.scenarios import index


def test_the_page_of_scenarios_is_the_one_the_tests_make() -> None:
    assert index.PAGE.read_text("utf-8") == index.current(), "run python -m tests.scenarios.index"


@pytest.mark.parametrize(
    "title",
    [title for title in yaml.safe_load(index.TITLES.read_text("utf-8")) if "later" not in title],
    ids=lambda title: str(title["number"]),
)
def test_every_scenario_that_is_due_has_a_test_that_runs(title: dict[str, str]) -> None:
    mine = [carrier for carrier in index.carriers() if carrier.number == title["number"]]

    assert [carrier for carrier in mine if not carrier.set_aside]
