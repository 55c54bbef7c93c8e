"""The upkeep of the log as jobs do it, through Django's own connection."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from guichet.demo import fixtures
from guichet.eservices.presence import day_queries, jobs, partitions
from guichet.eservices.presence.days import operations as days
from guichet.eservices.presence.days import queries as day_list
from guichet.eservices.presence.days.operations import Sender, Wanted
from guichet.eservices.presence.models import Act, KeyedCall, Verdict, Watermark
from tests.doors import stored


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
def test_p98_what_is_older_than_its_term_is_gone_from_search_and_export_and_counted(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An act and a presence of a day of one month, read by their employer before and after."""
    long_ago = datetime(2030, 6, 15, 8, 0, tzinfo=UTC)
    fixtures.load_fixtures(today=long_ago.date(), now=long_ago)
    partitions.make_partitions(today=long_ago.date())
    act = stored(long_ago, verdict=())
    sender = Sender("ws", fixtures.E1, is_portal=False, technical=1)
    wanted = Wanted(
        day=long_ago.date(), works_reference=fixtures.S2, ssin=fixtures.W1,
        enterprise_number=fixtures.E1,
    )  # fmt: skip
    [day] = days.register(wanted=[wanted], sender=sender, actor=fixtures.ACTOR, now=long_ago)
    month = day_queries.window(date(2030, 6, 1), date(2030, 6, 30))
    asked = day_queries.Wanted(*month, enterprise_number=fixtures.E1)
    of_days = day_list.Filters(date(2030, 6, 1), date(2030, 6, 30), receipts=[day.receipt or 0])

    partitions.drop_expired(today=date(2037, 6, 30))
    assert [one.receipt for one in day_queries.acts(wanted=asked, language="en")] == [act]
    assert [one.receipt for one in day_list.listed(wanted=of_days, limit=9)] == [day.receipt]

    with caplog.at_level("INFO"):
        partitions.drop_expired(today=date(2037, 7, 1))

    assert day_queries.acts(wanted=asked, language="en") == []
    assert day_queries.act(receipt=act, language="en") is None
    assert day_list.listed(wanted=of_days, limit=9) == []
    assert Verdict.objects.filter(receipt=act).count() == 0
    assert "2 acts before 2030-07 were dropped" in caplog.text


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
