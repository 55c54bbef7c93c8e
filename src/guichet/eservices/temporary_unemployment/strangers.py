"""Asking for a communication of somebody else leaves a line, and tells nothing."""

from __future__ import annotations

from datetime import datetime

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.temporary_unemployment import queries, tickets


def noted(*, ticket: str, actor: Actor, channel: str, now: datetime) -> None:
    """Note that somebody asked for a ticket that is not his; a mistyped number is nobody's.

    A number that nobody has leaves a line too: so that both take the same time to answer, and
    because trying numbers is worth a line.
    """
    signs = tickets.signs_of(ticket)
    if not signs:
        return
    reason = "unknown" if queries.whoevers(ticket=signs) is None else "of_another"
    trail.record_refusal(
        action="temporaryUnemployment.communication.refused", actor=actor, target=signs, now=now,
        reason=reason, detail={"channel": channel},
    )  # fmt: skip
