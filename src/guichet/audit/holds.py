"""Whose rows no purge may remove, because a case is open; places and lifts stand in `purging`."""

from dataclasses import dataclass, field

from guichet.audit.models import Hold


@dataclass(frozen=True, slots=True)
class Held:
    """The numbers of the persons and of the enterprises that are held."""

    persons: frozenset[str] = field(repr=False)
    enterprises: frozenset[str]


def held() -> Held:
    """The holds in force."""
    rows = list(Hold.objects.filter(lifted_at=None).values_list("niss", "enterprise_number"))
    return Held(
        frozenset(niss for niss, _number in rows if niss),
        frozenset(number for _niss, number in rows if number),
    )
