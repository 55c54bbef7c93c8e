"""What a worker does with a correction: prepares it, sends it to his employer, lets it go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from guichet.audit import trail
from guichet.audit.actors import Actor, system
from guichet.eservices.presence import day_queries
from guichet.eservices.presence.clocking.operations import one_at_a_time
from guichet.eservices.presence.day_queries import ActRow, Wanted
from guichet.eservices.presence.models import Correction, Press
from guichet.kernel.base34 import is_well_formed
from guichet.kernel.enterprise import enterprise_check_holds
from guichet.kernel.moments import brussels_day, elapsed
from guichet.platform.db import transaction
from guichet.registers.persons.models import Person
from guichet.registers.works import queries as works
from guichet.rules import presence_corrections as rules
from guichet.rules.presence import Profile
from guichet.rules.presence_corrections import Kind, Reason, State, Step, StepRefused
from guichet.rules.presence_day import DayAct
from guichet.rules.presence_next import SAME_PRESS, is_same_press
from guichet.rules.presence_next import Step as PressStep

_USUAL: Final = "cleaning"
_PROFILE: Final = Profile()
_EXPIRY: Final = system("presence.expire_corrections")


class Unfit(Exception):
    """``code``: why nothing can be prepared of an act, a word of the contract."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class UnknownCorrection(Exception):
    """The person has none of this number."""


class TooLate(Exception):
    """The last day to tell the employer has passed."""


@dataclass(frozen=True, slots=True)
class MissedAct:
    """An act that a phone could not send in time. ``part``: of a move, 0 the OUT and 1 the IN."""

    key: UUID
    part: int
    type: str
    step: str
    site: str
    occurred_at: datetime
    device_at: datetime
    enterprise_number: str | None = None
    foreign_vat_number: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What became of one act: the receipt when it is registered after all, the row, or a code.

    ``is_cancelled``: the act of the receipt was taken away by a correction since.
    """

    act: MissedAct
    receipt: int | None = None
    is_cancelled: bool = False
    correction: Correction | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a registered act, and what it should be; what is right stays as it is."""

    kind: Kind
    reason: Reason
    words: str
    occurred_at: datetime
    site: str
    enterprise_number: str | None
    foreign_vat_number: str | None


def prepare(*, ssin: str, acts: Sequence[MissedAct], actor: Actor, now: datetime) -> list[Prepared]:
    """Keep what a phone could not send in time, each act once, as corrections of the worker.

    An act that reached the log after all (its answer was lost, or a second phone sent it) needs
    none: its receipt comes back. The same act from two phones is one correction.
    """
    with transaction(actor=actor):
        one_at_a_time(ssin)
        person = Person.objects.get(niss=ssin)
        return [_prepared(person, act, actor, now) for act in acts]


def report_mistake(*, act: ActRow, mistake: Mistake, actor: Actor, now: datetime) -> Correction:
    """Tell the employer that an own act is wrong. The act stays as it is.

    The same mistake that he has already is not told again. Raises TooLate.
    """
    last_day = rules.last_day(on=brussels_day(act.occurred_at), activity=act.activity)
    if brussels_day(now) > last_day:
        raise TooLate
    with transaction(actor=actor):
        one_at_a_time(act.ssin)
        person = Person.objects.get(niss=act.ssin)
        again = Correction.objects.filter(
            person=person, receipt=act.receipt, kind=mistake.kind, state=State.REPORTED
        ).first()
        if again is not None:
            return again
        pressed = Press.objects.filter(person=person, receipt=act.receipt).order_by("pk").first()
        plain = PressStep.START if act.type == "in" else PressStep.END
        row = Correction.objects.create(
            person=person,
            key=uuid4(),
            kind=mistake.kind,
            reason=mistake.reason,
            words=mistake.words,
            receipt=act.receipt,
            type=act.type,
            step=pressed.step if pressed else plain,
            occurred_at=mistake.occurred_at,
            works_reference=mistake.site,
            enterprise_number=mistake.enterprise_number,
            foreign_vat_number=mistake.foreign_vat_number,
            state=State.REPORTED,
            prepared_at=now,
            reported_at=now,
            last_day=last_day,
        )
        _told("presence.correction.reported", row, actor, now)
        return row


def report(*, ssin: str, number: int, words: str, actor: Actor, now: datetime) -> Correction:
    """Send a correction to the employer; until its last day, this day included.

    Raises UnknownCorrection, TooLate, StepRefused.
    """
    with transaction(actor=actor):
        row = _own(ssin, number)
        if brussels_day(now) > row.last_day:
            raise TooLate
        row.state = rules.after(State(row.state), Step.REPORT)
        row.words, row.reported_at = words, now
        row.save(update_fields=["state", "words", "reported_at"])
        _told("presence.correction.reported", row, actor, now)
        return row


