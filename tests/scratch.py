"""Folders that live as long as the run of the tests, and not a moment longer."""

import shutil
import tempfile
from pathlib import Path

_MADE: list[Path] = []


def folder(name: str) -> Path:
    """A new folder for something that is made once and used by many tests."""
    made = Path(tempfile.mkdtemp(prefix=f"guichet-{name}-"))
    _MADE.append(made)
    return made


def remove_all() -> None:
    """At the end of the run, in each of its processes."""
    while _MADE:
        shutil.rmtree(_MADE.pop(), ignore_errors=True)
