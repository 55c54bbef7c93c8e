"""Background work on notices."""

from procrastinate.contrib.django import app

from guichet.eservices.career_break.notices import receipts, timing
from guichet.platform import clock


@app.periodic(cron="13 * * * *")
@app.task(
    name="career_break.settle_notices",
    queueing_lock="career_break.settle_notices",
    pass_context=False,
)
def settle_notices(timestamp: int) -> None:
    """Every hour, so that midnight in Brussels is met: what nobody answered in time."""
    timing.settle(now=clock.now())


@app.task(name="career_break.deliver_notice")
def deliver_notice(*, reference: str) -> None:
    """The sealed receipt of a notice goes to the worker's e-Box."""
    receipts.deliver(reference=reference)
