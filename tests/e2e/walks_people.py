"""What the world of the walks holds beyond the small enterprise; Django is set up by then."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection

from guichet.audit.actors import system
from guichet.demo import fixtures, numbers
from guichet.eservices.presence.days import operations as days
from guichet.eservices.presence.days.operations import Sender, Wanted
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord

ACTOR: Final = system("tests")
_BORN: Final = date(1993, 11, 3)
MOVER: Final = PersonRecord(
    numbers.niss(born_on=_BORN, is_female=False), "Idris", "Vanhoucke", _BORN, "fr"
)


def register(*, today: date, now: datetime) -> None:
    """Somebody with two employers, both of them on the first site."""
    with transaction(actor=ACTOR):
        persons.register(person=MOVER, actor=ACTOR, now=now)
        for employer in (fixtures.E1, fixtures.E2):
            record = EmploymentRecord(
                niss=MOVER.niss, employer=employer, joint_committee="121", worker_type="OTH",
                first_day=today - timedelta(days=90),
            )  # fmt: skip
            employments.declare(employment=record, actor=ACTOR, now=now)


def announce_yesterday(*, now: datetime) -> None:
    """The subcontractor registered one of his people on the second site yesterday."""
    before = now - timedelta(days=1)
    sender = Sender("ws", fixtures.E2, is_portal=True, technical=1)
    wanted = Wanted(clock.today(before), fixtures.S2, fixtures.W2, None, fixtures.E2)
    taken = days.register(wanted=[wanted], sender=sender, actor=ACTOR, now=before)
    assert [one.refusals for one in taken if not one.receipt] == []


def long_week(*, first: date, count: int) -> dict[str, str]:
    """That many acts of one worker of the subcontractor within six days; the window they are in."""
    start = f"{first} 01:00+01"
    with connection.cursor() as cursor:
        for back in (0, 6):
            cursor.execute("SELECT presence_ensure_month(%s)", [first + timedelta(days=back)])
        cursor.execute(
            "INSERT INTO presence_act (receipt, occurred_at, received_at, offset_minutes, type,"
            " ssin, enterprise_number, works_reference, activity, channel, longitude, latitude)"
            " SELECT to_char(at AT TIME ZONE 'Europe/Brussels', 'YYMMDD')::bigint * 1000000000"
            " + 500000000 + n, at, at, 60, CASE n %% 2 WHEN 0 THEN 'in' ELSE 'out' END,"
            " %s, %s, %s, 'cleaning', 'ws', 4.35, 50.85"
            " FROM (SELECT n, %s::timestamptz + n * interval '20 seconds' AS at"
            " FROM generate_series(1, %s) AS n) AS made",
            [fixtures.W2, fixtures.E2, fixtures.S4, start, count],
        )
    return {"first": first.isoformat(), "last": (first + timedelta(days=6)).isoformat()}
