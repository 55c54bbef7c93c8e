"""Background work of the access application."""

from procrastinate.contrib.django import app

from guichet.access import token_log, used_assertions
from guichet.platform import clock


@app.periodic(cron="*/10 * * * *")
@app.task(name="access.forget_assertions", queueing_lock="access.forget_assertions")
def forget_assertions(timestamp: int) -> None:
    """Every ten minutes: forget the assertions that have expired."""
    used_assertions.forget(now=clock.now())


@app.periodic(cron="23 3 * * *")
@app.task(name="access.forget_token_days", queueing_lock="access.forget_token_days")
def forget_token_days(timestamp: int) -> None:
    """Every night: forget the counted token requests that no page shows any more."""
    token_log.forget(today=clock.today(clock.now()))
