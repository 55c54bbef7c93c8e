"""Background work of the providers outside."""

from procrastinate.contrib.django import app

from guichet.csam.outside import upkeep
from guichet.platform import clock


@app.periodic(cron="*/10 * * * *")
@app.task(name="csam.outside_upkeep", queueing_lock="csam.outside_upkeep")
def keep_up(timestamp: int) -> None:
    """Every ten minutes: copies after the interview, requests whose time has passed, old rows."""
    now = clock.now()
    upkeep.forget_copies(now=now)
    while upkeep.expire(now=now):
        pass
    upkeep.forget(now=now)
