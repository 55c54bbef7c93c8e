"""Purging: whole sealed minutes past ten years, announced, never what is held."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from guichet.audit import purging, sealing
from guichet.audit.actors import system
from guichet.audit.models import Entry, Hold, Lookup, Seal
from guichet.audit.purging import PurgeRefused
from guichet.audit.verification import Break, verify
from tests.audit.test_seals import minute, sql, write

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "audit"])

ACTOR = system("tests")
LATER = datetime(2036, 3, 2, 5, 2, 30, tzinfo=UTC)  # the first two minutes are past ten years


@pytest.fixture(autouse=True)
def _sealed() -> None:
    for number in range(4):
        write(number)
    sealing.seal(now=minute(10))


def test_the_bound_is_ten_years_back_on_a_leap_day_too() -> None:
    assert purging.bound(LATER) == minute(2)
    assert purging.bound(datetime(2036, 2, 29, 1, 2, 3, tzinfo=UTC)) == datetime(
        2026, 2, 28, 1, 2, tzinfo=UTC
    )


def test_without_commit_it_only_counts() -> None:
    plans = purging.purge(now=LATER, actor=ACTOR, commit=False)

    assert [(plan.table, plan.rows) for plan in plans] == [("audit_entry", 4), ("audit_lookup", 2)]
    assert Entry.objects.count() == 8


def test_what_is_purged_verifies_with_its_seals_kept() -> None:
    purging.purge(now=LATER, actor=ACTOR, commit=True)

    assert Lookup.objects.count() == 2
    found = verify()
    assert found.broken is None
    assert found.purged == 4
    announced = Entry.objects.filter(action="audit.trail.purged")
    assert [entry.target for entry in announced] == ["audit_entry", "audit_lookup"]
    assert Seal.objects.filter(kind="purge").count() == 2
    assert [plan.rows for plan in purging.purge(now=LATER, actor=ACTOR, commit=True)] == [0, 0]


def test_a_purge_does_not_cover_a_deletion_beyond_it() -> None:
    purging.purge(now=LATER, actor=ACTOR, commit=True)

    sql("DELETE FROM audit_lookup WHERE recorded_at >= %s", minute(3))

    found = verify().broken
    assert found is not None
    assert (found.minute, found.kind) == (minute(3), Break.DELETED)


def test_nothing_is_purged_when_the_seals_do_not_hold() -> None:
    sql("UPDATE audit_entry SET reason = 'x' WHERE recorded_at < %s", minute(1))

    with pytest.raises(PurgeRefused):
        purging.purge(now=LATER, actor=ACTOR, commit=True)

    assert Entry.objects.count() == 8


def test_minutes_with_a_person_under_hold_are_kept_until_it_is_lifted() -> None:
    number = purging.place_hold(niss="85073003328", reason="court case", actor=ACTOR, now=minute(0))

    purging.purge(now=LATER, actor=ACTOR, commit=True)
    assert Lookup.objects.count() == 4
    assert Entry.objects.filter(action="works.site.declared").count() == 4
    assert verify().broken is None

    assert purging.lift_hold(number=number, actor=ACTOR, now=minute(1))
    assert not purging.lift_hold(number=number, actor=ACTOR, now=minute(1))
    purging.purge(now=LATER, actor=ACTOR, commit=True)
    assert Lookup.objects.count() == 2
    assert verify().broken is None


def test_nobody_else_deletes() -> None:
    for text in ("DELETE FROM audit_entry", "DELETE FROM audit_lookup", "DELETE FROM audit_hold"):
        Hold.objects.get_or_create(niss="x", reason="x", placed_at=minute(0))
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(text)


def test_the_command_counts_purges_and_holds(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    from guichet.platform import clock

    monkeypatch.setattr(clock, "unshifted", lambda: LATER)
    monkeypatch.setattr("sys.stdin", io.StringIO("85.07.30-033.28\n"))
    call_command("audit", "hold", "--person", "--reason", "court case")
    call_command("audit", "hold")
    call_command("audit", "purge")
    told = capsys.readouterr().out
    assert "Hold 1 is placed" in told
    assert "a person, since" in told
    assert "85073003328" not in told
    assert "audit_entry, before 2026-03-02 05:02 UTC: 4 rows would be removed" in told
    assert "audit_lookup, before 2026-03-02 05:02 UTC: 0 rows would be removed" in told

    call_command("audit", "purge", "--commit")
    call_command("audit", "hold", "--lift", "1")

    assert "4 rows removed" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("audit", "hold", "--lift", "1")
    with pytest.raises(CommandError, match="reason"):
        call_command("audit", "hold", "--enterprise", "0712345630")


def test_the_server_clock_decides_not_the_date_that_a_row_claims() -> None:
    Entry.objects.create(
        at=minute(0) - timedelta(days=9000), action="a.b", actor_kind="system", actor_id="x",
        target="x",
    )  # fmt: skip

    purging.purge(now=LATER, actor=ACTOR, commit=True)

    assert Entry.objects.filter(action="a.b").exists()
