"""Background work of recoveries."""

from typing import Final

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from guichet.eservices.career_break.recovery import keeping, letters, preparing
from guichet.platform import clock

_TRIES: Final = 4
_LAST_TRY: Final = _TRIES - 1


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


@app.task(
    name=preparing.JOB,
    retry=RetryStrategy(max_attempts=_TRIES, exponential_wait=3),
    pass_context=True,
)
def prepare(context: JobContext, *, preparation: int) -> None:
    """A run of payments, some hundreds of files at a time; what is there is not made again."""
    try:
        _prepared(preparation)
    except Exception:
        if context.job.attempts >= _LAST_TRY:
            preparing.fail(preparation=preparation, now=clock.now())
        raise


@app.periodic(cron="* * * * *")
@app.task(
    name="career_break_recovery.go_on",
    queueing_lock="career_break_recovery.go_on",
    pass_context=False,
)
def go_on(timestamp: int) -> None:
    """Every minute: runs of which the worker died while it prepared them."""
    for preparation in preparing.left_behind(now=clock.now()):
        try:
            _prepared(preparation)
        except Exception:
            preparing.fail(preparation=preparation, now=clock.now())
            raise


def _prepared(preparation: int) -> None:
    while preparing.make_part(preparation=preparation, now=clock.now()):
        pass


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
    keeping.forget_preparations(now=clock.now())
