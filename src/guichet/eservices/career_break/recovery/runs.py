"""A month that was prepared is handed on for payment by a second officer, or goes back.

What was handed on stays as it was. Handing a month on again adds what is new since then, and
nothing that went before: a file in which too little went gets the difference; one in which too
much went is asked back from its own page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, connection
from django.db.models import BigIntegerField, F, Max, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from guichet.audit import trail
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.office.deciding import SamePerson
from guichet.eservices.career_break.office.officers import NotYours, Officer, OwnFile
from guichet.eservices.career_break.recovery import preparing
from guichet.eservices.career_break.recovery.models import Preparation, Prepared, Run, Sent
from guichet.kernel.period import Period
from guichet.platform.db import transaction
from guichet.rules.career_break.payment_runs import Pair, State, Step, after

_ONCE: Final = "career_break_payment_run_once"
_SENT: Final = """
INSERT INTO career_break_payment (run_id, request_id, decision, first_day, last_day, gross, net)
SELECT %s, request_id, decision, first_day, last_day, gross, net
FROM career_break_payment_prepared WHERE id = ANY(%s) ORDER BY id
"""


class UnknownPreparation(LookupError):
    """No such run, or none of the officer's offices."""


class NothingToSend(Exception):
    """Of what was prepared nothing is as it was then."""


class Changed(Exception):
    """What is to be handed on is not what was looked at: somebody decided, or was quicker."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a preparation can go now, in cents; ``keys``: of its lines; ``changed``: how many
    files were decided on or left the office since they were looked at."""

    keys: tuple[int, ...]
    total: Pair
    changed: int


def standing(row: Preparation) -> Standing:
    """What of a preparation is as it was looked at; the rest goes in a later run."""
    lines = list(_unchanged(row).values_list("pk", "gross", "net"))
    total = Pair(sum(one[1] for one in lines), sum(one[2] for one in lines))
    return Standing(tuple(one[0] for one in lines), total, row.count - len(lines))


def send(*, key: UUID, expected: tuple[int, int], officer: Officer, now: datetime) -> Run:
    """Sign a prepared run as second officer: it is handed on for payment, once.

    ``expected``: how many payments and how much net (cents) the officer looked at. Raises
    UnknownPreparation, SamePerson, NotYours, OwnFile, NotOpen, NothingToSend, Changed.
    """
    with _once(), transaction(actor=officer.actor):
        row = _signing(key, officer)
        after(State(row.state), Step.SEND)
        _hold(row)
        if _payments(row).filter(request__person_id=officer.person_id).exists():
            raise OwnFile
        found = standing(row)
        if not found.keys:
            raise NothingToSend
        if (len(found.keys), found.total.net) != expected:
            raise Changed
        run = Run(
            office=row.office, month=row.month, number=_next_number(row),
            prepared_by_id=row.prepared_by_id, sent_by_id=officer.person_id, sent_at=now,
            count=len(found.keys), gross=found.total.gross, net=found.total.net,
        )  # fmt: skip
        run.save(force_insert=True)
        with connection.cursor() as cursor:
            cursor.execute(_SENT, [run.pk, list(found.keys)])
        row.ended_by_id, row.run = officer.person_id, run
        preparing.ended(row, Step.SEND, now=now)
        trail.record(
            action="careerBreak.payments.sent", actor=officer.actor,
            target=f"{row.office}/{row.month:%Y-%m}/{run.number}", now=now,
            detail={"payments": run.count, "gross": run.gross, "net": run.net},
        )  # fmt: skip
    return run


def send_back(*, key: UUID, reason: str, officer: Officer, now: datetime) -> Preparation:
    """Send a run back to who had it prepared, with the reason; also one that does not end.

    Raises UnknownPreparation, SamePerson, NotYours, NotOpen.
    """
    with transaction(actor=officer.actor):
        row = _signing(key, officer)
        row.ended_by_id, row.said = officer.person_id, reason
        preparing.ended(row, Step.SEND_BACK, now=now)
        _trace("sentBack", row, officer, now, reason=reason)
    return row


def withdraw(*, key: UUID, officer: Officer, now: datetime) -> Preparation:
    """Whoever had a run prepared takes it back before it is signed.

    Raises UnknownPreparation, also for somebody else's; NotOpen.
    """
    with transaction(actor=officer.actor):
        row = _locked(key, officer)
        if row.prepared_by_id != officer.person_id:
            raise UnknownPreparation(key)
        row.ended_by_id = officer.person_id
        preparing.ended(row, Step.WITHDRAW, now=now)
        _trace("withdrawn", row, officer, now)
    return row


def sums_of(requests: Collection[int], *, month: Period) -> dict[int, Pair]:
    """What was handed on for a month, by file; whichever office did."""
    rows = Sent.objects.filter(run__month=month.first_day, request__in=requests)
    sums = rows.values_list("request").annotate(Sum("gross"), Sum("net"))
    return {request: Pair(gross, net) for request, gross, net in sums}


def _signing(key: UUID, officer: Officer) -> Preparation:
    row = _locked(key, officer)
    if row.prepared_by_id == officer.person_id:
        raise SamePerson
    if not officer.may_sign:
        raise NotYours
    return row


def _locked(key: UUID, officer: Officer) -> Preparation:
    rows = Preparation.objects.select_for_update(of=("self",))
    row = rows.filter(key=key, office__in=officer.offices).first()
    if row is None:
        raise UnknownPreparation(key)
    return row


def _hold(row: Preparation) -> None:
    """No file of the run changes until it is handed on."""
    files = _payments(row).values("request")
    held = Request.objects.select_for_update(no_key=True).filter(pk__in=files).order_by("pk")
    for _key in held.values_list("pk", flat=True).iterator():
        pass


def _payments(row: Preparation) -> QuerySet[Prepared]:
    return Prepared.objects.filter(preparing.payments(row))


def _unchanged(row: Preparation) -> QuerySet[Prepared]:
    went = Sent.objects.filter(request=OuterRef("request"), run__month=OuterRef("month"))
    whole = went.order_by().values("request").annotate(whole=Sum("net")).values("whole")
    rows = _payments(row).annotate(
        went=Coalesce(Subquery(whole), Value(0), output_field=BigIntegerField())
    )
    return rows.filter(request__version=F("version"), request__office=row.office, went=F("before"))


def _next_number(row: Preparation) -> int:
    rows = Run.objects.filter(office=row.office, month=row.month)
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1


def _trace(
    what: str, row: Preparation, officer: Officer, now: datetime, *, reason: str = ""
) -> None:
    trail.record(
        action=f"careerBreak.payments.{what}", actor=officer.actor,
        target=f"{row.office}/{row.month:%Y-%m}", now=now, reason=reason,
    )  # fmt: skip


@contextmanager
def _once() -> Iterator[None]:
    try:
        yield
    except IntegrityError as fault:
        diagnosis = getattr(fault.__cause__, "diag", None)
        if getattr(diagnosis, "constraint_name", "") != _ONCE:
            raise
        raise Changed from None
