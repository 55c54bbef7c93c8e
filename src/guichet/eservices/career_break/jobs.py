"""Background work of career breaks."""

from procrastinate.contrib.django import app

from guichet.eservices.career_break import drafting, events
from guichet.platform import clock


@app.periodic(cron="41 3 * * *")
@app.task(
    name="career_break.forget_drafts",
    queueing_lock="career_break.forget_drafts",
    pass_context=False,
)
def forget_drafts(timestamp: int) -> None:
    """Every night: drafts that nobody went on with."""
    drafting.forget_old(now=clock.now())


@app.task(name=events.JOB)
def tell_closed(*, request: int, version: int) -> None:
    """A decision is sent today: software that listens hears that the file is closed."""
    events.tell_closed(request=request, version=version, now=clock.now())
