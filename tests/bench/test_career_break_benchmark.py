"""The benchmark of career breaks runs; how fast it was is not judged here."""

import json
import subprocess
import sys

import pytest

from guichet.config.bench import career_break
from tests import database


@pytest.mark.slow
def test_the_quick_benchmark_gives_its_figures() -> None:
    # A process of its own: it takes the settings of its passing house.
    done = subprocess.run(
        [sys.executable, "-m", "guichet.config.command", "bench", "career-break", "--quick",
         "--json"],
        env=database.python_environment(), capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]

    figures = json.loads(done.stdout)
    assert figures["slowestMs"] >= figures["evaluationMs"] > 0
    assert figures["requests"] == 100
    assert figures["overviewMs"] > 0
    for call in ("restDryRun", "restSubmit", "restStatus"):
        assert figures[f"{call}WorstMs"] >= figures[f"{call}Ms"] > 0
        assert figures[f"{call}PerSecond"] > 0


def test_an_unknown_subject_is_not_understood(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        career_break.main(["presence"])

    assert ended.value.code == 2
    assert "career-break" in capsys.readouterr().err
