"""Background work on documents."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from guichet.documents import operations
from guichet.platform import clock


class NotMadeYet(Exception):
    """The document could not be made; it is tried again."""


# A time-stamp authority is away for minutes, seldom longer. The operation counts the tries too and
# says when it was the last.
@app.task(
    name="documents.make",
    retry=RetryStrategy(max_attempts=operations.ATTEMPTS, exponential_wait=3),
)
def make(*, reference: str) -> None:
    """Render and seal one document."""
    if not operations.make(reference=reference, now=clock.now()):
        raise NotMadeYet
