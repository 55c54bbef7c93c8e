"""Presences of days: what is taken, refused, remarked, withdrawn, and by whom."""

from datetime import date, datetime, timedelta
from time import monotonic, sleep
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guichet.audit.models import Entry
from guichet.demo import numbers
from guichet.demo.fixtures import E1, E2, E3, LIMOSA, S1, S2, S3, W1, W2, W3, WB
from guichet.eservices.presence.days import operations, queries, validation
from guichet.eservices.presence.days.operations import Sender
from guichet.platform.db import transaction
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.postings import operations as postings
from guichet.rules import presence_days as rules
from guichet.rules.presence_days import CancelRefusal, Reason, Refusal
from tests.eservices.presence.days_world import (
    CLERK,
    MACHINE,
    TESTS,
    TODAY,
    TOMORROW,
    announced,
    decide,
    loaded,
    one,
    receipt,
    remarks,
    stored,
)
from tests.eservices.presence.validation_world import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOBODY = numbers.niss(born_on=date(1971, 1, 3), is_female=True)
BRUSSELS = ZoneInfo("Europe/Brussels")
E2_MACHINE = Sender("ws", E2, is_portal=False, technical=8)


@pytest.fixture(autouse=True)
def _world() -> None:
    loaded()


def refused(wanted: Any, **more: Any) -> tuple[Refusal, ...]:
    [taken] = announced(wanted, **more)
    assert (taken.receipt is None) == bool(taken.refusals)
    return taken.refusals


def withdrawn(number: int, *, sender: Sender = MACHINE, now: datetime = NOW) -> Any:
    [done] = operations.cancel(
        receipts=[number], reason=Reason.PLANNING, sender=sender, actor=TESTS, now=now
    )
    return done.refusal


def test_a_presence_is_taken_with_a_receipt_that_carries_its_day() -> None:
    number = receipt(one(day=TOMORROW))

    assert number // 10**9 == 260303
    assert remarks(number) == ()


@pytest.mark.parametrize(
    ("days", "is_portal", "expected"),
    [
        (-1, False, (Refusal.PAST,)), (0, False, ()), (1, False, ()),
        (2, False, (Refusal.TOO_FAR,)), (-1, True, (Refusal.PAST,)), (35, True, ()),
        (36, True, (Refusal.TOO_FAR,)),
    ],
)  # fmt: skip
def test_how_far_ahead(days: int, is_portal: bool, expected: tuple[Refusal, ...]) -> None:
    assert refused(one(day=TODAY + days * DAY), sender=CLERK if is_portal else MACHINE) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"ssin": "85073100131"}, Refusal.PERSON), ({"ssin": "8507310013"}, Refusal.PERSON),
        ({"ssin": None}, Refusal.PERSON), ({"enterprise_number": "0712345631"}, Refusal.EMPLOYER),
        ({"enterprise_number": None}, Refusal.EMPLOYER),
        ({"foreign_vat_number": "PL1", "enterprise_number": E1}, Refusal.EMPLOYER),
        ({"works_reference": "1Y103CF820"}, Refusal.SITE),
        ({"works_reference": "1YI03CF8203SZ"}, Refusal.SITE),
        ({"limosa_number": "2490000000000009"}, Refusal.LIMOSA),
        ({"limosa_number": "2490000000000009x"}, Refusal.LIMOSA),
        ({"custom_reference": "a" * 65}, Refusal.REFERENCE),
    ],
)  # fmt: skip
def test_what_is_refused_is_not_stored_and_its_neighbours_are(
    given: dict[str, Any], expected: Refusal
) -> None:
    before, wrong, after = announced(one(), one(**given), one(ssin=W2, enterprise_number=E2))

    assert wrong.refusals == (expected,)
    assert before.receipt
    assert after.receipt
    assert stored() == 2


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ()), ({"ssin": W2, "enterprise_number": E2}, ()),
        ({"ssin": W2}, ("caw_1",)), ({"works_reference": S3}, ("caw_13",)),
        ({"works_reference": S1}, ("caw_13",)),  # there IN and OUT are registered
        ({"works_reference": "1Y1ZZZZZZZZZZ"}, ("caw_10",)),
        ({"ssin": NOBODY}, ("caw_15",)),
        ({"ssin": W3, "enterprise_number": E3}, ("caw_12",)),
    ],
)  # fmt: skip
def test_what_a_register_contradicts_is_a_remark(
    given: dict[str, Any], expected: tuple[str, ...]
) -> None:
    assert remarks(receipt(one(**given))) == expected


