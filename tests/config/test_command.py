"""The `guichet` command is one thin line to each thing it can do."""

import json
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from guichet.config.command import main
from tests import database


def _guichet(*words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "guichet.config.command", *words],
        env=database.python_environment(**settings),
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_wrong_setting_stops_the_command_in_one_sentence() -> None:
    done = _guichet("run", GUICHET_PORT="http")
    assert done.returncode == 2
    assert done.stderr == "GUICHET_PORT must be a port between 1 and 65535, not 'http'.\n"


@pytest.mark.parametrize("words", [("run",), ("serve", "--role", "portal")])
def test_production_without_its_secret_stops_in_one_sentence(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    done = _guichet(*words, GUICHET_ENVIRONMENT="production", GUICHET_VAR=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.startswith("GUICHET_SECRET_KEY or GUICHET_SECRET_KEY_FILE must be set")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [(), ("dance",), ("serve",), ("serve", "--role", "king")])
def test_what_is_not_understood_is_two(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(words)
    assert stop.value.code == 2
    assert "usage: guichet" in capsys.readouterr().err


def test_half_a_command_prints_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 2
    assert "personas" in capsys.readouterr().err


def test_the_table_of_settings_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--settings"]) == 0
    assert "| `GUICHET_PORT` | 8000 |" in capsys.readouterr().out


def test_a_database_that_does_not_answer_is_said(tmp_path: Path) -> None:
    done = _guichet("migrate", GUICHET_DATABASE_URL=f"postgresql:///x?host={tmp_path}")
    assert done.returncode == 1
    assert done.stderr.startswith("The database does not answer")


def test_migrate_brings_an_empty_database_up_to_date(database_url: str, worker_id: str) -> None:
    name = f"guichet_empty_{worker_id}"
    database.drop(database_url, name)
    with psycopg.connect(database.named(database_url, "postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        url = database.named(database_url, name)
        done = _guichet("migrate", "--verbosity", "0", GUICHET_DATABASE_URL=url)
        assert done.returncode == 0, done.stderr
        with psycopg.connect(url) as connection:
            row = connection.execute("SELECT to_regclass('presence_act') IS NOT NULL").fetchone()
        assert row == (True,)
    finally:
        database.drop(database_url, name)


def test_the_doctor_finds_what_is_wrong_and_says_how_to_mend_it(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets/secret-key").write_text("k" * 60)
    (tmp_path / "secrets/secret-key").chmod(0o644)
    done = _guichet(
        "doctor",
        "--json",
        GUICHET_VAR=str(tmp_path),
        GUICHET_DATABASE_URL=f"postgresql:///x?host={tmp_path}",
    )
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert told["sound"] is False
    found = {finding["check"]: finding for finding in told["findings"]}
    assert found["secrets"]["mend"].startswith("Run: chmod 600 ")
    assert "GUICHET_DATABASE_URL" in found["database"]["mend"]
    assert found["python"]["is_sound"] is True
    assert all(finding["is_sound"] is (finding["mend"] == "") for finding in told["findings"])


@pytest.mark.usefixtures("django_db_setup")
def test_the_doctor_sees_tables_that_are_up_to_date(tmp_path: Path, database_url: str) -> None:
    done = _guichet(
        "doctor", "--json", GUICHET_VAR=str(tmp_path), GUICHET_DATABASE_URL=database_url
    )
    found = {one["check"]: one for one in json.loads(done.stdout)["findings"]}
    assert found["tables"]["fact"] == "up to date"
    assert found["database"]["is_sound"] is True
