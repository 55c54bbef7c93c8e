"""The validation behind the log: gapless, one at a time, and the same whatever came first."""

import io
import threading
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import count
from time import monotonic, sleep
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guichet.demo import fixtures, numbers
from guichet.demo.fixtures import E1, E2, E4, S1, S4, W1, W2, WB, WS
from guichet.eservices.presence import validation
from guichet.eservices.presence.days import validation as days
from guichet.eservices.presence.models import Watermark
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.platform.models import Change
from guichet.presence_log import record
from guichet.presence_log.acts import NewAct
from guichet.presence_log.wire import Address
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord
from guichet.registers.postings import operations as postings
from guichet.rules.presence_checks import limits
from tests import database
from tests.doors import stored
from tests.eservices.presence.validation_world import (
    NOW,
    at,
    caught_up,
    decide,
    loaded,
    remarks,
    rounds,
)

committed = pytest.mark.django_db(transaction=True)
within = pytest.mark.django_db
AT_S4: Any = {"site": S4, "longitude": 4.4446, "latitude": 50.4114}


@within
def test_somebody_else_in_a_sole_traders_enterprise_gets_caw_2() -> None:
    loaded()
    hers, somebody_elses = stored(at(0), ssin=WS, employer=E4), stored(at(0), employer=E4)

    decide()

    assert remarks(hers) == ()
    assert remarks(somebody_elses) == ("caw_2",)


@within
def test_an_enterprise_that_nobody_registered_gets_caw_4() -> None:
    loaded()
    receipt = stored(at(0), employer=numbers.enterprise(77))

    decide()

    assert remarks(receipt) == ("caw_4", "caw_12")


@within
def test_i23_a_posting_of_other_days_gets_caw_9() -> None:
    world = loaded()
    early = datetime.combine(world.first_day, at(0).timetz()) - timedelta(days=10)
    receipt = stored(early, ssin=WB, employer=None, foreign_vat_number=fixtures.FOREIGN_VAT)

    validation.validate_unvalidated(now=early, since=early)

    assert remarks(receipt) == ("caw_9", "caw_11", "caw_12")


@within
def test_a_cancelled_posting_is_no_posting() -> None:
    loaded()
    postings.cancel(number=fixtures.LIMOSA, actor=fixtures.ACTOR, now=NOW)
    receipt = stored(at(0), ssin=WB, employer=None, foreign_vat_number=fixtures.FOREIGN_VAT)

    decide()

    assert remarks(receipt) == ("caw_8", "caw_12")


@within
def test_an_employer_that_stopped_gets_caw_16() -> None:
    loaded()
    enterprises.stop(number=E1, on=clock.today(NOW), actor=fixtures.ACTOR, now=NOW)
    receipt = stored(at(0))

    decide()

    assert remarks(receipt) == ("caw_16",)


@within
def test_an_agency_worker_is_covered_at_the_firm_that_uses_him() -> None:
    loaded()
    agency = numbers.enterprise(500)
    enterprises.register(
        enterprise=EnterpriseRecord(agency, name_nl="Uitzendkantoor"),
        actor=fixtures.ACTOR,
        now=NOW,
    )
    employments.declare(
        employment=EmploymentRecord(
            niss=W1,
            employer=agency,
            user_enterprise=E2,
            joint_committee="322",
            worker_type="OTH",
            first_day=clock.today(NOW),
        ),
        actor=fixtures.ACTOR,
        now=NOW,
    )
    receipt = stored(at(0), employer=E2)

    decide()

    assert remarks(receipt) == ()


@within
def test_a_dimona_under_the_number_that_was_replaced_still_counts() -> None:
    loaded()
    newer = numbers.niss(born_on=date(1985, 7, 30), is_female=False)
    persons.register(
        person=PersonRecord(newer, "Karim", "Lemaire", date(1985, 7, 31), "fr"),
        actor=fixtures.ACTOR,
        now=NOW,
    )
    persons.replace_number(old=W1, new=newer, actor=fixtures.ACTOR, now=NOW)
    receipt = stored(at(0), ssin=newer)

    decide()

    assert remarks(receipt) == ()


@within
@pytest.mark.parametrize(("postcode", "expected"), [("1000", ()), ("9000", ("ciao_904",))])
def test_an_address_is_compared_by_its_postcode(postcode: str, expected: tuple[str, ...]) -> None:
    loaded()
    receipt = stored(at(0), address=Address(post_code=postcode))

    decide()

    assert remarks(receipt) == expected


@within
def test_an_in_elsewhere_while_one_is_open_gets_ciao_903_as_well() -> None:
    loaded()
    here, there = stored(at(0)), stored(at(1), **AT_S4)

    decide()

    assert remarks(here) == ()
    assert remarks(there) == ("ciao_21", "ciao_903")


@within
def test_a_clock_that_runs_ahead_gets_ciao_906() -> None:
    loaded()
    receipt = stored(at(0, 45), received_at=at(0))

    decide()

    assert remarks(receipt) == ("ciao_906",)


