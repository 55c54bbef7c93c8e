"""When declarations are decided: every second, again and again while there is more."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from procrastinate.contrib.django import app

from guichet.eservices.dimona import identifying, operations, processing
from guichet.platform import clock

TICK_SECONDS: Final = 45.0
"""How long one job goes on while there is more: the next one takes over."""


@app.periodic(cron="* * * * * *")
@app.task(name="dimona.process", queueing_lock="dimona.process", pass_context=False)
def process(timestamp: int) -> None:
    """Every second: what was declared, and whom somebody has identified meanwhile."""
    _exhaust(processing.process)
    _exhaust(identifying.identify_waiting)


@app.periodic(cron="47 * * * *")
@app.task(name="dimona.forget_keys", queueing_lock="dimona.forget_keys", pass_context=False)
def forget_keys(timestamp: int) -> None:
    """Every hour: idempotency keys of more than a day ago."""
    operations.forget_keys(now=clock.now())


def _exhaust(batch: Callable[..., processing.Outcome]) -> None:
    until = time.monotonic() + TICK_SECONDS
    while time.monotonic() < until:
        now: datetime = clock.now()
        if not batch(now=now).more:
            return
