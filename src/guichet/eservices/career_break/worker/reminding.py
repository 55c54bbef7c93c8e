"""What the calendar does to a request that its worker does not complete: reminders, an end."""

from datetime import datetime
from typing import Final

from django.db.models import Q

from guichet.audit import trail
from guichet.audit.actors import Actor, system
from guichet.eservices.career_break import steps
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.worker import telling
from guichet.eservices.career_break.worker.models import Reminder
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.rules.career_break.completing import expires_on, reminder_due
from guichet.rules.career_break.filing import last_day_for_whole_allowance
from guichet.rules.career_break.states import Party, State, Step

ACTOR: Final[Actor] = system("careerBreak.reminders")


def remind(*, now: datetime) -> int:
    """Remind each worker of a part that waits too long, once for each term; how many."""
    waiting = Request.objects.filter(state=State.WAIT_WORKER).exclude(ticket="")
    keys = list(waiting.order_by("pk").values_list("pk", flat=True))
    return sum(_reminded(key, now) for key in keys)


def expire(*, now: datetime) -> int:
    """End the requests that were never completed; how many."""
    on = clock.today(now)
    waiting = Request.objects.filter(state=State.WAIT_WORKER).exclude(ticket="")
    over = waiting.filter(Q(last_day__lt=on) | Q(last_day=None, first_day__lt=on))
    keys = list(over.order_by("pk").values_list("pk", flat=True))
    return sum(_expired(key, now) for key in keys)


def _reminded(key: int, now: datetime) -> bool:
    with transaction(actor=ACTOR):
        row = _locked(key)
        if row is None:
            return False
        days = reminder_due(filed_on=clock.today(row.filed_at), on=clock.today(now))
        if days is None or Reminder.objects.filter(request=row, days__gte=days).exists():
            return False
        Reminder.objects.create(request=row, days=days, at=now)
        until = last_day_for_whole_allowance(row.first_day)
        telling.reminded(row, days=days, secured_until=until, now=now)
        trail.record(
            action="careerBreak.request.reminded", actor=ACTOR, target=row.ticket, now=now,
            detail={"days": days},
        )  # fmt: skip
    return True


def _expired(key: int, now: datetime) -> bool:
    with transaction(actor=ACTOR):
        row = _locked(key)
        if row is None:
            return False
        if clock.today(now) < expires_on(first_day=row.first_day, last_day=row.last_day):
            return False
        steps.carry_out(row, Step.EXPIRE, Party.SYSTEM, event="expired", actor=ACTOR, now=now)
        telling.expired(row, now=now)
    return True


def _locked(key: int) -> Request | None:
    """The row while it still waits; a job that runs twice at once waits here."""
    rows = Request.objects.select_for_update(of=("self",)).select_related("person", "employer")
    return rows.filter(pk=key, state=State.WAIT_WORKER).first()
