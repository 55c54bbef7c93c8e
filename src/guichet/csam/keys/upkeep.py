"""What a person does with a key he has: rename, unlock, withdraw."""

from datetime import datetime

from guichet.audit import trail
from guichet.csam.keys import notices
from guichet.csam.keys.holders import Holder, UnknownKey, keeping
from guichet.csam.keys.models import CardSheet, Key
from guichet.rules.digital_keys import State, Step, after, check_session


def rename(*, holder: Holder, key_id: int, name: str, now: datetime) -> None:
    """Give a key another name; raises UnknownKey, StepRefused."""
    with keeping(holder.actor, now=now):
        key = _locked(holder, key_id)
        after(State(key.state), Step.RENAME)
        key.name = name
        key.save(update_fields=["name"])
        _note("csam.key.renamed", holder, key, now)
        notices.tell(key, notices.RENAMED, now=now)


def unlock(*, holder: Holder, key_id: int, now: datetime) -> None:
    """Open a locked key again, with the identity card; raises UnknownKey, StepRefused, TooWeak."""
    with keeping(holder.actor, now=now):
        key = _locked(holder, key_id)
        _step(holder, key, Step.UNLOCK)
        key.wrong, key.locked_at = 0, None
        key.save(update_fields=["state", "wrong", "locked_at"])
        _note("csam.key.unlocked", holder, key, now)
        notices.tell(key, notices.UNLOCKED, now=now)


def revoke(*, holder: Holder, key_id: int, now: datetime) -> None:
    """Withdraw a key for ever; raises UnknownKey, StepRefused, TooWeak for a locked one."""
    with keeping(holder.actor, now=now):
        key = _locked(holder, key_id)
        _step(holder, key, Step.REVOKE)
        key.revoked_at = now
        key.save(update_fields=["state", "revoked_at"])
        CardSheet.objects.filter(card_id=key.pk).delete()
        _note("csam.key.revoked", holder, key, now)
        notices.tell(key, notices.REVOKED, now=now)


def _locked(holder: Holder, key_id: int) -> Key:
    keys = Key.objects.select_for_update(of=("self",)).select_related("person", "account")
    key = keys.filter(pk=key_id, person_id=holder.person_id).first()
    if key is None:
        raise UnknownKey(str(key_id))
    return key


def _step(holder: Holder, key: Key, step: Step) -> None:
    state = State(key.state)
    key.state = after(state, step)
    check_session(state=state, step=step, means=holder.means)


def _note(action: str, holder: Holder, key: Key, now: datetime) -> None:
    trail.record(
        action=action,
        actor=holder.actor,
        target=f"key/{key.pk}",
        now=now,
        detail={"kind": key.kind, "means": holder.means},
    )
