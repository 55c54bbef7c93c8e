"""People's rights: given once, for known people and enterprises, with a line in the trail."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from guichet.access.models import Right
from guichet.access.rights import RightRefused, give_right
from guichet.audit.models import Entry
from guichet.platform import clock
from guichet.registers.enterprises.operations import register as register_enterprise
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons.operations import register as register_person
from guichet.registers.persons.queries import PersonRecord
from tests.access.machine import ENTERPRISE, TESTER

NISS = "85073099932"

pytestmark = pytest.mark.django_db


def given(*, last_day: date | None = None, enterprise_number: str = ENTERPRISE) -> bool:
    with transaction.atomic():
        return give_right(
            niss=NISS,
            enterprise_number=enterprise_number,
            service="presence",
            first_day=date(2026, 1, 1),
            last_day=last_day,
            actor=TESTER,
            now=clock.now(),
        )


@pytest.fixture
def _known() -> None:
    now = clock.now()
    with transaction.atomic():
        register_person(
            person=PersonRecord(niss=NISS, given_name="Lea", family_name="Test"),
            actor=TESTER,
            now=now,
        )
        register_enterprise(
            enterprise=EnterpriseRecord(number=ENTERPRISE, name_en="Tests"), actor=TESTER, now=now
        )


@pytest.mark.usefixtures("_known")
def test_a_right_is_given_once_with_one_line_that_names_no_person() -> None:
    assert given()
    assert not given()

    assert Right.objects.count() == 1
    [line] = Entry.objects.filter(action="access.right.given")
    assert line.target == ENTERPRISE
    assert NISS not in str(line.detail)


@pytest.mark.usefixtures("_known")
def test_strangers_and_periods_that_run_backward_are_refused() -> None:
    with pytest.raises(RightRefused):
        given(enterprise_number="1900000168")
    with pytest.raises(IntegrityError, match="access_right_period_runs_forward"):
        given(last_day=date(2025, 12, 31))
