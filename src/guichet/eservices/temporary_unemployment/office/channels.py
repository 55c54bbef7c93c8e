"""The way back to who sent a communication by software.

A room of the service that takes such communications registers how it gives a decision back, in a
module ``decision_channels.py``; so the office can be tried without any channel.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from guichet.eservices.temporary_unemployment.office.models import Decision
from guichet.platform.discovery import discover
from guichet.rules.temporary_unemployment.kinds import Channel

BY_SOFTWARE: Final = (Channel.BATCH.value, Channel.REST.value)

Deliver = Callable[[Decision, bytes, datetime], bool]
"""Gives a decision with its sealed letter back, in the caller's transaction; False when the channel
of the sender is closed. The same decision again is given once."""

_KNOWN: Final[dict[str, Deliver]] = {}


def register(channel: Channel, deliver: Deliver) -> None:
    """Communications that came by this channel get their decision by it."""
    _KNOWN[channel.value] = deliver


def give_back(decision: Decision, pdf: bytes, *, now: datetime) -> bool:
    """Whether a decision went back by the channel of its communication; False: it is closed."""
    discover("decision_channels")
    deliver = _KNOWN.get(decision.communication.channel)
    return deliver is not None and deliver(decision, pdf, now)


def has_way_back(channel: str) -> bool:
    """Whether who uses this channel expects the decision by it."""
    return channel in BY_SOFTWARE
