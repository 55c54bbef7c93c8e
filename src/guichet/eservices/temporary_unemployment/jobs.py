"""Background work of temporary unemployment."""

from procrastinate.contrib.django import app

from guichet.eservices.temporary_unemployment import reminding
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
