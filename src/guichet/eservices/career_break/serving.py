"""How long a worker has served an employer: Dimona periods as the rules of seniority take them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from guichet.kernel.period import Period
from guichet.registers.employments import queries as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.persons.models import Person
from guichet.rules.career_break.seniority import unbroken

# An open end; the day after it must still be a day.
OPEN: Final = date.max - timedelta(days=1)


@dataclass(frozen=True, slots=True, repr=False)
class Service:
    """``periods``: with the employer, oldest first; ``temporary``: there as a temporary worker."""

    periods: tuple[EmploymentRecord, ...] = ()
    temporary: tuple[Period, ...] = field(default=())

    @property
    def spells(self) -> tuple[Period, ...]:
        """The periods with the employer; one that runs on has no end that matters."""
        return _spells(self.periods)

    def around(self, day: date) -> Period | None:
        """The service without a gap around a day; None when nothing runs then."""
        return unbroken(self.spells, on=day)

    def since(self, day: date) -> date | None:
        """Its first day."""
        around = self.around(day)
        return around.first_day if around else None


def of_worker(person: Person, *, employer: str) -> Service:
    """What Dimona holds of a worker at an employer, or through an agency for it."""
    every = employments.periods_of(niss=person.niss)
    return Service(
        tuple(one for one in every if one.employer == employer),
        _spells([one for one in every if one.user_enterprise == employer]),
    )


def _spells(periods: Sequence[EmploymentRecord]) -> tuple[Period, ...]:
    return tuple(Period(one.first_day, one.last_day or OPEN) for one in periods)