def withdraw(*, ssin: str, number: int, actor: Actor, now: datetime) -> Correction:
    """Let a correction go; the line stays. Raises UnknownCorrection, StepRefused."""
    with transaction(actor=actor):
        row = _own(ssin, number)
        if State(row.state) not in rules.WITH_PEOPLE:
            # With the NSSO: whoever asked it withdraws the request.
            raise StepRefused(f"{Step.WITHDRAW} is not the worker's from {row.state}")
        row.state = rules.after(State(row.state), Step.WITHDRAW)
        row.save(update_fields=["state"])
        _told("presence.correction.withdrawn", row, actor, now)
        return row


def expire(*, now: datetime) -> int:
    """What nobody sent to the NSSO by its last day ends; how many corrections."""
    waits = Correction.objects.filter(
        state__in=[str(one) for one in rules.WITH_PEOPLE], last_day__lt=brussels_day(now)
    )
    count = 0
    for number in list(waits.order_by("pk").values_list("pk", flat=True)):
        with transaction(actor=_EXPIRY):
            row = waits.select_for_update(of=("self",)).filter(pk=number).first()
            if row is None:  # sent meanwhile
                continue
            row.state = rules.after(State(row.state), Step.EXPIRE)
            row.save(update_fields=["state"])
            _told("presence.correction.expired", row, _EXPIRY, now)
            count += 1
    return count


def _prepared(person: Person, act: MissedAct, actor: Actor, now: datetime) -> Prepared:
    pressed = Press.objects.filter(person=person, key=act.key).order_by("part")
    receipts = [one.receipt for one in pressed if one.receipt]
    if receipts:
        receipt = receipts[min(act.part, len(receipts) - 1)]
        is_cancelled = receipt in day_queries.cancelled(receipts=[receipt])
        return Prepared(act, receipt=receipt, is_cancelled=is_cancelled)
    found = _registered(person.niss, act)
    if found is not None:
        return Prepared(act, receipt=found)
    same = Correction.objects.filter(person=person, key=act.key, part=act.part).first()
    same = same or _same(person, act)
    if same is not None:
        return Prepared(act, correction=same)
    try:
        return Prepared(act, correction=_kept(person, act, actor, now))
    except Unfit as unfit:
        return Prepared(act, code=unfit.code)


def _kept(person: Person, act: MissedAct, actor: Actor, now: datetime) -> Correction:
    if elapsed(act.occurred_at, now) < _PROFILE.max_future:
        raise Unfit("future")
    if not is_well_formed(act.site):
        raise Unfit("site")
    number = act.enterprise_number
    if number is not None and (act.foreign_vat_number or not enterprise_check_holds(number)):
        raise Unfit("employer")
    record = works.site(reference=act.site)
    activity = _USUAL if record is None else record.activity
    last_day = rules.last_day(on=brussels_day(act.occurred_at), activity=activity)
    if brussels_day(now) > last_day:
        raise Unfit("tooLate")
    row = Correction.objects.create(
        person=person,
        key=act.key,
        part=act.part,
        kind=Kind.ADD,
        reason=Reason.NO_NETWORK,
        type=act.type,
        step=act.step,
        occurred_at=act.occurred_at,
        device_at=act.device_at,
        works_reference=act.site,
        enterprise_number=number,
        foreign_vat_number=act.foreign_vat_number,
        state=State.PREPARED,
        prepared_at=now,
        last_day=last_day,
    )
    _told("presence.correction.prepared", row, actor, now)
    return row


def _registered(ssin: str, act: MissedAct) -> int | None:
    """The receipt of the same act, if a second phone or the page registered it."""
    around = Wanted(
        act.occurred_at - SAME_PRESS,
        act.occurred_at + SAME_PRESS + timedelta.resolution,
        ssin=ssin,
        counted=True,
    )
    for near in day_queries.acts(wanted=around, language="en", sort="time"):
        stored = DayAct(near.type, near.occurred_at, near.works_reference, near.receipt)
        if is_same_press(last=stored, kind=act.type, site=act.site, now=act.occurred_at):
            return near.receipt
    return None


def _same(person: Person, act: MissedAct) -> Correction | None:
    """The correction of the same act, prepared by a second phone."""
    return (
        Correction.objects.filter(
            person=person,
            kind=Kind.ADD,
            type=act.type,
            works_reference=act.site,
            occurred_at__range=(act.occurred_at - SAME_PRESS, act.occurred_at + SAME_PRESS),
        )
        .exclude(state=State.WITHDRAWN)
        .order_by("pk")
        .first()
    )


def _own(ssin: str, number: int) -> Correction:
    row = Correction.objects.select_for_update().filter(person__niss=ssin, pk=number).first()
    if row is None:
        raise UnknownCorrection
    return row


def _told(action: str, row: Correction, actor: Actor, now: datetime) -> None:
    trail.record(
        action=action,
        actor=actor,
        target=str(row.pk),
        now=now,
        detail={"kind": row.kind, "reason": row.reason, "state": row.state},
    )
