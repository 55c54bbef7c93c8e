"""The ways back to who sent a communication by software; each way says here how it delivers.

A room of the service that takes communications by some channel registers itself in a module
``decision_channels.py``; the office does not know it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from guichet.platform.discovery import discover
from guichet.rules.temporary_unemployment.decisions import Code, Result
from guichet.rules.temporary_unemployment.kinds import Channel


class ChannelClosed(Exception):
    """Nothing goes back by this way any more: the e-Box and the page stand in for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A decision as it goes back.

    ``sender``: ten digits of the enterprise that sent the communication, ``file`` the ticket of
    the file that it came in. ``pdf``: the sealed letter, byte for byte that of the page.
    """

    number: str
    decided_on: date
    result: Result
    codes: tuple[Code, ...]
    accepted_from: date | None
    accepted_until: date | None
    is_revised: bool
    ticket: str
    own_reference: str
    sender: str
    file: str
    channel: Channel
    language: str
    file_name: str
    pdf: bytes = field(repr=False)


Deliver = Callable[[Sequence[Sent], datetime], None]
"""Gives decisions to a sender, in the caller's transaction; raises ChannelClosed."""

_KNOWN: Final[dict[Channel, Deliver]] = {}


def register(channel: Channel, deliver: Deliver) -> None:
    """Communications that came by this channel get their decision by it."""
    _KNOWN[channel] = deliver


def way_back(channel: str) -> Deliver | None:
    """How a decision goes back by a channel; None where there is no such way."""
    discover("decision_channels")
    return _KNOWN.get(Channel(channel))


def has_way_back(channel: str) -> bool:
    """Whether who uses this channel expects the decision by it."""
    return channel in (Channel.BATCH.value, Channel.REST.value)
