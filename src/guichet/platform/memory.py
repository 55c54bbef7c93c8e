"""The memory of a process that runs for long."""

import gc


def settle() -> None:
    """Take what is loaded by now out of the sight of the garbage collector.

    It would look through all of Django again and again while requests come in or forms are read: a
    tenth of the time of the ingest and most of the waiting of its slowest answers, a fifth of the
    time of a large file.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)
