"""Background work of the presence service."""

from procrastinate.contrib.django import app

from guichet.eservices.presence import partitions, validation_jobs
from guichet.platform import clock

__all__ = ["forget_keys", "make_partitions", "validation_jobs"]


@app.periodic(cron="7 2 * * *")
@app.task(name="presence.partitions", queueing_lock="presence.partitions", pass_context=False)
def make_partitions(timestamp: int) -> None:
    """Every night: the monthly partitions, three months ahead."""
    partitions.make_partitions(today=clock.today(clock.now()))


@app.periodic(cron="37 * * * *")
@app.task(name="presence.forget_keys", queueing_lock="presence.forget_keys", pass_context=False)
def forget_keys(timestamp: int) -> None:
    """Every hour: idempotency keys of more than a day ago."""
    partitions.forget_old_keys(now=clock.now())
