"""Background work of the pages of channels."""

from procrastinate.contrib.django import app

from guichet.access.chaman import expiry
from guichet.platform import clock


@app.periodic(cron="40 6 * * *")
@app.task(name="access.warn_of_expiring_certificates", queueing_lock="access.warn_of_certificates")
def warn_of_expiring_certificates(timestamp: int) -> None:
    """Every morning: tell technical contacts which certificates end soon."""
    expiry.warn(now=clock.now())
