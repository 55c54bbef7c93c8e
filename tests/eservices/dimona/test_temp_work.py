"""I01 to I06, I19: what agencies declare, and what the worker sees of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from guichet.access.rights import give_right
from guichet.audit.actors import system
from guichet.eservices.dimona import answers, queries
from guichet.eservices.dimona.queries import PeriodRecord
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.rules.calendar import is_working_day
from tests.eservices.dimona import world
from tests.eservices.dimona.world import AGENCY, KARIM, TODAY, USER, an_in, answered, cancel, said
from tests.portal.browsing import signed_in, text

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: world.NOW)


def seen() -> list[PeriodRecord]:
    """What the worker sees of this year's temp work."""
    year = timedelta(days=365)
    return found_by(KARIM, TODAY - year, TODAY + year)


def found_by(niss: str, first: date, last: date) -> list[PeriodRecord]:
    """The periods of temp work of a worker at the agency, oldest first."""
    wanted = queries.Wanted(AGENCY, first, last, niss, joint_committee="322")
    return queries.periods_of_employer(wanted=wanted, limit=100)[::-1]


def using(**user: Any) -> Any:
    return world.temp(user=user)


def agency_reads(period: int | None) -> str:
    """The page of a period for who consults at the agency."""
    give_right(
        niss=world.PENSIONER, enterprise_number=AGENCY, service="dimona_consult",
        first_day=TODAY - world.DAY, actor=world.ACTOR, now=world.NOW, quality="temp_agency",
    )  # fmt: skip
    client = signed_in(world.PENSIONER, AGENCY, quality="temp_agency")
    return text(client, f"/dimona/periods/{period}/")


def test_i01_a_temp_worker_is_seen_at_once_with_the_firm_that_uses_him() -> None:
    record = said(world.temp())

    assert answered(record) == "A"
    [shown] = seen()
    assert shown.id == record.period_id
    assert (shown.employer, shown.user_enterprise, shown.user_committee) == (AGENCY, USER, "302")
    assert shown.declared_at is not None


@pytest.mark.parametrize(
    ("user", "answer"),
    [
        ({"jointCommissionNumber": "302"}, "B 90107-351 00517-001"),
        (
            {"enterpriseNumber": USER, "name": "Firm", "jointCommissionNumber": "302"},
            "B 90107-352",
        ),
        ({"enterpriseNumber": USER, "jointCommissionNumber": "322"}, "B 00046-003"),
        ({"enterpriseNumber": world.UNKNOWN, "jointCommissionNumber": "302"}, "B 00131-235"),
    ],
)
def test_i02_the_user_company_is_named_once_rightly_and_exists(
    user: dict[str, Any], answer: str
) -> None:
    found = said(using(**user))

    assert answered(found).startswith(answer.partition(" 00517")[0])
    assert found.result == "B"


def test_i03_a_user_company_belongs_to_temp_work_only() -> None:
    user = {"enterpriseNumber": USER, "jointCommissionNumber": "302"}

    record = said(an_in(features=world.features("OTH", "XXX", usingEmployer=user)))

    assert answered(record) == "B 00131-005"


def test_i04_a_foreign_user_has_a_name_and_a_whole_address() -> None:
    address = world.ADDRESS | {"country": 111}
    good = using(name="Usine du Nord", address=address, jointCommissionNumber="XXX")

    assert answered(said(good)) == "A"
    assert "00517-001" in said(using(name="Usine", jointCommissionNumber="XXX")).anomalies
    [shown] = seen()
    assert (shown.user_enterprise, shown.user_name) == (None, "Usine du Nord")


def test_i05_temp_work_has_an_end() -> None:
    assert answered(said(world.temp(endDate=None))) == "B 00911-001"


def test_i06_a_wrong_user_company_is_cancelled_and_declared_again_and_both_are_seen() -> None:
    wrong = said(world.temp())
    right = {"enterpriseNumber": world.OTHER, "jointCommissionNumber": "302"}

    assert answered(said(cancel(wrong.period_id, employer=AGENCY))) == "A"
    assert answered(said(world.temp(user=right))) == "A"
    first, second = seen()
    assert (first.is_cancelled, second.is_cancelled) == (True, False)
    assert (first.user_enterprise, second.user_enterprise) == (USER, world.OTHER)
    kinds = [each.kind for each in queries.history(first.id)]
    assert kinds == ["in", "cancel"]


def test_i19_the_agency_is_told_how_many_day_contracts_stand_in_a_row() -> None:
    # From Tuesday 3 March on: the fortieth working day, without Easter Monday.
    workdays = [day for n in range(90) if is_working_day(day := TODAY + (n + 1) * world.DAY)]
    for day in workdays[:40]:
        text = day.isoformat()
        last = said(world.temp(startDate=text, endDate=text))

    record = queries.period(last.period_id or 0)
    assert record is not None
    assert queries.day_contracts_in_a_row(record) == 40
    assert answers.period(record, language="en", in_a_row=40)["successiveDayContracts"] == 40
    page = agency_reads(last.period_id)
    assert "Day contracts in a row 40 with this user company" in page
    assert "From number 40 on in a half-year a special contribution is due." in page
    before = found_by(KARIM, workdays[38], workdays[38])[0]
    page = agency_reads(before.id)
    assert "Day contracts in a row 39 with this user company" in page
    assert "special contribution" not in page


def test_i20_a_replaced_number_sees_what_was_declared_under_both() -> None:
    with transaction(actor=system("tests")):
        employments.declare(
            employment=EmploymentRecord(
                world.BIS, AGENCY, "322", "OTH", TODAY, TODAY, user_enterprise=USER
            ),
            actor=system("tests"),
            now=world.NOW,
        )
    said(world.temp(ssin=world.NEW))

    year = timedelta(days=365)
    for number in (world.BIS, world.NEW):
        assert len(found_by(number, TODAY - year, TODAY + year)) == 2
