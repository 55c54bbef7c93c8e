"""The small world on the morning of the scenarios, and presences of days announced in it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection

from guichet.audit.actors import system
from guichet.demo.fixtures import E1, S2, W1
from guichet.eservices.presence.days import operations, validation
from guichet.eservices.presence.days.operations import Sender, Taken, Wanted
from tests.eservices.presence.validation_world import NOW
from tests.eservices.presence.validation_world import loaded as registers

TESTS: Final = system("tests")
TODAY: Final = date(2026, 3, 2)
TOMORROW: Final = TODAY + timedelta(days=1)
MACHINE: Final = Sender("ws", E1, is_portal=False, technical=7)
CLERK: Final = Sender("assistant", E1, is_portal=True)


def loaded() -> None:
    """The registers, and the months of the log."""
    registers()
    months()


def months(first: str = "2025-12-01", last: str = "2026-07-01") -> None:
    """Partitions for these months."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT presence_ensure_day_months(%s, %s)", [first, last])


def one(**given: Any) -> Wanted:
    """W1 of E1 at S2 today, unless told otherwise; a Limosa number stands alone."""
    members: dict[str, Any] = {"day": TODAY, "works_reference": S2}
    if "limosa_number" not in given:
        members |= {"ssin": W1}
        if "foreign_vat_number" not in given:
            members |= {"enterprise_number": E1}
    return Wanted(**members | given)


def announced(*wanted: Wanted, sender: Sender = MACHINE, now: datetime = NOW) -> list[Taken]:
    """Announce, and check at once."""
    taken = operations.register(wanted=wanted, sender=sender, actor=TESTS, now=now)
    decide([each.receipt for each in taken if each.receipt], now=now)
    return taken


def receipt(*wanted: Wanted, **given: Any) -> int:
    """The receipt of one that is taken."""
    [taken] = announced(*wanted or (one(),), **given)
    assert taken.receipt is not None, taken.refusals
    return taken.receipt


def decide(receipts: Sequence[int], *, now: datetime = NOW) -> None:
    """Check these now, without waiting for a commit."""
    validation.look_again(receipts=receipts, now=now)


def remarks(number: int) -> tuple[str, ...] | None:
    """The remarks as they stand; None while it is pending."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT remarks FROM presence_day_verdict WHERE receipt = %s AND is_current", [number]
        )
        found = cursor.fetchone()
    return None if found is None else tuple(found[0])


def stored() -> int:
    """How many presences of days the log holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM presence_day")
        [count] = cursor.fetchone() or (0,)
    return int(count)
