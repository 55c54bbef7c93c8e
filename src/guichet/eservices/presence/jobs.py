"""Background work of the presence service."""

from procrastinate.contrib.django import app

from guichet.eservices.presence import partitions, validation_jobs
from guichet.platform import clock

__all__ = ["drop_expired", "forget_keys", "make_partitions", "validation_jobs"]


@app.periodic(cron="7 2 * * *")
@app.task(name="presence.partitions", queueing_lock="presence.partitions", pass_context=False)
def make_partitions(timestamp: int) -> None:
    """Every night: the monthly partitions, three months ahead."""
    partitions.make_partitions(today=clock.today(clock.now()))


@app.periodic(cron="23 3 2 * *")
@app.task(name="presence.retention", queueing_lock="presence.retention", pass_context=False)
def drop_expired(timestamp: int) -> None:
    """Every month: the acts past their retention, for good."""
    partitions.drop_expired(today=clock.today(clock.now()))


@app.periodic(cron="37 * * * *")
@app.task(name="presence.forget_keys", queueing_lock="presence.forget_keys", pass_context=False)
def forget_keys(timestamp: int) -> None:
    """Every hour: idempotency keys of more than a day ago."""
    partitions.forget_old_keys(now=clock.now())
