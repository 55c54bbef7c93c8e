"""Background work of career breaks."""

from procrastinate.contrib.django import app

from guichet.eservices.career_break import drafting
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
