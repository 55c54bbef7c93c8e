"""Removing what waited for a code and was never confirmed, once an hour."""

from procrastinate.contrib.django import app

from guichet.csam.keys import second_step
from guichet.platform import clock


@app.periodic(cron="17 * * * *")
@app.task(name="csam.forget_unconfirmed_keys", queueing_lock="csam.forget_unconfirmed_keys")
def forget(timestamp: int) -> None:
    """Remove expired activations, first steps, challenges and printed cards."""
    second_step.forget(now=clock.now())
