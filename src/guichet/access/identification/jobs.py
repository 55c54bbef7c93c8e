"""Background work of sessions."""

from procrastinate.contrib.django import app

from guichet.access.identification import operations
from guichet.platform import clock


@app.periodic(cron="17 * * * *")
@app.task(name="access.forget_sessions", queueing_lock="access.forget_sessions")
def forget_sessions(timestamp: int) -> None:
    """Every hour: sessions that ended by themselves."""
    operations.forget(now=clock.now())
