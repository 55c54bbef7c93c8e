"""Scenarios of the validation: what acts are told about themselves, and when it is told again."""

import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection

from guichet.demo import fixtures, numbers
from guichet.demo.fixtures import E1, E2, E3, S1, S2, S3, S4, W1, W2, W3, WB
from guichet.eservices.presence import validation, validation_jobs
from guichet.eservices.presence.models import Act
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.works import operations as works
from guichet.rules.presence_day import DayAct, days
from tests import database
from tests.doors import stored
from tests.eservices.presence.validation_world import (
    NOW,
    at,
    caught_up,
    decide,
    is_stored,
    loaded,
    remarks,
    rounds,
)

committed = pytest.mark.django_db(transaction=True)
within = pytest.mark.django_db


@committed
def test_p9_a_good_act_is_validated_without_remarks_by_the_job() -> None:
    now = clock.now()
    fixtures.load_fixtures(today=clock.today(now), now=now)
    receipt = stored(now - timedelta(seconds=10))

    caught_up(now)  # what other tests hold back for a moment is waited for here, not in the job
    validation_jobs.validate(timestamp=0)

    assert rounds(receipt) == [(1, True, "validated", [])]


@committed
def test_p9_the_worker_takes_the_job_from_its_queue(database_url: str) -> None:
    now = clock.now()
    fixtures.load_fixtures(today=clock.today(now), now=now)
    receipt = stored(now - timedelta(seconds=10))
    validation_jobs.sweep.defer(timestamp=0)

    worker = [sys.executable, "-m", "django", "procrastinate", "worker", "--one-shot"]
    url = database.named(database_url, str(connection.settings_dict["NAME"]))
    environment = database.python_environment(GUICHET_DATABASE_URL=url, GUICHET_ROLE="worker")
    subprocess.run(worker, env=environment, check=True, timeout=60, capture_output=True)

    assert rounds(receipt) == [(1, True, "validated", [])]


@committed
def test_p25_acts_wait_while_the_registers_are_away_and_are_validated_later() -> None:
    loaded()
    received_at = at(0, 12)
    receipt = stored(at(0, 11), received_at=received_at)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE works_site RENAME TO works_site_away")

    with pytest.raises(DatabaseError):
        decide()
    meanwhile = stored(at(0, 20))

    assert remarks(receipt) is remarks(meanwhile) is None
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE works_site_away RENAME TO works_site")
    caught_up()
    assert remarks(receipt) == ()
    assert remarks(meanwhile) == ("ciao_21",)
    assert Act.objects.get(receipt=receipt).received_at == received_at


@within
def test_p28_an_in_after_an_in_gets_ciao_21() -> None:
    loaded()
    first, second = stored(at(0)), stored(at(1))

    decide()

    assert remarks(first) == ()
    assert remarks(second) == ("ciao_21",)


@within
def test_p29_an_out_after_an_out_gets_ciao_901() -> None:
    loaded()
    entered, left, again = stored(at(0)), stored(at(1), type="out"), stored(at(2), type="out")

    decide()

    assert remarks(entered) == remarks(left) == ()
    assert remarks(again) == ("ciao_901",)


@within
def test_p30_an_act_sent_twice_gets_caw_14_and_counts_once() -> None:
    loaded()
    first, second = stored(at(0)), stored(at(0))
    left = stored(at(3), type="out")

    decide()

    assert [remarks(each) for each in (first, second, left)] == [(), ("caw_14",), ()]
    acts = [
        DayAct(row.type, row.occurred_at, row.works_reference, row.receipt)
        for row in Act.objects.all()
    ]
    assert len(acts) == 3
    [day] = days(acts, now=at(4))
    assert day.presence == timedelta(hours=3)


@within
def test_p31_coordinates_five_kilometres_off_get_ciao_26() -> None:
    loaded()
    receipt = stored(at(0), latitude=50.8466 + 5 / 111.2)

    decide()

    assert rounds(receipt) == [(1, True, "failed", ["ciao_26"])]


@within
def test_p35_a_number_with_a_wrong_check_gets_caw_15() -> None:
    loaded()
    receipt = stored(at(0), ssin="85073100131")

    decide()

    assert remarks(receipt) == ("caw_15",)


@within
def test_p40_an_unknown_reference_gets_caw_10_and_fails() -> None:
    loaded()
    receipt = stored(at(0), site=numbers.works_reference(77))

    decide()

    assert rounds(receipt) == [(1, True, "failed", ["caw_10"])]


@within
def test_p47_somebody_without_dimona_gets_caw_1_and_stays_registered() -> None:
    loaded()
    receipt = stored(at(0), ssin=W2, employer=E1)

    decide()

    assert rounds(receipt) == [(1, True, "failed", ["caw_1"])]
    assert is_stored(receipt)


