"""Folders of secrets that appear whole or not at all. No Django here."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def made_whole(folder: Path) -> Iterator[Path | None]:
    """A passing folder that becomes ``folder`` when the block ends, or None when it is there.

    Whoever comes second keeps the first's.
    """
    if folder.exists():
        yield None
        return
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    passing = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield passing
        if not folder.exists():
            _rename(passing, folder)
    finally:
        shutil.rmtree(passing, ignore_errors=True)


def write_private(file: Path, text: bytes) -> None:
    """A new file that only its owner may read."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(text)


def _rename(passing: Path, folder: Path) -> None:
    try:
        passing.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise  # not the race of two starts
