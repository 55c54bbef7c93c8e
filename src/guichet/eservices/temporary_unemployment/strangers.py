"""Asking for what is somebody else's leaves a line, and tells nothing."""

from __future__ import annotations

from datetime import datetime

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.temporary_unemployment import queries, tickets


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


def noted_of(
    what: str, *, ticket: str, is_known: bool, actor: Actor, channel: str, now: datetime
) -> None:
    """The same of another thing; ``ticket``: its thirteen signs, ``is_known``: somebody has it."""
    trail.record_refusal(
        action=f"temporaryUnemployment.{what}.refused", actor=actor, target=ticket, now=now,
        reason="of_another" if is_known else "unknown", detail={"channel": channel},
    )  # fmt: skip