@within
def test_a_stretch_of_thirteen_hours_gets_ciao_905_on_its_out() -> None:
    loaded()
    entered, left = stored(at(0)), stored(at(13), type="out")

    decide(at(14))

    assert remarks(entered) == ()
    assert remarks(left) == ("ciao_905",)


@within
def test_an_in_that_nobody_closed_gets_ciao_902_a_day_later_and_not_before() -> None:
    loaded()
    never, closed = stored(at(0)), stored(at(0), ssin=W2, employer=E2)
    stored(at(8), type="out", ssin=W2, employer=E2)
    decide()

    validation.review_never_closed(now=at(24))
    assert remarks(never) == ()

    validation.review_never_closed(now=at(24, 1))
    assert rounds(never) == [(1, False, "validated", []), (2, True, "failed", ["ciao_902"])]
    assert remarks(closed) == ()
    assert validation.review_never_closed(now=at(25)) == validation.Outcome()


@within
def test_the_review_of_open_ins_goes_on_where_a_small_batch_ended() -> None:
    loaded()
    receipts = [stored(at(hour / 60), **AT_S4, ssin=f"{hour:011d}") for hour in range(5)]
    decide()

    outcomes = [validation.review_never_closed(now=at(30), limit=2) for _ in range(3)]

    assert [each.read for each in outcomes] == [2, 2, 1]
    assert all("ciao_902" in (remarks(each) or ()) for each in receipts)


@within
def test_an_out_that_comes_in_late_mends_what_stands_beside_it() -> None:
    loaded()
    first, second = stored(at(0)), stored(at(3))
    decide()
    assert remarks(second) == ("ciao_21",)

    late = stored(at(2), type="out")
    decide()

    assert remarks(late) == ()
    assert rounds(first) == [(1, True, "validated", [])]
    assert rounds(second) == [(1, False, "failed", ["ciao_21"]), (2, True, "validated", [])]


@within
def test_an_out_that_comes_in_late_takes_ciao_902_away() -> None:
    loaded()
    entered = stored(at(0))
    decide(at(30))
    assert remarks(entered) == ("ciao_902",)

    stored(at(8), type="out")
    decide(at(31))

    assert remarks(entered) == ()


@within
def test_validating_twice_changes_nothing() -> None:
    loaded()
    receipts = [stored(at(0)), stored(at(1)), stored(at(1))]
    decide()
    before = [rounds(each) for each in receipts]

    assert decide() == validation.Outcome()

    assert [rounds(each) for each in receipts] == before


@committed
def test_reading_the_same_acts_again_writes_no_round() -> None:
    loaded()
    receipts = [stored(at(0)), stored(at(1)), stored(at(2), type="out")]
    caught_up()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM presence_watermark")

    caught_up()

    assert [len(rounds(each)) for each in receipts] == [1, 1, 1]


def _acts(moments: Iterable[datetime], *, ssin: str = W1, kind: str = "in") -> list[NewAct]:
    return [
        NewAct(
            occurred_at=moment,
            received_at=moment,
            offset_minutes=60,
            type=kind,
            ssin=ssin,
            works_reference=S1,
            activity="cleaning",
            channel="ws",
            enterprise_number=E1,
            longitude=4.3571,
            latitude=50.8466,
        )
        for moment in moments
    ]


@committed
def test_one_transaction_may_hold_more_acts_than_a_batch(database_url: str) -> None:
    loaded()
    acts = _acts(at(0, 10 * n) for n in range(25))
    _record(database_url, acts)
    caught_up(at(1))  # everything before has been read and nothing holds the mark back
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE presence_verdict, presence_watermark")

    read: list[int] = []
    for _ in range(1000):
        done = validation.validate_pending(now=at(1), limit=10)
        read += [done.read] if done.read else []
        if sum(read) == len(acts):
            break

    assert read == [10, 10, 5]
    assert all(len(rounds(each.receipt)) == 1 for each in acts)


@committed
def test_an_act_whose_transaction_commits_late_is_not_missed(database_url: str) -> None:
    loaded()
    [slow] = _acts([at(0)])
    with psycopg.connect(_here(database_url)) as writer:
        record.number_from(connection=writer, acts=[slow])
        record.record(connection=writer, acts=[slow])
        quick = stored(at(1), ssin=W2, employer=E2)
        validation.validate_pending(now=at(1))
        assert remarks(slow.receipt) is None
        writer.commit()

    caught_up(at(1))

    assert remarks(slow.receipt) == remarks(quick) == ()
    assert len(rounds(quick)) == 1


@committed
def test_a_second_validator_goes_away_while_the_first_one_works(database_url: str) -> None:
    loaded()
    receipt = stored(at(0))
    busy = validation.Outcome(busy=True)
    with psycopg.connect(_here(database_url)) as first:
        first.execute("SELECT pg_advisory_xact_lock(hashtext('guichet.presence.validation'))")

        assert validation.validate_pending(now=NOW) == busy
        assert validation.revalidate_changed(now=NOW) == busy
        assert validation.validate_unvalidated(now=NOW) == busy
        assert validation.review_never_closed(now=NOW) == busy

    assert remarks(receipt) is None


