"""Taking files in: each one put down, a set triggered or withdrawn, and what refuses a name.

A set is complete when every part has its declaration and, where that is asked, its signature, and
the trigger came. From then on its stem is used up: the same name again is refused, so that nothing
is received twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from procrastinate.contrib.django import app

from guichet.access.chaman.signers import SendingParty
from guichet.audit import trail
from guichet.audit.actors import Actor, system
from guichet.eservices.temporary_unemployment import tickets
from guichet.eservices.temporary_unemployment.messages import (
    answering,
    contents,
    events,
    naming,
    webhook_kinds,
)
from guichet.eservices.temporary_unemployment.messages.models import Delivery, Piece
from guichet.eservices.temporary_unemployment.messages.naming import (
    FileName,
    NameFault,
    NameRefused,
    Prefix,
    Surrounding,
)
from guichet.kernel.moments import brussels_day
from guichet.platform.db import transaction

SERVICE: Final = "temporaryUnemployment"
WAIT: Final = timedelta(minutes=30)
MOST_OPEN: Final = 200


class TooManyOpen(Exception):
    """The sender has too many sets that wait for their trigger."""


class NameUsed(Exception):
    """The stem stands for another set; ``ticket``: of that one."""

    def __init__(self, ticket: str) -> None:
        super().__init__(ticket)
        self.ticket = ticket


class SignatureMissing(Exception):
    """A set that is sent at once lacks the signature that its environment asks for."""


@dataclass(frozen=True, slots=True)
class By:
    """Who sends, by which channel (``sftp``, ``rest``, ``web``), and who acts for him."""

    party: SendingParty
    channel: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class Sent:
    """A whole set that was sent at once; ``is_repeat``: it had been sent before, byte by byte."""

    ticket: str
    is_repeat: bool = False


def put(
    *, name: str, surrounding: Surrounding, source: Iterable[bytes], limit: int, by: By,
    now: datetime,
) -> None:  # fmt: skip
    """Keep one file that was put down whole; a trigger starts its set, a withdrawal ends it.

    A name that is none is answered by a receipt, and nothing of the file is kept. Raises TooLarge,
    TooManyOpen.
    """
    try:
        read = _own_name(name, surrounding, by, now)
    except NameRefused as refusal:
        refuse_name(
            name=name, surrounding=surrounding, code=_code(refusal.why), reason=refusal.why.value,
            by=by, now=now,
        )  # fmt: skip
        return
    with transaction():
        _one_at_a_time(read.stem)
        if read.prefix is Prefix.WITHDRAWAL:
            _withdraw(read, by, now)
            return
        delivery = _open(read, by, now)
        if read.prefix is not Prefix.TRIGGER:
            _keep(delivery, read, source, limit, now)
        elif delivery.triggered_at is None:
            delivery.triggered_at = now
            delivery.save(update_fields=["triggered_at"])
        _go_on(delivery, by.actor, now)


def send(
    *,
    name: str,
    declaration: Iterable[bytes],
    signature: Iterable[bytes] | None,
    limit: int,
    by: By,
    now: datetime,
) -> Sent:
    """Keep a set of one part at once, its trigger included; the same again is the same one.

    Nothing is kept of one without its signature: what could still come would not be taken.
    Raises NameRefused, SignatureMissing, NameUsed, TooLarge.
    """
    read = naming.read(name, today=brussels_day(now))
    _check_name(read, read.surrounding, by)
    if read.prefix is not Prefix.DECLARATION or read.parts != 1:
        raise NameRefused(NameFault.FORM)
    if signature is None and read.surrounding.needs_signature:
        raise SignatureMissing
    with transaction():
        _one_at_a_time(read.stem)
        delivery = _new(read, by, now, state="waiting")
        _keep(delivery, read, declaration, limit, now)
        if signature is not None:
            _keep(delivery, read.sibling(Prefix.SIGNATURE), signature, limit, now)
        known = Delivery.objects.filter(stem=read.stem, holds=True).first()
        if known is not None:
            if _digests(known) != _digests(delivery) or known.enterprise != by.party.enterprise:
                raise NameUsed(known.ticket)
            _drop(delivery)
            return Sent(known.ticket, is_repeat=True)
        delivery.triggered_at = now
        delivery.save(update_fields=["triggered_at"])
        _go_on(delivery, by.actor, now)
        return Sent(delivery.ticket)


def refuse_name(
    *, name: str, surrounding: Surrounding, code: str, reason: str, by: By, now: datetime
) -> str:
    """Answer a file whose name cannot be taken; the ticket of the refusal."""
    with transaction():
        delivery = _made(name, "", surrounding, by, now)
        delivery.state, delivery.code, delivery.reason = "refused", code, reason
        delivery.checked_at = delivery.done_at = now
        delivery.save()
        _record("refused", delivery, by.actor, now, reason=code)
        answering.receipt(delivery=delivery, now=now)
        return delivery.ticket


def refuse_incomplete(*, now: datetime) -> int:
    """Refuse the sets whose trigger came long ago and whose files did not; how many."""
    due = Delivery.objects.filter(state="waiting", triggered_at__lte=now - WAIT)
    done = 0
    for number in list(due.values_list("pk", flat=True)[:500]):
        with transaction():
            row = Delivery.objects.select_for_update().filter(pk=number, state="waiting").first()
            if row is None:
                continue
            refuse(row, code="CTW-092", reason="incomplete", now=now)
            done += 1
    return done


def refuse(
    delivery: Delivery, *, code: str, reason: str, now: datetime, line: int = 0, path: str = ""
) -> None:
    """Refuse a set, in the transaction of the caller; its receipt says why."""
    delivery.state, delivery.code, delivery.reason = "refused", code, reason
    delivery.line, delivery.path = line, path
    delivery.checked_at = delivery.done_at = now
    delivery.save()
    _record("refused", delivery, system("temporary_unemployment.files"), now, reason=code)
    answering.receipt(delivery=delivery, now=now)
    events.tell(
        webhook_kinds.REFUSED, enterprise=delivery.enterprise, ticket=delivery.ticket,
        path=f"/files/{delivery.ticket}", now=now,
    )  # fmt: skip


def _own_name(name: str, surrounding: Surrounding, by: By, now: datetime) -> FileName:
    read = naming.read(name, today=brussels_day(now))
    _check_name(read, surrounding, by)
    return read


def _check_name(read: FileName, surrounding: Surrounding, by: By) -> None:
    if read.type != naming.SERVICE_TYPE:
        raise NameRefused(NameFault.TYPE)
    if read.sender != by.party.number:
        raise NameRefused(NameFault.SENDER)
    if read.surrounding is not surrounding or read.prefix is Prefix.ANSWER:
        raise NameRefused(NameFault.PLACE)


def _code(why: NameFault) -> str:
    return "CTW-095" if why is NameFault.TYPE else "CTW-090"


def _open(read: FileName, by: By, now: datetime) -> Delivery:
    """The set that a file belongs to: the one that waits for it, else a new one."""
    found = Delivery.objects.select_for_update().filter(
        stem=read.stem, state__in=("open", "waiting"), enterprise=by.party.enterprise
    )
    waiting = found.order_by("pk").first()
    return waiting if waiting is not None else _new(read, by, now)


def _new(read: FileName, by: By, now: datetime, *, state: str = "open") -> Delivery:
    count = Delivery.objects.filter(enterprise=by.party.enterprise, state="open").count()
    if count >= MOST_OPEN:
        raise TooManyOpen
    first = read if read.has_content else read.sibling(Prefix.TRIGGER)
    delivery = _made(str(first), read.stem, read.surrounding, by, now)
    delivery.state = state
    delivery.save()
    return delivery


def _made(name: str, stem: str, surrounding: Surrounding, by: By, now: datetime) -> Delivery:
    [ticket] = tickets.take(tickets.FILE)
    return Delivery(
        ticket=ticket,
        name=_shown(name),
        stem=stem,
        sender=by.party.number,
        enterprise=by.party.enterprise,
        surrounding=surrounding.value,
        channel=by.channel,
        actor=str(by.actor),
        language=by.party.language,
        opened_at=now,
    )


def _shown(name: str) -> str:
    """A name as it can be kept and written back, whatever signs it holds."""
    return "".join(sign if sign.isprintable() else "?" for sign in name[:80])


def _keep(
    delivery: Delivery, read: FileName, source: Iterable[bytes], limit: int, now: datetime
) -> None:
    """A file put down again before the trigger takes the place of the one that was there."""
    part, parts = read.part or 1, read.parts or 1
    content = contents.store(source, limit=limit)
    former = delivery.pieces.filter(prefix=read.prefix.value, part=part).first()
    if former is not None:
        former.delete()
        contents.forget([former.content_id])
    Piece.objects.create(
        delivery=delivery,
        prefix=read.prefix.value,
        part=part,
        parts=parts,
        content=content,
        stored_at=now,
    )
    if read.prefix is Prefix.DECLARATION and not delivery.name.startswith("FI"):
        delivery.name = str(read)
        delivery.save(update_fields=["name"])


def _go_on(delivery: Delivery, actor: Actor, now: datetime) -> None:
    """After a file came: wait for the others, or have the set checked."""
    if delivery.triggered_at is None:
        return
    if Delivery.objects.filter(stem=delivery.stem, holds=True).exclude(pk=delivery.pk).exists():
        refuse(delivery, code="CTW-091", reason="used", now=now)
        return
    delivery.holds = True
    delivery.state = "received" if is_complete(delivery) else "waiting"
    delivery.save(update_fields=["holds", "state"])
    if delivery.state == "received":
        _record("received", delivery, actor, now)
        app.configure_task(name="temporary_unemployment_messages.check").defer(delivery=delivery.pk)


def is_complete(delivery: Delivery) -> bool:
    """Whether every part has its declaration and, where it is asked, its signature."""
    held = list(delivery.pieces.values_list("prefix", "part", "parts"))
    told = {parts for prefix, _part, parts in held if prefix == "FI"}
    if len(told) != 1:
        return False
    [parts] = told
    there = {(prefix, part) for prefix, part, _parts in held}
    asked = ["FI"]
    if Surrounding(delivery.surrounding).needs_signature:
        asked.append("FS")
    return all((prefix, part) in there for prefix in asked for part in range(1, parts + 1))


def received_at(delivery: Delivery) -> datetime:
    """When a set that is complete was there whole: its trigger may have come before its files."""
    moments = [delivery.triggered_at or delivery.opened_at]
    moments += delivery.pieces.values_list("stored_at", flat=True)
    return max(moments)


def _withdraw(read: FileName, by: By, now: datetime) -> None:
    """End a set that was not triggered; one that was, or is none, stays as it is."""
    row = (
        Delivery.objects.select_for_update()
        .filter(stem=read.stem, state="open", enterprise=by.party.enterprise)
        .first()
    )
    if row is None:
        return
    row.state, row.done_at = "withdrawn", now
    row.save(update_fields=["state", "done_at"])
    forget_pieces(row)
    _record("withdrawn", row, by.actor, now)


def _drop(delivery: Delivery) -> None:
    forget_pieces(delivery)
    delivery.delete()


def forget_pieces(delivery: Delivery) -> None:
    """Let go of what a set held, in the transaction of the caller."""
    held = list(delivery.pieces.values_list("content_id", flat=True))
    delivery.pieces.all().delete()
    contents.forget(held)


def _digests(delivery: Delivery) -> list[tuple[str, str]]:
    found = delivery.pieces.filter(prefix="FI").values_list("part", "content__digest")
    return [(str(part), digest) for part, digest in found.order_by("part")]


def _one_at_a_time(stem: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 705))", [stem])


def _record(
    happened: str, delivery: Delivery, actor: Actor, now: datetime, reason: str = ""
) -> None:
    trail.record(
        action=f"{SERVICE}.file.{happened}",
        actor=actor,
        target=delivery.ticket,
        now=now,
        reason=reason,
    )
