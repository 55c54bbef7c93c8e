"""``register_load persons FILE``: enter a file into a register."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from guichet.audit.actors import system
from guichet.platform import clock
from guichet.registers.loading.sheet import FileRefused
from guichet.registers.loading.transfer import FORMS, Tally, described, load


class Command(BaseCommand):
    help = "Load a CSV file into a register; refused rows go to a report with the reason."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("register", choices=sorted(FORMS))
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--form", action="store_true", help="print the columns of the form")
        parser.add_argument("--report", type=Path, help="default: FILE.refused.csv")
        parser.add_argument("--language", choices=["nl", "fr", "de", "en"], default="en")
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle(self, *, register: str, file: Path | None, language: str, **options: Any) -> None:
        form = FORMS[register]
        if options["form"] or file is None:
            for line in described(form):
                self.stdout.write(line)
            return
        report = options["report"] or file.with_name(f"{file.name}.refused.csv")
        if report.resolve() == file.resolve():
            raise CommandError("The report needs a file of its own.")
        try:
            with translation.override(language):
                tally = load(
                    form=form,
                    path=file,
                    report=report,
                    actor=system("register_load"),
                    now=clock.now,
                    progress=self._progress,
                )
        except FileRefused as refusal:
            raise CommandError(str(refusal.sentence)) from None
        except OSError as fault:
            raise CommandError(f"{file}: {fault.strerror}") from None
        self._say(tally, as_json=options["json"])

    def _progress(self, rows: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{rows:,} rows", ending="")

    def _say(self, tally: Tally, *, as_json: bool) -> None:
        counts = {name: tally.counts[name] for name in ("added", "changed", "unchanged", "refused")}
        if as_json:
            report = None if tally.report is None else str(tally.report)
            self.stdout.write(json.dumps({**counts, "report": report}))
        else:
            self.stdout.write(", ".join(f"{count:,} {name}" for name, count in counts.items()))
            if tally.report is not None:
                self.stdout.write(f"Refused rows and why: {tally.report}")
        if tally.refused:
            raise SystemExit(1)
