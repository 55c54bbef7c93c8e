"""The benchmarks of consultation and of the assistant run and leave nothing."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests import database

pytestmark = pytest.mark.slow


def figures(what: str) -> dict[str, Any]:
    """What the quick benchmark prints, once nothing is left of it."""
    command = [sys.executable, "-m", "guichet.config.command", "bench", what]
    with tempfile.TemporaryDirectory(prefix="guichet-tests-") as folder:
        # Not under pytest's own folder: nobody but its owner may enter that one.
        Path(folder).chmod(0o755)
        done = subprocess.run(
            [*command, "--quick", "--json", "--folder", folder],
            env=database.python_environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        assert list(Path(folder).iterdir()) == []
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_pages_of_consultation_are_measured_on_a_log_that_the_benchmark_loads() -> None:
    measured = figures("consult")

    # Two working days of a thousand workers with four acts, and this morning's one.
    assert measured["acts"] == 9_000
    for page in ("day", "daySites", "onSite", "list", "listMonth", "listSites", "hoursWeek", "own"):
        assert measured[f"{page}Ms"] > 0
        assert measured[f"{page}Bytes"] > 1_000
    assert measured["searchMonthMs"] > 0


def test_the_assistant_is_measured_through_its_steps_and_in_one_large_lot() -> None:
    measured = figures("assistant")

    assert measured["presencesOfACrew"] == 120
    assert measured["crewRegisterMs"] > 0
    assert measured["presencesOfALot"] == 250
    assert measured["lotSeconds"] > 0
