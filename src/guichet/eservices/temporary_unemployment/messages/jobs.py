"""When files are checked and handled."""

from __future__ import annotations

from typing import Final

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from guichet.eservices.temporary_unemployment.messages import (
    checking,
    keeping,
    operations,
    processing,
    single,
)
from guichet.platform import clock

_TRIES: Final = RetryStrategy(max_attempts=6, exponential_wait=3)


@app.task(name="temporary_unemployment_messages.check", retry=_TRIES, pass_context=False)
def check(delivery: int) -> None:
    """A set that is complete: accepted or refused, and its receipt."""
    checking.check(delivery=delivery, now=clock.now())


@app.task(name="temporary_unemployment_messages.process", retry=_TRIES, pass_context=False)
def process(delivery: int) -> None:
    """An accepted set: its forms become communications, and its notifications."""
    processing.process(delivery=delivery, clock=clock.now)


@app.periodic(cron="* * * * *")
@app.task(
    name="temporary_unemployment_messages.refuse_incomplete",
    queueing_lock="temporary_unemployment_messages.refuse_incomplete",
    pass_context=False,
)
def refuse_incomplete(timestamp: int) -> None:
    """Every minute: sets whose files did not come."""
    operations.refuse_incomplete(now=clock.now())


@app.periodic(cron="53 * * * *")
@app.task(
    name="temporary_unemployment_messages.forget_calls",
    queueing_lock="temporary_unemployment_messages.forget_calls",
    pass_context=False,
)
def forget_calls(timestamp: int) -> None:
    """Every hour: keys of calls of more than a day ago."""
    single.forget_calls(now=clock.now())


@app.periodic(cron="11 4 2 * *")
@app.task(
    name="temporary_unemployment_messages.purge",
    queueing_lock="temporary_unemployment_messages.purge",
    pass_context=False,
)
def purge(timestamp: int) -> None:
    """Every month: bytes of files that are past their retention."""
    keeping.purge(now=clock.now())
