"""Tries are counted within a window, apart from the transaction that tries."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections, transaction

from guichet.platform import throttle
from guichet.platform.models import Throttle
from guichet.platform.throttle import Throttled

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def _hit(seconds: int = 0, key: str = "a") -> None:
    throttle.hit(key=key, limit=3, seconds=60, now=NOW + timedelta(seconds=seconds))


def test_the_fourth_try_within_the_window_waits_for_its_end() -> None:
    for second in (0, 1, 2):
        _hit(second)

    with pytest.raises(Throttled) as refusal:
        _hit(20)

    assert refusal.value.retry_after == 40


def test_a_new_window_begins_when_the_old_one_is_over() -> None:
    for second in (0, 1, 2, 60):
        _hit(second)

    assert Throttle.objects.using("audit").get().count == 1


def test_keys_are_counted_apart_and_kept_as_digests() -> None:
    for _ in range(3):
        _hit()
    _hit(key="b")

    assert {len(row.key) for row in Throttle.objects.using("audit").all()} == {64}


def test_who_was_right_begins_anew() -> None:
    for _ in range(3):
        _hit()
    throttle.forget(key="a")

    _hit()


def test_old_counts_are_forgotten() -> None:
    _hit()

    throttle.forget_old(now=NOW + timedelta(days=1, seconds=1))

    assert not Throttle.objects.using("audit").exists()


@pytest.mark.django_db(transaction=True, databases=["default", "audit"])
def test_a_refused_try_has_been_counted_although_its_transaction_is_undone() -> None:
    with transaction.atomic():
        _hit()
        transaction.set_rollback(True)

    assert Throttle.objects.using("audit").get().count == 1


@pytest.mark.django_db(transaction=True, databases=["default", "audit"])
def test_tries_at_once_are_counted_one_by_one() -> None:
    def one(_number: int) -> bool:
        try:
            _hit()
        except Throttled:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(8) as pool:
        passed = list(pool.map(one, range(16)))

    assert sum(passed) == 3
