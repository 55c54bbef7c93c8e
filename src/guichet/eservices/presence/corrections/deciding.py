"""What the NSSO does with a request: takes it, decides; a decision writes versions of the acts.

The log never changes. A granted change is a version beside the act; a granted missing act is
stored in the log as one of the channel ``correction``, with a version that says by which decision.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from guichet.audit.actors import Actor
from guichet.eservices.presence import day_queries, recording
from guichet.eservices.presence.clocking.operations import one_at_a_time
from guichet.eservices.presence.corrections import filing, telling, versions
from guichet.eservices.presence.corrections.filing import UnknownCase
from guichet.eservices.presence.day_queries import ActRow
from guichet.eservices.presence.models import Case
from guichet.kernel.moments import BRUSSELS
from guichet.platform.db import transaction
from guichet.presence_log import wire
from guichet.presence_log.acts import NewAct
from guichet.registers.works import queries as works
from guichet.registers.works.queries import SiteRecord
from guichet.rules.presence_corrections import DECISIONS, Kind, Step, StepRefused

CHANNEL: Final = "correction"
_USUAL: Final = "cleaning"


class OwnRequest(Exception):
    """Nobody decides on what concerns himself, or on what he filed."""


class NothingLeft(Exception):
    """An act that should be changed was cancelled, or is gone."""


@dataclass(frozen=True, slots=True)
class Granted:
    """What the acts become; ``receipts``: those of the request that it is granted for."""

    receipts: tuple[int, ...]
    type: str
    occurred_at: datetime
    site: str
    enterprise_number: str | None
    foreign_vat_number: str | None


def asked(row: Case) -> Granted:
    """What the request asks for, as it would be granted in full."""
    return Granted(
        tuple(row.receipts),
        row.type,
        row.occurred_at,
        row.works_reference,
        row.employer_number,
        row.employer_vat,
    )


def take(*, number: str, person_id: int, actor: Actor, now: datetime) -> Case:
    """Take a request into review. Raises UnknownCase, StepRefused."""
    with transaction(actor=actor):
        row = filing.locked(number)
        if row is None:
            raise UnknownCase(number)
        filing.move(row, Step.TAKE)
        row.taken_by_id, row.taken_at = person_id, now
        row.save(update_fields=["state", "taken_by", "taken_at"])
        filing.trace("taken", row, actor, now)
    return row


def decide(
    *,
    number: str,
    step: Step,
    granted: Granted | None,
    reason: str,
    person_id: int,
    actor: Actor,
    now: datetime,
) -> Case:
    """Grant in full, in part (``granted``: what instead), or refuse; with the reason.

    Raises UnknownCase, StepRefused, OwnRequest, NothingLeft.
    """
    if step not in DECISIONS:
        raise StepRefused(f"{step} is no decision")
    with transaction(actor=actor):
        row = filing.locked(number)
        if row is None:
            raise UnknownCase(number)
        if person_id in (row.person_id, row.filed_by_id):
            raise OwnRequest
        filing.move(row, step)
        row.decided_by_id, row.ended_at, row.decision = person_id, now, reason
        row.save(update_fields=["state", "decided_by", "ended_at", "decision"])
        written: Sequence[int] = ()
        if step is not Step.REFUSE:
            one_at_a_time(row.person.niss)
            wanted = granted if granted and step is Step.ACCEPT_PARTLY else asked(row)
            written = _write(row, wanted, person_id, now)
        filing.trace("decided", row, actor, now, receipts=list(written))
        telling.decided(row)
    return row


def _write(row: Case, granted: Granted, person_id: int, now: datetime) -> Sequence[int]:
    author = versions.Author(row.number, person_id, now)
    if row.kind == Kind.ADD:
        receipt = _added(row, granted, now)
        versions.write(act=_act(receipt), status=versions.EDITED, author=author)
        return (receipt,)
    for receipt in granted.receipts:
        act = _act(receipt)
        if act.status == versions.CANCELLED:
            raise NothingLeft
        if row.kind == Kind.CANCEL:
            versions.write(act=act, status=versions.CANCELLED, author=author)
        else:
            versions.write(
                act=_changed(act, Kind(row.kind), granted), status=versions.EDITED, author=author
            )
    return granted.receipts


def _act(receipt: int) -> ActRow:
    act = day_queries.act(receipt=receipt, language="en")
    if act is None:
        raise NothingLeft
    return act


def _changed(act: ActRow, kind: Kind, granted: Granted) -> ActRow:
    if kind is Kind.CHANGE_TIME:
        at = granted.occurred_at
        return replace(act, occurred_at=at, offset_minutes=_offset(at))
    if kind is Kind.CHANGE_SITE:
        record = works.site(reference=granted.site)
        activity = act.activity if record is None else record.activity
        return replace(act, works_reference=granted.site, activity=activity)
    return replace(
        act,
        enterprise_number=granted.enterprise_number,
        foreign_vat_number=granted.foreign_vat_number,
    )


def _added(row: Case, granted: Granted, now: datetime) -> int:
    record = works.site(reference=granted.site)
    act = NewAct(
        occurred_at=granted.occurred_at,
        received_at=now,
        offset_minutes=_offset(granted.occurred_at),
        type=granted.type,
        ssin=row.person.niss,
        works_reference=granted.site,
        activity=_USUAL if record is None else record.activity,
        channel=CHANNEL,
        enterprise_number=granted.enterprise_number,
        foreign_vat_number=granted.foreign_vat_number,
        address=_address(record),
    )
    recording.stored([act])
    return act.receipt


def _address(record: SiteRecord | None) -> wire.Address:
    """Nobody measured where the person stood: the declared address of the site, as far as known."""
    if record is None or not record.addresses:
        return wire.Address()
    found = record.addresses[0].address
    return wire.Address(
        post_code=found.postcode or None,
        municipality_name=found.municipality or None,
        street_name=found.street or None,
        house_number=found.house_number or None,
    )


def _offset(at: datetime) -> int:
    offset = at.astimezone(BRUSSELS).utcoffset()
    return int(offset.total_seconds()) // 60 if offset else 0
