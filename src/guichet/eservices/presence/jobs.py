"""Background work of the presence service."""

from datetime import timedelta
from typing import Final

from procrastinate.contrib.django import app

from guichet.eservices.presence import partitions, validation_jobs
from guichet.eservices.presence.corrections import keeping
from guichet.eservices.presence.corrections import operations as corrections
from guichet.eservices.presence.days import lots
from guichet.eservices.presence.exports import operations as exports
from guichet.platform import clock

__all__ = [
    "drop_expired", "expire_corrections", "forget_cases", "forget_exports", "forget_keys",
    "forget_lots", "make_export", "make_partitions", "register_lot", "validation_jobs",
]  # fmt: skip
_LOTS_KEPT: Final = timedelta(days=90)


@app.periodic(cron="7 2 * * *")
@app.task(name="presence.partitions", queueing_lock="presence.partitions", pass_context=False)
def make_partitions(timestamp: int) -> None:
    """Every night: the monthly partitions, three months ahead."""
    partitions.make_partitions(today=clock.today(clock.now()))


@app.periodic(cron="23 3 2 * *")
@app.task(name="presence.retention", queueing_lock="presence.retention", pass_context=False)
def drop_expired(timestamp: int) -> None:
    """Every month: the acts past their retention, for good."""
    partitions.drop_expired(today=clock.today(clock.now()))


@app.periodic(cron="37 * * * *")
@app.task(name="presence.forget_keys", queueing_lock="presence.forget_keys", pass_context=False)
def forget_keys(timestamp: int) -> None:
    """Every hour: idempotency keys of more than a day ago."""
    partitions.forget_old_keys(now=clock.now())


@app.periodic(cron="11 * * * *")
@app.task(
    name="presence.expire_corrections",
    queueing_lock="presence.expire_corrections",
    pass_context=False,
)
def expire_corrections(timestamp: int) -> None:
    """Every hour, so that midnight in Brussels is met: what nobody sent to the NSSO in time."""
    corrections.expire(now=clock.now())


@app.periodic(cron="53 3 * * *")
@app.task(name="presence.forget_cases", queueing_lock="presence.forget_cases", pass_context=False)
def forget_cases(timestamp: int) -> None:
    """Every night: requests for corrections past their term, with their documents."""
    keeping.forget_old(now=clock.now())


@app.task(name="presence.lot")
def register_lot(*, lot: int) -> None:
    """A large lot of presences of days, piece by piece."""
    lots.work(lot=lot, now=clock.now())


@app.periodic(cron="41 3 * * *")
@app.task(name="presence.forget_lots", queueing_lock="presence.forget_lots", pass_context=False)
def forget_lots(timestamp: int) -> None:
    """Every night: drafts and lots of more than ninety days ago; the presences stay."""
    lots.forget_old(before=clock.now() - _LOTS_KEPT)


@app.task(name="presence.export")
def make_export(*, export: int) -> None:
    """A large file of presences, day by day."""
    exports.work(export=export, now=clock.now())


@app.periodic(cron="17 * * * *")
@app.task(
    name="presence.forget_exports", queueing_lock="presence.forget_exports", pass_context=False
)
def forget_exports(timestamp: int) -> None:
    """Every hour: files that were finished more than a day ago."""
    exports.forget_old(now=clock.now())
