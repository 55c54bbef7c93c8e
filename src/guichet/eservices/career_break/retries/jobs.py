"""Background work of repeated calls."""

from procrastinate.contrib.django import app

from guichet.eservices.career_break.retries import keys
from guichet.platform import clock


@app.periodic(cron="17 4 * * *")
@app.task(
    name="career_break.forget_keys", queueing_lock="career_break.forget_keys", pass_context=False
)
def forget_keys(timestamp: int) -> None:
    """Every night: keys of more than a day ago."""
    keys.forget(now=clock.now())
