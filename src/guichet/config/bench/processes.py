"""What processes of this machine hold and take, as /proc knows it; who ended holds nothing."""

import os
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")
_TICKS: Final = os.sysconf("SC_CLK_TCK")


def family(number: int) -> list[int]:
    """A process and all its descendants, the process first."""
    found = [number]
    for one in found:
        for task in (_PROC / str(one) / "task").glob("*/children"):
            found += [int(word) for word in _text(task).split()]
    return found


def name(number: int) -> str:
    """The name of its program; empty once it ended."""
    return _text(_PROC / str(number) / "comm").strip()


def cpu_seconds(number: int) -> float:
    """What it took of the processors so far, to a hundredth of a second."""
    fields = _text(_PROC / str(number) / "stat").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS if fields else 0.0


def most_resident(number: int) -> float:
    """The most that it held resident so far, in megabytes."""
    return _megabytes(number, "status", "VmHWM:")


def proportional(number: int) -> float:
    """What it holds now, in megabytes; of what several share, each has its part."""
    return _megabytes(number, "smaps_rollup", "Pss:")


def _megabytes(number: int, file: str, label: str) -> float:
    for line in _text(_PROC / str(number) / file).splitlines():
        if line.startswith(label):
            return int(line.split()[1]) / 1024
    return 0.0


def _text(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""
