"""The page of scenarios, made from the tests: ``python -m tests.scenarios.index``.

A test carries a scenario when its name has the number as a part (``test_p19_…``). The page says for
each scenario which tests carry it, so that a reader can go from a promise to its proof.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

TESTS = Path(__file__).resolve().parents[1]
PAGE = TESTS.parent / "docs" / "scenarios.md"
TITLES = Path(__file__).with_name("titles.yaml")

_CARRIED = re.compile(r"(?<![a-z0-9])(a|c|d|i|p|r|sc|un|pw|wx)(\d{1,3})(?![a-z0-9])")
_TEST = re.compile(r"(?:async )?def (test_\w+)")
_SET_ASIDE = ("mark.skip", "mark.xfail")

_HEAD = """\
# Scenarios

Each numbered scenario, the tests that carry its number, and its state. This page is made from
the tests with `python -m tests.scenarios.index` and a test keeps it true.

| no. | scenario | tests | state |
|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Carrier:
    """A test function that carries a scenario's number."""

    number: str
    place: str
    set_aside: bool


@cache
def carriers(*, root: Path = TESTS) -> tuple[Carrier, ...]:
    """Every test below ``root`` that carries a number, in the order of files and lines."""
    found: list[Carrier] = []
    for path in sorted(root.rglob("test_*.py")):
        found += _in_file(path.read_text("utf-8"), path.relative_to(root))
    return tuple(found)


def _in_file(text: str, path: Path) -> list[Carrier]:
    found: list[Carrier] = []
    decorators = ""
    for line in text.splitlines():
        named = _TEST.match(line)
        if named:
            aside = any(mark in decorators for mark in _SET_ASIDE)
            place = f"{path}::{named[1]}"
            for letter, digits in _CARRIED.findall(named[1].replace("_", " ")):
                found.append(Carrier(f"{letter.upper()}{int(digits)}", place, aside))
        # What stands between two definitions at the margin decorates the second one.
        decorators = "" if line[:1] not in "@ )]" or named else decorators + line
    return found


def page(*, titles: list[Mapping[str, Any]], found: tuple[Carrier, ...]) -> str:
    """The whole page as Markdown."""
    lines = []
    for title in titles:
        mine = [carrier for carrier in found if carrier.number == title["number"]]
        places = "<br>".join(f"`{carrier.place}`" for carrier in mine) or "none yet"
        lines.append(f"| {title['number']} | {title['title']} | {places} | {_state(title, mine)} |")
    return _HEAD + "\n".join(lines) + "\n"


def _state(title: Mapping[str, Any], mine: list[Carrier]) -> str:
    if "later" in title:
        return f"{'begun, ' if mine else ''}comes with {title['later']}"
    if not mine:
        return "**missing**"
    return "set aside" if all(carrier.set_aside for carrier in mine) else "tested"


def current() -> str:
    """The page as the tests make it now."""
    titles = yaml.safe_load(TITLES.read_text("utf-8"))
    return page(titles=titles, found=carriers())


if __name__ == "__main__":
    PAGE.write_text(current(), "utf-8")
