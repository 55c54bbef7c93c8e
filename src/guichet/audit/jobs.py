"""Background work of the trail."""

from procrastinate.contrib.django import app

from guichet.audit import sealing
from guichet.platform import clock


@app.periodic(cron="* * * * *")
@app.task(name="audit.seal", queueing_lock="audit.seal")
def seal(timestamp: int) -> None:
    """Every minute: seal the minutes that ended two minutes ago."""
    # The minutes are those of PostgreSQL's clock, which nobody shifts.
    sealing.seal(now=clock.unshifted())
