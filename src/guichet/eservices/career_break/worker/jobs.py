"""Background work of the worker's side: receipts, reminders, requests that expire, terms."""

from procrastinate.contrib.django import app

from guichet.eservices.career_break.worker import keeping, receipts, reminding
from guichet.platform import clock


@app.task(name="career_break.deliver_receipt")
def deliver_receipt(*, reference: str) -> None:
    """The receipt of a worker's part is sealed: it goes to his e-Box."""
    receipts.deliver(reference=reference, now=clock.now())


@app.periodic(cron="23 7 * * *")
@app.task(
    name="career_break.remind_workers",
    queueing_lock="career_break.remind_workers",
    pass_context=False,
)
def remind_workers(timestamp: int) -> None:
    """Every morning: parts that wait too long, and requests that nobody will complete."""
    now = clock.now()
    reminding.expire(now=now)
    reminding.remind(now=now)


@app.periodic(cron="47 3 * * *")
@app.task(
    name="career_break.forget_typed",
    queueing_lock="career_break.forget_typed",
    pass_context=False,
)
def forget_typed(timestamp: int) -> None:
    """Every night: what was typed for requests that came to nothing or were decided long ago."""
    keeping.forget_typed(now=clock.now())