@within
def test_p48_a_firm_outside_the_chain_gets_caw_12() -> None:
    loaded()
    receipt = stored(at(0), ssin=W3, employer=E3)

    decide()

    assert remarks(receipt) == ("caw_12",)


@within
def test_p49_i24_an_act_after_the_end_of_the_works_gets_caw_11() -> None:
    world = loaded()
    yesterday = clock.today(NOW) - timedelta(days=1)
    works.change_contract_days(
        declaration_number=world.declarations[S4],
        first_day=world.first_day,
        last_day=yesterday,
        actor=fixtures.ACTOR,
        now=NOW,
    )
    receipt = stored(at(0), site=S4, longitude=4.4446, latitude=50.4114)

    decide()

    # The declarant's days in the chain are those of the contract: nothing is said twice.
    assert remarks(receipt) == ("caw_11",)


@within
def test_p50_a_firm_whose_intervention_ended_gets_caw_17() -> None:
    world = loaded()
    works.change_intervention(
        intervention=world.e2_at_s1,
        first_day=world.first_day,
        last_day=clock.today(NOW) - timedelta(days=7),
        actor=fixtures.ACTOR,
        now=NOW,
    )
    receipt = stored(at(0), ssin=W2, employer=E2)

    decide()

    assert remarks(receipt) == ("caw_17",)


@committed
def test_p51_a_dimona_filed_later_takes_caw_1_away_and_history_keeps_both_rounds() -> None:
    loaded()
    receipt = stored(at(0), ssin=W2, employer=E1)
    caught_up()
    assert remarks(receipt) == ("caw_1",)

    with transaction():
        employments.declare(
            employment=EmploymentRecord(
                niss=W2,
                employer=E1,
                joint_committee="121",
                worker_type="OTH",
                first_day=clock.today(NOW),
            ),
            actor=fixtures.ACTOR,
            now=at(1),
        )
    caught_up(at(1))

    assert rounds(receipt) == [(1, False, "failed", ["caw_1"]), (2, True, "validated", [])]


@committed
def test_p51_a_dimona_cancelled_later_brings_caw_1() -> None:
    world = loaded()
    receipt = stored(at(0))
    caught_up()

    with transaction():
        employments.cancel(dimona_id=world.dimona[W1], actor=fixtures.ACTOR, now=at(1))
    caught_up(at(1))

    assert rounds(receipt) == [(1, False, "validated", []), (2, True, "failed", ["caw_1"])]


@committed
def test_p52_i25_a_firm_added_to_the_chain_takes_caw_12_from_todays_acts() -> None:
    world = loaded()
    receipt = stored(at(0), ssin=W3, employer=E3)
    caught_up()
    assert remarks(receipt) == ("caw_12",)

    with transaction():
        works.add_intervention(
            declaration_number=world.declarations[S1],
            enterprise=E3,
            first_day=clock.today(NOW),
            actor=fixtures.ACTOR,
            now=at(1),
        )
    caught_up(at(1))

    assert rounds(receipt)[-1] == (2, True, "validated", [])


@within
def test_a_posted_worker_is_judged_by_limosa_instead_of_dimona() -> None:
    world = loaded()
    works.add_intervention(
        declaration_number=world.declarations[S1],
        foreign_vat_number=fixtures.FOREIGN_VAT,
        first_day=world.first_day,
        actor=fixtures.ACTOR,
        now=NOW,
    )
    foreign: Any = {"employer": None, "foreign_vat_number": fixtures.FOREIGN_VAT}
    posted = stored(at(0), ssin=WB, **foreign)
    never_posted = stored(at(0), ssin=W1, **foreign)

    decide()

    assert remarks(posted) == ()
    assert remarks(never_posted) == ("caw_8",)


@within
def test_construction_on_a_site_without_duty_gets_caw_13() -> None:
    loaded()
    receipt = stored(at(0), site=S3, activity="construction", longitude=6.0290, latitude=50.6290)
    obliged = stored(
        at(0),
        ssin=W2,
        employer=E2,
        site=S2,
        activity="construction",
        longitude=3.7250,
        latitude=51.0536,
    )

    decide()

    assert remarks(receipt) == ("caw_13",)
    assert remarks(obliged) == ()


@committed
def test_acts_left_without_a_verdict_are_found_whatever_the_mark_says() -> None:
    loaded()
    receipt = stored(at(0))
    with connection.cursor() as cursor:
        # As after a restore into a new server: the mark is ahead of every transaction.
        cursor.execute("INSERT INTO presence_watermark VALUES ('pending', 4000000000000)")

    validation.validate_unvalidated(now=NOW)

    assert remarks(receipt) == ()
