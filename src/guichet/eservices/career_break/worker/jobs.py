"""Background work of the worker's side: receipts delivered, reminders, requests that expire."""

from procrastinate.contrib.django import app

from guichet.eservices.career_break.worker import receipts, reminding
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