def test_who_is_registered_on_a_site_is_found_by_his_own_number_with_his_employer() -> None:
    receipt(one(limosa_number=LIMOSA))
    receipt(one(ssin=W2, enterprise_number=E2))
    receipt(one(ssin=W3, day=TOMORROW))
    gone = receipt()
    operations.cancel(
        receipts=[gone], reason=Reason.DISEASE, sender=MACHINE, actor=TESTS, now=NOW
    )  # fmt: skip

    found = queries.registered(day=TODAY, sites={S2}, ssins={W1, W2, W3, WB})

    assert found == {(WB, S2, None), (W2, S2, E2)}
    assert queries.registered(day=TODAY, sites={S1}, ssins={W2}) == set()
    assert queries.registered(day=TODAY, sites={S2}, ssins=()) == set()


def test_a_limosa_number_stands_alone_and_is_checked() -> None:
    assert "caw_6" not in (remarks(receipt(one(limosa_number=LIMOSA))) or ())
    assert remarks(receipt(one(limosa_number="24900000000000190"))) == ("caw_6",)
    with transaction_of_test():
        postings.cancel(number=LIMOSA, actor=TESTS, now=NOW)
    assert "caw_7" in (remarks(receipt(one(limosa_number=LIMOSA, day=TOMORROW))) or ())


def transaction_of_test() -> Any:
    from django.db import transaction as django_transaction

    return django_transaction.atomic()


def test_the_same_presence_again_is_a_repeat_until_the_first_is_withdrawn() -> None:
    first = receipt()
    second = receipt()
    elsewhere = receipt(one(works_reference=S3))

    assert remarks(first) == ()
    assert remarks(second) == ("caw_14",)
    assert "caw_14" not in (remarks(elsewhere) or ())
    assert withdrawn(first) is None
    assert remarks(second) == ()


def test_who_may_withdraw_until_when() -> None:
    own = receipt(one(day=TOMORROW))

    assert withdrawn(own, sender=E2_MACHINE) is CancelRefusal.NOT_AUTHORIZED
    assert withdrawn(999_999_999_999_999) is CancelRefusal.UNKNOWN
    assert withdrawn(own) is None
    assert withdrawn(own) is CancelRefusal.CANCELLED


def test_a_presence_can_be_withdrawn_until_the_last_second_of_its_day() -> None:
    late, later = receipt(), receipt(one(works_reference=S3))
    end = datetime(2026, 3, 2, 23, 59, 59, tzinfo=BRUSSELS)

    assert withdrawn(late, now=end) is None
    assert withdrawn(later, now=end + timedelta(seconds=1)) is CancelRefusal.LATE


@pytest.mark.parametrize(
    ("sender", "employer", "niss", "may"),
    [
        (E1, E2, W2, True), (E2, E1, W1, False), (E2, E2, W2, True), (E3, E1, W1, False),
        (None, E1, W1, True),
    ],
)  # fmt: skip
def test_who_may_announce_for_whom(sender: str | None, employer: str, niss: str, may: bool) -> None:
    by = Sender("mobile_manual", sender, is_portal=True, niss=W1 if sender is None else None)

    found = refused(one(ssin=niss, enterprise_number=employer), sender=by)

    assert found == (() if may else (Refusal.NOT_AUTHORIZED,))


def test_a_person_announces_nobody_but_himself() -> None:
    himself = Sender("mobile_manual", None, is_portal=True, niss=W1)

    assert refused(one(ssin=W2, enterprise_number=E2), sender=himself) == (Refusal.NOT_AUTHORIZED,)


