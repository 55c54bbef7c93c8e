"""Loading the demonstration into a database."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from time import monotonic, sleep

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.transaction import atomic

from guichet.access.models import Right
from guichet.demo import accounts, fixtures, gate, loading, people, world
from guichet.demo.fixtures import S1, W1, WB, load_fixtures
from guichet.demo.personas import PERSONAS
from guichet.ebox.models import Message
from guichet.eservices.presence import validation
from guichet.eservices.presence.kiosk.models import Device, Means
from guichet.eservices.temporary_unemployment.models import Communication
from guichet.eservices.temporary_unemployment.office.models import Decision, Delivery
from guichet.registers.employments.models import Period
from guichet.registers.employments.queries import is_employed
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person
from guichet.registers.postings.queries import postings_of
from guichet.registers.works.models import Site
from guichet.registers.works.queries import contractors_below, site
from tests.documents.conftest import seal_folder, sealed_by_us
from tests.registers.people import a_person

__all__ = ["seal_folder", "sealed_by_us"]
TODAY = date(2026, 11, 24)
AFTERNOON = datetime(2026, 11, 24, 14, 40, tzinfo=UTC)


def column(sql: str) -> list[object]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]


def pending() -> object:
    [count] = column(
        "SELECT count(*) FROM presence_act a WHERE NOT EXISTS"
        " (SELECT FROM presence_verdict v WHERE v.receipt = a.receipt)"
    )
    return count


def validate_the_rest(now: datetime) -> None:
    """Another test's transaction on the same server holds the validator back while it runs."""
    until = monotonic() + 120
    while pending() and monotonic() < until:
        validation.validate_pending(now=now)
        sleep(0.05)
    validation.review_never_closed(now=now)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_demonstration_fills_an_empty_database_and_follows_the_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loading, "DAYS", 2)

    first = loading.load(today=TODAY, now=AFTERNOON)
    again = loading.load(today=TODAY, now=AFTERNOON)
    tomorrow = loading.load(today=TODAY + timedelta(days=1), now=AFTERNOON + timedelta(days=1))

    assert first.workers == 1_500
    assert (again.workers, again.acts) == (0, 0)
    assert tomorrow.workers == 0
    assert tomorrow.acts > 1_000
    assert column("SELECT count(*) FROM presence_act") == [first.acts + tomorrow.acts]
    assert Site.objects.count() == 121
    employers = Enterprise.objects.filter(onss_first_day__isnull=False)
    assert employers.filter(number__startswith="1900").count() == 40
    assert Period.objects.count() > 1_400
    assert Person.objects.filter(niss=people.AMINA.niss).exists()
    assert Device.objects.get().works_reference == gate.SITE
    assert Means.objects.filter(person__niss=people.AMINA.niss).count() == 2

    validate_the_rest(AFTERNOON + timedelta(days=1))
    late = column(
        "SELECT count(*) FROM presence_act WHERE received_at > now() + interval '5 years'"
    )
    assert late == [0]
    assert pending() == 0
    remarks = set(column("SELECT DISTINCT unnest(remarks) FROM presence_verdict WHERE is_current"))
    assert remarks >= {"caw_1", "caw_11", "caw_17", "ciao_21", "ciao_902", "ciao_26"}
    [failed] = column(
        "SELECT avg((validity = 'failed')::int)::float8 FROM presence_verdict WHERE is_current"
    )
    assert isinstance(failed, float)
    assert 0.005 < failed < 0.08
    for persona in PERSONAS:
        assert Person.objects.filter(niss=persona.niss, replaced_by=None).exists()
        if persona.enterprise_number:
            assert Right.objects.filter(
                person__niss=persona.niss, enterprise__number=persona.enterprise_number
            ).exists()


@pytest.mark.usefixtures("sealed_by_us")
@pytest.mark.django_db(transaction=True, databases=["default", "audit"])
def test_a_small_demonstration_loads_where_no_test_holds_a_transaction_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What forgets its transaction stops the first start of a house, and no wrapped test."""
    few = tuple(replace(firm, staff=min(firm.staff, 20)) for firm in world.FIRMS)
    monkeypatch.setattr(world, "FIRMS", few)
    monkeypatch.setattr(loading, "DAYS", 1)
    monday = TODAY - timedelta(days=1)  # a day of its own: a world is kept by its day

    loaded = loading.load(today=monday, now=AFTERNOON - timedelta(days=1))
    again = loading.load(today=monday, now=AFTERNOON - timedelta(days=1))

    assert 100 < loaded.workers < 1_000
    assert (again.workers, again.acts) == (0, 0)
    states = Counter(Communication.objects.values_list("state", flat=True))
    assert states == {"accepted": 1, "received": 2, "modified": 1, "cancelled": 1}
    [decision] = Decision.objects.all()
    [letter] = Message.objects.filter(
        publication__reference=f"temporary-unemployment-{decision.number}"
    )
    assert letter.box.enterprise == decision.communication.employer
    assert Delivery.objects.get(way="ebox").state == "sent"


@pytest.mark.django_db
def test_somebody_elses_registers_are_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    a_person()

    call_command("demo_load", "--if-empty")
    with pytest.raises(CommandError, match="hold other data"):
        call_command("demo_load")
    assert Person.objects.count() == 1
    assert capsys.readouterr().out == ""


def test_personas_are_listed_for_people_and_for_programs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("personas", "--language", "fr")
    out = capsys.readouterr().out
    assert "amina    Amina Roussel, Nettoyeuse, CP 121" in out
    assert f"user name aminaroussel, password {accounts.PASSWORD}" in out
    assert "/demo/kiosk/" in out

    call_command("personas", "--json")
    listed = json.loads(capsys.readouterr().out)
    assert [one["key"] for one in listed] == [persona.key for persona in PERSONAS]
    assert listed[0]["story"].keys() == {"nl", "fr", "de", "en"}
    assert {one["userName"] for one in listed} == set(accounts.USER_NAMES.values())


@pytest.mark.django_db
def test_the_fixtures_hold_what_the_scenarios_say() -> None:
    small = load_fixtures(today=TODAY, now=AFTERNOON)

    assert is_employed(niss=W1, employer=fixtures.E1, on=TODAY)
    assert is_employed(niss=fixtures.W2, employer=fixtures.E2, on=TODAY)
    assert not is_employed(niss=fixtures.W2, employer=fixtures.E1, on=TODAY)
    assert is_employed(niss=fixtures.W3, employer=fixtures.E3, on=TODAY)
    assert [each.number for each in postings_of(niss=WB, on=TODAY)] == [fixtures.LIMOSA]
    declared = {reference: site(reference=reference) for reference in fixtures.DECLARATIONS}
    assert {
        reference: (each.activity, each.is_obliged)
        for reference, each in declared.items()
        if each is not None
    } == {
        S1: ("cleaning", True),
        fixtures.S2: ("construction", True),
        fixtures.S3: ("construction", False),
        fixtures.S4: ("cleaning", True),
    }
    below = contractors_below(reference=S1, enterprise=fixtures.E1)
    assert below == {fixtures.E1, fixtures.E2, fixtures.E4}
    assert small.first_day < TODAY < small.last_day


@pytest.mark.django_db
def test_the_fixtures_may_be_loaded_again_on_another_day() -> None:
    first = load_fixtures(today=TODAY, now=AFTERNOON)
    with atomic():
        later = load_fixtures(today=TODAY + timedelta(days=9), now=AFTERNOON)

    assert (first.e2_at_s1, first.dimona) == (later.e2_at_s1, later.dimona)
    assert later.first_day == first.first_day + timedelta(days=9)
    assert Site.objects.count() == 4
