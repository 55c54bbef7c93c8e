"""Background work of the counter."""

from procrastinate.contrib.django import app

from guichet.access.counter import answering
from guichet.platform import clock


@app.periodic(cron="25 3 * * *")
@app.task(name="access.forget_questions", queueing_lock="access.forget_questions")
def forget_questions(timestamp: int) -> None:
    """Every night: questions of more than a year ago are removed."""
    answering.forget(now=clock.now())
