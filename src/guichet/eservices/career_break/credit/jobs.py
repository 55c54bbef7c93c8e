"""Background work of codes for an employer."""

from procrastinate.contrib.django import app

from guichet.eservices.career_break.credit import delivering, proving
from guichet.platform import clock


@app.task(name=proving.JOB)
def deliver(*, reference: str) -> None:
    """An attestation is sealed: it goes to the worker's e-Box."""
    delivering.deliver(reference=reference, now=clock.now())
