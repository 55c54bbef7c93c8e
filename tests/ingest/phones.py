"""Phones of one worker, simulated: they lose the network, answers and their memory, never a press.

What the script of the page does, in Python: a press goes into the queue before anything is sent,
and leaves it when an answer says so, or when ten minutes have passed.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from tests.ingest.door import E1, NOW, POINT, S1, S2

LIMIT: Final = 600
Send = Callable[[datetime, list[dict[str, Any]]], Awaitable[list[dict[str, Any]]]]
Prepare = Callable[[datetime, list[dict[str, Any]]], Awaitable[list[dict[str, Any]]]]


@dataclass
class Press:
    """One tap on one phone; ``meant``: the act of the worker that it stands for."""

    meant: int
    at: float
    act: dict[str, Any]
    is_done: bool = False


@dataclass
class Phone:
    """A queue that survives everything."""

    random: random.Random
    send: Send
    prepare: Prepare
    queue: list[Press] = field(default_factory=list)
    is_online: bool = True

    def press(self, press: Press) -> None:
        """Into the queue, whatever the network."""
        self.queue.append(press)

    async def flush(self, seconds: float) -> None:
        """What waits is sent, or prepared when its time is over; any step of it may get lost."""
        if not self.is_online:
            return
        now = NOW + timedelta(seconds=seconds)
        waiting = [one for one in self.queue if not one.is_done and one.at <= seconds]
        late = [one for one in waiting if seconds - one.at > LIMIT]
        fresh = [one for one in waiting if seconds - one.at <= LIMIT]
        self.random.shuffle(fresh)
        for some, deliver in ((fresh, self.send), (late, self.prepare)):
            if not some or self.random.random() < 0.15:  # lost on the way there
                continue
            acts = [one.act for one in some]
            outcomes = await deliver(now, acts)
            if self.random.random() < 0.2:  # sent once more by the layers below
                outcomes = await deliver(now, acts)
            if self.random.random() < 0.25:  # lost on the way back, or the phone crashed
                continue
            for one, outcome in zip(some, outcomes, strict=True):
                # Refused by the door: it was too late on the way; a correction follows.
                one.is_done = outcome["outcome"] != "refused"


@dataclass(frozen=True)
class Meant:
    """What the worker did: the step, when (seconds after NOW), where."""

    step: str
    at: float
    site: str


def plan(chance: random.Random) -> list[Meant]:
    """A part of a day: two to five acts, at least two minutes apart."""
    found: list[Meant] = []
    at, site, state = 0.0, S1, "out"
    for _ in range(chance.randint(2, 5)):
        at += chance.uniform(121, 420)
        if state == "out":
            step, state = chance.choice(["start", "resume"]), "in"
        elif chance.random() < 0.25:
            step, site = "move", S2 if site == S1 else S1
        else:
            step, state = chance.choice(["break", "end"]), "out"
        found.append(Meant(step, at, site))
    return found


def presses(chance: random.Random, meant: list[Meant], phones: list[Phone]) -> None:
    """Each act on one phone, some twice: a double tap, or a second phone within the minute."""
    carried = chance.choice(phones)
    for number, one in enumerate(meant):
        if one.step != "move":  # a move is pressed where the site that it leaves is known
            carried = chance.choice([carried, carried, chance.choice(phones)])
        carried.press(_press(number, one, meant, 0))
        if chance.random() < 0.4:
            second = chance.choice(phones)
            second.press(_press(number, one, meant, chance.uniform(0, 50)))


def _press(number: int, one: Meant, meant: list[Meant], after: float) -> Press:
    moment = (NOW + timedelta(seconds=one.at + after)).isoformat()
    act: dict[str, Any] = {
        "key": str(uuid.uuid4()),
        "step": one.step,
        "site": one.site,
        "occurredAt": moment,
        "deviceAt": moment,
        "employer": {"enterpriseNumber": E1},
        "position": {"state": "given", **POINT},
    }
    if one.step == "move":
        act["leaves"] = {"site": meant[number - 1].site, "employer": {"enterpriseNumber": E1}}
    return Press(number, one.at + after, act)


async def live(chance: random.Random, phones: list[Phone], until: float) -> None:
    """Time goes by: networks come and go, phones try again; in the end all of them get through."""
    at = 0.0
    while at < until:
        at += chance.uniform(30, 300)
        for phone in chance.sample(phones, len(phones)):
            phone.is_online = chance.random() < 0.35
            await phone.flush(at)
    for _ in range(60):
        at += 30
        for phone in phones:
            phone.is_online = True
            await phone.flush(at)
        if all(one.is_done for phone in phones for one in phone.queue):
            return
    raise AssertionError("a press stayed in a queue for ever")
