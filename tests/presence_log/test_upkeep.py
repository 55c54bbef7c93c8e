"""The upkeep of the log as jobs do it, through Django's own connection."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from guichet.eservices.presence import jobs, partitions
from guichet.eservices.presence.models import Act, KeyedCall, Verdict, Watermark


def months() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT substr(relname, 14) FROM pg_class"
            " WHERE relkind = 'r' AND relname ~ '^presence_act_[0-9]{4}_[0-9]{2}$'"
        )
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_partitions_reach_three_months_both_ways_over_the_turn_of_a_year() -> None:
    made = partitions.make_partitions(today=date(2051, 12, 31))

    wanted = {"2051_09", "2051_10", "2051_11", "2051_12", "2052_01", "2052_02", "2052_03"}
    assert made == 14  # of the acts and of the presences of days
    assert wanted <= months()
    assert partitions.make_partitions(today=date(2051, 12, 31)) == 0


@pytest.mark.django_db(transaction=True)
def test_dropping_says_how_many_acts_went(caplog: pytest.LogCaptureFixture) -> None:
    partitions.make_partitions(today=date(2051, 12, 31))

    with caplog.at_level("INFO"):
        gone = partitions.drop_before(month=date(2052, 1, 1))

    assert gone == 0
    assert "0 acts before 2052-01 were dropped" in caplog.text
    assert not [month for month in months() if month < "2052_01"]


@pytest.mark.django_db(transaction=True)
def test_acts_are_kept_for_the_seven_years_of_the_rules_and_no_month_longer() -> None:
    partitions.make_partitions(today=date(2030, 6, 15))

    partitions.drop_expired(today=date(2037, 6, 15))

    assert min(month for month in months() if month >= "2030") == "2030_06"


@pytest.mark.django_db(transaction=True)
def test_old_keys_are_forgotten_by_the_job() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO presence_idempotency VALUES ('c', 'k', 'd', 'x', '2020-01-01Z')"
        )

    jobs.forget_keys(timestamp=0)

    assert KeyedCall.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_nightly_job_may_run_again_and_again() -> None:
    jobs.make_partitions(timestamp=0)
    before = months()
    jobs.make_partitions(timestamp=0)

    assert months() == before != set()


@pytest.mark.django_db
def test_the_models_read_the_tables() -> None:
    assert [model.objects.count() for model in (Act, Verdict, Watermark, KeyedCall)] == [0, 0, 0, 0]
    assert not Act.objects.filter(occurred_at__gte=datetime(2026, 1, 1, tzinfo=UTC)).exists()
