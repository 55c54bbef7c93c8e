"""Background work of the office: letters go out on their day."""

from typing import Final

from procrastinate.contrib.django import app

from guichet.audit.actors import system
from guichet.eservices.career_break.office import letters
from guichet.platform import clock

ACTOR: Final = system("career_break.office")


@app.task(name="career_break_office.sealed")
def sealed(*, reference: str) -> None:
    """A letter is sealed: it goes out if its day has come."""
    letters.publish(reference=reference, actor=ACTOR, now=clock.now())


@app.periodic(cron="37 * * * *")
@app.task(
    name="career_break_office.publish",
    queueing_lock="career_break_office.publish",
    pass_context=False,
)
def publish(timestamp: int) -> None:
    """Every hour, so that a day begins in Brussels: letters whose day has come."""
    letters.publish_due(actor=ACTOR, now=clock.now())
