"""Background work of the access application."""

from procrastinate.contrib.django import app

from guichet.access import used_assertions
from guichet.platform import clock


@app.periodic(cron="*/10 * * * *")
@app.task(name="access.forget_assertions", queueing_lock="access.forget_assertions")
def forget_assertions(timestamp: int) -> None:
    """Every ten minutes: forget the assertions that have expired."""
    used_assertions.forget(now=clock.now())
