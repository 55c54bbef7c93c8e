"""The benchmark of files of temporary unemployment runs and leaves nothing."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests import database

pytestmark = pytest.mark.slow


def test_the_quick_benchmark_prints_its_figures_and_leaves_nothing() -> None:
    command = [sys.executable, "-m", "guichet.config.command", "bench", "temporary-unemployment"]

    with tempfile.TemporaryDirectory(prefix="guichet-tests-") as folder:
        # Not under pytest's own folder: nobody but its owner may enter that one.
        Path(folder).chmod(0o755)
        done = subprocess.run(
            [*command, "--quick", "--long", "--json", "--folder", folder],
            env=database.python_environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        left = list(Path(folder).iterdir())

    assert left == []
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert (figures["forms"], figures["refusedForms"]) == (500, 0)
    assert figures["fileMegabytes"] > 2
    assert 0 < figures["ownMegabytes"] < 300
    assert figures["databaseMegabytes"] > 0
    assert figures["workersCounted"] == 500
    assert figures["limitsLastPageMs"] > 0
