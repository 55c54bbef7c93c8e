"""What is left of a credit, said in every régime that the leave has."""

from dataclasses import dataclass
from datetime import date

from guichet.rules.career_break import catalogue
from guichet.rules.career_break.credits import Amount, Standing, worth
from guichet.rules.career_break.kinds import Leave, Regime, Statute


@dataclass(frozen=True, slots=True)
class Left:
    """What the rest of a credit is worth in one régime: months, then weeks or days."""

    regime: Regime
    amount: Amount


def lefts(
    standing: Standing | None, *, regime: Regime = Regime.FULL, statute: Statute | None = None
) -> tuple[Left, ...]:
    """The rest in each régime; nothing where no credit limits or nothing is known.

    ``regime``: an ordinary break counts its full and its partial months apart, so that only the
    régimes of the same sort are told.
    """
    if standing is None or standing.left is None:
        return ()
    found = []
    for one in regimes(standing.leave, on=standing.on, statute=statute):
        if standing.leave is Leave.ORDINARY and one.is_full is not regime.is_full:
            continue
        amount = worth(standing, one)
        if amount is not None:
            found.append(Left(one, amount))
    return tuple(found)


def regimes(leave: Leave, *, on: date, statute: Statute | None = None) -> tuple[Regime, ...]:
    """The régimes of a leave that differ in what they cost: flexibility costs the same."""
    every = catalogue.regimes(leave, on=on, statute=statute)
    return tuple(one for one in every if not one.is_flexible)


def offered(leave: Leave, *, on: date) -> frozenset[Regime]:
    """The régimes that a leave has for somebody, whoever the employer and the worker are."""
    statutes = (Statute.STATUTORY, Statute.CONTRACTUAL) if leave is Leave.ORDINARY else (None,)
    return frozenset(
        one for statute in statutes for one in catalogue.regimes(leave, on=on, statute=statute)
    )
