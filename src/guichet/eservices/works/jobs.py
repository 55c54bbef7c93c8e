"""Background work of declarations of works."""

from typing import Final

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from guichet.eservices.works.batch import operations as batch
from guichet.platform import clock

_TRIES: Final = 4


@app.task(
    name="works.read_file",
    retry=RetryStrategy(max_attempts=_TRIES, exponential_wait=3),
    pass_context=False,
)
def read_file(file: int) -> None:
    """A file that was sent: its forms become declarations, each in a transaction of its own."""
    batch.read(file=file, now=clock.now())
    while batch.declare_next(file=file, now=clock.now()):
        pass
