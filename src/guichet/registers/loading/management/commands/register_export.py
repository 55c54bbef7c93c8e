"""``register_export persons FILE``: write a register in the form that ``register_load`` reads."""

from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandParser

from guichet.registers.loading.transfer import FORMS, export


class Command(BaseCommand):
    help = "Write a register as CSV, to a file or to the standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("register", choices=sorted(FORMS))
        parser.add_argument("file", nargs="?", type=Path)

    def handle(self, *, register: str, file: Path | None, **options: Any) -> None:
        form = FORMS[register]
        if file is None:
            export(form=form, file=cast(IO[str], _Plain(self)))
            return
        with file.open("w", encoding="utf-8-sig", newline="") as target:
            rows = export(form=form, file=target)
        self.stdout.write(f"{rows:,} rows written to {file}")


class _Plain:
    """The command's standard output without its own line ends."""

    def __init__(self, command: BaseCommand) -> None:
        self._command = command

    def write(self, text: str) -> int:
        self._command.stdout.write(text, ending="")
        return len(text)
