"""When declarations are decided: every second, again and again while there is more."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from guichet.eservices.dimona import exports, identifying, operations, processing
from guichet.eservices.dimona.batch import operations as batch
from guichet.eservices.dimona.identities import following, telling
from guichet.eservices.dimona.pages import files
from guichet.platform import clock

_TRIES: Final = 4
_FOLLOW_SECONDS: Final = 5
_LAST_TRY: Final = _TRIES - 1
TICK_SECONDS: Final = 45.0
"""How long one job goes on while there is more: the next one takes over."""


@app.periodic(cron="* * * * * *")
@app.task(name="dimona.process", queueing_lock="dimona.process", pass_context=False)
def process(timestamp: int) -> None:
    """Every second: what was declared, and whom somebody has identified meanwhile."""
    _exhaust(processing.process)
    _exhaust(identifying.identify_waiting)


@app.task(
    name="dimona.read_file",
    retry=RetryStrategy(max_attempts=_TRIES, exponential_wait=3),
    pass_context=False,
)
def read_file(file: int) -> None:
    """A file that was sent: its forms become declarations."""
    batch.read(file=file, now=clock.now())


@app.periodic(cron="47 * * * *")
@app.task(name="dimona.forget_keys", queueing_lock="dimona.forget_keys", pass_context=False)
def forget_keys(timestamp: int) -> None:
    """Every hour: idempotency keys of more than a day ago."""
    operations.forget_keys(now=clock.now())


@app.task(
    name="dimona.export",
    retry=RetryStrategy(max_attempts=_TRIES, exponential_wait=3),
    pass_context=True,
)
def export(context: JobContext, *, export: int) -> None:
    """A long file of the personnel file, part by part; what is there is not made again."""
    try:
        while exports.make_part(export=export, writer=files.write, now=clock.now()):
            pass
    except Exception:
        if context.job.attempts >= _LAST_TRY:
            exports.fail(export=export, now=clock.now())
        raise


@app.periodic(cron="19 * * * *")
@app.task(name="dimona.forget_exports", queueing_lock="dimona.forget_exports", pass_context=False)
def forget_exports(timestamp: int) -> None:
    """Every hour: files of more than a day ago."""
    exports.forget(now=clock.now())


@app.periodic(cron="* * * * *")
@app.task(
    name="dimona.follow_identities",
    queueing_lock="dimona.follow_identities",
    pass_context=False,
)
def follow_identities(timestamp: int) -> None:
    """Every minute: what the register of persons changed, for who employs the person."""
    # The next minute goes on: a worker that is asked to stop does not wait long for it.
    until = time.monotonic() + _FOLLOW_SECONDS
    while following.follow(now=clock.now()) and time.monotonic() < until:
        pass


@app.periodic(cron="13 * * * *")
@app.task(name="dimona.tell_identities", queueing_lock="dimona.tell_identities", pass_context=False)
def tell_identities(timestamp: int) -> None:
    """Every hour; what changed the day before is told in the morning, the other hours catch up."""
    telling.tell(now=clock.now())


def _exhaust(batch: Callable[..., processing.Outcome]) -> None:
    until = time.monotonic() + TICK_SECONDS
    while time.monotonic() < until:
        now: datetime = clock.now()
        if not batch(now=now).more:
            return
