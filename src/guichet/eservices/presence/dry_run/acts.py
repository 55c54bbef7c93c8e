"""What would become of acts: refused, or which remarks the checks would give. Nothing is stored.

The rules and the registers are those of the real thing. Unlike registering, which leaves a trace
for everybody concerned, a question about somebody needs a reason: the sender's own firm, one below
it in the chain of the site, or a site that it declared or is principal of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec
from django.db import connection

from guichet.eservices.presence.days.operations import Authority, Sender
from guichet.eservices.presence.days.operations import Wanted as WantedDay
from guichet.eservices.presence.facts import ActRow, Cursor, microseconds, registers, statement
from guichet.kernel.moments import brussels_day
from guichet.presence_log.acts import NewAct, Refused
from guichet.rules.presence import Refusal
from guichet.rules.presence_checks import Outcome, outcome

_BESIDE: Final = statement("select_beside")


@dataclass(frozen=True, slots=True)
class ForeseenAct:
    """``outcome`` is None when it would be refused."""

    refusals: tuple[Refusal, ...]
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class _Before:
    type: str | None
    us: int | None
    site: str | None
    is_repeat: bool


class _Asked(msgspec.Struct):
    place: int
    ssin: str
    at: datetime
    type: str
    site: str


def foresee(
    *, entries: Sequence[NewAct | Refused], sender: Sender, now: datetime
) -> list[ForeseenAct]:
    """What would become of each, in order; an act counts for those that stand behind it."""
    authority = Authority(sender)
    found: dict[int, ForeseenAct] = {}
    sound: dict[int, NewAct] = {}
    for place, entry in enumerate(entries):
        if isinstance(entry, Refused):
            found[place] = ForeseenAct(entry.reasons)
        elif authority.holds(_as_day(entry), None):
            sound[place] = entry
        else:
            found[place] = ForeseenAct((Refusal.NOT_AUTHORIZED,))
    if sound:
        cursor = Cursor(connection.cursor())
        before = _before(cursor, sound)
        rows = {place: _row(act, before[place]) for place, act in sound.items()}
        known = registers(cursor, acts=list(rows.values()))
        for place, row in rows.items():
            found[place] = ForeseenAct((), outcome(known.facts(row, now=now)))
    return [found[place] for place in range(len(entries))]


def _as_day(act: NewAct) -> WantedDay:
    return WantedDay(
        day=brussels_day(act.occurred_at),
        works_reference=act.works_reference,
        ssin=act.ssin,
        enterprise_number=act.enterprise_number,
        foreign_vat_number=act.foreign_vat_number,
    )


def _before(cursor: Cursor, acts: Mapping[int, NewAct]) -> dict[int, _Before]:
    """What stands before each: in the log, or earlier among the acts that were asked about."""
    asked = [
        _Asked(place, act.ssin, act.occurred_at, act.type, act.works_reference)
        for place, act in acts.items()
    ]
    rows = cursor.rows(_BESIDE, {"asked": msgspec.json.encode(asked).decode()})
    logged = {place: _Before(*rest) for place, *rest in rows}
    return {one.place: _nearest(one, asked, logged[one.place]) for one in asked}


def _nearest(one: _Asked, asked: Sequence[_Asked], logged: _Before) -> _Before:
    earlier = [
        other
        for other in asked
        if other.ssin == one.ssin and other.place < one.place and other.at <= one.at
    ]
    is_repeat = logged.is_repeat or any(
        (other.at, other.type, other.site) == (one.at, one.type, one.site) for other in earlier
    )
    last = max((other for other in earlier if other.at < one.at), key=_at, default=None)
    if last is None or (logged.us is not None and logged.us > microseconds(last.at)):
        return _Before(logged.type, logged.us, logged.site, is_repeat)
    return _Before(last.type, microseconds(last.at), last.site, is_repeat)


def _at(asked: _Asked) -> tuple[Any, ...]:
    return asked.at, asked.place


def _row(act: NewAct, before: _Before) -> ActRow:
    return ActRow(
        receipt=0,
        occurred_us=microseconds(act.occurred_at),
        received_us=microseconds(act.received_at),
        type=act.type,
        ssin=act.ssin,
        enterprise_number=act.enterprise_number,
        foreign_vat_number=act.foreign_vat_number,
        works_reference=act.works_reference,
        activity=act.activity,
        longitude=act.longitude,
        latitude=act.latitude,
        postcode=None if act.address is None else act.address.post_code,
        before_type=before.type,
        before_us=before.us,
        before_site=before.site,
        is_repeat=before.is_repeat,
        closed_us=None,
        round=None,
        remarks=None,
        is_asked=True,
        recorded_in=0,
    )
