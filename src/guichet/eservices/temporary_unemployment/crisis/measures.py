"""Waivers and modes: what holds now, and the acts of the agent who decides on them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final

from django.db import IntegrityError, connection
from django.db.models import Q

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.temporary_unemployment.crisis.models import Mode, Waiver
from guichet.kernel.period import Period
from guichet.platform.db import transaction
from guichet.rules.temporary_unemployment import waivers as rules
from guichet.rules.temporary_unemployment.force_majeure import is_waived
from guichet.rules.temporary_unemployment.kinds import Kind, Reason

LONGEST: Final = timedelta(days=30)
_QUEUE, _READING = "queue", "reading"


class Closed(Exception):
    """Nothing is taken now; everything can be read. ``until``: when it ends by itself."""

    def __init__(self, until: datetime) -> None:
        super().__init__("reading only")
        self.until = until


class AlreadyOpen(Exception):
    """A mode of this kind is open."""


class NotOpen(LookupError):
    """There is no such measure that could be ended."""


def in_force(*, on: date) -> tuple[rules.Waiver, ...]:
    """The waivers of a day, for the rules."""
    rows = Waiver.objects.filter(first_day__lte=on, last_day__gte=on, ended_at=None)
    return tuple(_plain(row) for row in rows)


def between(*, first_day: date, last_day: date) -> tuple[rules.Waiver, ...]:
    """The waivers that touch these days, for the rules."""
    rows = Waiver.objects.filter(first_day__lte=last_day, last_day__gte=first_day, ended_at=None)
    return tuple(_plain(row) for row in rows)


def waived(
    *, reason: Reason, on: date, kind: Kind | None = None, committee: str = "", postcode: str = ""
) -> bool:
    """Whether nothing need be communicated, by the parameters or by a waiver of an agent."""
    if is_waived(reason=reason, on=on, committee=committee):
        return True
    return any(
        one.covers(reason=reason, on=on, kind=kind, committee=committee, postcode=postcode)
        for one in in_force(on=on)
    )


def waive(
    *,
    reason: Reason,
    period: Period,
    law: str,
    actor: Actor,
    now: datetime,
    kind: Kind | None = None,
    committees: Collection[str] = (),
    postcodes: Collection[str] = (),
) -> Waiver:
    """Decide a waiver."""
    with transaction(actor=actor):
        row = Waiver(
            reason=reason.value, kind=kind.value if kind else "", committees=sorted(committees),
            postcodes=sorted(postcodes), first_day=period.first_day, last_day=period.last_day,
            law=law, by=str(actor), at=now,
        )  # fmt: skip
        row.save(force_insert=True)
        _trace("waiver.decided", row.pk, actor, now, reason.value)
    return row


def end_waiver(*, key: int, actor: Actor, now: datetime) -> None:
    """Take a waiver back from now on; raises NotOpen."""
    with transaction(actor=actor):
        rows = Waiver.objects.filter(pk=key, ended_at=None)
        if not rows.update(ended_at=now, ended_by=str(actor)):
            raise NotOpen(key)
        _trace("waiver.ended", key, actor, now)


def waivers() -> list[Waiver]:
    """Every waiver, the latest first."""
    return list(Waiver.objects.order_by("-first_day", "-id"))


def modes() -> list[Mode]:
    """Every mode that ever was, the latest first."""
    return list(Mode.objects.order_by("-id")[:100])


def queueing(*, now: datetime) -> Mode | None:
    """The queue that whoever comes stands in, if there is one."""
    return _open(_QUEUE, now)


def reading_only(*, now: datetime) -> Mode | None:
    """The mode in which nothing is taken, if it holds."""
    return _open(_READING, now)


def must_be_open(*, now: datetime) -> None:
    """Raises Closed while nothing is taken."""
    mode = reading_only(now=now)
    if mode is not None:
        raise Closed(mode.until)


def open_queue(*, rate: int, until: datetime, actor: Actor, now: datetime) -> Mode:
    """From now on whoever comes waits for his turn; ``rate`` come in a minute.

    Raises AlreadyOpen.
    """
    return _opened(Mode(kind=_QUEUE, rate=rate, first_number=next_number(), until=until),
                   actor, now)  # fmt: skip


def read_only(*, until: datetime, actor: Actor, now: datetime) -> Mode:
    """From now on nothing is taken; raises AlreadyOpen."""
    return _opened(Mode(kind=_READING, until=until), actor, now)


def close(*, key: int, actor: Actor, now: datetime) -> None:
    """End a mode; raises NotOpen."""
    with transaction(actor=actor):
        if not Mode.objects.filter(pk=key, closed_at=None).update(
            closed_at=now, closed_by=str(actor)
        ):
            raise NotOpen(key)
        _trace("mode.closed", key, actor, now)


def next_number() -> int:
    """A number for somebody who comes to the queue; never given twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('temporary_unemployment_queue')")
        [number] = cursor.fetchone() or (0,)
    return int(number)


def admitted(mode: Mode, *, now: datetime) -> int:
    """The highest number whose turn has come."""
    minutes = max(0.0, (now - mode.opened_at).total_seconds() / 60)
    return mode.first_number + int(mode.rate * (minutes + 1))


def _opened(mode: Mode, actor: Actor, now: datetime) -> Mode:
    mode.opened_at, mode.by = now, str(actor)
    mode.until = min(mode.until, now + LONGEST)
    try:
        with transaction(actor=actor):
            # One that ended by itself makes room.
            past = Mode.objects.filter(kind=mode.kind, closed_at=None, until__lte=now)
            past.update(closed_at=now)
            mode.save(force_insert=True)
            _trace("mode.opened", mode.pk, actor, now, mode.kind)
    except IntegrityError as clash:
        if "tu_mode_one_open" in str(clash):
            raise AlreadyOpen(mode.kind) from None
        raise
    return mode


def _open(kind: str, now: datetime) -> Mode | None:
    rows = Mode.objects.filter(Q(closed_at=None), kind=kind, opened_at__lte=now, until__gt=now)
    return rows.first()


def _plain(row: Waiver) -> rules.Waiver:
    return rules.Waiver(
        Reason(row.reason), Period(row.first_day, row.last_day),
        Kind(row.kind) if row.kind else None, frozenset(row.committees), frozenset(row.postcodes),
    )  # fmt: skip


def _trace(what: str, key: int, actor: Actor, now: datetime, kind: str = "") -> None:
    trail.record(
        action=f"temporaryUnemployment.{what}", actor=actor, target=str(key), now=now,
        detail={"what": kind} if kind else None,
    )  # fmt: skip
