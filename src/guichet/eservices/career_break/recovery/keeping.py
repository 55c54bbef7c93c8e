"""Removing recoveries past their term, with what the history of the table kept of them; and what
was handed on for payment.

The request, its decisions and the sealed letters stay: they have terms of their own.
"""

from datetime import date, datetime
from typing import Final

from django.db import connection

from guichet.audit import trail
from guichet.audit.actors import system
from guichet.audit.holds import held
from guichet.eservices.career_break.recovery.models import Preparation, Recovery, Run, Sent
from guichet.kernel.moments import brussels_day
from guichet.platform.db import set_local, transaction
from guichet.rules.career_break import payment_runs
from guichet.rules.career_break.recovering import kept_until

_KEEPER: Final = system("career_break_recovery.forget")
_PIECE: Final = 500
# What the triggers of history let through: the end of a term.
_PURGE_SETTING: Final = "guichet.purge"
_HISTORY: Final = """
DELETE FROM audit_history WHERE table_name = 'career_break_recovery' AND row_id = ANY(%s)
"""


def forget_old(*, now: datetime) -> int:
    """Remove the recoveries whose term is over, for good; how many.

    A hold on the worker or on the employer keeps them. Piece by piece, each with one line in the
    trail that says how many went, never whose.
    """
    keys = [row.pk for row in _ended() if _is_over(row, brussels_day(now))]
    total = 0
    for start in range(0, len(keys), _PIECE):
        total += _forgotten(keys[start : start + _PIECE], now)
    return total


def _ended() -> list[Recovery]:
    kept = held()
    rows = Recovery.objects.exclude(state="invited").order_by("pk")
    rows = rows.exclude(request__person__niss__in=kept.persons)
    return list(
        rows.exclude(request__employer__number__in=kept.enterprises).only(
            "decided_at", "instalments"
        )
    )


def _is_over(row: Recovery, today: date) -> bool:
    decided_on = brussels_day(row.decided_at) if row.decided_at else today
    due = [date.fromisoformat(until) for until, _cents in row.instalments]
    return kept_until(last_due=max([decided_on, *due]), on=today) < today


def _forgotten(keys: list[int], now: datetime) -> int:
    with transaction(actor=_KEEPER):
        count = Recovery.objects.filter(pk__in=keys).count()
        Recovery.objects.filter(pk__in=keys).delete()
        former = set_local(using="default", settings={_PURGE_SETTING: "on"})
        with connection.cursor() as cursor:
            cursor.execute(_HISTORY, [keys])
        set_local(using="default", settings=former)
        trail.record(
            action="careerBreak.recoveries.forgotten", actor=_KEEPER,
            target=brussels_day(now).isoformat(), now=now, detail={"recoveries": count},
        )  # fmt: skip
    return count


def forget_runs(*, now: datetime) -> int:
    """Remove what was handed on for payment and is past its term; how many payments.

    A hold on the worker or on the employer keeps his payments, and the run that they stand in.
    """
    today = brussels_day(now)
    rows = Run.objects.order_by("pk").only("sent_at")
    over = [
        one.pk for one in rows if payment_runs.kept_until(sent_on=brussels_day(one.sent_at)) < today
    ]
    return sum(_run_forgotten(key, now) for key in over)


def forget_preparations(*, now: datetime) -> int:
    """Remove the runs that were prepared and never handed on, with the term of those that were."""
    today = brussels_day(now)
    rows = Preparation.objects.filter(run=None).exclude(state__in=payment_runs.OPEN)
    over = [
        one.pk for one in rows.only("asked_at")
        if payment_runs.kept_until(sent_on=brussels_day(one.asked_at)) < today
    ]  # fmt: skip
    if not over:
        return 0
    with transaction(actor=_KEEPER):
        Preparation.objects.filter(pk__in=over).delete()
        trail.record(
            action="careerBreak.preparations.forgotten", actor=_KEEPER,
            target=today.isoformat(), now=now, detail={"preparations": len(over)},
        )  # fmt: skip
    return len(over)


def _run_forgotten(key: int, now: datetime) -> int:
    kept = held()
    rows = Sent.objects.filter(run_id=key).exclude(request__person__niss__in=kept.persons)
    rows = rows.exclude(request__employer__number__in=kept.enterprises)
    with transaction(actor=_KEEPER):
        former = set_local(using="default", settings={_PURGE_SETTING: "on"})
        count, _by_table = rows.delete()
        stays = Sent.objects.filter(run_id=key).exists()
        if not stays:
            Run.objects.filter(pk=key).delete()
        set_local(using="default", settings=former)
        if count or not stays:
            trail.record(
                action="careerBreak.payments.forgotten", actor=_KEEPER,
                target=brussels_day(now).isoformat(), now=now, detail={"payments": count},
            )  # fmt: skip
    return count
