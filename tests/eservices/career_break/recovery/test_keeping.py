"""For how long recoveries are kept, and what goes with them; what a worker reads of them."""

from datetime import date, datetime

import pytest
from django.db import connection

from guichet.access.privacy import sections
from guichet.audit import purging
from guichet.audit.models import Entry
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.recovery import jobs, keeping
from guichet.eservices.career_break.recovery.models import Letter, Recovery
from guichet.platform import clock
from guichet.rules.career_break.recovering import kept_until
from tests.eservices.career_break import world
from tests.eservices.career_break.office.desk import moment
from tests.eservices.career_break.recovery.paid import LATER, decided, granted, heard, opened

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("office", "at"),
]
# Asked back in three parts, the last one by the end of September.
LAST, NEXT = moment(date(2030, 9, 30)), moment(date(2030, 10, 1))


def recovered(niss: str = world.LUC) -> tuple[Request, Recovery]:
    row = granted(niss)
    recovery = opened(row)
    heard(recovery)
    return row, decided(row, recovery)


def traces() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM audit_history WHERE table_name = 'career_break_recovery'"
        )
        [count] = cursor.fetchone() or (0,)
    return int(count)


def test_a_recovery_goes_after_its_term_with_its_history_and_its_letters() -> None:
    row, _recovery = recovered()
    assert traces() > 0

    assert keeping.forget_old(now=LAST) == 0
    assert (Recovery.objects.count(), Letter.objects.count()) == (1, 2)
    assert keeping.forget_old(now=NEXT) == 1

    assert (Recovery.objects.count(), Letter.objects.count(), traces()) == (0, 0, 0)
    assert Request.objects.filter(pk=row.pk, decisions__number=1).exists()
    line = Entry.objects.get(action="careerBreak.recoveries.forgotten")
    assert line.detail == {"recoveries": 1}


def test_what_is_open_stays() -> None:
    opened(granted())

    assert keeping.forget_old(now=moment(date(2060, 1, 1))) == 0


@pytest.mark.parametrize("who", ["worker", "employer"])
def test_a_hold_keeps_it(who: str) -> None:
    recovered()
    held = {"niss": world.LUC} if who == "worker" else {"enterprise_number": world.FIRM}
    number = purging.place_hold(reason="a case", actor=world.ACTOR, now=LATER, **held)

    assert keeping.forget_old(now=NEXT) == 0
    purging.lift_hold(number=number, actor=world.ACTOR, now=LATER)
    assert keeping.forget_old(now=NEXT) == 1


def test_the_job_of_the_night_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    recovered()
    recovered(world.NADIA)
    monkeypatch.setattr(clock, "now", lambda: NEXT)

    jobs.forget(0)

    assert not Recovery.objects.exists()


def test_the_term_counts_from_the_last_instalment() -> None:
    assert kept_until(last_due=date(2025, 9, 30), on=date(2030, 9, 30)) == date(2030, 9, 30)
    assert kept_until(last_due=date(2024, 2, 29), on=date(2030, 1, 1)) == date(2029, 2, 28)


def test_the_copy_of_ones_data_holds_what_was_paid_and_asked_back() -> None:
    recovered()
    recovered(world.NADIA)

    class Luc:
        niss = world.LUC

    def read(key: str, now: datetime = LATER) -> list[dict[str, object]]:
        [section] = [one for one in sections.sections() if one.key == key]
        return [dict(one) for one in section.read(Luc(), now)]  # type: ignore[arg-type]  # his number

    [one] = read("careerBreakRecoveries")
    assert one["monthsAsked"] == 3
    assert "2025-09-30" in str(one["instalments"])
    months = read("careerBreakPayments")
    assert [(str(each["firstDay"]), each["state"]) for each in months] == [
        ("2025-04-01", "Paid"), ("2025-05-01", "Paid"), ("2025-06-01", "To be paid"),
    ]  # fmt: skip
    # A decision of today is not known to him before its letter goes out.
    assert read("careerBreakPayments", now=world.NOW) == []
