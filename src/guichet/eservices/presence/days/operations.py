"""Announcing presences of a day for others or for oneself, and withdrawing them.

Who may: the employer himself, a contractor above him in the chain of the site, whoever declared the
works or is their principal, the person; who acts by mandate acts for its enterprise. Each presence
is taken or refused by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, cast

import psycopg
from django.db import connection

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.presence.days import queries, validation
from guichet.eservices.presence.days.validation import DayRow
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.presence_log import days as log
from guichet.presence_log.days import NewDay
from guichet.registers.postings import queries as postings
from guichet.registers.postings.queries import PostingRecord
from guichet.registers.works import queries as works
from guichet.rules import presence_days as rules
from guichet.rules.presence_checks import Outcome
from guichet.rules.presence_days import CancelRefusal, Reason, Refusal

# What nobody declared yet is taken as a construction site.
_UNKNOWN_SITE: Final = "construction"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One presence to announce: a person with his employer, or a Limosa number alone."""

    day: date
    works_reference: str
    ssin: str | None = field(default=None, repr=False)
    limosa_number: str | None = None
    enterprise_number: str | None = None
    foreign_vat_number: str | None = None
    capacity: str | None = None
    custom_reference: str | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """Who announces: for which enterprise, by which technical channel or which person (row).

    ``niss``: the person who announces himself; ``channel`` of the log: ``portal``, ``assistant``,
    ``mobile_manual``, ``kiosk`` or ``ws``; ``limosa_number``: of the L1 that was shown, whose
    holder announces that posting and nothing else.
    """

    channel: str
    enterprise_number: str | None
    is_portal: bool
    technical: int | None = None
    person_id: int | None = None
    niss: str | None = field(default=None, repr=False)
    limosa_number: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one: its receipt, or why it is refused."""

    wanted: Wanted
    activity: str
    receipt: int | None = None
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would become of one: refused, or taken with these remarks."""

    wanted: Wanted
    refusals: tuple[Refusal, ...]
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One presence to withdraw, and why."""

    receipt: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Cancelled:
    """What became of a withdrawal."""

    receipt: int
    refusal: CancelRefusal | None = None


def register(
    *, wanted: Sequence[Wanted], sender: Sender, actor: Actor, now: datetime
) -> list[Taken]:
    """Announce presences, in one transaction; what became of each, in order."""
    with transaction():
        return announce(wanted=wanted, sender=sender, actor=actor, now=now)


def announce(
    *, wanted: Sequence[Wanted], sender: Sender, actor: Actor, now: datetime
) -> list[Taken]:
    """The same inside the caller's transaction."""
    judged = _judged(wanted, sender, now)
    fresh = [_row(one, sender, now) for one in judged if not one.refusals]
    log.number(days=fresh, connection=_psycopg())
    log.record(connection=_psycopg(), days=fresh)
    receipts = iter(fresh)
    taken = [
        one if one.refusals else Taken(one.wanted, one.activity, receipt=next(receipts).receipt)
        for one in judged
    ]
    refused = len(wanted) - len(fresh)
    trail.record(
        action="presence.days.announced",
        actor=actor,
        target=str(fresh[0].receipt) if len(fresh) == 1 else "presence/days",
        now=now,
        detail={"taken": len(fresh), "refused": refused, "channel": sender.channel},
    )
    return taken


def foresee(*, wanted: Sequence[Wanted], sender: Sender, now: datetime) -> list[Foreseen]:
    """What would be refused, and which remarks the others would get; nothing is stored."""
    judged = _judged(wanted, sender, now)
    sound = [one for one in judged if not one.refusals]
    seen = queries.announced(wanted=[one.wanted for one in sound])
    rows, told = [], set(seen)
    for one in sound:
        key = queries.key_of(one.wanted)
        rows.append(_unwritten(one, now, is_repeat=key in told))
        told.add(key)
    outcomes = iter(validation.foreseen(rows=rows, now=now))
    return [
        Foreseen(one.wanted, one.refusals, None if one.refusals else next(outcomes))
        for one in judged
    ]


def cancel(
    *, receipts: Sequence[int], reason: Reason, sender: Sender, actor: Actor, now: datetime
) -> list[Cancelled]:
    """Withdraw presences for one reason; see `withdraw`."""
    wanted = [Withdrawal(receipt, reason) for receipt in receipts]
    return withdraw(wanted=wanted, sender=sender, actor=actor, now=now)


def withdraw(
    *, wanted: Sequence[Withdrawal], sender: Sender, actor: Actor, now: datetime
) -> list[Cancelled]:
    """Withdraw presences until the end of their day, each by itself, in order.

    Whoever could announce it may withdraw it.
    """
    receipts = [one.receipt for one in wanted]
    with transaction():
        found = queries.for_cancelling(receipts=receipts)
        done, touched = [], []
        for receipt, reason in ((one.receipt, one.reason) for one in wanted):
            row = found.get(receipt)
            refusal = _cancel_refusal(row, sender, now)
            if refusal is None and row is not None:
                queries.store_cancellation(
                    receipt=receipt, day=row.day, reason=reason.value, now=now,
                    person_id=sender.person_id, channel=sender.technical,
                )  # fmt: skip
                found[receipt] = row.withdrawn()
                touched += queries.beside(row=row)
            done.append(Cancelled(receipt, refusal))
        if touched:
            validation.look_again(receipts=touched, now=now)
        trail.record(
            action="presence.days.cancelled",
            actor=actor,
            target=str(receipts[0]) if len(receipts) == 1 else "presence/days",
            now=now,
            detail={
                "withdrawn": sum(one.refusal is None for one in done),
                "refused": sum(one.refusal is not None for one in done),
                "reason": ",".join(sorted({one.reason.value for one in wanted})),
            },
        )
    return done


