"""The benchmark of Dimona runs and leaves nothing."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from guichet.config.bench import dimona
from tests import database


@pytest.mark.slow
def test_the_quick_benchmark_decides_everything_and_leaves_nothing() -> None:
    command = [sys.executable, "-m", "guichet.config.command", "bench", "dimona"]

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
    assert figures["declarations"] == 200
    assert figures["accepted"] == 200 + 1_000  # the file too
    for name in ("decidedPerSecond", "cpuMicrosPerDeclaration", "storedPerSecond", "fileSeconds"):
        assert figures[name] > 0


def test_an_unknown_subject_is_not_understood(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        dimona.main(["presence"])

    assert ended.value.code == 2
    assert "dimona" in capsys.readouterr().err
