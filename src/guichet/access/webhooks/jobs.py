"""Background work of webhooks: delivering, and forgetting what was delivered."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from guichet.access.webhooks import operations
from guichet.platform import clock


# Four seconds, a quarter of a minute, a minute, … four and a half hours at the end.
@app.task(
    name="access.deliver_webhook",
    retry=RetryStrategy(max_attempts=operations.TRIES - 1, exponential_wait=4),
)
def deliver_webhook(*, delivery: int) -> None:
    """One message to one subscription."""
    operations.deliver(delivery=delivery, now=clock.now())


@app.periodic(cron="23 4 * * *")
@app.task(name="access.forget_webhooks", queueing_lock="access.forget_webhooks")
def forget_webhooks(timestamp: int) -> None:
    """Every night: what was sent more than thirty days ago."""
    operations.forget(now=clock.now())
