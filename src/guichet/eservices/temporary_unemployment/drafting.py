"""Drafts of communications: begun, kept as typed, thrown away; one transaction, one line each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from guichet.audit import trail
from guichet.eservices.temporary_unemployment.models import Communication, Draft
from guichet.eservices.temporary_unemployment.operations import Sender
from guichet.platform.db import transaction
from guichet.registers.enterprises.models import Enterprise
from guichet.rules.temporary_unemployment.kinds import Kind, Reason

KEPT: Final = timedelta(days=30)
_MOST: Final = 50


class UnknownDraft(LookupError):
    """No draft of this employer under this key."""


def begin(
    *,
    kind: Kind,
    reason: Reason,
    sender: Sender,
    now: datetime,
    typed: Mapping[str, Any] | None = None,
    changes: Communication | None = None,
) -> Draft:
    """A new draft; ``typed``: what stands in its boxes already; ``changes``: what it replaces.

    Of an employer's drafts beyond fifty the oldest goes.
    """
    with transaction(actor=sender.actor):
        draft = Draft(
            employer=Enterprise.objects.get(number=sender.employer), kind=kind.value,
            reason=reason.value, changes=changes, typed=dict(typed or {}), changed_at=now,
        )  # fmt: skip
        draft.save(force_insert=True)
        rows = Draft.objects.filter(employer=draft.employer).order_by("-changed_at")
        old = list(rows.values_list("pk", flat=True)[_MOST:])
        Draft.objects.filter(pk__in=old).delete()
        _trace("begun", str(draft.pk), sender, now)
    return draft


def keep(*, key: UUID, step: str, typed: Mapping[str, Any], sender: Sender, now: datetime) -> Draft:
    """Keep what was typed at one step, as it was typed; raises UnknownDraft."""
    with transaction(actor=sender.actor):
        draft = _held(key, sender)
        draft.typed = draft.typed | {step: dict(typed)}
        draft.changed_at = now
        draft.save(update_fields=["typed", "changed_at"])
        _trace("kept", str(key), sender, now)
    return draft


def forget(*, key: UUID, sender: Sender, now: datetime) -> None:
    """Throw a draft away; raises UnknownDraft."""
    with transaction(actor=sender.actor):
        _held(key, sender).delete()
        _trace("forgotten", str(key), sender, now)


def forget_old(*, now: datetime) -> int:
    """Throw away the drafts that nobody went on with for thirty days; how many."""
    with transaction():
        count, _tables = Draft.objects.filter(changed_at__lte=now - KEPT).delete()
    return count


def _held(key: UUID, sender: Sender) -> Draft:
    rows = Draft.objects.select_for_update(of=("self",)).select_related("employer", "changes")
    draft = rows.filter(pk=key, employer__number=sender.employer).first()
    if draft is None:
        raise UnknownDraft(str(key))
    return draft


def _trace(what: str, target: str, sender: Sender, now: datetime) -> None:
    trail.record(
        action=f"temporaryUnemployment.draft.{what}", actor=sender.actor, target=target, now=now
    )
