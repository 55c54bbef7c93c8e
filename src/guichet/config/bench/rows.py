"""What PostgreSQL alone does with the same rows in the same table: the measure of the service.

One durable row a commit (pgbench at 32 clients), rows by COPY in one transaction, and rows by
INSERT of two hundred a statement.
"""

import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import psycopg
import psycopg.sql

from guichet.platform.embedded import found_binaries
from guichet.presence_log.acts import NewAct
from guichet.presence_log.receipts import receipt_of

CLIENTS: Final = 32
_COLUMNS: Final = (
    "receipt, occurred_at, received_at, longitude, latitude, sender, offset_minutes, type, ssin,"
    " enterprise_number, works_reference, activity, channel, custom_reference"
)
# Receipts of the comparison lie in the upper half of the round: the service's begin at zero.
_SINGLE: Final = 500_000_000
_BULK: Final = 750_000_000
_SCRIPT: Final = """\
\\set person random(1, 1500)
\\set site random(1, 120)
INSERT INTO presence_act (%s)
VALUES (:base + nextval('bench_receipt'), now() - interval '4 seconds', now(),
        4.8 + :site / 1000.0, 50.4 + :person / 10000.0, 1, 60, 'in',
        (60000000000 + :person * 7919)::text, (1900000000 + :person %% 40)::text,
        '1Y103CF' || (100000 + :site)::text, 'cleaning', 'ws', 'shift-' || :person)
"""


class NotMeasured(Exception):
    """A tool of the comparison is absent or failed."""


def pgbench(*, url: str, seconds: int, folder: Path, pg_bin: Path | None) -> float:
    """Durable single-row commits a second at 32 clients; raises NotMeasured."""
    script = folder / "single.sql"
    script.write_text(_SCRIPT % _COLUMNS, "utf-8")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE SEQUENCE IF NOT EXISTS bench_receipt CACHE 1000")
    base = receipt_of(occurred_at=datetime.now(UTC), number=_SINGLE)  # noqa: TID251  # as now() in SQL
    command = [_pgbench(pg_bin), "--no-vacuum", "-M", "prepared", "-f", str(script)]
    command += ["-c", str(CLIENTS), "-j", "2", "-T", str(seconds), "-D", f"base={base}", url]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=seconds + 60
    )
    found = re.search(r"^tps = ([0-9.]+)", done.stdout, re.MULTILINE)
    if done.returncode != 0 or found is None:
        raise NotMeasured(f"pgbench: {done.stderr[-2_000:]}")
    return float(found[1])


def _pgbench(pg_bin: Path | None) -> str:
    beside = found_binaries(pg_bin) / "pgbench"
    found = str(beside) if beside.is_file() else shutil.which("pgbench")
    if found is None:
        raise NotMeasured("there is no pgbench beside PostgreSQL nor on the path")
    return found


def copy(*, url: str, acts: Sequence[NewAct], first: int) -> float:
    """Rows a second by COPY in one transaction; the text is made before the clock starts."""
    lines = ["\t".join(row) + "\n" for row in _rows(acts, first)]
    pieces = ["".join(lines[at : at + 500]) for at in range(0, len(lines), 500)]
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        started = time.perf_counter()
        with cursor.copy(
            psycopg.sql.SQL("COPY presence_act ({}) FROM STDIN").format(_names())
        ) as out:
            for piece in pieces:
                out.write(piece)
        connection.commit()
        return len(lines) / (time.perf_counter() - started)


def insert(*, url: str, acts: Sequence[NewAct], first: int) -> float:
    """Rows a second by INSERT of 200 rows a statement, each its own transaction."""
    rows = list(_rows(acts, first))
    statements = [_values(rows[at : at + 200]) for at in range(0, len(rows), 200)]
    with psycopg.connect(url, autocommit=True) as connection:
        started = time.perf_counter()
        for statement in statements:
            connection.execute(statement)
        return len(rows) / (time.perf_counter() - started)


def _names() -> psycopg.sql.Composed:
    names = _COLUMNS.replace(",", " ").split()
    return psycopg.sql.SQL(", ").join(map(psycopg.sql.Identifier, names))


def _values(rows: Sequence[tuple[str, ...]]) -> bytes:
    lines = ("('" + "','".join(row) + "')" for row in rows)
    text = f"INSERT INTO presence_act ({_COLUMNS}) VALUES " + ",".join(lines)  # noqa: S608  # ours
    return text.encode()


def _rows(acts: Sequence[NewAct], first: int) -> Iterator[tuple[str, ...]]:
    for n, act in enumerate(acts, first):
        yield (
            str(receipt_of(occurred_at=act.occurred_at, number=_BULK + n)),
            act.occurred_at.isoformat(),
            act.received_at.isoformat(),
            str(act.longitude),
            str(act.latitude),
            str(act.sender),
            str(act.offset_minutes),
            act.type,
            act.ssin,
            str(act.enterprise_number),
            act.works_reference,
            act.activity,
            act.channel,
            str(act.custom_reference),
        )
