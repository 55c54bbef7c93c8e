"""One call of a phone in one transaction, under the same lock as the button of the page."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any, Final, LiteralString

import msgspec
from psycopg import errors
from psycopg.rows import tuple_row

from guichet.ingest.lanes import Connection, Pool
from guichet.ingest.numbers import Numbers
from guichet.ingest.own_acts.judging import Decision, Desk, Fix, Kept, Known, Site, decided
from guichet.ingest.own_acts.wire import OwnAct
from guichet.kernel.moments import brussels_day
from guichet.presence_log import partitions
from guichet.presence_log.record import arecord
from guichet.presence_log.wire import Address
from guichet.rules.presence import Profile
from guichet.rules.presence_next import SAME_PRESS


def _statement(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


_PERSON: Final = _statement("person.sql")
_PRESSED: Final = _statement("pressed.sql")
_NEAR: Final = _statement("near.sql")
_SITES: Final = _statement("sites.sql")
_KEEP: Final = _statement("keep.sql")
_LOCK: Final[LiteralString] = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))"
_FIXES: Final = _statement("fixes.sql")
_NEEDLESS: Final = _statement("needless.sql")
# Words of the contract that the table writes in its own way.
_STATES: Final = {"notAsked": "not_asked"}
# How far back the act before is looked for: the day before, whole, as on the page.
_BACK: Final = timedelta(hours=48)


class UnknownHolder(Exception):
    """Nobody is behind this pseudonym."""


@dataclass(frozen=True, slots=True)
class Call:
    """What one phone sends at one moment; ``trace`` is the identity of the answer."""

    pseudonym: uuid.UUID
    acts: Sequence[OwnAct]
    received_at: datetime
    trace: str


class OwnActs:
    """Stores calls; each is one transaction that may be run again when its fate is unknown."""

    def __init__(self, *, pool: Pool, numbers: Numbers, profile: Profile) -> None:
        self._pool = pool
        self._numbers = numbers
        self._profile = profile

    async def store(self, call: Call) -> list[Decision]:
        """What became of each act, committed. Raises UnknownHolder, Full, Unavailable."""

        async def step(connection: Connection) -> list[Decision]:
            async with connection.transaction():
                return await self._stored(connection, call)

        try:
            return await self._pool.run(step)
        except errors.CheckViolation:
            # At the turn of a month its partition may be missing.
            await self._pool.run(_months(call))
            return await self._pool.run(step)

    async def close(self) -> None:
        """Close the connections."""
        await self._pool.close()

    async def _stored(self, connection: Connection, call: Call) -> list[Decision]:
        async with connection.cursor(row_factory=tuple_row) as cursor:
            found = await (await cursor.execute(_PERSON, [call.pseudonym])).fetchone()
            if found is None:
                raise UnknownHolder
            person, ssin = found
            await cursor.execute(_LOCK, [ssin])
            desk = await self._desk(cursor, call, person, ssin)
            decisions = decided(desk, call.acts)
            new = [
                act.new
                for one in decisions
                if one.is_made and one.kept
                for act in one.kept.acts
                if act.new is not None
            ]
            if new:
                await self._numbers.give(new)
                await arecord(connection=connection, acts=new)
            needless = [number for one in decisions for number in one.needless]
            if needless:
                told = {"numbers": needless, "ssin": ssin}
                await cursor.execute(
                    _NEEDLESS, told | {"now": call.received_at, "trace": call.trace}
                )
            rows = [row for one in decisions if one.is_new for row in _rows(one)]
            if rows:
                await cursor.execute(
                    _KEEP,
                    {
                        "person": person,
                        "ssin": ssin,
                        "now": call.received_at,
                        "trace": call.trace,
                        "rows": msgspec.json.encode(rows).decode(),
                    },
                )
            return decisions

    async def _desk(self, cursor: Any, call: Call, person: int, ssin: str) -> Desk:
        keys = [act.key for act in call.acts]
        moments = [act.occurred_at for act in call.acts]
        pressed: dict[uuid.UUID, Kept] = {}
        before = await (await cursor.execute(_PRESSED, [person, keys])).fetchall()
        for key, step, receipt, is_gone in before:
            kept = pressed.setdefault(key, Kept(step, []))
            if receipt is not None:
                known = Known("", call.received_at, "", receipt, is_cancelled=is_gone)
                kept.acts.append(known)
        window = [ssin, *_window(moments, call.received_at)]
        near = await (await cursor.execute(_NEAR, window)).fetchall()
        standing = [Known(*row) for row in near]
        around = {"person": person, "keys": keys, "since": window[1], "until": window[2]}
        fixes = await (await cursor.execute(_FIXES, around)).fetchall()
        references = {act.site for act in call.acts} | {one.site for one in standing}
        references |= {act.leaves.site for act in call.acts if act.leaves is not None}
        rows = await (await cursor.execute(_SITES, [list(references)])).fetchall()
        return Desk(
            ssin=ssin,
            received_at=call.received_at,
            profile=self._profile,
            known=standing,
            sites={row[0]: Site(row[1], _address(row[2:])) for row in rows},
            pressed=pressed,
            fixes=[Fix(*row) for row in fixes],
        )


def _window(moments: Sequence[datetime], now: datetime) -> tuple[datetime, datetime]:
    """Around the acts; what lies further from now is refused anyhow and is not looked at."""
    first = max(min(moments), now - _BACK)
    last = min(max(moments), now + SAME_PRESS)
    return first - _BACK, max(first, last) + SAME_PRESS


def _rows(decision: Decision) -> list[dict[str, Any]]:
    """The lines of presence_press that one decision leaves."""
    act, kept = decision.act, decision.kept
    metres = act.position.accuracy_metres
    state = _STATES.get(act.position.state, act.position.state)
    if state == "given" and act.position.coordinates is None:
        state = "unavailable"
    return [
        {
            "key": str(act.key),
            "part": part,
            "step": act.step,
            "receipt": one.number,
            "position": state,
            "metres": None if metres is None else round(metres),
            "device_at": act.device_at,
        }
        for part, one in enumerate(kept.acts if kept else ())
    ]


def _address(row: Sequence[Any]) -> Address | None:
    postcode, municipality, street, house, box = row
    if not any((postcode, municipality, street)):
        return None
    return Address(
        post_code=postcode or None,
        municipality_name=municipality or None,
        street_name=street or None,
        house_number=house or None,
        box_number=box or None,
    )


def _months(call: Call) -> Any:
    days = [brussels_day(call.received_at + timedelta(days=moved)) for moved in (-1, 0, 1)]

    async def step(connection: Connection) -> None:
        await partitions.aensure_months(
            connection=connection, first_day=min(days), last_day=max(days)
        )

    return step
