"""Validate acts that were left without a verdict, from a day on: for after a restore."""

from argparse import ArgumentParser
from datetime import date, datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guichet.eservices.presence.validation import validate_unvalidated
from guichet.platform import clock


class Command(BaseCommand):
    """The sweep of every hour, further back than it looks by itself."""

    help = "Validate acts without a verdict, whatever the marks of the validation say."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The first day to look at."""
        parser.add_argument(
            "--since",
            type=date.fromisoformat,
            required=True,
            metavar="YYYY-MM-DD",
            help="the day of the oldest act to look at",
        )

    def handle(self, *args: Any, since: date, **options: Any) -> None:
        """Batch after batch, and a sentence at the end."""
        now = clock.now()
        if since > clock.today(now) + timedelta(days=1):
            raise CommandError("This day is still to come.")
        began = datetime(since.year, since.month, since.day, tzinfo=clock.BRUSSELS)
        written = 0
        while True:
            done = validate_unvalidated(now=now, since=began)
            if done.busy:
                raise CommandError("Another validation is at work; try again.")
            written += done.written
            if not done.more:
                break
        self.stdout.write(self.style.SUCCESS(f"{written} verdicts written"))
