"""``demo_load``: fill an empty Guichet with the demonstration, or bring it up to this minute."""

from datetime import date
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guichet.demo.loading import NotEmpty, load
from guichet.platform import clock


class Command(BaseCommand):
    help = "Load the demonstration data; loaded before, add the presences up to now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where other data stands"
        )
        parser.add_argument(
            "--today", type=date.fromisoformat, help="the day to build around, default today"
        )

    def handle(self, *, if_empty: bool, today: date | None, **options: Any) -> None:
        began, now = monotonic(), clock.now()
        try:
            loaded = load(today=today or clock.today(now), now=now, say=self._say)
        except NotEmpty:
            if not if_empty:
                raise CommandError(
                    "The registers hold other data: the demonstration needs empty ones."
                ) from None
            return
        if loaded.workers or loaded.acts or not if_empty:
            self.stdout.write(
                f"Demonstration: {loaded.workers:,} workers and {loaded.acts:,} acts added"
                f" in {monotonic() - began:.0f} s"
            )

    def _say(self, text: str) -> None:
        self.stdout.write(f"  {text}")
        self.stdout.flush()
