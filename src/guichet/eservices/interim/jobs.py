"""Background work of Interim@Work."""

from datetime import timedelta

from procrastinate.contrib.django import app

from guichet.eservices.interim import exports
from guichet.eservices.interim.models import Delivery
from guichet.eservices.interim.reports import keeping, reporting
from guichet.platform import clock

# Who asked for a link has it, or asks again; the address is kept no longer.
_KEPT = timedelta(days=30)


@app.task(name="interim.deliver")
def deliver(*, reference: str) -> None:
    """An overview is sealed: mail its link."""
    exports.deliver(reference=reference, now=clock.now())


@app.periodic(cron="23 3 * * *")
@app.task(name="interim.forget", queueing_lock="interim.forget")
def forget(timestamp: int) -> None:
    """Addresses of old deliveries go, and reports past their term with their files."""
    now = clock.now()
    Delivery.objects.filter(asked_at__lt=now - _KEPT).delete()
    keeping.forget_old(now=now)


@app.periodic(cron="12 * * * *")
@app.task(name="interim.remind", queueing_lock="interim.remind")
def remind(timestamp: int) -> None:
    """Every hour, so that a day begins in Brussels: agencies that did not answer in time."""
    reporting.remind(now=clock.now())
