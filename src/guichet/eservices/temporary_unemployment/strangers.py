"""Asking for what is somebody else's leaves a line, and tells nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.temporary_unemployment import queries, tickets

_ACTION: Final = "temporaryUnemployment.{}.refused"


def noted(*, ticket: str, actor: Actor, channel: str, now: datetime) -> None:
    """Note that somebody asked for a communication that is not his.

    A number that nobody has leaves a line too: so that both take the same time to answer, and
    because trying numbers is worth a line; a mistyped one is nobody's.
    """
    signs = tickets.signs_of(ticket)
    if signs:
        is_known = queries.whoevers(ticket=signs) is not None
        noted_of(
            "communication", ticket=signs, is_known=is_known, actor=actor, channel=channel, now=now
        )


def noted_in_batch(
    asked: Mapping[str, bool], *, actor: Actor, channel: str, file: str, now: datetime
) -> None:
    """The same of what forms of a batch want to change or withdraw, with the batch.

    ``asked``: the thirteen signs of each ticket, and whether somebody has it; ``file``: the ticket
    of the file they came in, or empty.
    """
    trail.record_refusals(
        action=_ACTION.format("communication"), actor=actor, now=now,
        refused=[(ticket, _reason(is_known)) for ticket, is_known in asked.items()],
        detail={"channel": channel} | ({"file": file} if file else {}),
    )  # fmt: skip


def noted_of(
    what: str, *, ticket: str, is_known: bool, actor: Actor, channel: str, now: datetime
) -> None:
    """The same of another thing; ``ticket``: its thirteen signs, ``is_known``: somebody has it."""
    trail.record_refusal(
        action=_ACTION.format(what), actor=actor, target=ticket, now=now,
        reason=_reason(is_known), detail={"channel": channel},
    )  # fmt: skip


def _reason(is_known: bool) -> str:
    return "of_another" if is_known else "unknown"
