"""Changing the register of arrangements, inside the caller's transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.platform import clock
from guichet.registers.arrangements.models import Arrangement
from guichet.registers.changing import ORDER, RegisterRefused, changing
from guichet.registers.enterprises.models import Enterprise
from guichet.rules.presence_arrangements import (
    Kind,
    Method,
    Registrar,
    Side,
    State,
    Step,
    StepRefused,
    after,
    may,
)

REFUSALS: Final[Mapping[str, str | Promise]] = {
    "enterprise_unknown": _("The register of enterprises does not know this number."),
    "arrangements_parties_differ": _("An enterprise makes no agreement with itself."),
    "arrangements_arrangement_days_in_order": ORDER,
}


class UnknownArrangement(LookupError):
    """The enterprise is party to none of this number."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is agreed, by the numbers of both parties; ``works_reference`` empty: every site."""

    above: str
    below: str
    kind: Kind
    registrar: Registrar
    supplier: Side
    method: Method
    description: str
    first_day: date
    last_day: date | None = None
    works_reference: str = ""


def record(*, wanted: Recorded, by: Side, actor: Actor, now: datetime) -> UUID:
    """Add an agreement that the party ``by`` records; its number.

    Raises RegisterRefused (``enterprise_unknown``, a constraint's name).
    """
    with changing(actor=actor, now=now, refusals=REFUSALS):
        row = Arrangement.objects.create(
            number=uuid4(),
            above=_enterprise(wanted.above),
            below=_enterprise(wanted.below),
            kind=wanted.kind.value,
            registrar=wanted.registrar.value,
            supplier=wanted.supplier.value,
            method=wanted.method.value,
            description=wanted.description,
            works_reference=wanted.works_reference,
            first_day=wanted.first_day,
            last_day=wanted.last_day,
            recorded_by=by.value,
            recorded_at=now,
        )
        _note("recorded", row, actor, now)
    return row.number


def step(
    *, number: UUID, step: Step, enterprise: str, answer: str = "", actor: Actor, now: datetime
) -> Arrangement:
    """A party confirms, contests (with a reason in ``answer``) or withdraws.

    Raises UnknownArrangement, StepRefused, RegisterRefused.
    """
    with changing(actor=actor, now=now, refusals=REFUSALS):
        row, side = _locked(number, enterprise)
        if not may(State(row.state), step, by=side, recorded_by=Side(row.recorded_by)):
            raise StepRefused(step)
        row.state = after(State(row.state), step).value
        if step is not Step.WITHDRAW:
            row.answer, row.answered_at = answer, now
        row.save(update_fields=["state", "answer", "answered_at"])
        _note(_HAPPENED[step], row, actor, now)
    return row


def end(*, number: UUID, enterprise: str, actor: Actor, now: datetime) -> Arrangement:
    """A party ends an agreement: today is its last day; what is over already stays as it is.

    Raises UnknownArrangement, StepRefused for one that is withdrawn or over.
    """
    today = clock.today(now)
    with changing(actor=actor, now=now, refusals=REFUSALS):
        row, side = _locked(number, enterprise)
        if row.state == State.WITHDRAWN or is_over(row, today=today):
            raise StepRefused("end")
        row.last_day = max(today, row.first_day)
        row.ended_by, row.ended_at = side.value, now
        row.save(update_fields=["last_day", "ended_by", "ended_at"])
        _note("ended", row, actor, now)
    return row


def is_over(row: Arrangement, *, today: date) -> bool:
    """Whether today is its last day or later: there is nothing left to end."""
    return row.last_day is not None and row.last_day <= today


_HAPPENED: Final = {
    Step.CONFIRM: "confirmed",
    Step.CONTEST: "contested",
    Step.WITHDRAW: "withdrawn",
}


def _locked(number: UUID, enterprise: str) -> tuple[Arrangement, Side]:
    rows = Arrangement.objects.select_for_update(of=("self",)).select_related("above", "below")
    row = rows.filter(
        Q(above__number=enterprise) | Q(below__number=enterprise), number=number
    ).first()
    if row is None:
        raise UnknownArrangement
    return row, Side.ABOVE if row.above.number == enterprise else Side.BELOW


def _enterprise(number: str) -> Enterprise:
    row = Enterprise.objects.filter(number=number).first()
    if row is None:
        raise RegisterRefused("enterprise_unknown", REFUSALS["enterprise_unknown"])
    return row


def _note(happened: str, row: Arrangement, actor: Actor, now: datetime) -> None:
    trail.record(
        action=f"registers.arrangement.{happened}",
        actor=actor,
        target=f"arrangement/{row.number}",
        now=now,
        detail={
            "above": row.above.number,
            "below": row.below.number,
            "site": row.works_reference or "all",
        },
    )
