"""The trail: one line for each thing done, in the transaction that does it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from guichet.audit.actors import Actor
from guichet.audit.models import Entry, Result
from guichet.platform import tracing


def record(
    *,
    action: str,
    actor: Actor,
    target: str,
    now: datetime,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write one line in the caller's transaction: it stands or falls with the change.

    ``action``: ``service.thing.happened`` in the past tense; ``target``: the business key of
    what was changed; ``detail``: plain JSON values.
    """
    _entry(action=action, actor=actor, target=target, now=now, reason=reason, detail=detail).save(
        force_insert=True
    )


def record_refusal(
    *,
    action: str,
    actor: Actor,
    target: str,
    now: datetime,
    reason: str,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write one line on a connection of its own: it stays when the caller rolls back."""
    refused = _entry(
        action=action, actor=actor, target=target, now=now, reason=reason, detail=detail
    )
    refused.result = Result.REFUSED
    refused.save(force_insert=True, using="audit")


def record_refusals(
    *,
    action: str,
    actor: Actor,
    refused: Iterable[tuple[str, str]],
    now: datetime,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write one line for each refused target in the caller's transaction, by one statement.

    For work that goes on after a refusal and is done again when it rolls back: the lines come
    once, with it. ``refused``: target and reason; none of them asks nothing of the database.
    """
    lines = [
        _entry(action=action, actor=actor, target=target, now=now, reason=reason, detail=detail)
        for target, reason in refused
    ]
    for line in lines:
        line.result = Result.REFUSED
    if lines:
        Entry.objects.bulk_create(lines)


def _entry(
    *,
    action: str,
    actor: Actor,
    target: str,
    now: datetime,
    reason: str,
    detail: Mapping[str, Any] | None,
) -> Entry:
    return Entry(
        at=now,
        action=action,
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_enterprise=actor.enterprise,
        target=target,
        reason=reason,
        detail=_whole(actor, detail),
        result=Result.OK,
        trace_id=tracing.current(),
    )


def _whole(actor: Actor, detail: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The detail; where somebody acts by mandate, with the number of the mandatary."""
    if actor.mandatary:
        return {**(detail or {}), "mandatary": actor.mandatary}
    return None if detail is None else dict(detail)
