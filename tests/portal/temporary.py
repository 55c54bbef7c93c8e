"""Somebody whom an agency lends: a few relations around today, as the register holds them."""

from datetime import datetime, timedelta
from typing import Final

from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.employments import operations
from guichet.registers.employments.queries import EmploymentRecord
from tests.portal.world import ACTOR

# First and last day from today on, and the worker type.
_SPANS: Final = ((-40, -36, "OTH"), (-12, -12, "FLX"), (-3, 3, "OTH"), (20, 30, "STU"))


def lend(niss: str, *, agency: str, user: str, now: datetime) -> None:
    """Declare them."""
    today = clock.today(now)
    with transaction(actor=ACTOR):
        for first, last, worker_type in _SPANS:
            record = EmploymentRecord(
                niss,
                agency,
                "322",
                worker_type,
                today + timedelta(days=first),
                today + timedelta(days=last),
                user,
            )
            operations.declare(employment=record, actor=ACTOR, now=now)
