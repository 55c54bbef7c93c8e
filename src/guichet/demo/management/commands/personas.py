"""``personas``: who one can be in the demonstration, and where to begin."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from guichet.demo.accounts import PASSWORD, USER_NAMES
from guichet.demo.personas import PERSONAS


class Command(BaseCommand):
    help = "List the people one can be in the simulation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs")
        parser.add_argument("--language", choices=["nl", "fr", "de", "en"], default="en")

    def handle(self, *, language: str, **options: Any) -> None:
        if options["json"]:
            people = [
                {
                    "key": one.key,
                    "name": one.name,
                    "niss": one.niss,
                    "enterpriseNumber": one.enterprise_number,
                    "role": one.role.as_mapping(),
                    "story": one.story.as_mapping(),
                    "firstStep": one.first_step.as_mapping(),
                    "firstUrl": one.first_url,
                    "userName": USER_NAMES[one.niss],
                    "password": PASSWORD,
                }
                for one in PERSONAS
            ]
            self.stdout.write(json.dumps(people, ensure_ascii=False, indent=2))
            return
        for one in PERSONAS:
            self.stdout.write(f"{one.key:<8} {one.name}, {one.role.in_language(language)}")
            self.stdout.write(f"{'':<8} user name {USER_NAMES[one.niss]}, password {PASSWORD}")
        self.stdout.write("kiosk    /demo/kiosk/: a kiosk to try, with a badge and a card of Amina")