def test_what_is_foreseen_is_what_comes() -> None:
    receipt(one(day=TOMORROW))
    wanted = [
        one(), one(), one(day=TOMORROW), one(ssin=W2), one(works_reference=S3),
        one(ssin="85073100131"), one(limosa_number=LIMOSA),
    ]  # fmt: skip

    foreseen = operations.foresee(wanted=wanted, sender=MACHINE, now=NOW)
    before = stored()
    taken = announced(*wanted)

    assert before == 1
    assert [each.refusals for each in foreseen] == [each.refusals for each in taken]
    assert [each.outcome.remarks if each.outcome else None for each in foreseen] == [
        remarks(each.receipt) if each.receipt else None for each in taken
    ]


def test_a_dimona_that_comes_later_takes_the_remark_away() -> None:
    number = receipt(one(ssin=W2))
    assert remarks(number) == ("caw_1",)
    record = EmploymentRecord(W2, E1, "124", "OTH", TODAY - DAY)
    with transaction_of_test():
        employments.declare(employment=record, actor=TESTS, now=NOW)

    decide([number])

    assert remarks(number) == ()
    assert [each.remarks for each in queries.rounds(receipt=number, day=TODAY)] == [
        ("caw_1",), (),
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_the_validation_reads_behind_the_commits_and_follows_the_registers() -> None:
    [taken] = operations.register(wanted=[one(ssin=W2)], sender=MACHINE, actor=TESTS, now=NOW)
    number = taken.receipt
    assert number is not None
    _caught_up(number)
    assert remarks(number) == ("caw_1",)
    with transaction():
        record = EmploymentRecord(W2, E1, "124", "OTH", TODAY - DAY)
        employments.declare(employment=record, actor=TESTS, now=NOW)
    until = monotonic() + 120
    while remarks(number) != () and monotonic() < until:
        validation.revalidate_changed(now=NOW)
        sleep(0.05)
    assert remarks(number) == ()


def _caught_up(number: int) -> None:
    until = monotonic() + 120
    while monotonic() < until:  # a transaction of another test may hold the mark back
        validation.validate_pending(now=NOW)
        if remarks(number) is not None:
            return
        sleep(0.05)
    raise AssertionError("the validation did not catch up")


def test_the_crew_of_the_last_day_is_found() -> None:
    yesterday = NOW - DAY
    kept = one(day=TODAY - DAY, ssin=W2, enterprise_number=E2)
    gone = one(day=TODAY - DAY, ssin=W2, enterprise_number=E2, works_reference=S3)
    receipt(kept, now=yesterday)
    receipt(one(day=TODAY - DAY), now=yesterday)
    withdrawn(receipt(gone, now=yesterday), now=yesterday)

    own = queries.last_crew(works_reference=S2, before=TODAY, senders=E1, employers=None)
    below = queries.last_crew(works_reference=S2, before=TODAY, senders=E1, employers={E2})
    none = queries.last_crew(works_reference=S3, before=TODAY, senders=E1, employers=None)

    assert {each.ssin for each in own} == {W1, W2}
    assert [each.ssin for each in below] == [W2]
    assert none == []


def test_each_lot_and_each_withdrawal_leaves_one_line_without_a_number_of_a_person() -> None:
    number = receipt()
    withdrawn(number)

    lines = list(Entry.objects.filter(action__startswith="presence.days").order_by("pk"))
    assert [line.action for line in lines] == ["presence.days.announced", "presence.days.cancelled"]
    assert W1 not in str([(line.target, line.detail) for line in lines])


@given(
    day=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    today=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    activity=st.sampled_from(["construction", "meat", "cleaning", "moving", "guarding"]),
    is_portal=st.booleans(),
)
@settings(max_examples=200)
def test_the_window_is_one_piece_and_never_begins_in_the_past(
    day: date, today: date, activity: str, is_portal: bool
) -> None:
    found = rules.refusals(
        day=day, today=today, ssin=W1, limosa_number=None, enterprise_number=E1,
        foreign_vat_number=None, works_reference=S2, activity=activity, custom_reference=None,
        is_portal=is_portal,
    )  # fmt: skip
    last = rules.last_day_ahead(activity, today=today, is_portal=is_portal)

    assert last >= today
    assert (found == ()) == (today <= day <= last)
    assert (Refusal.PAST in found) == (day < today)
