"""Background work on attachments."""

from procrastinate.contrib.django import app

from guichet.documents.attachments import operations
from guichet.platform import clock


@app.periodic(cron="23 * * * *")
@app.task(name="documents.expire_attachments", queueing_lock="documents.expire_attachments")
def expire(timestamp: int) -> None:
    """Every hour: files whose form was not sent within a day."""
    operations.expire(now=clock.now())
