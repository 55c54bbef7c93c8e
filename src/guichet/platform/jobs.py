"""Background work of the toolkit: sending mail, forgetting what has served."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from guichet.platform import clock, post, throttle


# Mail servers are away for minutes, seldom for hours. The first try is none of the further ones.
@app.task(
    name="platform.send_mail",
    retry=RetryStrategy(max_attempts=post.TRIES - 1, exponential_wait=4),
)
def send_mail(*, dispatch: int) -> None:
    """One mail of the outbox."""
    post.send(dispatch=dispatch, now=clock.now())


@app.periodic(cron="17 4 * * *")
@app.task(name="platform.forget_dispatches", queueing_lock="platform.forget_dispatches")
def forget_dispatches(timestamp: int) -> None:
    """Every night: the outbox of more than thirty days ago."""
    post.forget(now=clock.now())


@app.periodic(cron="41 * * * *")
@app.task(name="platform.forget_counts", queueing_lock="platform.forget_counts")
def forget_counts(timestamp: int) -> None:
    """Every hour: counts of tries whose window is long over."""
    throttle.forget_old(now=clock.now())
