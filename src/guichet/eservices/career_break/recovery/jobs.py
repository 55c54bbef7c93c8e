"""Background work of recoveries."""

from procrastinate.contrib.django import app

from guichet.eservices.career_break.recovery import letters
from guichet.platform import clock


@app.task(name=letters.JOB)
def sealed(*, reference: str) -> None:
    """A letter of a recovery is sealed: it goes to the worker's e-Box."""
    letters.deliver(reference=reference, now=clock.now())
