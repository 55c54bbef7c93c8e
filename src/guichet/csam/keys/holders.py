"""Who keeps keys: a person in a session of a known level, and the errors of what he asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError

from guichet.audit.actors import Actor
from guichet.audit.history import acting
from guichet.platform.db import transaction


class UnknownKey(Exception):
    """No such key, or not one of this person."""


class UnknownAccount(Exception):
    """No such user name in use, or not one of this person."""


class KeyThere(Exception):
    """There is already one of this kind, and only one can be."""


class NothingBegun(Exception):
    """Nothing waits for a code: never begun, ended, or tried too often."""


class WrongCode(Exception):
    """Not the code; ``left``: tries before it is over."""

    def __init__(self, left: int) -> None:
        super().__init__(f"{left} tries left")
        self.left = left


@dataclass(frozen=True, slots=True)
class Holder:
    """A person who looks after his keys; ``level`` and ``means`` are those of the session."""

    person_id: int
    niss: str = field(repr=False)
    level: int
    means: str

    @property
    def actor(self) -> Actor:
        """The person, as the trail names him."""
        return Actor(kind="person", id=self.niss)


# What the database refuses, as a fact of ours.
_FACTS = {
    "csam_key_one_of_a_kind": KeyThere,
    "csam_key_one_card": KeyThere,
    "csam_key_passkey_credential_unique": KeyThere,
}


@contextmanager
def keeping(actor: Actor, *, now: datetime) -> Iterator[None]:
    """The transaction of one change to keys; a broken constraint comes out as its fact."""
    try:
        with transaction(), acting(actor, now=now):
            yield
    except IntegrityError as broken:
        diagnosis = getattr(broken.__cause__, "diag", None)
        fact = _FACTS.get(getattr(diagnosis, "constraint_name", None) or "")
        if fact is None:
            raise
        raise fact("the database holds one already") from None
