"""Background work of the office: decisions for many, and the night."""

import os
from typing import Final

from procrastinate.contrib.django import app

from guichet.audit.actors import Actor
from guichet.eservices.temporary_unemployment.office import mass, night, nights, officers
from guichet.eservices.temporary_unemployment.office.models import Run
from guichet.platform import clock

# The night has the machine nearly to itself, but the pages answer as well. [OUR CHOICE]
_PROCESSES: Final = max(1, min(4, os.cpu_count() or 1))


@app.periodic(cron="0 * * * *")
@app.task(
    name="temporary_unemployment_office.night",
    queueing_lock="temporary_unemployment_office.night",
    lock="temporary_unemployment_office.night",
    pass_context=False,
)
def deliver(timestamp: int) -> None:
    """At two in Brussels, and every hour after it for what could not go: decisions go out."""
    now = clock.now()
    if night.is_time(now):
        nights.run(now=now, processes=_PROCESSES)


@app.task(name=mass.JOB, lock=mass.JOB)
def decide_many(*, run: int) -> None:
    """Decisions that an officer asked for in one go."""
    row = Run.objects.filter(pk=run, state__in=["waiting", "running"]).first()
    if row is None or row.started_by is None:
        return
    officer = officers.officer(
        actor=Actor("person", row.started_by.niss, row.wanted["enterprise"] or None),
        person_id=row.started_by.pk,
        may_decide=True,
        may_sign=False,
    )
    mass.work(run=run, officer=officer, now=clock.now())
