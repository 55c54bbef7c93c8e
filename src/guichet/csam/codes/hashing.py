"""Digests of passwords: argon2id. A password is taken exactly as it was typed.

Nothing is trimmed, folded or normalised: two texts that differ in one sign are two passwords.
"""

from functools import cache
from typing import Final

from argon2 import PasswordHasher, Type
from argon2.exceptions import VerifyMismatchError
from django.conf import settings

# Passes over the memory, KiB, lanes: the smallest set that OWASP advises for argon2id. A tenth of
# a second and 64 MiB for each attempt would let an attacker tire a small machine.
COST: Final = (2, 19_456, 1)
# No form of ours takes a longer one; a text of megabytes is not worth a digest.
LONGEST: Final = 1024


def digest(password: str) -> str:
    """The digest to keep, with its salt and cost inside."""
    return _hasher(_cost()).hash(password)


def is_right(*, kept: str | None, password: str) -> bool:
    """Whether ``password`` is the one of the digest; the same work when there is no digest."""
    is_known = kept is not None and len(password) <= LONGEST
    compared = kept if kept is not None and is_known else _nobody(_cost())
    try:
        _hasher(_cost()).verify(compared, password[:LONGEST])
    except VerifyMismatchError:
        return False
    return is_known


def is_outdated(kept: str) -> bool:
    """Whether the digest was made at another cost than today's."""
    return _hasher(_cost()).check_needs_rehash(kept)


def _cost() -> tuple[int, int, int]:
    chosen: tuple[int, int, int] = getattr(settings, "CSAM_ARGON2_COST", COST)
    return chosen


@cache
def _hasher(cost: tuple[int, int, int]) -> PasswordHasher:
    passes, memory, lanes = cost
    return PasswordHasher(time_cost=passes, memory_cost=memory, parallelism=lanes, type=Type.ID)


@cache
def _nobody(cost: tuple[int, int, int]) -> str:
    """A digest that stands in for an account that does not exist."""
    return _hasher(cost).hash("nobody has this password")
