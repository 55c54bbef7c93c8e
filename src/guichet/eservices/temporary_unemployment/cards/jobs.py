"""Background work of control cards: receipts delivered, cards handed over, reminders, an end."""

from typing import Final

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from guichet.eservices.temporary_unemployment.cards import (
    keeping,
    receipts,
    reminding,
    sending,
)
from guichet.platform import clock

_TRIES: Final = 10


@app.task(
    name="temporary_unemployment_cards.deliver",
    retry=RetryStrategy(max_attempts=_TRIES, exponential_wait=3),
)
def deliver(*, reference: str) -> None:
    """The receipt of a card is sealed: it goes to the e-Box, and the card to the payment body."""
    now = clock.now()
    receipts.deliver(document=reference, now=now)
    sending.hand_over(document=reference, now=now)


@app.periodic(cron="31 5 * * *")
@app.task(
    name="temporary_unemployment_cards.remind",
    queueing_lock="temporary_unemployment_cards.remind",
    pass_context=False,
)
def remind(timestamp: int) -> None:
    """Every morning: cards that can be sent, and cards that are still not sent."""
    reminding.remind(now=clock.now())


@app.periodic(cron="47 3 2 * *")
@app.task(
    name="temporary_unemployment_cards.purge",
    queueing_lock="temporary_unemployment_cards.purge",
    pass_context=False,
)
def purge(timestamp: int) -> None:
    """Every month: cards that are past their retention."""
    keeping.purge(now=clock.now())
