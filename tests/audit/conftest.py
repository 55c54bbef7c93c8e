"""The sealer of one test does not wait for the transactions of another's database."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def own_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Transactions of other databases on the server only delay a seal; here they do not."""
    from django.db import connection

    from guichet.audit import sealing

    def snapshot() -> tuple[int, int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT coalesce((SELECT min(backend_xid::text::bigint) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()), unborn), unborn"
                " FROM (SELECT pg_current_xact_id()::text::bigint AS unborn) s"
            )
            oldest, unborn = cursor.fetchone() or (0, 0)
        return int(oldest), int(unborn)

    monkeypatch.setattr(sealing, "snapshot", snapshot)