@committed
def test_two_validators_at_once_write_each_round_once(database_url: str) -> None:
    loaded()
    acts = _acts(at(0, n) for n in range(300))
    _record(database_url, acts)
    faults: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(20):
                validation.validate_pending(now=at(1), limit=40)
                validation.validate_unvalidated(now=at(1), limit=40)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    caught_up(at(1))

    assert faults == []
    assert {len(rounds(each.receipt)) for each in acts} == {1}


@committed
def test_a_change_that_touches_many_acts_is_worked_off_in_batches(database_url: str) -> None:
    world = loaded()
    acts = _acts((at(0, n * 60) for n in range(12)), kind="out")
    _record(database_url, acts)
    caught_up(at(1))
    with transaction():
        employments.cancel(dimona_id=world.dimona[W1], actor=fixtures.ACTOR, now=at(1))

    written = 0
    for _ in range(1000):
        written += validation.revalidate_changed(now=at(1), limit=5).written
        if written == len(acts):
            break

    assert written == len(acts)
    assert all("caw_1" in (remarks(each.receipt) or ()) for each in acts)


@committed
def test_a_change_that_changes_no_answer_writes_no_round() -> None:
    loaded()
    receipt = stored(at(0))
    caught_up()

    with transaction():
        enterprises.stop(number=E2, on=clock.today(NOW), actor=fixtures.ACTOR, now=at(1))
    caught_up(at(1))

    assert rounds(receipt) == [(1, True, "validated", [])]


@within
def test_an_act_of_a_day_without_figures_waits_and_stops_nobody() -> None:
    loaded()
    with connection.cursor() as cursor:
        cursor.execute("SELECT presence_ensure_month('2013-05-01')")
    ancient = stored(datetime(2013, 5, 6, 6, tzinfo=NOW.tzinfo))
    receipt = stored(at(0))

    done = validation.validate_unvalidated(now=NOW, since=datetime(2013, 1, 1, tzinfo=NOW.tzinfo))

    assert (done.written, done.skipped) == (1, 1)
    assert remarks(ancient) is None
    assert remarks(receipt) == ()


_Step = tuple[str, int, str]
_people = count(1)
steps = st.lists(
    st.tuples(st.sampled_from(["in", "out"]), st.integers(0, 60), st.sampled_from([S1, S4])),
    min_size=1,
    max_size=7,
)


@within
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps, data=st.data())
def test_the_order_of_arrival_does_not_change_what_is_said_in_the_end(
    world: None, steps: list[_Step], data: st.DataObject
) -> None:
    # Every order is told by another person, so that one database serves all examples.
    orders = [steps, data.draw(st.permutations(steps))]
    said = []
    for order in orders:
        ssin = f"{next(_people):011d}"
        cuts = data.draw(st.sets(st.integers(0, len(order))))
        receipts: list[tuple[_Step, int]] = []
        for place, (kind, hour, site) in enumerate(order):
            if place in cuts:
                decide(at(200))
            receipt = stored(at(hour), ssin=ssin, type=kind, site=site)
            receipts.append(((kind, hour, site), receipt))
        decide(at(200))
        said.append(sorted((step, remarks(receipt)) for step, receipt in receipts))

    assert said[0] == said[1]


@pytest.fixture
def world(db: None) -> None:
    """The fixtures, once for all examples of a property."""
    loaded()


def test_the_limits_of_the_law_are_those_the_statements_are_given() -> None:
    assert limits(clock.today(NOW)).open_max == timedelta(hours=24)


def _here(url: str) -> str:
    """The address of this test's own database on the server of ``url``."""
    return database.named(url, str(connection.settings_dict["NAME"]))


def _record(url: str, acts: Sequence[NewAct]) -> None:
    """Store acts in one committed transaction."""
    with psycopg.connect(_here(url)) as writer:
        record.number_from(connection=writer, acts=acts)
        record.record(connection=writer, acts=acts)


@within
def test_the_command_validates_what_a_restore_left_pending_long_ago() -> None:
    loaded()
    receipt, older = stored(at(0)), stored(at(-48), ssin=W2, employer=E2)
    told = io.StringIO()

    call_command("presence_validate", "--since", "2026-03-01", stdout=told)

    # The act of two days before is older than the day that was asked for.
    assert "1 verdicts written" in told.getvalue()
    assert remarks(receipt) is not None
    assert remarks(older) is None


@committed
def test_register_changes_are_forgotten_a_month_after_they_were_looked_at() -> None:
    loaded()
    caught_up()
    with transaction():
        enterprises.stop(number=E1, on=clock.today(NOW), actor=fixtures.ACTOR, now=NOW)
    unread = set(Change.objects.order_by("-id").values_list("pk", flat=True)[:1])

    later = NOW + timedelta(days=32)
    # The presences of days have not read them yet.
    assert validation.forget_changes(now=later) == 0
    until = monotonic() + 120
    while monotonic() < until:  # a transaction of another test may hold the mark back
        days.revalidate_changed(now=NOW)
        if Watermark.objects.filter(name="days.changes").exists():
            break
        sleep(0.05)
    assert validation.forget_changes(now=NOW + timedelta(days=31)) == 0
    assert validation.forget_changes(now=later) > 0

    assert unread <= set(Change.objects.values_list("pk", flat=True))
