"""Whether a process has more to do than it can: many at once, and the oldest has waited long.

Many quick requests at once are an ordinary morning; a few slow ones are no crowd. Both together
are an overload, and whoever comes then is told so at once instead of hanging.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Load:
    """``most``: requests at once; ``patience``: seconds that the oldest may take. Thread-safe.

    Moments are seconds of a clock that never goes back.
    """

    most: int
    patience: float
    _running: dict[int, float] = field(default_factory=dict)
    _next: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def is_too_much(self, *, at: float) -> bool:
        """Whether one more would only wait."""
        with self._lock:
            if len(self._running) < self.most:
                return False
            return at - min(self._running.values()) >= self.patience

    @contextmanager
    def one(self, *, at: float) -> Iterator[None]:
        """A request that runs; it has ended however it ended."""
        with self._lock:
            key, self._next = self._next, self._next + 1
            self._running[key] = at
        try:
            yield
        finally:
            with self._lock:
                del self._running[key]
