"""``demo_declare``: a Dimona of the demonstration, declared as software does."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from guichet.demo import numbers, people
from guichet.demo.firms import QUATRE_NUAGES
from guichet.demo.software import NotAnswered, software, told
from guichet.platform import clock


class Command(BaseCommand):
    help = "Declare a Dimona over HTTP, as the payroll of the demonstration, and show the answer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--type", default="STU", help="type of worker: STU, OTH or FLX")
        parser.add_argument("--on", type=date.fromisoformat, help="first day, default tomorrow")
        parser.add_argument("--enterprise", default=numbers.enterprise(QUATRE_NUAGES))
        parser.add_argument("--ssin", default=people.SAMI.niss, help="the worker")

    def handle(self, *, enterprise: str, ssin: str, **options: Any) -> None:
        now = clock.now()
        day = (options["on"] or clock.today(now) + timedelta(days=1)).isoformat()
        act: dict[str, Any] = {
            "startDate": day,
            "endDate": day,
            "features": {"jointCommissionNumber": "XXX", "workerType": options["type"]},
        }
        if options["type"] == "STU":
            act["plannedHoursNumber"] = 8
        if options["type"] == "FLX":
            act |= {"startHour": "1800", "endHour": "2330"}
        body = {
            "employer": {"enterpriseNumber": enterprise},
            "worker": {"ssin": ssin},
            "dimonaIn": act,
        }
        url = settings.ENVIRONMENT.services_url
        try:
            with software(url=url, enterprise_number=enterprise, now=now) as program:
                self.stdout.write(told(program.declare(body, now=now)))
        except NotAnswered as fault:
            raise CommandError(str(fault)) from None
