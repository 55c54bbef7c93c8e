"""A thousand parts of a day with bad networks: each act ends once, in the log or prepared."""

import asyncio
import random
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from django.db import connection, connections
from psycopg.conninfo import make_conninfo

from guichet.audit.actors import Actor
from guichet.eservices.presence.corrections import operations
from guichet.eservices.presence.corrections.operations import MissedAct
from tests.ingest.door import NOW, S1, Door, opened
from tests.ingest.own import OPTIONS, Worker, token
from tests.ingest.phones import Meant, Phone, live, plan, presses

SEEDS: Final = 1000
TOGETHER: Final = 25
_now: ContextVar[datetime] = ContextVar("now", default=NOW)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "audit"]),
]


@pytest.fixture
def desk() -> Iterator[ThreadPoolExecutor]:
    """One thread for Django, as the portal would be another process."""
    with ThreadPoolExecutor(1) as thread:
        yield thread
        thread.submit(connections.close_all).result()


def _missed(act: dict[str, Any]) -> list[MissedAct]:
    """As the script of the page: of a move an OUT and an IN."""
    moment = datetime.fromisoformat(act["occurredAt"])
    parts = [("in", act["site"])] if act["step"] in {"start", "resume"} else [("out", act["site"])]
    if act["step"] == "move":
        parts = [("out", act["leaves"]["site"]), ("in", act["site"])]
    number = act["employer"]["enterpriseNumber"]
    return [
        MissedAct(
            key=uuid.UUID(act["key"]),
            part=part,
            type=kind,
            step=act["step"],
            site=site,
            occurred_at=moment + timedelta(milliseconds=part),
            device_at=moment,
            enterprise_number=number,
        )
        for part, (kind, site) in enumerate(parts)
    ]


async def _day(seed: int, door: Door, desk: ThreadPoolExecutor) -> tuple[Worker, list[Meant]]:
    chance = random.Random(seed)
    worker = Worker(door)
    access = token(door, worker.pseudonym, now=(NOW + timedelta(hours=6)).timestamp())

    async def send(now: datetime, acts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        _now.set(now)
        answer = await worker.send(*acts, token=access)
        assert answer.status == 200, answer.body
        found: list[dict[str, Any]] = answer.json["acts"]
        return found

    async def prepare(now: datetime, acts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        actor = Actor("person", worker.ssin)
        whole = [_missed(act) for act in acts]
        flat = [one for parts in whole for one in parts]
        done = await asyncio.get_running_loop().run_in_executor(
            desk, lambda: operations.prepare(ssin=worker.ssin, acts=flat, actor=actor, now=now)
        )
        assert not [one.code for one in done if one.code]
        return [{"outcome": "prepared"} for _parts in whole]

    phones = [Phone(chance, send, prepare) for _ in range(chance.randint(1, 3))]
    meant = plan(chance)
    presses(chance, meant, phones)
    await live(chance, phones, meant[-1].at + 300)
    return worker, meant


def _wanted(meant: list[Meant]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    before = S1
    for one in meant:
        if one.step == "move":
            found[("out", before)] += 1
        found[("in" if one.step in {"start", "resume", "move"} else "out", one.site)] += 1
        before = one.site
    return found


def _stored(worker: Worker) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    prepared = worker.rows(
        "SELECT type, works_reference FROM presence_correction"
        " JOIN persons_person AS p ON p.id = person_id"
        " WHERE p.niss = %s AND state <> 'withdrawn'"
    )
    return Counter(worker.log()), Counter((row[0], row[1]) for row in prepared)


async def test_p24_a_thousand_interleavings_end_with_each_act_exactly_once(
    signing_keys: Path, desk: ThreadPoolExecutor
) -> None:
    told = connection.settings_dict
    dsn = make_conninfo(
        dbname=told["NAME"], user=told["USER"], host=told["HOST"], port=told["PORT"]
    )
    ends: Counter[str] = Counter()
    async with opened(dsn=dsn, keys=signing_keys, channel=0, now=_now.get, **OPTIONS) as door:
        for first in range(0, SEEDS, TOGETHER):
            days = [_day(seed, door, desk) for seed in range(first, first + TOGETHER)]
            for seed, (worker, meant) in enumerate(await asyncio.gather(*days), first):
                log, prepared = _stored(worker)
                assert log + prepared == _wanted(meant), f"seed {seed}"
                ends["log"] += log.total()
                ends["prepared"] += prepared.total()

    # Both ends were really reached.
    assert ends["log"] > SEEDS
    assert ends["prepared"] > SEEDS / 10
