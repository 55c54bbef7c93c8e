"""Background work of recoveries."""

from procrastinate.contrib.django import app

from guichet.eservices.career_break.recovery import keeping, letters
from guichet.platform import clock


@app.task(name=letters.JOB)
def sealed(*, reference: str) -> None:
    """A letter of a recovery is sealed: it goes to the worker's e-Box."""
    letters.deliver(reference=reference, now=clock.now())


@app.periodic(cron="43 * * * *")
@app.task(
    name="career_break_recovery.deliver",
    queueing_lock="career_break_recovery.deliver",
    pass_context=False,
)
def deliver(timestamp: int) -> None:
    """Every hour: letters that could not go when they were sealed."""
    letters.deliver_waiting(now=clock.now())


@app.periodic(cron="59 3 * * *")
@app.task(
    name="career_break_recovery.forget",
    queueing_lock="career_break_recovery.forget",
    pass_context=False,
)
def forget(timestamp: int) -> None:
    """Every night: recoveries, and what was handed on for payment, that are past their term."""
    keeping.forget_old(now=clock.now())
    keeping.forget_runs(now=clock.now())
