"""The ingest is lean: no Django in its process, however indirectly."""

import subprocess
import sys

import pytest

from tests import database


@pytest.mark.parametrize("module", ["guichet.ingest.app", "guichet.presence_log.keyed"])
def test_importing_it_leaves_django_out(module: str) -> None:
    program = (
        f"import sys, {module};"
        "print([name for name in ('django', 'procrastinate', 'jinja2') if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        env=database.python_environment(),
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "[]"
