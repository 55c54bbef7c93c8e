"""Dimona of the demonstration: a personnel file that lives."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from guichet.demo import declarations, numbers, people
from guichet.demo.firms import DE_BRUG, DELVAUX, FIRMS, QUATRE_NUAGES, TREMPLIN
from guichet.eservices.dimona import identifying, processing
from guichet.eservices.dimona.models import Declaration, Period, Registration
from guichet.eservices.interim.queries import relations
from guichet.kernel.niss import Niss
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord
from guichet.rules.interim import Contract, Kind, State
from tests.portal.browsing import text

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 14, 40, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _firms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with transaction(actor=declarations.ACTOR):
        for index in (QUATRE_NUAGES, DELVAUX, TREMPLIN, DE_BRUG, 3, 4, 5, 6, 7):
            record = EnterpriseRecord(
                number=numbers.enterprise(index), name_fr=FIRMS[index].name, language="fr",
                onss_number=numbers.onss(index), onss_first_day=TODAY - timedelta(days=4_000),
            )  # fmt: skip
            enterprises.register(enterprise=record, actor=declarations.ACTOR, now=NOW)
        for number in (declarations.AGENCY, declarations.SECOND_AGENCY):
            enterprises.add_quality(
                number=number, quality="temp_agency", first_day=date(2020, 1, 1),
                actor=declarations.ACTOR, now=NOW,
            )  # fmt: skip
        for known in (people.SOFIE, people.MARC, people.LEA, people.LUC):
            person = PersonRecord(known.niss, known.given_name, known.family_name)
            persons.register(person=person, actor=declarations.ACTOR, now=NOW)


def _become(key: str) -> Client:
    client = Client()
    client.post(f"/demo/personas/{key}/")
    return client


def test_both_firms_have_something_of_everything() -> None:
    declarations.furnish(today=TODAY, now=NOW)

    results = Counter(Declaration.objects.values_list("sender", "result"))
    for firm in (declarations.FIRM, declarations.AGENCY):
        assert results[firm, "A"] >= 5
        assert results[firm, "W"] >= 1
    assert results[declarations.FIRM, "B"] == 2
    assert results[declarations.FIRM, None] == 1
    assert Period.objects.filter(is_late=True).count() >= 2
    assert Registration.objects.filter(is_cancelled=True).exists()
    assert not Declaration.objects.filter(state="stuck").exists()
    anomalies = {code for row in Declaration.objects.all() for code in row.anomalies}
    assert {"90373-460", "90017-369", "90373-333", "01135-001"} <= anomalies


@pytest.mark.parametrize("today", [TODAY, date(2027, 1, 1), date(2028, 2, 29), date(2026, 7, 5)])
def test_the_temporary_worker_meets_each_state_and_three_years(today: date) -> None:
    now = datetime(today.year, today.month, today.day, 13, tzinfo=UTC)
    declarations.furnish(today=today, now=now)

    found = relations(niss=people.LUC.niss, now=now, language="fr")

    assert {one.state for one in found} >= {
        State.PLANNED, State.ENDED, State.LATE, State.CHANGED, State.CANCELLED,
    }  # fmt: skip
    assert {one.contract for one in found} >= {Contract.DAY, Contract.WEEK}
    assert len({one.first_day.year for one in found}) >= 2
    assert len(found) >= 12
    assert all(one.last_day for one in found)  # temporary work has an end
    assert len({one.agency.number for one in found}) == 2
    assert {one.kind for one in found} == {Kind.TEMPORARY, Kind.FLEXI}
    agencies = (declarations.AGENCY, declarations.SECOND_AGENCY)
    assert not Declaration.objects.filter(sender__in=agencies, result="B").exists()


def test_a_second_load_adds_nothing() -> None:
    declarations.furnish(today=TODAY, now=NOW)
    before = Declaration.objects.count()

    declarations.furnish(today=TODAY + timedelta(days=3), now=NOW + timedelta(days=3))

    assert Declaration.objects.count() == before


@pytest.mark.parametrize("today", [date(2027, 1, 1), date(2028, 2, 29), date(2026, 7, 5)])
def test_any_day_of_the_year_has_its_story(today: date) -> None:
    declarations.furnish(
        today=today, now=datetime(today.year, today.month, today.day, 13, tzinfo=UTC)
    )

    assert not Declaration.objects.filter(state="stuck").exists()
    assert Declaration.objects.filter(result="A").count() > 15


def test_the_one_without_a_number_is_identified_by_and_by() -> None:
    declarations.furnish(today=TODAY, now=NOW)
    processing.process(now=NOW)
    later = NOW + timedelta(minutes=1)
    identifying.identify_waiting(now=later)
    processing.process(now=later)

    assert not Declaration.objects.filter(result__isnull=True).exists()


def test_an_employer_and_an_agency_find_a_living_file() -> None:
    declarations.furnish(today=TODAY, now=NOW)

    sofie, lea = _become("sofie"), _become("lea")

    file = text(sofie, "/dimona/?size=100")
    for said in ("Moreau, Lina", "Declared late", "Cancelled", "Declared in time"):
        assert said in file
    assert "Being processed" in text(sofie, "/dimona/declarations/?result=open")
    listed = text(lea, "/dimona/declarations/?size=100")
    assert "Haddad, Yasmine" in listed
    [warned] = Declaration.objects.filter(warned__isnull=False)
    told = text(lea, f"/dimona/declarations/{warned.id}/")
    assert "Formation interne le mercredi" in told


def test_the_employer_reads_that_a_number_was_replaced() -> None:
    declarations.furnish(today=TODAY, now=NOW)
    worker = declarations.staff(TODAY)["samir"]

    told = text(_become("sofie"), "/dimona/identity-changes/")

    assert "Aziz, Samir" in told
    assert Niss(worker.niss).formatted() in told
    assert Niss(replace(worker, is_bis=True).niss).formatted() in told
