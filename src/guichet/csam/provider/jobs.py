"""Background work of the provider."""

from procrastinate.contrib.django import app

from guichet.csam.provider import logins
from guichet.platform import clock


@app.periodic(cron="27 * * * *")
@app.task(name="csam.forget_logins", queueing_lock="csam.forget_logins")
def forget_logins(timestamp: int) -> None:
    """Every hour: sign-ins that ended more than a day ago."""
    logins.forget(now=clock.now())
