"""Background work of the cards."""

from procrastinate.contrib.django import app

from guichet.csam.eid import operations
from guichet.platform import clock


@app.periodic(cron="*/5 * * * *")
@app.task(name="csam.forget_tickets", queueing_lock="csam.forget_tickets")
def forget_tickets(timestamp: int) -> None:
    """Every five minutes: forget the tickets that nobody handed in."""
    operations.forget_tickets(now=clock.now())
