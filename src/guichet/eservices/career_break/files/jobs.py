"""Background work on the files of career breaks."""

from procrastinate.contrib.django import app

from guichet.eservices.career_break.files import keeping
from guichet.platform import clock


@app.periodic(cron="53 3 * * *")
@app.task(
    name="career_break.forget_files", queueing_lock="career_break.forget_files", pass_context=False
)
def forget_files(timestamp: int) -> None:
    """Every night: files of requests and notices that are past their term."""
    keeping.forget_old(now=clock.now())
