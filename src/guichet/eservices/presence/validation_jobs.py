"""When acts are validated: jobs that call the operations, again and again while there is more."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from procrastinate.contrib.django import app

from guichet.eservices.presence import validation
from guichet.eservices.presence.days import validation as days
from guichet.platform import clock

TICK_SECONDS: Final = 45.0
"""How long one job goes on while there is more: the next one takes over."""


@app.periodic(cron="* * * * * */2")
@app.task(name="presence.validate", queueing_lock="presence.validate", pass_context=False)
def validate(timestamp: int) -> None:
    """Every two seconds: what was recorded, then what registers and decisions changed."""
    _exhaust(validation.validate_pending)
    _exhaust(validation.revalidate_changed)
    _exhaust(validation.revalidate_corrected)
    _exhaust(days.validate_pending)
    _exhaust(days.revalidate_changed)


@app.periodic(cron="17 * * * *")
@app.task(name="presence.sweep", queueing_lock="presence.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Every hour: INs that nobody closed, and acts that were left without a verdict."""
    _exhaust(validation.review_never_closed)
    _exhaust(validation.validate_unvalidated)
    validation.forget_changes(now=clock.now())


def _exhaust(batch: Callable[..., validation.Outcome | days.Batch]) -> None:
    until = time.monotonic() + TICK_SECONDS
    while time.monotonic() < until:
        now: datetime = clock.now()
        if not batch(now=now).more:
            return
