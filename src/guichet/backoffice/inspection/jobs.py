"""Background work of the inspection."""

from procrastinate.contrib.django import app

from guichet.backoffice.inspection import exports, keeping
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


@app.task(name="inspection.make_file")
def make_file(*, file: int) -> None:
    """A large file of what a search finds, page by page."""
    exports.work(file=file, now=clock.now())


@app.periodic(cron="13 * * * *")
@app.task(
    name="inspection.forget_files", queueing_lock="inspection.forget_files", pass_context=False
)
def forget_files(timestamp: int) -> None:
    """Every hour: files whose purpose is over."""
    exports.forget_old(now=clock.now())
