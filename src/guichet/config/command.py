"""The `guichet` command: one thin line to each thing it can do."""

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence

import psycopg

from guichet.config.environment import ROLES, Environment
from guichet.config.texts import SettingRefused

# What Django's management commands do; they parse the rest of the line themselves.
MANAGEMENT = {
    ("migrate",): ("migrate", "bring the tables of the database up to date"),
    ("demo", "load"): ("demo_load", "load the demonstration data"),
    ("demo", "personas"): ("personas", "list the people one can be in the simulation"),
    ("demo", "declare"): ("demo_declare", "declare a Dimona as software does, over HTTP"),
    ("eid",): ("eid", "test identity cards of the simulation: card, revoke, list"),
    ("channel",): ("channel", "technical channels of machines: create, list, revoke"),
    ("client",): ("client", "relying parties of the sign-in provider: create, list, remove"),
    ("audit",): ("audit", "the seals of the trail: verify, purge, hold"),
    ("load",): ("register_load", "load a register from a CSV file"),
    ("works", "take-over"): (
        "works_take_over",
        "give every contract of the register of works a declaration",
    ),
    ("export",): ("register_export", "write a register to a CSV file"),
}
# The benchmarks, each a module of the same name.
_MEASURES = (
    "presence", "steady", "sign-in", "documents", "dimona", "ebox", "interim", "consult",
    "assistant", "career-break", "decisions", "temporary-unemployment", "april", "payment-run",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 done, 1 not done, 2 not understood."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        environment = Environment.read(os.environ)
        for words, (command, _meaning) in MANAGEMENT.items():
            if tuple(given[: len(words)]) == words:
                return _manage(environment, [command, *given[len(words) :]])
        if given[:1] == ["bench"]:
            return _bench(given[1:])
        if given[:1] == ["eid-bridge"]:
            from guichet.eservices.presence.kiosk.bridge.main import (  # noqa: PLC0415  # for this word only
                main as bridge,
            )

            return bridge(given[1:])
        return _own(environment, given)
    except SettingRefused as refusal:
        print(refusal, file=sys.stderr)
        return 2


def _bench(given: list[str]) -> int:
    """Each benchmark is a tool of its own, which reads the rest of the line."""
    known = {word.replace("-", "_"): word for word in _MEASURES}
    module = next((name for name, word in known.items() if given[:1] == [word]), "presence")
    bench: Callable[[list[str]], int]
    bench = importlib.import_module(f"guichet.config.bench.{module}").main  # for this word only
    return bench(given)


def _own(environment: Environment, given: list[str]) -> int:
    parser = _parser()
    chosen = parser.parse_args(given)
    if chosen.what == "run":
        from guichet.config.supervisor import run  # noqa: PLC0415  # each line loads its own

        return run(environment)
    if chosen.what == "serve":
        from guichet.config.supervisor import serve  # noqa: PLC0415

        serve(environment.of_role(chosen.role))
    if chosen.what == "doctor":
        from guichet.config.doctor import main as doctor  # noqa: PLC0415

        return doctor(environment, as_json=chosen.json, settings=chosen.settings)
    parser.print_help(sys.stderr)  # `guichet demo` without its second word
    return 2


def _manage(environment: Environment, command: list[str]) -> int:
    """Run a management command of Django on a database that answers."""
    from guichet.config.database import database, has_tables, migrate  # noqa: PLC0415
    from guichet.platform.embedded import NotStarted  # noqa: PLC0415

    try:
        with database(environment) as url:
            os.environ["GUICHET_DATABASE_URL"] = url
            os.environ["DJANGO_SETTINGS_MODULE"] = "guichet.config.settings"
            if command[0] != "migrate" and not has_tables(url):
                migrate(environment, url=url)
            from django.core.management import (  # noqa: PLC0415  # after the address is known
                execute_from_command_line,
            )

            execute_from_command_line(["guichet", *command])
    except (NotStarted, psycopg.OperationalError) as fault:
        print(f"The database does not answer: {fault}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="guichet", description="An open counter for Belgian social-security e-services."
    )
    sub = parser.add_subparsers(dest="what", required=True, metavar="COMMAND")
    sub.add_parser("run", help="database, portal, services and worker, until Ctrl-C")
    serve = sub.add_parser("serve", help="one role, on a database that runs already")
    serve.add_argument("--role", choices=ROLES, required=True)
    doctor = sub.add_parser("doctor", help="check the installation and say how to mend it")
    doctor.add_argument("--json", action="store_true", help="the findings as JSON")
    doctor.add_argument("--settings", action="store_true", help="print the table of settings")
    measures = "|".join(_MEASURES)
    sub.add_parser("eid-bridge", help="read identity cards for a kiosk on this computer")
    first_words: dict[str, str] = {"bench": f"measure: bench {measures} [--json]"}
    for words, (_command, meaning) in MANAGEMENT.items():
        line = " ".join([*words[1:], meaning]) if len(words) == 1 else f"{words[1]}: {meaning}"
        known = first_words.get(words[0])
        first_words[words[0]] = f"{known}; {line}" if known else line
    for word, meaning in first_words.items():
        sub.add_parser(word, help=meaning)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
