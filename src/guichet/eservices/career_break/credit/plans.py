"""Several wished breaks one after another, checked together: the earlier ones use the credit up.

The order in which they are written down does not matter; their days do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from guichet.eservices.career_break.credit.simulation import Answer, Wish, answer
from guichet.rules.career_break.facts import EarlierBreak, Facts
from guichet.rules.career_break.periods import cover


@dataclass(frozen=True, slots=True)
class Step:
    """``place``: where it stood in the list, from zero; ``overlaps``: another one of the plan."""

    place: int
    answer: Answer
    overlaps: bool

    @property
    def is_possible(self) -> bool:
        """Whether it may be taken after those before it."""
        return self.answer.has_right and not self.overlaps


@dataclass(frozen=True, slots=True)
class Plan:
    """The periods by their first day."""

    steps: tuple[Step, ...]

    @property
    def is_possible(self) -> bool:
        """Whether every period may be taken."""
        return all(step.is_possible for step in self.steps)


def plan(wishes: Sequence[Wish]) -> Plan:
    """Each wish with what the ones before it leave; raises UnknownParameter before 2002."""
    ordered = sorted(enumerate(wishes), key=lambda pair: _order(pair[1].facts))
    steps = []
    planned: tuple[EarlierBreak, ...] = ()
    for place, wish in ordered:
        facts = wish.facts
        if facts.history is not None:
            facts = replace(facts, history=(*facts.history, *planned))
        others = [one.facts for at, one in ordered if at != place]
        steps.append(Step(place, answer(replace(wish, facts=facts)), _overlaps(facts, others)))
        planned += tuple(as_taken(facts))
    return Plan(tuple(steps))


def as_taken(facts: Facts) -> Iterator[EarlierBreak]:
    """A wish as the break that it would be; nothing while its end is open."""
    blocks = facts.blocks_of_days
    if blocks:
        yield EarlierBreak(
            leave=facts.leave,
            regime=facts.regime,
            period=cover(blocks),
            motive=facts.motive,
            person=facts.person.key,
            weeks=blocks if facts.regime.is_by_weeks else (),
            is_hospital_stay=facts.is_hospital_stay,
        )


def _order(facts: Facts) -> tuple[str, ...]:
    last = facts.last_day.isoformat() if facts.last_day else "9999"
    key = facts.person.key or ""
    return facts.first_day.isoformat(), last, facts.leave, facts.regime, str(facts.motive), key


def _overlaps(facts: Facts, others: Sequence[Facts]) -> bool:
    return any(
        mine.overlaps(theirs)
        for other in others
        for mine in facts.blocks_of_days
        for theirs in other.blocks_of_days
    )
