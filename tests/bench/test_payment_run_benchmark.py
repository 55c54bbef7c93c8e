"""The benchmark of a run of payments runs and leaves nothing."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests import database

pytestmark = pytest.mark.slow


def test_the_quick_benchmark_prints_its_figures_and_leaves_nothing() -> None:
    command = [sys.executable, "-m", "guichet.config.command", "bench", "payment-run"]

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
        left = list(Path(folder).iterdir())

    assert left == []
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["firstPayments"] == figures["secondPayments"] == 60
    assert (figures["firstLeft"], figures["secondLeft"]) == (0, 4)
