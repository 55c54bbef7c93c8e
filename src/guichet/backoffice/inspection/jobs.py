"""Background work of the inspection."""

from procrastinate.contrib.django import app

from guichet.backoffice.inspection import keeping
from guichet.platform import clock


@app.periodic(cron="59 3 * * *")
@app.task(
    name="inspection.forget_searches",
    queueing_lock="inspection.forget_searches",
    pass_context=False,
)
def forget_searches(timestamp: int) -> None:
    """Every night: what inspectors searched, past its term."""
    keeping.forget_old(now=clock.now())