class Authority:
    """For whom a sender may announce on a site; the registers are asked once for each site."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._below: dict[str, frozenset[str]] = {}
        self._directs: dict[str, bool] = {}

    def holds(self, wanted: Wanted, posting: PostingRecord | None) -> bool:
        """Whether this presence is the sender's to announce."""
        if self._sender.niss is not None and wanted.ssin == self._sender.niss:
            return True
        shown = self._sender.limosa_number
        if shown is not None and wanted.limosa_number == shown and posting is not None:
            return True
        own = self._sender.enterprise_number
        if own is None:
            return False
        employers = {wanted.enterprise_number, wanted.foreign_vat_number}
        if posting is not None:
            employers |= {posting.employer, posting.foreign_vat_number, posting.client}
        if employers & self._of(wanted.works_reference, own):
            return True
        if wanted.limosa_number is not None and posting is None:
            return True  # whose number it is nobody knows yet: a remark says so
        # Somebody whom the chain lacks works there all the same: a remark tells to declare him.
        return self._is_director(wanted.works_reference, own)

    def _is_director(self, reference: str, own: str) -> bool:
        if reference not in self._directs:
            self._directs[reference] = works.directs(reference=reference, enterprise=own)
        return self._directs[reference]

    def _of(self, reference: str, own: str) -> frozenset[str]:
        if reference not in self._below:
            self._below[reference] = works.contractors_below(reference=reference, enterprise=own)
        return self._below[reference]


def _judged(wanted: Sequence[Wanted], sender: Sender, now: datetime) -> list[Taken]:
    today, authority = clock.today(now), Authority(sender)
    sites = works.sites(references={one.works_reference for one in wanted})
    posted: dict[str, PostingRecord | None] = {}
    judged = []
    for one in wanted:
        site = sites.get(one.works_reference)
        activity = site.activity if site else _UNKNOWN_SITE
        number = one.limosa_number
        if number is not None and number not in posted:
            posted[number] = postings.posting(number=number)
        refusals = rules.refusals(
            day=one.day,
            today=today,
            ssin=one.ssin,
            limosa_number=number,
            enterprise_number=one.enterprise_number,
            foreign_vat_number=one.foreign_vat_number,
            works_reference=one.works_reference,
            activity=activity,
            custom_reference=one.custom_reference,
            is_portal=sender.is_portal,
        )
        if not refusals and not authority.holds(one, posted.get(number or "")):
            refusals = (Refusal.NOT_AUTHORIZED,)
        judged.append(Taken(one, activity, refusals=refusals))
    return judged


def _cancel_refusal(
    row: queries.ForCancelling | None, sender: Sender, now: datetime
) -> CancelRefusal | None:
    if row is None:
        return CancelRefusal.UNKNOWN
    wanted = Wanted(
        row.day, row.works_reference, row.ssin, row.limosa_number, row.enterprise_number,
        row.foreign_vat_number,
    )  # fmt: skip
    number = row.limosa_number
    posting = postings.posting(number=number) if number else None
    own = sender.enterprise_number
    is_theirs = own is not None and row.sender_enterprise == own
    if not is_theirs and not Authority(sender).holds(wanted, posting):
        return CancelRefusal.NOT_AUTHORIZED
    return rules.cancel_refusal(day=row.day, today=clock.today(now), is_cancelled=row.is_cancelled)


def _row(one: Taken, sender: Sender, now: datetime) -> NewDay:
    wanted = one.wanted
    return NewDay(
        created_at=now,
        day=wanted.day,
        works_reference=wanted.works_reference,
        activity=one.activity,
        channel=sender.channel,
        registered_by=sender.person_id,
        sender=sender.technical,
        ssin=wanted.ssin,
        limosa_number=wanted.limosa_number,
        enterprise_number=wanted.enterprise_number,
        foreign_vat_number=wanted.foreign_vat_number,
        sender_enterprise=sender.enterprise_number,
        capacity=wanted.capacity,
        custom_reference=wanted.custom_reference,
    )


def _unwritten(one: Taken, now: datetime, *, is_repeat: bool) -> DayRow:
    wanted = one.wanted
    return DayRow(
        0, wanted.day, now, wanted.ssin, wanted.limosa_number, wanted.enterprise_number,
        wanted.foreign_vat_number, wanted.works_reference, one.activity, wanted.capacity, 0,
        is_repeat, None, None,
    )  # fmt: skip


def _psycopg() -> psycopg.Connection[Any]:
    connection.ensure_connection()
    return cast("psycopg.Connection[Any]", connection.connection)
