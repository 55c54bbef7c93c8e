"""The end of cards: what is past its retention is removed, with its marks and its sendings.

Kept for five years after the month of the card, the time in which ONEM may ask allowances back for
fraud. Our own choice, to be confirmed by a lawyer; the sealed receipt has a retention of its own.
"""

from datetime import date, datetime
from typing import Final

from django.db.models import Q

from guichet.audit import trail
from guichet.audit.actors import Actor, system
from guichet.eservices.temporary_unemployment.cards.models import (
    Card,
    PaperRequest,
    Reminder,
    Wrong,
)
from guichet.platform import clock
from guichet.platform.db import set_local, transaction

ACTOR: Final[Actor] = system("temporaryUnemployment.retention")
KEPT_YEARS: Final = 5
_PURGE_SETTING: Final = "guichet.purge"


def purge(*, now: datetime) -> int:
    """Remove the cards of months that are past their retention; how many."""
    before = _bound(clock.today(now))
    old = Q(month__lt=before)
    with transaction(actor=ACTOR):
        former = set_local(using="default", settings={_PURGE_SETTING: "on"})
        count = Card.objects.filter(old).count()
        Card.objects.filter(old).delete()
        Reminder.objects.filter(old).delete()
        PaperRequest.objects.filter(last_month__lt=before).delete()
        Wrong.objects.filter(at__date__lt=before).delete()
        set_local(using="default", settings=former)
        if count:
            trail.record(
                action="temporaryUnemployment.cards.purged", actor=ACTOR,
                target=f"before {before:%Y-%m}", now=now, detail={"cards": count},
            )  # fmt: skip
    return count


def _bound(today: date) -> date:
    return date(today.year - KEPT_YEARS, today.month, 1)
