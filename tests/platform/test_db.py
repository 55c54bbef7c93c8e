"""Statements that are under way while something else is computed."""

import pytest
from django.db import IntegrityError, connection, connections

from guichet.platform.db import NoTransaction, transaction, under_way

_MAKE = "CREATE TEMPORARY TABLE counted (number integer PRIMARY KEY, text text) ON COMMIT DROP"
_ADD = "INSERT INTO counted SELECT n, %s FROM generate_series(%s, %s) AS n"


def _count() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM counted WHERE length(text) = 3000000")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_statements_are_done_at_the_end_of_the_block_and_seen_inside() -> None:
    large = "x" * 3_000_000  # more than a socket takes at once
    with transaction():
        with connection.cursor() as cursor:
            cursor.execute(_MAKE)
        with under_way() as send:
            send(_ADD, [large, 1, 3])
            send(_ADD, [large, 4, 4])
            assert _count() == 4
            send(_ADD, [large, 5, 5])
        assert _count() == 5


@pytest.mark.django_db
def test_a_fault_is_raised_at_the_end_and_undoes_the_transaction() -> None:
    reached = []

    def twice() -> None:
        with transaction():
            with connection.cursor() as cursor:
                cursor.execute(_MAKE)
            with under_way() as send:
                send(_ADD, ["a", 1, 2])
                send(_ADD, ["b", 2, 3])
                reached.append("computed")
            reached.append("stored")

    with pytest.raises(IntegrityError):
        twice()
    assert reached == ["computed"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('counted')")
        assert cursor.fetchone() == (None,)


@pytest.mark.django_db
def test_nothing_is_under_way_outside_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections["default"], "in_atomic_block", False)
    with pytest.raises(NoTransaction), under_way() as send:
        send("SELECT 1", [])
