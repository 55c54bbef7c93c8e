"""What an inspector finds on the day of the story: one phone for a crew, a site without its people.

The acts of a day are altered, never added to: who registers and how often stays as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import msgspec

from guichet.demo.world import World
from guichet.presence_log.acts import NewAct

_CREW: Final = 9
# Four minutes for nine persons, one after the other at the same point.
_APART: Final = timedelta(seconds=28)
# The sites where named people play their parts are left alone.
_PLAYED: Final = 4


def seen_by_an_inspector(acts: Sequence[NewAct], world: World) -> list[NewAct]:
    """The acts of a day with one phone that registers a crew, and one site where nobody came."""
    by_site = _firsts(acts, world)
    crowded = next((site for site, ins in by_site if len(ins) >= _CREW), None)
    empty = next((site for site, ins in reversed(by_site) if len(ins) >= _CREW), None)
    moved = _one_phone(dict(by_site).get(crowded or "", [])[:_CREW])
    return [
        moved.get(id(act), act) for act in acts if act.works_reference != empty or empty == crowded
    ]


def _firsts(acts: Sequence[NewAct], world: World) -> list[tuple[str, list[NewAct]]]:
    """By site, in the order of the sites: the first act of each person, early in the morning."""
    order = {site.reference: at for at, site in enumerate(world.sites)}
    seen: Counter[str] = Counter()
    found: dict[str, list[NewAct]] = {}
    for act in sorted(acts, key=lambda each: (each.occurred_at, each.ssin)):
        seen[act.ssin] += 1
        is_early = 6 <= act.occurred_at.hour < 8
        if seen[act.ssin] == 1 and act.type == "in" and is_early and act.longitude is not None:
            found.setdefault(act.works_reference, []).append(act)
    known = {site: ins for site, ins in found.items() if order.get(site, -1) >= _PLAYED}
    return sorted(known.items(), key=lambda pair: order[pair[0]])


def _one_phone(crew: Sequence[NewAct]) -> dict[int, NewAct]:
    """The same acts from one point, one after the other since the first; by the act replaced."""
    if not crew:
        return {}
    first = crew[0]
    return {
        id(act): msgspec.structs.replace(
            act,
            occurred_at=first.occurred_at + at * _APART,
            received_at=first.received_at + at * _APART,
            longitude=first.longitude,
            latitude=first.latitude,
            channel="mobile_manual",
            custom_reference=None,
        )
        for at, act in enumerate(crew)
    }
