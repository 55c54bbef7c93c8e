"""Drafts of requests: begun, kept step by step as they were typed, thrown away.

Each is one transaction and one line of the trail.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from guichet.audit import trail
from guichet.eservices.career_break.models import Draft, Notice
from guichet.eservices.career_break.operations import Sender
from guichet.eservices.career_break.queries import DRAFTS_KEPT
from guichet.eservices.career_break.steps import UnknownRequest
from guichet.platform.db import transaction
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person

_MOST_DRAFTS: Final = 50


def begin(*, niss: str, worker: Mapping[str, str], sender: Sender, now: datetime) -> Draft:
    """A draft for a worker of the employer; ``worker``: code, committee and address as chosen."""
    with transaction(actor=sender.actor):
        person = Person.objects.get(niss=niss)
        return new_draft(person=person, worker=worker, sender=sender, now=now)


def new_draft(
    *,
    person: Person,
    worker: Mapping[str, str],
    sender: Sender,
    now: datetime,
    notice: Notice | None = None,
    typed: Mapping[str, Mapping[str, str]] | None = None,
) -> Draft:
    """A draft in the caller's transaction; ``notice`` and ``typed``: of what it is made, and what
    stands in its boxes already. Of an employer's drafts beyond fifty the oldest goes.
    """
    draft = Draft(
        employer=Enterprise.objects.get(number=sender.employer), person=person, notice=notice,
        worker=dict(worker), typed=dict(typed or {}), changed_at=now,
    )  # fmt: skip
    draft.save(force_insert=True)
    rows = Draft.objects.filter(employer=draft.employer).order_by("-changed_at")
    old = rows.values_list("pk", flat=True)[_MOST_DRAFTS:]
    Draft.objects.filter(pk__in=list(old)).delete()
    _trace("begun", str(draft.pk), sender, now)
    return draft


def keep(*, key: UUID, step: str, typed: Mapping[str, Any], sender: Sender, now: datetime) -> Draft:
    """Keep what was typed at one step, as it was typed; raises UnknownRequest."""
    with transaction(actor=sender.actor):
        return kept(key=key, step=step, typed=typed, sender=sender, now=now)


def kept(*, key: UUID, step: str, typed: Mapping[str, Any], sender: Sender, now: datetime) -> Draft:
    """`keep` in the caller's transaction."""
    draft = _held(key, sender)
    draft.typed = draft.typed | {step: dict(typed)}
    draft.changed_at = now
    draft.save(update_fields=["typed", "changed_at"])
    _trace("kept", str(key), sender, now)
    return draft


def describe_worker(
    *, key: UUID, worker: Mapping[str, str], sender: Sender, now: datetime
) -> Draft:
    """Code, committee and address of the worker of a draft; raises UnknownRequest."""
    with transaction(actor=sender.actor):
        draft = _held(key, sender)
        draft.worker, draft.changed_at = dict(worker), now
        draft.save(update_fields=["worker", "changed_at"])
        _trace("kept", str(key), sender, now)
    return draft


def forget(*, key: UUID, sender: Sender, now: datetime) -> None:
    """Throw a draft away; raises UnknownRequest."""
    with transaction(actor=sender.actor):
        _held(key, sender).delete()
        _trace("forgotten", str(key), sender, now)


def forget_old(*, now: datetime) -> int:
    """Throw away the drafts that nobody went on with for thirty days; how many."""
    with transaction():
        count, _tables = Draft.objects.filter(changed_at__lte=now - DRAFTS_KEPT).delete()
    return count


def _held(key: UUID, sender: Sender) -> Draft:
    rows = Draft.objects.select_for_update(of=("self",))
    draft = rows.filter(pk=key, employer__number=sender.employer).first()
    if draft is None:
        raise UnknownRequest(str(key))
    return draft


def _trace(what: str, target: str, sender: Sender, now: datetime) -> None:
    trail.record(action=f"careerBreak.draft.{what}", actor=sender.actor, target=target, now=now)
