"""A morning's stream: nothing of it is lost, and what measures it is to be trusted."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests import database


@pytest.mark.slow
def test_p99_a_stream_at_a_steady_rate_loses_nothing_and_is_validated() -> None:
    command = [sys.executable, "-m", "guichet.config.command", "bench", "steady"]

    with tempfile.TemporaryDirectory(prefix="guichet-tests-") as folder:
        Path(folder).chmod(0o755)
        done = subprocess.run(
            [*command, "--rate", "100", "--seconds", "3", "--json", "--folder", folder],
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
    assert figures["answered"] == figures["stored"] == figures["validated"] == 300
    assert figures["lost"] == figures["faults"] == 0
    assert 0 < figures["p50Ms"] <= figures["p99Ms"] <= figures["worstMs"]
