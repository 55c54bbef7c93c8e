"""Two people at the same moment: the database says who was first."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import connections

from guichet.eservices.career_break import drafting, operations, tickets
from guichet.eservices.career_break.models import Part, Request
from guichet.eservices.career_break.operations import Refused
from guichet.eservices.career_break.worker import reminding
from guichet.rules.career_break.states import StepRefused
from tests.eservices.career_break import world
from tests.eservices.career_break.world import LUC, NOW, sender

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act gave, or the exception it ended with; all begin together."""
    together = threading.Barrier(len(acts), timeout=20)
    found: list[object] = [None] * len(acts)

    def run(at: int, act: Callable[[], object]) -> None:
        try:
            together.wait()
            found[at] = act()
        except Exception as fault:
            found[at] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=given) for given in enumerate(acts)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    return found


def test_c50_a_cancellation_and_the_workers_part_at_once_leave_one_of_them() -> None:
    world.build()
    row = world.filed()

    done, sent = at_once(
        lambda: operations.cancel(ticket=row.ticket, sender=sender(), now=NOW),
        lambda: world.completed(row),
    )

    row.refresh_from_db()
    if row.state == "cancelled":
        assert isinstance(done, Part)
        assert isinstance(sent, StepRefused)
        assert sent.why == "cancelled"
    else:
        assert row.state == "wait_onem"
        assert isinstance(done, StepRefused)
        assert done.why == "worker_completed"
        assert Part.objects.count() == 0
    assert row.version == 2
    assert row.versions.count() == 2


def test_c40_a_draft_that_is_confirmed_twice_at_once_is_one_request() -> None:
    world.build()
    draft = drafting.begin(niss=LUC, worker={}, sender=sender(), now=NOW)

    def confirm() -> object:
        return operations.confirm(key=draft.pk, asked=world.asked(), sender=sender(), now=NOW)

    first, second = at_once(confirm, confirm)

    assert isinstance(first, Request)
    assert isinstance(second, Request)
    assert first.ticket == second.ticket
    assert Request.objects.count() == 1


def test_of_two_drafts_for_the_same_days_one_becomes_a_request() -> None:
    world.build()
    drafts = [drafting.begin(niss=LUC, worker={}, sender=sender(), now=NOW) for _ in range(2)]

    found = at_once(*(
        lambda key=draft.pk: operations.confirm(
            key=key, asked=world.asked(last_day=date(2025, 5, 31)), sender=sender(), now=NOW
        )
        for draft in drafts
    ))  # fmt: skip

    assert sorted(type(one).__name__ for one in found) == ["Refused", "Request"]
    [refused] = [one for one in found if isinstance(one, Refused)]
    assert refused.faults[0].code == "V-DT-07"
    assert Request.objects.count() == 1


def test_c41_a_hundred_tickets_at_once_are_a_hundred_different_ones() -> None:
    def ten() -> list[str]:
        return [tickets.take("04W") for _ in range(10)]

    found = at_once(*[ten] * 10)

    numbers = [number for each in found if isinstance(each, list) for number in each]
    assert len(numbers) == 100
    assert len(set(numbers)) == 100


def test_another_end_and_the_workers_part_at_once_leave_one_order() -> None:
    world.build()
    row = world.filed()

    changed, sent = at_once(lambda: world.modified(row), lambda: world.completed(row))

    row.refresh_from_db()
    if isinstance(changed, Part):
        # The end was changed first: the worker's part then meets a request that he has not read.
        assert row.last_day == date(2025, 5, 31)
        assert isinstance(sent, Request) or (
            isinstance(sent, StepRefused) and sent.why == "overtaken"
        )
    else:
        assert isinstance(changed, StepRefused)
        assert changed.why == "worker_completed"
        assert (row.state, row.last_day) == ("wait_onem", date(2025, 4, 30))
        assert Part.objects.count() == 0
    assert row.versions.count() == row.version


def test_another_end_and_a_cancellation_at_once_leave_no_changed_cancelled_request() -> None:
    world.build()
    row = world.filed()

    changed, cancelled = at_once(
        lambda: world.modified(row),
        lambda: operations.cancel(ticket=row.ticket, sender=sender(), now=NOW),
    )

    row.refresh_from_db()
    done = [one for one in (changed, cancelled) if isinstance(one, Part)]
    assert Part.objects.count() == len(done) >= 1
    refused = [one for one in (changed, cancelled) if isinstance(one, StepRefused)]
    assert {one.why for one in refused} <= {"cancelled", "overtaken"}
    assert (row.state == "cancelled") is isinstance(cancelled, Part)
    assert row.versions.count() == row.version == 1 + len(done)


def test_a_request_that_expires_while_its_worker_sends_is_one_or_the_other() -> None:
    world.build()
    row = world.filed()
    late = datetime(2026, 5, 1, 9, tzinfo=UTC)

    at_once(lambda: reminding.expire(now=late), lambda: world.completed(row, late))

    row.refresh_from_db()
    assert row.state in ("expired", "wait_onem")
    assert (row.version, row.versions.count()) == (2, 2)


def test_two_clerks_who_change_the_end_at_once_are_told_of_each_other() -> None:
    world.build()
    row = world.filed()

    found = at_once(
        lambda: world.modified(row, date(2025, 5, 31)),
        lambda: world.modified(row, date(2025, 6, 30)),
    )

    row.refresh_from_db()
    done = [one for one in found if isinstance(one, Part)]
    refused = [one for one in found if isinstance(one, Refused)]
    assert len(done) + len(refused) == 2
    assert done
    assert {one.faults[0].code for one in refused} <= {"V-CO-01"}
    assert row.versions.count() == row.version == 1 + len(done)
    assert row.last_day in (date(2025, 5, 31), date(2025, 6, 30))
