"""Registering with the QR code of an L1: one presence of that posting, once for one form."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection

from guichet.audit.actors import Actor, system
from guichet.eservices.presence.days import operations
from guichet.eservices.presence.days.operations import Sender, Wanted
from guichet.platform.db import transaction
from guichet.rules.presence_days import Refusal

# Who holds the paper is not known: the trail says so, and the presence names the L1.
HOLDER: Final[Actor] = system("l1.holder")


@dataclass(frozen=True, slots=True)
class Wish:
    """``number``: of the L1 that was shown; ``key``: of the form, so that two taps are one."""

    number: str = field(repr=False)
    works_reference: str
    day: date
    key: UUID


class Refused(Exception):
    """It is not registered; ``refusals``: why."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__(", ".join(refusals))
        self.refusals = refusals


def register(*, wish: Wish, now: datetime) -> int:
    """Register the presence of one day; the receipt, the former one for the same form.

    Raises Refused.
    """
    reference = f"l1:{wish.key}"
    with transaction():
        _one_at_a_time(wish.number)
        known = _registered(wish, reference)
        if known is not None:
            return known
        wanted = Wanted(
            wish.day,
            wish.works_reference,
            limosa_number=wish.number,
            custom_reference=reference,
        )
        sender = Sender("mobile_manual", None, is_portal=True, limosa_number=wish.number)
        [taken] = operations.announce(wanted=[wanted], sender=sender, actor=HOLDER, now=now)
    if taken.receipt is None:
        raise Refused(taken.refusals)
    return taken.receipt


def _one_at_a_time(number: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"l1:{number}"])


def _registered(wish: Wish, reference: str) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT receipt FROM presence_day"
            " WHERE limosa_number = %s AND day = %s AND custom_reference = %s",
            [wish.number, wish.day, reference],
        )
        found = cursor.fetchone()
    return None if found is None else int(found[0])
