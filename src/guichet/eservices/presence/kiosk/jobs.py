"""Background work on what devices sent."""

from datetime import timedelta
from typing import Final

from procrastinate.contrib.django import app

from guichet.eservices.presence.kiosk import receiving
from guichet.platform import clock

# No device keeps a message that long; the registrations themselves stay for their own term.
_KEPT: Final = timedelta(days=90)


@app.periodic(cron="41 3 * * *")
@app.task(
    name="presence.forget_messages", queueing_lock="presence.forget_messages", pass_context=False
)
def forget_messages(timestamp: int) -> None:
    """Every night: what became of messages that no device sends again."""
    receiving.forget_old(before=clock.now() - _KEPT)
