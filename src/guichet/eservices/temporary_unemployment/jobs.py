"""Background work of temporary unemployment."""

from procrastinate.contrib.django import app

from guichet.eservices.temporary_unemployment import drafting, reminding
from guichet.platform import clock


@app.periodic(cron="23 5 * * *")
@app.task(
    name="temporary_unemployment.remind",
    queueing_lock="temporary_unemployment.remind",
    pass_context=False,
)
def remind(timestamp: int) -> None:
    """Every morning: what employers must communicate today."""
    reminding.remind(now=clock.now())


@app.periodic(cron="47 3 * * *")
@app.task(
    name="temporary_unemployment.forget_drafts",
    queueing_lock="temporary_unemployment.forget_drafts",
    pass_context=False,
)
def forget_drafts(timestamp: int) -> None:
    """Every night: drafts that nobody went on with."""
    drafting.forget_old(now=clock.now())
