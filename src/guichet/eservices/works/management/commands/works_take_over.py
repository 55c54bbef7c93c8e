"""``works_take_over``: declarations for the contracts that a load brought into the register."""

from typing import Any

from django.core.management.base import BaseCommand

from guichet.audit.actors import system
from guichet.eservices.works import operations
from guichet.platform import clock


class Command(BaseCommand):
    help = "Give every contract of the register of works a declaration; may be repeated."

    def handle(self, **_options: Any) -> None:
        count = operations.take_over(actor=system("works_take_over"), now=clock.now())
        self.stdout.write(f"{count:,} contracts have a declaration now")
